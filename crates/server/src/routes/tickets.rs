//! Tickets that were given: one that signs a user in, and one that leads whoever was invited in, to sign up or, where
//! they have an account, to sign in.

use axum::response::Response;
use frontdesk_protocol::{
    CreateSignUp, Email, ErrorCode, Filled, InvitationId, Secret, SignInEvent, SignUpEvent,
    Strategy, UserId,
};

use super::{arrival, fields, sign_ins, sign_ups};
use crate::error::Error;
use crate::factor::{self, Proved};
use crate::restrictions;
use crate::seal::hash_token;
use crate::store::{Identifier, Kept, Person, Spend, StoredInvitation, TicketPurpose};
use crate::wire::Caller;

const FIELD: &str = "ticket";

/// Signs in whom a ticket is about; a second factor is asked for unless the ticket says otherwise.
///
/// An invitation's says who signs in and proves nothing, because letters are passed on; whoever is signed in joins at
/// once.
///
/// # Errors
/// `TicketInvalid`, `OrganizationMembershipQuotaExceeded`, `IdentifierAlreadySignedIn`, `SessionExists`, `UserBanned`,
/// `UserLocked`.
pub async fn sign_in(mut caller: Caller, ticket: &Secret<String>) -> Result<Response, Error> {
    let hash = hash_token(ticket.expose());
    let store = caller.app.store.clone();
    let mut found = None;
    for purpose in [TicketPurpose::SignIn, TicketPurpose::SignInAlone] {
        if let Some(subject) = store.ticket(purpose, &hash, caller.now).await? {
            found = UserId::parse(&subject).map(|user| (purpose, user));
        }
    }
    let Some((purpose, user)) = found else {
        return invited(caller, ticket).await;
    };
    sign_ins::refuse_again(&caller, Some(&user))?;
    sign_ins::refuse_signed_in(&caller)?;
    let person = Person {
        user: Some(user.clone()),
        ..Person::default()
    };
    let step = sign_ins::blank(&caller)?;
    let attempt = sign_ins::begin(&mut caller, step, person).await?;
    let proved = Proved {
        user,
        spends: vec![Spend::Ticket(purpose.as_str(), hash)],
        forgiven: Vec::new(),
        is_double: purpose == TicketPurpose::SignInAlone,
    };
    arrival::first(caller, attempt, Strategy::Ticket, proved)
        .await
        .map_err(spent)
}

/// Begins the sign-in of whoever has an account and was invited; an organization they join once they are in.
///
/// Where it has no room they hear of it at once, and sign in without the ticket, which stays good.
async fn invited(mut caller: Caller, ticket: &Secret<String>) -> Result<Response, Error> {
    let invitation = invitation(&caller, ticket).await?;
    let email = invitation.email_address;
    let owner = caller.app.store.owner(&email).await?;
    let Some((user, _)) = owner else {
        return Err(invalid());
    };
    if let Some(organization) = &invitation.organization {
        let most = caller.app.settings().organizations.max_members;
        let store = &caller.app.store;
        if !store.has_room(organization, &user, most).await? {
            return Err(ErrorCode::OrganizationMembershipQuotaExceeded.into());
        }
    }
    let person = Person {
        identifier: Some(Identifier::Email(email.clone())),
        user: Some(user.clone()),
        // Whoever has an account needs none of the other invitations.
        invitation: invitation.organization.and(Some(invitation.id)),
        ..Person::default()
    };
    let browser = caller.browser.as_ref();
    let live = browser.and_then(|browser| browser.live.iter().find(|it| it.user == user));
    if let Some(session) = live.map(|session| session.id.clone()) {
        arrival::join(&caller, &person, &user, &session).await?;
    }
    sign_ins::refuse_again(&caller, Some(&user))?;
    sign_ins::refuse_signed_in(&caller)?;
    let step = sign_ins::blank(&caller)?.advance(SignInEvent::Identified {
        identifier: email,
        first_factors: factor::offered(&caller.app, &person),
    })?;
    let attempt = sign_ins::begin(&mut caller, step, person).await?;
    caller.answer(attempt.loaded.step).await
}

/// Begins the sign-up of whoever was invited; their address is taken as proven, and no other in its place.
///
/// The ticket is spent when the sign-up is complete, so that a form can be sent again.
///
/// # Errors
/// `TicketInvalid`, at `email_address` where the person has an account and may sign in; `NotAllowedAccess`, and
/// those of the fields.
pub async fn sign_up(mut caller: Caller, command: CreateSignUp) -> Result<Response, Error> {
    const ADDRESS: &str = "email_address";
    let ticket = command.ticket.clone().unwrap_or_default();
    let invitation = invitation(&caller, &ticket).await?;
    let email = invitation.email_address;
    if caller.app.store.owner(&email).await?.is_some() {
        return Err(Error::at(ErrorCode::TicketInvalid, ADDRESS));
    }
    let identifier = Identifier::Email(email.clone());
    restrictions::check_block(&caller.app, &identifier, ADDRESS).await?;
    let kept = Kept {
        invitation: Some(invitation.id),
        ..Kept::default()
    };
    let command = bound(command, Some(&email), &kept)?;
    let (event, password) = fields::filled(&caller, &command, &kept).await?;
    let has_custom = event.has_custom;
    let mut step = fields::blank(&caller)?.advance(SignUpEvent::Filled(event))?;
    step.take_verified(Filled {
        email_address: Some(email),
        has_custom,
        ..Filled::default()
    });
    if let Some(verification) = &mut step.verifications.email_address {
        verification.strategy = Some(Strategy::Ticket);
    }
    let kept = Kept {
        password,
        has_custom,
        ..kept
    };
    let attempt = sign_ups::begin(&mut caller, step, kept).await?;
    Box::pin(sign_ups::go_on(caller, attempt)).await
}

/// The fields of a sign-up, without the address where an invitation says which it is.
///
/// # Errors
/// `FormParamValueInvalid` where it is another one.
pub fn bound(
    mut command: CreateSignUp,
    email: Option<&str>,
    kept: &Kept,
) -> Result<CreateSignUp, Error> {
    const ADDRESS: &str = "email_address";
    if kept.invitation.is_none() {
        return Ok(command);
    }
    let typed = command.email_address.take();
    let typed = typed.filter(|typed| !typed.trim().is_empty());
    let is_another = typed.is_some_and(|typed| {
        let typed = Email::parse(&typed).ok();
        typed.as_ref().map(Email::as_str) != email
    });
    if is_another {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, ADDRESS));
    }
    Ok(command)
}

/// What a sign-up says whose ticket was spent by another one first.
pub fn stale(kept: &Kept) -> Error {
    if kept.invitation.is_some() {
        invalid()
    } else {
        ErrorCode::AttemptNotFound.into()
    }
}

async fn invitation(caller: &Caller, ticket: &Secret<String>) -> Result<StoredInvitation, Error> {
    let hash = hash_token(ticket.expose());
    let store = &caller.app.store;
    let subject = store
        .ticket(TicketPurpose::Invitation, &hash, caller.now)
        .await?;
    let id = subject.and_then(|subject| InvitationId::parse(&subject));
    let found = match id {
        Some(id) => store.invitation(&id).await?,
        None => None,
    };
    found
        .filter(|it| it.status == "pending" && it.expires_at > caller.now)
        .ok_or_else(invalid)
}

fn invalid() -> Error {
    Error::at(ErrorCode::TicketInvalid, FIELD)
}

/// Whoever was quicker has spent it.
fn spent(error: Error) -> Error {
    match error {
        Error::Refused(ErrorCode::AttemptNotFound, _) => invalid(),
        Error::Refused(..)
        | Error::Told(..)
        | Error::Several(_)
        | Error::Busy(_)
        | Error::Broken(_) => error,
    }
}
