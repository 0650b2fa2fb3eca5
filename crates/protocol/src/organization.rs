//! Organizations, who is in them, and what their roles allow.

#[cfg(not(target_arch = "wasm32"))]
use crate::PermissionId;
use crate::{
    InvitationId, MembershipId, Metadata, OrganizationId, PublicUserData, RoleId, Timestamp,
};

/// The key of the role that allows everything; every organization has somebody with it.
pub const ADMIN: &str = "org:admin";
/// The key of the role that changes nothing.
pub const MEMBER: &str = "org:member";

words! {
    /// What the server itself asks for; an app's own permissions are keys like `org:invoices:create`.
    pub enum SystemPermission {
        /// Changing the name and the address.
        ProfileManage = "org:sys_profile:manage",
        /// Deleting the organization.
        ProfileDelete = "org:sys_profile:delete",
        /// Seeing who is in it.
        MembershipsRead = "org:sys_memberships:read",
        /// Inviting, removing and changing members.
        MembershipsManage = "org:sys_memberships:manage",
        /// Seeing its domains.
        DomainsRead = "org:sys_domains:read",
        /// Adding and removing domains.
        DomainsManage = "org:sys_domains:manage",
    }
}

words! {
    /// How an invitation stands.
    pub enum InvitationStatus {
        /// It can be accepted.
        Pending = "pending",
        /// It was.
        Accepted = "accepted",
        /// It was taken back.
        Revoked = "revoked",
        /// Its time is over.
        Expired = "expired",
    }
}

resource! {
    /// An organization.
    "organization" => pub struct Organization {
        /// Its id.
        pub id: OrganizationId,
        /// What people call it.
        pub name: String,
        /// Its part of an address.
        pub slug: String,
        /// Where the logo is; empty where there is none.
        pub image_url: String,
        /// Whether there is a logo.
        pub has_image: bool,
        /// How many members there are.
        pub members_count: u32,
        /// What the app's server wrote.
        pub public_metadata: Metadata,
    }
    beyond {
        /// How many invitations are open.
        pub pending_invitations_count: u32,
        /// The most members; 0 for no limit.
        pub max_allowed_memberships: u32,
        /// Whether admins may delete it.
        pub admin_delete_enabled: bool,
        /// When it was created.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// A user's membership of an organization.
    "organization_membership" => pub struct OrganizationMembership {
        /// Its id.
        pub id: MembershipId,
        /// Which organization.
        pub organization: Organization,
        /// The key of the member's role, e.g. `org:admin`.
        pub role: String,
        /// What the role is called.
        pub role_name: String,
        /// What the role allows, e.g. `org:sys_profile:manage`.
        pub permissions: Vec<String>,
        /// Who the member is.
        pub public_user_data: PublicUserData,
        /// What the app's server wrote.
        pub public_metadata: Metadata,
    }
    beyond {
        /// When the user became a member.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

impl OrganizationMembership {
    /// Whether it is of this role; `org:admin` and `admin` are one role.
    pub fn has_role(&self, role: &str) -> bool {
        bare(&self.role) == bare(role)
    }

    /// Whether its role allows this, e.g. `org:invoices:create`, with or without `org:` before it.
    pub fn has_permission(&self, permission: &str) -> bool {
        let mut permissions = self.permissions.iter();
        permissions.any(|it| bare(it) == bare(permission))
    }
}

fn bare(key: &str) -> &str {
    key.strip_prefix("org:").unwrap_or(key)
}

resource! {
    /// A member, as the list of them shows one.
    pub struct Member {
        /// The key of the role, e.g. `org:admin`.
        pub role: String,
        /// What the role is called.
        pub role_name: String,
        /// Who it is.
        pub public_user_data: PublicUserData,
        /// When the user became a member.
        pub created_at: Timestamp,
    }
}

resource! {
    /// What only the organization's own screens show of it.
    pub struct OrganizationDetails {
        /// How many invitations are open.
        pub pending_invitations_count: u32,
        /// The most members; 0 for no limit.
        pub max_allowed_memberships: u32,
        /// Whether admins may delete it.
        pub admin_delete_enabled: bool,
    }
}

resource! {
    /// Something that roles allow.
    "permission" => pub struct Permission {
        /// Its key, e.g. `org:invoices:create`.
        pub key: String,
        /// What it is called.
        pub name: String,
    }
    beyond {
        /// Its id.
        pub id: PermissionId,
        /// What it allows, in a sentence.
        pub description: String,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// What members can be.
    "role" => pub struct Role {
        /// Its id.
        pub id: RoleId,
        /// Its key, e.g. `org:admin`.
        pub key: String,
        /// What it is called.
        pub name: String,
        /// What it is for, in a sentence.
        pub description: String,
        /// What it allows.
        pub permissions: Vec<Permission>,
    }
    beyond {
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// An invitation to an organization, as those see it who invite.
    "organization_invitation" => pub struct OrganizationInvitation {
        /// Its id.
        pub id: InvitationId,
        /// Who is invited.
        pub email_address: String,
        /// To which organization.
        pub organization_id: OrganizationId,
        /// The key of the role they will have.
        pub role: String,
        /// What the role is called.
        pub role_name: String,
        /// How it stands.
        pub status: InvitationStatus,
        /// When it ends.
        pub expires_at: Timestamp,
        /// What the app's server wrote.
        pub public_metadata: Metadata,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// An organization, as those see it who are not in it.
    pub struct PublicOrganizationData {
        /// Its id.
        pub id: OrganizationId,
        /// What people call it.
        pub name: String,
        /// Its part of an address.
        pub slug: String,
        /// Where the logo is; empty where there is none.
        pub image_url: String,
        /// Whether there is a logo.
        pub has_image: bool,
    }
}

resource! {
    /// An invitation to an organization, as whoever is invited sees it.
    "organization_invitation" => pub struct UserOrganizationInvitation {
        /// Its id.
        pub id: InvitationId,
        /// The address that is invited.
        pub email_address: String,
        /// To which organization.
        pub public_organization_data: PublicOrganizationData,
        /// The key of the role they will have.
        pub role: String,
        /// What the role is called.
        pub role_name: String,
        /// How it stands.
        pub status: InvitationStatus,
        /// When it ends.
        pub expires_at: Timestamp,
        /// What the app's server wrote.
        pub public_metadata: Metadata,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}
