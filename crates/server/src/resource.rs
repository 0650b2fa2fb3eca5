//! What the store holds, as browsers see it.

use anyhow::Result;
use frontdesk_protocol::{
    Client, DeviceSession, Organization, Session, SessionActivity, SessionStatus, SessionTask,
    SessionToken, Task, Timestamp, User,
};

use crate::app::App;
use crate::device;
use crate::store::{BY_SETTINGS, Device, Peopled, StoredSession, public};
use crate::token::{self, ActiveOrganization, Subject};

/// Everything the server knows of a browser, with a fresh token for its active session.
///
/// # Errors
/// Where the store broke.
pub async fn client(app: &App, found: Peopled, origin: &str, now: Timestamp) -> Result<Client> {
    let Peopled { browser, users } = found;
    let live = &browser.live;
    let is_active =
        |session: &&StoredSession| Some(&session.id) == browser.last_active_session.as_ref();
    let active = live
        .iter()
        .find(is_active)
        .or(live.last())
        .map(|session| session.id.clone());
    let mut sessions = Vec::with_capacity(live.len());
    for (stored, user) in live.iter().zip(users) {
        let proven = (stored.proven(), stored.is_super_admin);
        let mut session = session(app, stored.clone(), user, now);
        if Some(&session.id) == active.as_ref() {
            session.last_active_token = Some(token(app, &session, proven, (origin, now))?);
        }
        sessions.push(session);
    }
    let sign_in = match &browser.sign_in {
        Some(id) => app
            .store
            .sign_in(id, &browser.id, now)
            .await?
            .map(|loaded| loaded.step),
        None => None,
    };
    let sign_up = match &browser.sign_up {
        Some(id) => app
            .store
            .sign_up(id, &browser.id, now)
            .await?
            .map(|loaded| loaded.step),
        None => None,
    };
    Ok(Client {
        id: browser.id,
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
pub fn session(app: &App, stored: StoredSession, mut user: User, now: Timestamp) -> Session {
    own(app, &mut user);
    // Who left an organization is not in it, whatever the session says.
    let organization = stored.organization.clone().filter(|id| {
        user.organization_memberships
            .iter()
            .any(|membership| membership.organization.id == *id)
    });
    let tasks = tasks(app, &stored, &user, organization.is_some());
    let is_pending = stored.status == SessionStatus::Active && !tasks.is_empty();
    let proven = stored.proven();
    Session {
        id: stored.id,
        status: if is_pending {
            SessionStatus::Pending
        } else {
            stored.status
        },
        expire_at: stored.expire_at,
        abandon_at: stored.abandon_at,
        last_active_at: stored.last_active_at,
        last_active_organization_id: organization,
        last_active_token: None,
        tasks,
        factor_verification_age: token::ages(proven, now).to_vec(),
        public_user_data: public(&user),
        user,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}

/// Fills in what the settings say of a user.
pub fn own(app: &App, user: &mut User) {
    let settings = app.settings();
    user.create_organization_enabled = settings.organizations.may_be_created();
    user.delete_self_enabled = settings.users.delete_self;
    for membership in &mut user.organization_memberships {
        organization(app, &mut membership.organization);
    }
}

/// Fills in what the settings say of an organization.
pub fn organization(app: &App, organization: &mut Organization) {
    let settings = app.settings();
    if organization.max_allowed_memberships == BY_SETTINGS {
        organization.max_allowed_memberships = settings.organizations.max_members;
    }
    organization.admin_delete_enabled = settings.organizations.admin_delete;
}

/// What is to be done before a session is active.
fn tasks(
    app: &App,
    stored: &StoredSession,
    user: &User,
    is_in_organization: bool,
) -> Vec<SessionTask> {
    let settings = app.settings();
    let due = [
        (stored.must_reset_password, Task::ResetPassword),
        (
            settings.second_factor.required && !user.two_factor_enabled,
            Task::SetupMfa,
        ),
        (
            settings.organizations.force_selection && !is_in_organization,
            Task::ChooseOrganization,
        ),
    ];
    due.into_iter()
        .filter(|(is_due, _)| *is_due)
        .map(|(_, key)| SessionTask { key })
        .collect()
}

/// The same as a yes or no, without reading more than the settings ask for.
///
/// # Errors
/// Where the store broke.
pub async fn is_pending(
    app: &App,
    stored: &StoredSession,
    is_in_organization: bool,
) -> Result<bool> {
    let settings = app.settings();
    if stored.must_reset_password || settings.organizations.force_selection && !is_in_organization {
        return Ok(true);
    }
    Ok(settings.second_factor.required && app.store.second_factors(&stored.user).await?.is_empty())
}

/// A session, as a list of where a user is signed in shows it.
pub fn device_session(stored: &Device) -> DeviceSession {
    let device = device::of(stored.user_agent.as_deref().unwrap_or(""));
    DeviceSession {
        id: stored.id.clone(),
        status: stored.status,
        last_active_at: stored.last_active_at,
        expire_at: stored.expire_at,
        abandon_at: stored.abandon_at,
        latest_activity: Some(SessionActivity {
            id: stored.id.clone(),
            browser_name: device.browser.map(str::to_owned),
            browser_version: device.version,
            device_type: device.system.map(str::to_owned),
            is_mobile: device.is_mobile,
            ip_address: stored.address.clone(),
            city: None,
            country: None,
        }),
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}

fn token(
    app: &App,
    session: &Session,
    (proven, is_super_admin): ((Timestamp, Option<Timestamp>), bool),
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
            membership.role.clone(),
            &membership.permissions,
        )
    });
    let subject = Subject {
        user: &session.user.id,
        session: &session.id,
        proven,
        is_pending: session.status == SessionStatus::Pending,
        is_super_admin,
        organization,
    };
    let jwt = app
        .keys
        .mint(subject, &app.config.public_url, origin, &app.chance, now)?;
    Ok(SessionToken { jwt })
}
