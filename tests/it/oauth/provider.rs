//! A provider with OpenID, on a socket of its own, that can be told to misbehave.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use aws_lc_rs::{digest, hmac};
use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use frontdesk_protocol::UserId;
use frontdesk_server::chance::Chance;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::site::NOW;

pub const CLIENT: &str = "frontdesk";
const SECRET: &str = "a secret of the provider";

/// What is wrong with the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Nothing,
    WrongIssuer,
    WrongAudience,
    WrongNonce,
    WrongAccessHash,
    Expired,
    OtherKey,
    NoAlgorithm,
    PublicKeyAsSecret,
    NoIdToken,
    Slow,
    Garbage,
    Broken,
    /// What refreshes is taken back.
    Revoked,
    DocumentOfAnother,
}

/// Somebody who has an account there.
#[derive(Clone, Debug)]
pub struct Person {
    pub subject: String,
    pub email: String,
    pub is_verified: bool,
}

impl Person {
    pub fn new(email: &str) -> Self {
        let random = Chance::System.bytes().unwrap();
        Self {
            subject: UserId::from_random(random).to_string(),
            email: email.to_owned(),
            is_verified: true,
        }
    }
}

/// What was asked, by the code that answers it.
#[derive(Clone)]
struct Asked {
    person: Person,
    nonce: String,
    challenge: String,
    back: String,
}

struct Inner {
    url: String,
    fault: Mutex<Fault>,
    asked: Mutex<HashMap<String, Asked>>,
    refreshed: Mutex<u32>,
    key: Vec<u8>,
    public: Vec<u8>,
    /// Whether it signs by its Ed25519 key instead.
    is_edwards: AtomicBool,
    edwards: Vec<u8>,
}

/// The provider; a clone is the same one.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

/// A query as it was written.
pub fn query(url: &str) -> HashMap<String, String> {
    let query = url.split_once('?').unwrap().1;
    let query = query.split('#').next().unwrap();
    serde_urlencoded::from_str::<Vec<(String, String)>>(query)
        .unwrap()
        .into_iter()
        .collect()
}

/// The code that an authenticator app shows (RFC 6238).
pub fn totp(secret: &str, now_s: i64) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let letters = secret.bytes().filter(|it| *it != b'=');
    let values = letters.map(|letter| ALPHABET.iter().position(|it| *it == letter).unwrap());
    let bits: Vec<String> = values.map(|value| format!("{value:05b}")).collect();
    let bits = bits.concat();
    let bytes = bits.as_bytes().chunks_exact(8);
    let key: Vec<u8> = bytes
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = hmac::sign(&key, &(now_s / 30).to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

fn token() -> String {
    Chance::System.token().unwrap().expose().clone()
}

impl Provider {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref()).unwrap();
        let provider = Self(Arc::new(Inner {
            url,
            fault: Mutex::new(Fault::Nothing),
            asked: Mutex::default(),
            refreshed: Mutex::new(0),
            key: key.as_ref().to_vec(),
            public: pair.public_key().as_ref().to_vec(),
            is_edwards: AtomicBool::new(false),
            edwards: Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
                .unwrap()
                .as_ref()
                .to_vec(),
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/jwks", get(keys))
            .route("/token", post(exchange))
            .route("/user", get(user))
            .with_state(provider.clone());
        drop(tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        }));
        provider
    }

    /// Signs by its Ed25519 key from now on.
    pub fn sign_by_edwards(&self) {
        self.0.is_edwards.store(true, Ordering::Relaxed);
    }

    /// What the settings say of it, as `id`.
    /// One that is trusted with addresses, unless `more` says otherwise.
    pub fn settings(&self, id: &str, more: &str) -> String {
        let trusted = if more.contains("trusted_email") {
            ""
        } else {
            "trusted_email = true\n"
        };
        format!(
            "\n[[providers]]\n{trusted}id = \"{id}\"\nclient_id = \"{CLIENT}\"\nclient_secret = \"{SECRET}\"\nissuer = \"{}\"\n{more}\n",
            self.0.url
        )
    }

    pub fn url(&self) -> &str {
        &self.0.url
    }

    pub fn break_by(&self, fault: Fault) {
        *self.0.fault.lock().unwrap() = fault;
    }

    fn fault(&self) -> Fault {
        *self.0.fault.lock().unwrap()
    }

    /// How often a token was refreshed.
    pub fn refreshed(&self) -> u32 {
        *self.0.refreshed.lock().unwrap()
    }

    /// What a person who says yes at `url` is sent back to: the path and its query.
    pub fn consent(&self, url: &str, person: &Person) -> String {
        assert!(
            url.starts_with(&format!("{}/authorize?", self.0.url)),
            "{url}"
        );
        let asked = query(url);
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["code_challenge_method"], "S256");
        let code = token();
        let back = asked["redirect_uri"].clone();
        let kept = Asked {
            person: person.clone(),
            nonce: asked.get("nonce").cloned().unwrap_or_default(),
            challenge: asked["code_challenge"].clone(),
            back: back.clone(),
        };
        self.0.asked.lock().unwrap().insert(code.clone(), kept);
        let state = &asked["state"];
        let path = &back[back.find("/v1/").unwrap()..];
        format!("{path}?code={code}&state={state}&iss={}", self.0.url)
    }

    fn id_token(&self, asked: &Asked, access: &str) -> String {
        let fault = self.fault();
        let other = |is_other: bool, right: &str| if is_other { "other" } else { right }.to_owned();
        let is_edwards = self.0.is_edwards.load(Ordering::Relaxed);
        // The left half of the hash that the signature is made with (OpenID Connect Core 3.1.3.6).
        let by = if is_edwards {
            &digest::SHA512
        } else {
            &digest::SHA256
        };
        let hash = digest::digest(by, access.as_bytes());
        let hash = BASE64_URL_SAFE_NO_PAD.encode(&hash.as_ref()[..by.output_len / 2]);
        let now = NOW.as_s();
        let end = if fault == Fault::Expired { -60 } else { 600 };
        let claims = json!({
            "iss": other(fault == Fault::WrongIssuer, &self.0.url),
            "aud": other(fault == Fault::WrongAudience, CLIENT),
            "nonce": other(fault == Fault::WrongNonce, &asked.nonce),
            "at_hash": other(fault == Fault::WrongAccessHash, &hash),
            "sub": asked.person.subject,
            "email": asked.person.email,
            "email_verified": asked.person.is_verified,
            "given_name": "Ada",
            "family_name": "Lovelace",
            "iat": now,
            "exp": now + end,
        });
        let header = |algorithm| Header {
            kid: Some("one".to_owned()),
            ..Header::new(algorithm)
        };
        if is_edwards {
            let header = Header {
                kid: Some("two".to_owned()),
                ..Header::new(Algorithm::EdDSA)
            };
            let key = EncodingKey::from_ed_der(&self.0.edwards);
            return encode(&header, &claims, &key).unwrap();
        }
        if fault == Fault::NoAlgorithm {
            let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
            let header = json!({"alg": "none", "kid": "one"});
            return format!("{}.{}.", part(&header), part(&claims));
        }
        if fault == Fault::PublicKeyAsSecret {
            let key = EncodingKey::from_secret(&self.0.public);
            return encode(&header(Algorithm::HS256), &claims, &key).unwrap();
        }
        let key = if fault == Fault::OtherKey {
            let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let key = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
            EncodingKey::from_ec_der(key.as_ref())
        } else {
            EncodingKey::from_ec_der(&self.0.key)
        };
        encode(&header(Algorithm::ES256), &claims, &key).unwrap()
    }
}

async fn document(State(provider): State<Provider>) -> Json<Value> {
    let url = provider.url();
    let issuer = if provider.fault() == Fault::DocumentOfAnother {
        "https://other.example"
    } else {
        url
    };
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/jwks"),
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    let public = &provider.0.public;
    let part = |from: usize| BASE64_URL_SAFE_NO_PAD.encode(&public[from..from + 32]);
    let edwards = Ed25519KeyPair::from_pkcs8(&provider.0.edwards).unwrap();
    let edwards = BASE64_URL_SAFE_NO_PAD.encode(edwards.public_key());
    Json(json!({"keys": [
        {"kty": "unheard-of", "kid": "zero"},
        {"kty": "OKP", "crv": "Ed25519", "kid": "two", "use": "sig", "x": edwards},
        {"kty": "EC", "crv": "P-256", "kid": "one", "use": "sig", "x": part(1), "y": part(33)},
    ]}))
}

/// Whose a token is, as a provider without OpenID tells it.
async fn user(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    let given = headers[AUTHORIZATION].to_str().unwrap();
    let asked = provider.0.asked.lock().unwrap();
    let found = asked
        .iter()
        .find(|(code, _)| given == format!("Bearer access-{code}"));
    let Some((_, asked)) = found else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    Json(json!({
        "id": asked.person.subject,
        "email": asked.person.email,
        "email_verified": asked.person.is_verified,
        "name": "Ada Lovelace",
    }))
    .into_response()
}

async fn exchange(State(provider): State<Provider>, headers: HeaderMap, body: String) -> Response {
    let fields = query(&format!("?{body}"));
    let fault = provider.fault();
    if fault == Fault::Slow {
        std::future::pending::<()>().await;
    } else if fault == Fault::Garbage {
        return "<html>".into_response();
    } else if fault == Fault::Broken {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let basic = BASE64_STANDARD.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+")));
    let by_header = headers
        .get(AUTHORIZATION)
        .is_some_and(|it| *it == format!("Basic {basic}"));
    let by_body = fields.get("client_secret").is_some_and(|it| it == SECRET);
    if !by_header && !by_body {
        return (
            StatusCode::UNAUTHORIZED,
            Json(json!({"error": "invalid_client"})),
        )
            .into_response();
    }
    if fields["grant_type"] == "refresh_token" && fault == Fault::Revoked {
        return (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": "invalid_grant"})),
        )
            .into_response();
    }
    if fields["grant_type"] == "refresh_token" {
        *provider.0.refreshed.lock().unwrap() += 1;
        return Json(json!({
            "access_token": "access-refreshed", "token_type": "Bearer", "expires_in": 600,
        }))
        .into_response();
    }
    let asked = provider
        .0
        .asked
        .lock()
        .unwrap()
        .get(&fields["code"])
        .cloned();
    let hash = digest::digest(&digest::SHA256, fields["code_verifier"].as_bytes());
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(hash.as_ref());
    let asked = asked.filter(|it| it.challenge == challenge && it.back == fields["redirect_uri"]);
    let Some(asked) = asked else {
        return (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": "invalid_grant"})),
        )
            .into_response();
    };
    let access = format!("access-{}", fields["code"]);
    let mut answer = json!({
        "access_token": access, "token_type": "Bearer", "expires_in": 600,
        "refresh_token": "a token to refresh with",
    });
    if provider.fault() != Fault::NoIdToken {
        answer["id_token"] = provider.id_token(&asked, &access).into();
    }
    Json(answer).into_response()
}
