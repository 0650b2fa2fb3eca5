//! Proving once more who one is, in a session of the browser.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptFactor, ErrorCode, PrepareFactor, SessionVerification, SessionVerificationEvent,
    SessionVerificationStatus, StartVerification, Strategy, User, VerificationLevel,
};

use super::sign_ins::{proof, strategy};
use crate::error::Error;
use crate::factor::{self, Attempt, Proved};
use crate::resource;
use crate::store::{Ending, Identifier, Person, Reproven, StoredSession};
use crate::wire::{Body, Caller};

/// `POST /v1/client/sessions/{id}/verify`: begins to prove a session once more.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `FormParamValueInvalid` where there is no such level.
pub async fn start(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<StartVerification>,
) -> Result<Response, Error> {
    let session = caller.live_session(&id)?;
    let level = match command.level.as_deref() {
        None => caller.app.settings().sessions.reverification.level,
        Some(word) => VerificationLevel::parse(word)
            .ok_or_else(|| Error::at(ErrorCode::FormParamValueInvalid, "level"))?,
    };
    let app = &caller.app;
    let user = app.store.user(&session.user).await?;
    let user = user.ok_or(ErrorCode::ResourceNotFound)?;
    let second = factor::second(app, &user.id).await?;
    let first = factor::first(app, &user, &second);
    let lifetime_s = app.settings().verification.attempt_lifetime_s;
    let ends = caller.now.plus_s(lifetime_s);
    let step = SessionVerification::new(session.id.clone(), level, (first, second), ends);
    let person = person(app.store.locale(&user.id).await?, &user);
    let client = &caller.known()?.id;
    app.store.begin_step_up(client, &step, &person).await?;
    answer(caller, step).await
}

/// `POST /v1/client/sessions/{id}/verify/prepare_first_factor` and `…/prepare_second_factor`: sends a code, or asks
/// for a passkey.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `VerificationInvalid` where nothing was begun, `StrategyInvalid`,
/// `TooManyRequests`.
pub async fn prepare(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<PrepareFactor>,
) -> Result<Response, Error> {
    let (_, attempt) = load(&caller, &id).await?;
    let strategy = strategy(command.strategy.as_deref())?;
    let step = factor::send(&caller, &attempt, strategy, &command).await?;
    answer(caller, step).await
}

/// `POST /v1/client/sessions/{id}/verify/attempt_first_factor`: checks a proof, and notes it in the session.
///
/// # Errors
/// Those of [`prepare`], `FormParamNil`, `FormPasswordIncorrect`, `FormCodeIncorrect`, `VerificationExpired`,
/// `VerificationFailed`, `PasskeyInvalid`, `PasskeyNotRegistered`.
pub async fn attempt(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<AttemptFactor>,
) -> Result<Response, Error> {
    let event = |strategy, is_double| SessionVerificationEvent::Proved {
        strategy,
        is_double,
    };
    prove(caller, &id, &command, event).await
}

/// `POST /v1/client/sessions/{id}/verify/attempt_second_factor`: checks one more proof, and notes it in the session.
///
/// # Errors
/// Those of [`prepare`], `FormParamNil`, `FormCodeIncorrect`, `VerificationExpired`, `VerificationFailed`.
pub async fn attempt_second(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<AttemptFactor>,
) -> Result<Response, Error> {
    let event = |strategy, _| SessionVerificationEvent::SecondProved { strategy };
    prove(caller, &id, &command, event).await
}

async fn prove(
    mut caller: Caller,
    id: &str,
    command: &AttemptFactor,
    event: impl Fn(Strategy, bool) -> SessionVerificationEvent + Send,
) -> Result<Response, Error> {
    let (session, attempt) = load(&caller, id).await?;
    let proof = proof(command)?;
    // Whether this is the moment for it is known before anything is counted or compared.
    let step = &attempt.loaded.step;
    step.clone().advance(event(proof.strategy, false))?;
    let proved = factor::verify(&caller, &attempt, &proof).await?;
    let after = step
        .clone()
        .advance(event(proof.strategy, proved.is_double))?;
    caller.prepare_rotation()?;
    note(&caller, &session, &attempt, &after, &proved).await?;
    answer(caller, after).await
}

/// Uses the proof up and notes it in the session, both or neither.
async fn note(
    caller: &Caller,
    session: &StoredSession,
    attempt: &Attempt<SessionVerification>,
    after: &SessionVerification,
    proved: &Proved,
) -> Result<(), Error> {
    if proved.user != session.user {
        return Err(ErrorCode::VerificationInvalid.into());
    }
    let is_first = attempt.loaded.step.status == SessionVerificationStatus::NeedsFirstFactor;
    let ending = Ending {
        step: &attempt.loaded.to(after)?,
        spends: &proved.spends,
        forgiven: &proved.forgiven,
        notices: &[],
    };
    let noted = Reproven {
        session,
        is_first,
        is_second: !is_first || proved.is_double,
        is_alone: after.supported_second_factors.is_empty(),
        rotation: caller.rotation()?,
    };
    let store = &caller.app.store;
    if store.reprove(ending, noted, caller.cause()).await? {
        Ok(())
    } else {
        Err(ErrorCode::VerificationInvalid.into())
    }
}

/// What tries are counted by: what the user signs in by.
fn person(locale: Option<String>, user: &User) -> Person {
    let email = user.primary_email().map(str::to_owned);
    let number = user.phone_numbers.first();
    let number = number.map(|number| number.phone_number.clone());
    Person {
        identifier: email
            .map(Identifier::Email)
            .or(number.map(Identifier::Phone))
            .or(user.username.clone().map(Identifier::Username)),
        user: Some(user.id.clone()),
        locale,
        ..Person::default()
    }
}

/// A session of the browser, and its step-up.
async fn load(
    caller: &Caller,
    id: &str,
) -> Result<(StoredSession, Attempt<SessionVerification>), Error> {
    let session = caller.live_session(id)?;
    let browser = caller.known()?;
    let store = &caller.app.store;
    let loaded = store.step_up(&session.id, &browser.id, caller.now).await?;
    let attempt = Attempt {
        loaded: loaded.ok_or(ErrorCode::VerificationInvalid)?,
        client: browser.id.to_string(),
    };
    Ok((session, attempt))
}

/// Answers with the step-up, and the session as it is now.
async fn answer(caller: Caller, mut step: SessionVerification) -> Result<Response, Error> {
    let client = caller.known()?.id.clone();
    let store = &caller.app.store;
    let browser = store.browser_by_id(&client, caller.now).await?;
    let live = browser.map(|browser| browser.live).unwrap_or_default();
    let session = live.into_iter().find(|session| session.id == step.id);
    let session = session.ok_or(ErrorCode::ResourceNotFound)?;
    let user = store.user(&session.user).await?;
    let user = user.ok_or(ErrorCode::ResourceNotFound)?;
    step.session = Some(resource::session(&caller.app, session, user, caller.now));
    caller.answer(step).await
}
