//! Invitations to organizations and suggestions to ask, as those see and accept them whom they are for.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    ErrorCode, InvitationId, MembershipId, MembershipRequestId, SuggestionId,
};

use super::done;
use crate::error::Error;
use crate::store::{Accepting, MembershipRequest, Outcome};
use crate::wire::{Listing, SignedIn};

/// `GET /v1/me/organization_invitations?status=&limit=&offset=`: those to addresses that the user has proven.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn list(me: SignedIn, listing: Listing) -> Result<Response, Error> {
    let (store, now) = (&me.caller.app.store, me.caller.now);
    let (statuses, page) = (&listing.statuses, listing.page());
    let found = store
        .invitations_of(&me.session.user, statuses, page, now)
        .await?;
    me.caller.answer(found).await
}

/// `POST /v1/me/organization_invitations/{id}/accept`: joins the organization.
///
/// # Errors
/// `AuthenticationInvalid`; `ResourceNotFound` where it is not open, or to an address that is not the user's;
/// `OrganizationMembershipQuotaExceeded`.
pub async fn accept(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let id = InvitationId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let (app, user) = (&me.caller.app, &me.session.user);
    let accepting = Accepting {
        id: &id,
        user,
        membership: &MembershipId::from_random(app.chance.bytes()?),
        session: None,
        most: app.settings().organizations.max_members,
    };
    let outcome = app
        .store
        .accept_invitation(accepting, me.caller.cause())
        .await?;
    if outcome != Outcome::AlreadyMember {
        done(outcome)?;
    }
    let accepted = app.store.invitation_of(user, &id, me.caller.now).await?;
    let accepted = accepted.ok_or(ErrorCode::ResourceNotFound)?;
    me.caller.answer(accepted).await
}

/// `GET /v1/me/organization_suggestions?status=&limit=&offset=`: what the domains of the user's proven addresses suggest.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn suggestions(me: SignedIn, listing: Listing) -> Result<Response, Error> {
    let store = &me.caller.app.store;
    let (statuses, page) = (&listing.statuses, listing.page());
    let found = store.suggestions(&me.session.user, statuses, page).await?;
    me.caller.answer(found).await
}

/// `POST /v1/me/organization_suggestions/{id}/accept`: asks to join the organization.
///
/// # Errors
/// `AuthenticationInvalid`; `ResourceNotFound` where it is not open, or another's.
pub async fn accept_suggestion(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let id = SuggestionId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let (app, user) = (&me.caller.app, &me.session.user);
    let request = MembershipRequest {
        id: &MembershipRequestId::from_random(app.chance.bytes()?),
    };
    let outcome = app
        .store
        .accept_suggestion(user, &id, &request, me.caller.cause())
        .await?;
    done(outcome)?;
    let accepted = app.store.suggestion(user, &id).await?;
    let accepted = accepted.ok_or(ErrorCode::ResourceNotFound)?;
    me.caller.answer(accepted).await
}
