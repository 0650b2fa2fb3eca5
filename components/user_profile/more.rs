//! The parts about everything that proves who one is, which a browser fetches when they are looked at.

use std::cell::Cell;

use frontdesk_client::Task;
use leptos::prelude::*;

use super::{connected, delete, devices, nothing, passkeys, password, two_step};
use crate::fetched::fetched;
use crate::kit::{El, Root, el};
use crate::provider::use_site;
use crate::social;

thread_local! {
    static FETCHED: Cell<Option<ProfileMore>> = const { Cell::new(None) };
}

/// Connected accounts, and the page with the password, passkeys, second factors and devices.
#[derive(Clone, Copy)]
pub struct ProfileMore {
    connected: fn(Root) -> AnyView,
    security: fn(Root) -> AnyView,
}

/// Where those parts come from.
#[derive(Clone, Copy)]
pub enum ProfileSections {
    /// They are there.
    Here(ProfileMore),
    /// They are fetched; nothing comes where that fails.
    Fetched(fn() -> Task<Option<ProfileMore>>),
}

impl ProfileMore {
    /// All of them.
    pub const ALL: Self = Self {
        connected: |root| connected::draw(root).unwrap_or_else(nothing),
        security: |root| security(root).into(),
    };
}

impl ProfileSections {
    /// The section with the connected accounts, where the settings have providers.
    pub(super) fn connected(self, root: Root) -> Option<AnyView> {
        social::is_used(use_site()).then(|| self.draw(move |more| (more.connected)(root)))
    }

    /// The page about what somebody proves who they are with.
    pub(super) fn security(self, root: Root) -> AnyView {
        self.draw(move |more| (more.security)(root))
    }

    /// Draws a part, as soon as it is there.
    fn draw(self, part: impl Fn(ProfileMore) -> AnyView + Send + 'static) -> AnyView {
        let fetch = match self {
            Self::Here(more) => return part(more),
            Self::Fetched(fetch) => fetch,
        };
        fetched(&FETCHED, fetch, part)
    }
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
