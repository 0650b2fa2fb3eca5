//! A picture of somebody, or their initials.

use leptos::prelude::event_target;
use web_sys::Element;

use crate::kit::{El, el};

/// The picture at `image_url`, or the initials of `name` where there is none. It says nothing aloud.
pub fn avatar(image_url: &str, name: &str) -> El {
    let avatar = el("span")
        .part("avatar")
        .attr("aria-hidden", "true")
        .attr("data-initials", initials(name));
    if image_url.is_empty() {
        return avatar;
    }
    let image = el("img")
        .attr("src", image_url.to_owned())
        .attr("alt", "")
        .on("error", |event| event_target::<Element>(&event).remove());
    avatar.child(image)
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    // The stylesheet makes them capitals, as a browser knows which those are.
    first.into_iter().chain(last).collect()
}
