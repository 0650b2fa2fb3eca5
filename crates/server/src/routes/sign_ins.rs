//! Signing in.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptFactor, CreateSignIn, Email, ErrorCode, ErrorMeta, PrepareFactor, Proof, SessionId,
    SignIn, SignInEvent, SignInId, Strategy,
};

use super::sessions;
use crate::error::Error;
use crate::factor::{self, Attempt, Proved};
use crate::store::{Code, Ended, Person, Purpose};
use crate::wire::{Body, Caller};

/// `POST /v1/client/sign_ins`: begins a sign-in, and proves it at once where a password is sent along.
///
/// # Errors
/// `FormParamNil`, `FormParamFormatInvalid`, `SessionExists`, and those of an attempt.
pub async fn create(
    mut caller: Caller,
    Body(command): Body<CreateSignIn>,
) -> Result<Response, Error> {
    refuse_signed_in(&caller).await?;
    let typed = command.identifier.as_deref().unwrap_or("");
    let email = Email::parse(typed).map_err(|code| Error::at(code, "identifier"))?;
    let app = caller.app.clone();
    let person = Person {
        owner: app.store.owner(email.as_str()).await?,
        email: email.into(),
        locale: command.locale,
    };
    let abandon_at = caller
        .now
        .plus_s(app.config.settings.verification.attempt_lifetime_s);
    let step = SignIn::new(SignInId::from_random(app.chance.bytes()?), abandon_at);
    let step = step.advance(SignInEvent::Identified {
        identifier: typed.trim().to_owned(),
        first_factors: factor::offered(&app, &person),
    })?;
    caller.prepare_opening()?;
    app.store
        .create_sign_in(caller.opening()?, &step, &person, caller.cause())
        .await?;
    let id = step.id.clone();
    // Whoever sends a password along means it to be checked.
    let password = command
        .password
        .as_ref()
        .map(|_| Strategy::Password.as_str().to_owned());
    let Some(strategy) = command.strategy.or(password) else {
        return caller.answer(step).await;
    };
    let client = caller.opening()?.id.clone();
    let proof = proof(Some(&strategy), command.password.as_ref(), None)?;
    let (loaded, person) = app
        .store
        .sign_in(&id, &client, caller.now)
        .await?
        .ok_or(ErrorCode::AttemptNotFound)?;
    prove(
        caller,
        Attempt {
            loaded,
            person,
            client: client.into(),
        },
        &proof,
    )
    .await
}

/// `GET /v1/client/sign_ins/{id}`: the attempt.
///
/// # Errors
/// `AttemptNotFound`.
pub async fn read(caller: Caller, Path(id): Path<String>) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    caller.answer(attempt.loaded.step).await
}

/// `POST /v1/client/sign_ins/{id}/prepare_first_factor`: sends a code.
///
/// # Errors
/// `AttemptNotFound`, `StrategyInvalid`, `TooManyRequests`.
pub async fn prepare(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<PrepareFactor>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    let strategy = strategy(command.strategy.as_deref())?;
    let step = factor::prepare(&caller, &attempt, strategy).await?;
    caller.answer(step).await
}

/// `POST /v1/client/sign_ins/{id}/attempt_first_factor`: checks a proof, and signs in if it is right.
///
/// # Errors
/// `AttemptNotFound`, `StrategyInvalid`, `FormParamNil`, `FormPasswordIncorrect`, `FormCodeIncorrect`,
/// `VerificationExpired`, `VerificationFailed`, `TooManyRequests`.
pub async fn attempt(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<AttemptFactor>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    let proof = proof(
        command.strategy.as_deref(),
        command.password.as_ref(),
        command.code.as_ref(),
    )?;
    prove(caller, attempt, &proof).await
}

async fn prove(mut caller: Caller, attempt: Attempt, proof: &Proof) -> Result<Response, Error> {
    let strategy = proof.strategy();
    let session = SessionId::from_random(caller.app.chance.bytes()?);
    let event = SignInEvent::Proved {
        strategy,
        session: session.clone(),
    };
    // Whether this is the moment for it is known before anything is counted or compared.
    let after = attempt.loaded.step.clone().advance(event)?;
    let Proved { code, forgiven } = factor::verify(&caller, &attempt, proof).await?;
    let (user, _) = attempt
        .person
        .owner
        .as_ref()
        .ok_or(ErrorCode::AttemptNotFound)?;
    caller.prepare_rotation()?;
    let session = sessions::begin(&caller, &session, user, strategy)?;
    let spent = code.as_deref().map(|hash| {
        let code = Code {
            purpose: Purpose::SignIn,
            subject: after.id.as_str(),
            client: &attempt.client,
        };
        (code, hash)
    });
    let step = attempt.loaded.to(&after)?;
    let ended = caller
        .app
        .store
        .complete_sign_in(&step, &session, spent, &forgiven, caller.cause())
        .await?;
    match ended {
        Ended::Done => caller.answer(after).await,
        Ended::Stale | Ended::Taken => Err(ErrorCode::AttemptNotFound.into()),
    }
}

/// One browser holds one session: whoever is signed in signs out first.
pub async fn refuse_signed_in(caller: &Caller) -> Result<(), Error> {
    match caller.session().await? {
        Some(session) => {
            let meta = ErrorMeta {
                session_id: Some(session.id),
                ..ErrorMeta::NONE
            };
            Err(Error::Refused(ErrorCode::SessionExists, Box::new(meta)))
        }
        None => Ok(()),
    }
}

async fn load(caller: &Caller, id: &str) -> Result<Attempt, Error> {
    let browser = caller.known()?;
    let id = SignInId::parse(id).ok_or(ErrorCode::AttemptNotFound)?;
    let found = caller
        .app
        .store
        .sign_in(&id, &browser.id, caller.now)
        .await?;
    let (loaded, person) = found.ok_or(ErrorCode::AttemptNotFound)?;
    Ok(Attempt {
        loaded,
        person,
        client: browser.id.to_string(),
    })
}

fn proof(
    word: Option<&str>,
    password: Option<&frontdesk_protocol::Secret<String>>,
    code: Option<&frontdesk_protocol::Secret<String>>,
) -> Result<Proof, Error> {
    Proof::of(strategy(word)?, password, code).map_err(|(code, field)| Error::at(code, field))
}

/// The strategy that a command names.
pub fn strategy(word: Option<&str>) -> Result<Strategy, Error> {
    Strategy::parse(word.unwrap_or(""))
        .ok_or_else(|| Error::at(ErrorCode::StrategyInvalid, "strategy"))
}
