//! Who is in an organization.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    Deleted, ErrorCode, OrganizationMembership, SystemPermission, UpdateMembership, UserId,
};

use super::{demand, load, member, settle};
use crate::error::Error;
use crate::store::{Actor, Member, MemberOrder, Sought};
use crate::wire::{Body, Listing, SignedIn};

/// `GET /v1/organizations/{id}/memberships?limit=&offset=&query=&role=&order_by=`: a page of its members, the first to
/// join first where `order_by` does not say otherwise.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `FormParamValueInvalid`.
pub async fn list(
    me: SignedIn,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsRead).await?;
    let app = &me.caller.app;
    let organization = load(app, &member.organization).await?;
    let sought = Sought {
        query: listing.query.as_deref(),
        roles: &listing.roles,
        order: order(listing.order_by.as_deref())?,
        limit: listing.limit,
        offset: listing.offset,
    };
    let members = app.store.members(&organization, sought).await?;
    me.caller.answer(members).await
}

/// What members are put in order by.
///
/// # Errors
/// `FormParamValueInvalid`.
pub fn order(order_by: Option<&str>) -> Result<MemberOrder, Error> {
    let Some(text) = order_by.filter(|text| !text.is_empty()) else {
        return Ok(MemberOrder::default());
    };
    MemberOrder::parse(text).ok_or_else(|| Error::at(ErrorCode::FormParamValueInvalid, "order_by"))
}

/// `PATCH /v1/organizations/{id}/memberships/{user_id}`: gives a member another role, of those that allow no more than
/// the caller's own.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `FormParamValueInvalid`,
/// `OrganizationMinimumPermissionsNeeded`.
pub async fn update(
    me: SignedIn,
    Path((id, user)): Path<(String, String)>,
    Body(command): Body<UpdateMembership>,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let user = UserId::parse(&user).ok_or(ErrorCode::ResourceNotFound)?;
    let role = command.role.filter(|role| !role.is_empty());
    let role = role.ok_or_else(|| Error::at(ErrorCode::FormParamNil, "role"))?;
    let actor = Actor::Member(&me.session.user);
    let (app, cause) = (&me.caller.app, me.caller.cause());
    let outcome = app
        .store
        .set_role(actor, &member.organization, &user, &role, cause)
        .await?;
    settle(&me, &member, outcome).await?;
    let shown = shown(&me, &member, &user).await?;
    me.caller.answer(shown).await
}

/// `DELETE /v1/organizations/{id}/memberships/{user_id}`: takes a member out; everybody may take themselves out.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `OrganizationMinimumPermissionsNeeded`.
pub async fn remove(
    me: SignedIn,
    Path((id, user)): Path<(String, String)>,
) -> Result<Response, Error> {
    let is_leaving = user == me.session.user.as_str();
    let member = if is_leaving {
        member(&me, &id).await?
    } else {
        demand(&me, &id, SystemPermission::MembershipsManage).await?
    };
    let user = UserId::parse(&user).ok_or(ErrorCode::ResourceNotFound)?;
    let shown = shown(&me, &member, &user).await?;
    take_out(&me, &member, &user).await?;
    me.caller.answer(shown).await
}

/// `DELETE /v1/me/organization_memberships/{id}`: leaves the organization of this id.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `OrganizationMinimumPermissionsNeeded`.
pub async fn leave(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let member = member(&me, &id).await?;
    take_out(&me, &member, &me.session.user).await?;
    me.caller.answer(Deleted { id, deleted: true }).await
}

async fn take_out(me: &SignedIn, member: &Member, user: &UserId) -> Result<(), Error> {
    let actor = Actor::Member(&me.session.user);
    let (app, cause) = (&me.caller.app, me.caller.cause());
    let outcome = app
        .store
        .remove_member(actor, &member.organization, user, cause)
        .await?;
    settle(me, member, outcome).await
}

async fn shown(
    me: &SignedIn,
    member: &Member,
    user: &UserId,
) -> Result<OrganizationMembership, Error> {
    let app = &me.caller.app;
    let organization = load(app, &member.organization).await?;
    let found = app.store.membership(&organization, user).await?;
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}
