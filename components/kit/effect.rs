//! Effects without a type of their own, and what waits for them.

use std::cell::Cell;

use leptos::prelude::{RenderEffect, queue_microtask};

use crate::kit::State;

thread_local! {
    /// Counts what effects are woken by.
    static CHANGES: Cell<u32> = const { Cell::new(0) };
}

/// Runs `run` now and again whenever a signal that it reads changes, until the current owner ends; in a browser only.
pub fn effect(run: impl Fn() + 'static) {
    boxed(Box::new(run));
}

#[inline(never)]
fn boxed(run: Box<dyn Fn()>) {
    let running = RenderEffect::new(move |_| run());
    State::new(running);
}

/// Counts a change that wakes effects.
pub(super) fn changed() {
    CHANGES.set(CHANGES.get().wrapping_add(1));
}

/// Runs `run` once what has changed is drawn, before the browser does anything else; in a browser only.
pub fn when_drawn(run: impl FnOnce() + 'static) {
    if cfg!(target_arch = "wasm32") {
        wait(Box::new(run));
    }
}

/// Effects run in rounds, each a microtask, and what one of them changes is drawn only in the next round.
#[inline(never)]
fn wait(run: Box<dyn FnOnce()>) {
    let seen = CHANGES.get();
    queue_microtask(move || {
        if CHANGES.get() == seen {
            run();
        } else {
            wait(run);
        }
    });
}
