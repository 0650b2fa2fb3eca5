//! Phone numbers in the one form that is compared, stored and sent to.

use crate::ErrorCode;

/// A phone number as E.164 has it: `+`, a country's code and the subscriber's number, e.g. `+33612345678`.
///
/// Whether such a number was ever given to anybody, only the server's tables say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(serde::Serialize, serde::Deserialize)
)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    serde(try_from = "String", into = "String")
)]
pub struct Phone(String);

impl Phone {
    /// Parses a number as a person types it, with its country's code.
    ///
    /// # Errors
    /// `FormParamNil` where it is empty, `FormParamFormatInvalid` where it is no number.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ErrorCode::FormParamNil);
        }
        let digits = text.strip_prefix('+').map(|rest| {
            rest.chars()
                .filter(|letter| !matches!(letter, ' ' | '-' | '.' | '(' | ')' | '\u{a0}'))
                .collect::<String>()
        });
        digits
            .filter(|digits| {
                (7..=15).contains(&digits.len())
                    && !digits.starts_with('0')
                    && digits.bytes().all(|byte| byte.is_ascii_digit())
            })
            .map(|digits| Self(["+", &digits].concat()))
            .ok_or(ErrorCode::FormParamFormatInvalid)
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number with all but its country's first digit and its last two hidden, e.g. `+3*** ** 78`.
    pub fn masked(&self) -> String {
        let (head, tail) = (&self.0[..2], &self.0[self.0.len() - 2..]);
        format!("{head}***{tail}")
    }

    /// Whether this is a development test number: `+1 (XXX) 555-0100` to `555-0199`.
    pub fn is_test(&self) -> bool {
        self.0.len() == 12 && self.0.starts_with("+1") && self.0[5..].starts_with("55501")
    }
}

impl std::fmt::Display for Phone {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl TryFrom<String> for Phone {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a phone number")
    }
}
