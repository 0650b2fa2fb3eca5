//! Pictures: how people change theirs and their organizations', and where every page sees them.

use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Deleted, ErrorCode, Image, SystemPermission};

use super::organizations;
use crate::app::App;
use crate::error::Error;
use crate::picture::Picture;
use crate::store::{Actor, Member};
use crate::wire::{SignedIn, Upload};

/// What is under a name never changes, because the name is the hash of it; opened as a page it can do nothing.
const FIXED: [(HeaderName, &str); 4] = [
    (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "cross-origin",
    ),
];

/// `GET /v1/pictures/{hash}`: a picture, to every page; no cookie is read, and none is set.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn show(State(app): State<App>, Path(hash): Path<String>) -> Result<Response, Error> {
    let found = app.store.picture(&hash).await?;
    let (kind, bytes) = found.ok_or(ErrorCode::ResourceNotFound)?;
    let mut headers = HeaderMap::new();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let kind = HeaderValue::from_str(&kind).map_err(anyhow::Error::from)?;
    headers.insert(CONTENT_TYPE, kind);
    Ok((headers, bytes).into_response())
}

/// `POST /v1/me/profile_image`: another picture of the user, from the form's field `file`.
///
/// # Errors
/// `AuthenticationInvalid`, `FormParamNil`, `FormParamFormatInvalid`, `FormParamMaxLengthExceeded`.
pub async fn set(me: SignedIn, Upload(file): Upload) -> Result<Response, Error> {
    let app = &me.caller.app;
    let picture = app.studio.draw(file).await?;
    change(&me, Some(&picture)).await?;
    let shown = Image {
        id: format!("img_{}", picture.hash),
        name: None,
        public_url: app.store.picture_at(&picture.hash),
    };
    me.caller.answer(shown).await
}

/// `DELETE /v1/me/profile_image`: takes the user's picture away.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn remove(me: SignedIn) -> Result<Response, Error> {
    change(&me, None).await?;
    let id = me.session.user.to_string();
    me.caller.answer(Deleted { id, deleted: true }).await
}

async fn change(me: &SignedIn, picture: Option<&Picture>) -> Result<(), Error> {
    let store = &me.caller.app.store;
    let is_changed = store
        .set_picture(&me.session.user, picture, me.caller.cause())
        .await?;
    if is_changed {
        Ok(())
    } else {
        Err(ErrorCode::AuthenticationInvalid.into())
    }
}

/// `PUT /v1/organizations/{id}/logo`: another logo, from the form's field `file`.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `FormParamNil`, `FormParamFormatInvalid`,
/// `FormParamMaxLengthExceeded`.
pub async fn set_logo(
    me: SignedIn,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Error> {
    // What is sent by whoever may not do it is not even read.
    let member = organizations::demand(&me, &id, SystemPermission::ProfileManage).await?;
    let Upload(file) = Upload::from_request(request, &()).await?;
    let picture = me.caller.app.studio.draw(file).await?;
    change_logo(me, &member, Some(&picture)).await
}

/// `DELETE /v1/organizations/{id}/logo`: takes the logo away.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn remove_logo(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let member = organizations::demand(&me, &id, SystemPermission::ProfileManage).await?;
    change_logo(me, &member, None).await
}

async fn change_logo(
    me: SignedIn,
    member: &Member,
    picture: Option<&Picture>,
) -> Result<Response, Error> {
    let (store, actor) = (&me.caller.app.store, Actor::Member(&me.session.user));
    let outcome = store
        .set_logo(actor, &member.organization, picture, me.caller.cause())
        .await?;
    organizations::settle(&me, member, outcome).await?;
    organizations::answer(me, &member.organization).await
}
