//! Domains of an organization: proven by a code to an address there, or by a record in the zone.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptAffiliation, CreateOrganizationDomain, Deleted, DomainStrategy, Email, EnrollmentMode,
    ErrorCode, OrganizationDomain, OrganizationDomainId, OrganizationId, PrepareAffiliation,
    Secret, SystemPermission, UpdateEnrollmentMode, VerificationStatus,
};

use super::{demand, done, load};
use crate::app::App;
use crate::domains;
use crate::error::Error;
use crate::flow::{self, Recipient, Says};
use crate::mail::Address;
use crate::store::{
    Actor, Cause, Code, DomainProof, Enrollment, NewDomain, Outcome, Purpose, Spend, Told,
};
use crate::wire::{Body, Listing, SignedIn};

const ADDRESS: &str = "affiliation_email_address";

/// `GET /v1/organizations/{id}/domains?enrollment_mode=&limit=&offset=`: a page of them.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn list(
    me: SignedIn,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::DomainsRead).await?;
    let (store, now) = (&me.caller.app.store, me.caller.now);
    let which = (listing.modes.as_slice(), listing.query.as_deref());
    let found = store
        .domains(&member.organization, which, listing.page(), now)
        .await?;
    me.caller.answer(found).await
}

/// `POST /v1/organizations/{id}/domains`: adds one that is to be proven.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid` also where the settings allow none,
/// `FormParamNil`, `FormParamFormatInvalid`, `OrganizationDomainCommon`, `FormIdentifierExists`,
/// `OrganizationDomainQuotaExceeded`.
pub async fn create(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<CreateOrganizationDomain>,
) -> Result<Response, Error> {
    let organization = manage(&me, &id).await?;
    let (app, actor) = (&me.caller.app, Actor::Member(&me.session.user));
    let typed = command.name.as_deref().unwrap_or("");
    let id = add(app, actor, &organization, typed, me.caller.cause()).await?;
    answer(me, &organization, &id).await
}

/// Adds a domain to an organization.
///
/// # Errors
/// Those of [`create`].
pub async fn add(
    app: &App,
    actor: Actor<'_>,
    organization: &OrganizationId,
    typed: &str,
    cause: Cause<'_>,
) -> Result<OrganizationDomainId, Error> {
    let settings = app.settings();
    let domains = &settings.organizations.domains;
    let name = domains::name(typed).map_err(|code| Error::at(code, "name"))?;
    let id = OrganizationDomainId::from_random(app.chance.bytes()?);
    let new = NewDomain {
        id: &id,
        organization,
        name: &name,
        role: &domains.default_role,
        most: domains.max,
    };
    let outcome = app.store.create_domain(actor, new, cause).await?;
    if outcome == Outcome::Full {
        return Err(ErrorCode::OrganizationDomainQuotaExceeded.into());
    }
    done_at(outcome, "name").map(|()| id)
}

/// `GET /v1/organizations/{id}/domains/{domain_id}`: one of them.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn read(
    me: SignedIn,
    Path((id, domain)): Path<(String, String)>,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::DomainsRead).await?;
    let domain = find(&me, &member.organization, &domain).await?;
    me.caller.answer(domain).await
}

/// `DELETE /v1/organizations/{id}/domains/{domain_id}`: removes one, and what it offered.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn remove(
    me: SignedIn,
    Path((id, domain)): Path<(String, String)>,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::DomainsManage).await?;
    let domain = find(&me, &member.organization, &domain).await?.id;
    let (app, actor) = (&me.caller.app, Actor::Member(&me.session.user));
    let outcome = app
        .store
        .remove_domain(actor, &member.organization, &domain, me.caller.cause())
        .await?;
    done(outcome)?;
    let id = domain.into();
    me.caller.answer(Deleted { id, deleted: true }).await
}

/// `POST …/domains/{domain_id}/update_enrollment_mode`: says what people get whose address is there, those too who are
/// here already.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `FormParamNil`, `FormParamValueInvalid`,
/// `VerificationInvalid` where the domain is not proven.
pub async fn update_enrollment_mode(
    me: SignedIn,
    Path((id, domain)): Path<(String, String)>,
    Body(command): Body<UpdateEnrollmentMode>,
) -> Result<Response, Error> {
    let organization = manage(&me, &id).await?;
    let domain = find(&me, &organization, &domain).await?.id;
    let (app, actor) = (&me.caller.app, Actor::Member(&me.session.user));
    let mode = mode(app, command.enrollment_mode.as_deref().unwrap_or(""))?;
    let delete_pending = command.delete_pending.as_deref() == Some("true");
    let of = (&organization, &domain);
    enroll(app, actor, of, (mode, delete_pending), me.caller.cause()).await?;
    answer(me, &organization, &domain).await
}

/// An enrollment mode that the settings allow.
///
/// # Errors
/// `FormParamNil`, `FormParamValueInvalid`.
pub fn mode(app: &App, typed: &str) -> Result<EnrollmentMode, Error> {
    const FIELD: &str = "enrollment_mode";
    if typed.is_empty() {
        return Err(Error::at(ErrorCode::FormParamNil, FIELD));
    }
    let settings = app.settings();
    let allowed = &settings.organizations.domains.enrollment_modes;
    EnrollmentMode::parse(typed)
        .filter(|mode| allowed.contains(mode) || *mode == EnrollmentMode::ManualInvitation)
        .ok_or_else(|| Error::at(ErrorCode::FormParamValueInvalid, FIELD))
}

/// Says what people get whose address is at a domain, and gives it to those who are here.
///
/// # Errors
/// `ResourceNotFound`, `AuthorizationInvalid`, `VerificationInvalid`.
pub async fn enroll(
    app: &App,
    actor: Actor<'_>,
    (organization, domain): (&OrganizationId, &OrganizationDomainId),
    (mode, delete_pending): (EnrollmentMode, bool),
    cause: Cause<'_>,
) -> Result<(), Error> {
    let enrollment = Enrollment {
        mode,
        role: &app.settings().organizations.domains.default_role,
        delete_pending,
    };
    let outcome = app
        .store
        .set_enrollment(actor, organization, domain, enrollment, cause)
        .await?;
    done(outcome)?;
    while app.store.enroll_some(domain, cause).await? {}
    app.letters.notify_one();
    Ok(())
}

/// `POST …/domains/{domain_id}/prepare_affiliation_verification`: sends a code to an address there.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `FormParamNil`, `FormParamFormatInvalid`,
/// `FormParamValueInvalid` where the address is elsewhere, `VerificationInvalid`, `TooManyRequests`.
pub async fn prepare_affiliation(
    me: SignedIn,
    Path((id, domain)): Path<(String, String)>,
    Body(command): Body<PrepareAffiliation>,
) -> Result<Response, Error> {
    let organization = manage(&me, &id).await?;
    let domain = unproven(&me, &organization, &domain).await?;
    let typed = command.affiliation_email_address.unwrap_or_default();
    let email = Email::parse(&typed).map_err(|code| Error::at(code, ADDRESS))?;
    let place = email.as_str().rsplit_once('@').map(|(_, place)| place);
    if place != Some(&domain.name) {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, ADDRESS));
    }
    let app = &me.caller.app;
    let owner = app.store.owner(email.as_str()).await?;
    let reader = owner.as_ref().map_or(&me.session.user, |(user, _)| user);
    let locale = app.store.locale(reader).await?;
    let name = load(app, &organization).await?.name;
    let recipient = Recipient {
        to: Address::Email(email.clone()),
        locale: locale.as_deref(),
        says: Says::Domain(&name),
    };
    let told = Told::Domain(domain.id.as_str(), email.as_str());
    flow::send_code(&me.caller, &code(&me, &domain.id), recipient, told).await?;
    answer(me, &organization, &domain.id).await
}

/// `POST …/domains/{domain_id}/attempt_affiliation_verification`: checks the code.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `FormParamNil`, `FormCodeIncorrect`,
/// `VerificationExpired`, `VerificationFailed`, `VerificationInvalid`, `FormIdentifierExists` where the domain is
/// another organization's, `TooManyRequests`.
pub async fn attempt_affiliation(
    me: SignedIn,
    Path((id, domain)): Path<(String, String)>,
    Body(command): Body<AttemptAffiliation>,
) -> Result<Response, Error> {
    let organization = manage(&me, &id).await?;
    let domain = unproven(&me, &organization, &domain).await?;
    let typed = command.code.filter(|code| !code.expose().trim().is_empty());
    let typed = typed.ok_or_else(|| Error::at(ErrorCode::FormParamNil, "code"))?;
    let digits: Secret<String> = Secret::new(typed.expose().replace(' ', ""));
    let address = domain.affiliation_email_address.as_deref();
    let address = address.ok_or(ErrorCode::VerificationInvalid)?;
    let budgets = flow::code_budgets(&me.caller, address);
    let code = code(&me, &domain.id);
    let tried = flow::try_code(&me.caller, &code, &digits, &budgets).await?;
    let hash = tried.map_err(|error| Error::at(error, "code"))?;
    let proof = DomainProof {
        strategy: DomainStrategy::EmailCode,
        spends: &[Spend::Code(code, hash)],
        forgiven: &budgets,
    };
    verify(&me, &organization, &domain.id, proof).await?;
    answer(me, &organization, &domain.id).await
}

/// The organization, whose domains the user may change.
pub(super) async fn manage(me: &SignedIn, id: &str) -> Result<OrganizationId, Error> {
    let member = demand(me, id, SystemPermission::DomainsManage).await?;
    if me.caller.app.settings().organizations.domains.enabled {
        Ok(member.organization)
    } else {
        Err(ErrorCode::AuthorizationInvalid.into())
    }
}

pub(super) async fn find(
    me: &SignedIn,
    organization: &OrganizationId,
    id: &str,
) -> Result<OrganizationDomain, Error> {
    let store = &me.caller.app.store;
    let found = store.domain(organization, id, me.caller.now).await?;
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

pub(super) async fn unproven(
    me: &SignedIn,
    organization: &OrganizationId,
    id: &str,
) -> Result<OrganizationDomain, Error> {
    let domain = find(me, organization, id).await?;
    let status = domain.verification.as_ref().map(|it| it.status);
    if status == Some(VerificationStatus::Verified) {
        return Err(ErrorCode::VerificationInvalid.into());
    }
    Ok(domain)
}

pub(super) async fn verify(
    me: &SignedIn,
    organization: &OrganizationId,
    id: &OrganizationDomainId,
    proof: DomainProof<'_>,
) -> Result<(), Error> {
    let (store, actor) = (&me.caller.app.store, Actor::Member(&me.session.user));
    let outcome = store
        .verify_domain(actor, organization, id, proof, me.caller.cause())
        .await?;
    if outcome == Outcome::Unknown {
        return Err(ErrorCode::VerificationInvalid.into());
    }
    done_at(outcome, "name")
}

pub(super) async fn answer(
    me: SignedIn,
    organization: &OrganizationId,
    id: &OrganizationDomainId,
) -> Result<Response, Error> {
    let domain = find(&me, organization, id.as_str()).await?;
    me.caller.answer(domain).await
}

/// The same as [`done`], where what is taken is this field.
pub fn done_at(outcome: Outcome, field: &str) -> Result<(), Error> {
    if outcome == Outcome::Taken {
        return Err(Error::at(ErrorCode::FormIdentifierExists, field));
    }
    done(outcome)
}

/// Bound to the browser, like every code.
fn code(me: &SignedIn, id: &OrganizationDomainId) -> Code {
    let browser = me.caller.browser.as_ref();
    Code {
        purpose: Purpose::Domain,
        subject: id.to_string(),
        client: browser.map_or(String::new(), |browser| browser.id.to_string()),
    }
}
