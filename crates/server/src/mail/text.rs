//! Sending text messages: to a webhook of the app's, or through an API like Twilio's.

use anyhow::{Context as _, Result};
use axum::http::{Request, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use frontdesk_protocol::{Phone, Secret};
use serde_json::json;

use super::smtp::Delivery;
use crate::app::App;
use crate::config::Texts;
use crate::webhooks::signed;

/// Whether the settings name anybody who sends texts.
pub const fn is_configured(texts: &Texts) -> bool {
    texts.webhook_url.is_some() || texts.twilio_url.is_some()
}

/// Sends one text; `id` is the same however often it is tried.
pub async fn send(app: &App, id: &str, to: &Phone, body: &str) -> Delivery {
    let settings = app.settings();
    let request = match request(app, &settings.texts, id, to, body) {
        Ok(Some(request)) => request,
        Ok(None) => return Delivery::Refused,
        Err(error) => {
            tracing::error!("a text cannot be written: {error:#}");
            return Delivery::Refused;
        }
    };
    match app.fetch.send(request).await {
        Ok(answer) if answer.status().is_success() => Delivery::Sent,
        Ok(answer) if is_final(answer.status()) => {
            tracing::warn!("a text is refused with {}", answer.status());
            Delivery::Refused
        }
        Ok(answer) => {
            tracing::warn!("a text cannot be taken: {}", answer.status());
            Delivery::Later
        }
        Err(error) => {
            tracing::warn!("a text cannot be sent: {error}");
            Delivery::Later
        }
    }
}

/// Whether the same request would be refused again.
fn is_final(status: StatusCode) -> bool {
    status.is_client_error()
        && status != StatusCode::TOO_MANY_REQUESTS
        && status != StatusCode::REQUEST_TIMEOUT
}

fn request(
    app: &App,
    texts: &Texts,
    id: &str,
    to: &Phone,
    body: &str,
) -> Result<Option<Request<Vec<u8>>>> {
    if let Some(url) = &texts.webhook_url {
        return webhook(app, url, texts.webhook_secret.as_ref(), id, to, body).map(Some);
    }
    let Some(url) = &texts.twilio_url else {
        return Ok(None);
    };
    let account = texts.twilio_account.as_deref().unwrap_or_default();
    let token = texts.twilio_token.as_ref();
    let token = token.map_or("", |token| token.expose().as_str());
    let form = [
        ("To", to.as_str()),
        ("From", texts.from.as_deref().unwrap_or_default()),
        ("Body", body),
    ];
    let url = format!(
        "{}/2010-04-01/Accounts/{account}/Messages.json",
        url.trim_end_matches('/')
    );
    let basic = BASE64_STANDARD.encode(format!("{account}:{token}"));
    Request::post(url)
        .header("authorization", format!("Basic {basic}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(serde_urlencoded::to_string(form)?.into_bytes())
        .context("a request")
        .map(Some)
}

/// Signed as the Standard Webhooks scheme has it, so that nobody else can have texts sent.
fn webhook(
    app: &App,
    url: &str,
    secret: Option<&Secret<String>>,
    id: &str,
    to: &Phone,
    body: &str,
) -> Result<Request<Vec<u8>>> {
    let payload = serde_json::to_string(&json!({ "to": to.as_str(), "body": body }))?;
    let secrets: Vec<&Secret<String>> = secret.into_iter().collect();
    signed(url, (id, app.now()), payload, &secrets).context("texts.webhook_secret")
}
