//! What the browser knows of countries: their names, how those are sorted, and which one it is set to.

#[cfg(not(target_arch = "wasm32"))]
pub use elsewhere::{compare, fold, namer, region, reveal};
#[cfg(target_arch = "wasm32")]
pub use here::{compare, fold, namer, region, reveal};

#[cfg(target_arch = "wasm32")]
mod here {
    use std::cmp::Ordering;

    use js_sys::{Function, JsString, Object, Reflect};
    use web_sys::Element;
    use web_sys::wasm_bindgen::JsCast;
    use web_sys::wasm_bindgen::prelude::{JsValue, wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = Intl)]
        type DisplayNames;

        #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
        fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;

        #[wasm_bindgen(method, catch)]
        fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

        #[wasm_bindgen(js_namespace = Intl)]
        type Locale;

        #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
        fn new(tag: &str) -> Result<Locale, JsValue>;

        #[wasm_bindgen(method)]
        fn maximize(this: &Locale) -> Locale;

        #[wasm_bindgen(method, getter)]
        fn region(this: &Locale) -> Option<String>;

        type Sorted;

        #[wasm_bindgen(method, js_name = localeCompare)]
        fn locale_compare(this: &Sorted, other: &str, locale: &str) -> i32;
    }

    /// What tells the name of a country in the language `locale`, or its code where that is all that is known.
    pub fn namer(locale: &str) -> impl Fn(&str) -> String {
        let options = Object::new();
        drop(Reflect::set(&options, &"type".into(), &"region".into()));
        let names = DisplayNames::new(locale, &options).ok();
        move |iso| {
            let name = names
                .as_ref()
                .and_then(|names| names.of(iso).ok().flatten());
            name.unwrap_or_else(|| iso.to_owned())
        }
    }

    /// Which of two names comes first.
    pub fn compare(locale: &str, one: &str, other: &str) -> Ordering {
        let one: Sorted = JsValue::from_str(one).unchecked_into();
        one.locale_compare(other, locale).cmp(&0)
    }

    /// A text without what people leave out when they look for it: capitals and accents.
    pub fn fold(text: &str) -> String {
        let plain = JsString::from(text).normalize("NFD").to_lower_case();
        let plain = String::from(plain);
        plain
            .chars()
            .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
            .collect()
    }

    /// Scrolls what is around an element as far as it takes to see it.
    pub fn reveal(element: &Element) {
        let options = Object::new();
        drop(Reflect::set(&options, &"block".into(), &"nearest".into()));
        let scroll = Reflect::get(element, &"scrollIntoView".into());
        if let Ok(scroll) = scroll.and_then(JsCast::dyn_into::<Function>) {
            drop(scroll.call1(element, &options));
        }
    }

    /// The country that the browser is set to.
    pub fn region() -> Option<String> {
        let language = leptos::prelude::window().navigator().language()?;
        Locale::new(&language).ok()?.maximize().region()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod elsewhere {
    use std::cmp::Ordering;

    /// Where there is no browser, a country is called by its code.
    pub fn namer(_locale: &str) -> impl Fn(&str) -> String {
        str::to_owned
    }

    /// Which of two names comes first.
    pub fn compare(_locale: &str, one: &str, other: &str) -> Ordering {
        one.cmp(other)
    }

    /// A text without capitals.
    pub fn fold(text: &str) -> String {
        text.to_lowercase()
    }

    /// Nobody sees it.
    pub fn reveal(_element: &web_sys::Element) {}

    /// Nobody knows.
    pub fn region() -> Option<String> {
        None
    }
}
