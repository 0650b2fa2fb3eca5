//! Domains of organizations, and what people whose addresses are there get of it.

use crate::{
    MembershipRequestId, OrganizationDomainId, OrganizationId, PublicOrganizationData,
    PublicUserData, SuggestionId, Timestamp, VerificationStatus,
};

words! {
    /// What people get whose address is at a domain of an organization.
    pub enum EnrollmentMode {
        /// Nothing: they are invited one by one.
        ManualInvitation = "manual_invitation",
        /// An invitation.
        AutomaticInvitation = "automatic_invitation",
        /// A suggestion: they may ask to join.
        AutomaticSuggestion = "automatic_suggestion",
    }
}

words! {
    /// How a domain is proven to be an organization's.
    pub enum DomainStrategy {
        /// By a code sent to an address there.
        EmailCode = "email_code",
        /// By a TXT record in its zone.
        Txt = "txt",
    }
}

words! {
    /// How a suggestion stands.
    pub enum SuggestionStatus {
        /// Nobody has answered it.
        Pending = "pending",
        /// The user asked to join.
        Accepted = "accepted",
    }
}

words! {
    /// How a request to join stands.
    pub enum RequestStatus {
        /// Nobody has answered it.
        Pending = "pending",
        /// The user was let in.
        Accepted = "accepted",
        /// The user was not.
        Rejected = "rejected",
    }
}

resource! {
    /// How far the proof of a domain has come.
    pub struct DomainVerification {
        /// How far.
        pub status: VerificationStatus,
        /// How it is proven.
        pub strategy: DomainStrategy,
        /// Tries so far.
        pub attempts: u32,
        /// When the code ends; absent where there is none.
        pub expires_at: Option<Timestamp>,
    }
}

resource! {
    /// The proof of a domain by its zone.
    pub struct OwnershipVerification {
        /// How far it has come.
        pub status: VerificationStatus,
        /// Always `txt`.
        pub strategy: DomainStrategy,
        /// Tries so far.
        pub attempts: u32,
        /// When it ends: never.
        pub expires_at: Option<Timestamp>,
        /// The name of the record, e.g. `_frontdesk.example.com`.
        pub txt_record_name: String,
        /// What the record must say.
        pub txt_record_value: String,
    }
}

resource! {
    /// A domain of an organization.
    "organization_domain" => pub struct OrganizationDomain {
        /// Its id.
        pub id: OrganizationDomainId,
        /// The domain, e.g. `example.com`.
        pub name: String,
        /// Whose it is.
        pub organization_id: OrganizationId,
        /// What people get whose address is there.
        pub enrollment_mode: EnrollmentMode,
        /// The address that a code was sent to.
        pub affiliation_email_address: Option<String>,
        /// How far the proof has come, whichever it is; absent where nobody has begun.
        pub verification: Option<DomainVerification>,
        /// The proof by its zone; absent where nobody has begun.
        pub ownership_verification: Option<OwnershipVerification>,
        /// How many invitations it made are open.
        pub total_pending_invitations: u32,
        /// How many suggestions it made are open.
        pub total_pending_suggestions: u32,
        /// When it was added.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// That a user may ask to join an organization, because their address is at its domain.
    "organization_suggestion" => pub struct OrganizationSuggestion {
        /// Its id.
        pub id: SuggestionId,
        /// Which organization.
        pub public_organization_data: PublicOrganizationData,
        /// How it stands.
        pub status: SuggestionStatus,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// That a user asks to join an organization.
    "organization_membership_request" => pub struct OrganizationMembershipRequest {
        /// Its id.
        pub id: MembershipRequestId,
        /// Which organization.
        pub organization_id: OrganizationId,
        /// How it stands.
        pub status: RequestStatus,
        /// Who asks.
        pub public_user_data: PublicUserData,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}
