//! Where the user of the session is signed in.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{DeviceSession, ErrorCode, SessionId};

use crate::error::Error;
use crate::resource::device_session;
use crate::wire::SignedIn;

/// `GET /v1/me/sessions/active`: the user's live sessions, in every browser, without an envelope.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn active(me: SignedIn) -> Result<Response, Error> {
    let store = &me.caller.app.store;
    let devices = store.devices(&me.session.user, me.caller.now).await?;
    let shown: Vec<DeviceSession> = devices.iter().map(device_session).collect();
    Ok(me.caller.answer_alone(shown))
}

/// `POST /v1/me/sessions/{id}/revoke`: ends a session of the user, in whichever browser it is.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where it is another's, or has ended.
pub async fn revoke(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let nowhere = || Error::from(ErrorCode::ResourceNotFound);
    let id = SessionId::parse(&id).ok_or_else(nowhere)?;
    let store = &me.caller.app.store;
    let user = &me.session.user;
    if !store.revoke_session(&id, user, me.caller.cause()).await? {
        return Err(nowhere());
    }
    let device = store.device(&id, Some(user), me.caller.now).await?;
    let shown = device_session(&device.ok_or_else(nowhere)?);
    me.caller.answer(shown).await
}
