//! What the store holds, as browsers see it.

use anyhow::{Context as _, Result};
use frontdesk_protocol::{Client, Session, SessionToken, Timestamp, User};

use crate::app::App;
use crate::store::{Browser, StoredSession, public};
use crate::token::{ActiveOrganization, Subject};

/// Everything the server knows of a browser, with a fresh token for its active session.
///
/// # Errors
/// Where the store broke.
pub async fn client(app: &App, browser: &Browser, origin: &str, now: Timestamp) -> Result<Client> {
    let live = app.store.live_sessions(&browser.id, now).await?;
    let is_active =
        |session: &&StoredSession| Some(&session.id) == browser.last_active_session.as_ref();
    let active = live
        .iter()
        .find(is_active)
        .or(live.last())
        .map(|session| session.id.clone());
    let mut sessions = Vec::with_capacity(live.len());
    for stored in live {
        let user = app
            .store
            .user(&stored.user)
            .await?
            .context("a session without its user")?;
        let first_factor_at = stored.first_factor_at;
        let mut session = session(app, stored, user);
        if Some(&session.id) == active.as_ref() {
            session.last_active_token = Some(token(app, &session, first_factor_at, (origin, now))?);
        }
        sessions.push(session);
    }
    let sign_in = match &browser.sign_in {
        Some(id) => app
            .store
            .sign_in(id, &browser.id, now)
            .await?
            .map(|(loaded, _)| loaded.step),
        None => None,
    };
    let sign_up = match &browser.sign_up {
        Some(id) => app
            .store
            .sign_up(id, &browser.id, now)
            .await?
            .map(|(loaded, _)| loaded.step),
        None => None,
    };
    Ok(Client {
        id: browser.id.clone(),
        sessions,
        sign_in,
        sign_up,
        last_active_session_id: active,
        last_authentication_strategy: browser.last_strategy,
        cookie_expires_at: Some(browser.expires_at),
        server_time: now,
        created_at: browser.created_at,
        updated_at: browser.updated_at,
    })
}

/// A session, as its user sees it; the token is still to be minted.
pub fn session(app: &App, stored: StoredSession, mut user: User) -> Session {
    let organizations = &app.config.settings.organizations;
    user.create_organization_enabled = organizations.may_be_created();
    // Who left an organization is not in it, whatever the session says.
    let organization = stored.organization.filter(|id| {
        user.organization_memberships
            .iter()
            .any(|membership| membership.organization.id == *id)
    });
    Session {
        id: stored.id,
        status: stored.status,
        expire_at: stored.expire_at,
        abandon_at: stored.abandon_at,
        last_active_at: stored.last_active_at,
        last_active_organization_id: organization,
        last_active_token: None,
        tasks: Vec::new(),
        public_user_data: public(&user),
        user,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}

fn token(
    app: &App,
    session: &Session,
    first_factor_at: Timestamp,
    (origin, now): (&str, Timestamp),
) -> Result<SessionToken> {
    let active = session.last_active_organization_id.as_ref();
    let membership = session
        .user
        .organization_memberships
        .iter()
        .find(|membership| Some(&membership.organization.id) == active);
    let organization = membership.map(|membership| {
        let organization = &membership.organization;
        ActiveOrganization::new(
            organization.id.clone(),
            organization.slug.clone(),
            membership.role,
        )
    });
    let subject = Subject {
        user: &session.user.id,
        session: &session.id,
        first_factor_at,
        organization,
    };
    let jwt = app
        .keys
        .mint(subject, &app.config.public_url, origin, &app.chance, now)?;
    Ok(SessionToken { jwt })
}
