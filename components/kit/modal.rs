//! A dialog over the page.

use frontdesk_locale::Text;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlDialogElement};

use crate::kit::{El, Handle, State, Words, el, switch, when_drawn};

/// A dialog over the page; copies are the same one.
#[derive(Clone, Copy)]
pub struct Modal {
    dialog: Handle,
    is_open: State<bool>,
    /// The dialog stays once it was opened, and with it what was typed.
    was_opened: State<bool>,
    /// Whether the last press began beside the content.
    is_pressed: State<bool>,
}

impl Modal {
    /// A closed one.
    pub fn new() -> Self {
        Self {
            dialog: Handle::new(),
            is_open: State::new(false),
            was_opened: State::new(false),
            is_pressed: State::new(false),
        }
    }

    /// The dialog called `label` around `content`, from the first time on that it is opened.
    pub fn draw(
        self,
        label: impl Into<Words>,
        content: impl Fn() -> El + Send + 'static,
    ) -> AnyView {
        let label = label.into();
        switch(move || {
            self.was_opened
                .get()
                .then(|| untrack(|| self.frame(&label, content())).into())
        })
    }

    fn frame(self, label: &Words, content: El) -> El {
        let close = el("button")
            .part("button")
            .attr("type", "button")
            .attr_words("aria-label", Text::action_close)
            .on("click", move |_| self.close());
        el("dialog")
            .part("dialog")
            .keep(self.dialog)
            .on("close", move |_| self.is_open.set(false))
            .attr_words("aria-label", label)
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
            .child(content)
    }

    /// Whether it is open.
    pub fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// Opens it; the browser moves the focus in, and back when it closes.
    pub fn open(self) {
        // Set again, it would be drawn anew.
        if !self.was_opened.get_untracked() {
            self.was_opened.set(true);
        }
        self.is_open.set(true);
        when_drawn(move || {
            if let Some(dialog) = self.element()
                && !dialog.open()
            {
                drop(dialog.show_modal());
            }
        });
    }

    /// Closes it.
    pub fn close(self) {
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
