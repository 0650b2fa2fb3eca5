//! What a right proof leads to: one more proof, another password, or a session.

use axum::response::Response;
use frontdesk_protocol::{
    ErrorCode, MembershipId, Next, ResetPassword, SessionId, SignIn, SignInEvent, Strategy,
    Timestamp, UserId,
};

use super::fields::about;
use super::sessions;
use crate::error::Error;
use crate::factor::{self, Attempt, Proved};
use crate::flow;
use crate::mail::Letter;
use crate::password;
use crate::store::{
    Accepting, Ended, Ending, NewSession, PasswordReset, Person, SealedMail, Trust,
};
use crate::wire::Caller;

/// For how long after a code was right another password may be chosen.
const RESET_S: i64 = 600;

/// Goes on from the first proof.
///
/// # Errors
/// `AttemptNotFound` where the proof was used up meanwhile, `UserBanned`, `UserLocked`.
pub async fn first(
    mut caller: Caller,
    attempt: Attempt,
    strategy: Strategy,
    proved: Proved,
) -> Result<Response, Error> {
    let after = first_step(&mut caller, &attempt, strategy, proved).await?;
    caller.answer(after).await
}

/// Goes on from the first proof, and leaves it to others to answer.
///
/// # Errors
/// Those of [`first`].
pub async fn first_step(
    caller: &mut Caller,
    attempt: &Attempt,
    strategy: Strategy,
    proved: Proved,
) -> Result<SignIn, Error> {
    let is_reset = matches!(
        strategy,
        Strategy::ResetPasswordEmailCode | Strategy::ResetPasswordPhoneCode
    );
    let session = new_id(caller)?;
    let next = if is_reset {
        Next::NewPassword
    } else {
        next(caller, strategy, &proved, &session).await?
    };
    let is_done = matches!(next, Next::Session(_));
    let event = SignInEvent::Proved { strategy, next };
    let after = attempt.loaded.step.clone().advance(event)?;
    if is_done {
        let proved = (strategy, proved);
        enter(caller, attempt, &after, &session, proved, false).await?;
    } else {
        settle(caller, attempt, &after, &proved).await?;
    }
    Ok(after)
}

/// Goes on from the second proof, to a session.
///
/// # Errors
/// `AttemptNotFound` where the proof was used up meanwhile, `UserBanned`, `UserLocked`.
pub async fn second(
    mut caller: Caller,
    attempt: Attempt,
    strategy: Strategy,
    proved: Proved,
    is_trusted: bool,
) -> Result<Response, Error> {
    let session = new_id(&caller)?;
    let event = SignInEvent::SecondProved {
        strategy,
        session: session.clone(),
    };
    let after = attempt.loaded.step.clone().advance(event)?;
    let proved = Proved {
        is_double: true,
        ..proved
    };
    let first = attempt.loaded.step.first_factor_verification.as_ref();
    let strategy = first.map_or(strategy, |first| first.strategy);
    enter(
        &mut caller,
        &attempt,
        &after,
        &session,
        (strategy, proved),
        is_trusted,
    )
    .await?;
    caller.answer(after).await
}

/// Sets another password once the person has proven who they are, and goes on to a second proof or a session.
///
/// # Errors
/// Those of a new password, `AttemptNotFound`, `UserBanned`, `UserLocked`.
pub async fn reset(
    mut caller: Caller,
    attempt: Attempt,
    command: ResetPassword,
) -> Result<Response, Error> {
    let app = caller.app.clone();
    let person = attempt.person();
    let user = person.user.clone().ok_or(ErrorCode::AttemptNotFound)?;
    if !is_fresh(&attempt, caller.now) {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    // Whether this is the moment for it is known before anything is hashed.
    let session = new_id(&caller)?;
    let strategy = Strategy::ResetPasswordEmailCode;
    let proved = Proved {
        user: user.clone(),
        spends: Vec::new(),
        forgiven: Vec::new(),
        is_double: false,
    };
    let next = next(&caller, strategy, &proved, &session).await?;
    let is_done = matches!(next, Next::Session(_));
    let after = attempt
        .loaded
        .step
        .clone()
        .advance(SignInEvent::PasswordReset { next })?;
    let typed = command.password.unwrap_or_default();
    let shown = app.store.user(&user).await?;
    let shown = shown.ok_or(ErrorCode::AttemptNotFound)?;
    let about = about(&shown);
    let sealed = password::take(&app, &typed, &about, "password", caller.now).await?;
    let notices = [flow::notice(&app, &user, Letter::PasswordChanged).await?];
    // What is changed here is changed by whoever goes on.
    let changed = Person {
        as_of: Some(caller.now),
        ..person.clone()
    };
    let step = attempt.loaded.to_with(&after, &changed)?;
    let browser = caller.known()?.id.clone();
    if is_done {
        caller.prepare_rotation()?;
    }
    let ending = Ending {
        step: &step,
        spends: &[],
        forgiven: &[],
        notices: &notices,
    };
    let reset = PasswordReset {
        user: &user,
        after: &sealed,
        as_of: person.as_of,
        client: &browser,
        ends_others: command.sign_out_of_other_sessions.as_deref() != Some("false"),
    };
    let new_session = if is_done {
        Some(sessions::begin(&caller, &session, &user, strategy)?)
    } else {
        None
    };
    let ended = app
        .store
        .reset_password(ending, reset, new_session.as_ref(), caller.cause())
        .await?;
    app.letters.notify_one();
    done(ended)?;
    if is_done {
        join(&caller, person, &user, &session).await?;
    }
    caller.answer(after).await
}

/// Whether a code to choose another password with was right so lately that one may still be chosen.
fn is_fresh(attempt: &Attempt, now: Timestamp) -> bool {
    let proven_at = attempt.person().proven_at;
    proven_at.is_some_and(|at| now < at.plus_s(RESET_S))
}

/// What comes after a proof of who somebody is.
async fn next(
    caller: &Caller,
    strategy: Strategy,
    proved: &Proved,
    session: &SessionId,
) -> Result<Next, Error> {
    let app = &caller.app;
    let settings = app.settings();
    let here = || Next::Session(session.clone());
    if proved.is_double {
        return Ok(here());
    }
    // One that was made by this very request is nobody's yet.
    let known = match &caller.browser {
        Some(browser) => {
            app.store
                .trust(&browser.id, &proved.user, caller.now)
                .await?
        }
        None => None,
    };
    let second = factor::second(app, &proved.user).await?;
    if !second.is_empty() {
        return Ok(if known == Some(true) {
            here()
        } else {
            Next::SecondFactor(second)
        });
    }
    if settings.device.verify_new && strategy == Strategy::Password && known.is_none() {
        let ways = factor::trust(app, &proved.user).await?;
        if !ways.is_empty() {
            return Ok(Next::ClientTrust(ways));
        }
    }
    Ok(here())
}

async fn settle(
    caller: &Caller,
    attempt: &Attempt,
    after: &SignIn,
    proved: &Proved,
) -> Result<(), Error> {
    let mut person = attempt.person().clone();
    person.user = Some(proved.user.clone());
    person.proven_at = Some(caller.now);
    let step = attempt.loaded.to_with(after, &person)?;
    let ending = Ending {
        step: &step,
        spends: &proved.spends,
        forgiven: &proved.forgiven,
        notices: &[],
    };
    if caller.app.store.settle(ending, caller.cause()).await? {
        Ok(())
    } else {
        Err(ErrorCode::AttemptNotFound.into())
    }
}

/// Ends the attempt in a session, and tells the user of a new device.
async fn enter(
    caller: &mut Caller,
    attempt: &Attempt,
    after: &SignIn,
    session: &SessionId,
    (strategy, proved): (Strategy, Proved),
    is_trusted: bool,
) -> Result<(), Error> {
    let app = caller.app.clone();
    let settings = app.settings();
    let notices = new_device(caller, &proved.user).await?;
    caller.prepare_rotation()?;
    let step = attempt.loaded.to(after)?;
    let ending = Ending {
        step: &step,
        spends: &proved.spends,
        forgiven: &proved.forgiven,
        notices: &notices,
    };
    let is_noted = settings.device.verify_new || is_trusted;
    let new_session = NewSession {
        is_doubly_proven: proved.is_double,
        as_of: attempt.person().as_of,
        trust: is_noted.then(|| Trust {
            until: caller.now.plus_s(settings.device.trust_s),
            skips_second_factor: is_trusted,
        }),
        ..sessions::begin(caller, session, &proved.user, strategy)?
    };
    let ended = app
        .store
        .complete_sign_in(ending, &new_session, caller.cause())
        .await?;
    if !notices.is_empty() {
        app.letters.notify_one();
    }
    done(ended)?;
    join(caller, attempt.person(), &proved.user, session).await
}

/// Accepts the invitation that the person came with; that it is worth nothing any more keeps nobody out.
///
/// # Errors
/// Only ours.
pub async fn join(
    caller: &Caller,
    person: &Person,
    user: &UserId,
    session: &SessionId,
) -> Result<(), Error> {
    let Some(id) = &person.invitation else {
        return Ok(());
    };
    let app = &caller.app;
    let accepting = Accepting {
        id,
        user,
        membership: &MembershipId::from_random(app.chance.bytes()?),
        session: Some(session),
        most: app.settings().organizations.max_members,
    };
    let outcome = app
        .store
        .accept_invitation(accepting, caller.cause())
        .await?;
    tracing::debug!("an invitation that somebody came with: {outcome:?}");
    Ok(())
}

/// The letter about a new device, where it is one.
async fn new_device(caller: &Caller, user: &UserId) -> Result<Vec<SealedMail>, Error> {
    let app = &caller.app;
    let is_new = match &caller.browser {
        Some(browser) => app.store.is_new_device(&browser.id, user).await?,
        None => true,
    };
    if !is_new {
        return Ok(Vec::new());
    }
    // Whoever signs in for the first time at all knows it.
    let home = app.store.home(user).await?;
    let Some(home) = home.filter(|home| home.last_sign_in_at.is_some()) else {
        return Ok(Vec::new());
    };
    let letter = Letter::NewDevice {
        device: caller.device(),
        address: caller.address.clone(),
    };
    Ok(vec![flow::notice_to(app, home, letter)?])
}

fn done(ended: Ended) -> Result<(), Error> {
    match ended {
        Ended::Done => Ok(()),
        Ended::Banned => Err(ErrorCode::UserBanned.into()),
        Ended::Locked => Err(ErrorCode::UserLocked.into()),
        Ended::Stale | Ended::Taken | Ended::Full => Err(ErrorCode::AttemptNotFound.into()),
    }
}

fn new_id(caller: &Caller) -> Result<SessionId, Error> {
    Ok(SessionId::from_random(caller.app.chance.bytes()?))
}
