//! The sections about everything that proves who one is, which a browser fetches once the others are drawn.

use std::cell::Cell;

use frontdesk_client::Task;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{connected, devices, nothing, passkeys, two_step};
use crate::kit::{El, Root, State, effect, el, skeleton, switch};
use crate::provider::use_site;

thread_local! {
    static FETCHED: Cell<Option<ProfileMore>> = const { Cell::new(None) };
}

/// Connected accounts, passkeys, second factors and devices.
#[derive(Clone, Copy)]
pub struct ProfileMore {
    draw: fn(Root) -> El,
}

/// Where those sections come from.
#[derive(Clone, Copy)]
pub enum ProfileSections {
    /// They are there.
    Here(ProfileMore),
    /// They are fetched; nothing comes where that fails.
    Fetched(fn() -> Task<Option<ProfileMore>>),
}

impl ProfileMore {
    /// All of them.
    pub const ALL: Self = Self { draw: draw_here };
}

impl ProfileSections {
    /// Draws the sections, as soon as they are there.
    pub(super) fn draw(self, root: Root) -> El {
        let fetch = match self {
            Self::Here(more) => return (more.draw)(root),
            Self::Fetched(fetch) => fetch,
        };
        let site = use_site();
        let is_here = State::new(FETCHED.get().is_some());
        // What failed is tried again with all else.
        effect(move || {
            if site.has_failed.get() || is_here.get() {
                return;
            }
            spawn_local(async move {
                let more = fetch().await;
                FETCHED.set(more);
                if is_here.is_disposed() {
                    return;
                }
                match more {
                    Some(_) => is_here.set(true),
                    None => site.has_failed.set(true),
                }
            });
        });
        el("div").attr("data-more", "").child(switch(move || {
            let more = is_here.get().then(|| FETCHED.get()).flatten();
            let sections = match more {
                Some(more) => untrack(|| (more.draw)(root)),
                None => skeleton(),
            };
            Some(sections.into())
        }))
    }
}

fn draw_here(root: Root) -> El {
    el("div")
        .attr("data-more", "")
        .child(connected::draw(root).unwrap_or_else(nothing))
        .child(passkeys::draw(root).unwrap_or_else(nothing))
        .child(two_step::draw(root).unwrap_or_else(nothing))
        .child(devices::draw(root))
}
