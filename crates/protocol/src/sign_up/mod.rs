//! Signing up: the attempt, and what it still needs.

mod advance;

use crate::{
    ApiError, ErrorCode, Metadata, Prepared, SessionId, SignUpId, Strategy, Timestamp, UserId,
    VerificationStatus,
};
#[cfg(not(target_arch = "wasm32"))]
use crate::{ClientId, ExternalAccount};

words! {
    /// How a sign-up stands.
    pub enum SignUpStatus {
        /// Something is missing or unverified.
        MissingRequirements = "missing_requirements",
        /// There is a user.
        Complete = "complete",
        /// It was left alone for too long.
        Abandoned = "abandoned",
    }
}

words! {
    /// What a sign-up can ask for.
    pub enum Field {
        /// An e-mail address.
        EmailAddress = "email_address",
        /// A phone number.
        PhoneNumber = "phone_number",
        /// A user name.
        Username = "username",
        /// A password.
        Password = "password",
        /// The first name.
        FirstName = "first_name",
        /// The last name.
        LastName = "last_name",
        /// Agreement to the terms.
        LegalAccepted = "legal_accepted",
        /// What the settings ask for beside all that.
        Custom = "unsafe_metadata",
    }
}

resource! {
    /// How far the verification of a sign-up's address has come.
    "verification" => pub struct SignUpVerification {
        /// How far it has come.
        pub status: VerificationStatus,
        /// How it is done; absent until it is begun.
        pub strategy: Option<Strategy>,
        /// Tries so far.
        pub attempts: u32,
        /// When it ends.
        pub expire_at: Option<Timestamp>,
        /// When a new code may be asked for.
        pub resend_at: Option<Timestamp>,
        /// What was wrong with the last try.
        pub error: Option<ApiError>,
        /// `needs_prepare` or `needs_attempt`, or empty where there is nothing to do.
        pub next_action: String,
        /// The ways to do it.
        pub supported_strategies: Vec<Strategy>,
    }
    beyond {
        /// Where the provider is that goes on with it.
        pub external_verification_redirect_url: Option<String>,
        /// The browser that a link was opened in.
        pub verified_at_client: Option<ClientId>,
    }
}

resource! {
    /// The verifications of a sign-up.
    pub struct SignUpVerifications {
        /// Of its e-mail address.
        pub email_address: Option<SignUpVerification>,
        /// Of its phone number.
        pub phone_number: Option<SignUpVerification>,
        /// Of its account with a provider.
        pub external_account: Option<SignUpVerification>,
    }
}

resource! {
    /// A sign-up attempt. It is both what the server stores and what the browser draws.
    "sign_up_attempt" => pub struct SignUp {
        /// Its id.
        pub id: SignUpId,
        /// How it stands.
        pub status: SignUpStatus,
        /// What must be given.
        pub required_fields: Vec<Field>,
        /// What may be given.
        pub optional_fields: Vec<Field>,
        /// What must be given still.
        pub missing_fields: Vec<Field>,
        /// What must be verified still.
        pub unverified_fields: Vec<Field>,
        /// The user name.
        pub username: Option<String>,
        /// The first name.
        pub first_name: Option<String>,
        /// The last name.
        pub last_name: Option<String>,
        /// The address, canonical.
        pub email_address: Option<String>,
        /// The number, as E.164 has it.
        pub phone_number: Option<String>,
        /// Whether a password was chosen.
        pub has_password: bool,
        /// The language of the person, as a BCP 47 tag.
        pub locale: Option<String>,
        /// How far its verifications have come.
        pub verifications: SignUpVerifications,
        /// The user it ended in.
        pub created_user_id: Option<UserId>,
        /// The session it ended in.
        pub created_session_id: Option<SessionId>,
        /// When it ends unfinished.
        pub abandon_at: Timestamp,
    }
    beyond {
        /// The provider whose account is connected, e.g. `oauth_github`.
        pub external_account_strategy: Option<String>,
        /// That account.
        pub external_account: Option<ExternalAccount>,
        /// When the person agreed to the terms.
        pub legal_accepted_at: Option<Timestamp>,
        /// What browsers wrote.
        pub unsafe_metadata: Metadata,
    }
}

/// What was given; what is absent stays as it was, and of what is empty there is none any more.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// An address, canonical; another one undoes what was verified.
    pub email_address: Option<String>,
    /// A number; another one undoes what was verified.
    pub phone_number: Option<String>,
    /// A user name.
    pub username: Option<String>,
    /// Whether a password was chosen.
    pub has_password: bool,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The language of the person.
    pub locale: Option<String>,
    /// When the person agreed to the terms.
    pub legal_accepted_at: Option<Timestamp>,
    /// What browsers wrote.
    pub unsafe_metadata: Option<Metadata>,
    /// Whether what the settings ask for beside is all there.
    pub has_custom: bool,
}

/// What happened to a sign-up.
#[derive(Clone, Debug)]
pub enum SignUpEvent {
    /// Fields were given.
    Filled(Box<Filled>),
    /// A code was sent, or a provider is to be asked.
    Prepared(Prepared),
    /// A proof was wrong.
    Refused {
        /// Of what.
        field: Verified,
        /// What was wrong with it.
        error: ErrorCode,
    },
    /// The account with a provider is proven to be the person's.
    #[cfg(not(target_arch = "wasm32"))]
    Connected {
        /// Which way.
        strategy: Strategy,
        /// The account.
        account: Box<ExternalAccount>,
        /// What the provider vouches for.
        filled: Box<Filled>,
    },
    /// The account with a provider is somebody's here already.
    Transferable,
    /// A sign-in took over from there.
    Transferred,
    /// The address or number is proven to be the person's.
    Verified(Verified),
    /// A user and a session were made of it.
    Completed {
        /// The user.
        user: UserId,
        /// The session.
        session: SessionId,
    },
}

/// What of a sign-up can be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// The e-mail address.
    EmailAddress,
    /// The phone number.
    PhoneNumber,
    /// The account with a provider.
    ExternalAccount,
}

impl Verified {
    /// What `strategy` verifies.
    ///
    /// # Errors
    /// `StrategyInvalid` where it verifies nothing of a sign-up.
    pub fn by(strategy: Strategy) -> Result<Self, ErrorCode> {
        match strategy {
            Strategy::EmailCode | Strategy::EmailLink => Ok(Self::EmailAddress),
            Strategy::PhoneCode => Ok(Self::PhoneNumber),
            Strategy::OAuth(_) => Ok(Self::ExternalAccount),
            Strategy::Password
            | Strategy::Passkey
            | Strategy::Totp
            | Strategy::BackupCode
            | Strategy::ResetPasswordEmailCode
            | Strategy::ResetPasswordPhoneCode
            | Strategy::Ticket => Err(ErrorCode::StrategyInvalid),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    const fn field(self) -> Option<Field> {
        match self {
            Self::EmailAddress => Some(Field::EmailAddress),
            Self::PhoneNumber => Some(Field::PhoneNumber),
            Self::ExternalAccount => None,
        }
    }
}

/// What a sign-up asks for.
#[derive(Clone, Debug, Default)]
pub struct Requirements {
    /// What must be given.
    pub required: Vec<Field>,
    /// What may be given.
    pub optional: Vec<Field>,
    /// How an address is verified; not at all where there is none.
    pub email_strategies: Vec<Strategy>,
    /// How a number is verified; not at all where there is none.
    pub phone_strategies: Vec<Strategy>,
}
