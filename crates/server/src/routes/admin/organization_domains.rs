//! Domains of an organization and requests to join it, as the app's server changes and answers them.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{
    Deleted, DomainStrategy, ErrorCode, MembershipId, MembershipRequestId, OrganizationDomain,
    OrganizationDomainId, OrganizationId,
};
use serde::Deserialize;

use super::invitations::Filter;
use super::organizations::parse;
use super::page;
use crate::error::Error;
use crate::routes::organizations::domains::{add, done_at, enroll, mode};
use crate::routes::organizations::done;
use crate::store::{Actor, Answer, DomainProof, NewMember, Outcome};
use crate::wire::{Asked, Backend, Document};

/// A domain to add.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDomain {
    name: String,
    /// Whether the app answers for it.
    #[serde(default)]
    verified: bool,
    #[serde(default)]
    enrollment_mode: Option<String>,
}

/// What to change of one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangedDomain {
    verified: Option<bool>,
    enrollment_mode: Option<String>,
    delete_pending: bool,
}

/// `GET /admin/v1/organizations/{id}/domains`: a page of them, the first that was added first.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn list(
    backend: Backend,
    Path(id): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<Response, Error> {
    let organization = known(&backend, &id).await?;
    let page = page(filter.limit, filter.offset)?;
    let store = &backend.app.store;
    let found = store
        .domains(&organization, (&[], None), page, backend.now)
        .await?;
    Ok(Json(found).into_response())
}

/// `POST /admin/v1/organizations/{id}/domains`: adds one, proven if the app answers for it.
///
/// # Errors
/// `ResourceNotFound`, `FormParamNil`, `FormParamFormatInvalid`, `FormParamValueInvalid`, `OrganizationDomainCommon`,
/// `FormIdentifierExists`, `OrganizationDomainQuotaExceeded`, `VerificationInvalid`.
pub async fn create(
    backend: Backend,
    Path(id): Path<String>,
    Document(command): Document<NewDomain>,
) -> Result<Response, Error> {
    let organization = known(&backend, &id).await?;
    let app = &backend.app;
    let wanted = command.enrollment_mode.as_deref();
    let wanted = wanted.map(|typed| mode(app, typed)).transpose()?;
    let id = add(
        app,
        Actor::Backend,
        &organization,
        &command.name,
        backend.cause(),
    )
    .await?;
    if command.verified {
        verify(&backend, &organization, &id).await?;
    }
    if let Some(mode) = wanted {
        let of = (&organization, &id);
        enroll(app, Actor::Backend, of, (mode, false), backend.cause()).await?;
    }
    let added = find(&backend, &organization, id.as_str()).await?;
    Ok((StatusCode::CREATED, Json(added)).into_response())
}

/// `PATCH /admin/v1/organizations/{id}/domains/{domain_id}`: proves one, or says what people get whose address is there.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`, `FormIdentifierExists`, `VerificationInvalid`.
pub async fn update(
    backend: Backend,
    Path((id, domain)): Path<(String, String)>,
    Document(command): Document<ChangedDomain>,
) -> Result<Response, Error> {
    let organization = parse(&id)?;
    let app = &backend.app;
    let domain = find(&backend, &organization, &domain).await?.id;
    let wanted = command.enrollment_mode.as_deref();
    let wanted = wanted.map(|typed| mode(app, typed)).transpose()?;
    if command.verified == Some(true) {
        verify(&backend, &organization, &domain).await?;
    }
    if let Some(mode) = wanted {
        let (of, how) = ((&organization, &domain), (mode, command.delete_pending));
        enroll(app, Actor::Backend, of, how, backend.cause()).await?;
    }
    let changed = find(&backend, &organization, domain.as_str()).await?;
    Ok(Json(changed).into_response())
}

/// `DELETE /admin/v1/organizations/{id}/domains/{domain_id}`: removes one, and what it offered.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn remove(
    backend: Backend,
    Path((id, domain)): Path<(String, String)>,
) -> Result<Response, Error> {
    let organization = parse(&id)?;
    let domain = find(&backend, &organization, &domain).await?.id;
    let store = &backend.app.store;
    let outcome = store
        .remove_domain(Actor::Backend, &organization, &domain, backend.cause())
        .await?;
    done(outcome)?;
    let id = domain.into();
    Ok(Json(Deleted { id, deleted: true }).into_response())
}

/// `GET /admin/v1/organizations/{id}/membership_requests`: a page of who asks to join, the newest first.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn requests(
    backend: Backend,
    Path(id): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<Response, Error> {
    let organization = known(&backend, &id).await?;
    let page = page(filter.limit, filter.offset)?;
    let statuses: Vec<String> = filter.status.into_iter().collect();
    let store = &backend.app.store;
    let found = store
        .membership_requests(&organization, &statuses, page)
        .await?;
    Ok(Json(found).into_response())
}

/// `POST /admin/v1/organizations/{id}/membership_requests/{request_id}/accept`: takes whoever asks in.
///
/// # Errors
/// `ResourceNotFound` where it is not open, `OrganizationMembershipQuotaExceeded`.
pub async fn accept(
    backend: Backend,
    Path((id, request)): Path<(String, String)>,
) -> Result<Response, Error> {
    answer(&backend, (&id, &request), true).await
}

/// `POST /admin/v1/organizations/{id}/membership_requests/{request_id}/reject`: does not.
///
/// # Errors
/// `ResourceNotFound` where it is not open.
pub async fn reject(
    backend: Backend,
    Path((id, request)): Path<(String, String)>,
) -> Result<Response, Error> {
    answer(&backend, (&id, &request), false).await
}

async fn answer(
    backend: &Backend,
    (id, request): (&str, &str),
    is_accepted: bool,
) -> Result<Response, Error> {
    let organization = parse(id)?;
    let request = MembershipRequestId::parse(request).ok_or(ErrorCode::ResourceNotFound)?;
    let app = &backend.app;
    let found = app
        .store
        .membership_request(&organization, &request)
        .await?;
    let found = found.ok_or(ErrorCode::ResourceNotFound)?;
    let settings = app.settings();
    let membership = MembershipId::from_random(app.chance.bytes()?);
    let answer = if is_accepted {
        Answer::Accept(NewMember {
            id: &membership,
            organization: &organization,
            user: &found.public_user_data.user_id,
            role: &settings.organizations.domains.default_role,
            most: settings.organizations.max_members,
        })
    } else {
        Answer::Reject
    };
    let outcome = app
        .store
        .answer_request(
            Actor::Backend,
            &organization,
            &request,
            answer,
            backend.cause(),
        )
        .await?;
    done(outcome)?;
    let answered = app
        .store
        .membership_request(&organization, &request)
        .await?;
    let answered = answered.ok_or(ErrorCode::ResourceNotFound)?;
    Ok(Json(answered).into_response())
}

/// The app's server knows whose the domain is.
async fn verify(
    backend: &Backend,
    organization: &OrganizationId,
    id: &OrganizationDomainId,
) -> Result<(), Error> {
    let proof = DomainProof {
        strategy: DomainStrategy::EmailCode,
        spends: &[],
        forgiven: &[],
    };
    let store = &backend.app.store;
    let outcome = store
        .verify_domain(Actor::Backend, organization, id, proof, backend.cause())
        .await?;
    if outcome == Outcome::Unknown {
        return Err(ErrorCode::VerificationInvalid.into());
    }
    done_at(outcome, "name")
}

async fn known(backend: &Backend, id: &str) -> Result<OrganizationId, Error> {
    let found = backend.app.store.organization(&parse(id)?).await?;
    let found = found.ok_or(ErrorCode::ResourceNotFound)?;
    Ok(found.id)
}

async fn find(
    backend: &Backend,
    organization: &OrganizationId,
    id: &str,
) -> Result<OrganizationDomain, Error> {
    let store = &backend.app.store;
    let found = store.domain(organization, id, backend.now).await?;
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}
