//! Times as people read them.

use frontdesk_locale::Text;
use frontdesk_protocol::Timestamp;

/// The day, as the language of the moment writes it.
#[cfg(target_arch = "wasm32")]
pub(crate) fn day(text: &Text, at: Timestamp) -> String {
    String::from(date(at).to_locale_date_string(text.locale(), &wasm_bindgen::JsValue::UNDEFINED))
}

/// The day and the time.
#[cfg(target_arch = "wasm32")]
pub(crate) fn day_and_time(text: &Text, at: Timestamp) -> String {
    String::from(date(at).to_locale_string(text.locale(), &wasm_bindgen::JsValue::UNDEFINED))
}

#[cfg(target_arch = "wasm32")]
#[expect(
    clippy::cast_precision_loss,
    reason = "a date is a float there, which is exact for the next 285,000 years"
)]
fn date(at: Timestamp) -> js_sys::Date {
    js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.0 as f64))
}

/// The day (ISO 8601): nothing that knows languages is at hand here.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn day(_: &Text, at: Timestamp) -> String {
    // Days since the first of March of the year 0, so that the odd day of a leap year comes last.
    let days = at.0.div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let in_era = days.rem_euclid(146_097);
    let year = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
    let in_year = in_era - (365 * year + year / 4 - year / 100);
    let month = (5 * in_year + 2) / 153;
    let day = in_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (year + era * 400, month + 3)
    } else {
        (year + era * 400 + 1, month - 9)
    };
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day and the time (ISO 8601).
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn day_and_time(text: &Text, at: Timestamp) -> String {
    let minutes = at.0.div_euclid(60_000).rem_euclid(1440);
    format!("{} {:02}:{:02}", day(text, at), minutes / 60, minutes % 60)
}
