//! Signing in: the attempt, and where it goes next.

use crate::{
    ErrorCode, Factor, SessionId, SignInId, Strategy, Timestamp, Verification, VerificationStatus,
};

words! {
    /// What a sign-in waits for.
    pub enum SignInStatus {
        /// To be told who.
        NeedsIdentifier = "needs_identifier",
        /// A proof of one of the factors offered.
        NeedsFirstFactor = "needs_first_factor",
        /// Nothing: `created_session_id` says how it ended.
        Complete = "complete",
    }
}

resource! {
    /// What a sign-in shows of the person before they have proven anything: nothing but what they typed.
    pub struct UserData {
        /// The first name; only where enumeration protection is off.
        pub first_name: Option<String>,
        /// The last name; only where enumeration protection is off.
        pub last_name: Option<String>,
        /// Where the picture is.
        pub image_url: String,
        /// Whether there is a picture.
        pub has_image: bool,
    }
}

resource! {
    /// A sign-in attempt. It is both what the server stores and what the browser draws.
    "sign_in_attempt" => pub struct SignIn {
        /// Its id.
        pub id: SignInId,
        /// What it waits for.
        pub status: SignInStatus,
        /// Kinds of identifier that work, e.g. `["email_address"]`.
        pub supported_identifiers: Vec<String>,
        /// What was typed to say who.
        pub identifier: Option<String>,
        /// What may be shown of the person.
        pub user_data: Option<UserData>,
        /// The ways to prove it.
        pub supported_first_factors: Vec<Factor>,
        /// Second factors; none yet.
        pub supported_second_factors: Vec<Factor>,
        /// How far the proof has come.
        pub first_factor_verification: Option<Verification>,
        /// How far the second proof has come; none yet.
        pub second_factor_verification: Option<Verification>,
        /// The session it ended in.
        pub created_session_id: Option<SessionId>,
        /// When it ends unfinished.
        pub abandon_at: Timestamp,
    }
}

/// What happened to a sign-in.
#[derive(Clone, Debug)]
pub enum SignInEvent {
    /// Somebody said who they are.
    Identified {
        /// What they typed.
        identifier: String,
        /// The ways offered to prove it; the same for people who have no account.
        first_factors: Vec<Factor>,
    },
    /// A code was sent, or would have been.
    Prepared {
        /// How the code went.
        strategy: Strategy,
        /// When the code ends.
        expire_at: Timestamp,
        /// When a new one may be asked for.
        resend_at: Timestamp,
    },
    /// A proof was wrong.
    Refused {
        /// Which way.
        strategy: Strategy,
        /// `FormPasswordIncorrect`, `FormCodeIncorrect`, `VerificationExpired` or `VerificationFailed`.
        error: ErrorCode,
    },
    /// A proof was right, and a session was made.
    Proved {
        /// Which way.
        strategy: Strategy,
        /// The session.
        session: SessionId,
    },
}

impl SignIn {
    /// A new attempt that knows nothing.
    pub fn new(id: SignInId, abandon_at: Timestamp) -> Self {
        Self {
            id,
            status: SignInStatus::NeedsIdentifier,
            supported_identifiers: vec!["email_address".to_owned()],
            identifier: None,
            user_data: None,
            supported_first_factors: Vec::new(),
            supported_second_factors: Vec::new(),
            first_factor_verification: None,
            second_factor_verification: None,
            created_session_id: None,
            abandon_at,
        }
    }

    /// The attempt after `event`.
    ///
    /// # Errors
    /// `StrategyInvalid` where the way was not offered, `AttemptNotFound` where the event cannot happen now.
    pub fn advance(mut self, event: SignInEvent) -> Result<Self, ErrorCode> {
        match (self.status, event) {
            (
                SignInStatus::NeedsIdentifier | SignInStatus::NeedsFirstFactor,
                SignInEvent::Identified {
                    identifier,
                    first_factors,
                },
            ) => {
                self.status = SignInStatus::NeedsFirstFactor;
                self.identifier = Some(identifier);
                self.supported_first_factors = first_factors;
                self.first_factor_verification = None;
                Ok(self)
            }
            (
                SignInStatus::NeedsFirstFactor,
                SignInEvent::Prepared {
                    strategy,
                    expire_at,
                    resend_at,
                },
            ) => {
                self.offers(strategy)?;
                self.first_factor_verification = Some(Verification {
                    status: VerificationStatus::Unverified,
                    strategy,
                    attempts: 0,
                    expire_at: Some(expire_at),
                    resend_at: Some(resend_at),
                    error: None,
                });
                Ok(self)
            }
            (SignInStatus::NeedsFirstFactor, SignInEvent::Refused { strategy, error }) => {
                self.offers(strategy)?;
                self.first_factor_verification = Some(Verification::refused(
                    self.first_factor_verification,
                    strategy,
                    error,
                ));
                Ok(self)
            }
            (SignInStatus::NeedsFirstFactor, SignInEvent::Proved { strategy, session }) => {
                self.offers(strategy)?;
                self.status = SignInStatus::Complete;
                self.first_factor_verification = Some(Verification::proved(
                    self.first_factor_verification,
                    strategy,
                ));
                self.created_session_id = Some(session);
                Ok(self)
            }
            _ => Err(ErrorCode::AttemptNotFound),
        }
    }

    fn offers(&self, strategy: Strategy) -> Result<(), ErrorCode> {
        let is_offered = self
            .supported_first_factors
            .iter()
            .any(|factor| factor.strategy() == strategy);
        if is_offered {
            Ok(())
        } else {
            Err(ErrorCode::StrategyInvalid)
        }
    }
}

impl Verification {
    /// What `before` becomes after a wrong proof by `strategy`.
    #[must_use]
    pub fn refused(before: Option<Self>, strategy: Strategy, error: ErrorCode) -> Self {
        let before = before.filter(|before| before.strategy == strategy);
        let status = VerificationStatus::after(error);
        Self {
            status,
            strategy,
            attempts: before.as_ref().map_or(0, |before| before.attempts) + 1,
            expire_at: before.as_ref().and_then(|before| before.expire_at),
            resend_at: before.and_then(|before| before.resend_at),
            error: Some(error),
        }
    }

    /// What `before` becomes after a right proof by `strategy`.
    #[must_use]
    pub fn proved(before: Option<Self>, strategy: Strategy) -> Self {
        let before = before.filter(|before| before.strategy == strategy);
        Self {
            status: VerificationStatus::Verified,
            strategy,
            attempts: before.as_ref().map_or(0, |before| before.attempts) + 1,
            expire_at: before.and_then(|before| before.expire_at),
            resend_at: None,
            error: None,
        }
    }
}
