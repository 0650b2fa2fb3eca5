//! Signing up by an account with a provider, or by what a sign-in proved of somebody new.

use axum::response::Response;
use frontdesk_protocol::{
    CreateSignUp, ErrorCode, Filled, SignInEvent, SignUp, SignUpEvent, SignUpId, Strategy,
    VerificationStatus, Verified,
};

use super::callback::told;
use super::sign_in::{Owner, owner, renew};
use crate::config::Asked;
use crate::error::Error;
use crate::factor::Attempt;
use crate::oauth::Held;
use crate::restrictions;
use crate::routes::{fields, sign_ins, sign_up_end, sign_ups};
use crate::store::{Identifier, Kept};
use crate::wire::Caller;

/// Goes on with a sign-up once the provider has answered; whether it is complete.
pub async fn arrive(
    caller: &mut Caller,
    id: &SignUpId,
    proven: Result<Held, ErrorCode>,
) -> Result<bool, Error> {
    let attempt = sign_ups::load(caller, id.as_str()).await?;
    let gone = match proven {
        Ok(held) => Box::pin(go_on(caller, &attempt, &held)).await,
        Err(code) => Err(code.into()),
    };
    let Err(error) = gone else { return gone };
    let told = told(&error);
    let event = SignUpEvent::Refused {
        field: Verified::ExternalAccount,
        error: told.code,
    };
    let mut after = attempt.loaded.step.clone().advance(event)?;
    if let Some(verification) = &mut after.verifications.external_account {
        verification.status = VerificationStatus::Failed;
        verification.error = Some(told);
        verification.external_verification_redirect_url = None;
    }
    let step = attempt.loaded.to(&after)?;
    caller.app.store.advance(&step).await?;
    Err(error)
}

async fn go_on(
    caller: &mut Caller,
    attempt: &sign_ups::Attempt,
    held: &Held,
) -> Result<bool, Error> {
    let before = attempt.loaded.step.clone();
    let mut kept = attempt.loaded.beside.clone();
    kept.external = Some(held.seal(&caller.app)?);
    let existing = match owner(caller, held).await? {
        Owner::Known(user, id) => {
            renew(caller, &id, held).await?;
            Some(user)
        }
        Owner::ByAddress(user) => Some(user),
        Owner::Nobody => None,
    };
    kept.existing = existing;
    let after = if kept.existing.is_some() {
        before.advance(SignUpEvent::Transferable)?
    } else {
        if kept.invitation.is_none() {
            restrictions::is_open(&caller.app.settings())?;
        }
        connected(caller, before, &kept, held).await?
    };
    if kept.existing.is_none() && after.is_ready() {
        sign_up_end::complete_step(caller, attempt, after, &kept, (&[], &[])).await?;
        return Ok(true);
    }
    let step = attempt.loaded.to_with(&after, &kept)?;
    if !caller.app.store.advance(&step).await? {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    Ok(false)
}

/// A sign-up with the account and what the provider tells of the person; what was typed stays.
async fn connected(
    caller: &Caller,
    before: SignUp,
    kept: &Kept,
    held: &Held,
) -> Result<SignUp, Error> {
    let app = &caller.app;
    let settings = app.settings();
    let email = held
        .email
        .clone()
        .filter(|_| settings.email_address.enabled);
    // Another address was typed here, and stays.
    let email = email.filter(|email| {
        let typed = before.email_address.as_ref();
        typed.is_none_or(|typed| typed == email)
    });
    if let Some(email) = &held.email {
        let identifier = Identifier::Email(email.clone());
        restrictions::check(app, &identifier, "email_address").await?;
    } else if settings.restrictions.allow_list && !settings.email_address.required {
        // Whoever is known by nothing is on no list.
        return Err(ErrorCode::NotAllowedAccess.into());
    }
    let (vouched, told) = if held.is_verified && held.is_trusted(app) {
        (email, None)
    } else {
        (None, email)
    };
    let name = |asked: Asked, typed: &Option<String>, name: &Option<String>| {
        let is_open = asked != Asked::Off && typed.as_deref().is_none_or(str::is_empty);
        name.clone().filter(|_| is_open)
    };
    let filled = Filled {
        email_address: vouched,
        first_name: name(
            settings.sign_up.first_name,
            &before.first_name,
            &held.shown.first_name,
        ),
        last_name: name(
            settings.sign_up.last_name,
            &before.last_name,
            &held.shown.last_name,
        ),
        has_custom: kept.has_custom,
        ..Filled::default()
    };
    let mut after = before.advance(SignUpEvent::Connected {
        strategy: held.strategy()?,
        account: Box::new(held.shown.clone()),
        filled: Box::new(filled),
    })?;
    if told.is_some() {
        after = after.advance(SignUpEvent::Filled(Box::new(Filled {
            email_address: told,
            has_custom: kept.has_custom,
            ..Filled::default()
        })))?;
    }
    Ok(after)
}

/// `POST /v1/client/sign_ups` with `transfer`: signs up whoever a sign-in found to have no account.
///
/// # Errors
/// `AttemptNotFound` where none did, or not just now; those of a sign-up's fields; `NotAllowedAccess`.
pub async fn to_sign_up(mut caller: Caller, command: CreateSignUp) -> Result<Response, Error> {
    let nothing = || Error::from(ErrorCode::AttemptNotFound);
    let id = caller.known()?.sign_in.clone().ok_or_else(nothing)?;
    let found = sign_ins::load(&caller, id.as_str()).await?;
    let mut person = found.person().clone();
    let sealed = person.external.take();
    let held = sealed.as_deref().map(|it| Held::open(&caller.app, it));
    let held = held.transpose()?;
    if held.as_ref().is_some_and(|held| held.is_stale(caller.now)) {
        return Err(nothing());
    }
    let (event, password) = fields::filled(&caller, &command, &Kept::default()).await?;
    let kept = Kept {
        has_custom: event.has_custom,
        password,
        external: sealed,
        ..Kept::default()
    };
    let step = fields::blank(&caller)?.advance(SignUpEvent::Filled(event))?;
    let step = match &held {
        Some(held) => connected(&caller, step, &kept, held).await?,
        None => known(&caller, step, &kept, &found).await?,
    };
    // Of two at once, one finds that the proof was used.
    let after = found
        .loaded
        .step
        .clone()
        .advance(SignInEvent::Transferred)?;
    let used = found.loaded.to_with(&after, &person)?;
    if !caller.app.store.advance(&used).await? {
        return Err(nothing());
    }
    let attempt = sign_ups::begin(&mut caller, step, kept).await?;
    Box::pin(sign_ups::go_on(caller, attempt)).await
}

/// A sign-up with the address or number that a code or a link has proven.
async fn known(
    caller: &Caller,
    mut step: SignUp,
    kept: &Kept,
    found: &Attempt,
) -> Result<SignUp, Error> {
    let verification = found.loaded.step.first_factor_verification.as_ref();
    let proven = verification.filter(|it| it.status == VerificationStatus::Transferable);
    let proven = proven.map(|it| it.strategy);
    let mut filled = Filled {
        has_custom: kept.has_custom,
        ..Filled::default()
    };
    let identifier = found.person().identifier.as_ref();
    let field = match (identifier, proven) {
        (Some(Identifier::Email(email)), Some(Strategy::EmailCode | Strategy::EmailLink)) => {
            filled.email_address = Some(email.clone());
            "email_address"
        }
        (Some(Identifier::Phone(number)), Some(Strategy::PhoneCode)) => {
            filled.phone_number = Some(number.clone());
            "phone_number"
        }
        (Some(_) | None, _) => return Err(ErrorCode::AttemptNotFound.into()),
    };
    if let Some(identifier) = identifier {
        restrictions::check(&caller.app, identifier, field).await?;
    }
    step.take_verified(filled);
    Ok(step)
}
