//! Users.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{
    Deleted, EmailAddressId, ErrorCode, Metadata, Secret, Timestamp, User, UserId, Username,
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;

use super::metadata;
use crate::app::App;
use crate::error::Error;
use crate::flow;
use crate::mail::Letter;
use crate::resource;
use crate::routes::fields::{about, name};
use crate::routes::{closing, me};
use crate::store::{Budget, Change, Changed, Deletion, Known, SealedMail};
use crate::wire::{Backend, Document};

mod create;
mod listing;
mod locking;
mod metadata;
mod oauth;

pub use create::create;
pub use listing::{count, list, memberships};
pub use locking::{lock, unlock};
pub use metadata::{Patch, merge, merge_metadata};
pub use oauth::access_token;

/// A user as the app's server sees them.
#[derive(Serialize)]
pub(crate) struct Shown {
    #[serde(flatten)]
    user: User,
    private_metadata: Metadata,
    banned: bool,
    locked: bool,
    locked_until: Option<Timestamp>,
}

/// What to change; null is none.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateUser {
    #[serde(deserialize_with = "nullable")]
    username: Option<String>,
    password: Option<Secret<String>>,
    skip_password_checks: bool,
    sign_out_of_other_sessions: bool,
    #[serde(deserialize_with = "nullable")]
    first_name: Option<String>,
    #[serde(deserialize_with = "nullable")]
    last_name: Option<String>,
    #[serde(deserialize_with = "nullable")]
    external_id: Option<String>,
    legal_accepted_at: Option<Timestamp>,
    primary_email_address_id: Option<String>,
    primary_phone_number_id: Option<String>,
    public_metadata: Option<Metadata>,
    private_metadata: Option<Metadata>,
    unsafe_metadata: Option<Metadata>,
}

/// What to compare.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyPassword {
    password: Secret<String>,
}

/// A member that may be null, which is an empty text.
fn nullable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(Some(text.unwrap_or_default()))
}

/// `GET /admin/v1/users/{id}`: a user.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn read(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    answer(&backend.app, &parse(&id)?, StatusCode::OK).await
}

/// `PATCH /admin/v1/users/{id}`: changes a user.
///
/// # Errors
/// `ResourceNotFound`, `FormIdentifierExists`, and those of its fields.
pub async fn update(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<UpdateUser>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let id = parse(&id)?;
    let known = load(app, &id).await?;
    let password = match &command.password {
        Some(typed) => {
            let about = about(&known.user);
            let is_checked = !command.skip_password_checks;
            Some(create::sealed(app, typed, &about, is_checked, backend.now).await?)
        }
        None => None,
    };
    let notices = notices(app, &known.user, &command).await?;
    let change = Change {
        notices,
        first_name: name(command.first_name.as_deref(), "first_name")?,
        last_name: name(command.last_name.as_deref(), "last_name")?,
        username: username(app, command.username.as_deref())?,
        external_id: external_id(command.external_id)?,
        public_metadata: metadata(command.public_metadata.as_ref(), "public_metadata")?,
        private_metadata: metadata(command.private_metadata.as_ref(), "private_metadata")?,
        unsafe_metadata: metadata(command.unsafe_metadata.as_ref(), "unsafe_metadata")?,
        password,
        legal_accepted_at: command.legal_accepted_at,
        ends_sessions: command.sign_out_of_other_sessions,
        primary_email: command.primary_email_address_id,
        primary_phone: command.primary_phone_number_id,
        over: None,
    };
    let changed = app
        .store
        .change_person(&id, &change, backend.key.as_str(), backend.cause())
        .await?;
    done(changed, &change)?;
    app.letters.notify_one();
    answer(app, &id, StatusCode::OK).await
}

/// What a user is told of a change.
async fn notices(app: &App, user: &User, command: &UpdateUser) -> Result<Vec<SealedMail>, Error> {
    let mut notices = Vec::new();
    if command.password.is_some() {
        notices.push(flow::notice(app, &user.id, Letter::PasswordChanged).await?);
    }
    let primary = command.primary_email_address_id.as_deref();
    let primary = primary.and_then(EmailAddressId::parse);
    if let Some(id) = primary.filter(|id| user.primary_email_address_id.as_ref() != Some(id)) {
        notices.extend(me::other_primary(app, user, &id).await?);
    }
    Ok(notices)
}

/// `DELETE /admin/v1/users/{id}`: deletes a user with all that is theirs.
///
/// # Errors
/// `ResourceNotFound`; `OrganizationMinimumPermissionsNeeded` with the names of the organizations that nobody else runs.
pub async fn remove(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let user = parse(&id)?;
    let store = &backend.app.store;
    match store.delete_person(&user, None, backend.cause()).await? {
        Deletion::Done => {}
        Deletion::Unknown => return Err(ErrorCode::ResourceNotFound.into()),
        Deletion::LastAdmin(names) => return Err(Error::last_admin(names)),
    }
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

/// `GET /admin/v1/users/{id}/export`: everything that is held of a user.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn export(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let (app, id) = (&backend.app, parse(&id)?);
    let user = json!(shown(app, load(app, &id).await?));
    let document = closing::document(app, &id, user, backend.cause()).await?;
    Ok(Json(document).into_response())
}

/// `POST /admin/v1/users/{id}/ban`: closes an account.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn ban(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    set_banned(&backend, &id, true).await
}

/// `POST /admin/v1/users/{id}/unban`: opens an account again.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn unban(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    set_banned(&backend, &id, false).await
}

async fn set_banned(backend: &Backend, id: &str, is_banned: bool) -> Result<Response, Error> {
    let id = parse(id)?;
    let store = &backend.app.store;
    if !store
        .ban(&id, is_banned, backend.key.as_str(), backend.cause())
        .await?
    {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    answer(&backend.app, &id, StatusCode::OK).await
}

/// `POST /admin/v1/users/{id}/verify_password`: `{"verified": true}` where it is right.
///
/// # Errors
/// `ResourceNotFound`, `FormPasswordIncorrect`, `TooManyRequests`.
pub async fn verify_password(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<VerifyPassword>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let id = parse(&id)?;
    load(app, &id).await?;
    let budgets = [Budget {
        key: format!("verify-password:{id}"),
        most: 20,
        window_s: 900,
    }];
    if let Some(wait_s) = app.store.count_use(&budgets, backend.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let sealed = app.store.credential(&id, flow::PASSWORD).await?;
    let hash = sealed
        .map(|sealed| flow::open_password(app, &sealed))
        .transpose()?;
    if !app
        .hasher
        .verify(&command.password, hash.as_deref())
        .await?
    {
        return Err(Error::at(ErrorCode::FormPasswordIncorrect, "password"));
    }
    app.store.give_back(&budgets).await?;
    Ok(Json(json!({ "object": "verified", "verified": true })).into_response())
}

/// `DELETE /admin/v1/users/{id}/mfa`: takes every second factor away, for whoever lost theirs.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn forget_factors(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let app = &backend.app;
    let id = parse(&id)?;
    load(app, &id).await.map(drop)?;
    let notice = flow::notice(app, &id, Letter::FactorRemoved).await?;
    app.store
        .forget_factors(&id, &notice, backend.key.as_str(), backend.cause())
        .await?;
    app.letters.notify_one();
    answer(app, &id, StatusCode::OK).await
}

/// What a change came to.
fn done(changed: Changed, change: &Change) -> Result<(), Error> {
    match changed {
        Changed::Done => Ok(()),
        Changed::Unknown => Err(ErrorCode::ResourceNotFound.into()),
        Changed::Stale => Err(Error::Busy(1)),
        Changed::Taken => {
            let field = if change.username.is_some() {
                "username"
            } else {
                "external_id"
            };
            Err(Error::at(ErrorCode::FormIdentifierExists, field))
        }
        Changed::Unproven => {
            let field = if change.primary_email.is_some() {
                "primary_email_address_id"
            } else {
                "primary_phone_number_id"
            };
            Err(Error::at(ErrorCode::FormParamValueInvalid, field))
        }
    }
}

/// A user name; empty for none.
fn username(app: &App, typed: Option<&str>) -> Result<Option<String>, Error> {
    let Some(typed) = typed else { return Ok(None) };
    if typed.is_empty() {
        return Ok(Some(String::new()));
    }
    let name = Username::parse(typed, &app.settings().username.shape());
    let name = name.map_err(|code| Error::at(code, "username"))?;
    Ok(Some(name.into()))
}

fn external_id(typed: Option<String>) -> Result<Option<String>, Error> {
    if typed.as_ref().is_some_and(|id| id.len() > 255) {
        let code = ErrorCode::FormParamMaxLengthExceeded;
        return Err(Error::at(code, "external_id"));
    }
    Ok(typed)
}

/// The id in a path; what is none is not found.
///
/// # Errors
/// `ResourceNotFound`.
pub fn parse(id: &str) -> Result<UserId, Error> {
    UserId::parse(id).ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

async fn load(app: &App, id: &UserId) -> Result<Known, Error> {
    let known = app.store.known(id).await?;
    known.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

async fn answer(app: &App, id: &UserId, status: StatusCode) -> Result<Response, Error> {
    let known = load(app, id).await?;
    Ok((status, Json(shown(app, known))).into_response())
}

pub(crate) fn shown(app: &App, mut known: Known) -> Shown {
    resource::own(app, &mut known.user);
    let locked_until = known.locked_until.filter(|until| *until > app.now());
    Shown {
        user: known.user,
        private_metadata: known.private_metadata,
        banned: known.is_banned,
        locked: locked_until.is_some(),
        locked_until,
    }
}
