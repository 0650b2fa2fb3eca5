//! Which card comes next: what the attempt waits for, unless the person chose otherwise.

use frontdesk_protocol::{Client, Environment, SignIn, SignInStatus, Strategy, Timestamp};

/// A card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is known yet.
    Loading,
    /// Who?
    Identifier,
    /// A proof.
    Factor(Strategy),
    /// The other ways to prove it.
    Methods {
        /// The way that was there before.
        instead_of: Strategy,
    },
    /// Somebody is signed in.
    Done,
}

/// What a person chose instead of what comes next by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// To say again who they are.
    Identifier,
    /// To see the other ways.
    Methods {
        /// The way that was there before.
        instead_of: Strategy,
    },
    /// This way.
    Factor(Strategy),
}

impl Step {
    /// Whether nothing but the first card is needed for it.
    pub fn is_first(self) -> bool {
        matches!(self, Self::Loading | Self::Identifier)
    }

    /// The name in `data-step`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading
            | Self::Factor(
                Strategy::Passkey
                | Strategy::EmailLink
                | Strategy::PhoneCode
                | Strategy::Totp
                | Strategy::BackupCode
                | Strategy::ResetPasswordEmailCode
                | Strategy::ResetPasswordPhoneCode
                | Strategy::Ticket
                | Strategy::OAuth(_),
            ) => "loading",
            Self::Identifier => "start",
            Self::Factor(Strategy::Password) => "password",
            Self::Factor(Strategy::EmailCode) => "code",
            Self::Methods { .. } => "methods",
            Self::Done => "done",
        }
    }
}

/// The card that comes next.
pub fn of(
    environment: Option<&Environment>,
    client: Option<&Client>,
    chosen: Option<Chosen>,
    now: Timestamp,
) -> Step {
    let Some(environment) = environment else {
        return Step::Loading;
    };
    let is_signed_in = client.is_some_and(|client| client.active_session().is_some());
    if is_signed_in && environment.auth_config.single_session_mode {
        return Step::Done;
    }
    let Some(attempt) = client.and_then(|client| attempt(client, now)) else {
        return Step::Identifier;
    };
    match chosen {
        Some(Chosen::Identifier) => Step::Identifier,
        Some(Chosen::Methods { instead_of }) => Step::Methods { instead_of },
        Some(Chosen::Factor(strategy)) => Step::Factor(strategy),
        None => first_factor(environment, attempt).map_or(Step::Identifier, Step::Factor),
    }
}

/// The attempt under way, if it can be gone on with.
pub fn attempt(client: &Client, now: Timestamp) -> Option<&SignIn> {
    client.sign_in.as_ref().filter(|attempt| {
        attempt.status == SignInStatus::NeedsFirstFactor && attempt.abandon_at > now
    })
}

/// What was begun, or else what the settings prefer, or else what is offered first.
fn first_factor(environment: &Environment, attempt: &SignIn) -> Option<Strategy> {
    let begun = attempt
        .first_factor_verification
        .as_ref()
        .map(|verification| verification.strategy);
    let is_by_code = environment.display_config.preferred_sign_in_strategy == "otp";
    let preferred = if is_by_code {
        Strategy::EmailCode
    } else {
        Strategy::Password
    };
    let is_offered = |strategy: &Strategy| {
        attempt
            .supported_first_factors
            .iter()
            .any(|factor| factor.strategy == *strategy)
    };
    begun
        .filter(is_offered)
        .or(Some(preferred).filter(is_offered))
        .or_else(|| Some(attempt.supported_first_factors.first()?.strategy))
}
