//! Passwords as they are chosen.

use crate::{ErrorCode, PasswordSettings, Secret};

/// Bytes beyond which no password is hashed, whatever the settings say.
const MAX_BYTES: usize = 512;

/// A new password that keeps to the instance's settings.
///
/// Length counts code points (NIST SP 800-63B-4 §3.1.1.2); no rule of composition is applied.
#[derive(Clone, Debug)]
pub struct Password(Secret<String>);

impl Password {
    /// Parses a password a person chose.
    ///
    /// # Errors
    /// `FormParamNil`, `FormPasswordLengthTooShort`, `FormPasswordLengthTooLong`, `FormPasswordSizeInBytesExceeded`.
    pub fn parse(text: &str, settings: &PasswordSettings) -> Result<Self, ErrorCode> {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        if length == 0 {
            Err(ErrorCode::FormParamNil)
        } else if length < settings.min_length {
            Err(ErrorCode::FormPasswordLengthTooShort)
        } else if length > settings.max_length {
            Err(ErrorCode::FormPasswordLengthTooLong)
        } else if text.len() > MAX_BYTES {
            Err(ErrorCode::FormPasswordSizeInBytesExceeded)
        } else {
            Ok(Self(Secret::from(text)))
        }
    }

    /// Whether a password offered at sign-in is small enough to be worth hashing.
    pub const fn is_hashable(text: &str) -> bool {
        text.len() <= MAX_BYTES
    }

    /// The password, for the hash alone.
    pub const fn expose(&self) -> &String {
        self.0.expose()
    }
}
