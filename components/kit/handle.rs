//! A way to an element once it is drawn.

use leptos::prelude::*;

use crate::kit::{State, when_drawn};
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement, ShadowRoot};

/// A way to an element once it is drawn; copies lead to the same one.
#[derive(Clone, Copy)]
pub struct Handle(State<Option<Element>>);

impl Handle {
    /// Leads nowhere until it is given to `El::keep`.
    pub fn new() -> Self {
        Self(State::new(None))
    }

    pub(crate) fn set(self, element: Element) {
        self.0.set(Some(element));
    }

    /// The element, if it was drawn and its owner is still there.
    pub fn get(self) -> Option<Element> {
        self.0.try_get_untracked().flatten()
    }

    /// Whether `node` is the element or inside of it.
    pub fn contains(self, node: &Element) -> bool {
        self.get().is_some_and(|it| it.contains(Some(node)))
    }

    /// Moves the focus to the element.
    pub fn focus(self) {
        if let Some(element) = self.get() {
            focus(&element);
        }
    }

    /// Moves the focus to the first element inside that fits `selector`, unless a person is busy elsewhere.
    pub fn focus_in(self, selector: &str) {
        let found = self
            .get()
            .and_then(|it| it.query_selector(selector).ok().flatten());
        if let Some(element) = found.filter(is_free) {
            focus(&element);
        }
    }

    /// Moves the focus to the element after drawing, unless a person is busy elsewhere on the page.
    pub fn focus_when_drawn(self) {
        when_drawn(move || {
            if let Some(element) = self.get()
                && is_free(&element)
            {
                focus(&element);
            }
        });
    }

    /// What is typed in the element, an input.
    pub fn typed(self) -> Option<HtmlInputElement> {
        self.get()?.dyn_into().ok()
    }
}

/// Moves the focus to `element`.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        drop(element.focus());
    }
}

/// The element that has the focus, also inside of shadow roots.
pub fn focused() -> Option<Element> {
    let mut active = document().active_element()?;
    while let Some(inner) = active.shadow_root().and_then(|root| root.active_element()) {
        active = inner;
    }
    Some(active)
}

/// Whether the focus is nowhere, or where only the component of `element` can have it.
pub fn is_free(element: &Element) -> bool {
    let Some(active) = document().active_element() else {
        return true;
    };
    let root = element.get_root_node();
    let is_host = root
        .dyn_ref::<ShadowRoot>()
        .is_some_and(|root| root.host() == active);
    let is_inside = || {
        element
            .closest(".fd-root")
            .ok()
            .flatten()
            .is_some_and(|root| root.contains(Some(&active)))
    };
    is_host || active.tag_name() == "BODY" || is_inside()
}
