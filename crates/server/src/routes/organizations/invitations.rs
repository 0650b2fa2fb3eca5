//! Invitations to an organization, as those see and make them who are in it.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    CreateOrganizationInvitation, ErrorCode, InvitationId, OrganizationInvitation, SystemPermission,
};

use super::inviting::{Extras, Invite};
use super::{demand, settle};
use crate::error::Error;
use crate::routes::me;
use crate::store::{Actor, Member};
use crate::wire::{Body, Listing, Pairs, SignedIn};

/// `GET /v1/organizations/{id}/invitations?status=&limit=&offset=`: a page of them, the newest first.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn list(
    me: SignedIn,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let (store, now) = (&me.caller.app.store, me.caller.now);
    let (statuses, page) = (&listing.statuses, listing.page());
    let found = store
        .organization_invitations(&member.organization, statuses, page, now)
        .await?;
    me.caller.answer(found).await
}

/// `POST /v1/organizations/{id}/invitations`: invites somebody; whoever is invited already is written to again.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `FormParamNil`, `FormParamFormatInvalid`,
/// `FormParamValueInvalid`, `AlreadyAMemberInOrganization`, `OrganizationMembershipQuotaExceeded`,
/// `OrganizationInvitationQuotaExceeded`, `TooManyRequests`.
pub async fn create(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<CreateOrganizationInvitation>,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let typed = command.email_address.unwrap_or_default();
    let invited = by_member(&me, &member, &[typed], command.role).await?;
    let first = invited.into_iter().next();
    let first = first.ok_or(ErrorCode::ResourceNotFound)?;
    me.caller.answer(first).await
}

/// `POST /v1/organizations/{id}/invitations/bulk`: invites several people, or nobody where there is a mistake in one of
/// the addresses; the answer names each mistake by its address.
///
/// # Errors
/// Those of [`create`].
pub async fn create_several(
    me: SignedIn,
    Path(id): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let mut typed = Vec::new();
    let mut role = None;
    for (name, value) in pairs {
        match name.as_str() {
            "email_address" | "email_address[]" => typed.push(value),
            "role" => role = Some(value),
            _ => {}
        }
    }
    let invited = by_member(&me, &member, &typed, role).await?;
    me.caller.answer(invited).await
}

/// `POST /v1/organizations/{id}/invitations/{invitation_id}/revoke`: takes an invitation back.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where it is not open, `AuthorizationInvalid`.
pub async fn revoke(
    me: SignedIn,
    Path((id, invitation)): Path<(String, String)>,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let invitation = InvitationId::parse(&invitation).ok_or(ErrorCode::ResourceNotFound)?;
    let (store, cause) = (&me.caller.app.store, me.caller.cause());
    let actor = Actor::Member(&me.session.user);
    let outcome = store
        .revoke_organization_invitation(actor, &member.organization, &invitation, cause)
        .await?;
    settle(&me, &member, outcome).await?;
    let revoked = store
        .organization_invitation(&member.organization, invitation.as_str(), me.caller.now)
        .await?;
    let revoked = revoked.ok_or(ErrorCode::ResourceNotFound)?;
    me.caller.answer(revoked).await
}

/// What a member invites with.
async fn by_member(
    me: &SignedIn,
    member: &Member,
    typed: &[String],
    role: Option<String>,
) -> Result<Vec<OrganizationInvitation>, Error> {
    let role = role.filter(|role| !role.is_empty());
    let role = role.ok_or_else(|| Error::at(ErrorCode::FormParamNil, "role"))?;
    let host = me::user(me).await?;
    let invite = Invite {
        app: &me.caller.app,
        actor: Actor::Member(&me.session.user),
        organization: &member.organization,
        host: Some(&host),
        role: &role,
        days: me.caller.app.settings().organizations.invitation_days,
        extras: Extras::default(),
        cause: me.caller.cause(),
    };
    invite.send(typed).await
}
