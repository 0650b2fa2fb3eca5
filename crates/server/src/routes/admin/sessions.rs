//! Sessions of users.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ClientId, DeviceSession, ErrorCode, List, SessionId, UserId};
use serde::{Deserialize, Serialize};

use super::{page, users};
use crate::error::Error;
use crate::resource::device_session;
use crate::store::Device;
use crate::wire::{Asked, Backend};

/// A session as the app's server sees it.
#[derive(Serialize)]
pub(crate) struct Shown {
    #[serde(flatten)]
    session: DeviceSession,
    user_id: UserId,
    client_id: ClientId,
}

/// Which sessions.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    user_id: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
}

/// `GET /admin/v1/sessions`: a page of sessions, the newest first.
///
/// # Errors
/// `FormParamValueInvalid`, `ResourceNotFound`.
pub async fn list(backend: Backend, Asked(filter): Asked<Filter>) -> Result<Response, Error> {
    let user = filter.user_id.as_deref().map(users::parse).transpose()?;
    let user = user.as_ref().map(UserId::as_str);
    let page = page(filter.limit, filter.offset)?;
    let store = &backend.app.store;
    let (found, total_count) = store.sessions(user, page, backend.now).await?;
    let data: Vec<Shown> = found.iter().map(shown).collect();
    Ok(Json(List { data, total_count }).into_response())
}

/// `GET /admin/v1/sessions/{id}`: a session.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn read(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let device = load(&backend, &id).await?;
    Ok(Json(shown(&device)).into_response())
}

/// `POST /admin/v1/sessions/{id}/revoke`: ends a session; one that ended before stays as it is.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn revoke(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let device = load(&backend, &id).await?;
    let store = &backend.app.store;
    store
        .revoke_session(&device.id, &device.user, backend.cause())
        .await?;
    read(backend, Path(id)).await
}

async fn load(backend: &Backend, id: &str) -> Result<Device, Error> {
    let nowhere = || Error::from(ErrorCode::ResourceNotFound);
    let id = SessionId::parse(id).ok_or_else(nowhere)?;
    let found = backend.app.store.device(&id, None, backend.now).await?;
    found.ok_or_else(nowhere)
}

/// A session as the app's server sees it.
pub(crate) fn shown(device: &Device) -> Shown {
    Shown {
        session: device_session(device),
        user_id: device.user.clone(),
        client_id: device.client.clone(),
    }
}
