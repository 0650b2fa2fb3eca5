//! How events are signed: by the Standard Webhooks scheme, with a secret that each webhook has of its own.

use anyhow::{Context as _, Result};
use aws_lc_rs::hmac;
use axum::http::Request;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use frontdesk_protocol::{Secret, Timestamp, WebhookId};

use crate::app::App;

/// What a secret begins with.
const PREFIX: &str = "whsec_";

/// Another secret.
///
/// # Errors
/// Where there are no random bytes.
pub fn new_secret(app: &App) -> Result<Secret<String>> {
    let bytes: [u8; 32] = app.chance.bytes()?;
    Ok(Secret::new(format!(
        "{PREFIX}{}",
        BASE64_STANDARD.encode(bytes)
    )))
}

/// A secret as it is kept.
///
/// # Errors
/// Where there are no random bytes.
pub fn seal_secret(app: &App, id: &WebhookId, secret: &Secret<String>) -> Result<String> {
    let plain = secret.expose().as_bytes();
    app.seal.seal(&purpose(id), plain, &app.chance)
}

/// A secret that was kept.
///
/// # Errors
/// Where it cannot be read.
pub fn open_secret(app: &App, id: &WebhookId, sealed: &str) -> Result<Secret<String>> {
    let plain = app.seal.open(&purpose(id), sealed)?;
    Ok(Secret::new(String::from_utf8(plain)?))
}

fn purpose(id: &WebhookId) -> String {
    format!("webhook secret of {id}")
}

/// A request that posts `payload`, signed with each of `secrets`: whoever knows one of them can tell that it is ours.
///
/// # Errors
/// Where a secret is not base64, or `url` no address.
pub fn signed(
    url: &str,
    (id, now): (&str, Timestamp),
    payload: String,
    secrets: &[&Secret<String>],
) -> Result<Request<Vec<u8>>> {
    let at = now.as_s().to_string();
    let mut request = Request::post(url).header("content-type", "application/json");
    let mut signatures = Vec::new();
    for secret in secrets {
        let bare = secret.expose();
        let bare = bare.strip_prefix(PREFIX).unwrap_or(bare);
        let key = BASE64_STANDARD
            .decode(bare)
            .context("the secret is not base64")?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let mut context = hmac::Context::with_key(&key);
        for part in [id, ".", &at, ".", &payload] {
            context.update(part.as_bytes());
        }
        signatures.push(format!("v1,{}", BASE64_STANDARD.encode(context.sign())));
    }
    let signature = signatures.join(" ");
    // Handlers that were written for another sender know the same three by other names.
    for family in ["webhook", "svix"] {
        request = request
            .header(format!("{family}-id"), id)
            .header(format!("{family}-timestamp"), &at);
        if !signature.is_empty() {
            request = request.header(format!("{family}-signature"), &signature);
        }
    }
    request.body(payload.into_bytes()).context("a request")
}
