//! Session tokens: a JWT (RFC 7519) that lives for a minute, signed with a key that the store keeps sealed.

mod keys;
mod pair;
mod template;
#[cfg(test)]
mod tests;

use anyhow::Result;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_protocol::{OrganizationId, SessionId, Timestamp, UserId};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::chance::Chance;
use crate::store::is_system;

pub use keys::{Keys, Workshop, tend};
pub use template::{check as check_template, facts, fill};

/// How long a token lives.
pub const LIFETIME_S: i64 = 60;
/// No token is longer: browsers keep no cookie that is, and verifiers read none.
const MAX_LENGTH: usize = 4096;

/// The organization a token is minted for.
#[derive(Clone, Debug, Serialize)]
pub struct ActiveOrganization {
    /// Its id.
    pub id: OrganizationId,
    /// Its part of an address.
    pub slg: String,
    /// The role, without `org:`.
    pub rol: String,
    /// What the role allows of the app's own permissions, each without `org:`, with commas between; the server's own
    /// are asked of the server.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub per: String,
    /// The key of the role.
    #[serde(skip)]
    pub role: String,
}

impl ActiveOrganization {
    /// What a token says of `id`.
    pub fn new(id: OrganizationId, slug: String, role: String, permissions: &[String]) -> Self {
        let custom: Vec<&str> = permissions
            .iter()
            .filter(|key| !is_system(key))
            .map(|key| bare(key))
            .collect();
        Self {
            id,
            slg: slug,
            rol: bare(&role).to_owned(),
            per: custom.join(","),
            role,
        }
    }
}

fn bare(key: &str) -> &str {
    key.strip_prefix("org:").unwrap_or(key)
}

/// What a token is minted of.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// Whose it is.
    pub user: &'a UserId,
    /// The session.
    pub session: &'a SessionId,
    /// When the first and the second factor were proven.
    pub proven: (Timestamp, Option<Timestamp>),
    /// Whether something is to be done before the session is active.
    pub is_pending: bool,
    /// Whether the user stands above every organization.
    pub is_super_admin: bool,
    /// The organization the session is in.
    pub organization: Option<ActiveOrganization>,
}

/// What a token of a template says, and for how long.
#[derive(Clone, Debug)]
pub struct Custom {
    /// How long it lives.
    pub lifetime_s: i64,
    /// The claims that are not registered.
    pub claims: Map<String, Value>,
}

/// The registered claims (RFC 7519 §4.1), and what else every token says.
#[derive(Serialize)]
struct Registered<'a> {
    iss: &'a str,
    sub: &'a UserId,
    sid: &'a SessionId,
    azp: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

/// The claims of a session token.
#[derive(Serialize)]
struct Claims<'a> {
    #[serde(flatten)]
    registered: Registered<'a>,
    v: u8,
    fva: [i64; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    sts: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    o: Option<ActiveOrganization>,
    /// That the user stands above every organization.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sa: bool,
}

impl Keys {
    /// A token for `subject`, from `issuer`, for the page of `origin`.
    ///
    /// # Errors
    /// Where signing fails.
    pub fn mint(
        &self,
        subject: Subject<'_>,
        issuer: &str,
        origin: &str,
        chance: &Chance,
        now: Timestamp,
    ) -> Result<String> {
        let from = (issuer, origin);
        let claims = Claims {
            registered: registered(&subject, LIFETIME_S, from, chance, now)?,
            v: 2,
            fva: ages(subject.proven, now),
            sts: subject.is_pending.then_some("pending"),
            o: subject.organization,
            sa: subject.is_super_admin,
        };
        self.sign(&claims, now)
    }

    /// A token for `subject` that says what a template asks for; nothing where it would be too long.
    ///
    /// # Errors
    /// Where signing fails.
    pub fn mint_custom(
        &self,
        subject: &Subject<'_>,
        custom: Custom,
        issuer: &str,
        origin: &str,
        chance: &Chance,
        now: Timestamp,
    ) -> Result<Option<String>> {
        let registered = registered(subject, custom.lifetime_s, (issuer, origin), chance, now)?;
        let mut claims = custom.claims;
        if let Value::Object(registered) = serde_json::to_value(registered)? {
            claims.extend(registered);
        }
        let token = self.sign(&claims, now)?;
        Ok((token.len() <= MAX_LENGTH).then_some(token))
    }
}

fn registered<'a>(
    subject: &Subject<'a>,
    lifetime_s: i64,
    (issuer, origin): (&'a str, &'a str),
    chance: &Chance,
    now: Timestamp,
) -> Result<Registered<'a>> {
    Ok(Registered {
        iss: issuer,
        sub: subject.user,
        sid: subject.session,
        azp: origin,
        iat: now.as_s(),
        // Verifiers' clocks are never quite ours.
        nbf: now.as_s() - 5,
        exp: now.as_s() + lifetime_s,
        jti: BASE64_URL_SAFE_NO_PAD.encode(chance.bytes::<15>()?),
    })
}

/// Minutes since both factors were proven; -1 where there is no second factor.
pub fn ages(proven: (Timestamp, Option<Timestamp>), now: Timestamp) -> [i64; 2] {
    let age = |at: Timestamp| (now.0 - at.0).div_euclid(60_000);
    [age(proven.0), proven.1.map_or(-1, age)]
}
