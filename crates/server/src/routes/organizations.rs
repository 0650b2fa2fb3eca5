//! Organizations; what somebody may do is read from their membership, never from a token.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    CreateOrganization, ErrorCode, MembershipId, Organization, OrganizationId, Role, Slug,
    UpdateOrganization,
};
use serde::Deserialize;

use crate::error::Error;
use crate::store::Member;
use crate::wire::{Asked, Body, SignedIn};

/// How often a derived slug that is taken gets another ending.
const TRIES: u32 = 5;

/// Which part of a list.
#[derive(Debug, Deserialize)]
pub struct Page {
    limit: Option<u32>,
    offset: Option<u32>,
}

/// `POST /v1/organizations`: creates one with the user as its admin.
///
/// # Errors
/// `AuthenticationInvalid`, `OrganizationQuotaExceeded`, `FormParamNil`, `FormParamFormatInvalid`,
/// `FormIdentifierExists`.
pub async fn create(
    me: SignedIn,
    Body(command): Body<CreateOrganization>,
) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    let settings = app.settings().organizations.clone();
    let user = &me.session.user;
    if !settings.may_be_created()
        || app.store.created_organizations(user).await? >= settings.max_created
    {
        return Err(ErrorCode::OrganizationQuotaExceeded.into());
    }
    let name = name(command.name.as_deref().unwrap_or(""))?;
    let typed = command
        .slug
        .as_deref()
        .map(str::trim)
        .filter(|slug| !slug.is_empty());
    let mut slug = match typed {
        Some(typed) => Slug::parse(typed)
            .map_err(|code| Error::at(code, "slug"))?
            .as_str()
            .to_owned(),
        None => Slug::derive(&name),
    };
    for tried in 0..TRIES {
        let id = OrganizationId::from_random(app.chance.bytes()?);
        if typed.is_none() && (tried > 0 || slug.is_empty()) {
            slug = with_ending(&name, &id);
        }
        let membership = MembershipId::from_random(app.chance.bytes()?);
        if app
            .store
            .create_organization(&id, &membership, user, (&name, &slug), me.caller.cause())
            .await?
        {
            return answer(me, &id).await;
        }
        if typed.is_some() {
            break;
        }
    }
    Err(Error::at(ErrorCode::FormIdentifierExists, "slug"))
}

/// `GET /v1/organizations/{id}`: one that the user is in.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn read(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let member = member(&me, &id).await?;
    answer(me, &member.organization).await
}

/// `PATCH /v1/organizations/{id}`: changes name or slug.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid` for those who are no admin, and those of `create`.
pub async fn update(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<UpdateOrganization>,
) -> Result<Response, Error> {
    let member = member(&me, &id).await?;
    match member.role {
        Role::Admin => {}
        Role::Member => return Err(ErrorCode::AuthorizationInvalid.into()),
    }
    let name = command.name.as_deref().map(name).transpose()?;
    let slug = command.slug.as_deref().map(Slug::parse).transpose();
    let slug = slug.map_err(|code| Error::at(code, "slug"))?;
    let change = (name.as_deref(), slug.as_ref().map(Slug::as_str));
    let store = &me.caller.app.store;
    if !store
        .update_organization(
            &member.organization,
            &me.session.user,
            change,
            me.caller.cause(),
        )
        .await?
    {
        return Err(Error::at(ErrorCode::FormIdentifierExists, "slug"));
    }
    answer(me, &member.organization).await
}

/// `GET /v1/organizations/{id}/memberships?limit=&offset=`: a page of its members, 10 by default and 100 at the most.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn members(
    me: SignedIn,
    Path(id): Path<String>,
    Asked(page): Asked<Page>,
) -> Result<Response, Error> {
    let member = member(&me, &id).await?;
    let organization = load(&me, &member.organization).await?;
    let limit = page.limit.unwrap_or(10).min(100);
    let offset = page.offset.unwrap_or(0);
    let members = me
        .caller
        .app
        .store
        .members(&organization, limit, offset)
        .await?;
    me.caller.answer(members).await
}

/// What the user is in the organization; to everybody else there is none.
async fn member(me: &SignedIn, id: &str) -> Result<Member, Error> {
    let id = OrganizationId::parse(id).ok_or(ErrorCode::ResourceNotFound)?;
    let member = me
        .caller
        .app
        .store
        .member(&me.session.user, id.as_str())
        .await?;
    member.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

async fn load(me: &SignedIn, id: &OrganizationId) -> Result<Organization, Error> {
    let found = me.caller.app.store.organization(id).await?;
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

async fn answer(me: SignedIn, id: &OrganizationId) -> Result<Response, Error> {
    let mut organization = load(&me, id).await?;
    organization.max_allowed_memberships = me.caller.app.settings().organizations.max_members;
    me.caller.answer(organization).await
}

/// The slug a name suggests with six letters of a random id: nobody chose it, so any ending will do.
fn with_ending(name: &str, id: &OrganizationId) -> String {
    let mut slug: String = Slug::derive(name).chars().take(50).collect();
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
    slug.push_str(&id.as_str()["org_".len()..][..6]);
    slug
}

fn name(typed: &str) -> Result<String, Error> {
    super::fields::name(Some(typed), "name")?
        .filter(|name| !name.is_empty())
        .ok_or_else(|| Error::at(ErrorCode::FormParamNil, "name"))
}
