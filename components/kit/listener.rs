//! What runs on an event, for as long as it is held.

use leptos::prelude::Owner;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

/// Runs on an event.
pub type Handler = Box<dyn FnMut(Event)>;

/// A handler on an element, which is taken off when this is dropped.
pub struct Listener {
    element: Element,
    name: &'static str,
    run: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Runs `handler` on each event `name` of `element`.
    pub fn new(element: Element, name: &'static str, handler: Handler) -> Self {
        let run = Closure::wrap(handler);
        drop(element.add_event_listener_with_callback(name, run.as_ref().unchecked_ref()));
        Self { element, name, run }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let run = self.run.as_ref().unchecked_ref();
        drop(
            self.element
                .remove_event_listener_with_callback(self.name, run),
        );
    }
}

/// Lets a handler find what was provided where it was made.
pub fn at_home(mut handler: Handler) -> Handler {
    let owner = Owner::current().unwrap_or_default();
    Box::new(move |event| owner.with(|| handler(event)))
}
