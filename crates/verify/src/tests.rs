//! Tokens that must pass and tokens that must not, signed with real keys.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair,
};
use axum_core::extract::FromRequestParts as _;
use axum_core::response::IntoResponse as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk_protocol::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::{Claims, Jwks, Refusal, Rules, SignedIn, Verifier, check};

const ISSUER: &str = "https://accounts.example.com";
pub(crate) const APP: &str = "https://app.example.com";
const NOW_S: i64 = 1_800_000_000;

/// A private key and its public half as a JWK.
pub(crate) struct Signer {
    algorithm: Algorithm,
    key: EncodingKey,
    jwk: Value,
}

impl Signer {
    pub(crate) fn es256(kid: &str) -> Self {
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                .unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref()).unwrap();
        let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
        Self {
            algorithm: Algorithm::ES256,
            key: EncodingKey::from_ec_der(document.as_ref()),
            jwk: json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid, "x": base64(x), "y": base64(y)}),
        }
    }

    fn eddsa(kid: &str) -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
        Self {
            algorithm: Algorithm::EdDSA,
            key: EncodingKey::from_ed_der(document.as_ref()),
            jwk: json!({"kty": "OKP", "crv": "Ed25519", "kid": kid, "x": base64(pair.public_key().as_ref())}),
        }
    }

    fn rs256(kid: &str) -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let document = pair.as_der().unwrap();
        let public = pair.public_key();
        let components = aws_lc_rs::signature::RsaPublicKeyComponents::<Vec<u8>>::from(public);
        Self {
            algorithm: Algorithm::RS256,
            // The library wants PKCS#1, which lies within PKCS#8 behind 26 bytes.
            key: EncodingKey::from_rsa_der(&document.as_ref()[26..]),
            jwk: json!({"kty": "RSA", "alg": "RS256", "kid": kid, "n": base64(&components.n), "e": base64(&components.e)}),
        }
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        encode(&self.header(), claims, &self.key).unwrap()
    }

    fn header(&self) -> Header {
        let mut header = Header::new(self.algorithm);
        header.kid = self.jwk["kid"].as_str().map(str::to_owned);
        header
    }

    fn jwks(&self) -> Jwks {
        Jwks::parse(&self.jwks_json()).unwrap()
    }

    pub(crate) fn jwks_json(&self) -> String {
        json!({"keys": [self.jwk]}).to_string()
    }
}

fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn claims() -> Value {
    json!({
        "iss": ISSUER,
        "sub": "user_00000000000000000000000000",
        "sid": "sess_00000000000000000000000000",
        "azp": APP,
        "iat": NOW_S,
        "nbf": NOW_S,
        "exp": NOW_S + 60,
        "o": {"id": "org_00000000000000000000000000", "slg": "lab", "rol": "admin"},
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

pub(crate) fn rules() -> Rules {
    Rules::new(ISSUER).with_party(APP)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp(0).plus_s(NOW_S + seconds)
}

fn verdict(claims: &Value) -> Result<Claims, Refusal> {
    let signer = Signer::es256("k1");
    check(&signer.sign(claims), &signer.jwks(), &rules(), at(0))
}

#[test]
fn a_token_of_each_kind_of_key_is_accepted() {
    for signer in [
        Signer::es256("k1"),
        Signer::eddsa("k2"),
        Signer::rs256("k3"),
    ] {
        let token = signer.sign(&claims());
        let claims = check(&token, &signer.jwks(), &rules(), at(0)).unwrap();
        assert_eq!(claims.sub.as_str(), "user_00000000000000000000000000");
        assert!(claims.has_role("org:admin") && claims.has_role("admin"));
        assert!(!claims.has_role("org:member"));
    }
}

#[test]
fn nobody_has_a_role_in_the_personal_account() {
    assert!(!verdict(&without("o")).unwrap().has_role("org:admin"));
}

#[test]
fn a_token_ends_with_its_time_and_five_seconds() {
    let signer = Signer::es256("k1");
    let token = signer.sign(&claims());
    let verdict = |seconds| check(&token, &signer.jwks(), &rules(), at(seconds)).err();
    assert_eq!(verdict(64), None);
    assert_eq!(verdict(65), Some(Refusal::Expired));
    assert_eq!(verdict(-5), None);
    assert_eq!(verdict(-6), Some(Refusal::NotYet));
}

#[test]
fn what_a_token_must_say_is_asked_for() {
    for name in ["iss", "sub", "sid", "exp", "nbf", "iat"] {
        assert_eq!(
            verdict(&without(name)),
            Err(Refusal::WrongClaims),
            "without {name}"
        );
    }
    for (name, value) in [
        ("exp", json!("1900000000")),
        ("exp", json!(1.8e9)),
        ("nbf", json!(-1)),
        ("sub", json!("org_00000000000000000000000000")),
        ("aud", json!("somebody else")),
    ] {
        let claims = with(name, value);
        assert_eq!(verdict(&claims), Err(Refusal::WrongClaims), "{claims}");
    }
}

#[test]
fn a_claim_that_comes_twice_is_refused() {
    let signer = Signer::es256("k1");
    let twice =
        claims()
            .to_string()
            .replacen('{', r#"{"sub":"user_11111111111111111111111111","#, 1);
    let message = format!(
        "{}.{}",
        base64(json!({"alg": "ES256", "kid": "k1"}).to_string().as_bytes()),
        base64(twice.as_bytes())
    );
    let signature =
        jsonwebtoken::crypto::sign(message.as_bytes(), &signer.key, Algorithm::ES256).unwrap();
    let token = format!("{message}.{signature}");
    assert_eq!(
        check(&token, &signer.jwks(), &rules(), at(0)),
        Err(Refusal::WrongClaims)
    );
}

#[test]
fn another_issuer_is_refused() {
    for issuer in [
        "https://accounts.example.com.evil.example",
        "https://accounts.example.com/",
    ] {
        assert_eq!(
            verdict(&with("iss", json!(issuer))),
            Err(Refusal::WrongIssuer)
        );
    }
}

#[test]
fn another_page_is_refused() {
    assert_eq!(
        verdict(&with("azp", json!("https://evil.example"))),
        Err(Refusal::WrongParty)
    );
    assert_eq!(verdict(&without("azp")), Err(Refusal::WrongParty));
}

#[test]
fn without_a_party_any_page_is_accepted() {
    let signer = Signer::es256("k1");
    let token = signer.sign(&without("azp"));
    assert!(check(&token, &signer.jwks(), &Rules::new(ISSUER), at(0)).is_ok());
}

#[test]
fn a_pending_session_is_not_signed_in() {
    assert_eq!(
        verdict(&with("sts", json!("pending"))),
        Err(Refusal::Pending)
    );
}

#[test]
fn another_key_of_the_same_name_is_refused() {
    let token = Signer::es256("k1").sign(&claims());
    assert_eq!(
        check(&token, &Signer::es256("k1").jwks(), &rules(), at(0)),
        Err(Refusal::WrongSignature)
    );
}

#[test]
fn an_unknown_or_missing_key_id_is_refused() {
    let signer = Signer::es256("k1");
    let other = Signer::es256("../k1");
    assert_eq!(
        check(&other.sign(&claims()), &signer.jwks(), &rules(), at(0)),
        Err(Refusal::UnknownKey)
    );
    let bare = encode(&Header::new(Algorithm::ES256), &claims(), &signer.key).unwrap();
    assert_eq!(
        check(&bare, &signer.jwks(), &rules(), at(0)),
        Err(Refusal::UnknownKey)
    );
}

#[test]
fn an_unsigned_token_is_refused() {
    let signer = Signer::es256("k1");
    for name in ["none", "None", "NONE"] {
        let header = json!({"alg": name, "typ": "JWT", "kid": "k1"}).to_string();
        let token = format!(
            "{}.{}.",
            base64(header.as_bytes()),
            base64(claims().to_string().as_bytes())
        );
        assert_eq!(
            check(&token, &signer.jwks(), &rules(), at(0)),
            Err(Refusal::Malformed)
        );
    }
}

#[test]
fn a_key_verifies_one_algorithm_only() {
    let secret = json!({"keys": [{"kty": "oct", "kid": "k1", "alg": "HS256", "k": "c2VjcmV0"}]});
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some("k1".to_owned());
    let token = encode(&header, &claims(), &EncodingKey::from_secret(b"secret")).unwrap();
    let keys = Jwks::parse(&secret.to_string()).unwrap();
    assert_eq!(
        check(&token, &keys, &rules(), at(0)),
        Err(Refusal::UnknownKey)
    );

    let mut signer = Signer::rs256("k1");
    signer.algorithm = Algorithm::PS256;
    assert_eq!(
        check(&signer.sign(&claims()), &signer.jwks(), &rules(), at(0)),
        Err(Refusal::WrongAlgorithm)
    );
}

/// What `signer` signs under a header of its own.
fn signed_as(signer: &Signer, header: &Value) -> String {
    let message = format!(
        "{}.{}",
        base64(header.to_string().as_bytes()),
        base64(claims().to_string().as_bytes())
    );
    let signature =
        jsonwebtoken::crypto::sign(message.as_bytes(), &signer.key, signer.algorithm).unwrap();
    format!("{message}.{signature}")
}

#[test]
fn a_key_of_one_kind_never_verifies_for_another() {
    let signers = [
        Signer::es256("k1"),
        Signer::eddsa("k2"),
        Signer::rs256("k3"),
    ];
    let all: Vec<&Value> = signers.iter().map(|signer| &signer.jwk).collect();
    let keys = Jwks::parse(&json!({ "keys": all }).to_string()).unwrap();
    for signer in &signers {
        for other in &signers {
            // Whose key is named, and whose algorithm is claimed.
            for named in &signers {
                let header = json!({"alg": other.header().alg, "kid": named.jwk["kid"]});
                let is_honest = [other, named]
                    .iter()
                    .all(|it| it.jwk["kid"] == signer.jwk["kid"]);
                let answer = check(&signed_as(signer, &header), &keys, &rules(), at(0));
                assert_eq!(answer.is_ok(), is_honest, "{header}");
            }
        }
    }
}

#[test]
fn the_public_half_of_any_kind_is_no_shared_secret() {
    for signer in [
        Signer::es256("k1"),
        Signer::eddsa("k1"),
        Signer::rs256("k1"),
    ] {
        let part = signer.jwk.get("n").unwrap_or(&signer.jwk["x"]);
        let text = part.as_str().unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(text).unwrap();
        for secret in [text.as_bytes(), &bytes, signer.jwks_json().as_bytes()] {
            for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
                let mut header = Header::new(algorithm);
                header.kid = Some("k1".to_owned());
                let token = encode(&header, &claims(), &EncodingKey::from_secret(secret)).unwrap();
                let answer = check(&token, &signer.jwks(), &rules(), at(0));
                assert_eq!(answer, Err(Refusal::WrongAlgorithm));
            }
        }
    }
}

#[test]
fn a_key_that_contradicts_itself_is_left_out() {
    for (mut signer, name, value) in [
        (Signer::es256("k1"), "alg", "RS256"),
        (Signer::eddsa("k1"), "alg", "ES256"),
        (Signer::rs256("k1"), "alg", "RS512"),
        (Signer::rs256("k1"), "alg", "HS256"),
        (Signer::es256("k1"), "use", "enc"),
        (Signer::es256("k1"), "crv", "P-384"),
        (Signer::eddsa("k1"), "crv", "P-256"),
    ] {
        let token = signer.sign(&claims());
        signer.jwk[name] = value.into();
        let keys = Jwks::parse(&signer.jwks_json()).unwrap();
        assert_eq!(
            check(&token, &keys, &rules(), at(0)),
            Err(Refusal::UnknownKey),
            "{name} {value}"
        );
    }
}

#[test]
fn a_key_that_a_token_brings_along_is_not_used() {
    let (ours, theirs) = (Signer::es256("k1"), Signer::es256("k1"));
    for extra in [
        json!({"jwk": theirs.jwk}),
        json!({"jku": "https://evil.example/jwks.json"}),
        json!({"x5u": "https://evil.example/chain.pem"}),
    ] {
        let mut header = json!({"alg": "ES256", "kid": "k1"});
        let extra = extra.as_object().unwrap().clone();
        header.as_object_mut().unwrap().extend(extra);
        let answer = check(&signed_as(&theirs, &header), &ours.jwks(), &rules(), at(0));
        assert!(
            matches!(answer, Err(Refusal::WrongSignature | Refusal::Malformed)),
            "{header}: {answer:?}"
        );
    }
}

#[test]
fn what_a_header_calls_critical_is_never_skipped() {
    let signer = Signer::es256("k1");
    for critical in [
        json!(["exp"]),
        json!(["b64"]),
        json!(["made-up"]),
        json!([]),
    ] {
        let header = json!({"alg": "ES256", "kid": "k1", "crit": critical, "made-up": 1});
        let answer = check(
            &signed_as(&signer, &header),
            &signer.jwks(),
            &rules(),
            at(0),
        );
        assert_eq!(answer, Err(Refusal::Malformed), "{header}");
    }
}

#[test]
fn a_signature_is_not_good_for_half_or_more_than_itself() {
    for signer in [
        Signer::es256("k1"),
        Signer::eddsa("k1"),
        Signer::rs256("k1"),
    ] {
        let token = signer.sign(&claims());
        let (message, signature) = token.rsplit_once('.').unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let zeros = vec![0; bytes.len()];
        let longer = [bytes.as_slice(), &[0]].concat();
        for wrong in [&[][..], &bytes[1..], &zeros, &longer] {
            let token = format!("{message}.{}", base64(wrong));
            assert!(check(&token, &signer.jwks(), &rules(), at(0)).is_err());
        }
    }
}

#[test]
fn headers_that_change_the_rules_are_refused() {
    let signer = Signer::es256("k1");
    let mut critical = signer.header();
    critical.crit = Some(vec!["exp".to_owned()]);
    let mut typed = signer.header();
    typed.typ = Some("at+jwt".to_owned());
    let mut unencoded = signer.header();
    unencoded.extras.insert("b64", false);
    for header in [critical, typed, unencoded] {
        let token = encode(&header, &claims(), &signer.key).unwrap();
        assert_eq!(
            check(&token, &signer.jwks(), &rules(), at(0)),
            Err(Refusal::Malformed)
        );
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let keys = Signer::es256("k1").jwks();
    let long = "a".repeat(5000);
    for text in ["", ".", "..", "a.b.c", "a.b.c.d", &long] {
        assert_eq!(
            check(text, &keys, &rules(), at(0)),
            Err(Refusal::Malformed),
            "{text:.20}"
        );
    }
}

#[tokio::test]
async fn the_set_is_fetched_once_and_for_a_new_key_at_most_every_ten_seconds() {
    let (first, second) = (Signer::es256("k1"), Signer::es256("k2"));
    let sets = Arc::new([first.jwks_json(), second.jwks_json()]);
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&fetches);
    let verifier = Verifier::new(rules(), move || {
        let turn = count.fetch_add(1, Ordering::SeqCst);
        let sets = Arc::clone(&sets);
        async move { Ok::<_, std::io::Error>(sets[turn.min(1)].clone()) }
    });
    let (old, new) = (first.sign(&claims()), second.sign(&claims()));
    for _ in 0..3 {
        assert!(verifier.verify(&old, at(0)).await.unwrap().is_ok());
    }
    assert_eq!(
        verifier.verify(&new, at(9)).await.unwrap(),
        Err(Refusal::UnknownKey)
    );
    assert_eq!(fetches.load(Ordering::SeqCst), 1);
    assert!(verifier.verify(&new, at(10)).await.unwrap().is_ok());
    assert_eq!(
        verifier.verify(&old, at(11)).await.unwrap(),
        Err(Refusal::UnknownKey)
    );
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_key_that_was_withdrawn_is_trusted_for_a_minute_at_most() {
    let (old, new) = (Signer::es256("k1"), Signer::es256("k2"));
    let sets = [old.jwks_json(), new.jwks_json()];
    let fetches = Arc::new(AtomicUsize::new(0));
    let verifier = Verifier::new(rules(), move || {
        let set = sets[fetches.fetch_add(1, Ordering::SeqCst).min(1)].clone();
        async move { Ok::<_, std::io::Error>(set) }
    });
    let mut late = claims();
    late["exp"] = json!(NOW_S + 1000);
    let stolen = old.sign(&late);
    assert!(verifier.verify(&stolen, at(0)).await.unwrap().is_ok());
    assert_eq!(
        verifier.verify(&stolen, at(60)).await.unwrap(),
        Err(Refusal::UnknownKey)
    );
}

#[tokio::test]
async fn known_keys_stay_in_use_while_the_server_is_away() {
    let signer = Signer::es256("k1");
    let set = signer.jwks_json();
    let fetches = Arc::new(AtomicUsize::new(0));
    let verifier = Verifier::new(rules(), move || {
        let answer = match fetches.fetch_add(1, Ordering::SeqCst) {
            1 => Ok(set.clone()),
            _ => Err(std::io::Error::other("away")),
        };
        async move { answer }
    });
    let mut late = claims();
    late["exp"] = json!(NOW_S + 1000);
    let token = signer.sign(&late);
    assert!(verifier.verify(&token, at(0)).await.is_err());
    assert!(verifier.verify(&token, at(10)).await.unwrap().is_ok());
    assert!(verifier.verify(&token, at(400)).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_handler_gets_the_claims_by_header_or_cookie() {
    let signer = Signer::es256("k1");
    let set = signer.jwks_json();
    let verifier = Verifier::new(rules(), move || {
        let set = set.clone();
        async move { Ok::<_, std::io::Error>(set) }
    });
    let now = jsonwebtoken::get_current_timestamp();
    let mut claims = claims();
    for (name, value) in [("iat", now), ("nbf", now), ("exp", now + 60)] {
        claims[name] = json!(value);
    }
    let token = signer.sign(&claims);
    let status = async |name: &str, value: String| {
        let request = http::Request::get("/")
            .header(name, value)
            .body(())
            .unwrap();
        let (mut parts, ()) = request.into_parts();
        match SignedIn::from_request_parts(&mut parts, &verifier).await {
            Ok(SignedIn(claims)) => Ok(claims.sub.to_string()),
            Err(rejection) => Err(rejection.into_response().status().as_u16()),
        }
    };
    let user = Ok("user_00000000000000000000000000".to_owned());
    assert_eq!(
        status("authorization", format!("Bearer {token}")).await,
        user
    );
    assert_eq!(
        status("cookie", format!("a=b; __session={token}")).await,
        user
    );
    assert_eq!(
        status("cookie", format!("__session={token}; __session={token}")).await,
        Err(401)
    );
    assert_eq!(
        status("authorization", format!("Basic {token}")).await,
        Err(401)
    );
    assert_eq!(status("x-other", token).await, Err(401));
}
