//! The settings, and the keys that sign.

use axum::Json;
use axum::http::header::ETAG;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::Error;
use crate::settings;
use crate::wire::{Backend, Document};

/// How the signing key is replaced.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rotate {
    now: bool,
}

/// `GET /admin/v1/settings`: the settings as they are now, with secrets hidden; `ETag` is their version.
///
/// # Errors
/// Only ours.
pub async fn read(backend: Backend) -> Result<Response, Error> {
    settings::refresh(&backend.app).await?;
    answer(&backend.app)
}

/// `PATCH /admin/v1/settings`: changes the settings; an unknown or wrong member is refused with its name.
///
/// # Errors
/// `RequestBodyInvalid`, `FormParamValueInvalid`.
pub async fn update(
    backend: Backend,
    Document(mut patch): Document<Value>,
) -> Result<Response, Error> {
    // Whoever sends back what was read sends this along.
    if let Some(members) = patch.as_object_mut() {
        members.remove("object");
    }
    settings::change(&backend.app, &patch, backend.key.as_str(), backend.cause()).await?;
    answer(&backend.app)
}

/// `DELETE /admin/v1/settings`: forgets every change.
///
/// # Errors
/// `ServiceUnavailable`.
pub async fn forget(backend: Backend) -> Result<Response, Error> {
    settings::forget(&backend.app, backend.key.as_str(), backend.cause()).await?;
    answer(&backend.app)
}

/// `POST /admin/v1/keys/rotate`: publishes the next signing key, or withdraws every one there is.
///
/// # Errors
/// Only ours.
pub async fn rotate(
    backend: Backend,
    Document(command): Document<Rotate>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let signs_at = if command.now {
        app.keys.replace(app.workshop()).await?;
        backend.now
    } else {
        app.keys.rotate(app.workshop()).await?
    };
    Ok(Json(json!({ "object": "key_rotation", "signs_at": signs_at })).into_response())
}

fn answer(app: &App) -> Result<Response, Error> {
    let mut document = settings::document(&app.settings())?;
    document["object"] = json!("settings");
    let tag = format!("\"{}\"", app.settings_version());
    Ok(([(ETAG, tag)], Json(document)).into_response())
}
