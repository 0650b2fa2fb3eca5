//! Where a finished flow leads.

use std::rc::Rc;

use frontdesk_protocol::{DisplayConfig, Environment, SafeRedirect};
use leptos::callback::{Callable as _, UnsyncCallback};
use leptos::prelude::*;
use web_sys::UrlSearchParams;

use crate::kit::{Prop, State};
use crate::provider::use_site;

const REDIRECT_URL: &str = "redirect_url";

/// Runs when a flow is finished; `true` says that the app goes on by itself, and no other page is opened.
#[derive(Clone, Copy)]
pub struct Finish(State<Rc<dyn Fn() -> bool>>);

impl Finish {
    /// Runs it, unless its owner has ended.
    pub fn run(self) -> bool {
        // The borrow ends before it runs, as it may end the owner.
        let run = self.0.try_get_untracked();
        run.is_some_and(|run| run())
    }
}

impl<F: Fn(()) -> bool + 'static> From<F> for Finish {
    fn from(run: F) -> Self {
        Self(State::new(Rc::new(move || run(()))))
    }
}

impl From<UnsyncCallback<(), bool>> for Finish {
    fn from(callback: UnsyncCallback<(), bool>) -> Self {
        Self::from(move |()| callback.run(()))
    }
}

/// Where a finished flow leads, by the first of these that is safe: the component's own prop, the
/// page's `redirect_url` where the flow heeds it, the settings, the root of the page's origin.
#[derive(Clone, Copy)]
pub struct Target {
    environment: State<Option<Rc<Environment>>>,
    own: Prop,
    is_asked: bool,
    configured: fn(&DisplayConfig) -> &String,
}

impl Target {
    /// A target that heeds the page's `redirect_url` if `is_asked`.
    pub fn new(own: Prop, is_asked: bool, configured: fn(&DisplayConfig) -> &String) -> Self {
        Self {
            environment: use_site().environment,
            own,
            is_asked,
            configured,
        }
    }

    /// The target as text.
    pub fn url(self) -> String {
        let asked = if self.is_asked { asked() } else { None };
        let environment = self.environment.get();
        let (configured, mut origins) =
            environment.as_deref().map_or_else(Default::default, |it| {
                let configured = (self.configured)(&it.display_config).clone();
                (Some(configured), it.allowed_origins.clone())
            });
        origins.extend(own_origin());
        [self.own.get(), asked, configured]
            .into_iter()
            .flatten()
            .find_map(|target| SafeRedirect::parse(&target, &origins))
            .map_or_else(|| "/".to_owned(), |target| target.as_str().to_owned())
    }

    /// Tells `finish`, and goes there unless that goes elsewhere.
    pub fn reach(self, finish: Option<Finish>) {
        go(finish, &untrack(|| self.url()));
    }
}

/// Tells `finish`, and goes to `url` unless that goes elsewhere.
pub fn go(finish: Option<Finish>, url: &str) {
    if !finish.is_some_and(Finish::run) {
        drop(location().assign(url));
    }
}

/// The address of another page of the flow, with the page's own `redirect_url` passed on to it.
pub fn passing_on(url: String) -> String {
    let Some(asked) = asked() else {
        return url;
    };
    let Ok(query) = UrlSearchParams::new() else {
        return url;
    };
    query.append(REDIRECT_URL, &asked);
    let mark = if url.contains('?') { "&" } else { "?" };
    [url.as_str(), mark, &String::from(query.to_string())].concat()
}

/// The page's own wish.
fn asked() -> Option<String> {
    if cfg!(target_arch = "wasm32") {
        let query = location().search().ok()?;
        UrlSearchParams::new_with_str(&query)
            .ok()?
            .get(REDIRECT_URL)
    } else {
        None
    }
}

fn own_origin() -> Option<String> {
    if cfg!(target_arch = "wasm32") {
        location().origin().ok()
    } else {
        None
    }
}
