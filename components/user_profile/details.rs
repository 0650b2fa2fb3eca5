//! What only the profile shows of a user.

use frontdesk_protocol::UserDetails;
use frontdesk_protocol::json::Read as _;

use crate::json::{setting, user};
use crate::provider::Site;

/// All that there is, followed.
pub(super) fn details(site: Site) -> Option<UserDetails> {
    UserDetails::read(&user(site)?)
}

/// Whether the settings use an attribute, e.g. `passkey`.
pub(super) fn is_used(site: Site, attribute: &str) -> bool {
    leptos::prelude::untrack(|| {
        setting(site, &["user_settings", "attributes", attribute, "enabled"]) == Some(true)
    })
}

/// Whether the settings use an attribute as a second factor.
pub(super) fn is_second_factor(site: Site, attribute: &str) -> bool {
    let path = [
        "user_settings",
        "attributes",
        attribute,
        "used_for_second_factor",
    ];
    leptos::prelude::untrack(|| setting(site, &path) == Some(true))
}
