//! Keys of the app's servers.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Deleted, ErrorCode, SecretKeyId};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Error;
use crate::secret_key::{self, Scopes};
use crate::store::StoredKey;
use crate::wire::{Backend, Document};

/// The most characters of a name.
const LONGEST_NAME: usize = 100;

/// A key to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateSecretKey {
    name: String,
    scopes: Vec<String>,
}

/// `GET /admin/v1/secret_keys`: the keys that were not revoked, without the keys themselves.
///
/// # Errors
/// Only ours.
pub async fn list(backend: Backend) -> Result<Response, Error> {
    let found = backend.app.store.secret_keys().await?;
    let shown: Vec<Value> = found.iter().map(shown).collect();
    Ok(Json(shown).into_response())
}

/// `POST /admin/v1/secret_keys`: makes a key, which may do no more than the key that makes it.
///
/// # Errors
/// `FormParamNil`, `FormParamMaxLengthExceeded`, `FormParamValueInvalid`, `AuthorizationInvalid`.
pub async fn create(
    backend: Backend,
    Document(command): Document<CreateSecretKey>,
) -> Result<Response, Error> {
    let name = command.name.trim();
    if name.is_empty() {
        return Err(Error::at(ErrorCode::FormParamNil, "name"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, "name"));
    }
    let scopes = Scopes::parse(&command.scopes)
        .map_err(|_| Error::at(ErrorCode::FormParamValueInvalid, "scopes"))?;
    if !backend.scopes.cover(&scopes) {
        return Err(Error::at(ErrorCode::AuthorizationInvalid, "scopes"));
    }
    let by = backend.key.as_str();
    let (key, secret) =
        secret_key::create(&backend.app, name, &scopes, by, backend.cause()).await?;
    let mut answer = shown(&key);
    answer["secret"] = json!(secret.expose());
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// `DELETE /admin/v1/secret_keys/{id}`: makes a key worthless from now on.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn remove(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let parsed = SecretKeyId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let store = &backend.app.store;
    let is_revoked = store
        .revoke_secret_key(&parsed, backend.key.as_str(), backend.cause())
        .await?;
    if !is_revoked {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

fn shown(key: &StoredKey) -> Value {
    json!({
        "object": "secret_key",
        "id": key.id,
        "name": key.name,
        "scopes": secret_key::scopes_of(key).words(),
        "last_used_at": key.last_used_at,
        "created_at": key.created_at,
    })
}
