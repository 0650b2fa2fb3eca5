//! Where one can work: the personal account, or an organization.

use frontdesk_protocol::{Client, OrganizationMembership};

/// The personal account or an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The organization's id; empty for the personal account.
    pub(crate) id: String,
    /// The organization's name; absent for the personal account.
    pub(crate) name: Option<String>,
    /// Where the picture is; empty where there is none.
    pub(crate) image_url: String,
    /// What the person is there: the key of the role, and what it is called.
    pub(crate) role: Option<(String, String)>,
}

impl Place {
    /// Every place, the personal account first.
    pub(crate) fn all(client: &Client) -> Option<Vec<Self>> {
        let user = &client.active_session()?.user;
        let personal = Self {
            id: String::new(),
            name: None,
            image_url: user.image_url.clone(),
            role: None,
        };
        let organizations = user.organization_memberships.iter().map(Self::of);
        Some([personal].into_iter().chain(organizations).collect())
    }

    /// The id of the place that the active session is in.
    pub(crate) fn active(client: &Client) -> Option<String> {
        let id = client
            .active_session()?
            .last_active_organization_id
            .as_ref()?;
        Some(id.as_str().to_owned())
    }

    fn of(membership: &OrganizationMembership) -> Self {
        let organization = &membership.organization;
        Self {
            id: organization.id.as_str().to_owned(),
            name: Some(organization.name.clone()),
            image_url: organization.image_url.clone(),
            role: Some((membership.role.clone(), membership.role_name.clone())),
        }
    }
}
