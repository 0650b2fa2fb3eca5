//! Signing up.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptVerification, CreateSignUp, Email, ErrorCode, Phone, PrepareVerification, Prepared,
    SignUp, SignUpEvent, SignUpId, Strategy, Verified,
};

use super::fields::{self, digits};
use super::sign_up_end::complete;
use super::{oauth, sign_ins, sign_up_link, tickets};
use crate::captcha;
use crate::error::Error;
use crate::flow::{self, Recipient, Says};
use crate::mail::Address;
use crate::restrictions;
use crate::store::{Budget, Code, Ending, Kept, Loaded, Purpose, Spend, Told};
use crate::wire::{Body, Caller};

/// A sign-up of the browser that calls.
pub struct Attempt {
    /// Where it stands, and what is kept beside it.
    pub loaded: Loaded<SignUp>,
    /// The browser.
    pub client: String,
}

/// `POST /v1/client/sign_ups`: begins a sign-up.
///
/// # Errors
/// `SignUpModeRestricted`, `SignUpRestrictedWaitlist`, `SessionExists`, `NotAllowedAccess`, `TicketInvalid`,
/// `CaptchaRequired`, and those of its fields.
pub async fn create(
    mut caller: Caller,
    Body(command): Body<CreateSignUp>,
) -> Result<Response, Error> {
    captcha::check(&caller, command.captcha_token.as_deref()).await?;
    if command.ticket.is_some() || command.strategy.as_deref() == Some("ticket") {
        sign_ins::refuse_signed_in(&caller)?;
        return tickets::sign_up(caller, command).await;
    }
    restrictions::is_open(&caller.app.settings())?;
    sign_ins::refuse_signed_in(&caller)?;
    if command.transfer.as_deref() == Some("true") {
        return Box::pin(oauth::to_sign_up(caller, command)).await;
    }
    if let Some(provider) = oauth::named(command.strategy.as_deref()) {
        return Box::pin(oauth::begin_sign_up(caller, None, provider, command)).await;
    }
    let (event, password) = fields::filled(&caller, &command, &Kept::default()).await?;
    let kept = Kept {
        has_custom: event.has_custom,
        password,
        ..Kept::default()
    };
    let step = fields::blank(&caller)?.advance(SignUpEvent::Filled(event))?;
    let attempt = begin(&mut caller, step, kept).await?;
    Box::pin(go_on(caller, attempt)).await
}

/// Begins an attempt in the browser that calls.
pub async fn begin(caller: &mut Caller, step: SignUp, kept: Kept) -> Result<Attempt, Error> {
    caller.prepare_opening()?;
    let opening = caller.opening()?;
    let client = opening.id.to_string();
    let loaded = caller
        .app
        .store
        .create_attempt(opening, step, kept, caller.cause())
        .await?;
    Ok(Attempt { loaded, client })
}

/// Ends the sign-up if nothing is missing any more.
pub async fn go_on(caller: Caller, attempt: Attempt) -> Result<Response, Error> {
    if attempt.loaded.step.is_ready() {
        let ready = attempt.loaded.step.clone();
        return Box::pin(complete(
            caller,
            &attempt,
            ready,
            &attempt.loaded.beside,
            &[],
            &[],
        ))
        .await;
    }
    caller.answer(attempt.loaded.step).await
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
/// `AttemptNotFound`, `FormIdentifierExists`, `NotAllowedAccess`, and those of its fields.
pub async fn update(
    caller: Caller,
    Path(id): Path<String>,
    Body(command): Body<CreateSignUp>,
) -> Result<Response, Error> {
    let attempt = load(&caller, &id).await?;
    let kept = &attempt.loaded.beside;
    let command = tickets::bound(command, attempt.loaded.step.email_address.as_deref(), kept)?;
    if let Some(provider) = oauth::named(command.strategy.as_deref()) {
        return Box::pin(oauth::begin_sign_up(
            caller,
            Some(attempt),
            provider,
            command,
        ))
        .await;
    }
    let mut kept = attempt.loaded.beside.clone();
    let (event, password) = fields::filled(&caller, &command, &kept).await?;
    kept.has_custom = event.has_custom;
    kept.password = password.or(kept.password);
    let after = attempt
        .loaded
        .step
        .clone()
        .advance(SignUpEvent::Filled(event))?;
    if after.is_ready() {
        return Box::pin(complete(caller, &attempt, after, &kept, &[], &[])).await;
    }
    let step = attempt.loaded.to_with(&after, &kept)?;
    if !caller.app.store.advance(&step).await? {
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
    let strategy = sign_ins::strategy(command.strategy.as_deref())?;
    let field = Verified::by(strategy)?;
    if strategy == Strategy::EmailLink {
        return sign_up_link::prepare(caller, &attempt, command.redirect_url.as_deref()).await;
    }
    let before = attempt.loaded.step.clone();
    let locale = before.locale.clone();
    let (to, is_taken) = destination(&caller, &before, field).await?;
    let (expire_at, resend_at) = flow::times(&caller.app, caller.now);
    let after = before.advance(SignUpEvent::Prepared(Prepared {
        strategy,
        expire_at,
        resend_at: Some(resend_at),
        url: None,
        nonce: None,
    }))?;
    let recipient = Recipient {
        to,
        locale: locale.as_deref(),
        says: if is_taken {
            Says::AccountExists
        } else {
            Says::Code
        },
    };
    let told = Told::Attempt(attempt.loaded.to(&after)?);
    flow::send_code(&caller, &code(&attempt, field), recipient, told).await?;
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
    let (strategy, digits) = digits(&command)?;
    let field = Verified::by(strategy)?;
    let before = attempt.loaded.step.clone();
    let (to, _) = destination(&caller, &before, field).await?;
    let after = before.advance(SignUpEvent::Verified(field))?;
    let budgets = flow::code_budgets(&caller, to.as_str());
    let code = code(&attempt, field);
    let hash = match flow::try_code(&caller, &code, &digits, &budgets).await? {
        Ok(hash) => hash,
        Err(error) => return Err(refuse(&caller, &attempt, field, error, "code", &[]).await?),
    };
    let spends = [Spend::Code(code, hash)];
    Box::pin(verified(caller, &attempt, after, &spends, &budgets)).await
}

/// Goes on from a proof that was right.
///
/// # Errors
/// `AttemptNotFound` where the proof was used up meanwhile, `FormIdentifierExists`.
pub async fn verified(
    caller: Caller,
    attempt: &Attempt,
    after: SignUp,
    spends: &[Spend],
    forgiven: &[Budget],
) -> Result<Response, Error> {
    if after.is_ready() {
        let kept = attempt.loaded.beside.clone();
        return Box::pin(complete(caller, attempt, after, &kept, spends, forgiven)).await;
    }
    let step = attempt.loaded.to(&after)?;
    let ending = Ending {
        step: &step,
        spends,
        forgiven,
        notices: &[],
    };
    if !caller.app.store.settle(ending, caller.cause()).await? {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    caller.answer(after).await
}

/// Notes a wrong proof in the attempt, and answers with why.
pub async fn refuse(
    caller: &Caller,
    attempt: &Attempt,
    field: Verified,
    error: ErrorCode,
    param: &str,
    spends: &[Spend],
) -> Result<Error, Error> {
    let before = attempt.loaded.step.clone();
    // What was verified before, and is somebody else's only now, has nothing to be told of.
    if let Ok(after) = before.advance(SignUpEvent::Refused { field, error }) {
        let step = attempt.loaded.to(&after)?;
        let ending = Ending {
            step: &step,
            spends,
            forgiven: &[],
            notices: &[],
        };
        caller.app.store.settle(ending, caller.cause()).await?;
    }
    Ok(Error::at(error, param))
}

/// A sign-up of the browser that calls.
pub async fn load(caller: &Caller, id: &str) -> Result<Attempt, Error> {
    let browser = caller.known()?;
    let id = SignUpId::parse(id).ok_or(ErrorCode::AttemptNotFound)?;
    let found = caller
        .app
        .store
        .sign_up(&id, &browser.id, caller.now)
        .await?;
    Ok(Attempt {
        loaded: found.ok_or(ErrorCode::AttemptNotFound)?,
        client: browser.id.to_string(),
    })
}

/// Where a code goes, and whether somebody has that already.
async fn destination(
    caller: &Caller,
    step: &SignUp,
    field: Verified,
) -> Result<(Address, bool), Error> {
    let store = &caller.app.store;
    let nowhere = || Error::from(ErrorCode::VerificationInvalid);
    match field {
        Verified::EmailAddress => {
            let text = step.email_address.as_deref().ok_or_else(nowhere)?;
            let to = Email::parse(text).map_err(|_| nowhere())?;
            Ok((Address::Email(to), store.owner(text).await?.is_some()))
        }
        Verified::PhoneNumber => {
            let text = step.phone_number.as_deref().ok_or_else(nowhere)?;
            let to = Phone::parse(text).map_err(|_| nowhere())?;
            let owner = store.owner_of_number(text).await?;
            Ok((Address::Phone(to), owner.is_some()))
        }
        Verified::ExternalAccount => Err(nowhere()),
    }
}

fn code(attempt: &Attempt, field: Verified) -> Code {
    Code {
        purpose: match field {
            Verified::PhoneNumber => Purpose::SignUpPhone,
            Verified::EmailAddress | Verified::ExternalAccount => Purpose::SignUpEmail,
        },
        subject: attempt.loaded.step.id.to_string(),
        client: attempt.client.clone(),
    }
}
