//! Keys by themselves.

use frontdesk_protocol::Timestamp;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::{Value, json};

use super::keys::due;
use super::{Keys, Workshop};
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
