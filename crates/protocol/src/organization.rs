//! Organizations and who is in them.

use crate::{MembershipId, Metadata, OrganizationId, PublicUserData, Timestamp};

words! {
    /// What a member may do in an organization.
    pub enum Role {
        /// Everything.
        Admin = "org:admin",
        /// What does not change the organization.
        Member = "org:member",
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
        /// How many invitations are open; none yet.
        pub pending_invitations_count: u32,
        /// The most members; 0 for no limit.
        pub max_allowed_memberships: u32,
        /// Whether admins may delete it.
        pub admin_delete_enabled: bool,
        /// What the app's server wrote.
        pub public_metadata: Metadata,
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
        /// The member's role.
        pub role: Role,
        /// What the role is called; for developers.
        pub role_name: String,
        /// What the role allows, e.g. `org:sys_profile:manage`.
        pub permissions: Vec<String>,
        /// Who the member is.
        pub public_user_data: PublicUserData,
        /// What the app's server wrote.
        pub public_metadata: Metadata,
        /// When the user became a member.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}
