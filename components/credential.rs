//! What a browser's passkeys answer, asked through its own readers of JSON (WebAuthn Level 3 §5.1.8).
//!
//! All of it is looked up by name, because browsers that lack a part must still load the rest.

use web_sys::AbortSignal;
use web_sys::js_sys::{JSON, Object};
use web_sys::wasm_bindgen::JsValue;

use crate::js::{get, method, promise, set};

const CLASS: &str = "PublicKeyCredential";

/// Whether the browser can be asked; elsewhere nobody knows, so it counts as if it could.
pub fn is_supported() -> bool {
    !cfg!(target_arch = "wasm32") || method(&class(), "parseRequestOptionsFromJSON").is_some()
}

/// Whether the browser can offer passkeys in a field.
pub async fn can_fill_in() -> bool {
    let class = class();
    let asked = method(&class, "isConditionalMediationAvailable")
        .filter(|_| is_supported())
        .and_then(|ask| ask.call0(&class).ok());
    match asked.map(promise) {
        Some(answer) => answer.await.is_some_and(|answer| answer.is_truthy()),
        None => false,
    }
}

/// Asks for a passkey by `options`, which are JSON, and gives back what it answers as JSON; nothing where
/// the person, or `signal`, did not want it. If `is_quiet`, it is offered in a field and nowhere else.
pub async fn ask(options: &str, signal: &AbortSignal, is_quiet: bool) -> Option<String> {
    let class = class();
    let options = JSON::parse(options).ok()?;
    let options = method(&class, "parseRequestOptionsFromJSON")?
        .call1(&class, &options)
        .ok()?;
    let request = Object::new();
    set(&request, "publicKey", &options)?;
    set(&request, "signal", signal)?;
    if is_quiet {
        set(&request, "mediation", &JsValue::from_str("conditional"))?;
    }
    let navigator = leptos::prelude::window().navigator();
    let credentials = get(&navigator, "credentials")?;
    let answer = method(&credentials, "get")?
        .call1(&credentials, &request)
        .ok()?;
    let credential = promise(answer).await.filter(JsValue::is_object)?;
    // It has a `toJSON` of its own.
    JSON::stringify(&credential).ok()?.as_string()
}

fn class() -> JsValue {
    get(&leptos::prelude::window(), CLASS).unwrap_or(JsValue::UNDEFINED)
}
