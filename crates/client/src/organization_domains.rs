//! Routes of the domains of organizations, and of those who ask to join one.

use frontdesk_protocol::{
    AttemptAffiliation, CreateOrganizationDomain, Deleted, Form as _, List, MembershipRequestId,
    OrganizationDomain, OrganizationDomainId, OrganizationId, OrganizationMembershipRequest,
    PrepareAffiliation, UpdateEnrollmentMode,
};

use crate::call::Verb;
use crate::organization::{Asked, ORGANIZATIONS};
use crate::{Failure, Frontdesk};

const DOMAINS: &str = "domains";
const REQUESTS: &str = "membership_requests";

impl Frontdesk {
    /// `GET /v1/organizations/{id}/domains`: its domains.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn domains(
        &self,
        id: &OrganizationId,
        asked: &Asked,
    ) -> Result<List<OrganizationDomain>, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), &asked.of(DOMAINS)];
        self.ask(Verb::Get, &path, &[]).await
    }

    /// `POST /v1/organizations/{id}/domains`: adds a domain that is to be proven.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_domain(
        &self,
        id: &OrganizationId,
        command: &CreateOrganizationDomain,
    ) -> Result<OrganizationDomain, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), DOMAINS];
        self.ask(Verb::Post, &path, &command.fields()).await
    }

    /// `DELETE /v1/organizations/{id}/domains/{domain_id}`: removes a domain, and what it offered.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_domain(
        &self,
        id: &OrganizationId,
        domain: &OrganizationDomainId,
    ) -> Result<Deleted, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), DOMAINS, domain.as_str()];
        self.ask(Verb::Delete, &path, &[]).await
    }

    /// `POST …/domains/{domain_id}/update_enrollment_mode`: says what people get whose address is there.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn update_enrollment_mode(
        &self,
        id: &OrganizationId,
        domain: &OrganizationDomainId,
        command: &UpdateEnrollmentMode,
    ) -> Result<OrganizationDomain, Failure> {
        self.of_domain(id, domain, "update_enrollment_mode", &command.fields())
            .await
    }

    /// `POST …/domains/{domain_id}/prepare_affiliation_verification`: sends a code to an address there.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn prepare_domain(
        &self,
        id: &OrganizationId,
        domain: &OrganizationDomainId,
        command: &PrepareAffiliation,
    ) -> Result<OrganizationDomain, Failure> {
        let name = "prepare_affiliation_verification";
        self.of_domain(id, domain, name, &command.fields()).await
    }

    /// `POST …/domains/{domain_id}/attempt_affiliation_verification`: checks that code.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_domain(
        &self,
        id: &OrganizationId,
        domain: &OrganizationDomainId,
        command: &AttemptAffiliation,
    ) -> Result<OrganizationDomain, Failure> {
        let name = "attempt_affiliation_verification";
        self.of_domain(id, domain, name, &command.fields()).await
    }

    /// `POST …/domains/{domain_id}/prepare_ownership_verification`: says which record of its zone proves it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn prepare_ownership(
        &self,
        id: &OrganizationId,
        domain: &OrganizationDomainId,
    ) -> Result<OrganizationDomain, Failure> {
        let name = "prepare_ownership_verification";
        self.of_domain(id, domain, name, &[]).await
    }

    /// `POST …/domains/{domain_id}/attempt_ownership_verification`: looks for that record; without it, the domain stays
    /// unverified.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_ownership(
        &self,
        id: &OrganizationId,
        domain: &OrganizationDomainId,
    ) -> Result<OrganizationDomain, Failure> {
        let name = "attempt_ownership_verification";
        self.of_domain(id, domain, name, &[]).await
    }

    /// `GET /v1/organizations/{id}/membership_requests`: who asks to join, the newest first.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn membership_requests(
        &self,
        id: &OrganizationId,
        asked: &Asked,
    ) -> Result<List<OrganizationMembershipRequest>, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), &asked.of(REQUESTS)];
        self.ask(Verb::Get, &path, &[]).await
    }

    /// `POST …/membership_requests/{request_id}/accept` or `…/reject`: takes in whoever asks, or does not.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn answer_request(
        &self,
        id: &OrganizationId,
        request: &MembershipRequestId,
        is_accepted: bool,
    ) -> Result<OrganizationMembershipRequest, Failure> {
        let answer = if is_accepted { "accept" } else { "reject" };
        let path = [
            ORGANIZATIONS,
            id.as_str(),
            REQUESTS,
            request.as_str(),
            answer,
        ];
        self.ask(Verb::Post, &path, &[]).await
    }

    async fn of_domain(
        &self,
        id: &OrganizationId,
        domain: &OrganizationDomainId,
        name: &str,
        fields: &[(&str, &str)],
    ) -> Result<OrganizationDomain, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), DOMAINS, domain.as_str(), name];
        self.ask(Verb::Post, &path, fields).await
    }
}
