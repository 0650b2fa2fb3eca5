//! Buttons and links outside of forms.

use crate::kit::{El, Handle, Words, el};

/// A button that is never disabled; those that wait are `Form::button`s.
pub fn button(handle: Handle, label: impl Into<Words>, on_click: impl Fn() + 'static) -> El {
    el("button")
        .part("button")
        .attr("type", "button")
        .keep(handle)
        .on("click", move |_| on_click())
        .say(label)
}

/// A link to another page.
pub fn link(label: impl Into<Words>, url: impl Fn() -> String + Send + 'static) -> El {
    el("a")
        .part("link")
        .attr_when("href", move || Some(url()))
        .say(label)
}
