//! Locks: nobody signs in to the account for a while.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use frontdesk_protocol::{ErrorCode, User};
use serde::Deserialize;

use super::{answer, load, parse};
use crate::error::Error;
use crate::flow;
use crate::wire::{Backend, Document};

const USUAL_S: i64 = 3600;
/// Ten years.
const LONGEST_S: i64 = 315_360_000;

/// For how long to lock.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    expires_in_seconds: Option<i64>,
}

/// `POST /admin/v1/users/{id}/lock`: lets nobody sign in by any method, for an hour or as long as it says.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn lock(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<Lock>,
) -> Result<Response, Error> {
    let (app, id) = (&backend.app, parse(&id)?);
    let lasts_s = command.expires_in_seconds.unwrap_or(USUAL_S);
    if !(1..=LONGEST_S).contains(&lasts_s) {
        let code = ErrorCode::FormParamValueInvalid;
        return Err(Error::at(code, "expires_in_seconds"));
    }
    let (until, by) = (backend.now.plus_s(lasts_s), backend.key.as_str());
    if !app.store.lock(&id, until, by, backend.cause()).await? {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    answer(app, &id, StatusCode::OK).await
}

/// `POST /admin/v1/users/{id}/unlock`: ends a lock, and what keeps somebody out after too many wrong tries.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn unlock(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let (app, id) = (&backend.app, parse(&id)?);
    let user = load(app, &id).await?.user;
    let budgets: Vec<_> = keys(&user)
        .flat_map(|key| flow::all_budgets(app, key))
        .collect();
    let by = backend.key.as_str();
    if !app.store.unlock(&id, &budgets, by, backend.cause()).await? {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    answer(app, &id, StatusCode::OK).await
}

/// What wrong tries are counted by: whatever a user may type, and who they are.
fn keys(user: &User) -> impl Iterator<Item = &str> {
    let emails = user.email_addresses.iter();
    let emails = emails.map(|email| email.email_address.as_str());
    let phones = user.phone_numbers.iter();
    let phones = phones.map(|phone| phone.phone_number.as_str());
    let others = user
        .username
        .as_deref()
        .into_iter()
        .chain([user.id.as_str()]);
    emails.chain(phones).chain(others)
}
