//! Which card comes next: what the attempt waits for, unless the person chose otherwise.

use frontdesk_protocol::{
    Client, Environment, Factor, SignIn, SignInStatus, Strategy, Task, Timestamp, Verification,
};

use crate::link::Landing;

/// A card, as far as the first one is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is known yet.
    Loading,
    /// Who?
    Identifier,
    /// Any other card.
    Later(Later),
}

/// A card after the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// A proof.
    Proof(Round, Strategy),
    /// The other ways to prove it.
    Methods {
        /// Which proof.
        round: Round,
        /// The way that was there before.
        instead_of: Strategy,
    },
    /// Whom to write to.
    Help {
        /// Which proof.
        round: Round,
        /// The way that was there before the other ways.
        instead_of: Strategy,
    },
    /// Another password.
    NewPassword,
    /// What is to be done before the session is active.
    Task(Task),
    /// Which of the people who are signed in?
    Accounts,
    /// What became of a link that was opened.
    Landing(Landing),
    /// Somebody is signed in.
    Done,
}

/// Which proof it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// The one that says who.
    First,
    /// The one after that.
    Second,
}

impl Round {
    /// The ways that are offered for it.
    pub fn factors(self, attempt: &SignIn) -> &[Factor] {
        match self {
            Self::First => &attempt.supported_first_factors,
            Self::Second => &attempt.supported_second_factors,
        }
    }

    /// The way `strategy`, if it is offered.
    pub fn factor(self, attempt: &SignIn, strategy: Strategy) -> Option<&Factor> {
        let mut factors = self.factors(attempt).iter();
        factors.find(|factor| factor.strategy == strategy)
    }

    /// How far it has come.
    pub fn verification(self, attempt: &SignIn) -> Option<&Verification> {
        match self {
            Self::First => attempt.first_factor_verification.as_ref(),
            Self::Second => attempt.second_factor_verification.as_ref(),
        }
    }

    /// What was begun, or else what `preferred` says, or else what is offered first.
    fn next(self, attempt: &SignIn, preferred: &[Strategy]) -> Option<Strategy> {
        let is_offered = |strategy: &Strategy| self.factor(attempt, *strategy).is_some();
        let begun = self.verification(attempt).map(|it| it.strategy);
        let preferred = preferred.iter().copied().find(is_offered);
        let first = || {
            let mut ways = self.factors(attempt).iter().map(|factor| factor.strategy);
            ways.find(|strategy| is_beginning(*strategy))
        };
        begun
            .filter(is_offered)
            .filter(|strategy| has_card(*strategy))
            .or(preferred)
            .or_else(first)
    }
}

impl Later {
    /// The name in `data-step`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proof(_, strategy) => match strategy {
                Strategy::Password => "password",
                Strategy::EmailCode | Strategy::PhoneCode => "code",
                Strategy::EmailLink => "link",
                Strategy::Passkey => "passkey",
                Strategy::Totp => "totp",
                Strategy::BackupCode => "backup-code",
                Strategy::ResetPasswordEmailCode | Strategy::ResetPasswordPhoneCode => "reset",
                Strategy::Ticket | Strategy::OAuth(_) => "loading",
            },
            Self::Methods { .. } => "methods",
            Self::Help { .. } => "help",
            Self::NewPassword => "new-password",
            Self::Task(task) => task.as_str(),
            Self::Accounts => "accounts",
            Self::Landing(_) => "landing",
            Self::Done => "done",
        }
    }

    /// How many cards it is from the first one.
    pub fn depth(self) -> u8 {
        match self {
            Self::Methods { .. } => 2,
            Self::Help { .. } => 3,
            Self::Proof(..)
            | Self::NewPassword
            | Self::Task(_)
            | Self::Accounts
            | Self::Landing(_)
            | Self::Done => 1,
        }
    }

    fn round(self) -> Option<Round> {
        match self {
            Self::Proof(round, _) | Self::Methods { round, .. } | Self::Help { round, .. } => {
                Some(round)
            }
            Self::NewPassword | Self::Task(_) | Self::Accounts | Self::Landing(_) | Self::Done => {
                None
            }
        }
    }
}

/// The card that comes next.
pub fn of(
    environment: Option<&Environment>,
    client: Option<&Client>,
    chosen: Option<Step>,
    now: Timestamp,
) -> Step {
    let Some(environment) = environment else {
        return Step::Loading;
    };
    let is_signed_in = client.is_some_and(|client| client.active_session().is_some());
    match chosen {
        // Codes that are shown once stay until the person has seen them.
        Some(Step::Loading | Step::Later(Later::Task(_) | Later::Landing(_))) => {
            return chosen.unwrap_or(Step::Loading);
        }
        Some(Step::Later(Later::Done)) if is_signed_in => return Step::Later(Later::Done),
        Some(Step::Identifier | Step::Later(_)) | None => {}
    }
    let pending = client.and_then(Client::pending_session);
    if let Some(task) = pending.and_then(|session| session.tasks.first()) {
        return Step::Later(Later::Task(task.key));
    }
    if is_signed_in && environment.auth_config.single_session_mode {
        return Step::Later(Later::Done);
    }
    if chosen == Some(Step::Identifier) {
        return Step::Identifier;
    }
    let Some(attempt) = client.and_then(|client| attempt(client, now)) else {
        return if is_signed_in {
            Step::Later(Later::Accounts)
        } else {
            Step::Identifier
        };
    };
    let Some(round) = round(attempt) else {
        return Step::Later(Later::NewPassword);
    };
    match chosen {
        Some(Step::Later(later)) if later.round() == Some(round) => Step::Later(later),
        Some(Step::Loading | Step::Identifier | Step::Later(_)) | None => {
            let preferred = match round {
                Round::First => preferred(environment),
                Round::Second => &[],
            };
            round
                .next(attempt, preferred)
                .map_or(Step::Identifier, |strategy| {
                    Step::Later(Later::Proof(round, strategy))
                })
        }
    }
}

/// The attempt under way, if it can be gone on with. Before somebody is named it is the first card's.
pub fn attempt(client: &Client, now: Timestamp) -> Option<&SignIn> {
    client.sign_in.as_ref().filter(|attempt| {
        let is_begun = match attempt.status {
            SignInStatus::NeedsFirstFactor => attempt.identifier.is_some(),
            SignInStatus::NeedsSecondFactor
            | SignInStatus::NeedsClientTrust
            | SignInStatus::NeedsNewPassword => true,
            SignInStatus::NeedsIdentifier | SignInStatus::Complete => false,
        };
        is_begun && attempt.abandon_at > now
    })
}

/// The proof that the attempt waits for; none where it waits for another password.
fn round(attempt: &SignIn) -> Option<Round> {
    match attempt.status {
        SignInStatus::NeedsIdentifier | SignInStatus::NeedsFirstFactor => Some(Round::First),
        SignInStatus::NeedsSecondFactor | SignInStatus::NeedsClientTrust => Some(Round::Second),
        SignInStatus::NeedsNewPassword | SignInStatus::Complete => None,
    }
}

fn preferred(environment: &Environment) -> &'static [Strategy] {
    if environment.display_config.preferred_sign_in_strategy == "otp" {
        &[
            Strategy::EmailCode,
            Strategy::PhoneCode,
            Strategy::EmailLink,
        ]
    } else {
        &[Strategy::Password]
    }
}

/// Whether there is a card for the way.
pub fn has_card(strategy: Strategy) -> bool {
    !matches!(strategy, Strategy::Ticket | Strategy::OAuth(_))
}

/// Whether it is a way to begin with: who signs in does not mean to choose another password.
fn is_beginning(strategy: Strategy) -> bool {
    has_card(strategy) && !is_reset(strategy)
}

/// Whether the way leads to another password.
pub fn is_reset(strategy: Strategy) -> bool {
    matches!(
        strategy,
        Strategy::ResetPasswordEmailCode | Strategy::ResetPasswordPhoneCode
    )
}
