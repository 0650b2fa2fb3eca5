//! The ways to prove who signs in: one file for each, one arm here.

mod email_code;
mod password;

use frontdesk_protocol::{ErrorCode, Factor, Proof, SignIn, SignInEvent, Strategy};

use crate::app::App;
use crate::error::Error;
use crate::store::{Budget, Loaded, Person};
use crate::wire::Caller;

/// A sign-in that somebody is to prove.
#[derive(Debug)]
pub struct Attempt {
    /// Where it stands.
    pub loaded: Loaded<SignIn>,
    /// Who it is about.
    pub person: Person,
    /// The browser.
    pub client: String,
}

/// What a right proof leaves to be done, in the same change as what it allows.
#[derive(Debug)]
pub struct Proved {
    /// The code's hash, to be spent.
    pub code: Option<String>,
    /// Budgets to give back.
    pub forgiven: Vec<Budget>,
}

/// The ways offered for an address, the same whether anybody has it or not.
pub fn offered(app: &App, person: &Person) -> Vec<Factor> {
    vec![Factor::Password, email_code::factor(app, person)]
}

/// Sends what a factor needs to be proven.
///
/// # Errors
/// `StrategyInvalid` where there is nothing to send, `TooManyRequests`.
pub async fn prepare(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
) -> Result<SignIn, Error> {
    match strategy {
        Strategy::Password => Err(ErrorCode::StrategyInvalid.into()),
        Strategy::EmailCode => email_code::prepare(caller, attempt).await,
    }
}

/// Checks a proof.
///
/// # Errors
/// `FormPasswordIncorrect`, `FormCodeIncorrect`, `VerificationExpired`, `VerificationFailed`, `TooManyRequests`.
pub async fn verify(caller: &Caller, attempt: &Attempt, proof: &Proof) -> Result<Proved, Error> {
    match proof {
        Proof::Password(password) => password::verify(caller, attempt, password).await,
        Proof::EmailCode(code) => email_code::verify(caller, attempt, code).await,
    }
}

/// Notes a wrong proof in the attempt, and answers with why.
async fn refuse(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
    code: ErrorCode,
    field: &str,
) -> Result<Error, Error> {
    let before = attempt.loaded.step.clone();
    let after = before.advance(SignInEvent::Refused {
        strategy,
        error: code,
    })?;
    // If another request moved the attempt on, that one tells the story.
    caller
        .app
        .store
        .advance(&attempt.loaded.to(&after)?)
        .await?;
    Ok(Error::at(code, field))
}
