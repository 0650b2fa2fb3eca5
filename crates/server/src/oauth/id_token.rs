//! Whether an ID token can be believed (OpenID Connect Core §3.1.3.7, RFC 8725).

use anyhow::{Context as _, Result, bail, ensure};
use aws_lc_rs::digest;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_protocol::Timestamp;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq as _;

use crate::app::App;

/// How far the provider's clock may be from ours.
const LEEWAY_S: i64 = 5;
/// How old a token may be that says when it was made.
const OLDEST_S: i64 = 600;
/// No token is longer.
const MAX_LENGTH: usize = 16 * 1024;

/// What a token must be.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The provider's name, with `{tenantid}` in it where it has one for each organization.
    pub issuer: &'a str,
    /// Where its keys are.
    pub keys: &'a str,
    /// What we are called there.
    pub client_id: &'a str,
    /// What was sent along; none where the token was asked for without a browser.
    pub nonce: &'a str,
    /// The access token that came with it.
    pub access_token: &'a str,
    /// The time.
    pub now: Timestamp,
}

/// The claims of a token that is what it must be.
///
/// # Errors
/// Why it cannot be believed; never what it says.
pub async fn verify(app: &App, token: &str, expected: Expected<'_>) -> Result<Map<String, Value>> {
    ensure!(token.len() <= MAX_LENGTH, "the ID token is too long");
    // A header that demands something demands what we do not do (RFC 7515 §4.1.11).
    let first = token.split('.').next().unwrap_or_default();
    let raw = BASE64_URL_SAFE_NO_PAD.decode(first).unwrap_or_default();
    let raw: Map<String, Value> = serde_json::from_slice(&raw).context("no header")?;
    ensure!(
        !raw.contains_key("crit") && !raw.contains_key("b64"),
        "the ID token demands what is not known"
    );
    let header = decode_header(token).context("the ID token is none")?;
    let is_known = matches!(
        header.alg,
        Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA
    );
    ensure!(is_known, "the ID token is signed in another way");
    let kid = header.kid.as_deref();
    let key = app.providers.key(app, expected.keys, kid).await?;
    ensure!(fits(&key, header.alg), "the key is for something else");
    let mut validation = Validation::new(header.alg);
    validation.algorithms = vec![header.alg];
    // Times and names are checked below, on our own clock and without a leeway of a minute.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_jwk(&key).context("the key cannot be used")?;
    let claims: Map<String, Value> = decode(token, &key, &validation)
        .context("the ID token's signature is wrong")?
        .claims;
    check(&claims, expected)?;
    check_hash(&claims, header.alg, expected.access_token)?;
    Ok(claims)
}

/// Whether a key is one for this algorithm, and for signatures.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let common = &key.common;
    let is_for_signatures = common
        .public_key_use
        .as_ref()
        .is_none_or(|it| *it == PublicKeyUse::Signature);
    let own = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), Algorithm::RS256) => KeyAlgorithm::RS256,
        (AlgorithmParameters::EllipticCurve(it), Algorithm::ES256)
            if it.curve == EllipticCurve::P256 =>
        {
            KeyAlgorithm::ES256
        }
        (AlgorithmParameters::OctetKeyPair(it), Algorithm::EdDSA)
            if it.curve == EllipticCurve::Ed25519 =>
        {
            KeyAlgorithm::EdDSA
        }
        _ => return false,
    };
    is_for_signatures && common.key_algorithm.is_none_or(|it| it == own)
}

fn check(claims: &Map<String, Value>, expected: Expected<'_>) -> Result<()> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let tenant = text("tid").unwrap_or_default();
    let issuer = expected.issuer.replace("{tenantid}", tenant);
    ensure!(text("iss") == Some(&issuer), "another issuer");
    let mut audience = match claims.get("aud") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        Some(_) | None => bail!("no audience"),
    };
    ensure!(audience.contains(&expected.client_id), "another audience");
    audience.dedup();
    let azp = text("azp");
    ensure!(
        azp.is_none_or(|azp| azp == expected.client_id),
        "made for another client"
    );
    ensure!(
        audience.len() == 1 || azp.is_some(),
        "several audiences, and none of them asked"
    );
    let time = |name: &str| match claims.get(name) {
        None => Ok(None),
        Some(value) => value
            .as_i64()
            .or_else(|| whole(value.as_f64()?))
            .filter(|seconds| (0..=1 << 40).contains(seconds))
            .map(Some)
            .with_context(|| format!("{name} is no time")),
    };
    let now = expected.now.as_s();
    let end = time("exp")?.context("no end")?;
    ensure!(now < end + LEEWAY_S, "too old");
    let made = time("iat")?.context("no beginning")?;
    ensure!(
        made <= now + LEEWAY_S && made + OLDEST_S >= now,
        "not made just now"
    );
    let begins = time("nbf")?.unwrap_or(made);
    ensure!(begins <= now + LEEWAY_S, "too early");
    let nonce = text("nonce").unwrap_or_default();
    ensure!(
        bool::from(nonce.as_bytes().ct_eq(expected.nonce.as_bytes())),
        "another nonce"
    );
    Ok(())
}

/// Some write times with a point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is no whole number of seconds is cut off, and the range is checked"
)]
fn whole(seconds: f64) -> Option<i64> {
    seconds.is_finite().then_some(seconds as i64)
}

/// Whether the access token is the one that the ID token came with, where it says (§3.1.3.6).
fn check_hash(claims: &Map<String, Value>, algorithm: Algorithm, access: &str) -> Result<()> {
    let Some(hash) = claims.get("at_hash") else {
        return Ok(());
    };
    let with = if algorithm == Algorithm::EdDSA {
        &digest::SHA512
    } else {
        &digest::SHA256
    };
    let whole = digest::digest(with, access.as_bytes());
    let half = &whole.as_ref()[..whole.as_ref().len() / 2];
    let is_same = hash.as_str() == Some(&BASE64_URL_SAFE_NO_PAD.encode(half));
    ensure!(is_same, "another access token");
    Ok(())
}
