//! Signing in by an account with a provider.

use axum::response::Response;
use frontdesk_protocol::{
    ErrorCode, ExternalAccountId, Provider, SignInEvent, SignInId, SignUpEvent, Strategy, UserId,
    VerificationStatus,
};

use super::callback::told;
use crate::error::Error;
use crate::factor::{Attempt, Proved};
use crate::flow;
use crate::mail::Letter;
use crate::oauth::{Held, Pending};
use crate::routes::{arrival, sign_ins, sign_ups};
use crate::store::Person;
use crate::wire::Caller;

/// Whose an account turned out to be.
pub enum Owner {
    /// Somebody's who has it here.
    Known(UserId, ExternalAccountId),
    /// Somebody's whose address the provider vouches for, and is trusted to.
    ByAddress(UserId),
    /// Nobody's.
    Nobody,
}

/// Goes on with a sign-in once the provider has answered; whether it is complete.
pub async fn arrive(
    caller: &mut Caller,
    id: &SignInId,
    pending: &Pending,
    proven: Result<Held, ErrorCode>,
) -> Result<bool, Error> {
    let attempt = sign_ins::load(caller, id.as_str()).await?;
    let provider = Provider::parse(&pending.provider).ok_or(ErrorCode::StrategyInvalid)?;
    let strategy = Strategy::OAuth(provider);
    let gone = match proven {
        Ok(held) => go_on(caller, &attempt, strategy, &held).await,
        Err(code) => Err(code.into()),
    };
    let Err(error) = gone else { return gone };
    let told = told(&error);
    let event = SignInEvent::Refused {
        strategy,
        error: told.code,
    };
    let mut after = attempt.loaded.step.clone().advance(event)?;
    if let Some(verification) = &mut after.first_factor_verification {
        verification.status = VerificationStatus::Failed;
        verification.error = Some(told);
    }
    let step = attempt.loaded.to(&after)?;
    caller.app.store.advance(&step).await?;
    Err(error)
}

async fn go_on(
    caller: &mut Caller,
    attempt: &Attempt,
    strategy: Strategy,
    held: &Held,
) -> Result<bool, Error> {
    let user = match owner(caller, held).await? {
        Owner::Known(user, id) => {
            renew(caller, &id, held).await?;
            user
        }
        Owner::ByAddress(user) => {
            link(caller, &user, held).await?;
            user
        }
        Owner::Nobody => {
            let event = SignInEvent::Transferable { strategy };
            let after = attempt.loaded.step.clone().advance(event)?;
            let person = Person {
                external: Some(held.seal(&caller.app)?),
                ..attempt.person().clone()
            };
            let step = attempt.loaded.to_with(&after, &person)?;
            if !caller.app.store.advance(&step).await? {
                return Err(ErrorCode::AttemptNotFound.into());
            }
            return Ok(false);
        }
    };
    sign_ins::refuse_again(caller, Some(&user))?;
    let after = arrival::first_step(caller, attempt, strategy, proved(user)).await?;
    Ok(after.created_session_id.is_some())
}

const fn proved(user: UserId) -> Proved {
    Proved {
        user,
        spends: Vec::new(),
        forgiven: Vec::new(),
        is_double: false,
    }
}

/// Whose an account is.
///
/// # Errors
/// `ExternalAccountEmailTaken` where its address is somebody's whom the provider is not trusted to vouch for.
pub async fn owner(caller: &Caller, held: &Held) -> Result<Owner, Error> {
    let app = &caller.app;
    if let Some((user, id)) = app.store.owner_of_external(&held.key()).await? {
        return Ok(Owner::Known(user, id));
    }
    let Some(email) = held.verified_email() else {
        return Ok(Owner::Nobody);
    };
    let Some((user, _)) = app.store.owner(email).await? else {
        return Ok(Owner::Nobody);
    };
    if held.is_trusted(app) {
        Ok(Owner::ByAddress(user))
    } else {
        Err(ErrorCode::ExternalAccountEmailTaken.into())
    }
}

/// Takes what the provider tells today of an account that is known.
pub async fn renew(caller: &Caller, id: &ExternalAccountId, held: &Held) -> Result<(), Error> {
    let store = &caller.app.store;
    store
        .renew_external(id, held.shown.clone(), &held.sealed, caller.now)
        .await?;
    Ok(())
}

/// Makes the account one of `user`'s, who is told.
pub async fn link(caller: &Caller, user: &UserId, held: &Held) -> Result<(), Error> {
    let app = &caller.app;
    let notice = flow::notice(app, user, Letter::FactorAdded).await?;
    let account = held.account();
    let is_linked = app
        .store
        .connect_external(user, &account, &notice, caller.cause())
        .await?;
    app.letters.notify_one();
    if is_linked {
        Ok(())
    } else {
        Err(ErrorCode::ExternalAccountExists.into())
    }
}

/// `POST /v1/client/sign_ins` with `transfer`: signs in whoever a sign-up found to have an account.
///
/// # Errors
/// `AttemptNotFound` where none did, or not just now.
pub async fn to_sign_in(mut caller: Caller) -> Result<Response, Error> {
    let nothing = || Error::from(ErrorCode::AttemptNotFound);
    let id = caller.known()?.sign_up.clone().ok_or_else(nothing)?;
    let found = sign_ups::load(&caller, id.as_str()).await?;
    let mut kept = found.loaded.beside.clone();
    let user = kept.existing.take().ok_or_else(nothing)?;
    let sealed = kept.external.take().ok_or_else(nothing)?;
    let held = Held::open(&caller.app, &sealed)?;
    if held.is_stale(caller.now) {
        return Err(nothing());
    }
    sign_ins::refuse_again(&caller, Some(&user))?;
    let strategy = held.strategy()?;
    // Of two at once, one finds that the proof was used.
    let after = found
        .loaded
        .step
        .clone()
        .advance(SignUpEvent::Transferred)?;
    let step = found.loaded.to_with(&after, &kept)?;
    if !caller.app.store.advance(&step).await? {
        return Err(nothing());
    }
    if caller
        .app
        .store
        .owner_of_external(&held.key())
        .await?
        .is_none()
    {
        link(&caller, &user, &held).await?;
    }
    let step = sign_ins::blank(&caller)?;
    let attempt = sign_ins::begin(&mut caller, step, Person::default()).await?;
    arrival::first(caller, attempt, strategy, proved(user)).await
}
