//! Whether somebody is signed in, as far as that is known.

use frontdesk_protocol::UserId;

use crate::kit::State;
use crate::provider::use_site;

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is known yet.
    Unknown,
    /// Nothing is known, and the last try to change that failed.
    Unreachable,
    /// Nobody is.
    SignedOut,
    /// This user is.
    SignedIn(UserId),
}

/// What a widget draws anew for: another user, and not another state of the same one.
pub fn standing() -> State<Standing> {
    let site = use_site();
    State::derived(move || {
        let user = site.of_client(|client| Some(client.active_session()?.user.id.clone()));
        match user {
            Some(user) if site.is_loaded.get() => Standing::SignedIn(user),
            Some(_) | None if site.is_loaded.get() => Standing::SignedOut,
            Some(_) | None if site.has_failed.get() => Standing::Unreachable,
            Some(_) | None => Standing::Unknown,
        }
    })
}
