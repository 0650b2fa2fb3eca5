//! What was typed on a page that is left for a provider's, so that it is there again after a no.
//!
//! The tab keeps it until a card takes it back; passwords are never kept.

use leptos::prelude::window;
use web_sys::js_sys::Reflect;
use web_sys::wasm_bindgen::JsValue;

use crate::kit::State;

/// What is typed in a field, and the field's name.
pub type Typed = (&'static str, State<String>);

/// Keeps what is typed.
pub fn keep(fields: &[Typed]) {
    let Some(storage) = storage() else {
        return;
    };
    for (name, typed) in fields {
        set(&storage, name, &typed.get_untracked());
    }
}

/// Puts back what was kept, where nobody has typed since, and forgets it.
pub fn recall(fields: &[Typed]) {
    let Some(storage) = storage() else {
        return;
    };
    for (name, typed) in fields {
        let kept = Reflect::get(&storage, &key(name));
        let kept = kept.ok().and_then(|kept| kept.as_string());
        let Some(kept) = kept.filter(|kept| !kept.is_empty()) else {
            continue;
        };
        set(&storage, name, "");
        if typed.with_untracked(String::is_empty) {
            typed.set(kept);
        }
    }
}

fn set(storage: &JsValue, name: &str, value: &str) {
    drop(Reflect::set(storage, &key(name), &JsValue::from_str(value)));
}

fn key(name: &str) -> JsValue {
    JsValue::from_str(&["frontdesk:", name].concat())
}

/// The tab's storage; none where the browser allows none, or outside of one.
fn storage() -> Option<JsValue> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    let storage = Reflect::get(&window(), &JsValue::from_str("sessionStorage"));
    storage.ok().filter(JsValue::is_object)
}
