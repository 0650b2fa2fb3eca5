//! Signing up.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptVerification, CreateSignUp, Email, EmailAddressId, ErrorCode, Field, Password,
    PrepareVerification, Proof, SessionId, SignUp, SignUpEvent, SignUpId, Strategy, UserId,
    Verification,
};

use super::environment::is_open;
use super::{sessions, sign_ins};
use crate::config::{Asked, Settings};
use crate::error::Error;
use crate::flow::{self, Recipient, Says};
use crate::store::{Budget, Code, Ended, Loaded, NewUser, Purpose, Spent, Told};
use crate::wire::{Body, Caller};

/// The most code points of a name.
const LONGEST_NAME: usize = 100;

/// A sign-up of the browser that calls.
struct Attempt {
    loaded: Loaded<SignUp>,
    password: Option<String>,
    client: String,
}

/// `POST /v1/client/sign_ups`: begins a sign-up.
///
/// # Errors
/// `SignUpModeRestricted`, `SessionExists`, and those of its fields.
pub async fn create(
    mut caller: Caller,
    Body(command): Body<CreateSignUp>,
) -> Result<Response, Error> {
    let app = caller.app.clone();
    if !is_open(&app.config.settings) {
        return Err(ErrorCode::SignUpModeRestricted.into());
    }
    sign_ins::refuse_signed_in(&caller).await?;
    let (event, password) = filled(&caller, &command).await?;
    let step = blank(&caller)?.advance(event)?;
    caller.prepare_opening()?;
    let opening = caller.opening()?;
    app.store
        .create_sign_up(opening, &step, password.as_deref(), caller.cause())
        .await?;
    caller.answer(step).await
}

/// `GET /v1/client/sign_ups/{id}`: the attempt.
///
/// # Errors
/// `AttemptNotFound`.
pub async fn read(caller: Caller, Path(id): Path<String>) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    caller.answer(attempt.loaded.step).await
}

/// `PATCH /v1/client/sign_ups/{id}`: fills in what is missing, and ends the sign-up if nothing is any more.
///
/// # Errors
/// `AttemptNotFound`, `FormIdentifierExists`, and those of its fields.
pub async fn update(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<CreateSignUp>,
) -> Result<Response, Error> {
    let mut attempt = load(&caller, &id).await?;
    let (event, password) = filled(&caller, &command).await?;
    let after = attempt.loaded.step.clone().advance(event)?;
    attempt.password = password.clone().or(attempt.password);
    if after.is_ready() {
        return complete(caller, &attempt, after, None, &[]).await;
    }
    let step = attempt.loaded.to(&after)?;
    if !caller
        .app
        .store
        .fill_sign_up(&step, password.as_deref())
        .await?
    {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    caller.answer(after).await
}

/// `POST /v1/client/sign_ups/{id}/prepare_verification`: sends a code; the owner of a taken address alone learns that.
///
/// # Errors
/// `AttemptNotFound`, `StrategyInvalid`, `VerificationInvalid`, `TooManyRequests`.
pub async fn prepare(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<PrepareVerification>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    let strategy = email_code(command.strategy.as_deref())?;
    let before = attempt.loaded.step.clone();
    let email = before
        .email_address
        .clone()
        .ok_or(ErrorCode::VerificationInvalid)?;
    let locale = before.locale.clone();
    let (expire_at, resend_at) = flow::times(&caller.app, caller.now);
    let after = before.advance(SignUpEvent::Prepared {
        strategy,
        expire_at,
        resend_at,
    })?;
    let owner = caller.app.store.owner(&email).await?;
    let recipient = Recipient {
        email: &email,
        locale: locale.as_deref(),
        says: if owner.is_some() {
            Says::AccountExists
        } else {
            Says::Code
        },
    };
    let told = Told::Attempt(attempt.loaded.to(&after)?);
    flow::send_code(&caller, code(&attempt), recipient, told).await?;
    caller.answer(after).await
}

/// `POST /v1/client/sign_ups/{id}/attempt_verification`: checks a code, and ends the sign-up if nothing else is missing.
///
/// # Errors
/// `AttemptNotFound`, `StrategyInvalid`, `FormParamNil`, `FormCodeIncorrect`, `VerificationExpired`,
/// `VerificationFailed`, `VerificationInvalid`, `FormIdentifierExists`, `TooManyRequests`.
pub async fn attempt(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<AttemptVerification>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    let digits = digits(&command)?;
    let before = attempt.loaded.step.clone();
    let email = before
        .email_address
        .clone()
        .ok_or(ErrorCode::VerificationInvalid)?;
    let after = before.advance(SignUpEvent::Verified)?;
    let budgets = flow::code_budgets(&caller.app, &email);
    let hash = match flow::try_code(&caller, code(&attempt), &digits, &budgets).await? {
        Ok(hash) => hash,
        Err(code) => return Err(refuse(&caller, &attempt, code, "code", None).await?),
    };
    let spent = (code(&attempt), hash.as_str());
    if after.is_ready() {
        return complete(caller, &attempt, after, Some(spent), &budgets).await;
    }
    let step = attempt.loaded.to(&after)?;
    if !caller
        .app
        .store
        .verify_attempt(&step, spent, &budgets, caller.now)
        .await?
    {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    caller.answer(after).await
}

/// Makes a user and a session of a sign-up in which nothing is missing.
async fn complete(
    mut caller: Caller,
    attempt: &Attempt,
    ready: SignUp,
    spent: Option<Spent<'_>>,
    budgets: &[Budget],
) -> Result<Response, Error> {
    let app = caller.app.clone();
    let user = UserId::from_random(app.chance.bytes()?);
    let email_id = EmailAddressId::from_random(app.chance.bytes()?);
    let session = SessionId::from_random(app.chance.bytes()?);
    let email = ready
        .email_address
        .clone()
        .ok_or(ErrorCode::VerificationInvalid)?;
    let event = SignUpEvent::Completed {
        user: user.clone(),
        session: session.clone(),
    };
    let after = ready.advance(event)?;
    let verification = serde_json::to_string(&Verification::proved(None, Strategy::EmailCode))
        .map_err(anyhow::Error::from)?;
    caller.prepare_rotation()?;
    let new_session = sessions::begin(&caller, &session, &user, Strategy::EmailCode)?;
    let new_user = NewUser {
        id: &user,
        email_id: &email_id,
        email: &email,
        verification: &verification,
        first_name: after.first_name.as_deref().filter(|name| !name.is_empty()),
        last_name: after.last_name.as_deref().filter(|name| !name.is_empty()),
        locale: after.locale.as_deref(),
        password: attempt.password.as_deref(),
    };
    let step = attempt.loaded.to(&after)?;
    let ended = app
        .store
        .complete_sign_up(
            &step,
            &new_user,
            &new_session,
            spent,
            budgets,
            caller.cause(),
        )
        .await?;
    match ended {
        Ended::Done => caller.answer(after).await,
        Ended::Stale => Err(ErrorCode::AttemptNotFound.into()),
        // Whoever typed the right code reads the owner's mail, and may know.
        Ended::Taken => {
            let code = ErrorCode::FormIdentifierExists;
            Err(refuse(&caller, attempt, code, "email_address", spent).await?)
        }
    }
}

async fn refuse(
    caller: &Caller,
    attempt: &Attempt,
    code: ErrorCode,
    field: &str,
    spent: Option<Spent<'_>>,
) -> Result<Error, Error> {
    let after = attempt
        .loaded
        .step
        .clone()
        .advance(SignUpEvent::Refused { error: code })?;
    let step = attempt.loaded.to(&after)?;
    match spent {
        Some(spent) => drop(
            caller
                .app
                .store
                .verify_attempt(&step, spent, &[], caller.now)
                .await?,
        ),
        None => drop(caller.app.store.advance(&step).await?),
    }
    Ok(Error::at(code, field))
}

async fn load(caller: &Caller, id: &str) -> Result<Attempt, Error> {
    let browser = caller.known()?;
    let id = SignUpId::parse(id).ok_or(ErrorCode::AttemptNotFound)?;
    let found = caller
        .app
        .store
        .sign_up(&id, &browser.id, caller.now)
        .await?;
    let (loaded, password) = found.ok_or(ErrorCode::AttemptNotFound)?;
    Ok(Attempt {
        loaded,
        password,
        client: browser.id.to_string(),
    })
}

/// What the fields say, and the sealed hash of the password if there is one.
async fn filled(
    caller: &Caller,
    command: &CreateSignUp,
) -> Result<(SignUpEvent, Option<String>), Error> {
    let app = &caller.app;
    let email = command
        .email_address
        .as_deref()
        .map(Email::parse)
        .transpose();
    let email = email.map_err(|code| Error::at(code, "email_address"))?;
    let first_name = name(command.first_name.as_deref(), "first_name")?;
    let last_name = name(command.last_name.as_deref(), "last_name")?;
    let sign_up = &app.config.settings.sign_up;
    for (asked, name, field) in [
        (sign_up.first_name, &first_name, "first_name"),
        (sign_up.last_name, &last_name, "last_name"),
    ] {
        if asked == Asked::Required && name.as_deref() == Some("") {
            return Err(Error::at(ErrorCode::FormParamNil, field));
        }
    }
    let settings = app.config.settings.password_settings();
    let password = command.password.as_ref();
    let password = password
        .map(|password| Password::parse(password.expose(), &settings))
        .transpose();
    let password =
        match password.map_err(|code| at_password(code, "password", &app.config.settings))? {
            Some(password) => Some(flow::seal_password(
                app,
                &app.hasher.hash(&password, &app.chance).await?,
            )?),
            None => None,
        };
    let event = SignUpEvent::Filled {
        email_address: email.map(String::from),
        has_password: password.is_some(),
        first_name,
        last_name,
        locale: command.locale.clone(),
    };
    Ok((event, password))
}

/// A refusal of a password, with the lengths that are allowed.
pub fn at_password(code: ErrorCode, field: &str, settings: &Settings) -> Error {
    let meta = frontdesk_protocol::ErrorMeta {
        min_length: Some(settings.password.min_length),
        max_length: Some(settings.password.max_length),
        ..frontdesk_protocol::ErrorMeta::param(field)
    };
    Error::Refused(code, Box::new(meta))
}

/// A name without the spaces around it.
pub fn name(typed: Option<&str>, field: &str) -> Result<Option<String>, Error> {
    let typed = typed.map(str::trim);
    if typed.is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, field));
    }
    if typed.is_some_and(|name| name.chars().any(char::is_control)) {
        return Err(Error::at(ErrorCode::FormParamFormatInvalid, field));
    }
    Ok(typed.map(str::to_owned))
}

/// The digits in a command.
pub fn digits(command: &AttemptVerification) -> Result<frontdesk_protocol::Secret<String>, Error> {
    let strategy = email_code(command.strategy.as_deref())?;
    match Proof::of(strategy, None, command.code.as_ref()) {
        Ok(Proof::EmailCode(digits)) => Ok(digits),
        Ok(Proof::Password(_)) => Err(Error::at(ErrorCode::StrategyInvalid, "strategy")),
        Err((code, field)) => Err(Error::at(code, field)),
    }
}

/// The one strategy that proves an address.
pub fn email_code(word: Option<&str>) -> Result<Strategy, Error> {
    match sign_ins::strategy(word)? {
        Strategy::EmailCode => Ok(Strategy::EmailCode),
        Strategy::Password => Err(Error::at(ErrorCode::StrategyInvalid, "strategy")),
    }
}

fn blank(caller: &Caller) -> Result<SignUp, Error> {
    let settings = &caller.app.config.settings;
    let names = [
        (Field::FirstName, settings.sign_up.first_name),
        (Field::LastName, settings.sign_up.last_name),
    ];
    let asked = |wanted| {
        names
            .iter()
            .filter(move |(_, asked)| *asked == wanted)
            .map(|(field, _)| *field)
    };
    let mut required = vec![Field::EmailAddress, Field::Password];
    required.extend(asked(Asked::Required));
    let optional = asked(Asked::Optional).collect();
    let id = SignUpId::from_random(caller.app.chance.bytes()?);
    let abandon_at = caller.now.plus_s(settings.verification.attempt_lifetime_s);
    Ok(SignUp::new(id, required, optional, true, abandon_at))
}

fn code(attempt: &Attempt) -> Code<'_> {
    Code {
        purpose: Purpose::SignUp,
        subject: attempt.loaded.step.id.as_str(),
        client: &attempt.client,
    }
}
