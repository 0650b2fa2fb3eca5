//! Which page of a component is shown, and how the page's address says so.

use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::wasm_bindgen::JsValue;
use web_sys::{Event, MouseEvent};

use crate::kit::{El, Prop, State, el};

/// How the address says which page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Behind the mark: `#/security`.
    Hash,
    /// Behind the path of the first page: `/user/security`.
    Path,
    /// Not at all.
    Memory,
}

/// Where a component is among its pages; copies are the same thing.
#[derive(Clone, Copy)]
pub(crate) struct Routing {
    kind: Kind,
    base: State<String>,
    /// The path of the page behind the base, e.g. `security`; empty for the first page.
    here: State<String>,
}

impl Routing {
    /// Routing of the kind `path`, `memory` or else `hash`; `base` is the path of the first page.
    pub(crate) fn new(kind: Prop, base: Prop) -> Self {
        let kind = untrack(|| kind.get());
        let kind = match kind.as_deref() {
            Some("path") => Kind::Path,
            Some("memory") => Kind::Memory,
            Some(_) | None => Kind::Hash,
        };
        let base = untrack(|| base.get()).unwrap_or_default();
        let routing = Self {
            kind,
            base: State::new(base.trim_end_matches('/').to_owned()),
            here: State::new(String::new()),
        };
        if cfg!(target_arch = "wasm32") && kind != Kind::Memory {
            routing.read();
            for event in ["hashchange", "popstate"] {
                let watching = window_event_listener_untyped(event, move |_| routing.read());
                on_cleanup(move || watching.remove());
            }
        }
        routing
    }

    /// Routing that no address shows.
    pub(crate) fn in_memory() -> Self {
        Self {
            kind: Kind::Memory,
            base: State::new(String::new()),
            here: State::new(String::new()),
        }
    }

    /// The path of the page.
    pub(crate) fn here(self) -> String {
        self.here.get()
    }

    /// What leads to a page: a link where the address shows it.
    pub(crate) fn link(self, path: &str) -> El {
        let to = path.to_owned();
        let link = if self.kind == Kind::Memory {
            el("button").attr("type", "button")
        } else {
            el("a").attr("href", self.address(path))
        };
        link.on("click", move |event| {
            if is_plain(&event) {
                event.prevent_default();
                self.go(&to);
            }
        })
    }

    fn address(self, path: &str) -> String {
        match self.kind {
            Kind::Hash => ["#/", path].concat(),
            Kind::Path if path.is_empty() => self.root(),
            Kind::Path => [&self.base.get_untracked(), "/", path].concat(),
            Kind::Memory => String::new(),
        }
    }

    /// The address of the first page.
    fn root(self) -> String {
        let base = self.base.get_untracked();
        if base.is_empty() {
            "/".to_owned()
        } else {
            base
        }
    }

    fn go(self, path: &str) {
        if self.kind != Kind::Memory
            && let Ok(history) = window().history()
        {
            let address = self.address(path);
            drop(history.push_state_with_url(&JsValue::NULL, "", Some(&address)));
        }
        self.here.set(path.to_owned());
    }

    fn read(self) {
        let place = location();
        let here = match self.kind {
            Kind::Hash => place.hash().ok().as_deref().and_then(of_hash),
            Kind::Path => {
                let path = place.pathname().unwrap_or_default();
                of_path(&path, &self.base.get_untracked())
            }
            Kind::Memory => None,
        };
        let here = here.unwrap_or_default();
        if self.here.try_with_untracked(|it| *it != here) == Some(true) {
            self.here.set(here);
        }
    }
}

/// The path of a page in the part of an address behind the mark.
fn of_hash(hash: &str) -> Option<String> {
    let path = hash.strip_prefix("#/")?;
    Some(path.trim_end_matches('/').to_owned())
}

/// The path of a page behind `base`.
fn of_path(path: &str, base: &str) -> Option<String> {
    let rest = path.strip_prefix(base)?.strip_prefix('/')?;
    Some(rest.trim_end_matches('/').to_owned())
}

/// Whether it is a press that means this page and no new one.
fn is_plain(event: &Event) -> bool {
    event.dyn_ref::<MouseEvent>().is_none_or(|event| {
        let mut others = ["Alt", "Control", "Meta", "Shift"].into_iter();
        !others.any(|key| event.get_modifier_state(key))
    })
}

#[cfg(test)]
mod tests {
    use super::{of_hash, of_path};

    #[test]
    fn an_address_says_which_page_it_is() {
        assert_eq!(of_hash("#/security").as_deref(), Some("security"));
        assert_eq!(of_hash("#/").as_deref(), Some(""));
        assert_eq!(of_hash("#chapter"), None);
        assert_eq!(
            of_path("/user/security/", "/user").as_deref(),
            Some("security")
        );
        assert_eq!(of_path("/user", "/user"), None);
        assert_eq!(of_path("/users/security", "/user"), None);
        assert_eq!(of_path("/security", "").as_deref(), Some("security"));
    }
}
