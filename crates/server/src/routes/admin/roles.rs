//! Roles in organizations and what they allow: those that are there always, and the app's own.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Deleted, ErrorCode, PermissionId, Role, RoleId};
use serde::Deserialize;

use crate::app::App;
use crate::error::Error;
use crate::routes::organizations::name;
use crate::store::{RoleChange, RoleChanged, is_system};
use crate::wire::{Backend, Document};

/// The most letters of a key.
const LONGEST_KEY: usize = 64;
/// The most letters of a sentence.
const LONGEST_SENTENCE: usize = 300;
/// The most letters of the app's own permissions of one role, which all are in every token.
const LARGEST: usize = 1024;

/// A role to make.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    key: String,
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    permissions: Vec<String>,
}

/// What to change of a role.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangedRole {
    name: Option<String>,
    description: Option<String>,
    permissions: Option<Vec<String>>,
}

/// A permission to make.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPermission {
    key: String,
    name: String,
    #[serde(default)]
    description: String,
}

/// What to change of a permission.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangedPermission {
    name: Option<String>,
    description: Option<String>,
}

/// `GET /admin/v1/roles`: all of them.
///
/// # Errors
/// Only ours.
pub async fn list(backend: Backend) -> Result<Response, Error> {
    Ok(Json(backend.app.store.roles(None).await?).into_response())
}

/// `POST /admin/v1/roles`: makes one, e.g. `org:editor`.
///
/// # Errors
/// `FormIdentifierExists`, and those of its fields.
pub async fn create(
    backend: Backend,
    Document(command): Document<NewRole>,
) -> Result<Response, Error> {
    let app = &backend.app;
    check_key(&command.key, 1)?;
    check_size(&command.permissions)?;
    let id = RoleId::from_random(app.chance.bytes()?);
    let change = RoleChange {
        name: Some(&name(&command.name)?),
        description: Some(sentence(&command.description)?),
        permissions: Some(&command.permissions),
    };
    let key = (id.as_str(), command.key.as_str());
    let changed = app.store.create_role(key, change, backend.cause()).await?;
    done(changed)?;
    answer(app, id.as_str(), StatusCode::CREATED).await
}

/// `PATCH /admin/v1/roles/{id}`: changes one; what the server's own permissions make of `org:admin` and `org:member`
/// stays.
///
/// # Errors
/// `ResourceNotFound`, and those of its fields.
pub async fn update(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<ChangedRole>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let name = command.name.as_deref().map(name).transpose()?;
    check_size(command.permissions.as_deref().unwrap_or_default())?;
    let change = RoleChange {
        name: name.as_deref(),
        description: command.description.as_deref().map(sentence).transpose()?,
        permissions: command.permissions.as_deref(),
    };
    let changed = app.store.update_role(&id, change, backend.cause()).await?;
    done(changed)?;
    answer(app, &id, StatusCode::OK).await
}

/// `DELETE /admin/v1/roles/{id}`: deletes one that nobody has.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid` where somebody has it, or it is there always.
pub async fn remove(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let store = &backend.app.store;
    done(store.delete_role(&id, backend.cause()).await?)?;
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

/// `GET /admin/v1/permissions`: all of them.
///
/// # Errors
/// Only ours.
pub async fn list_permissions(backend: Backend) -> Result<Response, Error> {
    Ok(Json(backend.app.store.permissions().await?).into_response())
}

/// `POST /admin/v1/permissions`: makes one, e.g. `org:invoices:create`.
///
/// # Errors
/// `FormIdentifierExists`, and those of its fields.
pub async fn create_permission(
    backend: Backend,
    Document(command): Document<NewPermission>,
) -> Result<Response, Error> {
    let app = &backend.app;
    check_key(&command.key, 2)?;
    let id = PermissionId::from_random(app.chance.bytes()?);
    let words = (name(&command.name)?, sentence(&command.description)?);
    let (key, words) = (
        (id.as_str(), command.key.as_str()),
        (words.0.as_str(), words.1),
    );
    let changed = app
        .store
        .create_permission(key, words, backend.cause())
        .await?;
    done(changed)?;
    answer_permission(app, id.as_str(), StatusCode::CREATED).await
}

/// `PATCH /admin/v1/permissions/{id}`: changes what one is called.
///
/// # Errors
/// `ResourceNotFound`, and those of its fields.
pub async fn update_permission(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<ChangedPermission>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let name = command.name.as_deref().map(name).transpose()?;
    let description = command.description.as_deref().map(sentence).transpose()?;
    let words = (name.as_deref(), description);
    let is_known = app
        .store
        .update_permission(&id, words, backend.cause())
        .await?;
    if !is_known {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    answer_permission(app, &id, StatusCode::OK).await
}

/// `DELETE /admin/v1/permissions/{id}`: deletes one of the app's, wherever it is granted.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid` where it is the server's own.
pub async fn remove_permission(
    backend: Backend,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let store = &backend.app.store;
    done(store.delete_permission(&id, backend.cause()).await?)?;
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

fn done(changed: RoleChanged) -> Result<(), Error> {
    let (code, field) = match changed {
        RoleChanged::Done => return Ok(()),
        RoleChanged::Unknown => return Err(ErrorCode::ResourceNotFound.into()),
        RoleChanged::Taken => (ErrorCode::FormIdentifierExists, "key"),
        RoleChanged::InUse => (ErrorCode::FormParamValueInvalid, "id"),
        RoleChanged::UnknownPermission => (ErrorCode::FormParamValueInvalid, "permissions"),
    };
    Err(Error::at(code, field))
}

/// Refuses a key that is not `org:` and so many words behind it, or one of the server's own.
fn check_key(key: &str, words: usize) -> Result<(), Error> {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .bytes()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_')
    };
    let mut parts = key.split(':');
    let is_key = parts.next() == Some("org") && key.split(':').count() == words + 1;
    if is_key && parts.all(is_word) && key.len() <= LONGEST_KEY && !is_system(key) {
        Ok(())
    } else {
        Err(Error::at(ErrorCode::FormParamFormatInvalid, "key"))
    }
}

fn check_size(permissions: &[String]) -> Result<(), Error> {
    let custom = permissions.iter().filter(|key| !is_system(key));
    if custom.map(|key| key.len() + 1).sum::<usize>() > LARGEST {
        let code = ErrorCode::FormParamMaxLengthExceeded;
        return Err(Error::at(code, "permissions"));
    }
    Ok(())
}

fn sentence(typed: &str) -> Result<&str, Error> {
    if typed.chars().count() > LONGEST_SENTENCE {
        let code = ErrorCode::FormParamMaxLengthExceeded;
        return Err(Error::at(code, "description"));
    }
    Ok(typed.trim())
}

async fn answer(app: &App, id: &str, status: StatusCode) -> Result<Response, Error> {
    let roles: Vec<Role> = app.store.roles(None).await?;
    let role = roles.into_iter().find(|role| role.id.as_str() == id);
    let role = role.ok_or(ErrorCode::ResourceNotFound)?;
    Ok((status, Json(role)).into_response())
}

async fn answer_permission(app: &App, id: &str, status: StatusCode) -> Result<Response, Error> {
    let permissions = app.store.permissions().await?;
    let permission = permissions.into_iter().find(|it| it.id.as_str() == id);
    let permission = permission.ok_or(ErrorCode::ResourceNotFound)?;
    Ok((status, Json(permission)).into_response())
}
