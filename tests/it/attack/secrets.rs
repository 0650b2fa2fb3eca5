//! Secrets that work once: never again, never for two at once, for nothing and nobody else, in no other browser.

use serde_json::Value;

use super::{ROUNDS, begin, code, path, somebody, with_password};
use crate::site::{Browser, PASSWORD, Site, fresh_email, on_sites};

/// Asks for a code of a sign-in, and answers with it.
async fn coded(site: &Site, browser: &Browser, id: &str, email: &str, strategy: &str) -> String {
    site.clock.advance_s(1000);
    let fields = [("strategy", strategy)];
    let (status, body) = browser
        .submit(&path(id, "prepare_first_factor"), &fields)
        .await;
    assert_eq!(status, 200, "{body}");
    site.code(email).await
}

async fn prove(browser: &Browser, id: &str, strategy: &str, digits: &str) -> (u16, Value) {
    let fields = [("strategy", strategy), ("code", digits)];
    browser
        .submit(&path(id, "attempt_first_factor"), &fields)
        .await
}

#[tokio::test]
async fn a_code_works_for_one_of_two_at_once() {
    on_sites(async |site| {
        let (_owner, email) = somebody(&site).await;
        for _ in 0..ROUNDS {
            let browser = site.browser();
            let id = begin(&browser, &email).await;
            let digits = coded(&site, &browser, &id, &email, "email_code").await;
            let (one, other) = tokio::join!(
                prove(&browser, &id, "email_code", &digits),
                prove(&browser, &id, "email_code", &digits)
            );
            let right = [one, other]
                .iter()
                .filter(|(status, _)| *status == 200)
                .count();
            assert_eq!(right, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_reset_is_proven_by_one_of_two_at_once_and_sets_one_password() {
    on_sites(async |site| {
        let (_owner, email) = somebody(&site).await;
        let strategy = "reset_password_email_code";
        for _ in 0..ROUNDS {
            let browser = site.browser();
            let id = begin(&browser, &email).await;
            let digits = coded(&site, &browser, &id, &email, strategy).await;
            let (one, other) = tokio::join!(
                prove(&browser, &id, strategy, &digits),
                prove(&browser, &id, strategy, &digits)
            );
            let right = [one, other]
                .iter()
                .filter(|(status, _)| *status == 200)
                .count();
            assert_eq!(right, 1);
            let reset = async |password: &str| {
                browser
                    .submit(&path(&id, "reset_password"), &[("password", password)])
                    .await
                    .0
            };
            let (one, other) = tokio::join!(
                reset("the first of the two passwords"),
                reset("the second of the two passwords")
            );
            assert_eq!(
                [one, other].iter().filter(|status| **status == 200).count(),
                1
            );
        }
    })
    .await;
}

#[tokio::test]
async fn one_address_is_signed_up_by_one_of_two_at_once() {
    on_sites(async |site| {
        for _ in 0..ROUNDS {
            let email = fresh_email();
            let browser = site.browser();
            let sign_up = browser.begin_sign_up(&email).await;
            browser.prepare_sign_up(&sign_up).await.unwrap();
            let digits = site.code(&email).await;
            let (one, other) = tokio::join!(
                browser.attempt_sign_up(&sign_up, &digits),
                browser.attempt_sign_up(&sign_up, &digits)
            );
            assert_eq!(
                [one, other].iter().filter(|result| result.is_ok()).count(),
                1
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_serves_for_nothing_else() {
    on_sites(async |site| {
        let (owner, email) = somebody(&site).await;
        let browser = site.browser();
        let id = begin(&browser, &email).await;
        let digits = coded(&site, &browser, &id, &email, "email_code").await;
        let (status, body) = prove(&browser, &id, "reset_password_email_code", &digits).await;
        assert_eq!(
            (status, code(&body)),
            (422, "verification_invalid"),
            "as a reset"
        );
        let address = owner.desk.me().await.unwrap().email_addresses[0]
            .id
            .to_string();
        let attempt = format!("/v1/me/email_addresses/{address}/attempt_verification");
        let fields = [("strategy", "email_code"), ("code", &*digits)];
        let (status, _) = owner.submit(&attempt, &fields).await;
        assert_eq!(status, 422, "as a proof of an address");
        let other = begin(&browser, &email).await;
        let (status, body) = prove(&browser, &other, "email_code", &digits).await;
        assert_eq!(
            (status, code(&body)),
            (422, "verification_invalid"),
            "in another attempt"
        );
        assert_eq!(
            prove(&browser, &id, "email_code", &digits).await.0,
            200,
            "for what it is"
        );
    })
    .await;
}

#[tokio::test]
async fn a_code_serves_nobody_else_and_no_other_browser() {
    on_sites(async |site| {
        let (_owner, email) = somebody(&site).await;
        let (_other, another) = somebody(&site).await;
        let browser = site.browser();
        let id = begin(&browser, &email).await;
        let digits = coded(&site, &browser, &id, &email, "email_code").await;
        let thief = site.browser();
        let theirs = begin(&thief, &another).await;
        let (status, body) = prove(&thief, &id, "email_code", &digits).await;
        assert_eq!(
            (status, code(&body)),
            (404, "sign_in_attempt_not_found"),
            "another browser"
        );
        let (status, _) = prove(&thief, &theirs, "email_code", &digits).await;
        assert_eq!(status, 422, "another user");
        assert_eq!(prove(&browser, &id, "email_code", &digits).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_browsers_secret_that_was_replaced_opens_nothing() {
    on_sites(async |site| {
        let (_owner, email) = somebody(&site).await;
        let browser = site.browser();
        let id = begin(&browser, &email).await;
        let before = browser.jar.get("frontdesk_client").unwrap();
        let fields = [("strategy", "password"), ("password", PASSWORD)];
        browser
            .submit(&path(&id, "attempt_first_factor"), &fields)
            .await;
        let planted = site.browser();
        planted.jar.set("frontdesk_client", &before);
        assert_eq!(planted.get("/v1/me").await.0, 401);
        with_password(&browser_of(&site), &email).await;
    })
    .await;
}

fn browser_of(site: &Site) -> Browser {
    site.browser()
}
