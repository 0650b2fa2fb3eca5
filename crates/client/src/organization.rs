//! Routes of organizations, of who is in them and of who is invited.

use frontdesk_protocol::{
    CreateOrganization, CreateOrganizationInvitation, Deleted, Form as _, InvitationId, List,
    Member, Organization, OrganizationId, OrganizationInvitation, Role, UpdateMembership,
    UpdateOrganization, UserId,
};

use crate::call::Verb;
use crate::form::{decimal, encode};
use crate::{Failure, Frontdesk};

pub(crate) const ORGANIZATIONS: &str = "organizations";
const MEMBERSHIPS: &str = "memberships";
const INVITATIONS: &str = "invitations";

/// Which part of a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// How many.
    pub limit: u32,
    /// After how many.
    pub offset: u32,
    /// A part of the name or the address; empty for all.
    pub query: String,
    /// How what is asked for stands, e.g. `pending`; empty for all.
    pub status: &'static str,
    /// What comes first, e.g. `name`, with `-` before it for the last; empty for the server's own order.
    pub order_by: String,
}

impl Asked {
    /// The list `name`, and which part of it.
    pub(crate) fn of(&self, name: &str) -> String {
        let (limit, offset) = (decimal(self.limit), decimal(self.offset));
        let mut fields = vec![("limit", limit.as_str()), ("offset", offset.as_str())];
        for (name, value) in [
            ("query", self.query.as_str()),
            ("status", self.status),
            ("order_by", self.order_by.as_str()),
        ] {
            if !value.is_empty() {
                fields.push((name, value));
            }
        }
        [name, "?", &encode(&fields)].concat()
    }
}

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

    /// `DELETE /v1/organizations/{id}`: deletes it with all that is its own.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn delete_organization(&self, id: &OrganizationId) -> Result<Deleted, Failure> {
        let path = [ORGANIZATIONS, id.as_str()];
        self.ask(Verb::Delete, &path, &[]).await
    }

    /// `GET /v1/organizations/{id}/roles`: what members can be.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn roles(&self, id: &OrganizationId) -> Result<List<Role>, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), "roles"];
        self.ask(Verb::Get, &path, &[]).await
    }

    /// `GET /v1/organizations/{id}/memberships`: who is in it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn members(
        &self,
        id: &OrganizationId,
        asked: &Asked,
    ) -> Result<List<Member>, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), &asked.of(MEMBERSHIPS)];
        self.ask(Verb::Get, &path, &[]).await
    }

    /// `PATCH /v1/organizations/{id}/memberships/{user_id}`: gives a member another role.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn update_member(
        &self,
        id: &OrganizationId,
        user: &UserId,
        command: &UpdateMembership,
    ) -> Result<Member, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), MEMBERSHIPS, user.as_str()];
        self.ask(Verb::Patch, &path, &command.fields()).await
    }

    /// `DELETE /v1/organizations/{id}/memberships/{user_id}`: takes a member out.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_member(
        &self,
        id: &OrganizationId,
        user: &UserId,
    ) -> Result<Member, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), MEMBERSHIPS, user.as_str()];
        self.ask(Verb::Delete, &path, &[]).await
    }

    /// `PUT /v1/organizations/{id}/logo`: sets another logo, a `data:` address.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn set_logo(&self, id: &OrganizationId, file: &str) -> Result<(), Failure> {
        let path = [ORGANIZATIONS, id.as_str(), "logo?_method=PUT"];
        let answer = self.resource(Verb::Post, &path, &[("file", file)]);
        answer.await.map(drop)
    }

    /// `DELETE /v1/organizations/{id}/logo`: takes the logo away.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_logo(&self, id: &OrganizationId) -> Result<(), Failure> {
        let path = [ORGANIZATIONS, id.as_str(), "logo"];
        self.resource(Verb::Delete, &path, &[]).await.map(drop)
    }

    /// `GET /v1/organizations/{id}/invitations`: whom it invited, the newest first.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn invitations(
        &self,
        id: &OrganizationId,
        asked: &Asked,
    ) -> Result<List<OrganizationInvitation>, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), &asked.of(INVITATIONS)];
        self.ask(Verb::Get, &path, &[]).await
    }

    /// `POST /v1/organizations/{id}/invitations`: invites somebody; whoever is invited already is written to again.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn invite(
        &self,
        id: &OrganizationId,
        command: &CreateOrganizationInvitation,
    ) -> Result<OrganizationInvitation, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), INVITATIONS];
        self.ask(Verb::Post, &path, &command.fields()).await
    }

    /// `POST /v1/organizations/{id}/invitations/bulk`: invites several people, or nobody where there is a mistake.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn invite_several(
        &self,
        id: &OrganizationId,
        email_addresses: &[String],
        role: &str,
    ) -> Result<Vec<OrganizationInvitation>, Failure> {
        let path = [ORGANIZATIONS, id.as_str(), INVITATIONS, "bulk"];
        let mut fields = vec![("role", role)];
        fields.extend(
            email_addresses
                .iter()
                .map(|it| ("email_address", it.as_str())),
        );
        self.ask(Verb::Post, &path, &fields).await
    }

    /// `POST /v1/organizations/{id}/invitations/{invitation_id}/revoke`: takes an invitation back.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn revoke_invitation(
        &self,
        id: &OrganizationId,
        invitation: &InvitationId,
    ) -> Result<OrganizationInvitation, Failure> {
        let invitation = invitation.as_str();
        let path = [
            ORGANIZATIONS,
            id.as_str(),
            INVITATIONS,
            invitation,
            "revoke",
        ];
        self.ask(Verb::Post, &path, &[]).await
    }
}
