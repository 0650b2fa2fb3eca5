//! Signing in: the attempt, and where it goes next.

use crate::{
    ApiError, ErrorCode, Factor, SessionId, SignInId, Strategy, Timestamp, Verification,
    VerificationStatus,
};

words! {
    /// What a sign-in waits for.
    pub enum SignInStatus {
        /// To be told who.
        NeedsIdentifier = "needs_identifier",
        /// A proof of one of the factors offered.
        NeedsFirstFactor = "needs_first_factor",
        /// A proof of one of the second factors.
        NeedsSecondFactor = "needs_second_factor",
        /// A proof of one of the second factors, because the browser is a new one.
        NeedsClientTrust = "needs_client_trust",
        /// Another password.
        NeedsNewPassword = "needs_new_password",
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
        /// What was typed to say who.
        pub identifier: Option<String>,
        /// The ways to prove it.
        pub supported_first_factors: Vec<Factor>,
        /// The ways to prove it once more.
        pub supported_second_factors: Vec<Factor>,
        /// How far the proof has come.
        pub first_factor_verification: Option<Verification>,
        /// How far the second proof has come.
        pub second_factor_verification: Option<Verification>,
        /// The session it ended in.
        pub created_session_id: Option<SessionId>,
        /// When it ends unfinished.
        pub abandon_at: Timestamp,
    }
    beyond {
        /// Kinds of identifier that work, e.g. `["email_address"]`.
        pub supported_identifiers: Vec<String>,
        /// What may be shown of the person.
        pub user_data: Option<UserData>,
        /// Whether a refusal tells the client that whoever proved it has no account.
        pub sign_up_if_missing: Option<bool>,
    }
}

/// Where a proof leads.
#[derive(Clone, Debug)]
pub enum Next {
    /// To the end: a session was made.
    Session(SessionId),
    /// To one more proof.
    SecondFactor(Vec<Factor>),
    /// To one more proof, because the browser is a new one.
    ClientTrust(Vec<Factor>),
    /// To another password.
    NewPassword,
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
    /// A code was sent, or would have been; or a provider or a passkey is to be asked.
    Prepared(Prepared),
    /// A proof was wrong.
    Refused {
        /// Which way.
        strategy: Strategy,
        /// What was wrong with it.
        error: ErrorCode,
    },
    /// Somebody proved who they are, but nobody here is that.
    Transferable {
        /// Which way.
        strategy: Strategy,
    },
    /// A sign-up took over from there.
    Transferred,
    /// The first proof was right.
    Proved {
        /// Which way.
        strategy: Strategy,
        /// What comes next.
        next: Next,
    },
    /// Another password was chosen.
    PasswordReset {
        /// What comes next.
        next: Next,
    },
    /// The second proof was right, and a session was made.
    SecondProved {
        /// Which way.
        strategy: Strategy,
        /// The session.
        session: SessionId,
    },
}

/// A proof that is under way.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// How it goes.
    pub strategy: Strategy,
    /// When it ends.
    pub expire_at: Timestamp,
    /// When a new one may be asked for.
    pub resend_at: Option<Timestamp>,
    /// Where the provider is.
    pub url: Option<String>,
    /// What a passkey is asked for, as JSON.
    pub nonce: Option<String>,
}

impl SignIn {
    /// A new attempt that knows nothing.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new(id: SignInId, identifiers: Vec<String>, abandon_at: Timestamp) -> Self {
        Self {
            id,
            status: SignInStatus::NeedsIdentifier,
            identifier: None,
            supported_first_factors: Vec::new(),
            supported_second_factors: Vec::new(),
            first_factor_verification: None,
            second_factor_verification: None,
            created_session_id: None,
            abandon_at,
            supported_identifiers: identifiers,
            user_data: None,
            sign_up_if_missing: None,
        }
    }

    /// The attempt after `event`.
    ///
    /// # Errors
    /// `StrategyInvalid` where the way was not offered, `AttemptNotFound` where the event cannot happen now.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn advance(mut self, event: SignInEvent) -> Result<Self, ErrorCode> {
        use SignInStatus as Now;
        match (self.status, event) {
            (
                Now::NeedsIdentifier | Now::NeedsFirstFactor,
                SignInEvent::Identified {
                    identifier,
                    first_factors,
                },
            ) => {
                self.status = Now::NeedsFirstFactor;
                self.identifier = Some(identifier);
                self.supported_first_factors = first_factors;
                self.first_factor_verification = None;
            }
            (Now::NeedsIdentifier | Now::NeedsFirstFactor, SignInEvent::Prepared(prepared)) => {
                self.offers_first(prepared.strategy)?;
                // A passkey says who as well, so nobody needs to be named any more.
                if prepared.strategy == Strategy::Passkey {
                    self.status = Now::NeedsFirstFactor;
                }
                self.first_factor_verification = Some(Verification::begun(prepared));
            }
            (Now::NeedsSecondFactor | Now::NeedsClientTrust, SignInEvent::Prepared(prepared)) => {
                self.offers_second(prepared.strategy)?;
                self.second_factor_verification = Some(Verification::begun(prepared));
            }
            (
                Now::NeedsIdentifier | Now::NeedsFirstFactor,
                SignInEvent::Refused { strategy, error },
            ) => {
                self.offers_first(strategy)?;
                let before = self.first_factor_verification.take();
                self.first_factor_verification =
                    Some(Verification::refused(before, strategy, error));
            }
            (
                Now::NeedsSecondFactor | Now::NeedsClientTrust,
                SignInEvent::Refused { strategy, error },
            ) => {
                self.offers_second(strategy)?;
                let before = self.second_factor_verification.take();
                self.second_factor_verification =
                    Some(Verification::refused(before, strategy, error));
            }
            (
                Now::NeedsIdentifier | Now::NeedsFirstFactor,
                SignInEvent::Transferable { strategy },
            ) => {
                self.offers_first(strategy)?;
                let before = self.first_factor_verification.take();
                let error = if matches!(strategy, Strategy::OAuth(_)) {
                    ErrorCode::ExternalAccountNotFound
                } else {
                    ErrorCode::FormIdentifierNotFound
                };
                self.first_factor_verification = Some(Verification {
                    status: VerificationStatus::Transferable,
                    error: Some(ApiError::of(error)),
                    ..Verification::proved(before, strategy)
                });
            }
            (Now::NeedsIdentifier | Now::NeedsFirstFactor, SignInEvent::Transferred) => {
                let before = self.first_factor_verification.take();
                let before = before.filter(|it| it.status == VerificationStatus::Transferable);
                let before = before.ok_or(ErrorCode::VerificationInvalid)?;
                let strategy = before.strategy;
                self.first_factor_verification = Some(Verification::proved(Some(before), strategy));
            }
            (
                Now::NeedsIdentifier | Now::NeedsFirstFactor,
                SignInEvent::Proved { strategy, next },
            ) => {
                self.offers_first(strategy)?;
                let before = self.first_factor_verification.take();
                self.first_factor_verification = Some(Verification::proved(before, strategy));
                self.go_on(next);
            }
            (Now::NeedsNewPassword, SignInEvent::PasswordReset { next }) => self.go_on(next),
            (
                Now::NeedsSecondFactor | Now::NeedsClientTrust,
                SignInEvent::SecondProved { strategy, session },
            ) => {
                self.offers_second(strategy)?;
                let before = self.second_factor_verification.take();
                self.second_factor_verification = Some(Verification::proved(before, strategy));
                self.go_on(Next::Session(session));
            }
            _ => return Err(ErrorCode::AttemptNotFound),
        }
        Ok(self)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn go_on(&mut self, next: Next) {
        self.status = match next {
            Next::Session(session) => {
                self.created_session_id = Some(session);
                SignInStatus::Complete
            }
            Next::SecondFactor(factors) => {
                self.supported_second_factors = factors;
                SignInStatus::NeedsSecondFactor
            }
            Next::ClientTrust(factors) => {
                self.supported_second_factors = factors;
                SignInStatus::NeedsClientTrust
            }
            Next::NewPassword => SignInStatus::NeedsNewPassword,
        };
    }

    /// Ways that say who as well need no identifier before.
    #[cfg(not(target_arch = "wasm32"))]
    fn offers_first(&self, strategy: Strategy) -> Result<(), ErrorCode> {
        let is_whole = matches!(
            strategy,
            Strategy::Passkey | Strategy::Ticket | Strategy::OAuth(_)
        );
        if is_whole || offers(&self.supported_first_factors, strategy) {
            Ok(())
        } else {
            Err(ErrorCode::StrategyInvalid)
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn offers_second(&self, strategy: Strategy) -> Result<(), ErrorCode> {
        if offers(&self.supported_second_factors, strategy) {
            Ok(())
        } else {
            Err(ErrorCode::StrategyInvalid)
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn offers(factors: &[Factor], strategy: Strategy) -> bool {
    factors.iter().any(|factor| factor.strategy == strategy)
}

impl Verification {
    /// One that is under way.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn begun(prepared: Prepared) -> Self {
        Self {
            status: VerificationStatus::Unverified,
            strategy: prepared.strategy,
            attempts: 0,
            expire_at: Some(prepared.expire_at),
            resend_at: prepared.resend_at,
            error: None,
            external_verification_redirect_url: prepared.url,
            nonce: prepared.nonce,
            #[cfg(not(target_arch = "wasm32"))]
            verified_at_client: None,
        }
    }

    /// What `before` becomes after a wrong proof by `strategy`.
    ///
    /// Why, only a proof that ends on another page keeps: of the others, the answer has told it.
    #[must_use]
    pub fn refused(before: Option<Self>, strategy: Strategy, error: ErrorCode) -> Self {
        let is_elsewhere = matches!(strategy, Strategy::OAuth(_));
        Self {
            status: VerificationStatus::after(error),
            error: is_elsewhere.then(|| ApiError::of(error)),
            ..Self::tried(before, strategy)
        }
    }

    /// What `before` becomes after a right proof by `strategy`.
    #[must_use]
    pub fn proved(before: Option<Self>, strategy: Strategy) -> Self {
        Self {
            resend_at: None,
            ..Self::tried(before, strategy)
        }
    }

    fn tried(before: Option<Self>, strategy: Strategy) -> Self {
        let before = before.filter(|before| before.strategy == strategy);
        Self {
            status: VerificationStatus::Verified,
            strategy,
            attempts: before.as_ref().map_or(0, |before| before.attempts) + 1,
            expire_at: before.as_ref().and_then(|before| before.expire_at),
            resend_at: before.as_ref().and_then(|before| before.resend_at),
            error: None,
            #[cfg(not(target_arch = "wasm32"))]
            verified_at_client: before.and_then(|before| before.verified_at_client),
            #[cfg(not(target_arch = "wasm32"))]
            external_verification_redirect_url: None,
            #[cfg(not(target_arch = "wasm32"))]
            nonce: None,
        }
    }
}
