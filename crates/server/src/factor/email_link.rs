//! A link sent to an address; nobody's gets none, unless an account may come of it, and cannot tell.
//!
//! Whoever opens it need not be in the browser that asked, so it is not proven by that browser's request.

use frontdesk_protocol::{
    ClientId, Email, ErrorCode, SignIn, SignInEvent, Strategy, Verification, VerificationStatus,
};

use super::code::may_join;
use super::{Attempt, Proved, transferable};
use crate::error::Error;
use crate::link::{self, Link, Opened, Proves, Sending};
use crate::store::{Identifier, Told};
use crate::wire::{Caller, redirect_target};

/// Sends a link that leads back to `redirect_url`.
pub async fn prepare(
    caller: &Caller,
    attempt: &Attempt,
    redirect_url: Option<&str>,
) -> Result<SignIn, Error> {
    let app = &caller.app;
    let before = attempt.loaded.step.clone();
    let last = before.first_factor_verification.as_ref();
    link::refuse_early(caller.now, last.map(|last| (last.strategy, last.resend_at)))?;
    let prepared = link::prepared(app, caller.now);
    let ends = prepared.expire_at;
    let id = before.id.clone();
    let after = before.advance(SignInEvent::Prepared(prepared))?;
    let person = attempt.person();
    let to = match &person.identifier {
        Some(Identifier::Email(email)) => Email::parse(email).ok(),
        Some(Identifier::Phone(_) | Identifier::Username(_)) | None => None,
    };
    let sending = Sending {
        link: Link {
            proves: Proves::SignIn(id),
            redirect_url: redirect_target(&app.config, redirect_url, "redirect_url")?
                .as_str()
                .to_owned(),
            locale: person.locale.clone(),
            device: caller.itself(),
        },
        client: &attempt.client,
        to: to.ok_or(ErrorCode::StrategyInvalid)?,
        is_somebody: person.user.is_some() || may_join(caller, person).await?,
        told: Told::Attempt(attempt.loaded.to(&after)?),
    };
    link::send(caller, sending, ends).await?;
    Ok(after)
}

/// What an opened link proves, and of whom; in the attempt it is noted which browser opened it.
///
/// # Errors
/// `AttemptNotFound` where the attempt waits for this link no more.
pub fn prove(
    attempt: &mut Attempt,
    opened: &Opened,
    by: Option<ClientId>,
) -> Result<Proved, Error> {
    let user = attempt.person().user.clone();
    note(attempt, opened, by)?;
    Ok(Proved {
        user: user.ok_or(ErrorCode::AttemptNotFound)?,
        spends: vec![opened.spend()],
        forgiven: Vec::new(),
        is_double: false,
    })
}

/// What an opened link proves of somebody who has no account, where signing in may lead to one: the attempt goes on to a
/// sign-up, in the browser that asked.
///
/// # Errors
/// `AttemptNotFound` where the attempt waits for this link no more, or there may be no account.
pub async fn prove_newcomer(
    caller: &Caller,
    mut attempt: Attempt,
    opened: &Opened,
    by: Option<ClientId>,
) -> Result<SignIn, Error> {
    if !may_join(caller, attempt.person()).await? {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    note(&mut attempt, opened, by)?;
    transferable(caller, &attempt, Strategy::EmailLink, (opened.spend(), &[])).await
}

/// Notes which browser opened the link that the attempt waits for.
fn note(attempt: &mut Attempt, opened: &Opened, by: Option<ClientId>) -> Result<(), Error> {
    let waiting = attempt.loaded.step.first_factor_verification.as_mut();
    let waiting = waiting.filter(|it| is_waiting(it, opened));
    waiting
        .ok_or(ErrorCode::AttemptNotFound)?
        .verified_at_client = by;
    Ok(())
}

/// Only the link that was sent last counts.
fn is_waiting(verification: &Verification, opened: &Opened) -> bool {
    verification.strategy == Strategy::EmailLink
        && verification.status == VerificationStatus::Unverified
        && verification.expire_at == Some(opened.expires_at)
}
