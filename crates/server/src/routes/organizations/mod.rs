//! Organizations; what somebody may do is read from their membership, never from a token.

pub mod domains;
pub mod invitations;
pub mod inviting;
pub mod members;
pub mod mine;
pub mod ownership;
pub mod requests;
mod router;

pub use router::router;

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    CreateOrganization, Deleted, ErrorCode, List, MembershipId, Organization, OrganizationId, Slug,
    SystemPermission, UpdateOrganization, UserId,
};

use super::fields;
use crate::app::App;
use crate::error::Error;
use crate::resource;
use crate::store::{Actor, Cause, Member, OrganizationChange, Outcome};
use crate::wire::{Body, SignedIn};

/// How often a derived slug that is taken gets another ending.
const TRIES: u32 = 5;

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
    if !settings.may_be_created() {
        return Err(ErrorCode::OrganizationQuotaExceeded.into());
    }
    let most = Some(settings.max_created);
    let id = make(&app, user, &command, most, me.caller.cause()).await?;
    answer(me, &id).await
}

/// Makes an organization with `user` as its admin, unless they made as many as `most` says.
///
/// # Errors
/// `OrganizationQuotaExceeded`, `FormParamNil`, `FormParamFormatInvalid`, `FormIdentifierExists`.
pub async fn make(
    app: &App,
    user: &UserId,
    command: &CreateOrganization,
    most: Option<u32>,
    cause: Cause<'_>,
) -> Result<OrganizationId, Error> {
    let name = name(command.name.as_deref().unwrap_or(""))?;
    let typed = command.slug.as_deref().map(str::trim);
    let typed = typed.filter(|slug| !slug.is_empty());
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
        let made = app
            .store
            .create_organization(&id, &membership, user, (&name, &slug), most, cause)
            .await?;
        if made == Outcome::Full {
            return Err(ErrorCode::OrganizationQuotaExceeded.into());
        }
        if made != Outcome::Taken || typed.is_some() {
            return done(made).map(|()| id);
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
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, and those of `create`.
pub async fn update(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<UpdateOrganization>,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::ProfileManage).await?;
    let name = command.name.as_deref().map(name).transpose()?;
    let slug = command.slug.as_deref().map(Slug::parse).transpose();
    let slug = slug.map_err(|code| Error::at(code, "slug"))?;
    let change = OrganizationChange {
        name: name.as_deref(),
        slug: slug.as_ref().map(Slug::as_str),
        ..OrganizationChange::default()
    };
    let (app, actor) = (&me.caller.app, Actor::Member(&me.session.user));
    let outcome = app
        .store
        .update_organization(actor, &member.organization, change, me.caller.cause())
        .await?;
    settle(&me, &member, outcome).await?;
    answer(me, &member.organization).await
}

/// `DELETE /v1/organizations/{id}`: deletes it with all that is its own.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, also where the settings let nobody.
pub async fn remove(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::ProfileDelete).await?;
    let app = &me.caller.app;
    if !app.settings().organizations.admin_delete {
        return Err(ErrorCode::AuthorizationInvalid.into());
    }
    let actor = Actor::Member(&me.session.user);
    let outcome = app
        .store
        .delete_organization(actor, &member.organization, me.caller.cause())
        .await?;
    settle(&me, &member, outcome).await?;
    me.caller.answer(Deleted { id, deleted: true }).await
}

/// `GET /v1/organizations/{id}/roles`: what members can be.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn roles(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsRead).await?;
    let store = &me.caller.app.store;
    let data = store.roles(Some(&member.organization)).await?;
    let total_count = u32::try_from(data.len()).unwrap_or(u32::MAX);
    me.caller.answer(List { data, total_count }).await
}

/// What the user is in an organization in which their role allows `permission`: that is asked of the row, never of a
/// token. To those who are not in it there is no organization, but to whoever stands above all of them.
///
/// # Errors
/// `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn demand(
    me: &SignedIn,
    id: &str,
    permission: SystemPermission,
) -> Result<Member, Error> {
    let member = member(me, id).await?;
    let is_allowed = |member: &Member| {
        let mut keys = member.permissions.iter();
        keys.any(|key| key == permission.as_str())
    };
    if is_allowed(&member) {
        return Ok(member);
    }
    if let Some(above) = from_above(me, &member.organization).await? {
        return Ok(above);
    }
    note_refusal(me, &member.organization, permission.as_str()).await?;
    Err(ErrorCode::AuthorizationInvalid.into())
}

/// What a member's change came to; that they may not make it is noted.
///
/// # Errors
/// Why it was not made.
pub async fn settle(me: &SignedIn, member: &Member, outcome: Outcome) -> Result<(), Error> {
    if outcome == Outcome::Forbidden {
        note_refusal(me, &member.organization, "role").await?;
    }
    done(outcome)
}

async fn note_refusal(me: &SignedIn, id: &OrganizationId, permission: &str) -> Result<(), Error> {
    let (app, user) = (&me.caller.app, &me.session.user);
    if app
        .refusals
        .count(user.to_string(), me.caller.now)
        .is_none()
    {
        let cause = me.caller.cause();
        app.store
            .note_refusal(Some(user), Some(id), permission, cause)
            .await?;
    }
    Ok(())
}

/// What the user is in the organization; to everybody else there is none.
async fn member(me: &SignedIn, id: &str) -> Result<Member, Error> {
    let id = OrganizationId::parse(id).ok_or(ErrorCode::ResourceNotFound)?;
    let store = &me.caller.app.store;
    let member = match store.member(&me.session.user, id.as_str()).await? {
        Some(member) => Some(member),
        None => from_above(me, &id).await?,
    };
    member.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

async fn from_above(me: &SignedIn, id: &OrganizationId) -> Result<Option<Member>, Error> {
    if !me.session.is_super_admin {
        return Ok(None);
    }
    let store = &me.caller.app.store;
    let cause = me.caller.cause();
    Ok(store.member_from_above(&me.session.user, id, cause).await?)
}

/// What a change in an organization came to.
///
/// # Errors
/// Why it was not made.
pub fn done(outcome: Outcome) -> Result<(), Error> {
    Err(match outcome {
        Outcome::Done => return Ok(()),
        Outcome::Unknown => ErrorCode::ResourceNotFound.into(),
        Outcome::Forbidden => ErrorCode::AuthorizationInvalid.into(),
        Outcome::UnknownRole => Error::at(ErrorCode::FormParamValueInvalid, "role"),
        Outcome::Taken => Error::at(ErrorCode::FormIdentifierExists, "slug"),
        Outcome::LastAdmin => ErrorCode::OrganizationMinimumPermissionsNeeded.into(),
        Outcome::Full => ErrorCode::OrganizationMembershipQuotaExceeded.into(),
        Outcome::AlreadyMember => ErrorCode::AlreadyAMemberInOrganization.into(),
        Outcome::Unverified => ErrorCode::VerificationInvalid.into(),
    })
}

/// An organization as it is now.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn load(app: &App, id: &OrganizationId) -> Result<Organization, Error> {
    let found = app.store.organization(id).await?;
    let mut organization = found.ok_or(ErrorCode::ResourceNotFound)?;
    resource::organization(app, &mut organization);
    Ok(organization)
}

/// The answer that is an organization as it is now.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn answer(me: SignedIn, id: &OrganizationId) -> Result<Response, Error> {
    let organization = load(&me.caller.app, id).await?;
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

/// The name of an organization.
///
/// # Errors
/// `FormParamNil`, `FormParamMaxLengthExceeded`, `FormParamFormatInvalid`.
pub fn name(typed: &str) -> Result<String, Error> {
    fields::name(Some(typed), "name")?
        .filter(|name| !name.is_empty())
        .ok_or_else(|| Error::at(ErrorCode::FormParamNil, "name"))
}
