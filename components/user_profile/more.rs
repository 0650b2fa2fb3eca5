//! What a browser fetches when it is looked at: numbers and connected accounts, and all that proves who one is.

use std::cell::Cell;

use leptos::prelude::*;

use super::connected::AdditionalOAuthScopes;
use super::details::is_used;
use super::{connected, delete, devices, nothing, passkeys, password, phone_numbers, two_step};
use crate::fetched::Part;
use crate::kit::{El, Root, el};
use crate::provider::use_site;
use crate::social;

thread_local! {
    static OTHERS: Cell<Option<ProfileOthers>> = const { Cell::new(None) };
    static MORE: Cell<Option<ProfileMore>> = const { Cell::new(None) };
}

/// What else somebody is known by: their numbers and connected accounts.
#[derive(Clone, Copy)]
pub struct ProfileOthers {
    draw: fn(Root, AdditionalOAuthScopes) -> AnyView,
}

/// The page with the password, passkeys, second factors and devices.
#[derive(Clone, Copy)]
pub struct ProfileMore {
    draw: fn(Root) -> AnyView,
}

/// Where those parts come from.
#[derive(Clone, Copy)]
pub struct ProfileSections {
    /// The one of the page Account.
    pub others: Part<ProfileOthers>,
    /// The one of the page Security.
    pub more: Part<ProfileMore>,
}

impl ProfileOthers {
    /// All of it.
    pub const ALL: Self = Self {
        draw: |root, scopes| others(root, scopes).into(),
    };
}

impl ProfileMore {
    /// All of it.
    pub const ALL: Self = Self {
        draw: |root| security(root).into(),
    };
}

impl ProfileSections {
    /// Both are there.
    pub const HERE: Self = Self {
        others: Part::Here(ProfileOthers::ALL),
        more: Part::Here(ProfileMore::ALL),
    };

    /// The sections with numbers and connected accounts, where the settings have either.
    pub(super) fn others(self, root: Root, scopes: AdditionalOAuthScopes) -> Option<AnyView> {
        let site = use_site();
        let is_used = is_used(site, "phone_number") || social::is_used(site);
        let draw = move |others: ProfileOthers| (others.draw)(root, scopes);
        is_used.then(|| self.others.draw(&OTHERS, draw))
    }

    /// The page about what somebody proves who they are with.
    pub(super) fn security(self, root: Root) -> AnyView {
        self.more.draw(&MORE, move |more| (more.draw)(root))
    }
}

fn others(root: Root, scopes: AdditionalOAuthScopes) -> El {
    el("div")
        .attr("data-sections", "")
        .child(phone_numbers::draw(root).unwrap_or_else(nothing))
        .child(connected::draw(root, scopes).unwrap_or_else(nothing))
}

fn security(root: Root) -> El {
    el("div")
        .attr("data-sections", "")
        .child(password::draw(root).unwrap_or_else(nothing))
        .child(passkeys::draw(root).unwrap_or_else(nothing))
        .child(two_step::draw(root).unwrap_or_else(nothing))
        .child(devices::draw(root))
        .child(delete::draw().unwrap_or_else(nothing))
}
