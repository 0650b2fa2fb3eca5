//! Session tokens: a JWT that lives for a minute, signed with a key that the store keeps sealed.

use anyhow::{Context as _, Result};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_protocol::{OrganizationId, Role, SessionId, Timestamp, UserId};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

use crate::chance::Chance;
use crate::seal::{Seal, hash_token};
use crate::store::{SigningKey, Store};

/// How long a token lives.
pub const LIFETIME_S: i64 = 60;
const PURPOSE: &str = "signing_key";

/// The keys of the instance; the oldest signs.
pub struct Keys {
    signing: EncodingKey,
    header: Header,
    published: Vec<SigningKey>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys")
    }
}

/// The organization a token is minted for.
#[derive(Clone, Debug, Serialize)]
pub struct ActiveOrganization {
    /// Its id.
    pub id: OrganizationId,
    /// Its part of an address.
    pub slg: String,
    /// The role, without `org:`.
    pub rol: &'static str,
}

impl ActiveOrganization {
    /// What a token says of `id`.
    pub fn new(id: OrganizationId, slug: String, role: Role) -> Self {
        let rol = role.as_str();
        Self {
            id,
            slg: slug,
            rol: rol.strip_prefix("org:").unwrap_or(rol),
        }
    }
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
    /// The organization the session is in.
    pub organization: Option<ActiveOrganization>,
}

/// The claims (RFC 7519 §4.1), and those of ours.
#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a UserId,
    sid: &'a SessionId,
    azp: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
    v: u8,
    fva: [i64; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    sts: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    o: Option<ActiveOrganization>,
}

/// One key as `/.well-known/jwks.json` shows it (RFC 7517).
#[derive(Debug, Serialize)]
pub struct Jwk<'a> {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    kid: &'a str,
    x: &'a str,
    y: &'a str,
}

impl Keys {
    /// Reads the instance's keys, and makes the first one where there is none.
    ///
    /// # Errors
    /// Where the store broke, or the keys were sealed with another secret.
    pub async fn open(store: &Store, seal: &Seal, chance: &Chance, now: Timestamp) -> Result<Self> {
        let published = store.signing_keys(&generate(seal, chance)?, now).await?;
        let oldest = published.first().context("there is none")?;
        let document = seal.open(PURPOSE, &oldest.sealed)?;
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(oldest.id.clone());
        Ok(Self {
            signing: EncodingKey::from_ec_der(&document),
            header,
            published,
        })
    }

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
        let claims = Claims {
            iss: issuer,
            sub: subject.user,
            sid: subject.session,
            azp: origin,
            iat: now.as_s(),
            // Verifiers' clocks are never quite ours.
            nbf: now.as_s() - 5,
            exp: now.as_s() + LIFETIME_S,
            jti: BASE64_URL_SAFE_NO_PAD.encode(chance.bytes::<15>()?),
            v: 2,
            fva: ages(subject.proven, now),
            sts: subject.is_pending.then_some("pending"),
            o: subject.organization,
        };
        jsonwebtoken::encode(&self.header, &claims, &self.signing).context("cannot sign a token")
    }

    /// What verifiers need.
    pub fn published(&self) -> Vec<Jwk<'_>> {
        self.published.iter().map(jwk).collect()
    }
}

/// Minutes since both factors were proven; -1 for never.
pub fn ages(proven: (Timestamp, Option<Timestamp>), now: Timestamp) -> [i64; 2] {
    let age = |at: Timestamp| (now.0 - at.0).div_euclid(60_000);
    [age(proven.0), proven.1.map_or(-1, age)]
}

fn jwk(key: &SigningKey) -> Jwk<'_> {
    Jwk {
        kty: "EC",
        crv: "P-256",
        alg: "ES256",
        usage: "sig",
        kid: &key.id,
        x: &key.public_x,
        y: &key.public_y,
    }
}

fn generate(seal: &Seal, chance: &Chance) -> Result<SigningKey> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).context("no key")?;
    let document = pair.to_pkcs8v1().context("no key")?;
    // An uncompressed point: a byte that says so, then both coordinates (SEC 1 §2.3.3).
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let [public_x, public_y] = [x, y].map(|half| BASE64_URL_SAFE_NO_PAD.encode(half));
    Ok(SigningKey {
        id: hash_token(&public_x)[..16].to_owned(),
        sealed: seal.seal(PURPOSE, document.as_ref(), chance)?,
        public_x,
        public_y,
    })
}
