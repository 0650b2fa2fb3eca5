//! Effects without a type of their own.

use leptos::prelude::RenderEffect;

use crate::kit::State;

/// Runs `run` now and again whenever a signal that it reads changes, until the current owner ends; in a browser only.
pub fn effect(run: impl Fn() + 'static) {
    boxed(Box::new(run));
}

#[inline(never)]
fn boxed(run: Box<dyn Fn()>) {
    let running = RenderEffect::new(move |_| run());
    State::new(running);
}
