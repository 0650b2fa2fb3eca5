//! How lately somebody must have proven who they are to change what they sign in with.

use frontdesk_protocol::{Reverification, VerificationLevel};
use serde::{Deserialize, Serialize};

/// `[sessions.reverification]`: how lately somebody must have proven who they are to change what they sign in with;
/// a table, or `"strict"`, `"moderate"`, `"lax"`, `"strict_mfa"` or `"off"`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "GivenReverifications")]
pub struct Reverifications {
    /// Whether it is asked for at all.
    pub enabled: bool,
    /// `first_factor`, `second_factor` or `multi_factor`; whoever has no second factor proves the first in its place.
    pub level: VerificationLevel,
    /// After how many minutes it is asked for again.
    pub after_minutes: u32,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "`sessions.reverification` must be \"strict\", \"moderate\", \"lax\", \"strict_mfa\", \"off\", or a table of \
                 enabled, level (\"first_factor\", \"second_factor\", \"multi_factor\") and after_minutes"
)]
enum GivenReverifications {
    Preset(Preset),
    Table(ReverificationTable),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Preset {
    Strict,
    Moderate,
    Lax,
    StrictMfa,
    Off,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ReverificationTable {
    enabled: bool,
    level: VerificationLevel,
    after_minutes: u32,
}

impl From<GivenReverifications> for Reverifications {
    fn from(given: GivenReverifications) -> Self {
        match given {
            GivenReverifications::Table(table) => Self {
                enabled: table.enabled,
                level: table.level,
                after_minutes: table.after_minutes,
            },
            GivenReverifications::Preset(Preset::Strict) => Self::on(&Reverification::STRICT),
            GivenReverifications::Preset(Preset::Moderate) => Self::on(&Reverification::MODERATE),
            GivenReverifications::Preset(Preset::Lax) => Self::on(&Reverification::LAX),
            GivenReverifications::Preset(Preset::StrictMfa) => {
                Self::on(&Reverification::STRICT_MFA)
            }
            GivenReverifications::Preset(Preset::Off) => Self {
                enabled: false,
                ..Self::default()
            },
        }
    }
}

impl Reverifications {
    const fn on(asked: &Reverification) -> Self {
        Self {
            enabled: true,
            level: asked.level,
            after_minutes: asked.after_minutes,
        }
    }
}

impl Default for Reverifications {
    fn default() -> Self {
        Self::on(&Reverification::STRICT)
    }
}

impl Default for ReverificationTable {
    fn default() -> Self {
        let Reverifications {
            enabled,
            level,
            after_minutes,
        } = Reverifications::default();
        Self {
            enabled,
            level,
            after_minutes,
        }
    }
}
