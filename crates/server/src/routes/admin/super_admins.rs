//! Who stands above every organization of the instance.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Deleted, ErrorCode, UserId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{organizations, users};
use crate::error::Error;
use crate::wire::{Backend, Document};

/// Who is put above.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSuperAdmin {
    user_id: String,
}

/// `GET /admin/v1/super_admins`: all of them.
///
/// # Errors
/// Only ours.
pub async fn list(backend: Backend) -> Result<Response, Error> {
    let found = backend.app.store.super_admins().await?;
    let shown: Vec<Value> = found.iter().map(shown).collect();
    Ok(Json(shown).into_response())
}

/// `POST /admin/v1/super_admins`: puts a user above every organization.
///
/// # Errors
/// `FormParamValueInvalid` where there is no such user.
pub async fn grant(
    backend: Backend,
    Document(command): Document<NewSuperAdmin>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let user = organizations::user(app, &command.user_id, "user_id").await?;
    let by = backend.key.as_str();
    app.store
        .set_super_admin(&user, true, by, backend.cause())
        .await?;
    Ok((StatusCode::CREATED, Json(shown(&user))).into_response())
}

/// `DELETE /admin/v1/super_admins/{id}`: takes a user down again, by the user's id.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn revoke(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let user = users::parse(&id)?;
    let (store, by) = (&backend.app.store, backend.key.as_str());
    let is_there = store
        .set_super_admin(&user, false, by, backend.cause())
        .await?;
    if !is_there {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

fn shown(user: &UserId) -> Value {
    json!({ "object": "super_admin", "id": user })
}
