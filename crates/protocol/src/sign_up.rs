//! Signing up: the attempt, and what it still needs.

#[cfg(not(target_arch = "wasm32"))]
use crate::ExternalAccount;
use crate::{
    ApiError, ErrorCode, Metadata, Prepared, SessionId, SignUpId, Strategy, Timestamp, UserId,
    VerificationStatus,
};

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

/// What was given; what is absent stays as it was.
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

impl SignUp {
    /// A new attempt in which everything is missing.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new(id: SignUpId, requirements: Requirements, abandon_at: Timestamp) -> Self {
        let verification = |strategies: Vec<Strategy>| {
            (!strategies.is_empty()).then(|| SignUpVerification::to_prepare(strategies))
        };
        Self {
            id,
            status: SignUpStatus::MissingRequirements,
            missing_fields: requirements.required.clone(),
            unverified_fields: Vec::new(),
            required_fields: requirements.required,
            optional_fields: requirements.optional,
            username: None,
            first_name: None,
            last_name: None,
            email_address: None,
            phone_number: None,
            has_password: false,
            locale: None,
            verifications: SignUpVerifications {
                email_address: verification(requirements.email_strategies),
                phone_number: verification(requirements.phone_strategies),
                external_account: None,
            },
            created_user_id: None,
            created_session_id: None,
            abandon_at,
            external_account_strategy: None,
            external_account: None,
            legal_accepted_at: None,
            unsafe_metadata: Metadata::default(),
        }
    }

    /// Whether nothing is missing or unverified, so that a user can be made of it.
    pub fn is_ready(&self) -> bool {
        self.status == SignUpStatus::MissingRequirements
            && self.missing_fields.is_empty()
            && self.unverified_fields.is_empty()
    }

    /// The attempt after `event`.
    ///
    /// # Errors
    /// `VerificationInvalid` where there is nothing to verify, `AttemptNotFound` where the event cannot happen now.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn advance(mut self, event: SignUpEvent) -> Result<Self, ErrorCode> {
        if self.status != SignUpStatus::MissingRequirements {
            return Err(ErrorCode::AttemptNotFound);
        }
        match event {
            SignUpEvent::Filled(filled) => self.fill(*filled),
            SignUpEvent::Prepared(prepared) => self.prepare(prepared)?,
            SignUpEvent::Refused { field, error } => {
                let verification = self.open(field)?;
                verification.attempts += 1;
                verification.status = VerificationStatus::after(error);
                verification.error = Some(ApiError::of(error));
            }
            SignUpEvent::Verified(field) => {
                self.open(field)?.pass();
                self.unverified_fields
                    .retain(|open| Some(*open) != field.field());
            }
            SignUpEvent::Completed { user, session } => {
                if !self.is_ready() {
                    return Err(ErrorCode::VerificationInvalid);
                }
                self.status = SignUpStatus::Complete;
                self.created_user_id = Some(user);
                self.created_session_id = Some(session);
            }
        }
        Ok(self)
    }

    /// Takes an address or number that somebody trusted has verified.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn take_verified(&mut self, filled: Filled) {
        let fields = [
            (filled.email_address.is_some(), Verified::EmailAddress),
            (filled.phone_number.is_some(), Verified::PhoneNumber),
        ];
        self.fill(filled);
        for (is_given, field) in fields {
            if !is_given {
                continue;
            }
            if let Some(verification) = self.verification(field) {
                verification.pass();
            }
            self.unverified_fields
                .retain(|open| Some(*open) != field.field());
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn fill(&mut self, filled: Filled) {
        if let Some(email_address) = filled.email_address
            && self.email_address.as_ref() != Some(&email_address)
        {
            self.email_address = Some(email_address);
            self.reopen(Verified::EmailAddress);
        }
        if let Some(phone_number) = filled.phone_number
            && self.phone_number.as_ref() != Some(&phone_number)
        {
            self.phone_number = Some(phone_number);
            self.reopen(Verified::PhoneNumber);
        }
        self.has_password |= filled.has_password;
        self.username = filled.username.or(self.username.take());
        self.first_name = filled.first_name.or(self.first_name.take());
        self.last_name = filled.last_name.or(self.last_name.take());
        self.locale = filled.locale.or(self.locale.take());
        self.legal_accepted_at = filled.legal_accepted_at.or(self.legal_accepted_at);
        if let Some(metadata) = filled.unsafe_metadata {
            self.unsafe_metadata = metadata;
        }
        let missing = self
            .required_fields
            .iter()
            .copied()
            .filter(|field| !self.has(*field, filled.has_custom))
            .collect();
        self.missing_fields = missing;
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn prepare(&mut self, prepared: Prepared) -> Result<(), ErrorCode> {
        let field = Verified::by(prepared.strategy)?;
        if field == Verified::ExternalAccount {
            self.verifications.external_account =
                Some(SignUpVerification::to_prepare(vec![prepared.strategy]));
        }
        let verification = self.open(field)?;
        if !verification
            .supported_strategies
            .contains(&prepared.strategy)
        {
            return Err(ErrorCode::StrategyInvalid);
        }
        verification.status = VerificationStatus::Unverified;
        verification.strategy = Some(prepared.strategy);
        verification.attempts = 0;
        verification.expire_at = Some(prepared.expire_at);
        verification.resend_at = prepared.resend_at;
        verification.error = None;
        "needs_attempt".clone_into(&mut verification.next_action);
        verification.external_verification_redirect_url = prepared.url;
        Ok(())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn has(&self, field: Field, has_custom: bool) -> bool {
        let is_filled =
            |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        match field {
            Field::EmailAddress => self.email_address.is_some(),
            Field::PhoneNumber => self.phone_number.is_some(),
            Field::Username => self.username.is_some(),
            // Whoever comes from a provider needs no password beside it.
            Field::Password => self.has_password || self.external_account.is_some(),
            Field::FirstName => is_filled(&self.first_name),
            Field::LastName => is_filled(&self.last_name),
            Field::LegalAccepted => self.legal_accepted_at.is_some(),
            Field::Custom => has_custom,
        }
    }

    fn verification(&mut self, field: Verified) -> Option<&mut SignUpVerification> {
        match field {
            Verified::EmailAddress => self.verifications.email_address.as_mut(),
            Verified::PhoneNumber => self.verifications.phone_number.as_mut(),
            Verified::ExternalAccount => self.verifications.external_account.as_mut(),
        }
    }

    /// What was verified of another address or number counts no more.
    #[cfg(not(target_arch = "wasm32"))]
    fn reopen(&mut self, verified: Verified) {
        let Some(verification) = self.verification(verified) else {
            return;
        };
        *verification =
            SignUpVerification::to_prepare(std::mem::take(&mut verification.supported_strategies));
        if let Some(field) = verified.field()
            && !self.unverified_fields.contains(&field)
        {
            self.unverified_fields.push(field);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn open(&mut self, field: Verified) -> Result<&mut SignUpVerification, ErrorCode> {
        let is_open = field
            .field()
            .is_none_or(|field| self.unverified_fields.contains(&field));
        self.verification(field)
            .filter(|it| is_open && it.status != VerificationStatus::Verified)
            .ok_or(ErrorCode::VerificationInvalid)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl SignUpVerification {
    fn to_prepare(supported_strategies: Vec<Strategy>) -> Self {
        Self {
            status: VerificationStatus::Unverified,
            strategy: None,
            attempts: 0,
            expire_at: None,
            resend_at: None,
            error: None,
            next_action: "needs_prepare".to_owned(),
            supported_strategies,
            external_verification_redirect_url: None,
        }
    }

    fn pass(&mut self) {
        self.status = VerificationStatus::Verified;
        self.attempts += 1;
        self.error = None;
        self.next_action.clear();
    }
}
