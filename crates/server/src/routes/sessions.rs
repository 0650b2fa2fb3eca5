//! The sessions of a browser, and their tokens.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{
    CreateToken, ErrorCode, OrganizationId, SessionId, SessionStatus, SessionToken, Strategy,
    TouchSession, UserId,
};

use crate::error::Error;
use crate::resource;
use crate::store::{NewSession, StoredSession};
use crate::token::{self, ActiveOrganization, Custom, Subject};
use crate::wire::{Body, Caller};

/// `GET /v1/client/sessions/{id}`: a live session of this browser.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn read(caller: Caller, Path(id): Path<String>) -> Result<Response, Error> {
    let session = caller.live_session(&id)?;
    answer(caller, session).await
}

/// `POST /v1/client/sessions/{id}/touch`: makes a session the active one, and moves it to an organization.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where the user is no member.
pub async fn touch(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<TouchSession>,
) -> Result<Response, Error> {
    let mut session = caller.live_session(&id)?;
    if let Some(wanted) = command.active_organization_id {
        session.organization = organization(&caller, &session.user, &wanted)
            .await?
            .map(|active| active.id);
    }
    session.last_active_at = caller.now;
    session.abandon_at = caller.now.plus_s(caller.app.settings().sessions.idle_s());
    let browser = caller.known()?;
    caller
        .app
        .store
        .touch_session(&browser.id, &session)
        .await?;
    answer(caller, session).await
}

/// `POST /v1/client/sessions/{id}/tokens`: mints a session token, `{"object": "token", "jwt": …}`; commits nothing.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn create_token(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<CreateToken>,
) -> Result<Response, Error> {
    let session = caller.live_session(&id)?;
    let (jwt, _) = mint(&caller, &session, &command).await?;
    let answer = Json(SessionToken { jwt: jwt.clone() }).into_response();
    Ok(caller.answer_token(answer, &jwt))
}

/// A token of a session, and whether the session is pending.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn mint(
    caller: &Caller,
    session: &StoredSession,
    command: &CreateToken,
) -> Result<(String, bool), Error> {
    let organization = wanted(caller, session, command).await?;
    let app = &caller.app;
    app.activity.note(session, caller.now);
    let is_pending = resource::is_pending(app, session, organization.is_some()).await?;
    let subject = Subject {
        user: &session.user,
        session: &session.id,
        proven: session.proven(),
        is_super_admin: session.is_super_admin,
        is_pending,
        organization,
    };
    let (issuer, origin) = (&app.config.public_url, &caller.origin);
    let jwt = app
        .keys
        .mint(subject, issuer, origin, &app.chance, caller.now)?;
    Ok((jwt, is_pending))
}

/// `POST /v1/client/sessions/{id}/tokens/{template}`: mints a token of a template; commits nothing.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid` while the session is pending,
/// `FormParamMaxLengthExceeded` where it says too much.
pub async fn create_template_token(
    caller: Caller,
    Path((id, name)): Path<(String, String)>,
    Body(command): Body<CreateToken>,
) -> Result<Response, Error> {
    let session = caller.live_session(&id)?;
    let app = &caller.app;
    let template = app.settings().tokens.template(&name).cloned();
    let template = template.ok_or_else(|| Error::at(ErrorCode::ResourceNotFound, "template"))?;
    let organization = wanted(&caller, &session, &command).await?;
    // Others who read such a token know nothing of what is to be done first.
    if resource::is_pending(app, &session, organization.is_some()).await? {
        return Err(ErrorCode::AuthorizationInvalid.into());
    }
    let user = app.store.user(&session.user).await?;
    let user = user.ok_or(ErrorCode::ResourceNotFound)?;
    let facts = token::facts(&user, organization.as_ref(), &session.id)?;
    let custom = Custom {
        lifetime_s: template.lifetime_s,
        claims: token::fill(&template.claims, &facts)?,
    };
    app.activity.note(&session, caller.now);
    let subject = Subject {
        user: &session.user,
        session: &session.id,
        proven: session.proven(),
        is_super_admin: session.is_super_admin,
        is_pending: false,
        organization,
    };
    let (issuer, origin) = (&app.config.public_url, &caller.origin);
    let jwt = app
        .keys
        .mint_custom(&subject, custom, issuer, origin, &app.chance, caller.now)?
        .ok_or_else(|| Error::at(ErrorCode::FormParamMaxLengthExceeded, "template"))?;
    Ok(Json(SessionToken { jwt }).into_response())
}

/// `POST /v1/client/sessions/{id}/end`: signs one user out.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn end(caller: Caller, Path(id): Path<String>) -> Result<Response, Error> {
    finish(caller, &id, SessionStatus::Ended).await
}

/// `POST /v1/client/sessions/{id}/remove`: signs one user out, and forgets them in this browser.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn remove(caller: Caller, Path(id): Path<String>) -> Result<Response, Error> {
    finish(caller, &id, SessionStatus::Removed).await
}

/// `DELETE /v1/client/sessions`: signs everybody out of this browser; that nobody is signed in is no fault.
///
/// # Errors
/// Only ours.
pub async fn end_all(mut caller: Caller) -> Result<Response, Error> {
    if let Some(browser) = &caller.browser {
        let live = browser.live.clone();
        caller.prepare_rotation()?;
        let rotation = caller.rotation()?;
        caller
            .app
            .store
            .end_sessions(rotation, &live, SessionStatus::Ended, caller.cause())
            .await?;
    }
    caller.answer_client().await
}

/// A session of `user` that is about to begin in the browser whose next secret was drawn.
pub fn begin<'a>(
    caller: &'a Caller,
    id: &'a SessionId,
    user: &'a UserId,
    strategy: Strategy,
) -> Result<NewSession<'a>, Error> {
    let settings = caller.app.settings();
    let sessions = &settings.sessions;
    Ok(NewSession {
        id,
        user,
        strategy,
        is_doubly_proven: false,
        is_only: !sessions.several,
        trust: None,
        as_of: None,
        user_agent: caller.user_agent.as_deref(),
        abandon_at: caller.now.plus_s(sessions.idle_s()),
        expire_at: caller.now.plus_s(sessions.lifetime_s),
        rotation: caller.rotation()?,
    })
}

async fn finish(mut caller: Caller, id: &str, status: SessionStatus) -> Result<Response, Error> {
    let mut session = caller.live_session(id)?;
    caller.prepare_rotation()?;
    let rotation = caller.rotation()?;
    let ended = std::slice::from_ref(&session);
    caller
        .app
        .store
        .end_sessions(rotation, ended, status, caller.cause())
        .await?;
    session.status = status;
    answer(caller, session).await
}

async fn answer(caller: Caller, session: StoredSession) -> Result<Response, Error> {
    let user = caller
        .app
        .store
        .user(&session.user)
        .await?
        .ok_or(ErrorCode::ResourceNotFound)?;
    let shown = resource::session(&caller.app, session, user, caller.now);
    caller.answer(shown).await
}

/// The organization a token is asked for: the one named, or else the session's.
async fn wanted(
    caller: &Caller,
    session: &StoredSession,
    command: &CreateToken,
) -> Result<Option<ActiveOrganization>, Error> {
    let active = session.organization.as_ref().map(OrganizationId::as_str);
    Ok(match (command.organization_id.as_deref(), active) {
        (Some(wanted), _) => organization(caller, &session.user, wanted).await?,
        // Who left the organization meanwhile works for themselves.
        (None, Some(active)) => organization(caller, &session.user, active)
            .await
            .ok()
            .flatten(),
        (None, None) => None,
    })
}

/// What `user` is in the organization of this id or slug; nothing for the personal account, which is empty.
async fn organization(
    caller: &Caller,
    user: &UserId,
    wanted: &str,
) -> Result<Option<ActiveOrganization>, Error> {
    if wanted.is_empty() {
        return Ok(None);
    }
    let member = caller.app.store.member(user, wanted).await?;
    let member =
        member.ok_or_else(|| Error::at(ErrorCode::ResourceNotFound, "active_organization_id"))?;
    Ok(Some(ActiveOrganization::new(
        member.organization,
        member.slug,
        member.role,
        &member.permissions,
    )))
}
