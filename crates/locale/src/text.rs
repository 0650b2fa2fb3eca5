//! A language and its sentences.

use std::borrow::Cow;
use std::fmt;
use std::str::Chars;
use std::sync::Arc;

use crate::interpret::{Argument, interpret};
use crate::opcode::MESSAGE_END;

const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// Every sentence in one language; cheap to clone and to compare.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(Arc<Language>);

#[derive(Clone, PartialEq, Eq)]
struct Language {
    locale: Cow<'static, str>,
    /// None for English, which each message brings along.
    catalogue: Option<Cow<'static, str>>,
    overrides: Vec<(u16, String)>,
}

impl Text {
    /// English, which is always at hand.
    pub fn english() -> Self {
        Self::new("en".into(), None)
    }

    /// The language of a fetched catalogue; a message it lacks at its end is in English.
    pub fn from_catalogue(locale: &str, catalogue: &str) -> Self {
        Self::new(locale.to_owned().into(), Some(catalogue.to_owned().into()))
    }

    pub(crate) fn new(locale: Cow<'static, str>, catalogue: Option<Cow<'static, str>>) -> Self {
        Self(Arc::new(Language {
            locale,
            catalogue,
            overrides: Vec::new(),
        }))
    }

    /// The same with other sentences, each by its message's place in `locales/en.ftl`; the last one given wins.
    ///
    /// The sentences are encoded already: `{ $name }` of the second argument is U+2068 U+0002 U+2069, see
    /// [`opcode`](crate::opcode).
    #[must_use]
    pub fn with_messages(self, messages: Vec<(u16, String)>) -> Self {
        let mut language = Arc::unwrap_or_clone(self.0);
        language.overrides.extend(messages);
        Self(Arc::new(language))
    }

    /// The language tag, e.g. `fr`.
    pub fn locale(&self) -> &str {
        &self.0.locale
    }

    /// The value of the HTML attribute `dir`: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        let language = self.locale().split('-').next().unwrap_or_default();
        if RIGHT_TO_LEFT.contains(&language) {
            "rtl"
        } else {
            "ltr"
        }
    }

    // Never inlined: some 140 methods call it, and the browser pays for each copy.
    #[inline(never)]
    pub(crate) fn message(
        &self,
        index: u16,
        english: &'static str,
        arguments: &[Argument],
    ) -> String {
        let language = &*self.0;
        let overridden = language
            .overrides
            .iter()
            .rev()
            .find(|(place, _)| *place == index)
            .map(|(_, sentence)| sentence.chars());
        let code = overridden
            .or_else(|| nth(language.catalogue.as_deref()?, index))
            .unwrap_or_else(|| english.chars());
        interpret(code, self.locale(), arguments)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Text").field(&self.locale()).finish()
    }
}

/// The letters from the start of a message on.
pub(crate) fn nth(catalogue: &str, index: u16) -> Option<Chars<'_>> {
    let mut letters = catalogue.chars();
    for _ in 0..index {
        letters.find(|it| *it == MESSAGE_END)?;
    }
    Some(letters)
}
