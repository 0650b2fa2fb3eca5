//! What is shown only to people who are signed in, or only to those who are not.

use leptos::prelude::*;

use crate::kit::{State, switch};
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

fn shown(is_for_signed_in: bool, children: ChildrenFn) -> AnyView {
    let site = use_site();
    let is_shown =
        State::derived(move || site.is_loaded.get() && site.is_signed_in() == is_for_signed_in);
    switch(move || is_shown.get().then(|| children()))
}
