//! Passkeys: what a device signs is believed once, from one browser, for one site and one person.

use std::pin::Pin;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_client::Value;
use frontdesk_protocol::ErrorCode;
use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::crypto::aws_lc_rs::{AwsLcRsBackend, AwsLcRsSha2};
use passkey::crypto::hash::Sha256Backend as _;
use passkey::types::ctap2::{
    Aaguid, Ctap2Error,
    get_assertion::{self, Options as GetOptions},
    make_credential::{self, Options as MakeOptions, PublicKeyCredentialRpEntity},
};
use passkey::types::webauthn::PublicKeyCredentialCreationOptions;
use passkey::types::{Bytes, Passkey};
use serde_json::json;

use crate::site::{Browser, ORIGIN, Site, fresh_email, on_sites_with};

const SETTINGS: &str = "passkeys.enabled = true\npasskeys.max = 2";
const HOST: &str = "localhost";

/// Whoever holds the device, and always says yes.
struct Owner;

impl UserValidationMethod for Owner {
    type PasskeyItem = Passkey;

    fn check_user<'b, 'a, 'c>(
        &'a self,
        _hint: UiHint<'b, Passkey>,
        presence: bool,
        verification: bool,
    ) -> Pin<Box<dyn Future<Output = Result<UserCheck, Ctap2Error>> + Send + 'c>>
    where
        'b: 'c,
        'a: 'c,
        Self: 'c,
    {
        Box::pin(async move {
            Ok(UserCheck {
                presence,
                verification,
            })
        })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

/// A device that keeps one passkey, and the browser that it is asked by.
pub struct Device {
    authenticator: Authenticator<Option<Passkey>, Owner, AwsLcRsBackend>,
    origin: &'static str,
    domain: &'static str,
    verifies: bool,
}

impl Device {
    pub fn new() -> Self {
        let mut authenticator =
            Authenticator::new(Aaguid::new_empty(), None, Owner, AwsLcRsBackend);
        authenticator.set_make_credentials_with_signature_counter(true);
        Self {
            authenticator,
            origin: ORIGIN,
            domain: HOST,
            verifies: true,
        }
    }

    fn client_data(&self, kind: &str, challenge: &str) -> (Vec<u8>, Bytes) {
        let origin = self.origin;
        let data =
            json!({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false});
        let data = data.to_string().into_bytes();
        let hash = AwsLcRsSha2::sha256(&data).to_vec();
        (data, hash.into())
    }

    /// What `navigator.credentials.create` answers with.
    async fn make(&mut self, nonce: &str) -> Value {
        let asked: Value = serde_json::from_str(nonce).unwrap();
        let options: PublicKeyCredentialCreationOptions = serde_json::from_str(nonce).unwrap();
        let challenge = asked["challenge"].as_str().unwrap();
        let (data, client_data_hash) = self.client_data("webauthn.create", challenge);
        let request = make_credential::Request {
            client_data_hash,
            rp: PublicKeyCredentialRpEntity {
                id: self.domain.to_owned(),
                name: None,
            },
            user: options.user,
            pub_key_cred_params: options.pub_key_cred_params,
            exclude_list: None,
            extensions: None,
            options: MakeOptions {
                rk: true,
                up: true,
                uv: self.verifies,
            },
            pin_auth: None,
            pin_protocol: None,
        };
        let made = self.authenticator.make_credential(request).await.unwrap();
        let credential = self.credential();
        let response = json!({
            "clientDataJSON": encode(&data),
            "attestationObject": encode(&made.as_webauthn_bytes()),
            "transports": ["internal", "hybrid"],
        });
        json!({"id": credential, "rawId": credential, "type": "public-key",
            "authenticatorAttachment": "platform", "response": response})
    }

    /// What `navigator.credentials.get` answers with.
    async fn prove(&mut self, nonce: &str) -> Value {
        let asked: Value = serde_json::from_str(nonce).unwrap();
        let challenge = asked["challenge"].as_str().unwrap();
        let (data, client_data_hash) = self.client_data("webauthn.get", challenge);
        let request = get_assertion::Request {
            rp_id: self.domain.to_owned(),
            client_data_hash,
            allow_list: None,
            extensions: None,
            options: GetOptions {
                up: true,
                uv: self.verifies,
            },
            pin_auth: None,
            pin_protocol: None,
        };
        let proof = self.authenticator.get_assertion(request).await.unwrap();
        let credential = self.credential();
        let response = json!({
            "clientDataJSON": encode(&data),
            "authenticatorData": encode(&proof.auth_data.to_vec()),
            "signature": encode(&proof.signature),
            "userHandle": encode(&proof.user.unwrap().id),
        });
        json!({"id": credential, "rawId": credential, "type": "public-key",
            "authenticatorAttachment": "platform", "response": response})
    }

    fn credential(&self) -> String {
        let known = self.authenticator.store().as_ref().unwrap();
        encode(&known.credential_id)
    }
}

fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn escape(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// A passkey that the browser is asked to make: its id, and what is asked.
async fn begin(browser: &Browser) -> (String, String) {
    let (status, begun) = browser.post("/v1/me/passkeys", "").await;
    assert_eq!(status, 200, "{begun}");
    let begun = &begun["response"];
    let nonce = begun["verification"]["nonce"].as_str().unwrap();
    (begun["id"].as_str().unwrap().to_owned(), nonce.to_owned())
}

async fn keep(browser: &Browser, id: &str, made: &Value) -> (u16, Value) {
    let path = format!("/v1/me/passkeys/{id}/attempt_verification");
    let form = format!(
        "strategy=passkey&public_key_credential={}",
        escape(&made.to_string())
    );
    browser.post(&path, &form).await
}

/// Adds a passkey on `device` to whoever is signed in.
pub async fn register(browser: &Browser, device: &mut Device) -> String {
    let (id, nonce) = begin(browser).await;
    let made = device.make(&nonce).await;
    let (status, kept) = keep(browser, &id, &made).await;
    assert_eq!(status, 200, "{kept}");
    id
}

/// Begins a sign-in by a passkey: its id, and what is asked.
async fn ask(browser: &Browser) -> (String, String) {
    let (status, begun) = browser
        .post("/v1/client/sign_ins", "strategy=passkey")
        .await;
    assert_eq!(status, 200, "{begun}");
    let begun = &begun["response"];
    let verification = &begun["first_factor_verification"];
    assert_eq!(
        (
            begun["status"].as_str(),
            verification["strategy"].as_str(),
            verification["status"].as_str()
        ),
        (
            Some("needs_first_factor"),
            Some("passkey"),
            Some("unverified")
        )
    );
    let nonce = verification["nonce"].as_str().unwrap();
    (begun["id"].as_str().unwrap().to_owned(), nonce.to_owned())
}

async fn answer(browser: &Browser, id: &str, proof: &Value) -> (u16, Value) {
    let path = format!("/v1/client/sign_ins/{id}/attempt_first_factor");
    let form = format!(
        "strategy=passkey&public_key_credential={}",
        escape(&proof.to_string())
    );
    browser.post(&path, &form).await
}

/// Signs in by the passkey on `device`.
pub async fn sign_in(browser: &Browser, device: &mut Device) -> (u16, Value) {
    let (id, nonce) = ask(browser).await;
    let proof = device.prove(&nonce).await;
    answer(browser, &id, &proof).await
}

fn refused(answer: &(u16, Value), code: ErrorCode) {
    assert_eq!(
        (answer.0, answer.1["errors"][0]["code"].as_str()),
        (422, Some(code.as_str())),
        "{}",
        answer.1
    );
}

/// Somebody with a passkey.
async fn somebody(site: &Site) -> (String, Browser, Device) {
    let email = fresh_email();
    let browser = site.browser();
    browser.sign_up(&email).await;
    let mut device = Device::new();
    register(&browser, &mut device).await;
    (email, browser, device)
}

#[tokio::test]
async fn a_passkey_signs_in_without_a_name() {
    on_sites_with(SETTINGS, async |site| {
        let (email, _, mut device) = somebody(&site).await;
        let browser = site.browser();
        let (status, done) = sign_in(&browser, &mut device).await;
        assert_eq!(
            (status, &done["response"]["status"]),
            (200, &json!("complete"))
        );
        let user = &done["client"]["sessions"][0]["user"];
        assert_eq!(user["email_addresses"][0]["email_address"], json!(email));
        assert_eq!(done["client"]["last_authentication_strategy"], "passkey");
        let (_, known) = browser.get("/v1/me/passkeys").await;
        assert!(known["response"]["data"][0]["last_used_at"].is_number());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_who_has_passkeys() {
    on_sites_with(SETTINGS, async |site| {
        let (email, _, mut device) = somebody(&site).await;
        for name in [email.clone(), fresh_email()] {
            let browser = site.browser();
            let sign_in = browser.begin_sign_in(&name).await;
            let path = format!("/v1/client/sign_ins/{}/prepare_first_factor", sign_in.id);
            let (_, asked) = browser.post(&path, "strategy=passkey").await;
            let nonce = &asked["response"]["first_factor_verification"]["nonce"];
            let options: Value = serde_json::from_str(nonce.as_str().unwrap()).unwrap();
            assert_eq!(options["allowCredentials"], json!([]));
            assert_eq!(options["rpId"], HOST);
            let proof = device.prove(nonce.as_str().unwrap()).await;
            let answered = answer(&browser, sign_in.id.as_str(), &proof).await;
            if name == email {
                assert_eq!(answered.1["response"]["status"], "complete");
            } else {
                refused(&answered, ErrorCode::PasskeyNotRegistered);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_passkey_is_two_proofs_in_one() {
    let settings = format!("{SETTINGS}\ndevice.verify_new = true");
    on_sites_with(&settings, async |site| {
        let (_, _, mut device) = somebody(&site).await;
        let (_, done) = sign_in(&site.browser(), &mut device).await;
        assert_eq!(done["response"]["status"], "complete");
        let session = &done["client"]["sessions"][0];
        assert_eq!(session["factor_verification_age"], json!([0, 0]));
        device.verifies = false;
        let unverified = sign_in(&site.browser(), &mut device).await;
        refused(&unverified, ErrorCode::PasskeyInvalid);
    })
    .await;
}

#[tokio::test]
async fn a_passkey_steps_up_its_owner_and_nobody_else() {
    let settings = format!("{SETTINGS}\nsessions.several = true");
    on_sites_with(&settings, async |site| {
        let (_, ada, mut hers) = somebody(&site).await;
        let (_, _, mut another) = somebody(&site).await;
        site.clock.advance_s(600);
        let (_, client) = ada.get("/v1/client").await;
        let id = client["response"]["sessions"][0]["id"].as_str().unwrap();
        let path = |step: &str| format!("/v1/client/sessions/{id}/verify{step}");
        assert_eq!(ada.post(&path(""), "level=multi_factor").await.0, 200);
        let ask_again = async || {
            let prepare = path("/prepare_first_factor");
            let (status, asked) = ada.post(&prepare, "strategy=passkey").await;
            assert_eq!(status, 200, "{asked}");
            let nonce = &asked["response"]["first_factor_verification"]["nonce"];
            nonce.as_str().unwrap().to_owned()
        };
        let answer = async |proof: &Value| {
            let form = escape(&proof.to_string());
            let form = format!("strategy=passkey&public_key_credential={form}");
            ada.post(&path("/attempt_first_factor"), &form).await
        };
        let proof = another.prove(&ask_again().await).await;
        refused(&answer(&proof).await, ErrorCode::PasskeyNotRegistered);
        let (_, of_sign_in) = ask(&ada).await;
        let proof = hers.prove(&of_sign_in).await;
        refused(&answer(&proof).await, ErrorCode::PasskeyInvalid);
        let proof = hers.prove(&ask_again().await).await;
        let (status, proven) = answer(&proof).await;
        assert_eq!(status, 200, "{proven}");
        assert_eq!(proven["response"]["status"], "complete");
        let ages = &proven["response"]["session"]["factor_verification_age"];
        assert_eq!(*ages, json!([0, 0]));
    })
    .await;
}

#[tokio::test]
async fn what_a_device_signed_is_believed_once() {
    on_sites_with(SETTINGS, async |site| {
        let (_, _, mut device) = somebody(&site).await;
        let browser = site.browser();
        let (id, nonce) = ask(&browser).await;
        let proof = device.prove(&nonce).await;
        let mut forged = proof.clone();
        forged["response"]["signature"] = json!(encode(b"no signature"));
        refused(
            &answer(&browser, &id, &forged).await,
            ErrorCode::PasskeyInvalid,
        );
        // The question was answered, if wrongly.
        refused(
            &answer(&browser, &id, &proof).await,
            ErrorCode::PasskeyInvalid,
        );
        let (id, nonce) = ask(&browser).await;
        let proof = device.prove(&nonce).await;
        assert_eq!(answer(&browser, &id, &proof).await.0, 200);
        let (next, _) = ask(&site.browser()).await;
        assert_eq!(answer(&browser, &next, &proof).await.0, 404);
        let other = site.browser();
        let (next, _) = ask(&other).await;
        refused(
            &answer(&other, &next, &proof).await,
            ErrorCode::PasskeyInvalid,
        );
    })
    .await;
}

#[tokio::test]
async fn what_one_browser_was_asked_no_other_answers() {
    on_sites_with(SETTINGS, async |site| {
        let (_, _, mut device) = somebody(&site).await;
        let (asked, other) = (site.browser(), site.browser());
        let (_, nonce) = ask(&asked).await;
        let (id, _) = ask(&other).await;
        let proof = device.prove(&nonce).await;
        refused(
            &answer(&other, &id, &proof).await,
            ErrorCode::PasskeyInvalid,
        );
    })
    .await;
}

#[tokio::test]
async fn an_answer_after_five_minutes_is_late() {
    on_sites_with(SETTINGS, async |site| {
        let (_, _, mut device) = somebody(&site).await;
        let browser = site.browser();
        let (id, nonce) = ask(&browser).await;
        let proof = device.prove(&nonce).await;
        site.clock.advance_s(300);
        refused(
            &answer(&browser, &id, &proof).await,
            ErrorCode::PasskeyInvalid,
        );
    })
    .await;
}

#[tokio::test]
async fn pages_of_other_sites_get_nothing_signed_that_counts() {
    on_sites_with(SETTINGS, async |site| {
        let (_, owner, mut device) = somebody(&site).await;
        for origin in [
            "https://localhost",
            "http://evil.localhost:4000",
            "http://badlocalhost:4000",
            "http://evil.example",
        ] {
            device.origin = origin;
            let elsewhere = sign_in(&site.browser(), &mut device).await;
            refused(&elsewhere, ErrorCode::PasskeyInvalid);
        }
        device.origin = ORIGIN;
        device.domain = "evil.example";
        let elsewhere = sign_in(&site.browser(), &mut device).await;
        refused(&elsewhere, ErrorCode::PasskeyInvalid);
        let mut new = Device::new();
        new.domain = "evil.example";
        let (id, nonce) = begin(&owner).await;
        let made = new.make(&nonce).await;
        refused(&keep(&owner, &id, &made).await, ErrorCode::PasskeyInvalid);
    })
    .await;
}

#[tokio::test]
async fn a_passkey_says_only_whose_it_is() {
    on_sites_with(SETTINGS, async |site| {
        let (_, _, mut ada) = somebody(&site).await;
        let (_, _, mut eve) = somebody(&site).await;
        let browser = site.browser();
        let (id, nonce) = ask(&browser).await;
        let theirs = ada.prove(&nonce).await;
        let mut proof = eve.prove(&nonce).await;
        proof["response"]["userHandle"] = theirs["response"]["userHandle"].clone();
        refused(
            &answer(&browser, &id, &proof).await,
            ErrorCode::PasskeyInvalid,
        );
        let (id, nonce) = ask(&browser).await;
        let mut proof = eve.prove(&nonce).await;
        proof["response"]["userHandle"] = Value::Null;
        refused(
            &answer(&browser, &id, &proof).await,
            ErrorCode::PasskeyInvalid,
        );
        let handle = theirs["response"]["userHandle"].as_str().unwrap();
        assert_eq!(handle.len(), 22);
    })
    .await;
}

#[tokio::test]
async fn a_copy_of_a_device_is_noticed_by_its_counter() {
    on_sites_with(SETTINGS, async |site| {
        let (_, _, mut device) = somebody(&site).await;
        let copy = device.authenticator.store().clone();
        for _ in 0..2 {
            assert_eq!(sign_in(&site.browser(), &mut device).await.0, 200);
        }
        *device.authenticator.store_mut() = copy;
        let copied = sign_in(&site.browser(), &mut device).await;
        refused(&copied, ErrorCode::PasskeyInvalid);
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_do_not_lock_passkeys_out() {
    on_sites_with(SETTINGS, async |site| {
        let (email, _, mut device) = somebody(&site).await;
        let stranger = site.browser();
        for _ in 0..12 {
            stranger
                .sign_in(&email, "wrong, and long enough")
                .await
                .unwrap_err();
        }
        assert_eq!(sign_in(&site.browser(), &mut device).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_user_names_and_removes_passkeys() {
    on_sites_with(SETTINGS, async |site| {
        let (email, browser, mut device) = somebody(&site).await;
        let (_, known) = browser.get("/v1/me/passkeys").await;
        let id = known["response"]["data"][0]["id"].as_str().unwrap();
        let path = format!("/v1/me/passkeys/{id}");
        let rename = format!("{path}?_method=PATCH");
        let (_, renamed) = browser.post(&rename, "name=My+key").await;
        assert_eq!(renamed["response"]["name"], "My key");
        assert_eq!(browser.post(&rename, "name=+").await.0, 422);
        let stranger = site.signed_up().await;
        assert_eq!(stranger.post(&rename, "name=Mine").await.0, 404);
        let delete = format!("{path}?_method=DELETE");
        assert_eq!(stranger.post(&delete, "").await.0, 404);
        assert_eq!(browser.post(&delete, "").await.0, 200);
        let removed = sign_in(&site.browser(), &mut device).await;
        refused(&removed, ErrorCode::PasskeyNotRegistered);
        // One letter for the passkey's coming, one for its going, and the code of the sign-up.
        assert_eq!(site.mails(&email).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_user_has_only_so_many_passkeys_and_each_only_once() {
    on_sites_with(SETTINGS, async |site| {
        let (_, browser, mut device) = somebody(&site).await;
        let (first, second) = (begin(&browser).await, begin(&browser).await);
        let made = device.make(&first.1).await;
        assert_eq!(keep(&browser, &second.0, &made).await.0, 422);
        let (id, nonce) = begin(&browser).await;
        let made = device.make(&nonce).await;
        assert_eq!(keep(&browser, &id, &made).await.0, 200);
        refused(&keep(&browser, &id, &made).await, ErrorCode::PasskeyInvalid);
        let late = Device::new().make(&second.1).await;
        refused(
            &keep(&browser, &second.0, &late).await,
            ErrorCode::PasskeyQuotaExceeded,
        );
        let full = browser.post("/v1/me/passkeys", "").await;
        refused(&full, ErrorCode::PasskeyQuotaExceeded);
    })
    .await;
}

#[tokio::test]
async fn where_there_are_no_passkeys_none_is_asked_for() {
    on_sites_with("", async |site| {
        let browser = site.signed_up().await;
        assert_eq!(browser.post("/v1/me/passkeys", "").await.0, 404);
        let asked = site
            .browser()
            .post("/v1/client/sign_ins", "strategy=passkey")
            .await;
        refused(&asked, ErrorCode::StrategyInvalid);
    })
    .await;
}
