//! Invitations to an organization, as the app's server makes and takes them back.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{
    ErrorCode, InvitationId, List, Metadata, OrganizationId, OrganizationInvitation,
};
use serde::Deserialize;

use super::invitations::{Filter, destination};
use super::organizations::{parse, user};
use super::{metadata, page};
use crate::error::Error;
use crate::routes::organizations::done;
use crate::routes::organizations::inviting::{Extras, Invite};
use crate::store::Actor;
use crate::wire::{Asked, Backend, Document};

const MOST_DAYS: i64 = 365;

/// Somebody to be invited.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    email_address: String,
    #[serde(flatten)]
    how: How,
}

/// Several people to be invited.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewInvitations {
    email_addresses: Vec<String>,
    #[serde(flatten)]
    how: How,
}

/// As what, in whose name, and for how long.
#[derive(Debug, Deserialize)]
pub struct How {
    role: String,
    #[serde(default)]
    inviter_user_id: Option<String>,
    #[serde(default)]
    redirect_url: Option<String>,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    notify: Option<bool>,
    #[serde(default)]
    expires_in_days: Option<i64>,
    #[serde(default)]
    public_metadata: Option<Metadata>,
    #[serde(default)]
    private_metadata: Option<Metadata>,
}

/// `GET /admin/v1/organizations/{id}/invitations`: a page of them, the newest first.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn list(
    backend: Backend,
    Path(id): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<Response, Error> {
    let store = &backend.app.store;
    let page = page(filter.limit, filter.offset)?;
    let organization = store.organization(&parse(&id)?).await?;
    let organization = organization.ok_or(ErrorCode::ResourceNotFound)?.id;
    let statuses: Vec<String> = filter.status.into_iter().collect();
    let found = store
        .organization_invitations(&organization, &statuses, page, backend.now)
        .await?;
    Ok(Json(found).into_response())
}

/// `POST /admin/v1/organizations/{id}/invitations`: invites somebody; whoever is invited already is written to again.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`, `AlreadyAMemberInOrganization`, `OrganizationMembershipQuotaExceeded`,
/// `OrganizationInvitationQuotaExceeded`, `TooManyRequests`, and those of its fields.
pub async fn create(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<NewInvitation>,
) -> Result<Response, Error> {
    let made = invite(
        &backend,
        &parse(&id)?,
        &[command.email_address],
        command.how,
    )
    .await?;
    let first = made.into_iter().next();
    let first = first.ok_or(ErrorCode::ResourceNotFound)?;
    Ok((StatusCode::CREATED, Json(first)).into_response())
}

/// `POST /admin/v1/organizations/{id}/invitations/bulk`: invites several people, or nobody where there is a mistake.
///
/// # Errors
/// Those of [`create`].
pub async fn create_several(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<NewInvitations>,
) -> Result<Response, Error> {
    let data = invite(
        &backend,
        &parse(&id)?,
        &command.email_addresses,
        command.how,
    )
    .await?;
    let total_count = u32::try_from(data.len()).unwrap_or(u32::MAX);
    Ok((StatusCode::CREATED, Json(List { data, total_count })).into_response())
}

/// `GET /admin/v1/organizations/{id}/invitations/{invitation_id}`: one.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn read(
    backend: Backend,
    Path((id, invitation)): Path<(String, String)>,
) -> Result<Response, Error> {
    let invitation = InvitationId::parse(&invitation).ok_or(ErrorCode::ResourceNotFound)?;
    answer(&backend, &parse(&id)?, &invitation).await
}

/// `POST /admin/v1/organizations/{id}/invitations/{invitation_id}/revoke`: takes one back.
///
/// # Errors
/// `ResourceNotFound` where it is not open.
pub async fn revoke(
    backend: Backend,
    Path((id, invitation)): Path<(String, String)>,
) -> Result<Response, Error> {
    let organization = parse(&id)?;
    let invitation = InvitationId::parse(&invitation).ok_or(ErrorCode::ResourceNotFound)?;
    let store = &backend.app.store;
    let outcome = store
        .revoke_organization_invitation(Actor::Backend, &organization, &invitation, backend.cause())
        .await?;
    done(outcome)?;
    answer(&backend, &organization, &invitation).await
}

async fn invite(
    backend: &Backend,
    organization: &OrganizationId,
    emails: &[String],
    how: How,
) -> Result<Vec<OrganizationInvitation>, Error> {
    let app = &backend.app;
    let usual = app.settings().organizations.invitation_days;
    let days = how.expires_in_days.unwrap_or(usual);
    if !(1..=MOST_DAYS).contains(&days) {
        let field = "expires_in_days";
        return Err(Error::at(ErrorCode::FormParamValueInvalid, field));
    }
    let host = match &how.inviter_user_id {
        Some(id) => {
            let id = user(app, id, "inviter_user_id").await?;
            app.store.user(&id).await?
        }
        None => None,
    };
    let place = how.redirect_url.as_deref();
    let place = place
        .map(|place| destination(app, Some(place)))
        .transpose()?;
    let invite = Invite {
        app,
        actor: Actor::Backend,
        organization,
        host: host.as_ref(),
        role: &how.role,
        days,
        extras: Extras {
            place,
            locale: how.locale,
            is_silent: how.notify == Some(false),
            public_metadata: metadata(how.public_metadata.as_ref(), "public_metadata")?,
            private_metadata: metadata(how.private_metadata.as_ref(), "private_metadata")?,
        },
        cause: backend.cause(),
    };
    invite.send(emails).await
}

async fn answer(
    backend: &Backend,
    organization: &OrganizationId,
    id: &InvitationId,
) -> Result<Response, Error> {
    let store = &backend.app.store;
    let found = store
        .organization_invitation(organization, id.as_str(), backend.now)
        .await?;
    let found = found.ok_or(ErrorCode::ResourceNotFound)?;
    Ok(Json(found).into_response())
}
