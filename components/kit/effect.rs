//! Effects without a type of their own.

use leptos::prelude::Effect;

/// Runs `run` after drawing and again whenever a signal that it reads changes; in a browser only.
pub fn effect(run: impl Fn() + 'static) {
    let run: Box<dyn Fn()> = Box::new(run);
    boxed(run);
}

#[inline(never)]
fn boxed(run: Box<dyn Fn()>) {
    Effect::new(move |_| run());
}
