//! `[password]`: what a new password must be like, and what hashing it costs.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use crate::password::Rules;

/// `[password]`: what a new password must be like, and what hashing it costs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule of its own, named as in the resource"
)]
pub struct Passwords {
    /// Whether people have any.
    pub enabled: bool,
    /// Whether a sign-up without one is incomplete.
    pub required: bool,
    /// The fewest code points.
    pub min_length: u32,
    /// The most code points.
    pub max_length: u32,
    /// Memory of one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Whether it must have a letter in lower case.
    pub require_lowercase: bool,
    /// Whether it must have a letter in upper case.
    pub require_uppercase: bool,
    /// Whether it must have a digit.
    pub require_numbers: bool,
    /// Whether it must have one of `allowed_special_characters`.
    pub require_special_char: bool,
    /// What counts as a special character.
    pub allowed_special_characters: String,
    /// Whether its strength is told while it is typed.
    pub show_zxcvbn: bool,
    /// The least strength, 0 to 4; 0 takes any.
    pub min_zxcvbn_strength: u8,
    /// Whether passwords that leaked are taken after all, whatever the next two say.
    pub disable_hibp: bool,
    /// A filter of breached passwords in place of the one that comes with the server.
    pub breached_filter: Option<PathBuf>,
    /// A service that is asked for ranges of breached hashes too, e.g. `https://example.com/range`; none by default.
    pub hibp_url: Option<String>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            enabled: true,
            required: true,
            min_length: 8,
            max_length: 128,
            memory_kib: 19_456,
            passes: 2,
            require_lowercase: false,
            require_uppercase: false,
            require_numbers: false,
            require_special_char: false,
            allowed_special_characters: r##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##.to_owned(),
            show_zxcvbn: true,
            min_zxcvbn_strength: 0,
            disable_hibp: false,
            breached_filter: None,
            hibp_url: None,
        }
    }
}

impl Passwords {
    /// What a password must be composed of.
    pub fn rules(&self) -> Rules<'_> {
        Rules {
            require_lowercase: self.require_lowercase,
            require_uppercase: self.require_uppercase,
            require_numbers: self.require_numbers,
            require_special_char: self.require_special_char,
            allowed_special_characters: &self.allowed_special_characters,
        }
    }

    /// Refuses what makes no sense anywhere.
    ///
    /// # Errors
    /// Where a figure is out of range, or a rule can never be kept.
    pub fn check(&self) -> Result<()> {
        ensure!(
            self.min_length >= 1 && self.min_length <= self.max_length && self.max_length <= 128,
            "password.min_length and password.max_length must be between 1 and 128, in this order"
        );
        ensure!(
            self.min_zxcvbn_strength <= 4,
            "password.min_zxcvbn_strength is {}, and must be between 0 and 4",
            self.min_zxcvbn_strength
        );
        ensure!(
            !self.require_special_char || !self.allowed_special_characters.is_empty(),
            "password.require_special_char needs password.allowed_special_characters"
        );
        ensure!(
            self.hibp_url.as_deref().is_none_or(is_address),
            "password.hibp_url must be an address, such as https://example.com/range"
        );
        Ok(())
    }

    /// Refuses what production must not run with.
    ///
    /// # Errors
    /// Where a setting is weaker than a production server may be.
    pub fn check_for_production(&self) -> Result<()> {
        ensure!(
            self.min_length >= 8,
            "password.min_length is {}, and production needs 8 at the least",
            self.min_length
        );
        ensure!(
            self.memory_kib >= 19_456 && self.passes >= 2,
            "password.memory_kib and password.passes are weaker than 19456 and 2"
        );
        ensure!(
            self.hibp_url
                .as_deref()
                .is_none_or(|url| url.starts_with("https://")),
            "password.hibp_url: production needs https"
        );
        Ok(())
    }
}

fn is_address(url: &str) -> bool {
    url.parse::<axum::http::Uri>().is_ok_and(|url| {
        matches!(url.scheme_str(), Some("http" | "https"))
            && url.host().is_some_and(|host| !host.is_empty())
            && url.query().is_none()
    })
}
