//! Routes of organizations.

use frontdesk_protocol::{
    CreateOrganization, Form as _, Organization, OrganizationId, UpdateOrganization,
};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

const ORGANIZATIONS: &str = "organizations";

impl Frontdesk {
    /// `POST /v1/organizations`: creates an organization with the user as its admin.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_organization(
        &self,
        command: &CreateOrganization,
    ) -> Result<Organization, Failure> {
        self.ask(Verb::Post, &[ORGANIZATIONS], &command.fields())
            .await
    }

    /// `GET /v1/organizations/{id}`: one organization.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn organization(&self, id: &OrganizationId) -> Result<Organization, Failure> {
        let path = [ORGANIZATIONS, id.as_str()];
        self.ask(Verb::Get, &path, &[]).await
    }

    /// `PATCH /v1/organizations/{id}`: changes its name or slug.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn update_organization(
        &self,
        id: &OrganizationId,
        command: &UpdateOrganization,
    ) -> Result<Organization, Failure> {
        let path = [ORGANIZATIONS, id.as_str()];
        self.ask(Verb::Patch, &path, &command.fields()).await
    }
}
