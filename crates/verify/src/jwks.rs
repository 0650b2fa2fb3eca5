//! A server's public keys.

use std::collections::HashMap;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};

/// A key set, as `/.well-known/jwks.json` serves it.
///
/// The kind of a key decides the one algorithm it verifies, whatever a token or the set says
/// (RFC 8725 §3.1). Keys of any other kind, shared secrets above all, are left out.
#[derive(Clone, Debug, Default)]
pub struct Jwks(HashMap<String, (Algorithm, DecodingKey)>);

impl Jwks {
    /// Parses a key set (RFC 7517 §5); `None` where the text is none.
    pub fn parse(json: &str) -> Option<Self> {
        let set: JwkSet = serde_json::from_str(json).ok()?;
        Some(Self(set.keys.iter().filter_map(usable).collect()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn find(&self, kid: &str) -> Option<&(Algorithm, DecodingKey)> {
        self.0.get(kid)
    }
}

fn usable(jwk: &Jwk) -> Option<(String, (Algorithm, DecodingKey))> {
    let signs = jwk
        .common
        .public_key_use
        .as_ref()
        .is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
    let algorithm = algorithm(&jwk.algorithm)?;
    let agrees = jwk
        .common
        .key_algorithm
        .is_none_or(|named| Algorithm::try_from(named) == Ok(algorithm));
    let kid = jwk.common.key_id.clone()?;
    let key = DecodingKey::from_jwk(jwk).ok()?;
    (signs && agrees).then_some((kid, (algorithm, key)))
}

/// The one algorithm a key verifies.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what is not allowed by name is refused, also what the library learns later"
)]
fn algorithm(key: &AlgorithmParameters) -> Option<Algorithm> {
    match key {
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
            Some(Algorithm::ES256)
        }
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            Some(Algorithm::EdDSA)
        }
        AlgorithmParameters::RSA(_) => Some(Algorithm::RS256),
        _ => None,
    }
}
