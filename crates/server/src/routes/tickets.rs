//! Tickets that the app's server gave: one that signs a user in, and one that lets whoever was invited sign up.

use axum::response::Response;
use frontdesk_protocol::{
    CreateSignUp, Email, ErrorCode, Filled, InvitationId, Secret, SignUpEvent, Strategy, UserId,
};

use super::{arrival, fields, sign_ins, sign_ups};
use crate::error::Error;
use crate::factor::Proved;
use crate::restrictions;
use crate::seal::hash_token;
use crate::store::{Identifier, Kept, Person, Spend, StoredInvitation, TicketPurpose};
use crate::wire::Caller;

const FIELD: &str = "ticket";

/// Signs in whom a ticket is about; a second factor is asked for unless the ticket says otherwise.
///
/// # Errors
/// `TicketInvalid`, `IdentifierAlreadySignedIn`, `UserBanned`.
pub async fn sign_in(mut caller: Caller, ticket: &Secret<String>) -> Result<Response, Error> {
    let hash = hash_token(ticket.expose());
    let store = caller.app.store.clone();
    let mut found = None;
    for purpose in [TicketPurpose::SignIn, TicketPurpose::SignInAlone] {
        if let Some(subject) = store.ticket(purpose, &hash, caller.now).await? {
            found = UserId::parse(&subject).map(|user| (purpose, user));
        }
    }
    let (purpose, user) = found.ok_or_else(invalid)?;
    sign_ins::refuse_again(&caller, Some(&user)).await?;
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
        Error::Refused(..) | Error::Told(..) | Error::Busy(_) | Error::Broken(_) => error,
    }
}
