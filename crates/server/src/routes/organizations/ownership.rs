//! Domains of an organization, proven by a record in their zones.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    DomainStrategy, ErrorCode, List, OrganizationDomain, OrganizationDomainId, OrganizationId,
};

use super::domains::{answer, find, manage, unproven, verify};
use super::done;
use crate::domains;
use crate::error::Error;
use crate::store::{Actor, Budget, DomainProof};
use crate::wire::{Pairs, SignedIn};

/// The most domains that are proven at once.
const MOST: usize = 10;
/// How often the records of an organization's domains are looked for in an hour.
const LOOKS: i64 = 60;

/// `POST …/domains/{domain_id}/prepare_ownership_verification`: says which record proves the domain.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `VerificationInvalid`.
pub async fn prepare(
    me: SignedIn,
    Path((id, domain)): Path<(String, String)>,
) -> Result<Response, Error> {
    let organization = manage(&me, &id).await?;
    let domain = unproven(&me, &organization, &domain).await?.id;
    name_record(&me, &organization, &domain).await?;
    answer(me, &organization, &domain).await
}

/// `POST …/domains/{domain_id}/attempt_ownership_verification`: looks for the record; where it is not there yet, the
/// domain stays unverified.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `VerificationInvalid`, `FormIdentifierExists`
/// where the domain is another organization's, `TooManyRequests`, `ServiceUnavailable`.
pub async fn attempt(
    me: SignedIn,
    Path((id, domain)): Path<(String, String)>,
) -> Result<Response, Error> {
    let organization = manage(&me, &id).await?;
    let domain = unproven(&me, &organization, &domain).await?;
    look(&me, &organization, &domain).await?;
    answer(me, &organization, &domain.id).await
}

/// `POST …/domains/prepare_ownership_verification/bulk`: the same for several, by `domain_ids`.
///
/// # Errors
/// Those of [`prepare`].
pub async fn prepare_several(
    me: SignedIn,
    Path(id): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response, Error> {
    let organization = manage(&me, &id).await?;
    let domains = several(&me, &organization, pairs).await?;
    for domain in &domains {
        name_record(&me, &organization, &domain.id).await?;
    }
    answer_several(me, &organization, &domains).await
}

/// `POST …/domains/attempt_ownership_verification/bulk`: the same for several, by `domain_ids`.
///
/// # Errors
/// Those of [`attempt`].
pub async fn attempt_several(
    me: SignedIn,
    Path(id): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response, Error> {
    let organization = manage(&me, &id).await?;
    let domains = several(&me, &organization, pairs).await?;
    for domain in &domains {
        look(&me, &organization, domain).await?;
    }
    answer_several(me, &organization, &domains).await
}

async fn name_record(
    me: &SignedIn,
    organization: &OrganizationId,
    id: &OrganizationDomainId,
) -> Result<(), Error> {
    let app = &me.caller.app;
    // What a zone says is no secret: it only has to be this domain's alone.
    let random = OrganizationDomainId::from_random(app.chance.bytes()?);
    let value = [
        "frontdesk-verification=",
        &random.as_str()["orgdmn_".len()..],
    ]
    .concat();
    let actor = Actor::Member(&me.session.user);
    let outcome = app
        .store
        .name_record(actor, organization, (id, &value), me.caller.cause())
        .await?;
    done(outcome)
}

/// Looks for the record of a domain; counted where it is not there.
async fn look(
    me: &SignedIn,
    organization: &OrganizationId,
    domain: &OrganizationDomain,
) -> Result<(), Error> {
    let app = &me.caller.app;
    let record = domain.ownership_verification.as_ref();
    let record = record.ok_or(ErrorCode::VerificationInvalid)?;
    let budget = Budget {
        key: format!("domain-records:{organization}"),
        most: LOOKS,
        window_s: 3600,
    };
    if let Some(wait_s) = app.store.count_use(&[budget], me.caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let server = app.settings().organizations.domains.nameserver;
    let found = domains::records(&record.txt_record_name, server).await;
    let found = found.map_err(|error| {
        tracing::warn!("the record of {}: {error:#}", domain.name);
        Error::Busy(5)
    })?;
    if !found.contains(&record.txt_record_value) {
        app.store.miss_record(&domain.id).await?;
        return Ok(());
    }
    let proof = DomainProof {
        strategy: DomainStrategy::Txt,
        spends: &[],
        forgiven: &[],
    };
    verify(me, organization, &domain.id, proof).await
}

/// The domains that a form names.
async fn several(
    me: &SignedIn,
    organization: &OrganizationId,
    pairs: Vec<(String, String)>,
) -> Result<Vec<OrganizationDomain>, Error> {
    const FIELD: &str = "domain_ids";
    let named = |(name, _): &(String, String)| name.trim_end_matches("[]") == FIELD;
    let mut ids: Vec<String> = pairs.into_iter().filter(named).map(|it| it.1).collect();
    ids.sort();
    ids.dedup();
    if ids.is_empty() {
        return Err(Error::at(ErrorCode::FormParamNil, FIELD));
    }
    if ids.len() > MOST {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, FIELD));
    }
    let mut domains = Vec::with_capacity(ids.len());
    for id in ids {
        domains.push(unproven(me, organization, &id).await?);
    }
    Ok(domains)
}

async fn answer_several(
    me: SignedIn,
    organization: &OrganizationId,
    domains: &[OrganizationDomain],
) -> Result<Response, Error> {
    let mut data = Vec::with_capacity(domains.len());
    for domain in domains {
        data.push(find(&me, organization, domain.id.as_str()).await?);
    }
    let total_count = u32::try_from(data.len()).unwrap_or(u32::MAX);
    me.caller.answer(List { data, total_count }).await
}
