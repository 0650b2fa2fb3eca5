//! The page around: its address, time, and what the browser can do.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use web_sys::js_sys::Object;
use web_sys::wasm_bindgen::JsValue;
use web_sys::{History, UrlSearchParams};

use crate::js;

/// The page's address without what is behind `#`; empty outside of a browser.
pub fn address() -> String {
    if !cfg!(target_arch = "wasm32") {
        return String::new();
    }
    let href = location().href().unwrap_or_default();
    match href.split_once('#') {
        Some((address, _)) => address.to_owned(),
        None => href,
    }
}

/// The address of `target`, which may be a path of this origin.
pub fn absolute(target: &str) -> String {
    if target.starts_with('/') && cfg!(target_arch = "wasm32") {
        let origin = location().origin().unwrap_or_default();
        [origin.as_str(), target].concat()
    } else {
        target.to_owned()
    }
}

/// What the page's address says behind `?`; nothing outside of a browser.
pub fn query() -> Option<UrlSearchParams> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    UrlSearchParams::new_with_str(&location().search().ok()?).ok()
}

/// Takes `names` out of the page's address, so that a reload does not do again what they say.
pub fn forget(names: &[&str]) {
    let Some(query) = query() else {
        return;
    };
    for name in names {
        query.delete(name);
    }
    let mut address = location().pathname().unwrap_or_default();
    let rest = String::from(query.to_string());
    if !rest.is_empty() {
        address.push('?');
        address.push_str(&rest);
    }
    address.push_str(&location().hash().unwrap_or_default());
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        drop(history.replace_state_with_url(&state, "", Some(&address)));
    }
}

/// What an entry of the browser's history says: how many cards its card is from the first one.
const DEPTH: &str = "frontdesk";

/// Makes the browser's Back lead from a card to the one before it, which `back` shows, while the card is
/// there. It is `depth` cards from the first one; before the card that a page begins with is another page.
#[inline(never)]
pub fn follow_back(depth: u8, is_beginning: bool, back: Box<dyn Fn()>) {
    let depth = f64::from(depth);
    let Some((history, state, here)) = entry() else {
        return;
    };
    if here < depth {
        if is_beginning {
            return;
        }
        // What a router has written there is its own, and stays.
        let state = if state.is_object() {
            state
        } else {
            Object::new().into()
        };
        js::set(&state, DEPTH, &JsValue::from_f64(depth));
        drop(history.push_state_with_url(&state, "", None));
    }
    let at = location().href().ok();
    let watching = window_event_listener_untyped("popstate", move |_| {
        // An entry with another address is an app's.
        let is_before = entry().is_some_and(|(_, _, here)| here < depth);
        if is_before && location().href().ok() == at {
            back();
        }
    });
    on_cleanup(move || watching.remove());
}

/// Leaves the history's entry of a card that is more than `depth` cards from the first one. Only what a
/// person does may lead here: it breaks off the way to another page.
#[inline(never)]
pub fn rewind(depth: u8) {
    if let Some((history, _, here)) = entry()
        && here > f64::from(depth)
    {
        js::call(&history, "back", &[]);
    }
}

/// The history, what is written in its entry, and how many cards from the first one that is.
fn entry() -> Option<(History, JsValue, f64)> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    let history = window().history().ok()?;
    let state = history.state().ok()?;
    let here = js::number(&state, DEPTH).unwrap_or_default();
    Some((history, state, here))
}

/// Goes to another page. The page may come back as it was left, so nobody waits for that for ever.
pub async fn leave_for(url: &str) {
    drop(location().assign(url));
    after(Duration::from_secs(5)).await;
}

/// Whether nobody sees the page.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Waits.
pub async fn after(time: Duration) {
    let is_over = Rc::new(Cell::new(false));
    let waiting: Rc<RefCell<Option<Waker>>> = Rc::default();
    let (over, waker) = (is_over.clone(), waiting.clone());
    set_timeout(
        move || {
            over.set(true);
            let waker = waker.borrow_mut().take();
            if let Some(waker) = waker {
                waker.wake();
            }
        },
        time,
    );
    poll_fn(move |context| {
        if is_over.get() {
            return Poll::Ready(());
        }
        *waiting.borrow_mut() = Some(context.waker().clone());
        Poll::Pending
    })
    .await;
}
