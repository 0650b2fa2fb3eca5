//! Signing up by a link: how it is sent, and what it goes on with.

use axum::response::Response;
use frontdesk_protocol::{ClientId, Email, ErrorCode, SignUpEvent, SignUpId, Strategy, Verified};

use super::sign_ups::{self, Attempt};
use crate::error::Error;
use crate::link::{self, Link, Opened, Proves, Sending};
use crate::store::Told;
use crate::wire::{Caller, redirect_target};

/// Sends a link that leads back to `redirect_url`; the owner of a taken address alone learns that, by opening it.
///
/// # Errors
/// `StrategyInvalid`, `VerificationInvalid`, `FormParamNil`, `FormParamValueInvalid`, `TooManyRequests`.
pub async fn prepare(
    caller: Caller,
    attempt: &Attempt,
    redirect_url: Option<&str>,
) -> Result<Response, Error> {
    let app = caller.app.clone();
    let before = attempt.loaded.step.clone();
    let last = before.verifications.email_address.as_ref();
    let last = last.and_then(|last| Some((last.strategy?, last.resend_at)));
    link::refuse_early(caller.now, last)?;
    let text = before.email_address.as_deref();
    let to = text.and_then(|text| Email::parse(text).ok());
    let prepared = link::prepared(&app, caller.now);
    let ends = prepared.expire_at;
    let link = Link {
        proves: Proves::SignUp(before.id.clone()),
        redirect_url: redirect_target(&app.config, redirect_url, "redirect_url")?
            .as_str()
            .to_owned(),
        locale: before.locale.clone(),
        device: caller.itself(),
    };
    let after = before.advance(SignUpEvent::Prepared(prepared))?;
    let sending = Sending {
        link,
        client: &attempt.client,
        to: to.ok_or(ErrorCode::VerificationInvalid)?,
        is_somebody: true,
        told: Told::Attempt(attempt.loaded.to(&after)?),
    };
    link::send(&caller, sending, ends).await?;
    caller.answer(after).await
}

/// Goes on with a sign-up whose link was opened in the browser `by`.
///
/// # Errors
/// `AttemptNotFound` where the sign-up waits for this link no more, and those of its end.
pub async fn follow(
    caller: Caller,
    id: &SignUpId,
    opened: &Opened,
    by: Option<ClientId>,
) -> Result<Response, Error> {
    let mut attempt = sign_ups::load(&caller, id.as_str()).await?;
    let waiting = attempt.loaded.step.verifications.email_address.as_mut();
    // Only the link that was sent last counts.
    let waiting = waiting.filter(|it| {
        it.strategy == Some(Strategy::EmailLink) && it.expire_at == Some(opened.expires_at)
    });
    waiting
        .ok_or(ErrorCode::AttemptNotFound)?
        .verified_at_client = by;
    let event = SignUpEvent::Verified(Verified::EmailAddress);
    let after = attempt.loaded.step.clone().advance(event)?;
    Box::pin(sign_ups::verified(
        caller,
        &attempt,
        after,
        &[opened.spend()],
        &[],
    ))
    .await
}
