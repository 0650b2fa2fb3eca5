//! How a sign-up ends: in a user and a session, or in what of it turned out to be somebody else's.

use axum::response::Response;
use frontdesk_protocol::{
    EmailAddressId, ErrorCode, MembershipId, PhoneNumberId, SessionId, SignUp, SignUpEvent, UserId,
    Verification, Verified,
};

use super::sign_ups::{Attempt, refuse};
use super::{fields, oauth, sessions, tickets};
use crate::error::Error;
use crate::store::{Budget, Ended, Ending, Kept, NewAddress, NewExternalAccount, NewUser, Spend};
use crate::wire::Caller;

/// Makes a user and a session of a sign-up in which nothing is missing.
pub async fn complete(
    mut caller: Caller,
    attempt: &Attempt,
    ready: SignUp,
    kept: &Kept,
    spends: &[Spend],
    forgiven: &[Budget],
) -> Result<Response, Error> {
    let step = complete_step(&mut caller, attempt, ready, kept, (spends, forgiven));
    let after = Box::pin(step).await?;
    caller.answer(after).await
}

/// Makes a user and a session, and leaves it to others to answer.
pub async fn complete_step(
    caller: &mut Caller,
    attempt: &Attempt,
    ready: SignUp,
    kept: &Kept,
    (spends, forgiven): (&[Spend], &[Budget]),
) -> Result<SignUp, Error> {
    let app = caller.app.clone();
    let user = UserId::from_random(app.chance.bytes()?);
    let email_id = EmailAddressId::from_random(app.chance.bytes()?);
    let phone_id = PhoneNumberId::from_random(app.chance.bytes()?);
    let session = SessionId::from_random(app.chance.bytes()?);
    let membership = MembershipId::from_random(app.chance.bytes()?);
    let event = SignUpEvent::Completed {
        user: user.clone(),
        session: session.clone(),
    };
    let after = ready.advance(event)?;
    let strategy = fields::strategy_of(&after);
    let verification = serde_json::to_string(&Verification::proved(None, strategy))
        .map_err(anyhow::Error::from)?;
    let metadata = serde_json::to_string(&after.unsafe_metadata).map_err(anyhow::Error::from)?;
    caller.prepare_rotation()?;
    let new_session = sessions::begin(caller, &session, &user, strategy)?;
    let filled = |name: &'_ Option<String>| name.clone().filter(|name| !name.is_empty());
    let (first_name, last_name) = (filled(&after.first_name), filled(&after.last_name));
    let new_user = NewUser {
        email: after.email_address.as_deref().map(|text| NewAddress {
            id: email_id.as_str(),
            text,
            verification: &verification,
        }),
        phone: after.phone_number.as_deref().map(|text| NewAddress {
            id: phone_id.as_str(),
            text,
            verification: &verification,
        }),
        username: after.username.as_deref(),
        first_name: first_name.as_deref(),
        last_name: last_name.as_deref(),
        locale: after.locale.as_deref(),
        password: kept.password.as_deref(),
        external: oauth::kept_account(&app, kept)?,
        legal_accepted_at: after.legal_accepted_at,
        unsafe_metadata: Some(&metadata),
        invitation: kept.invitation.as_ref(),
        membership: Some((&membership, app.settings().organizations.max_members)),
        ..NewUser::of(&user)
    };
    let step = attempt.loaded.to_with(&after, kept)?;
    let ending = Ending {
        step: &step,
        spends,
        forgiven,
        notices: &[],
    };
    let ended = app
        .store
        .complete_sign_up(ending, &new_user, &new_session, caller.cause())
        .await?;
    match ended {
        Ended::Done => Ok(after),
        Ended::Stale => Err(tickets::stale(kept)),
        Ended::Banned => Err(ErrorCode::UserBanned.into()),
        Ended::Locked => Err(ErrorCode::UserLocked.into()),
        Ended::Full => Err(ErrorCode::OrganizationMembershipQuotaExceeded.into()),
        // Whoever typed the right code reads the owner's mail, and may know.
        Ended::Taken => Err(taken(caller, attempt, &after, spends, new_user.external).await?),
    }
}

/// What of a sign-up turned out to be somebody else's.
async fn taken(
    caller: &Caller,
    attempt: &Attempt,
    after: &SignUp,
    spends: &[Spend],
    external: Option<NewExternalAccount>,
) -> Result<Error, Error> {
    let code = ErrorCode::FormIdentifierExists;
    let store = &caller.app.store;
    if let Some(external) = external
        && store.owner_of_external(&external.key).await?.is_some()
    {
        return Ok(ErrorCode::ExternalAccountExists.into());
    }
    if let Some(name) = &after.username
        && store.owner_of_username(name).await?.is_some()
    {
        return Ok(Error::at(code, "username"));
    }
    if let Some(number) = &after.phone_number
        && store.owner_of_number(number).await?.is_some()
    {
        let field = Verified::PhoneNumber;
        return refuse(caller, attempt, field, code, "phone_number", spends).await;
    }
    let field = Verified::EmailAddress;
    refuse(caller, attempt, field, code, "email_address", spends).await
}
