//! Keys and templates by themselves.

use frontdesk_protocol::Timestamp;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::{Map, Value, json};

use super::keys::due;
use super::{Keys, Workshop, check_template, fill};
use crate::chance::Chance;
use crate::config::{Algorithm, Plan, Tokens};
use crate::seal::Seal;
use crate::store::{SigningKey, Store};

const NOW: Timestamp = Timestamp(1_800_000_000_000);
const DAY_S: i64 = 86_400;

fn plan(algorithm: Algorithm) -> Plan {
    Plan {
        algorithm,
        ..Tokens::default().plan()
    }
}

fn key(algorithm: Algorithm, signs_at: Timestamp) -> SigningKey {
    SigningKey {
        id: "a".to_owned(),
        algorithm: algorithm.as_str().to_owned(),
        sealed: String::new(),
        public_x: String::new(),
        public_y: String::new(),
        signs_at,
    }
}

#[test]
fn a_key_is_due_a_day_before_it_signs_and_only_one_at_a_time() {
    let plan = plan(Algorithm::Es256);
    let es256 = |days: i64| key(Algorithm::Es256, NOW.plus_s(days * DAY_S));
    let tomorrow = Some(NOW.plus_s(DAY_S));
    let table = [
        ("the first signs at once", vec![], Some(NOW)),
        ("a new one will do", vec![es256(0)], None),
        ("88 days old", vec![es256(-88)], None),
        ("89 days old", vec![es256(-89)], tomorrow),
        ("long forgotten", vec![es256(-900)], tomorrow),
        ("the next one waits", vec![es256(-90), es256(1)], None),
        (
            "of another kind",
            vec![key(Algorithm::EdDsa, NOW)],
            tomorrow,
        ),
        (
            "of another kind, and waiting",
            vec![es256(-90), key(Algorithm::EdDsa, NOW.plus_s(1))],
            None,
        ),
    ];
    for (case, stored, expected) in table {
        assert_eq!(due(&stored, plan, NOW), expected, "{case}");
    }
}

#[tokio::test]
async fn what_any_kind_of_key_signs_is_verified_by_what_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let seal = Seal::new(&"a secret of the test".into()).unwrap();
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa, Algorithm::Rs256] {
        let path = folder.path().join(algorithm.as_str());
        let store = Store::open(&format!("sqlite:{}", path.display()))
            .await
            .unwrap();
        let shop = Workshop {
            store: &store,
            seal: &seal,
            chance: &Chance::System,
            plan: plan(algorithm),
            now: NOW,
        };
        let made = Keys::open(shop).await.unwrap();
        let opened = Keys::open(shop).await.unwrap();
        assert_eq!(made.published(), opened.published());
        let [published] = made.published().try_into().unwrap();
        assert!(published.get("d").is_none());
        let jwk: Jwk = serde_json::from_value(published).unwrap();
        let verifier = DecodingKey::from_jwk(&jwk).unwrap();
        let named = jwk.common.key_algorithm.unwrap();
        assert_eq!(named.to_string(), algorithm.as_str());
        let mut validation = Validation::new(named.to_string().parse().unwrap());
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        for keys in [made, opened] {
            let token = keys.sign(&json!({ "sub": "ada" }), NOW).unwrap();
            let read = jsonwebtoken::decode::<Value>(&token, &verifier, &validation).unwrap();
            assert_eq!(read.claims, json!({ "sub": "ada" }));
            assert_eq!(read.header.kid, jwk.common.key_id);
        }
    }
}

#[tokio::test]
async fn keys_sealed_with_another_secret_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("frontdesk.sqlite");
    let store = Store::open(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    let [seal, other] = ["one", "another"].map(|secret| Seal::new(&secret.into()).unwrap());
    let shop = |seal| Workshop {
        store: &store,
        seal,
        chance: &Chance::System,
        plan: plan(Algorithm::Es256),
        now: NOW,
    };
    assert!(Keys::open(shop(&seal)).await.is_ok());
    let error = Keys::open(shop(&other)).await.unwrap_err();
    assert!(error.to_string().contains("FRONTDESK_SECRET"), "{error:#}");
}

fn claims(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn filled(text: &str) -> Value {
    let facts = json!({
        "user": {
            "id": "user_1",
            "first_name": "Ada",
            "last_name": null,
            "primary_email_address": "ada@example.com",
            "public_metadata": { "plan": { "seats": 3, "name": "pro" }, "tags": ["a"], "beta": false },
        },
        "org": null,
        "session": { "id": "sess_1" },
    });
    let filled = fill(&claims(&json!({ "claim": { "in": [text] } })), &facts).unwrap();
    filled["claim"]["in"][0].clone()
}

#[test]
fn a_shortcode_alone_keeps_its_type_and_within_a_text_becomes_text() {
    let table = [
        ("plain", json!("plain")),
        ("", json!("")),
        ("{{user.id}}", json!("user_1")),
        ("{{ user.first_name }}", json!("Ada")),
        ("{{user.last_name}}", Value::Null),
        ("{{org.id}}", Value::Null),
        ("{{session.id}}", json!("sess_1")),
        ("{{user.public_metadata.plan.seats}}", json!(3)),
        (
            "{{user.public_metadata.plan}}",
            json!({ "seats": 3, "name": "pro" }),
        ),
        ("{{user.public_metadata.tags}}", json!(["a"])),
        ("{{user.public_metadata.beta || true}}", json!(false)),
        ("{{user.public_metadata.none || 'free'}}", json!("free")),
        ("{{user.last_name||user.first_name||'x'}}", json!("Ada")),
        ("{{org.role || 'a || }} b'}}", json!("a || }} b")),
        ("{{user.public_metadata.none || 7}}", json!(7)),
        ("{{user.public_metadata.none.deeper}}", Value::Null),
        (
            "{{user.first_name}} {{user.last_name}}<{{user.primary_email_address}}>",
            json!("Ada <ada@example.com>"),
        ),
        (
            "seats: {{user.public_metadata.plan.seats}}",
            json!("seats: 3"),
        ),
    ];
    for (text, expected) in table {
        assert_eq!(filled(text), expected, "{text}");
    }
}

#[test]
fn what_a_fact_says_is_not_read_as_a_shortcode() {
    let facts = json!({ "user": { "first_name": "{{session.id}}" }, "session": { "id": "s" } });
    let filled = fill(&claims(&json!({ "name": "{{user.first_name}}" })), &facts).unwrap();
    assert_eq!(filled["name"], "{{session.id}}");
}

#[test]
fn a_template_that_cannot_be_filled_in_is_refused() {
    for text in [
        "{{user.password}}",
        "{{user.id",
        "{{}}",
        "{{user.id | 'x'}}",
        "{{user.public_metadatas}}",
        "{{'open}}",
        "{{user.id || }}",
        "{{user.id}} {{oops}}",
    ] {
        let nested = claims(&json!({ "claim": { "in": [text] } }));
        assert!(check_template(&nested).is_err(), "{text}");
    }
    assert!(check_template(&claims(&json!({ "n": 1, "id": "{{user.id}}", "aud": "x" }))).is_ok());
}

#[test]
fn a_template_does_not_make_the_claims_that_verifiers_trust() {
    for name in [
        "iss", "sub", "iat", "nbf", "exp", "jti", "sid", "azp", "o", "sts",
    ] {
        let mut claims = Map::new();
        claims.insert(name.to_owned(), json!("mine"));
        assert!(check_template(&claims).is_err(), "{name}");
    }
}
