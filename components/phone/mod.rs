//! A field for a phone number: a country and what is dialled there, or everything behind a `+`.

mod browser;
mod chooser;
mod countries;
#[cfg(test)]
mod tests;

use frontdesk_locale::Text;
use leptos::prelude::*;

use crate::kit::{El, Form, Handle, State, Words, el, say, words};
use countries::{find, national, of_digits};

/// What is typed; copies are the same one.
#[derive(Clone, Copy)]
pub struct Number {
    /// The country's ISO code.
    country: State<String>,
    typed: State<String>,
}

impl Number {
    /// Nothing, in the country that the browser is set to.
    pub fn new() -> Self {
        Self {
            country: State::new(home().to_owned()),
            typed: State::new(String::new()),
        }
    }

    /// Whether nothing is typed.
    pub fn is_empty(self) -> bool {
        self.typed.with_untracked(|typed| digits(typed).is_empty())
    }

    /// Whether the owner has ended.
    pub fn is_disposed(self) -> bool {
        self.typed.is_disposed()
    }

    /// Forgets what is typed.
    pub fn clear(self) {
        self.typed.set(String::new());
    }

    /// Takes what somebody typed or pasted; a `+` and a code set the country.
    pub fn take(self, typed: String) {
        if let Some(digits) = international(&typed) {
            let now = self.country.get_untracked();
            if let Some(country) = of_digits(&digits, &now)
                && country.iso != now
            {
                self.country.set(country.iso.to_owned());
            }
        }
        self.typed.set(typed);
    }

    /// Takes another country; what is typed stays, but for the code of the one before.
    fn choose(self, iso: String) {
        let rest = self.typed.with_untracked(|typed| {
            let digits = international(typed)?;
            let code = of_digits(&digits, &self.country.get_untracked())?.code;
            digits.strip_prefix(code).map(str::to_owned)
        });
        self.country.set(iso);
        if let Some(rest) = rest {
            self.typed.set(rest);
        }
    }

    /// The number as E.164 has it, as far as one is typed; empty where there is none.
    pub fn e164(self) -> String {
        e164(&self.country.get_untracked(), &self.typed.get_untracked())
    }
}

/// What is typed in a field for other things, too, as E.164 has it in the country that the browser is set to.
pub fn at_home(typed: &str) -> String {
    e164(home(), typed)
}

/// The digits of a text that is nothing but a number: digits, and what people write between them.
pub fn number(typed: &str) -> Option<String> {
    let is_fit = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '0'..='9' | '٠'..='٩' | '۰'..='۹')
            || matches!(
                letter,
                '+' | '＋' | '-' | '‐' | '‑' | '–' | '.' | '(' | ')' | '/'
            )
    };
    let digits = digits(typed);
    (typed.chars().all(is_fit) && !digits.is_empty()).then_some(digits)
}

/// What is typed in the country with this ISO code, as E.164 has it; empty where there are no digits.
fn e164(iso: &str, typed: &str) -> String {
    if let Some(digits) = international(typed) {
        return ["+", &digits].concat();
    }
    let digits = digits(typed);
    match find(iso) {
        Some(country) if !digits.is_empty() => {
            ["+", country.code, national(country, &digits)].concat()
        }
        Some(_) | None => String::new(),
    }
}

/// The country that the browser is set to, if there are telephones.
fn home() -> &'static str {
    let found = browser::region().and_then(|region| find(&region));
    found.map_or("US", |country| country.iso)
}

/// The field, called `name` where something is refused of it.
pub fn field(
    form: Form,
    name: &'static str,
    number: Number,
    handle: Handle,
    is_optional: bool,
) -> El {
    let label: Words = if is_optional {
        words(|text| text.field_optional(&text.field_phone_number()))
    } else {
        Words::from(Text::field_phone_number)
    };
    let hint = Some(Words::from(Text::field_phone_number_hint));
    form.own_field((name, "input"), say(label), hint, handle, move |input| {
        let mut input = input
            .attr("type", "tel")
            .attr("inputmode", "tel")
            .attr("autocomplete", "tel")
            .attr("dir", "ltr")
            .attr("maxlength", "30")
            .flag("readonly", move || form.is_pending())
            .value(number.typed)
            .on("input", move |event| {
                number.take(event_target_value(&event));
                form.forgive(name);
            });
        if !is_optional {
            input = input.attr("required", "");
        }
        el("div")
            .attr("data-control", "")
            .attr("data-phone", "")
            .child(chooser::draw(form, number, handle))
            .child(input)
    })
}

/// The digits of a number that is typed with its country's code: behind a `+`, or `00`.
fn international(typed: &str) -> Option<String> {
    let digits = digits(typed);
    if typed.trim_start().starts_with(['+', '＋']) {
        return Some(digits);
    }
    digits.strip_prefix("00").map(str::to_owned)
}

/// The digits of a text as ASCII; Arabic and Persian ones count too.
fn digits(text: &str) -> String {
    let ascii = |letter: char, zero: char| char::from_digit(letter as u32 - zero as u32, 10);
    text.chars()
        .filter_map(|letter| match letter {
            '0'..='9' => Some(letter),
            '٠'..='٩' => ascii(letter, '٠'),
            '۰'..='۹' => ascii(letter, '۰'),
            _ => None,
        })
        .collect()
}
