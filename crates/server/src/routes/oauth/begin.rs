//! Beginning a sign-in or a sign-up at a provider.

use axum::response::Response;
use frontdesk_protocol::{
    CreateSignIn, CreateSignUp, ErrorCode, PrepareFactor, Provider, SignInEvent, SignUpEvent,
};

use crate::error::Error;
use crate::factor::{self, Proving as _};
use crate::oauth::{Urls, What, ask};
use crate::routes::{fields, sign_ins, sign_ups};
use crate::store::{Kept, Person};
use crate::wire::Caller;

/// Begins a sign-in at a provider.
///
/// # Errors
/// `StrategyInvalid`, `FormParamNil`, `FormParamValueInvalid`, `OauthProviderFailed`.
pub async fn begin_sign_in(
    mut caller: Caller,
    provider: Provider,
    command: &CreateSignIn,
) -> Result<Response, Error> {
    let (back, done) = (&command.redirect_url, &command.action_complete_redirect_url);
    let urls = Urls::read(&caller, back.as_deref(), done.as_deref())?;
    let step = sign_ins::blank(&caller)?;
    caller.prepare_opening()?;
    let client = caller.opening()?.id.to_string();
    let what = What::SignIn(step.id.clone());
    let prepared = ask(&caller, &client, provider, urls, what, None).await?;
    let step = step.advance(SignInEvent::Prepared(prepared))?;
    let person = Person {
        locale: command.locale.clone(),
        ..Person::default()
    };
    let attempt = sign_ins::begin(&mut caller, step, person).await?;
    caller.answer(attempt.loaded.step).await
}

/// Asks a provider about a sign-in that was begun otherwise.
///
/// # Errors
/// Those of [`begin_sign_in`], `AttemptNotFound`.
pub async fn prepare_sign_in(
    caller: Caller,
    attempt: &factor::Attempt,
    provider: Provider,
    command: &PrepareFactor,
) -> Result<Response, Error> {
    if attempt.loaded.step.owned().is_some() {
        return Err(Error::at(ErrorCode::StrategyInvalid, "strategy"));
    }
    let (back, done) = (&command.redirect_url, &command.action_complete_redirect_url);
    let urls = Urls::read(&caller, back.as_deref(), done.as_deref())?;
    let before = attempt.loaded.step.clone();
    let what = What::SignIn(before.id.clone());
    let prepared = ask(&caller, &attempt.client, provider, urls, what, None).await?;
    let after = before.advance(SignInEvent::Prepared(prepared))?;
    let step = attempt.loaded.to(&after)?;
    if !caller.app.store.advance(&step).await? {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    caller.answer(after).await
}

/// Begins a sign-up at a provider, or goes on with one there.
///
/// # Errors
/// Those of [`begin_sign_in`], and those of a sign-up's fields.
pub async fn begin_sign_up(
    mut caller: Caller,
    attempt: Option<sign_ups::Attempt>,
    provider: Provider,
    command: CreateSignUp,
) -> Result<Response, Error> {
    let (back, done) = (&command.redirect_url, &command.action_complete_redirect_url);
    let urls = Urls::read(&caller, back.as_deref(), done.as_deref())?;
    let (before, kept) = match &attempt {
        Some(attempt) => (attempt.loaded.step.clone(), attempt.loaded.beside.clone()),
        None => (fields::blank(&caller)?, Kept::default()),
    };
    let (event, password) = fields::filled(&caller, &command, &kept).await?;
    let kept = Kept {
        has_custom: event.has_custom,
        password: password.or(kept.password.clone()),
        ..kept
    };
    let before = before.advance(SignUpEvent::Filled(event))?;
    caller.prepare_opening()?;
    let client = caller.opening()?.id.to_string();
    let what = What::SignUp(before.id.clone());
    let prepared = ask(&caller, &client, provider, urls, what, None).await?;
    let after = before.advance(SignUpEvent::Prepared(prepared))?;
    let Some(attempt) = attempt else {
        let attempt = sign_ups::begin(&mut caller, after, kept).await?;
        return caller.answer(attempt.loaded.step).await;
    };
    let step = attempt.loaded.to_with(&after, &kept)?;
    if !caller.app.store.advance(&step).await? {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    caller.answer(after).await
}
