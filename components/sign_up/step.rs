//! Which card comes next: what the attempt still needs, unless something else is to be seen.

use frontdesk_protocol::{Client, Environment, Field, SignUp, SignUpMode, SignUpStatus, Timestamp};

/// A card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is known yet.
    Loading,
    /// Who, and with which password?
    Details,
    /// The code that was sent to the address.
    EmailCode,
    /// The address has an account.
    Exists,
    /// Nobody may sign up.
    Restricted,
    /// Somebody is signed in.
    Done,
}

/// What is to be seen instead of what comes next by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The details again.
    Details,
    /// That the address has an account.
    Exists,
}

impl Step {
    /// The name in `data-step`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Details => "start",
            Self::EmailCode => "code",
            Self::Exists => "exists",
            Self::Restricted => "restricted",
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
    match environment.user_settings.sign_up.mode {
        SignUpMode::Restricted | SignUpMode::Waitlist => return Step::Restricted,
        SignUpMode::Public => {}
    }
    match chosen {
        Some(Chosen::Details) => Step::Details,
        Some(Chosen::Exists) => Step::Exists,
        None => {
            let waits_for_code =
                client
                    .and_then(|client| attempt(client, now))
                    .is_some_and(|attempt| {
                        attempt.missing_fields.is_empty()
                            && attempt.unverified_fields.contains(&Field::EmailAddress)
                    });
            if waits_for_code {
                Step::EmailCode
            } else {
                Step::Details
            }
        }
    }
}

/// The attempt under way, if it can be gone on with.
pub fn attempt(client: &Client, now: Timestamp) -> Option<&SignUp> {
    client.sign_up.as_ref().filter(|attempt| {
        attempt.status == SignUpStatus::MissingRequirements && attempt.abandon_at > now
    })
}
