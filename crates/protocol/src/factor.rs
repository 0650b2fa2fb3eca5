//! What people can prove, and how.

use crate::json::{Read, Reader, Source, field};
use crate::{EmailAddressId, ErrorCode, Secret};

words! {
    /// Every way to prove something.
    pub enum Strategy {
        /// A password.
        Password = "password",
        /// A six-digit code sent by e-mail.
        EmailCode = "email_code",
    }
}

/// One way to sign in that is offered to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(serde::Serialize, serde::Deserialize)
)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    serde(tag = "strategy", rename_all = "snake_case")
)]
pub enum Factor {
    /// A password.
    Password,
    /// A code sent to an address.
    EmailCode {
        /// Which address.
        email_address_id: EmailAddressId,
        /// The address, masked.
        safe_identifier: String,
        /// Whether it is the user's primary one.
        primary: bool,
    },
}

impl Factor {
    /// The way it is proven.
    pub const fn strategy(&self) -> Strategy {
        match self {
            Self::Password => Strategy::Password,
            Self::EmailCode { .. } => Strategy::EmailCode,
        }
    }
}

impl Read for Factor {
    const BLANK: Self = Self::Password;

    fn fill<S: Source>(&mut self, reader: &Reader<'_, S>) {
        let mut strategy = Strategy::BLANK;
        field(reader, "strategy", &mut strategy);
        *self = match strategy {
            Strategy::Password => Self::Password,
            Strategy::EmailCode => {
                let mut email_address_id = EmailAddressId::BLANK;
                let mut safe_identifier = String::BLANK;
                let mut primary = bool::BLANK;
                field(reader, "email_address_id", &mut email_address_id);
                field(reader, "safe_identifier", &mut safe_identifier);
                field(reader, "primary", &mut primary);
                Self::EmailCode {
                    email_address_id,
                    safe_identifier,
                    primary,
                }
            }
        };
    }
}

/// What somebody offers as proof of a factor.
#[derive(Clone, Debug)]
pub enum Proof {
    /// A password.
    Password(Secret<String>),
    /// The code that was sent, spaces removed.
    EmailCode(Secret<String>),
}

impl Proof {
    /// The proof in a command's fields.
    ///
    /// # Errors
    /// `FormParamNil` where the strategy's own field is empty, with the field's name.
    pub fn of(
        strategy: Strategy,
        password: Option<&Secret<String>>,
        code: Option<&Secret<String>>,
    ) -> Result<Self, (ErrorCode, &'static str)> {
        match strategy {
            Strategy::Password => password
                .filter(|password| !password.expose().is_empty())
                .map(|password| Self::Password(password.clone()))
                .ok_or((ErrorCode::FormParamNil, "password")),
            Strategy::EmailCode => code
                .map(|code| code.expose().split_whitespace().collect::<String>())
                .filter(|code| !code.is_empty())
                .map(|code| Self::EmailCode(Secret::new(code)))
                .ok_or((ErrorCode::FormParamNil, "code")),
        }
    }

    /// The way it proves.
    pub const fn strategy(&self) -> Strategy {
        match self {
            Self::Password(_) => Strategy::Password,
            Self::EmailCode(_) => Strategy::EmailCode,
        }
    }
}
