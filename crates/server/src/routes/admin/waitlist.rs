//! The waiting list.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ErrorCode, List, WaitlistEntryId};
use serde_json::{Value, json};

use super::invitations::{CreateInvitation, Filter, invite as invite_somebody};
use super::page;
use crate::error::Error;
use crate::store::StoredEntry;
use crate::wire::{Asked, Backend};

/// `GET /admin/v1/waitlist_entries`: a page of who waits, the first to come first.
///
/// # Errors
/// `FormParamValueInvalid`.
pub async fn list(backend: Backend, Asked(filter): Asked<Filter>) -> Result<Response, Error> {
    let page = page(filter.limit, filter.offset)?;
    let store = &backend.app.store;
    let (found, total_count) = store.waitlist(filter.status.as_deref(), page).await?;
    let data: Vec<Value> = found.iter().map(shown).collect();
    Ok(Json(List { data, total_count }).into_response())
}

/// `POST /admin/v1/waitlist_entries/{id}/invite`: invites somebody who waits, by mail.
///
/// # Errors
/// `ResourceNotFound`, `FormIdentifierExists` where they are invited or have an account.
pub async fn invite(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let entry = load(&backend, &id).await?;
    let command = CreateInvitation {
        email_address: entry.email_address,
        redirect_url: None,
        public_metadata: None,
        notify: Some(true),
        expires_in_days: None,
    };
    invite_somebody(&backend, command, entry.locale).await?;
    let entry = load(&backend, &id).await?;
    Ok(Json(shown(&entry)).into_response())
}

/// `POST /admin/v1/waitlist_entries/{id}/reject`: turns somebody who waits away.
///
/// # Errors
/// `ResourceNotFound` where they do not wait.
pub async fn reject(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let entry = load(&backend, &id).await?;
    let store = &backend.app.store;
    if !store.reject_entry(&entry.id, backend.cause()).await? {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let entry = load(&backend, &id).await?;
    Ok(Json(shown(&entry)).into_response())
}

async fn load(backend: &Backend, id: &str) -> Result<StoredEntry, Error> {
    let nowhere = || Error::from(ErrorCode::ResourceNotFound);
    let id = WaitlistEntryId::parse(id).ok_or_else(nowhere)?;
    let found = backend.app.store.waitlist_entry(&id).await?;
    found.ok_or_else(nowhere)
}

fn shown(entry: &StoredEntry) -> Value {
    json!({
        "object": "waitlist_entry",
        "id": entry.id,
        "email_address": entry.email_address,
        "status": entry.status,
        "locale": entry.locale,
        "created_at": entry.created_at,
        "updated_at": entry.updated_at,
    })
}
