//! The part of an organization's address that people choose.

use crate::ErrorCode;

const MAX_LENGTH: usize = 64;

/// Lowercase ASCII letters, digits and single inner hyphens, e.g. `adas-lab`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Parses a slug as a person types it.
    ///
    /// # Errors
    /// `FormParamNil`, `FormParamFormatInvalid`, `FormParamMaxLengthExceeded`.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ErrorCode::FormParamNil);
        }
        if text.len() > MAX_LENGTH {
            return Err(ErrorCode::FormParamMaxLengthExceeded);
        }
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if is_plain {
            Ok(Self(text.to_owned()))
        } else {
            Err(ErrorCode::FormParamFormatInvalid)
        }
    }

    /// The slug a name suggests; empty where the name has no ASCII letter or digit.
    pub fn derive(name: &str) -> String {
        let mut slug = String::new();
        for letter in name.chars() {
            if slug.len() == MAX_LENGTH {
                break;
            }
            match letter {
                '\'' | '’' => {}
                _ if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
                _ if slug.is_empty() || slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        slug.trim_end_matches('-').to_owned()
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
