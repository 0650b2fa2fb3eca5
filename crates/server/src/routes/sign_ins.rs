//! Signing in.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptFactor, CreateSignIn, Email, ErrorCode, ErrorMeta, Factor, Next, Phone, PrepareFactor,
    Proof, ResetPassword, SessionId, SignIn, SignInEvent, SignInId, SignInStatus, Strategy, UserId,
};

use super::{arrival, oauth, tickets};
use crate::app::App;
use crate::captcha;
use crate::error::Error;
use crate::factor::{self, Attempt};
use crate::store::{Identifier, Person};
use crate::wire::{Body, Caller};

/// `POST /v1/client/sign_ins`: begins a sign-in, and proves it at once where a password is sent along.
///
/// # Errors
/// `FormParamNil`, `FormParamFormatInvalid`, `SessionExists`, `IdentifierAlreadySignedIn`, `TicketInvalid`,
/// `CaptchaRequired`, and those of an attempt.
pub async fn create(
    mut caller: Caller,
    Body(command): Body<CreateSignIn>,
) -> Result<Response, Error> {
    captcha::check(&caller, command.captcha_token.as_deref()).await?;
    if command.ticket.is_some() || command.strategy.as_deref() == Some("ticket") {
        return tickets::sign_in(caller, &command.ticket.unwrap_or_default()).await;
    }
    refuse_signed_in(&caller)?;
    if command.transfer.as_deref() == Some("true") {
        return Box::pin(oauth::to_sign_in(caller)).await;
    }
    if let Some(provider) = oauth::named(command.strategy.as_deref()) {
        return Box::pin(oauth::begin_sign_in(caller, provider, &command)).await;
    }
    let app = caller.app.clone();
    if command.strategy.as_deref() == Some(Strategy::Passkey.as_str()) {
        return by_passkey(caller, command.locale).await;
    }
    let Some(typed) = command.identifier.as_deref() else {
        let step = blank(&caller)?;
        let attempt = begin(&mut caller, step, Person::default()).await?;
        return caller.answer(attempt.loaded.step).await;
    };
    let person = person(&app, typed, command.locale).await?;
    refuse_again(&caller, person.user.as_ref())?;
    if person.user.is_none() && !app.settings().sign_in.hide_accounts {
        return Err(Error::at(ErrorCode::FormIdentifierNotFound, "identifier"));
    }
    let mut step = blank(&caller)?.advance(SignInEvent::Identified {
        identifier: typed.trim().to_owned(),
        first_factors: factor::offered(&app, &person),
    })?;
    step.sign_up_if_missing = command.sign_up_if_missing.map(|it| it == "true");
    let attempt = begin(&mut caller, step, person).await?;
    // Whoever sends a password along means it to be checked.
    let password = command
        .password
        .as_ref()
        .map(|_| Strategy::Password.as_str().to_owned());
    let Some(strategy) = command.strategy.or(password) else {
        return caller.answer(attempt.loaded.step).await;
    };
    let proof = proof(&AttemptFactor {
        strategy: Some(strategy),
        password: command.password,
        ..AttemptFactor::default()
    })?;
    prove(caller, attempt, &proof).await
}

/// Begins a sign-in of whoever the passkey says.
async fn by_passkey(mut caller: Caller, locale: Option<String>) -> Result<Response, Error> {
    let mut step = blank(&caller)?;
    step.supported_first_factors = vec![Factor::of(Strategy::Passkey)];
    let person = Person {
        locale,
        ..Person::default()
    };
    let attempt = begin(&mut caller, step, person).await?;
    let step = factor::passkey::prepare(&caller, &attempt).await?;
    caller.answer(step).await
}

/// Begins an attempt in the browser that calls.
pub async fn begin(
    caller: &mut Caller,
    step: SignIn,
    mut person: Person,
) -> Result<Attempt, Error> {
    person.as_of = Some(caller.now);
    caller.prepare_opening()?;
    let opening = caller.opening()?;
    let client = opening.id.to_string();
    let loaded = caller
        .app
        .store
        .create_attempt(opening, step, person, caller.cause())
        .await?;
    Ok(Attempt { loaded, client })
}

/// `GET /v1/client/sign_ins/{id}`: the attempt.
///
/// # Errors
/// `AttemptNotFound`.
pub async fn read(caller: Caller, Path(id): Path<String>) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    caller.answer(attempt.loaded.step).await
}

/// `POST /v1/client/sign_ins/{id}/prepare_first_factor` and `…/prepare_second_factor`: sends a code or a link, or
/// asks for a passkey.
///
/// # Errors
/// `AttemptNotFound`, `StrategyInvalid`, `TooManyRequests`; for a link `FormParamNil` and `FormParamValueInvalid`.
pub async fn prepare(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<PrepareFactor>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    let strategy = strategy(command.strategy.as_deref())?;
    if let Strategy::OAuth(provider) = strategy {
        return oauth::prepare_sign_in(caller, &attempt, provider, &command).await;
    }
    let step = factor::prepare(&caller, &attempt, strategy, &command).await?;
    caller.answer(step).await
}

/// `POST /v1/client/sign_ins/{id}/attempt_first_factor`: checks a proof, and goes on if it is right.
///
/// # Errors
/// `AttemptNotFound`, `StrategyInvalid`, `FormParamNil`, `FormPasswordIncorrect`, `FormCodeIncorrect`,
/// `SignUpIfMissingTransfer`, `VerificationExpired`, `VerificationFailed`, `PasskeyInvalid`, `PasskeyNotRegistered`,
/// `TooManyRequests`, `UserBanned`, `UserLocked`.
pub async fn attempt(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<AttemptFactor>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    let proof = proof(&command)?;
    prove(caller, attempt, &proof).await
}

/// `POST /v1/client/sign_ins/{id}/attempt_second_factor`: checks one more proof, and signs in if it is right.
///
/// # Errors
/// `AttemptNotFound`, `StrategyInvalid`, `FormParamNil`, `FormCodeIncorrect`, `VerificationExpired`,
/// `VerificationFailed`, `TooManyRequests`, `UserBanned`, `UserLocked`.
pub async fn attempt_second(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<AttemptFactor>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    let proof = proof(&command)?;
    may_be_now(
        &attempt,
        SignInEvent::SecondProved {
            strategy: proof.strategy,
            session: SessionId::from_random([0; 26]),
        },
    )?;
    let proved = factor::verify(&caller, &attempt, &proof).await?;
    let is_trusted = command.trust_device.as_deref() == Some("true");
    arrival::second(caller, attempt, proof.strategy, proved, is_trusted).await
}

/// `POST /v1/client/sign_ins/{id}/reset_password`: sets another password once that is allowed.
///
/// # Errors
/// `AttemptNotFound`, and those of a new password.
pub async fn reset_password(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<ResetPassword>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    if attempt.loaded.step.status != SignInStatus::NeedsNewPassword {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    arrival::reset(caller, attempt, command).await
}

async fn prove(caller: Caller, attempt: Attempt, proof: &Proof) -> Result<Response, Error> {
    may_be_now(
        &attempt,
        SignInEvent::Proved {
            strategy: proof.strategy,
            next: Next::NewPassword,
        },
    )?;
    if let Some(after) = factor::verify_newcomer(&caller, &attempt, proof).await? {
        if after.sign_up_if_missing == Some(true) {
            return caller
                .answer_refused(ErrorCode::SignUpIfMissingTransfer)
                .await;
        }
        return caller.answer(after).await;
    }
    let proved = factor::verify(&caller, &attempt, proof).await?;
    arrival::first(caller, attempt, proof.strategy, proved).await
}

/// Whether this is the moment for it is known before anything is counted or compared.
fn may_be_now(attempt: &Attempt, event: SignInEvent) -> Result<(), Error> {
    attempt.loaded.step.clone().advance(event)?;
    Ok(())
}

/// An attempt that knows nothing.
pub fn blank(caller: &Caller) -> Result<SignIn, Error> {
    let settings = caller.app.settings();
    let kinds = [
        (settings.email_address.identifies(), "email_address"),
        (settings.phone_number.identifies(), "phone_number"),
        (settings.username.identifies(), "username"),
    ];
    let kinds = kinds
        .iter()
        .filter(|(is_used, _)| *is_used)
        .map(|(_, kind)| (*kind).to_owned());
    let abandon_at = caller.now.plus_s(settings.verification.attempt_lifetime_s);
    let id = SignInId::from_random(caller.app.chance.bytes()?);
    Ok(SignIn::new(id, kinds.collect(), abandon_at))
}

/// Unless several people may be signed in to one browser, whoever is signed in signs out first.
pub fn refuse_signed_in(caller: &Caller) -> Result<(), Error> {
    if caller.app.settings().sessions.several {
        return Ok(());
    }
    match caller.session() {
        Some(session) => {
            let meta = ErrorMeta {
                session_id: Some(session.id.clone()),
                ..ErrorMeta::NONE
            };
            Err(Error::Refused(ErrorCode::SessionExists, Box::new(meta)))
        }
        None => Ok(()),
    }
}

/// Whoever is signed in to this browser already need not sign in again.
pub fn refuse_again(caller: &Caller, user: Option<&UserId>) -> Result<(), Error> {
    let (Some(browser), Some(user)) = (&caller.browser, user) else {
        return Ok(());
    };
    match browser.live.iter().find(|session| session.user == *user) {
        Some(session) => {
            let meta = ErrorMeta {
                session_id: Some(session.id.clone()),
                ..ErrorMeta::param("identifier")
            };
            let code = ErrorCode::IdentifierAlreadySignedIn;
            Err(Error::Refused(code, Box::new(meta)))
        }
        None => Ok(()),
    }
}

/// Who is meant by what was typed, if the settings let people be known by it.
async fn person(app: &App, typed: &str, locale: Option<String>) -> Result<Person, Error> {
    let identifier = identifier(app, typed).map_err(|code| Error::at(code, "identifier"))?;
    let mut person = Person {
        locale,
        ..Person::default()
    };
    match &identifier {
        Identifier::Email(email) => {
            person.user = app.store.owner(email).await?.map(|(user, _)| user);
        }
        Identifier::Phone(number) => {
            person.user = app
                .store
                .owner_of_number(number)
                .await?
                .map(|(user, _)| user);
        }
        Identifier::Username(name) => person.user = app.store.owner_of_username(name).await?,
    }
    person.identifier = Some(identifier);
    Ok(person)
}

fn identifier(app: &App, typed: &str) -> Result<Identifier, ErrorCode> {
    let settings = app.settings();
    let typed = typed.trim();
    let is_number = typed.starts_with('+');
    let is_address = typed.contains('@');
    if typed.is_empty() {
        Err(ErrorCode::FormParamNil)
    } else if is_number && settings.phone_number.identifies() {
        Phone::parse(typed).map(|phone| Identifier::Phone(phone.into()))
    } else if is_address && settings.email_address.identifies() {
        Email::parse(typed).map(|email| Identifier::Email(email.into()))
    } else if settings.username.identifies() {
        // Nobody is called what nobody can be called; but that is not told apart from a wrong password.
        let name = typed.to_ascii_lowercase();
        if name.len() > 64 {
            return Err(ErrorCode::FormParamFormatInvalid);
        }
        Ok(Identifier::Username(name))
    } else {
        Err(ErrorCode::FormParamFormatInvalid)
    }
}

/// A sign-in of the browser that calls.
pub async fn load(caller: &Caller, id: &str) -> Result<Attempt, Error> {
    let browser = caller.known()?;
    let id = SignInId::parse(id).ok_or(ErrorCode::AttemptNotFound)?;
    let loaded = caller
        .app
        .store
        .sign_in(&id, &browser.id, caller.now)
        .await?
        .ok_or(ErrorCode::AttemptNotFound)?;
    Ok(Attempt {
        loaded,
        client: browser.id.to_string(),
    })
}

/// The proof in a command.
pub fn proof(command: &AttemptFactor) -> Result<Proof, Error> {
    Proof::of(
        strategy(command.strategy.as_deref())?,
        command.password.as_ref(),
        command.code.as_ref(),
        command.public_key_credential.as_ref(),
    )
    .map_err(|(code, field)| Error::at(code, field))
}

/// The strategy that a command names.
pub fn strategy(word: Option<&str>) -> Result<Strategy, Error> {
    Strategy::parse(word.unwrap_or(""))
        .ok_or_else(|| Error::at(ErrorCode::StrategyInvalid, "strategy"))
}
