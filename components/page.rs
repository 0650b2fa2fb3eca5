//! The page around: its address, time, and what the browser can do.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use web_sys::UrlSearchParams;
use web_sys::wasm_bindgen::JsValue;

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
