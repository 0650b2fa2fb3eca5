//! The signed-in user as an argument of an axum handler.

use axum_core::extract::{FromRef, FromRequestParts};
use axum_core::response::{IntoResponse, Response};
use frontdesk_protocol::{ApiError, ErrorCode, ErrorMeta, Errors, Timestamp};
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderMap, StatusCode};

use crate::{Claims, Verifier};

/// The session token's claims; whoever sends no good token gets 401 and the handler never runs.
///
/// The token is the `Authorization` header's, else that of the `__session` cookie, which a backend on
/// the server's own host sees. The cookie is `SameSite=Lax`: change nothing in answer to a GET.
///
/// ```
/// use frontdesk_verify::SignedIn;
///
/// async fn greet(SignedIn(claims): SignedIn) -> String {
///     format!("hello, {}", claims.sub)
/// }
/// ```
#[derive(Clone, Debug)]
pub struct SignedIn(pub Claims);

/// Why a handler with [`SignedIn`] did not run: 401, or 503 where no key is known.
#[derive(Clone, Copy, Debug)]
pub struct Rejection(ErrorCode);

impl<S> FromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let verifier = Verifier::from_ref(state);
        let token = token(&parts.headers).ok_or(Rejection(ErrorCode::AuthenticationInvalid))?;
        let seconds = i64::try_from(jsonwebtoken::get_current_timestamp()).unwrap_or(i64::MAX);
        match verifier.verify(token, Timestamp(0).plus_s(seconds)).await {
            Ok(Ok(claims)) => Ok(Self(claims)),
            Ok(Err(_)) => Err(Rejection(ErrorCode::AuthenticationInvalid)),
            Err(_) => Err(Rejection(ErrorCode::ServiceUnavailable)),
        }
    }
}

/// The one token the headers carry; none where they carry two, because then somebody put one there.
fn token(headers: &HeaderMap) -> Option<&str> {
    if let Some(header) = headers.get(AUTHORIZATION) {
        let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| token.trim());
    }
    let mut tokens = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|cookie| cookie.trim().strip_prefix("__session="));
    let token = tokens.next()?;
    tokens.next().is_none().then_some(token)
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let is_ours = self.0 == ErrorCode::ServiceUnavailable;
        let (status, message) = if is_ours {
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "session tokens cannot be checked now",
            )
        } else {
            (StatusCode::UNAUTHORIZED, "no valid session token")
        };
        let errors = Errors {
            errors: vec![ApiError {
                code: self.0,
                message: message.to_owned(),
                long_message: message.to_owned(),
                meta: ErrorMeta::NONE,
            }],
        };
        let body = serde_json::to_string(&errors).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, "application/json")], body).into_response();
        if !is_ours {
            let challenge = http::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
