//! What an app draws itself, in a place of ours.

use leptos::prelude::*;
use web_sys::Element;

use crate::kit::{Handle, State, el, when_drawn};

type Run = Box<dyn Fn(&Element)>;

/// An element that `mount` fills once it is on the page, and `unmount` empties before it goes.
pub fn drawn_by(
    mount: impl Fn(&Element) + 'static,
    unmount: impl Fn(&Element) + 'static,
) -> AnyView {
    let handle = Handle::new();
    let unmount: State<Option<(Element, Run)>> = {
        let ending = State::new(None);
        let unmount: Run = Box::new(unmount);
        when_drawn(move || {
            // It may be gone before it was there.
            if let Some(element) = handle.get() {
                mount(&element);
                ending.set(Some((element, unmount)));
            }
        });
        ending
    };
    on_cleanup(move || {
        unmount.update(|ending| {
            if let Some((element, run)) = ending.take() {
                run(&element);
            }
        });
    });
    el("div").attr("data-own", "").keep(handle).into()
}
