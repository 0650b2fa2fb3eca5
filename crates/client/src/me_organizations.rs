//! Routes of the organizations that the user is in, and of those that would have them.

use frontdesk_protocol::{
    Deleted, InvitationId, List, OrganizationId, OrganizationMembership, OrganizationSuggestion,
    SuggestionId, UserOrganizationInvitation,
};

use crate::call::Verb;
use crate::organization::Asked;
use crate::{Failure, Frontdesk};

const MEMBERSHIPS: &str = "me/organization_memberships";
const INVITATIONS: &str = "me/organization_invitations";
const SUGGESTIONS: &str = "me/organization_suggestions";

impl Frontdesk {
    /// `GET /v1/me/organization_memberships`: the organizations the user is in.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn memberships(&self) -> Result<List<OrganizationMembership>, Failure> {
        self.ask(Verb::Get, &[MEMBERSHIPS], &[]).await
    }

    /// `DELETE /v1/me/organization_memberships/{id}`: leaves an organization.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn leave_organization(&self, id: &OrganizationId) -> Result<Deleted, Failure> {
        self.ask(Verb::Delete, &[MEMBERSHIPS, id.as_str()], &[])
            .await
    }

    /// `GET /v1/me/organization_invitations`: what the user is invited to.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn my_invitations(
        &self,
        asked: &Asked,
    ) -> Result<List<UserOrganizationInvitation>, Failure> {
        self.ask(Verb::Get, &[&asked.of(INVITATIONS)], &[]).await
    }

    /// `POST /v1/me/organization_invitations/{id}/accept`: joins the organization.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn accept_invitation(
        &self,
        id: &InvitationId,
    ) -> Result<UserOrganizationInvitation, Failure> {
        self.ask(Verb::Post, &[INVITATIONS, id.as_str(), "accept"], &[])
            .await
    }

    /// `GET /v1/me/organization_suggestions`: what the user may ask to join.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn my_suggestions(
        &self,
        asked: &Asked,
    ) -> Result<List<OrganizationSuggestion>, Failure> {
        self.ask(Verb::Get, &[&asked.of(SUGGESTIONS)], &[]).await
    }

    /// `POST /v1/me/organization_suggestions/{id}/accept`: asks to join the organization.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn accept_suggestion(
        &self,
        id: &SuggestionId,
    ) -> Result<OrganizationSuggestion, Failure> {
        self.ask(Verb::Post, &[SUGGESTIONS, id.as_str(), "accept"], &[])
            .await
    }
}
