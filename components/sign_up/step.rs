//! Which card comes next: what the attempt still needs, unless something else is to be seen.

use super::code::Sent;
use frontdesk_protocol::{
    Client, Environment, ErrorCode, Field, SignUp, SignUpMode, SignUpStatus, Strategy, Timestamp,
    VerificationStatus,
};

use crate::link::Landing;

/// A card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is known yet.
    Loading,
    /// Who, and with which password?
    Details,
    /// What is missing still.
    Continue,
    /// The code that was sent to the address.
    EmailCode,
    /// The link that was sent to the address.
    EmailLink,
    /// The code that was sent to the number.
    PhoneCode,
    /// The address or number has an account.
    Exists(Sent),
    /// What became of a link that was opened.
    Landing(Landing),
    /// Nobody may sign up without an invitation.
    Restricted,
    /// Nobody may sign up before they are let in from the waiting list.
    Waitlist,
    /// Somebody has signed up, and has something to do before the session is active.
    Task,
    /// Somebody is signed in.
    Done,
}

/// What is to be seen instead of what comes next by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The details again.
    Details,
    /// That the address or number has an account.
    Exists(Sent),
    /// What became of a link that was opened.
    Landing(Landing),
}

impl Step {
    /// The name in `data-step`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Details => "start",
            Self::Continue => "continue",
            Self::EmailCode => "code",
            Self::EmailLink => "link",
            Self::PhoneCode => "phone-code",
            Self::Exists(_) => "exists",
            Self::Landing(_) => "landing",
            Self::Restricted => "restricted",
            Self::Waitlist => "waitlist",
            Self::Task => "task",
            Self::Done => "done",
        }
    }
}

/// The card that comes next. Whoever has a `ticket`, or an attempt that one has begun, may sign up anywhere.
pub fn of(
    environment: Option<&Environment>,
    client: Option<&Client>,
    chosen: Option<Chosen>,
    has_ticket: bool,
    now: Timestamp,
) -> Step {
    let Some(environment) = environment else {
        return Step::Loading;
    };
    let is_signed_in = client.is_some_and(|client| client.active_session().is_some());
    if is_signed_in && environment.auth_config.single_session_mode {
        return Step::Done;
    }
    if client.and_then(Client::pending_session).is_some() {
        return Step::Task;
    }
    if let Some(Chosen::Landing(landing)) = chosen {
        return Step::Landing(landing);
    }
    let attempt = client.and_then(|client| attempt(client, now));
    if !has_ticket && attempt.is_none() {
        match environment.user_settings.sign_up.mode {
            SignUpMode::Restricted => return Step::Restricted,
            SignUpMode::Waitlist => return Step::Waitlist,
            SignUpMode::Public => {}
        }
    }
    match chosen {
        Some(Chosen::Details) => Step::Details,
        Some(Chosen::Exists(sent)) => Step::Exists(sent),
        Some(Chosen::Landing(landing)) => Step::Landing(landing),
        None => attempt.map_or(Step::Details, |attempt| needed(attempt, has_ticket)),
    }
}

/// What an attempt needs next: first what is to be proven, then what is missing. Who was invited has
/// seen nothing yet, and is asked for everything.
fn needed(attempt: &SignUp, has_ticket: bool) -> Step {
    for field in &attempt.unverified_fields {
        match field {
            Field::EmailAddress => return address(attempt),
            Field::PhoneNumber => return Step::PhoneCode,
            Field::Username
            | Field::Password
            | Field::FirstName
            | Field::LastName
            | Field::LegalAccepted
            | Field::Custom => {}
        }
    }
    if attempt.missing_fields.is_empty() || has_ticket || !is_begun(attempt) {
        Step::Details
    } else {
        Step::Continue
    }
}

/// How the address is verified: by a code where that is offered, unless a link was asked for.
fn address(attempt: &SignUp) -> Step {
    let Some(verification) = &attempt.verifications.email_address else {
        return Step::EmailCode;
    };
    let offers = |strategy| verification.supported_strategies.contains(&strategy);
    let is_asked_for = verification.strategy == Some(Strategy::EmailLink);
    if !offers(Strategy::EmailLink) || offers(Strategy::EmailCode) && !is_asked_for {
        return Step::EmailCode;
    }
    // Whoever opened the link reads the owner's mail, and may know.
    let error = verification.error.as_ref().map(|error| error.code);
    if error == Some(ErrorCode::FormIdentifierExists) {
        return Step::Exists(Sent::Email);
    }
    Step::EmailLink
}

/// Whether it is known who it is about, so that only what is missing is asked for.
fn is_begun(attempt: &SignUp) -> bool {
    let external = attempt.verifications.external_account.as_ref();
    external.is_some_and(|it| it.status == VerificationStatus::Verified)
        || attempt.email_address.is_some()
        || attempt.phone_number.is_some()
        || attempt.username.is_some()
}

/// The attempt under way, if it can be gone on with.
pub fn attempt(client: &Client, now: Timestamp) -> Option<&SignUp> {
    client.sign_up.as_ref().filter(|attempt| {
        attempt.status == SignUpStatus::MissingRequirements && attempt.abandon_at > now
    })
}
