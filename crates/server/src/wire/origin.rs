//! Which pages may call, and what is meant by a path and a verb that are not said as they are routed.

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE, CACHE_CONTROL, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ErrorCode, SafeRedirect};

use crate::app::App;
use crate::config::Config;
use crate::error::Error;

/// Lets a page of an allowed origin call, with cookies, and refuses changes that any other page asks for.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_read = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let origin = headers.get(ORIGIN).cloned();
    let allowed = origin.filter(|origin| {
        origin
            .to_str()
            .is_ok_and(|origin| is_allowed(&app.config, origin))
    });
    // Browsers send no origin only with what came from the address bar or the same page.
    let is_foreign = allowed.is_none() && (headers.contains_key(ORIGIN) || is_cross_site(headers));
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else if is_foreign && !is_read {
        Error::from(ErrorCode::OriginInvalid).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if let Some(origin) = allowed {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
        headers.insert(
            ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE"),
        );
        headers.insert(
            ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("content-type, authorization"),
        );
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    response
}

fn is_cross_site(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site")
}

/// Whether a page of `origin` may call: ours, one that is listed, and in development any of this machine.
pub fn is_allowed(config: &Config, origin: &str) -> bool {
    let is_listed = || {
        config
            .options
            .allowed_origins
            .iter()
            .any(|allowed| allowed == origin)
    };
    origin == config.public_url || is_listed() || config.options.development && is_local(origin)
}

fn is_local(origin: &str) -> bool {
    let host = |scheme| origin.strip_prefix(scheme);
    let rest = host("http://localhost").or_else(|| host("http://127.0.0.1"));
    rest.is_some_and(|rest| {
        let port = rest.strip_prefix(':').unwrap_or(rest);
        port.is_empty() == rest.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Where somebody may be led back to: a path, or a page of an origin that may call.
///
/// # Errors
/// `FormParamNil`, `FormParamValueInvalid` at `field`.
pub fn redirect_target(
    config: &Config,
    typed: Option<&str>,
    field: &'static str,
) -> Result<SafeRedirect, Error> {
    let typed = typed.unwrap_or("");
    if typed.is_empty() {
        return Err(Error::at(ErrorCode::FormParamNil, field));
    }
    let origin = origin_of(typed).filter(|origin| is_allowed(config, origin));
    // What is not ASCII cannot be written in a header as it is.
    SafeRedirect::parse(typed, origin.as_slice())
        .filter(|target| target.as_str().is_ascii())
        .ok_or_else(|| Error::at(ErrorCode::FormParamValueInvalid, field))
}

/// The origin of an absolute address.
pub fn origin_of(url: &str) -> Option<&str> {
    let start = url.find("://")? + 3;
    let length = url[start..].find(['/', '?', '#']);
    Some(&url[..length.map_or(url.len(), |length| start + length)])
}

/// Reads a request as the published client sends it, before it is routed: it says the verb of a POST by `_method` in
/// the query, and ends some paths in a slash.
pub fn read_route<B>(mut request: axum::http::Request<B>) -> axum::http::Request<B> {
    if let Some(uri) = without_slash(request.uri()) {
        *request.uri_mut() = uri;
    }
    if request.method() == Method::POST {
        let method = request.uri().query().and_then(method);
        if let Some(method) = method {
            *request.method_mut() = method;
        }
    }
    request
}

fn without_slash(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_suffix('/')?;
    if !path.starts_with("/v1/") {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}"));
    format!("{path}{}", query.unwrap_or_default()).parse().ok()
}

fn method(query: &str) -> Option<Method> {
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("_method="))?;
    match value {
        "PATCH" => Some(Method::PATCH),
        "PUT" => Some(Method::PUT),
        "DELETE" => Some(Method::DELETE),
        _ => None,
    }
}
