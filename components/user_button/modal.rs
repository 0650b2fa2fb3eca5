//! The dialog with the whole profile.

use std::time::Duration;

use frontdesk_locale::Text;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlDialogElement};

use crate::kit::{El, Handle, Root, State, el, switch};
use crate::leaving::Leaving;
use crate::user_profile::{ProfileSections, profile};

/// A dialog over the page; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Modal {
    dialog: Handle,
    /// The dialog stays once it was opened, and with it what was typed.
    was_opened: State<bool>,
    /// Whether the last press began beside the content.
    is_pressed: State<bool>,
}

impl Modal {
    pub(super) fn new() -> Self {
        Self {
            dialog: Handle::new(),
            was_opened: State::new(false),
            is_pressed: State::new(false),
        }
    }

    /// The dialog, from the first time on that it is opened.
    pub(super) fn draw(self, leaving: Leaving, sections: ProfileSections) -> AnyView {
        switch(move || {
            self.was_opened
                .get()
                .then(|| untrack(|| self.content(leaving, sections)).into())
        })
    }

    fn content(self, leaving: Leaving, sections: ProfileSections) -> El {
        let close = el("button")
            .part("button")
            .attr("type", "button")
            .attr_words("aria-label", Text::action_close)
            .on("click", move |_| self.close());
        let root = Root::new("user-profile");
        el("dialog")
            .part("dialog")
            .keep(self.dialog)
            .attr_words("aria-label", Text::user_profile_title)
            // A press that begins and ends beside the content closes it; selecting text or scrolling does not.
            .on("pointerdown", move |event| {
                self.is_pressed.set(self.is_beside(&event));
            })
            .on("click", move |event| {
                if self.is_pressed.get_untracked() && self.is_beside(&event) {
                    self.close();
                }
            })
            .child(close)
            .child(root.draw_inside(profile(root, leaving, sections)))
    }

    /// Opens it; the browser moves the focus in, and back when it closes.
    pub(super) fn open(self) {
        self.was_opened.set(true);
        // It is drawn by the effects that the signal wakes.
        set_timeout(
            move || {
                if let Some(dialog) = self.element()
                    && !dialog.open()
                {
                    drop(dialog.show_modal());
                }
            },
            Duration::ZERO,
        );
    }

    fn close(self) {
        if let Some(dialog) = self.element() {
            dialog.close();
        }
    }

    fn is_beside(self, event: &Event) -> bool {
        let target: Option<Element> = event.target().and_then(|it| it.dyn_into().ok());
        target.is_some() && target == self.dialog.get()
    }

    fn element(self) -> Option<HtmlDialogElement> {
        self.dialog.get()?.dyn_into().ok()
    }
}
