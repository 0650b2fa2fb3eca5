//! Signing up: the attempt, and what it still needs.

use crate::{
    ErrorCode, Metadata, SessionId, SignUpId, Strategy, Timestamp, UserId, VerificationStatus,
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
        /// A password.
        Password = "password",
        /// The first name.
        FirstName = "first_name",
        /// The last name.
        LastName = "last_name",
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
        pub error: Option<ErrorCode>,
        /// `needs_prepare` or `needs_attempt`, or empty where there is nothing to do.
        pub next_action: String,
        /// The ways to do it.
        pub supported_strategies: Vec<Strategy>,
    }
}

resource! {
    /// The verifications of a sign-up.
    pub struct SignUpVerifications {
        /// Of its e-mail address.
        pub email_address: Option<SignUpVerification>,
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
        /// The user name; none yet.
        pub username: Option<String>,
        /// The first name.
        pub first_name: Option<String>,
        /// The last name.
        pub last_name: Option<String>,
        /// The address, canonical.
        pub email_address: Option<String>,
        /// Whether a password was chosen.
        pub has_password: bool,
        /// What browsers wrote.
        pub unsafe_metadata: Metadata,
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
}

/// What happened to a sign-up.
#[derive(Clone, Debug)]
pub enum SignUpEvent {
    /// Fields were given; what is absent stays as it was.
    Filled {
        /// An address, canonical; another one undoes what was verified.
        email_address: Option<String>,
        /// Whether a password was chosen.
        has_password: bool,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// The language of the person.
        locale: Option<String>,
    },
    /// A code was sent.
    Prepared {
        /// How the code went.
        strategy: Strategy,
        /// When the code ends.
        expire_at: Timestamp,
        /// When a new one may be asked for.
        resend_at: Timestamp,
    },
    /// A code was wrong.
    Refused {
        /// `FormCodeIncorrect`, `VerificationExpired`, `VerificationFailed` or `FormIdentifierExists`.
        error: ErrorCode,
    },
    /// The address is proven to be the person's.
    Verified,
    /// A user and a session were made of it.
    Completed {
        /// The user.
        user: UserId,
        /// The session.
        session: SessionId,
    },
}

impl SignUp {
    /// A new attempt in which everything is missing.
    pub fn new(
        id: SignUpId,
        required: Vec<Field>,
        optional: Vec<Field>,
        verify_email: bool,
        abandon_at: Timestamp,
    ) -> Self {
        Self {
            id,
            status: SignUpStatus::MissingRequirements,
            missing_fields: required.clone(),
            unverified_fields: if verify_email {
                vec![Field::EmailAddress]
            } else {
                Vec::new()
            },
            required_fields: required,
            optional_fields: optional,
            username: None,
            first_name: None,
            last_name: None,
            email_address: None,
            has_password: false,
            unsafe_metadata: Metadata {},
            locale: None,
            verifications: SignUpVerifications {
                email_address: None,
            },
            created_user_id: None,
            created_session_id: None,
            abandon_at,
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
    pub fn advance(mut self, event: SignUpEvent) -> Result<Self, ErrorCode> {
        if self.status != SignUpStatus::MissingRequirements {
            return Err(ErrorCode::AttemptNotFound);
        }
        match event {
            SignUpEvent::Filled {
                email_address,
                has_password,
                first_name,
                last_name,
                locale,
            } => {
                if let Some(email_address) = email_address {
                    self.take_email(email_address);
                }
                self.has_password |= has_password;
                self.first_name = first_name.or(self.first_name);
                self.last_name = last_name.or(self.last_name);
                self.locale = locale.or(self.locale);
                let missing = self
                    .required_fields
                    .iter()
                    .copied()
                    .filter(|field| !self.has(*field))
                    .collect();
                self.missing_fields = missing;
            }
            SignUpEvent::Prepared {
                strategy,
                expire_at,
                resend_at,
            } => {
                let verification = self.unverified_email()?;
                verification.status = VerificationStatus::Unverified;
                verification.strategy = Some(strategy);
                verification.attempts = 0;
                verification.expire_at = Some(expire_at);
                verification.resend_at = Some(resend_at);
                verification.error = None;
                "needs_attempt".clone_into(&mut verification.next_action);
            }
            SignUpEvent::Refused { error } => {
                let verification = self.unverified_email()?;
                verification.attempts += 1;
                verification.error = Some(error);
                verification.status = VerificationStatus::after(error);
            }
            SignUpEvent::Verified => {
                let verification = self.unverified_email()?;
                verification.status = VerificationStatus::Verified;
                verification.attempts += 1;
                verification.error = None;
                verification.next_action.clear();
                self.unverified_fields
                    .retain(|field| *field != Field::EmailAddress);
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

    fn has(&self, field: Field) -> bool {
        match field {
            Field::EmailAddress => self.email_address.is_some(),
            Field::Password => self.has_password,
            Field::FirstName => self
                .first_name
                .as_ref()
                .is_some_and(|name| !name.is_empty()),
            Field::LastName => self.last_name.as_ref().is_some_and(|name| !name.is_empty()),
        }
    }

    fn take_email(&mut self, email_address: String) {
        if self.email_address.as_ref() == Some(&email_address) {
            return;
        }
        let was_verified = self
            .verifications
            .email_address
            .as_ref()
            .is_some_and(|verification| verification.status == VerificationStatus::Verified);
        if was_verified && !self.unverified_fields.contains(&Field::EmailAddress) {
            self.unverified_fields.push(Field::EmailAddress);
        }
        self.email_address = Some(email_address);
        self.verifications.email_address = self
            .unverified_fields
            .contains(&Field::EmailAddress)
            .then(|| SignUpVerification {
                status: VerificationStatus::Unverified,
                strategy: None,
                attempts: 0,
                expire_at: None,
                resend_at: None,
                error: None,
                next_action: "needs_prepare".to_owned(),
                supported_strategies: vec![Strategy::EmailCode],
            });
    }

    fn unverified_email(&mut self) -> Result<&mut SignUpVerification, ErrorCode> {
        let is_open = self.unverified_fields.contains(&Field::EmailAddress);
        self.verifications
            .email_address
            .as_mut()
            .filter(|_| is_open)
            .ok_or(ErrorCode::VerificationInvalid)
    }
}
