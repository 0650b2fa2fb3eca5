//! What people can prove, and how.

use crate::json::{Read, Reader, Source};
use crate::{EmailAddressId, ErrorCode, PhoneNumberId, Secret};

macro_rules! strategies {
    ($( $(#[doc = $doc:literal])* $variant:ident = $word:literal, )*) => {
        /// Every way to prove something.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(not(target_arch = "wasm32"), serde(try_from = "String", into = "String"))]
        pub enum Strategy {
            $( $(#[doc = $doc])* $variant, )*
            /// An account with a provider, e.g. `oauth_github`.
            OAuth(Provider),
        }

        impl Strategy {
            /// The word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $word, )*
                    Self::OAuth(provider) => provider.strategy(),
                }
            }

            /// The way for a word of the wire.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $( $word => Some(Self::$variant), )*
                    _ => Provider::of_strategy(word).map(Self::OAuth),
                }
            }
        }
    };
}

strategies! {
    /// A password.
    Password = "password",
    /// A passkey (WebAuthn).
    Passkey = "passkey",
    /// A six-digit code sent by e-mail.
    EmailCode = "email_code",
    /// A link sent by e-mail.
    EmailLink = "email_link",
    /// A six-digit code sent as a text message.
    PhoneCode = "phone_code",
    /// A code of an authenticator app.
    Totp = "totp",
    /// One of the codes that were kept for the day when nothing else is at hand.
    BackupCode = "backup_code",
    /// A code sent by e-mail, to choose another password.
    ResetPasswordEmailCode = "reset_password_email_code",
    /// A code sent as a text message, to choose another password.
    ResetPasswordPhoneCode = "reset_password_phone_code",
    /// A ticket that the app's server gave.
    Ticket = "ticket",
}

impl From<Strategy> for String {
    fn from(strategy: Strategy) -> Self {
        strategy.as_str().to_owned()
    }
}

impl TryFrom<String> for Strategy {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        Self::parse(&word).ok_or("not a strategy")
    }
}

impl Read for Strategy {
    const BLANK: Self = Self::Password;

    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>) {
        let mut word = String::new();
        reader.text(&mut word);
        match Self::parse(&word) {
            Some(strategy) => *self = strategy,
            None => reader.refuse(),
        }
    }
}

/// The most bytes of `oauth_` and a provider's name.
const LONGEST: usize = 40;
const PREFIX: &str = "oauth_";

/// The name of a provider that people have accounts with: lowercase letters, digits and `_`, e.g. `github`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provider {
    /// `oauth_` and the name, and nothing behind them.
    word: [u8; LONGEST],
}

impl Provider {
    /// The provider of a strategy such as `oauth_github`.
    pub fn of_strategy(word: &str) -> Option<Self> {
        let name = word.strip_prefix(PREFIX)?;
        let is_plain = !name.is_empty()
            && word.len() <= LONGEST
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        is_plain.then(|| {
            let mut bytes = [0; LONGEST];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            Self { word: bytes }
        })
    }

    /// The provider called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::of_strategy(&[PREFIX, name].concat())
    }

    /// Its strategy, e.g. `oauth_github`.
    pub fn strategy(&self) -> &str {
        let end = self
            .word
            .iter()
            .position(|byte| *byte == 0)
            .unwrap_or(LONGEST);
        std::str::from_utf8(&self.word[..end]).unwrap_or_default()
    }

    /// Its name, e.g. `github`.
    pub fn name(&self) -> &str {
        self.strategy().strip_prefix(PREFIX).unwrap_or_default()
    }
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

resource! {
    /// One way to prove who one is that is offered to somebody.
    pub struct Factor {
        /// How it is proven.
        pub strategy: Strategy,
        /// The address that a code goes to.
        pub email_address_id: Option<EmailAddressId>,
        /// The number that a code goes to.
        pub phone_number_id: Option<PhoneNumberId>,
        /// The address or number, masked.
        pub safe_identifier: Option<String>,
        /// Whether it is the user's primary one.
        pub primary: Option<bool>,
    }
}

impl Factor {
    /// The id of the address or number that a code goes to.
    pub fn goes_to(&self) -> Option<&str> {
        let email = self.email_address_id.as_ref().map(AsRef::as_ref);
        email.or(self.phone_number_id.as_ref().map(AsRef::as_ref))
    }

    /// One that is proven by `strategy` and goes nowhere.
    pub const fn of(strategy: Strategy) -> Self {
        Self {
            strategy,
            email_address_id: None,
            phone_number_id: None,
            safe_identifier: None,
            primary: None,
        }
    }

    /// One that goes to an e-mail address.
    pub fn to_email(strategy: Strategy, id: EmailAddressId, masked: String) -> Self {
        Self {
            email_address_id: Some(id),
            safe_identifier: Some(masked),
            primary: Some(true),
            ..Self::of(strategy)
        }
    }

    /// One that goes to a phone number.
    pub fn to_phone(strategy: Strategy, id: PhoneNumberId, masked: String) -> Self {
        Self {
            phone_number_id: Some(id),
            safe_identifier: Some(masked),
            primary: Some(true),
            ..Self::of(strategy)
        }
    }
}

/// What somebody offers as proof.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The way it proves.
    pub strategy: Strategy,
    /// The password, the code without its spaces, or the passkey's answer.
    pub secret: Secret<String>,
}

impl Proof {
    /// The proof in a command's fields.
    ///
    /// # Errors
    /// `FormParamNil` where the strategy's own field is empty, with the field's name; `StrategyInvalid`
    /// where the way is not proven by a field.
    pub fn of(
        strategy: Strategy,
        password: Option<&Secret<String>>,
        code: Option<&Secret<String>>,
        credential: Option<&Secret<String>>,
    ) -> Result<Self, (ErrorCode, &'static str)> {
        let (given, name) = match strategy {
            Strategy::Password => (password.cloned(), "password"),
            Strategy::EmailCode
            | Strategy::PhoneCode
            | Strategy::Totp
            | Strategy::BackupCode
            | Strategy::ResetPasswordEmailCode
            | Strategy::ResetPasswordPhoneCode => {
                let code = code.map(|code| code.expose().split_whitespace().collect::<String>());
                (code.map(Secret::new), "code")
            }
            Strategy::Passkey => (credential.cloned(), "public_key_credential"),
            Strategy::EmailLink | Strategy::Ticket | Strategy::OAuth(_) => {
                return Err((ErrorCode::StrategyInvalid, "strategy"));
            }
        };
        given
            .filter(|secret| !secret.expose().is_empty())
            .map(|secret| Self { strategy, secret })
            .ok_or((ErrorCode::FormParamNil, name))
    }
}
