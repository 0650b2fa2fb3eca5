//! Whether one token is good, now, by these keys and rules.

use frontdesk_protocol::Timestamp;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Validation, decode, decode_header};

use crate::{Claims, Jwks};

/// Bytes beyond which no token is read; real ones have about five hundred.
const MAX_LENGTH: usize = 4096;
/// Seconds by which clocks may differ.
const LEEWAY_S: u64 = 5;

/// What a token must say to be accepted.
#[derive(Clone, Debug)]
pub struct Rules {
    issuer: String,
    parties: Vec<String>,
}

impl Rules {
    /// Accepts tokens of `issuer`: the public URL of the server, without a slash at its end.
    pub fn new(issuer: &str) -> Self {
        Self {
            issuer: issuer.trim_end_matches('/').to_owned(),
            parties: Vec::new(),
        }
    }

    /// Accepts only tokens minted for pages of this origin, or of another one named like this.
    ///
    /// Without any, a token minted for any page the server allows is accepted.
    #[must_use]
    pub fn with_party(mut self, origin: &str) -> Self {
        self.parties.push(origin.to_owned());
        self
    }
}

/// Why a token is not accepted; for logs, not for whoever sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no token, or larger than any.
    Malformed,
    /// No key of the set has its `kid`.
    UnknownKey,
    /// Its algorithm is not the one of its key.
    WrongAlgorithm,
    /// Its signature is not of its key.
    WrongSignature,
    /// A claim is missing or of the wrong kind.
    WrongClaims,
    /// Another server issued it.
    WrongIssuer,
    /// It was minted for a page that is not allowed.
    WrongParty,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYet,
    /// The user has something to do before they count as signed in.
    Pending,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Malformed => "not a session token",
            Self::UnknownKey => "signed by an unknown key",
            Self::WrongAlgorithm => "the algorithm is not that of the key",
            Self::WrongSignature => "the signature is wrong",
            Self::WrongClaims => "a claim is missing or malformed",
            Self::WrongIssuer => "issued by another server",
            Self::WrongParty => "minted for a page that is not allowed",
            Self::Expired => "expired",
            Self::NotYet => "not valid yet",
            Self::Pending => "the session is pending",
        })
    }
}

impl std::error::Error for Refusal {}

/// The claims of `token` if it is good at `now` (RFC 8725 §3).
///
/// Headers that name or carry keys (`jku`, `jwk`, `x5u`, `x5c`) are not looked at.
///
/// # Errors
/// Every [`Refusal`].
pub fn check(token: &str, keys: &Jwks, rules: &Rules, now: Timestamp) -> Result<Claims, Refusal> {
    if token.len() > MAX_LENGTH {
        return Err(Refusal::Malformed);
    }
    let header = decode_header(token).map_err(|_| Refusal::Malformed)?;
    let is_plain = header.crit.is_none()
        && header.zip.is_none()
        && header.enc.is_none()
        && !header.extras.inner().contains_key("b64")
        && header.typ.as_ref().is_none_or(|kind| kind == "JWT");
    if !is_plain {
        return Err(Refusal::Malformed);
    }
    let kid = header.kid.as_deref().ok_or(Refusal::UnknownKey)?;
    let (algorithm, key) = keys.find(kid).ok_or(Refusal::UnknownKey)?;
    let mut validation = Validation::new(*algorithm);
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "sub"]);
    validation.set_issuer(&[&rules.issuer]);
    // The library reads the system's clock; `in_time` reads ours.
    validation.validate_exp = false;
    let claims = decode::<Claims>(token, key, &validation)
        .map_err(|error| refusal(error.kind()))?
        .claims;
    in_time(&claims, now)?;
    let is_for_us = rules.parties.is_empty()
        || claims
            .azp
            .as_ref()
            .is_some_and(|party| rules.parties.contains(party));
    if !is_for_us {
        return Err(Refusal::WrongParty);
    }
    if claims.sts.as_deref() == Some("pending") {
        return Err(Refusal::Pending);
    }
    Ok(claims)
}

fn in_time(claims: &Claims, now: Timestamp) -> Result<(), Refusal> {
    let now = u64::try_from(now.as_s()).map_err(|_| Refusal::NotYet)?;
    if claims.exp.saturating_add(LEEWAY_S) <= now {
        return Err(Refusal::Expired);
    }
    if claims.nbf.max(claims.iat) > now.saturating_add(LEEWAY_S) {
        return Err(Refusal::NotYet);
    }
    Ok(())
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's list is open; whatever else it finds is a malformed token"
)]
fn refusal(error: &ErrorKind) -> Refusal {
    match error {
        ErrorKind::InvalidAlgorithm => Refusal::WrongAlgorithm,
        ErrorKind::InvalidSignature => Refusal::WrongSignature,
        ErrorKind::InvalidIssuer => Refusal::WrongIssuer,
        ErrorKind::MissingRequiredClaim(_)
        | ErrorKind::InvalidClaimFormat(_)
        | ErrorKind::InvalidAudience
        | ErrorKind::Json(_) => Refusal::WrongClaims,
        _ => Refusal::Malformed,
    }
}
