//! The root of a component: language, looks, and the live region.

use std::cell::Cell;

use leptos::prelude::*;

use crate::kit::{El, Handle, State, Words, el, part};
use crate::provider::{Site, use_site};

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(1) };
}

/// A number that nothing else on the page has.
pub fn next_number() -> u32 {
    NEXT.replace(NEXT.get().wrapping_add(1))
}

/// The root of a component; make it before anything else of it.
#[derive(Clone, Copy)]
pub struct Root {
    kind: &'static str,
    live: Live,
    /// The root's element.
    pub handle: Handle,
}

/// The sentence for those who cannot see.
pub type Live = State<Option<Words>>;

impl Root {
    /// The root of a component of this kind, e.g. `sign-in`.
    pub fn new(kind: &'static str) -> Self {
        let root = Self {
            kind,
            live: State::new(None),
            handle: Handle::new(),
        };
        root.enter();
        root
    }

    /// Says a sentence to those who cannot see.
    pub fn announce(self, words: impl Into<Words>) {
        self.live.set(Some(words.into()));
    }

    /// Makes what is made from here on belong to this root, even if another one was made since.
    ///
    /// Components have no owner of their own, so the context alone does not tell neighbours apart.
    pub fn enter(self) {
        provide_context(Site {
            live: self.live,
            ..use_site()
        });
    }

    /// The root of a component inside of another one, whose looks and language it has.
    pub fn draw_inside(self, content: impl Into<AnyView>) -> El {
        el("div")
            .keep(self.handle)
            .attr("class", ["fd-", self.kind].concat())
            .child(content)
            .child(self.live_region())
    }

    /// The root around `content`.
    pub fn draw(self, content: impl Into<AnyView>) -> El {
        let site = use_site();
        let appearance = site.appearance;
        let text = site.text;
        let kind = self.kind;
        el("div")
            .keep(self.handle)
            .attr("part", "root")
            .attr_when("class", move || {
                let mut class = String::from("fd-root fd-");
                class.push_str(kind);
                if let Some(more) = appearance.with(|it| it.classes("root")) {
                    class.push(' ');
                    class.push_str(&more);
                }
                Some(class)
            })
            .attr_when("lang", move || {
                Some(text.with(|text| text.locale().to_owned()))
            })
            .attr_when("dir", move || {
                Some(text.with(|text| text.direction().to_owned()))
            })
            .attr_when("data-theme", move || appearance.with(|it| it.theme.clone()))
            .attr_when("data-color-scheme", move || {
                appearance.with(|it| it.color_scheme.clone())
            })
            .child(content)
            .child(self.live_region())
    }

    fn live_region(self) -> El {
        let text = use_site().text;
        let live = self.live;
        let words = move || {
            live.with(|words| {
                words
                    .as_ref()
                    .map(|words| text.with(|text| words.say(text)))
                    .unwrap_or_default()
            })
        };
        el("div")
            .attr("role", "status")
            .attr("aria-live", "polite")
            .attr("aria-atomic", "true")
            .attr("data-live", "")
            .text(words)
    }
}

/// Grey bars where words will be.
pub(super) fn bars(count: usize) -> El {
    let mut bars = part("skeleton").attr("aria-hidden", "true");
    for _ in 0..count {
        bars = bars.child(el("div"));
    }
    bars
}
