//! The numbers of the browser's own Intl.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: u32) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: u32) -> String;
}

/// The plural category of `number`; empty, which is the default variant's, where `locale` is no language tag.
pub(crate) fn category(locale: &str, number: u32) -> String {
    PluralRules::new(locale).map_or_else(|_| String::new(), |rules| rules.select(number))
}

/// `number` in the digits of `locale`, grouped; as English writes it where that is no language tag.
pub(crate) fn written(locale: &str, number: u32) -> String {
    NumberFormat::new(locale)
        .or_else(|_| NumberFormat::new("en"))
        .map_or_else(|_| String::new(), |format| format.format(number))
}
