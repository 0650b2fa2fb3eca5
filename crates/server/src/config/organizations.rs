//! `[organizations]` in `frontdesk.toml`: whether there are any, how big, and what their domains do.

use std::net::SocketAddr;

use frontdesk_protocol::{EnrollmentMode, MEMBER};
use serde::{Deserialize, Serialize};

/// `[organizations]`: whether there are any, and how big.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct Organizations {
    /// Whether there are any.
    pub enabled: bool,
    /// Whether people may create them.
    pub create: bool,
    /// The most members of one; 0 for no limit.
    pub max_members: u32,
    /// The most one person may create.
    pub max_created: u32,
    /// Whether members whose role allows it may delete one.
    pub admin_delete: bool,
    /// How long an invitation works.
    pub invitation_days: i64,
    /// The most open invitations of one; 0 for no limit.
    pub max_open_invitations: u32,
    /// The most invitations that one sends in an hour.
    pub invitations_per_hour: u32,
    /// Whether people must always be in one: who is in none chooses one after signing in.
    pub force_selection: bool,
    /// `[organizations.domains]`: domains that people's addresses are at.
    pub domains: Domains,
}

/// `[organizations.domains]`: domains that prove who belongs to an organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Domains {
    /// Whether organizations may have any.
    pub enabled: bool,
    /// What people may get whose address is there.
    pub enrollment_modes: Vec<EnrollmentMode>,
    /// The key of the role they will have.
    pub default_role: String,
    /// The most domains of one organization.
    pub max: u32,
    /// The name server that is asked for TXT records, e.g. `9.9.9.9:53`; the machine's own where there is none.
    pub nameserver: Option<SocketAddr>,
}

impl Default for Organizations {
    fn default() -> Self {
        Self {
            enabled: true,
            create: true,
            max_members: 0,
            max_created: 100,
            admin_delete: true,
            invitation_days: 30,
            max_open_invitations: 500,
            invitations_per_hour: 250,
            force_selection: false,
            domains: Domains::default(),
        }
    }
}

impl Default for Domains {
    fn default() -> Self {
        Self {
            enabled: true,
            enrollment_modes: EnrollmentMode::ALL.to_vec(),
            default_role: MEMBER.to_owned(),
            max: 10,
            nameserver: None,
        }
    }
}

impl Organizations {
    /// Whether people may create organizations.
    pub const fn may_be_created(&self) -> bool {
        self.enabled && self.create
    }
}
