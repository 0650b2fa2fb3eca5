//! What is drawn by a part of the module that a browser fetches for it.

use std::cell::Cell;
use std::thread::LocalKey;

use frontdesk_client::Task;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::{State, effect, skeleton, switch};
use crate::provider::use_site;

/// Where a part is kept once it is there.
pub type Kept<T> = &'static LocalKey<Cell<Option<T>>>;

/// Where a part comes from.
#[derive(Clone, Copy)]
pub enum Part<T> {
    /// It is there.
    Here(T),
    /// It is fetched; nothing comes where that fails.
    Fetched(fn() -> Task<Option<T>>),
}

impl<T: Copy + 'static> Part<T> {
    /// Draws with the part as soon as it is there.
    pub fn draw(self, kept: Kept<T>, draw: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        match self {
            Self::Here(part) => draw(part),
            Self::Fetched(fetch) => fetched(kept, fetch, draw),
        }
    }
}

/// Draws with the part as soon as it is there, and bars before.
fn fetched<T: Copy + 'static>(
    kept: Kept<T>,
    fetch: fn() -> Task<Option<T>>,
    draw: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    let site = use_site();
    let is_here = State::new(kept.get().is_some());
    // What failed is tried again with all else.
    effect(move || {
        if site.has_failed.get() || is_here.get() {
            return;
        }
        spawn_local(async move {
            let part = fetch().await;
            kept.set(part);
            if is_here.is_disposed() {
                return;
            }
            match part {
                Some(_) => is_here.set(true),
                None => site.has_failed.set(true),
            }
        });
    });
    switch(move || {
        let part = is_here.get().then(|| kept.get()).flatten();
        Some(match part {
            Some(part) => untrack(|| draw(part)),
            None => skeleton().into(),
        })
    })
}
