//! The page with what members can be, and what that allows.

use frontdesk_locale::Text;
use frontdesk_protocol::{ADMIN, MEMBER, Permission, Role};
use leptos::prelude::*;

use super::here::Here;
use crate::kit::{El, el, part, switch, words};
use crate::organization::role;
use crate::user_profile::badge;

/// The roles, to be read.
pub(super) fn draw(here: Here) -> El {
    let heading = el("h2").part("section-title").attr("tabindex", "-1");
    el("div")
        .child(heading.say(Text::organization_profile_roles))
        .child(switch(move || {
            let roles = here.roles.get();
            if roles.is_empty() {
                return Some(part("skeleton").attr("aria-hidden", "true").into());
            }
            let own = here.of(|it| it.role.clone()).unwrap_or_default();
            let mut list = el("div").attr("data-list", "").attr("role", "list");
            for it in &roles {
                let item = untrack(|| item(it, it.key == own));
                list = list.child(item.attr("role", "listitem"));
            }
            Some(list.into())
        }))
}

fn item(it: &Role, is_own: bool) -> El {
    let own = is_own.then(|| badge("you", Text::organization_profile_own_role));
    // Those that are always there have names in every language, and their permissions say the rest.
    let is_known = [ADMIN, MEMBER].contains(&it.key.as_str());
    let description = it.description.clone();
    let described = (!description.is_empty() && !is_known).then(|| {
        let hint = el("p").part("hint").attr("dir", "auto");
        hint.text(move || description.clone())
    });
    let mut permissions = el("ul").attr("data-permissions", "");
    for permission in &it.permissions {
        permissions = permissions.child(el("li").child(allowed(permission)));
    }
    let none = el("p")
        .part("hint")
        .say(Text::organization_profile_no_permissions);
    let permissions = if it.permissions.is_empty() {
        none
    } else {
        permissions
    };
    el("div")
        .attr("data-role", it.key.clone())
        .child(
            part("row")
                .child(el("strong").say(role(&it.key, &it.name)))
                .maybe(own),
        )
        .maybe(described)
        .child(permissions)
}

/// The server's own permissions have names in every language; others bear the app's.
fn allowed(permission: &Permission) -> El {
    let name = permission.name.clone();
    let known = match permission.key.as_str() {
        "org:sys_profile:manage" => Text::organization_profile_may_manage_profile,
        "org:sys_profile:delete" => Text::organization_profile_may_delete,
        "org:sys_memberships:read" => Text::organization_profile_may_read_members,
        "org:sys_memberships:manage" => Text::organization_profile_may_manage_members,
        "org:sys_domains:read" => Text::organization_profile_may_read_domains,
        "org:sys_domains:manage" => Text::organization_profile_may_manage_domains,
        _ => return el("span").say(words(move |_| name.clone())),
    };
    el("span").say(known)
}
