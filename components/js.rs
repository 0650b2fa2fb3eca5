//! What a browser has that is looked up by name: browsers that lack it must still load the rest, and what is seldom
//! needed costs nobody else a byte.

use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Function, Object, Promise, Reflect};
use web_sys::wasm_bindgen::{JsCast as _, JsValue};

/// The member `name`.
pub(crate) fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok()
}

/// The member `name`, a number.
pub(crate) fn number(object: &JsValue, name: &str) -> Option<f64> {
    get(object, name)?.as_f64()
}

/// Makes `value` the member `name`.
pub(crate) fn set(object: &JsValue, name: &str, value: &JsValue) -> Option<()> {
    Reflect::set(object, &JsValue::from_str(name), value)
        .ok()
        .map(drop)
}

/// The method `name`.
pub(crate) fn method(object: &JsValue, name: &str) -> Option<Function> {
    get(object, name)?.dyn_into().ok()
}

/// What the method `name` answers.
pub(crate) fn call(object: &JsValue, name: &str, given: &[JsValue]) -> Option<JsValue> {
    let list = Object::new();
    set(
        &list,
        "length",
        &JsValue::from_f64(f64::from(u32::try_from(given.len()).ok()?)),
    )?;
    for (place, given) in given.iter().enumerate() {
        set(&list, &place.to_string(), given)?;
    }
    method(object, name)?
        .apply(object, &Array::from(&list))
        .ok()
}

/// What a promise ends with; nothing where it is none, or fails.
pub(crate) async fn promise(promise: JsValue) -> Option<JsValue> {
    let promise: Promise = promise.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
