//! Rules of composition, for those who must have them; by default there are none (NIST SP 800-63B-4 §3.1.1.2).

/// What a password must be composed of.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule of its own, named as in the resource"
)]
pub struct Rules<'a> {
    /// A letter in lower case, of any script.
    pub require_lowercase: bool,
    /// A letter in upper case, of any script.
    pub require_uppercase: bool,
    /// A digit, of any script.
    pub require_numbers: bool,
    /// One of `allowed_special_characters`.
    pub require_special_char: bool,
    /// What counts as special; others may be used, but do not count.
    pub allowed_special_characters: &'a str,
}

/// A rule that a password breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It has no letter in lower case.
    RequireLowercase,
    /// It has no letter in upper case.
    RequireUppercase,
    /// It has no digit.
    RequireNumbers,
    /// It has no special character.
    RequireSpecialChar,
}

impl Broken {
    /// The name of the setting that asks for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequireLowercase => "require_lowercase",
            Self::RequireUppercase => "require_uppercase",
            Self::RequireNumbers => "require_numbers",
            Self::RequireSpecialChar => "require_special_char",
        }
    }
}

/// Checks the composition of `password`; its length is the business of `Password::parse`.
///
/// # Errors
/// Every rule that it breaks, in the order of [`Broken`].
pub fn check(password: &str, rules: &Rules<'_>) -> Result<(), Vec<Broken>> {
    let lacks = |is_asked: bool, is_meant: &dyn Fn(char) -> bool, rule: Broken| {
        (is_asked && !password.chars().any(is_meant)).then_some(rule)
    };
    let is_special = |character| rules.allowed_special_characters.contains(character);
    let broken: Vec<Broken> = [
        lacks(
            rules.require_lowercase,
            &char::is_lowercase,
            Broken::RequireLowercase,
        ),
        lacks(
            rules.require_uppercase,
            &char::is_uppercase,
            Broken::RequireUppercase,
        ),
        lacks(
            rules.require_numbers,
            &char::is_numeric,
            Broken::RequireNumbers,
        ),
        lacks(
            rules.require_special_char,
            &is_special,
            Broken::RequireSpecialChar,
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    if broken.is_empty() {
        Ok(())
    } else {
        Err(broken)
    }
}
