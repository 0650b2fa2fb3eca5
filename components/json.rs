//! What only some components read of the server's answers, in the JSON as it came.

use frontdesk_client::Value;
use frontdesk_protocol::json::{Read, Source as _};

use crate::provider::Site;

/// What is found below `value` by one key after the other.
pub fn within(value: Value, path: &[&str]) -> Option<Value> {
    path.iter().try_fold(value, |value, key| value.member(key))
}

/// A part of the settings that not every screen depends on.
pub fn setting<T: Read>(site: Site, path: &[&str]) -> Option<T> {
    // Whoever reads it reads it again when the settings come.
    site.environment.with(Option::is_some).then_some(())?;
    T::read(&within(site.desk().environment_json()?, path)?)
}

/// A part of the browser's state that not every screen depends on.
pub fn state<T: Read>(site: Site, path: &[&str]) -> Option<T> {
    site.client.with(Option::is_some).then_some(())?;
    T::read(&within(site.desk().client_json()?, path)?)
}

/// The user of the session last used, as JSON.
pub fn user(site: Site) -> Option<Value> {
    site.client.with(Option::is_some).then_some(())?;
    let client = site.desk().client_json()?;
    let id = client.member("last_active_session_id")?.text()?;
    let session = client
        .member("sessions")?
        .items()?
        .into_iter()
        .find(|session| session.member("id").and_then(|it| it.text()).as_ref() == Some(&id))?;
    session.member("user")
}

/// The values of an object's members.
#[cfg(target_arch = "wasm32")]
pub fn members(object: &Value) -> Vec<Value> {
    let object = js_sys::Object::from(wasm_bindgen::JsValue::from(object.clone()));
    js_sys::Object::values(&object)
        .iter()
        .map(Value::from)
        .collect()
}

/// The values of an object's members.
#[cfg(not(target_arch = "wasm32"))]
pub fn members(object: &Value) -> Vec<Value> {
    object
        .as_object()
        .map(|members| members.values().cloned().collect())
        .unwrap_or_default()
}

/// Writes `text` as JSON has strings (RFC 8259 §7).
pub fn write_text(json: &mut String, text: &str) {
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                json.push('\\');
                json.push(letter);
            }
            '\0'..='\x1f' => {
                json.push_str("\\u00");
                let code = letter as u32;
                json.extend(
                    [code >> 4, code & 15].map(|it| char::from_digit(it, 16).unwrap_or('0')),
                );
            }
            _ => json.push(letter),
        }
    }
    json.push('"');
}
