//! A button and the form that it opens in place.

use leptos::prelude::*;
use web_sys::KeyboardEvent;
use web_sys::wasm_bindgen::JsCast as _;

use crate::kit::{El, Handle, State, Words, button, switch};

/// A form that opens in place; copies are the same one.
#[derive(Clone, Copy)]
pub(crate) struct Disclosure {
    is_open: State<bool>,
    trigger: Handle,
}

impl Disclosure {
    /// A closed one.
    pub(crate) fn new() -> Self {
        Self {
            is_open: State::new(false),
            trigger: Handle::new(),
        }
    }

    /// The button that opens and closes it; `opening` runs before it opens.
    pub(crate) fn trigger(
        self,
        action: &'static str,
        label: impl Into<Words>,
        opening: impl Fn() + 'static,
    ) -> El {
        button(self.trigger, label, move || {
            if self.is_open.get_untracked() {
                self.close();
            } else {
                opening();
                self.is_open.set(true);
            }
        })
        .attr("data-action", action)
        .truth("aria-expanded", move || self.is_open.get())
    }

    /// The way to the button.
    pub(crate) fn handle(self) -> Handle {
        self.trigger
    }

    /// What opens. It moves the focus in by itself, and Escape closes it.
    pub(crate) fn panel(self, make: impl Fn() -> El + Send + 'static) -> AnyView {
        switch(move || {
            self.is_open.get().then(|| {
                let panel = untrack(&make).on("keydown", move |event| {
                    if is_escape(&event) {
                        self.close();
                    }
                });
                panel.into()
            })
        })
    }

    /// Closes it, and gives the focus back.
    pub(crate) fn close(self) {
        self.hide();
        self.trigger.focus();
    }

    /// Closes it for something that takes the focus itself.
    pub(crate) fn hide(self) {
        self.is_open.set(false);
    }

    /// Moves the focus to the button.
    pub(crate) fn focus(self) {
        self.trigger.focus();
    }
}

/// Whether it is the Escape key, which then closes nothing around.
pub(crate) fn is_escape(event: &web_sys::Event) -> bool {
    let is_escape = event
        .dyn_ref::<KeyboardEvent>()
        .is_some_and(|event| event.key() == "Escape" && !event.is_composing());
    if is_escape {
        event.prevent_default();
        event.stop_propagation();
    }
    is_escape
}
