//! The signed-in user as an argument of an axum handler.

use axum_core::extract::{FromRef, FromRequestParts};
use axum_core::response::{IntoResponse, Response};
use frontdesk_protocol::{ApiError, ErrorCode, ErrorMeta, Errors, Reverification, Timestamp};
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, COOKIE, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use serde_json::json;

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

/// Why a handler did not run: 401, 503 where no key is known, and behind [`crate::Protect`] 403 or 404.
#[derive(Clone, Debug)]
pub struct Rejection {
    code: ErrorCode,
    /// What must be proven again, where that is why.
    asked: Option<Reverification>,
}

impl<S> FromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        // Where `Protect` was before us, it has looked.
        if let Some(claims) = parts.extensions.get::<Claims>() {
            return Ok(Self(claims.clone()));
        }
        let verifier = Verifier::from_ref(state);
        verified(&verifier, &parts.headers).await.map(Self)
    }
}

/// The claims of the token that the headers carry.
pub async fn verified(verifier: &Verifier, headers: &HeaderMap) -> Result<Claims, Rejection> {
    let token = token(headers).ok_or(Rejection::of(ErrorCode::AuthenticationInvalid))?;
    let seconds = i64::try_from(jsonwebtoken::get_current_timestamp()).unwrap_or(i64::MAX);
    match verifier.verify(token, Timestamp(0).plus_s(seconds)).await {
        Ok(Ok(claims)) => Ok(claims),
        Ok(Err(_)) => Err(Rejection::of(ErrorCode::AuthenticationInvalid)),
        Err(_) => Err(Rejection::of(ErrorCode::ServiceUnavailable)),
    }
}

/// The one token the headers carry; none where they carry two, because then somebody put one there.
fn token(headers: &HeaderMap) -> Option<&str> {
    if let Some(header) = headers.get(AUTHORIZATION) {
        let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| token.trim());
    }
    let mut tokens = cookies(headers, "__session");
    let token = tokens.next()?;
    tokens.next().is_none().then_some(token)
}

/// The values of every cookie of this name.
pub fn cookies<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(COOKIE).into_iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter_map(move |(key, value)| (key == name).then_some(value))
}

impl Rejection {
    pub(crate) const fn of(code: ErrorCode) -> Self {
        Self { code, asked: None }
    }

    pub(crate) const fn unproven(asked: &Reverification) -> Self {
        let asked = Reverification {
            level: asked.level,
            after_minutes: asked.after_minutes,
        };
        Self {
            code: ErrorCode::SessionReverificationRequired,
            asked: Some(asked),
        }
    }

    pub(crate) const fn code(&self) -> ErrorCode {
        self.code
    }
}

impl IntoResponse for Rejection {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "of the server's many codes these alone are made here"
    )]
    fn into_response(self) -> Response {
        let (status, message) = match self.code {
            ErrorCode::ServiceUnavailable => (503, "session tokens cannot be checked now"),
            ErrorCode::ResourceNotFound => (404, "not found"),
            ErrorCode::AuthorizationInvalid => (403, "not allowed"),
            ErrorCode::SessionReverificationRequired => (403, "a proof is asked for again"),
            _ => (401, "no valid session token"),
        };
        let hint = self.asked.as_ref().map(|asked| {
            let (level, after_minutes) = (asked.level, asked.after_minutes);
            // What the published client's helper looks for, whatever else is in the body.
            json!({
                "type": "forbidden",
                "reason": "reverification-error",
                "metadata": { "reverification": { "level": level, "afterMinutes": after_minutes } },
            })
        });
        let errors = Errors {
            errors: vec![ApiError {
                code: self.code,
                message: message.to_owned(),
                long_message: message.to_owned(),
                meta: ErrorMeta {
                    reverification: self.asked,
                    ..ErrorMeta::NONE
                },
            }],
        };
        let mut body = serde_json::to_value(&errors).unwrap_or_default();
        if let Some(hint) = hint {
            body["clerk_error"] = hint;
        }
        let fields = [
            (CONTENT_TYPE, "application/json"),
            (CACHE_CONTROL, "no-store"),
        ];
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNAUTHORIZED);
        let mut response = (status, fields, body.to_string()).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let challenge = http::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
