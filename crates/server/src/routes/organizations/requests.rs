//! Requests to join an organization, as those answer them who manage its members.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{ErrorCode, MembershipId, MembershipRequestId, SystemPermission};

use super::{demand, done};
use crate::error::Error;
use crate::store::{Actor, Answer, NewMember};
use crate::wire::{Listing, SignedIn};

/// `GET /v1/organizations/{id}/membership_requests?status=&limit=&offset=`: a page of them, the newest first.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn list(
    me: SignedIn,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let store = &me.caller.app.store;
    let (statuses, page) = (&listing.statuses, listing.page());
    let found = store
        .membership_requests(&member.organization, statuses, page)
        .await?;
    me.caller.answer(found).await
}

/// `POST /v1/organizations/{id}/membership_requests/{request_id}/accept`: takes whoever asks in.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where it is not open, `AuthorizationInvalid`,
/// `OrganizationMembershipQuotaExceeded`.
pub async fn accept(me: SignedIn, path: Path<(String, String)>) -> Result<Response, Error> {
    answer(me, path, true).await
}

/// `POST /v1/organizations/{id}/membership_requests/{request_id}/reject`: does not.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where it is not open, `AuthorizationInvalid`.
pub async fn reject(me: SignedIn, path: Path<(String, String)>) -> Result<Response, Error> {
    answer(me, path, false).await
}

async fn answer(
    me: SignedIn,
    Path((id, request)): Path<(String, String)>,
    is_accepted: bool,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let request = MembershipRequestId::parse(&request).ok_or(ErrorCode::ResourceNotFound)?;
    let app = &me.caller.app;
    let organization = &member.organization;
    let found = app.store.membership_request(organization, &request).await?;
    let found = found.ok_or(ErrorCode::ResourceNotFound)?;
    let settings = app.settings();
    let membership = MembershipId::from_random(app.chance.bytes()?);
    let answer = if is_accepted {
        Answer::Accept(NewMember {
            id: &membership,
            organization,
            user: &found.public_user_data.user_id,
            role: &settings.organizations.domains.default_role,
            most: settings.organizations.max_members,
        })
    } else {
        Answer::Reject
    };
    let actor = Actor::Member(&me.session.user);
    let outcome = app
        .store
        .answer_request(actor, organization, &request, answer, me.caller.cause())
        .await?;
    done(outcome)?;
    let answered = app.store.membership_request(organization, &request).await?;
    let answered = answered.ok_or(ErrorCode::ResourceNotFound)?;
    me.caller.answer(answered).await
}
