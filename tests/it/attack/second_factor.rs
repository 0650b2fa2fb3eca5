//! The second proof: no route goes round it, and none of its secrets works twice.

use serde_json::{Value, json};
use totp_rs::Builder;

use super::{ROUNDS, begin, code, path, somebody, with_password};
use crate::site::{Browser, Site, on_sites, on_sites_with};

/// Somebody with an authenticator app: the address, the app's secret, and the backup codes.
async fn protected(site: &Site) -> (Browser, String, String, Vec<String>) {
    let (browser, email) = somebody(site).await;
    let (_, begun) = browser.submit("/v1/me/totp", &[]).await;
    let secret = begun["response"]["secret"].as_str().unwrap().to_owned();
    let digits = shown(site, &secret);
    let verify = "/v1/me/totp/attempt_verification";
    let (status, done) = browser.submit(verify, &[("code", &digits)]).await;
    assert_eq!(status, 200, "{done}");
    let codes = done["response"]["backup_codes"].as_array().unwrap();
    let codes = codes
        .iter()
        .map(|it| it.as_str().unwrap().to_owned())
        .collect();
    site.clock.advance_s(30);
    (browser, email, secret, codes)
}

/// What the app shows now.
fn shown(site: &Site, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    let now_s = u64::try_from(site.clock.now().as_s()).unwrap();
    app.generate(now_s).to_string()
}

async fn second(browser: &Browser, id: &str, strategy: &str, digits: &str) -> (u16, Value) {
    let fields = [("strategy", strategy), ("code", digits)];
    browser
        .submit(&path(id, "attempt_second_factor"), &fields)
        .await
}

#[tokio::test]
async fn no_route_gives_a_session_or_a_token_before_the_second_proof() {
    on_sites(async |site| {
        let (_owner, email, _, _) = protected(&site).await;
        let browser = site.browser();
        let attempt = with_password(&browser, &email).await;
        assert_eq!(attempt["status"], "needs_second_factor");
        let id = attempt["id"].as_str().unwrap();
        let tries = [
            (
                path(id, "attempt_first_factor"),
                vec![("strategy", "password"), ("password", "x")],
            ),
            (
                path(id, "attempt_first_factor"),
                vec![("strategy", "email_code"), ("code", "000000")],
            ),
            (
                path(id, "prepare_first_factor"),
                vec![("strategy", "email_code")],
            ),
            (
                path(id, "reset_password"),
                vec![("password", "a password of the thief's")],
            ),
            (
                path(id, "attempt_second_factor"),
                vec![("strategy", "password"), ("password", "x")],
            ),
            (
                path(id, "attempt_second_factor"),
                vec![("strategy", "email_code"), ("code", "000000")],
            ),
            (
                path(id, "prepare_second_factor"),
                vec![("strategy", "email_code")],
            ),
            ("/v1/me/totp?_method=DELETE".to_owned(), vec![]),
            ("/v1/me/backup_codes".to_owned(), vec![]),
            (
                "/v1/me/change_password".to_owned(),
                vec![("new_password", "a password of the thief's")],
            ),
        ];
        for (path, fields) in tries {
            let (status, body) = browser.submit(&path, &fields).await;
            assert!((400..500).contains(&status), "{path}: {status} {body}");
        }
        let (_, client) = browser.get("/v1/client").await;
        assert_eq!(client["response"]["sessions"], json!([]));
        assert_eq!(browser.jar.get("__session"), None);
        let created = &client["response"]["sign_in"]["created_session_id"];
        assert_eq!(created, &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_reset_of_the_password_does_not_go_round_the_second_proof() {
    on_sites(async |site| {
        let (_owner, email, secret, _) = protected(&site).await;
        let browser = site.browser();
        let id = begin(&browser, &email).await;
        let strategy = [("strategy", "reset_password_email_code")];
        browser
            .submit(&path(&id, "prepare_first_factor"), &strategy)
            .await;
        let digits = site.code(&email).await;
        let fields = [
            ("strategy", "reset_password_email_code"),
            ("code", &*digits),
        ];
        browser
            .submit(&path(&id, "attempt_first_factor"), &fields)
            .await;
        let fields = [("password", "another one that nobody has")];
        let (_, reset) = browser.submit(&path(&id, "reset_password"), &fields).await;
        assert_eq!(reset["response"]["status"], "needs_second_factor");
        assert_eq!(browser.get("/v1/me").await.0, 401);
        let digits = shown(&site, &secret);
        assert_eq!(second(&browser, &id, "totp", &digits).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_code_of_an_app_works_for_one_of_two_at_once() {
    on_sites(async |site| {
        let (_owner, email, secret, _) = protected(&site).await;
        for _ in 0..ROUNDS {
            // Whoever loses has tried in vain, and twenty of those an hour are the most.
            site.clock.advance_s(2000);
            let digits = shown(&site, &secret);
            let (a, b) = (site.browser(), site.browser());
            let first = with_password(&a, &email).await;
            let other = with_password(&b, &email).await;
            let (one, two) = tokio::join!(
                second(&a, first["id"].as_str().unwrap(), "totp", &digits),
                second(&b, other["id"].as_str().unwrap(), "totp", &digits)
            );
            let right = [one, two]
                .iter()
                .filter(|(status, _)| *status == 200)
                .count();
            assert_eq!(right, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_backup_code_works_for_one_of_two_at_once() {
    // The owner makes new codes long after signing in.
    on_sites_with(r#"sessions.reverification = "off""#, async |site| {
        let (owner, email, _, mut codes) = protected(&site).await;
        for _ in 0..ROUNDS {
            site.clock.advance_s(2000);
            if codes.is_empty() {
                let (_, fresh) = owner.submit("/v1/me/backup_codes", &[]).await;
                let fresh = fresh["response"]["codes"].as_array().unwrap();
                codes = fresh
                    .iter()
                    .map(|it| it.as_str().unwrap().to_owned())
                    .collect();
            }
            let digits = codes.pop().unwrap();
            let (a, b) = (site.browser(), site.browser());
            let first = with_password(&a, &email).await;
            let other = with_password(&b, &email).await;
            let (one, two) = tokio::join!(
                second(&a, first["id"].as_str().unwrap(), "backup_code", &digits),
                second(&b, other["id"].as_str().unwrap(), "backup_code", &digits)
            );
            let right = [one, two]
                .iter()
                .filter(|(status, _)| *status == 200)
                .count();
            assert_eq!(right, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_second_proofs_are_counted_for_the_user_wherever_they_come_from() {
    on_sites(async |site| {
        let (_owner, email, secret, _) = protected(&site).await;
        let mut refused = 0;
        loop {
            let browser = site.browser();
            let attempt = with_password(&browser, &email).await;
            let id = attempt["id"].as_str().unwrap();
            let (status, body) = second(&browser, id, "totp", "000000").await;
            if status == 429 {
                break;
            }
            assert_eq!(code(&body), "form_code_incorrect");
            refused += 1;
            assert!(refused <= 20, "no end of guessing");
        }
        let browser = site.browser();
        let attempt = with_password(&browser, &email).await;
        let id = attempt["id"].as_str().unwrap();
        let digits = shown(&site, &secret);
        assert_eq!(
            second(&browser, id, "totp", &digits).await.0,
            429,
            "even the right one waits"
        );
    })
    .await;
}
