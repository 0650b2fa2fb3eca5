//! JSON as the browser's own parser makes it, so that no parser is shipped.

use frontdesk_protocol::json::Source;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// Anything that may have members.
    type Whole;

    #[wasm_bindgen(method, catch, structural, indexing_getter)]
    fn member(this: &Whole, key: &str) -> Result<JsValue, JsValue>;
}

/// A JavaScript value made of JSON.
#[derive(Clone, Debug)]
pub struct Value(JsValue);

impl Value {
    /// Whether this is an object with a member `key`, null or not.
    pub(crate) fn has(&self, key: &str) -> bool {
        Reflect::has(&self.0, &JsValue::from_str(key)).unwrap_or(false)
    }
}

impl From<JsValue> for Value {
    fn from(value: JsValue) -> Self {
        Self(value)
    }
}

impl From<Value> for JsValue {
    fn from(value: Value) -> Self {
        value.0
    }
}

impl Source for Value {
    fn member(&self, key: &str) -> Option<Self> {
        let member = self.0.unchecked_ref::<Whole>().member(key).ok()?;
        (!member.is_null() && !member.is_undefined()).then_some(Self(member))
    }

    fn items(&self) -> Option<Vec<Self>> {
        Array::is_array(&self.0).then(|| Array::from(&self.0).iter().map(Self).collect())
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.0.as_bool()
    }
}
