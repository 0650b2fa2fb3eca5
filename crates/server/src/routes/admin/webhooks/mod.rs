//! Webhooks: where events are sent to.

mod deliveries;

pub use deliveries::{deliveries, delivery, replay, replay_one, test};

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Deleted, ErrorCode, WebhookId};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Error;
use crate::store::{StoredWebhook, WebhookChange};
use crate::webhooks::{is_filter, may_read, new_secret, seal_secret};
use crate::wire::{Backend, Document};

/// The most webhooks there are.
const MOST: i64 = 50;
/// The most characters of an address.
const LONGEST_URL: usize = 2048;
/// The most characters of a description.
const LONGEST_DESCRIPTION: usize = 500;
/// The most filters of one webhook.
const MOST_FILTERS: usize = 50;
/// For how long the secret before signs too, unless something else is asked for, and for how long at the most.
const OVERLAP_H: i64 = 24;
const LONGEST_OVERLAP_H: i64 = 7 * 24;

/// A webhook to make.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    url: String,
    #[serde(default)]
    description: String,
    events: Vec<String>,
}

/// What to change.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangedWebhook {
    url: Option<String>,
    description: Option<String>,
    events: Option<Vec<String>>,
    disabled: Option<bool>,
}

/// How to replace a secret.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RotateSecret {
    overlap_hours: Option<i64>,
}

/// `GET /admin/v1/webhooks`: all of them, without their secrets.
///
/// # Errors
/// Only ours.
pub async fn list(backend: Backend) -> Result<Response, Error> {
    let found = backend.app.store.webhooks().await?;
    let shown: Vec<Value> = found.iter().map(|it| shown(&backend, it)).collect();
    Ok(Json(shown).into_response())
}

/// `POST /admin/v1/webhooks`: makes one, and tells its secret this once.
///
/// # Errors
/// `FormParamValueInvalid`, `FormParamMaxLengthExceeded`, `AuthorizationInvalid` where the key may not read such events.
pub async fn create(
    backend: Backend,
    Document(new): Document<NewWebhook>,
) -> Result<Response, Error> {
    let app = &backend.app;
    check_url(&backend, &new.url)?;
    check_description(&new.description)?;
    let events = filters(&backend, &new.events)?;
    let id = WebhookId::from_random(app.chance.bytes()?);
    let secret = new_secret(app)?;
    let webhook = StoredWebhook {
        url: new.url,
        description: new.description,
        events,
        sealed_secret: seal_secret(app, &id, &secret)?,
        sealed_old_secret: None,
        failing_since: None,
        disabled_at: None,
        created_at: backend.now,
        updated_at: backend.now,
        id,
    };
    let by = backend.key.as_str();
    let is_made = app
        .store
        .create_webhook(&webhook, MOST, by, backend.cause())
        .await?;
    if !is_made {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, "url"));
    }
    let mut answer = shown(&backend, &webhook);
    answer["secret"] = json!(secret.expose());
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// `GET /admin/v1/webhooks/{id}`: one.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn read(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let webhook = load(&backend, &id).await?;
    Ok(Json(shown(&backend, &webhook)).into_response())
}

/// `PATCH /admin/v1/webhooks/{id}`: changes one; what was not sent while it was disabled is sent by a replay alone.
///
/// # Errors
/// `ResourceNotFound`, and those of its fields.
pub async fn update(
    backend: Backend,
    Path(id): Path<String>,
    Document(change): Document<ChangedWebhook>,
) -> Result<Response, Error> {
    let webhook = load(&backend, &id).await?;
    if let Some(url) = &change.url {
        check_url(&backend, url)?;
        // Whoever sends events elsewhere reads them there.
        let there: Vec<String> = webhook.events.split(' ').map(str::to_owned).collect();
        filters(&backend, change.events.as_ref().unwrap_or(&there))?;
    }
    change
        .description
        .as_deref()
        .map_or(Ok(()), check_description)?;
    let events = change.events.as_ref();
    let events = events.map(|events| filters(&backend, events)).transpose()?;
    let stored = WebhookChange {
        url: change.url.as_deref(),
        description: change.description.as_deref(),
        events: events.as_deref(),
        disabled: change.disabled,
    };
    let store = &backend.app.store;
    let by = backend.key.as_str();
    store
        .update_webhook(&webhook.id, stored, by, backend.cause())
        .await?;
    read(backend, Path(id)).await
}

/// `DELETE /admin/v1/webhooks/{id}`: deletes one with what was still to be sent there.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn remove(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let webhook = load(&backend, &id).await?;
    let (store, by) = (&backend.app.store, backend.key.as_str());
    store
        .delete_webhook(&webhook.id, by, backend.cause())
        .await?;
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

/// `POST /admin/v1/webhooks/{id}/rotate_secret`: signs with another secret, told this once, and a while with the old one too.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn rotate_secret(
    backend: Backend,
    Path(id): Path<String>,
    Document(asked): Document<RotateSecret>,
) -> Result<Response, Error> {
    let overlap_h = asked.overlap_hours.unwrap_or(OVERLAP_H);
    if !(0..=LONGEST_OVERLAP_H).contains(&overlap_h) {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, "overlap_hours"));
    }
    let webhook = load(&backend, &id).await?;
    let there: Vec<String> = webhook.events.split(' ').map(str::to_owned).collect();
    filters(&backend, &there)?;
    let app = &backend.app;
    let secret = new_secret(app)?;
    let sealed = seal_secret(app, &webhook.id, &secret)?;
    let until = backend.now.plus_s(overlap_h * 3600);
    let by = backend.key.as_str();
    app.store
        .rotate_webhook_secret(&webhook.id, (&sealed, until), by, backend.cause())
        .await?;
    let mut answer = shown(&backend, &load(&backend, &id).await?);
    answer["secret"] = json!(secret.expose());
    Ok(Json(answer).into_response())
}

async fn load(backend: &Backend, id: &str) -> Result<StoredWebhook, Error> {
    let id = WebhookId::parse(id).ok_or(ErrorCode::ResourceNotFound)?;
    let found = backend.app.store.webhook(&id).await?;
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

fn check_url(backend: &Backend, url: &str) -> Result<(), Error> {
    if url.chars().count() > LONGEST_URL {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, "url"));
    }
    if backend.app.webhook_fetch.refuses(url) {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, "url"));
    }
    Ok(())
}

fn check_description(description: &str) -> Result<(), Error> {
    if description.chars().count() > LONGEST_DESCRIPTION {
        let code = ErrorCode::FormParamMaxLengthExceeded;
        return Err(Error::at(code, "description"));
    }
    Ok(())
}

/// Filters as they are kept; a key subscribes to nothing that it may not read.
fn filters(backend: &Backend, filters: &[String]) -> Result<String, Error> {
    let is_fine = |filters: &[String]| {
        (1..=MOST_FILTERS).contains(&filters.len()) && filters.iter().all(|it| is_filter(it))
    };
    if !is_fine(filters) {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, "events"));
    }
    if !may_read(&backend.scopes, filters) {
        return Err(Error::at(ErrorCode::AuthorizationInvalid, "events"));
    }
    Ok(filters.join(" "))
}

fn shown(backend: &Backend, webhook: &StoredWebhook) -> Value {
    let old = webhook.sealed_old_secret.as_ref();
    let old_until = old.map(|(_, until)| *until);
    json!({
        "object": "webhook",
        "id": webhook.id,
        "url": webhook.url,
        "description": webhook.description,
        "events": webhook.events.split(' ').collect::<Vec<_>>(),
        "disabled": webhook.disabled_at.is_some(),
        "failing_since": webhook.failing_since,
        "old_secret_until": old_until.filter(|until| *until > backend.now),
        "created_at": webhook.created_at,
        "updated_at": webhook.updated_at,
    })
}
