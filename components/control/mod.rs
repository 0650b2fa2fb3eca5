//! What is shown only to people who are signed in, or only to those who are not, or to those who may.

#[cfg(test)]
mod tests;

use leptos::prelude::*;

use crate::kit::{Prop, State, switch};
use crate::provider::use_site;

/// Draws its children while somebody is signed in.
#[component]
pub fn SignedIn(
    /// What to draw.
    children: ChildrenFn,
) -> impl IntoView {
    shown(true, children)
}

/// Draws its children while it is known that nobody is signed in.
#[component]
pub fn SignedOut(
    /// What to draw.
    children: ChildrenFn,
) -> impl IntoView {
    shown(false, children)
}

/// Draws its children while the user has this role and this permission in the organization the session is in; without
/// either, while somebody is signed in. It hides; what must be kept from somebody is kept by the app's server.
#[component]
pub fn Protect(
    /// The key of a role, e.g. `org:admin` or `admin`.
    #[prop(into, optional)]
    role: Prop,
    /// The key of a permission, e.g. `org:invoices:create`.
    #[prop(into, optional)]
    permission: Prop,
    /// What to draw for everybody else, once it is known who they are.
    #[prop(into, optional)]
    fallback: ViewFn,
    /// What to draw.
    children: ChildrenFn,
) -> impl IntoView {
    let site = use_site();
    let is_allowed = State::derived(move || {
        let (role, permission) = (role.get(), permission.get());
        let has = site.of_client(|client| Some(client.has(role.as_deref(), permission.as_deref())));
        site.is_loaded.get().then_some(has.unwrap_or_default())
    });
    switch(move || {
        let is_allowed = is_allowed.get()?;
        Some(if is_allowed {
            children()
        } else {
            fallback.run()
        })
    })
}

fn shown(is_for_signed_in: bool, children: ChildrenFn) -> AnyView {
    let site = use_site();
    let is_shown =
        State::derived(move || site.is_loaded.get() && site.is_signed_in() == is_for_signed_in);
    switch(move || is_shown.get().then(|| children()))
}
