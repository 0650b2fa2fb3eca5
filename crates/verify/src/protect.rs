//! A layer that lets nobody through who is not signed in, or may not do what lies behind it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum_core::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ErrorCode, Reverification};
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use tower_layer::Layer;
use tower_service::Service;

use crate::extract::{Rejection, cookies, verified};
use crate::{Claims, Verifier};

/// Counts how often somebody was just sent to sign in, so that nobody goes round in circles.
const ASKED: &str = "__frontdesk_asked";
/// Seconds for which it counts on.
const ASKED_S: u32 = 10;
/// How often in a row is a circle.
const CIRCLE: u32 = 5;
/// What an address may have as it is, beside letters and digits.
const UNRESERVED: &str = "-_.~";

type Condition = Arc<dyn Fn(&Claims) -> bool + Send + Sync>;

/// Protects what lies behind it; a [`tower_layer::Layer`] for axum and whatever else is built on tower.
///
/// Whoever is not signed in gets 401, and whoever may not gets 403, in the shape of the server's own refusals; of an
/// [`Protect::hidden`] part both get 404. Pages, with [`Protect::redirecting`], send people to sign in and back instead.
/// The claims are in the request's extensions: take [`crate::SignedIn`], or `Extension<Claims>`.
///
/// ```
/// use frontdesk_verify::{Protect, Reverification, Rules, Verifier};
///
/// # async fn get(_: &str) -> Result<String, std::io::Error> { unimplemented!() }
/// // The app and the server on one host, so that the cookie comes to both.
/// let rules = Rules::new("https://app.example.com").with_party("https://app.example.com");
/// let verifier = Verifier::new(rules, || get("https://app.example.com/.well-known/jwks.json"));
///
/// // A page, an API, and something that takes a fresh proof.
/// let page = Protect::new(verifier.clone())
///     .redirecting("https://app.example.com/renew", "https://app.example.com");
/// let api = Protect::new(verifier.clone()).permission("org:invoices:create");
/// let pay = Protect::new(verifier).role("org:admin").reverified(Reverification::STRICT);
/// ```
#[derive(Clone)]
pub struct Protect {
    verifier: Verifier,
    conditions: Vec<Condition>,
    reverified: Option<Reverification>,
    is_hidden: bool,
    redirect: Option<Redirect>,
}

#[derive(Clone, Debug)]
struct Redirect {
    sign_in: String,
    origin: String,
}

impl fmt::Debug for Protect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Protect")
            .field("verifier", &self.verifier)
            .field("redirect", &self.redirect)
            .finish_non_exhaustive()
    }
}

impl Protect {
    /// Lets everybody through who is signed in.
    pub fn new(verifier: Verifier) -> Self {
        Self {
            verifier,
            conditions: Vec::new(),
            reverified: None,
            is_hidden: false,
            redirect: None,
        }
    }

    /// Only for those who have `role` in the organization the session is in.
    #[must_use]
    pub fn role(self, role: &str) -> Self {
        let role = role.to_owned();
        self.when(move |claims| claims.has_role(&role))
    }

    /// Only for those whose role allows `permission`.
    #[must_use]
    pub fn permission(self, permission: &str) -> Self {
        let permission = permission.to_owned();
        self.when(move |claims| claims.has_permission(&permission))
    }

    /// Only for those who, or whose organization, has `feature`; the server's own tokens say of none, only those of a
    /// template that gives `fea`.
    #[must_use]
    pub fn feature(self, feature: &str) -> Self {
        let feature = feature.to_owned();
        self.when(move |claims| claims.has_feature(&feature))
    }

    /// Only where `condition` is true of the claims; all conditions must be.
    #[must_use]
    pub fn when(mut self, condition: impl Fn(&Claims) -> bool + Send + Sync + 'static) -> Self {
        self.conditions.push(Arc::new(condition));
        self
    }

    /// Only for those who proved so lately who they are; others get 403 with what pages need to ask, so that
    /// `withReverification` does and calls again.
    #[must_use]
    pub fn reverified(mut self, asked: Reverification) -> Self {
        self.reverified = Some(asked);
        self
    }

    /// Answers 404 to everybody who is not let through, so that nobody learns what is there.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.is_hidden = true;
        self
    }

    /// Sends whoever is not signed in to `sign_in`, and from there back to the page of `origin` that they asked for.
    ///
    /// `sign_in` is the server's `/renew`, which leads whoever is signed in there back at once with a new token, and
    /// others to the page where people sign in; or a page of yours that does the same.
    /// `origin` is this app's own, such as `https://app.example.com`: where people come back to is never read from a
    /// header. Only what is asked for by `GET` can be come back to; anything else gets 401. Put the layer outside a
    /// `nest`, which takes the beginning of the path away.
    #[must_use]
    pub fn redirecting(mut self, sign_in: &str, origin: &str) -> Self {
        self.redirect = Some(Redirect {
            sign_in: sign_in.to_owned(),
            origin: origin.trim_end_matches('/').to_owned(),
        });
        self
    }

    async fn judge(&self, headers: &HeaderMap) -> Result<Claims, Rejection> {
        let claims = verified(&self.verifier, headers).await?;
        if !self.conditions.iter().all(|condition| condition(&claims)) {
            return Err(Rejection::of(ErrorCode::AuthorizationInvalid));
        }
        match &self.reverified {
            Some(asked) if !claims.is_reverified(asked) => Err(Rejection::unproven(asked)),
            Some(_) | None => Ok(claims),
        }
    }

    fn refuse(
        &self,
        rejection: Rejection,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Response {
        let is_stranger = rejection.code() == ErrorCode::AuthenticationInvalid;
        if self.is_hidden && rejection.code() != ErrorCode::ServiceUnavailable {
            return Rejection::of(ErrorCode::ResourceNotFound).into_response();
        }
        match &self.redirect {
            Some(redirect) if is_stranger && matches!(*method, Method::GET | Method::HEAD) => {
                redirect
                    .answer(uri, headers)
                    .unwrap_or_else(|| rejection.into_response())
            }
            Some(_) | None => rejection.into_response(),
        }
    }
}

impl Redirect {
    /// Nothing where somebody comes back from signing in over and over without a token that is good here.
    fn answer(&self, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
        let asked = cookies(headers, ASKED).next();
        let asked: u32 = asked.and_then(|count| count.parse().ok()).unwrap_or(0);
        if asked >= CIRCLE {
            return None;
        }
        // The host of an address in a request line is no more to be trusted than a header.
        let page = uri.path_and_query().map_or("/", |page| page.as_str());
        let back = format!("{}{page}", self.origin);
        let mark = if self.sign_in.contains('?') { '&' } else { '?' };
        let location = format!("{}{mark}redirect_url={}", self.sign_in, encode(&back));
        let counted = format!(
            "{ASKED}={}; Path=/; Max-Age={ASKED_S}; HttpOnly; SameSite=Lax",
            asked + 1
        );
        let mut response = StatusCode::SEE_OTHER.into_response();
        let fields = [
            (LOCATION, location),
            (SET_COOKIE, counted),
            (CACHE_CONTROL, "no-store".to_owned()),
        ];
        for (name, value) in fields {
            response
                .headers_mut()
                .insert(name, HeaderValue::try_from(value).ok()?);
        }
        Some(response)
    }
}

/// A value of a query (RFC 3986 §2.1).
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || UNRESERVED.contains(char::from(byte)) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for nibble in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(nibble), 16).unwrap_or('0');
                encoded.push(digit.to_ascii_uppercase());
            }
        }
    }
    encoded
}

impl<S> Layer<S> for Protect {
    type Service = Protected<S>;

    fn layer(&self, inner: S) -> Protected<S> {
        Protected {
            protect: Arc::new(self.clone()),
            inner,
        }
    }
}

/// What is protected by [`Protect`].
#[derive(Clone, Debug)]
pub struct Protected<S> {
    protect: Arc<Protect>,
    inner: S,
}

impl<S, B> Service<Request<B>> for Protected<S>
where
    S: Service<Request<B>, Response = Response> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        // The one that was asked whether it is ready is the one that is called.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        let protect = Arc::clone(&self.protect);
        Box::pin(async move {
            let headers = request.headers().clone();
            match protect.judge(&headers).await {
                Ok(claims) => {
                    request.extensions_mut().insert(claims);
                    inner.call(request).await
                }
                Err(rejection) => {
                    let (method, uri) = (request.method(), request.uri());
                    Ok(protect.refuse(rejection, method, uri, &headers))
                }
            }
        })
    }
}
