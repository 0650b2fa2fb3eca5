//! User names in the one form that is compared and stored.

use crate::{ErrorCode, UsernameSettings};

/// A user name: lowercase ASCII letters, digits, `_` and `-`, at least one of them no digit.
///
/// Nothing beyond ASCII, so that no two names look alike and are not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Username(String);

impl Username {
    /// Parses a name as a person types it; capitals become small.
    ///
    /// # Errors
    /// `FormParamNil`, `FormUsernameInvalidLength`, `FormUsernameInvalidCharacter`, `FormUsernameNeedsNonNumberChar`.
    pub fn parse(text: &str, settings: &UsernameSettings) -> Result<Self, ErrorCode> {
        let text = text.trim().to_ascii_lowercase();
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        if text.is_empty() {
            return Err(ErrorCode::FormParamNil);
        }
        if !(settings.min_length..=settings.max_length).contains(&length) {
            return Err(ErrorCode::FormUsernameInvalidLength);
        }
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if !text.bytes().all(is_plain) {
            return Err(ErrorCode::FormUsernameInvalidCharacter);
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ErrorCode::FormUsernameNeedsNonNumberChar);
        }
        Ok(Self(text))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Username> for String {
    fn from(name: Username) -> Self {
        name.0
    }
}
