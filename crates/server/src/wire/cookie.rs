//! The two cookies: the one that a browser is known by, and the session token beside it.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use frontdesk_protocol::Secret;

use crate::token;

const SESSION: &str = "__session";
/// What browsers keep a cookie for at the most (RFC 6265bis §5.6).
pub const LONGEST_S: i64 = 400 * 86_400;

/// The name of the client cookie: on https one that no other host and no path can set.
pub const fn name(is_https: bool) -> &'static str {
    if is_https {
        "__Host-frontdesk_client"
    } else {
        "frontdesk_client"
    }
}

/// The client's secret; nothing where there is none, or where somebody managed to add a second one.
pub fn read(headers: &HeaderMap, is_https: bool) -> Option<Secret<String>> {
    let name = name(is_https);
    let mut found = None;
    for header in headers.get_all(COOKIE) {
        for pair in header.to_str().ok()?.split(';') {
            match pair.trim().split_once('=') {
                Some((key, value)) if key == name => {
                    if found.replace(Secret::from(value)).is_some() {
                        return None;
                    }
                }
                Some(_) | None => {}
            }
        }
    }
    found
}

/// The header that makes a browser keep the client's secret.
pub fn client(secret: &Secret<String>, is_https: bool) -> Option<HeaderValue> {
    cookie(name(is_https), secret.expose(), LONGEST_S, is_https)
}

/// The header that gives a backend on the same host the session token, for as long as it is good; empty takes it away.
pub fn session(jwt: &str, is_https: bool) -> Option<HeaderValue> {
    let lifetime_s = if jwt.is_empty() { 0 } else { token::LIFETIME_S };
    cookie(SESSION, jwt, lifetime_s, is_https)
}

fn cookie(name: &str, value: &str, lifetime_s: i64, is_https: bool) -> Option<HeaderValue> {
    let secure = if is_https { "; Secure" } else { "" };
    let text =
        format!("{name}={value}; Path=/; Max-Age={lifetime_s}; HttpOnly; SameSite=Lax{secure}");
    let mut header = HeaderValue::from_str(&text).ok()?;
    header.set_sensitive(true);
    Some(header)
}
