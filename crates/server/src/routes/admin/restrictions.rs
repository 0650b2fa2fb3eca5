//! The allow list and the block list.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Deleted, ErrorCode, RestrictionId};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Error;
use crate::restrictions::pattern;
use crate::store::{List, Listed};
use crate::wire::{Backend, Document};

/// An entry to be added.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Add {
    identifier: String,
}

/// `GET /admin/v1/allowlist_identifiers`: who alone may sign up.
///
/// # Errors
/// Only ours.
pub async fn allowed(backend: Backend) -> Result<Response, Error> {
    all(&backend, List::Allow).await
}

/// `GET /admin/v1/blocklist_identifiers`: who may not sign up.
///
/// # Errors
/// Only ours.
pub async fn blocked(backend: Backend) -> Result<Response, Error> {
    all(&backend, List::Block).await
}

/// `POST /admin/v1/allowlist_identifiers`: adds to who alone may sign up.
///
/// # Errors
/// `FormParamFormatInvalid`, `FormIdentifierExists`.
pub async fn allow(backend: Backend, Document(entry): Document<Add>) -> Result<Response, Error> {
    add(&backend, List::Allow, &entry).await
}

/// `POST /admin/v1/blocklist_identifiers`: adds to who may not sign up.
///
/// # Errors
/// `FormParamFormatInvalid`, `FormIdentifierExists`.
pub async fn block(backend: Backend, Document(entry): Document<Add>) -> Result<Response, Error> {
    add(&backend, List::Block, &entry).await
}

/// `DELETE /admin/v1/allowlist_identifiers/{id}`: takes somebody off the allow list.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn disallow(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    remove(&backend, List::Allow, id).await
}

/// `DELETE /admin/v1/blocklist_identifiers/{id}`: takes somebody off the block list.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn unblock(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    remove(&backend, List::Block, id).await
}

async fn all(backend: &Backend, list: List) -> Result<Response, Error> {
    let found = backend.app.store.listed(list).await?;
    let shown: Vec<Value> = found.iter().map(|entry| shown(list, entry)).collect();
    Ok(Json(shown).into_response())
}

async fn add(backend: &Backend, list: List, entry: &Add) -> Result<Response, Error> {
    const FIELD: &str = "identifier";
    let identifier = pattern(&entry.identifier).map_err(|code| Error::at(code, FIELD))?;
    let entry = Listed {
        id: RestrictionId::from_random(backend.app.chance.bytes()?),
        identifier,
        created_at: backend.now,
    };
    let store = &backend.app.store;
    if !store.list(list, &entry, backend.cause()).await? {
        return Err(Error::at(ErrorCode::FormIdentifierExists, FIELD));
    }
    Ok((StatusCode::CREATED, Json(shown(list, &entry))).into_response())
}

async fn remove(backend: &Backend, list: List, id: String) -> Result<Response, Error> {
    let parsed = RestrictionId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let store = &backend.app.store;
    if !store.unlist(list, &parsed, backend.cause()).await? {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

fn shown(list: List, entry: &Listed) -> Value {
    let object = match list {
        List::Allow => "allowlist_identifier",
        List::Block => "blocklist_identifier",
    };
    let kind = if entry.identifier.starts_with('+') {
        "phone_number"
    } else {
        "email_address"
    };
    json!({
        "object": object,
        "id": entry.id,
        "identifier": entry.identifier,
        "identifier_type": kind,
        "created_at": entry.created_at,
        "updated_at": entry.created_at,
    })
}
