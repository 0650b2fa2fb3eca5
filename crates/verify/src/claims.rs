//! What a session token says.

use frontdesk_protocol::{OrganizationId, Reverification, SessionId, UserId, VerificationLevel};
use serde::Deserialize;

/// The claims of a session token that was accepted.
///
/// They are at most a minute old, and five seconds more for clocks that differ: a role that was changed, or a member who
/// was removed, is in every token minted after that, by whichever server, and in no token 65 seconds later. What must be
/// true this second is asked of the server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Claims {
    /// Who issued it: the public URL of the server.
    pub iss: String,
    /// The user.
    pub sub: UserId,
    /// The session it was minted from.
    pub sid: SessionId,
    /// The origin of the page it was minted for, where there was one.
    #[serde(default)]
    pub azp: Option<String>,
    /// When it was issued, in seconds since 1970.
    pub iat: u64,
    /// From when it is good, in seconds since 1970.
    pub nbf: u64,
    /// Until when it is good, in seconds since 1970.
    pub exp: u64,
    /// `pending` where the user has something to do before they count as signed in.
    #[serde(default)]
    pub sts: Option<String>,
    /// Minutes since the first and the second factor were proven; -1 where there is no second factor.
    #[serde(default)]
    pub fva: Option<[i64; 2]>,
    /// What the user and the organization have, e.g. `o:reports,u:export`; the server itself says nothing here.
    #[serde(default, rename = "fea")]
    pub features: String,
    /// The organization the user works in; absent for the personal account.
    #[serde(default, rename = "o")]
    pub organization: Option<ActiveOrganization>,
    /// Whether the user stands above every organization.
    #[serde(default, rename = "sa")]
    pub super_admin: bool,
}

/// The organization a session is in, and what the user is there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ActiveOrganization {
    /// Its id.
    pub id: OrganizationId,
    /// Its part of an address.
    #[serde(default, rename = "slg")]
    pub slug: Option<String>,
    /// The user's role, with or without `org:` before it.
    #[serde(rename = "rol")]
    pub role: String,
    /// What the role allows of the app's own permissions, with commas between.
    #[serde(default, rename = "per")]
    pub permissions: String,
}

impl Claims {
    /// Whether the user has `role` in the organization the session is in; `org:admin` and `admin` are one role.
    pub fn has_role(&self, role: &str) -> bool {
        self.organization
            .as_ref()
            .is_some_and(|organization| bare(&organization.role) == bare(role))
    }

    /// Whether the user proved lately enough who they are, e.g. [`Reverification::STRICT`]; whoever has no second
    /// factor proves the first in its place.
    ///
    /// A token that does not say when is not enough, nor one whose figures make no sense. Where it is false, answer
    /// 403 and let the page ask (`session.startVerification`), then call again.
    ///
    /// ```
    /// use frontdesk_verify::{Reverification, SignedIn};
    ///
    /// async fn pay(SignedIn(claims): SignedIn) -> Result<&'static str, u16> {
    ///     if !claims.is_reverified(&Reverification::STRICT) {
    ///         return Err(403);
    ///     }
    ///     Ok("paid")
    /// }
    /// ```
    pub fn is_reverified(&self, asked: &Reverification) -> bool {
        let Some([first, second]) = self.fva else {
            return false;
        };
        let is_recent = |age: i64| (0..i64::from(asked.after_minutes)).contains(&age);
        let is_first = is_recent(first);
        let is_second = if second == -1 {
            is_first
        } else {
            is_recent(second)
        };
        match asked.level {
            VerificationLevel::FirstFactor => is_first,
            VerificationLevel::SecondFactor => is_second,
            VerificationLevel::MultiFactor => is_first && is_second,
        }
    }

    /// Whether the user's role in the organization the session is in allows `permission`, e.g. `org:invoices:create`.
    ///
    /// Permissions of the server's own, `org:sys_…`, are in no token: what they are about is asked of the server.
    pub fn has_permission(&self, permission: &str) -> bool {
        self.organization.as_ref().is_some_and(|organization| {
            let mut permissions = organization.permissions.split(',');
            permissions.any(|it| !it.is_empty() && bare(it) == bare(permission))
        })
    }

    /// Whether the user, or the organization the session is in, has `feature`.
    pub fn has_feature(&self, feature: &str) -> bool {
        let mut features = self.features.split(',');
        features.any(|it| {
            it.split_once(':').is_some_and(|(whose, name)| {
                matches!(whose, "o" | "u" | "ou" | "uo") && name == feature
            })
        })
    }

    /// Whether the user has this role, or a role that allows this permission, in the organization the session is in.
    pub fn has(&self, role_or_permission: &str) -> bool {
        self.has_role(role_or_permission) || self.has_permission(role_or_permission)
    }

    /// Whether the user stands above every organization of the instance; what they may do in your app is yours to say.
    ///
    /// It opens no role and no permission by itself: [`Self::has`] asks about the organization the session is in.
    pub const fn is_super_admin(&self) -> bool {
        self.super_admin
    }

    /// Whether the session is in the organization `id`.
    pub fn is_in(&self, id: &OrganizationId) -> bool {
        self.organization
            .as_ref()
            .is_some_and(|organization| organization.id == *id)
    }
}

fn bare(role: &str) -> &str {
    role.strip_prefix("org:").unwrap_or(role)
}
