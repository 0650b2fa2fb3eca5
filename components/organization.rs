//! What several widgets say of organizations, and do with them.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{ADMIN, MEMBER, OrganizationId, Role, TouchSession};
use leptos::prelude::untrack;
use leptos::task::spawn_local;

use crate::kit::{State, Words, words};
use crate::provider::Site;

/// The roles that are there always have names in every language; others bear the app's.
pub fn role(key: &str, name: &str) -> Words {
    match key {
        ADMIN => Words::from(Text::organization_switcher_role_admin),
        MEMBER => Words::from(Text::organization_switcher_role_member),
        _ => {
            let name = name.to_owned();
            words(move |_| name.clone())
        }
    }
}

/// The roles of `all` that allow no more than the user's own, followed: nobody can give more than they have.
pub fn roles_to_give(site: Site, all: State<Vec<Role>>) -> Vec<Role> {
    let own = site.of_client(|client| Some(client.active_membership()?.permissions.clone()));
    let own = own.unwrap_or_default();
    let mut roles = all.get();
    roles.retain(|role| {
        let mut keys = role.permissions.iter().map(|it| &it.key);
        keys.all(|key| own.contains(key))
    });
    roles
}

/// Fetches what members of an organization can be.
pub fn load_roles(site: Site, id: OrganizationId, roles: State<Vec<Role>>) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let desk = site.desk();
    spawn_local(async move {
        if let Ok(found) = desk.roles(&id).await {
            roles.set(found.data);
        }
    });
}

/// Puts the session into the organization of this id, or into the personal account where it is empty.
///
/// # Errors
/// See [`Failure`].
pub async fn enter(site: Site, id: String) -> Result<(), Failure> {
    let session = untrack(|| {
        site.of_client(|client| client.active_session().map(|session| session.id.clone()))
    });
    // Who has signed out meanwhile is shown something else.
    let Some(session) = session else {
        return Ok(());
    };
    let command = TouchSession {
        active_organization_id: Some(id),
    };
    let desk = site.desk();
    desk.touch_session(&session, &command).await.map(drop)
}
