//! Organizations and who is in them, as the app's server sees and changes them.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{
    CreateOrganization, Deleted, ErrorCode, List, MembershipId, Metadata, Organization,
    OrganizationId, OrganizationMembership, Slug, UserId,
};
use serde::{Deserialize, Serialize};

use super::users;
use super::{metadata, page};
use crate::app::App;
use crate::error::Error;
use crate::resource;
use crate::routes::organizations::members::order;
use crate::routes::organizations::{done, load, make, name};
use crate::store::{Actor, NewMember, OrganizationChange, Outcome, Sought};
use crate::wire::{Asked, Backend, Document};

/// An organization as the app's server sees it.
#[derive(Serialize)]
pub(crate) struct Shown {
    #[serde(flatten)]
    organization: Organization,
    private_metadata: Metadata,
    roles: Vec<String>,
}

/// A membership as the app's server sees it.
#[derive(Serialize)]
pub struct ShownMembership {
    #[serde(flatten)]
    membership: OrganizationMembership,
    private_metadata: Metadata,
}

/// Which ones.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    query: Option<String>,
    role: Option<String>,
    order_by: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
}

/// An organization to make.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrganization {
    name: String,
    #[serde(default)]
    slug: Option<String>,
    created_by: String,
    #[serde(default)]
    public_metadata: Option<Metadata>,
    #[serde(default)]
    private_metadata: Option<Metadata>,
    #[serde(default)]
    max_allowed_memberships: Option<u32>,
    #[serde(default)]
    roles: Option<Vec<String>>,
}

/// What to change.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangedOrganization {
    name: Option<String>,
    slug: Option<String>,
    public_metadata: Option<Metadata>,
    private_metadata: Option<Metadata>,
    max_allowed_memberships: Option<u32>,
    roles: Option<Vec<String>>,
}

/// What is written of a member.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MembershipMetadata {
    public_metadata: Option<Metadata>,
    private_metadata: Option<Metadata>,
}

/// A member to take in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMembership {
    user_id: String,
    role: String,
}

/// Another role.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedMembership {
    role: String,
}

/// `GET /admin/v1/organizations`: a page of them, the newest first.
///
/// # Errors
/// `FormParamValueInvalid`.
pub async fn list(backend: Backend, Asked(filter): Asked<Filter>) -> Result<Response, Error> {
    let page = page(filter.limit, filter.offset)?;
    let app = &backend.app;
    let query = filter.query.as_deref().filter(|query| !query.is_empty());
    let found = app.store.organizations(query, page).await?;
    let mut data = Vec::with_capacity(found.data.len());
    for mut organization in found.data {
        resource::organization(app, &mut organization);
        data.push(shown(app, organization).await?);
    }
    let total_count = found.total_count;
    Ok(Json(List { data, total_count }).into_response())
}

/// `POST /admin/v1/organizations`: makes one with a user as its admin.
///
/// # Errors
/// `FormParamValueInvalid` where there is no such user, and those of its fields.
pub async fn create(
    backend: Backend,
    Document(command): Document<NewOrganization>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let user = user(app, &command.created_by, "created_by").await?;
    let public = metadata(command.public_metadata.as_ref(), "public_metadata")?;
    let private = metadata(command.private_metadata.as_ref(), "private_metadata")?;
    let change = OrganizationChange {
        public_metadata: public.as_deref(),
        private_metadata: private.as_deref(),
        max_memberships: command.max_allowed_memberships,
        roles: command.roles.as_deref(),
        ..OrganizationChange::default()
    };
    let is_more = public.is_some()
        || private.is_some()
        || change.max_memberships.is_some()
        || change.roles.is_some();
    let new = CreateOrganization {
        name: Some(command.name),
        slug: command.slug,
    };
    let id = make(app, &user, &new, None, backend.cause()).await?;
    if is_more {
        let store = &app.store;
        let outcome = store
            .update_organization(Actor::Backend, &id, change, backend.cause())
            .await?;
        changed(outcome)?;
    }
    answer(app, &id, StatusCode::CREATED).await
}

/// `GET /admin/v1/organizations/{id}`: one.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn read(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    answer(&backend.app, &parse(&id)?, StatusCode::OK).await
}

/// `PATCH /admin/v1/organizations/{id}`: changes one.
///
/// # Errors
/// `ResourceNotFound`, and those of its fields.
pub async fn update(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<ChangedOrganization>,
) -> Result<Response, Error> {
    let (app, id) = (&backend.app, parse(&id)?);
    let name = command.name.as_deref().map(name).transpose()?;
    let slug = command.slug.as_deref().map(Slug::parse).transpose();
    let slug = slug.map_err(|code| Error::at(code, "slug"))?;
    let public = metadata(command.public_metadata.as_ref(), "public_metadata")?;
    let private = metadata(command.private_metadata.as_ref(), "private_metadata")?;
    let change = OrganizationChange {
        name: name.as_deref(),
        slug: slug.as_ref().map(Slug::as_str),
        public_metadata: public.as_deref(),
        private_metadata: private.as_deref(),
        max_memberships: command.max_allowed_memberships,
        roles: command.roles.as_deref(),
    };
    let outcome = app
        .store
        .update_organization(Actor::Backend, &id, change, backend.cause())
        .await?;
    changed(outcome)?;
    answer(app, &id, StatusCode::OK).await
}

/// `DELETE /admin/v1/organizations/{id}`: deletes one with all that is its own.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn remove(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let store = &backend.app.store;
    let outcome = store
        .delete_organization(Actor::Backend, &parse(&id)?, backend.cause())
        .await?;
    done(outcome)?;
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

/// `GET /admin/v1/organizations/{id}/memberships`: a page of its members, the first to join first.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn members(
    backend: Backend,
    Path(id): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let (limit, offset) = page(filter.limit, filter.offset)?;
    let organization = load(app, &parse(&id)?).await?;
    let roles: Vec<String> = filter.role.into_iter().collect();
    let sought = Sought {
        query: filter.query.as_deref().filter(|query| !query.is_empty()),
        roles: &roles,
        order: order(filter.order_by.as_deref())?,
        limit,
        offset,
    };
    let found = app.store.members(&organization, sought).await?;
    let mut data = Vec::with_capacity(found.data.len());
    for membership in found.data {
        data.push(whole(app, membership).await?);
    }
    let total_count = found.total_count;
    Ok(Json(List { data, total_count }).into_response())
}

/// `POST /admin/v1/organizations/{id}/memberships`: takes a user in.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`, `AlreadyAMemberInOrganization`, `OrganizationMembershipQuotaExceeded`.
pub async fn add(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<NewMembership>,
) -> Result<Response, Error> {
    let (app, id) = (&backend.app, parse(&id)?);
    let user = user(app, &command.user_id, "user_id").await?;
    let new = NewMember {
        id: &MembershipId::from_random(app.chance.bytes()?),
        organization: &id,
        user: &user,
        role: &command.role,
        most: app.settings().organizations.max_members,
    };
    let outcome = app
        .store
        .add_member(Actor::Backend, new, backend.cause())
        .await?;
    done(outcome)?;
    let added = membership(app, &id, &user).await?;
    Ok((StatusCode::CREATED, Json(added)).into_response())
}

/// `PATCH /admin/v1/organizations/{id}/memberships/{user_id}/metadata`: writes what the app knows of a member.
///
/// # Errors
/// `ResourceNotFound`, `FormParamMaxLengthExceeded`.
pub async fn set_metadata(
    backend: Backend,
    Path((id, user)): Path<(String, String)>,
    Document(command): Document<MembershipMetadata>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let (id, user) = (parse(&id)?, users::parse(&user)?);
    let public = metadata(command.public_metadata.as_ref(), "public_metadata")?;
    let private = metadata(command.private_metadata.as_ref(), "private_metadata")?;
    let what = (public.as_deref(), private.as_deref());
    if !app
        .store
        .set_membership_metadata((&id, &user), what, backend.cause())
        .await?
    {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    Ok(Json(membership(app, &id, &user).await?).into_response())
}

/// `PATCH /admin/v1/organizations/{id}/memberships/{user_id}`: gives a member another role.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`, `OrganizationMinimumPermissionsNeeded`.
pub async fn set_role(
    backend: Backend,
    Path((id, user)): Path<(String, String)>,
    Document(command): Document<ChangedMembership>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let (id, user) = (parse(&id)?, users::parse(&user)?);
    let outcome = app
        .store
        .set_role(Actor::Backend, &id, &user, &command.role, backend.cause())
        .await?;
    done(outcome)?;
    Ok(Json(membership(app, &id, &user).await?).into_response())
}

/// `DELETE /admin/v1/organizations/{id}/memberships/{user_id}`: takes a member out.
///
/// # Errors
/// `ResourceNotFound`, `OrganizationMinimumPermissionsNeeded`.
pub async fn take_out(
    backend: Backend,
    Path((id, user)): Path<(String, String)>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let (id, user) = (parse(&id)?, users::parse(&user)?);
    let removed = membership(app, &id, &user).await?;
    let outcome = app
        .store
        .remove_member(Actor::Backend, &id, &user, backend.cause())
        .await?;
    done(outcome)?;
    Ok(Json(removed).into_response())
}

/// The id in a path; what is none is not found.
pub fn parse(id: &str) -> Result<OrganizationId, Error> {
    OrganizationId::parse(id).ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

/// The user that a member of a document names.
pub async fn user(app: &App, id: &str, field: &str) -> Result<UserId, Error> {
    let id = UserId::parse(id);
    let known = match &id {
        Some(id) => app.store.user(id).await?,
        None => None,
    };
    known
        .map(|user| user.id)
        .ok_or_else(|| Error::at(ErrorCode::FormParamValueInvalid, field))
}

async fn membership(
    app: &App,
    id: &OrganizationId,
    user: &UserId,
) -> Result<ShownMembership, Error> {
    let organization = load(app, id).await?;
    let found = app.store.membership(&organization, user).await?;
    whole(app, found.ok_or(ErrorCode::ResourceNotFound)?).await
}

/// A membership with what browsers never see.
///
/// # Errors
/// Where the store broke.
pub async fn whole(
    app: &App,
    membership: OrganizationMembership,
) -> Result<ShownMembership, Error> {
    let private = app
        .store
        .private_membership_metadata(&membership.id)
        .await?;
    Ok(ShownMembership {
        membership,
        private_metadata: private,
    })
}

/// What a change came to, where a role that is not known is one of those that the organization is limited to.
fn changed(outcome: Outcome) -> Result<(), Error> {
    if outcome == Outcome::UnknownRole {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, "roles"));
    }
    done(outcome)
}

async fn answer(app: &App, id: &OrganizationId, status: StatusCode) -> Result<Response, Error> {
    let organization = load(app, id).await?;
    Ok((status, Json(shown(app, organization).await?)).into_response())
}

/// An organization as the app's server sees it.
pub(crate) async fn shown(app: &App, organization: Organization) -> anyhow::Result<Shown> {
    let private = app.store.private_metadata(&organization.id).await?;
    let private = private.map(|text| serde_json::from_str(&text)).transpose();
    Ok(Shown {
        roles: app.store.role_limit(&organization.id).await?,
        organization,
        private_metadata: private?.unwrap_or_default(),
    })
}
