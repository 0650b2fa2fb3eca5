//! Accounts made before their owner comes: none of the five ways to prepare one works.

use serde_json::json;

use super::{code, somebody};
use crate::site::{PASSWORD, fresh_email, on_sites};

#[tokio::test]
async fn a_password_set_before_the_address_was_proven_is_nobodys() {
    on_sites(async |site| {
        let email = fresh_email();
        let attacker = site.browser();
        let fields = [
            ("email_address", &*email),
            ("password", "the attacker's own words"),
        ];
        attacker.submit("/v1/client/sign_ups", &fields).await;
        let owner = site.browser();
        owner.sign_up(&email).await;
        let thief = site.browser();
        assert!(
            thief
                .sign_in(&email, "the attacker's own words")
                .await
                .is_err()
        );
        assert!(site.browser().sign_in(&email, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_begun_before_the_owner_came_ends_in_no_session() {
    on_sites(async |site| {
        let email = fresh_email();
        let attacker = site.browser();
        let sign_up = attacker.begin_sign_up(&email).await;
        let owner = site.browser();
        owner.sign_up(&email).await;
        site.clock.advance_s(60);
        attacker.prepare_sign_up(&sign_up).await.unwrap();
        let (_, client) = attacker.get("/v1/client").await;
        assert_eq!(client["response"]["sessions"], json!([]));
        assert_eq!(attacker.get("/v1/me").await.0, 401);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_somebody_only_claims_stays_its_owners() {
    on_sites(async |site| {
        let (attacker, _) = somebody(&site).await;
        let victim = fresh_email();
        let fields = [("email_address", &*victim)];
        let (status, _) = attacker.submit("/v1/me/email_addresses", &fields).await;
        assert_eq!(status, 200);
        // The owner signs up all the same, and it is another account.
        let owner = site.browser();
        owner.sign_up(&victim).await;
        let [theirs, others] = [
            owner.desk.me().await.unwrap().id,
            attacker.desk.me().await.unwrap().id,
        ];
        assert_ne!(theirs, others);
        let thief = site.browser();
        assert!(thief.sign_in(&victim, PASSWORD).await.is_ok());
        assert_eq!(thief.desk.me().await.unwrap().id, theirs);
    })
    .await;
}

#[tokio::test]
async fn an_address_claimed_before_its_owner_came_can_be_proven_by_nobody_else() {
    on_sites(async |site| {
        let (attacker, _) = somebody(&site).await;
        let victim = fresh_email();
        let fields = [("email_address", &*victim)];
        let (_, added) = attacker.submit("/v1/me/email_addresses", &fields).await;
        let id = added["response"]["id"].as_str().unwrap().to_owned();
        site.browser().sign_up(&victim).await;
        site.clock.advance_s(60);
        let prepare = format!("/v1/me/email_addresses/{id}/prepare_verification");
        attacker
            .submit(&prepare, &[("strategy", "email_code")])
            .await;
        // Even with the code of the letter, which only the owner reads.
        let digits = site.code(&victim).await;
        let attempt = format!("/v1/me/email_addresses/{id}/attempt_verification");
        let fields = [("strategy", "email_code"), ("code", &*digits)];
        let (status, refused) = attacker.submit(&attempt, &fields).await;
        assert_eq!((status, code(&refused)), (422, "form_identifier_exists"));
    })
    .await;
}

#[tokio::test]
async fn addresses_that_look_alike_are_not_one() {
    on_sites(async |site| {
        for email in [
            "аdmin@example.com",
            "admin@exаmple.com",
            "ad\u{200b}min@example.com",
        ] {
            let browser = site.browser();
            let fields = [("email_address", email), ("password", PASSWORD)];
            let (status, body) = browser.submit("/v1/client/sign_ups", &fields).await;
            let kept = body["response"]["email_address"].as_str().unwrap_or("");
            // A name of a domain beyond ASCII is kept as what it is sent to, and is never the other one.
            assert!(status == 422 || kept.contains("xn--"), "{email}: {body}");
            assert_ne!(kept, "admin@example.com");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_done_with_anothers_id() {
    on_sites(async |site| {
        let (owner, _) = somebody(&site).await;
        let (thief, _) = somebody(&site).await;
        let user = owner.desk.me().await.unwrap();
        let email = user.email_addresses[0].id.to_string();
        let (_, client) = owner.get("/v1/client").await;
        let session = client["response"]["sessions"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let paths = [
            format!("/v1/me/email_addresses/{email}?_method=DELETE"),
            format!("/v1/me/email_addresses/{email}/prepare_verification"),
            format!("/v1/client/sessions/{session}/touch"),
            format!("/v1/client/sessions/{session}/tokens"),
            format!("/v1/client/sessions/{session}/end"),
            format!("/v1/client/sessions/{session}/remove"),
        ];
        for path in paths {
            let (status, body) = thief.submit(&path, &[("strategy", "email_code")]).await;
            assert_eq!((status, code(&body)), (404, "resource_not_found"), "{path}");
        }
        assert_eq!(owner.get("/v1/me").await.0, 200);
    })
    .await;
}
