//! How people leave: what is held of them, and the end of their account.

use axum::Json;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use frontdesk_protocol::{Deleted, ErrorCode, UserId};
use serde_json::{Value, json};

use super::me;
use crate::app::App;
use crate::error::Error;
use crate::store::{Budget, Cause, Deletion};
use crate::wire::SignedIn;

/// How often somebody may ask for what is held of them in an hour.
const EXPORTS_PER_HOUR: i64 = 10;

/// `DELETE /v1/me`: deletes the user with all that is theirs.
///
/// # Errors
/// `AuthenticationInvalid`, `AuthorizationInvalid` where the settings let nobody,
/// `OrganizationMinimumPermissionsNeeded` with the names of the organizations that nobody else runs.
pub async fn remove(mut me: SignedIn) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    if !app.settings().users.delete_self {
        return Err(ErrorCode::AuthorizationInvalid.into());
    }
    me.caller.prepare_rotation()?;
    let rotation = me.caller.rotation()?;
    let (user, cause) = (&me.session.user, me.caller.cause());
    let deleted = app.store.delete_person(user, Some(rotation), cause).await?;
    match deleted {
        Deletion::Done => {}
        Deletion::Unknown => return Err(ErrorCode::AuthenticationInvalid.into()),
        Deletion::LastAdmin(names) => return Err(Error::last_admin(names)),
    }
    let id = user.to_string();
    me.caller.answer(Deleted { id, deleted: true }).await
}

/// `GET /v1/me/export`: everything that is held of the user, as a file; what only the app's server reads is not in it.
///
/// # Errors
/// `AuthenticationInvalid`, `SessionReverificationRequired`, `TooManyRequests`.
pub async fn export(me: SignedIn) -> Result<Response, Error> {
    me.reverified()?;
    let app = &me.caller.app;
    let user = me::user(&me).await?;
    let budget = Budget {
        key: format!("export:{}", user.id),
        most: EXPORTS_PER_HOUR,
        window_s: 3600,
    };
    if let Some(wait_s) = app.store.count_use(&[budget], me.caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let id = user.id.clone();
    let document = document(app, &id, json!(user), me.caller.cause()).await?;
    let name = [(CONTENT_DISPOSITION, "attachment; filename=\"account.json\"")];
    Ok((name, Json(document)).into_response())
}

/// Everything that is held of a user, who is shown as `user`.
///
/// # Errors
/// Where the store broke.
pub async fn document(
    app: &App,
    id: &UserId,
    user: Value,
    cause: Cause<'_>,
) -> Result<Value, Error> {
    let held = app.store.export(id, cause).await?;
    let picture = app.store.picture_of(id).await?;
    let picture =
        picture.map(|(kind, bytes)| json!({ "kind": kind, "base64": STANDARD.encode(bytes) }));
    let mut document = json!({
        "object": "user_export",
        "exported_at": cause.now,
        "user": user,
        "picture": picture,
    });
    if let Value::Object(members) = &mut document {
        members.extend(held);
    }
    Ok(document)
}
