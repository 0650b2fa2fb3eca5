//! Step-up: what matters asks for a proof again, of the strongest factor that the user has.

use axum::body::Body;
use axum::http::Request;
use frontdesk_client::Value;
use frontdesk_server::routes::ROUTES;
use frontdesk_server::routes::openapi::Asks;
use serde_json::json;

use crate::second_factor::{app_code, code_of, enrol};
use crate::site::{Browser, PASSWORD, Site, fresh_email, on_sites, on_sites_with};

/// It is on unless the settings say otherwise.
const ON: &str = "";
const OFF: &str = r#"sessions.reverification = "off""#;
/// After which a session is asked again.
const OLD_S: i64 = 600;

/// The session that a browser is in.
fn session(browser: &Browser) -> String {
    let client = browser.desk.client().unwrap();
    client.active_session().unwrap().id.to_string()
}

/// Sends something to the step-up of a browser's session.
async fn verify(browser: &Browser, step: &str, fields: &[(&str, &str)]) -> (u16, Value) {
    let path = format!("/v1/client/sessions/{}/verify{step}", session(browser));
    browser.submit(&path, fields).await
}

async fn start(browser: &Browser, level: &str) -> Value {
    let (status, body) = verify(browser, "", &[("level", level)]).await;
    assert_eq!(status, 200, "{body}");
    body["response"].clone()
}

async fn first(browser: &Browser, strategy: &str, field: &str, proof: &str) -> (u16, Value) {
    let fields = [("strategy", strategy), (field, proof)];
    verify(browser, "/attempt_first_factor", &fields).await
}

async fn second(browser: &Browser, strategy: &str, code: &str) -> (u16, Value) {
    let fields = [("strategy", strategy), ("code", code)];
    verify(browser, "/attempt_second_factor", &fields).await
}

async fn send_code(browser: &Browser) {
    let fields = [("strategy", "email_code")];
    let (status, body) = verify(browser, "/prepare_first_factor", &fields).await;
    assert_eq!(status, 200, "{body}");
}

/// Adds an address, which matters, and answers with the status and the code of the refusal.
async fn act(browser: &Browser) -> (u16, String) {
    let path = "/v1/me/email_addresses";
    let (status, body) = browser
        .submit(path, &[("email_address", &fresh_email())])
        .await;
    (status, code_of(&body).to_owned())
}

fn asked() -> (u16, String) {
    (403, "session_reverification_required".to_owned())
}

fn done() -> (u16, String) {
    (200, "none".to_owned())
}

fn refused(answer: &(u16, Value), code: &str) {
    assert_eq!((answer.0, code_of(&answer.1)), (422, code), "{}", answer.1);
}

/// What is offered, by its strategies.
fn offered(step: &Value, factors: &str) -> Vec<String> {
    let offered = step[factors].as_array().unwrap().iter();
    let strategy = |factor: &Value| factor["strategy"].as_str().unwrap().to_owned();
    offered.map(strategy).collect()
}

#[tokio::test]
async fn an_old_session_is_asked_and_a_proof_counts_for_a_while() {
    on_sites_with(ON, async |site| {
        let browser = site.signed_up().await;
        assert_eq!(act(&browser).await, done(), "signing up is a proof");
        site.clock.advance_s(OLD_S);
        let path = "/v1/me/email_addresses";
        let (status, body) = browser.submit(path, &[("email_address", "")]).await;
        assert_eq!((status, code_of(&body)), (403, asked().1.as_str()));
        let meta = &body["errors"][0]["meta"]["reverification"];
        let strict = json!({ "level": "second_factor", "after_minutes": 10 });
        assert_eq!(*meta, strict);
        assert_eq!(browser.get("/v1/me").await.0, 200, "to look is free");
        let begun = start(&browser, "second_factor").await;
        assert_eq!(begun["object"], "session_verification");
        assert_eq!(begun["status"], "needs_first_factor");
        assert_eq!(
            offered(&begun, "supported_first_factors"),
            ["password", "email_code"]
        );
        assert!(offered(&begun, "supported_second_factors").is_empty());
        assert_eq!(begun["session"]["factor_verification_age"], json!([10, -1]));
        let wrong = first(&browser, "password", "password", "another password").await;
        refused(&wrong, "form_password_incorrect");
        assert_eq!(act(&browser).await, asked());
        let (status, body) = first(&browser, "password", "password", PASSWORD).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(body["response"]["status"], "complete");
        let told = &body["client"]["sessions"][0]["factor_verification_age"];
        assert_eq!(*told, json!([0, -1]));
        assert_eq!(act(&browser).await, done());
        site.clock.advance_s(OLD_S - 1);
        assert_eq!(act(&browser).await, done());
        site.clock.advance_s(1);
        assert_eq!(act(&browser).await, asked());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_asked_where_the_settings_say_so() {
    on_sites_with(OFF, async |site| {
        let browser = site.signed_up().await;
        site.clock.advance_s(OLD_S);
        assert_eq!(act(&browser).await, done());
        let (_, environment) = browser.get("/v1/environment").await;
        assert_eq!(environment["auth_config"]["reverification"], false);
        let (status, body) = verify(&browser, "", &[("level", "zero_factor")]).await;
        assert_eq!((status, code_of(&body)), (422, "form_param_value_invalid"));
    })
    .await;
}

#[tokio::test]
async fn a_code_serves_one_purpose_one_session_one_browser_and_once() {
    on_sites_with(ON, async |site| {
        let email = fresh_email();
        let ada = site.browser();
        ada.sign_up(&email).await;
        site.clock.advance_s(OLD_S);
        let stranger = site.browser();
        let sign_in = stranger.begin_sign_in(&email).await;
        stranger.prepare_sign_in(&sign_in).await.unwrap();
        let of_sign_in = site.code(&email).await;
        let elsewhere = site.browser();
        elsewhere.sign_in(&email, PASSWORD).await.unwrap();
        start(&elsewhere, "first_factor").await;
        let eve = site.signed_up().await;
        start(&eve, "first_factor").await;
        site.clock.advance_s(1);

        start(&ada, "first_factor").await;
        let unsent = first(&ada, "email_code", "code", &of_sign_in).await;
        refused(&unsent, "verification_invalid");
        send_code(&ada).await;
        let code = site.code(&email).await;
        assert_ne!(code, of_sign_in, "one chance in a million");
        let other = first(&ada, "email_code", "code", &of_sign_in).await;
        refused(&other, "form_code_incorrect");
        assert!(stranger.attempt_code(&sign_in, &code).await.is_err());
        for browser in [&elsewhere, &eve] {
            let stolen = first(browser, "email_code", "code", &code).await;
            refused(&stolen, "verification_invalid");
        }
        let path = format!(
            "/v1/client/sessions/{}/verify/attempt_first_factor",
            session(&ada)
        );
        let fields = [("strategy", "email_code"), ("code", code.as_str())];
        let nobodys = stranger.submit(&path, &fields).await;
        assert_eq!(
            (nobodys.0, code_of(&nobodys.1)),
            (401, "authentication_invalid")
        );
        let of_others = eve.submit(&path, &fields).await;
        assert_eq!(
            (of_others.0, code_of(&of_others.1)),
            (404, "resource_not_found")
        );
        assert_eq!(act(&ada).await, asked());

        let (status, body) = first(&ada, "email_code", "code", &code).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(act(&ada).await, done());
        let again = first(&ada, "email_code", "code", &code).await;
        refused(&again, "verification_invalid");
        start(&ada, "first_factor").await;
        let anew = first(&ada, "email_code", "code", &code).await;
        refused(&anew, "verification_invalid");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_second_factor_proves_that() {
    on_sites_with(ON, async |site| {
        let browser = site.signed_up().await;
        let (secret, codes) = enrol(&browser).await;
        assert_eq!(act(&browser).await, done(), "the app was proven just now");
        site.clock.advance_s(OLD_S);
        start(&browser, "first_factor").await;
        let (status, body) = first(&browser, "password", "password", PASSWORD).await;
        assert_eq!(
            (status, &body["response"]["status"]),
            (200, &json!("complete"))
        );
        assert_eq!(act(&browser).await, asked(), "less than was asked for");

        let begun = start(&browser, "second_factor").await;
        assert_eq!(begun["status"], "needs_second_factor");
        assert_eq!(
            offered(&begun, "supported_second_factors"),
            ["totp", "backup_code"]
        );
        let password = first(&browser, "password", "password", PASSWORD).await;
        refused(&password, "verification_invalid");
        let wrong = second(&browser, "totp", "000000").await;
        refused(&wrong, "form_code_incorrect");
        let unsent = second(&browser, "phone_code", "000000").await;
        refused(&unsent, "strategy_for_user_invalid");
        assert_eq!(act(&browser).await, asked());
        let code = app_code(&site, &secret, 0);
        assert_eq!(second(&browser, "totp", &code).await.0, 200);
        assert_eq!(act(&browser).await, done());

        site.clock.advance_s(1);
        start(&browser, "second_factor").await;
        let replayed = second(&browser, "totp", &code).await;
        refused(&replayed, "form_code_incorrect");
        assert_eq!(second(&browser, "backup_code", &codes[0]).await.0, 200);
        start(&browser, "second_factor").await;
        let replayed = second(&browser, "backup_code", &codes[0]).await;
        refused(&replayed, "form_code_incorrect");
    })
    .await;
}

#[tokio::test]
async fn both_factors_are_asked_for_where_both_are_wanted() {
    let toml = format!("{ON}\nsessions.reverification.level = \"multi_factor\"");
    on_sites_with(&toml, async |site| {
        let browser = site.signed_up().await;
        let (secret, _) = enrol(&browser).await;
        site.clock.advance_s(OLD_S);
        let begun = start(&browser, "multi_factor").await;
        assert_eq!(begun["status"], "needs_first_factor");
        let early = second(&browser, "totp", &app_code(&site, &secret, 0)).await;
        refused(&early, "verification_invalid");
        let (_, half) = first(&browser, "password", "password", PASSWORD).await;
        assert_eq!(half["response"]["status"], "needs_second_factor");
        assert_eq!(act(&browser).await, asked());
        let (_, whole) = second(&browser, "totp", &app_code(&site, &secret, 0)).await;
        assert_eq!(whole["response"]["status"], "complete");
        let ages = &whole["response"]["session"]["factor_verification_age"];
        assert_eq!(*ages, json!([0, 0]));
        assert_eq!(act(&browser).await, done());
    })
    .await;
}

#[tokio::test]
async fn a_number_proves_the_first_factor_until_it_is_the_second() {
    let toml = format!("{ON}\nphone_number.enabled = true\nsecond_factor.phone_code = true");
    on_sites_with(&toml, async |site| {
        let browser = site.signed_up().await;
        let path = "/v1/me/phone_numbers";
        let (_, added) = browser
            .submit(path, &[("phone_number", "+14155550142")])
            .await;
        let number = format!("{path}/{}", added["response"]["id"].as_str().unwrap());
        let prepare = format!("{number}/prepare_verification");
        assert_eq!(browser.post(&prepare, "strategy=phone_code").await.0, 200);
        let attempt = format!("{number}/attempt_verification");
        assert_eq!(browser.post(&attempt, "code=424242").await.0, 200);
        site.clock.advance_s(OLD_S);
        let begun = start(&browser, "second_factor").await;
        let first_factors = offered(&begun, "supported_first_factors");
        assert_eq!(first_factors, ["password", "email_code", "phone_code"]);
        let fields = [("strategy", "phone_code")];
        let unsent = first(&browser, "phone_code", "code", "424242").await;
        refused(&unsent, "verification_invalid");
        let (status, _) = verify(&browser, "/prepare_first_factor", &fields).await;
        assert_eq!(status, 200);
        let other_way = first(&browser, "email_code", "code", "424242").await;
        refused(&other_way, "verification_invalid");
        let (status, _) = first(&browser, "phone_code", "code", "424242").await;
        assert_eq!(status, 200);

        let reserve = format!("{number}?_method=PATCH");
        let form = "reserved_for_second_factor=true";
        assert_eq!(browser.post(&reserve, form).await.0, 200);
        assert_eq!(act(&browser).await, asked(), "it is proven as a second one");
        let begun = start(&browser, "multi_factor").await;
        let first_factors = offered(&begun, "supported_first_factors");
        assert_eq!(first_factors, ["password", "email_code"]);
        start(&browser, "second_factor").await;
        let unsent = second(&browser, "phone_code", "424242").await;
        refused(&unsent, "verification_invalid");
        let (status, _) = verify(&browser, "/prepare_second_factor", &fields).await;
        assert_eq!(status, 200);
        assert_eq!(second(&browser, "phone_code", "424242").await.0, 200);
        assert_eq!(act(&browser).await, done());
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_is_trusted_is_asked_for_what_it_left_out() {
    let toml = format!("{ON}\ndevice.trust_s = 86400");
    on_sites_with(&toml, async |site| {
        let email = fresh_email();
        let browser = site.browser();
        browser.sign_up(&email).await;
        let (secret, _) = enrol(&browser).await;
        browser.desk.sign_out().await.unwrap();
        let sign_in = browser.sign_in(&email, PASSWORD).await.unwrap();
        let path = format!("/v1/client/sign_ins/{}/attempt_second_factor", sign_in.id);
        let code = app_code(&site, &secret, 0);
        let form = format!("strategy=totp&code={code}&trust_device=true");
        assert_eq!(browser.post(&path, &form).await.0, 200);
        browser.desk.sign_out().await.unwrap();
        let again = browser.sign_in(&email, PASSWORD).await.unwrap();
        assert_eq!(again.status.as_str(), "complete", "no second proof");
        assert_eq!(act(&browser).await, asked());
        let (_, client) = browser.get("/v1/client").await;
        let age = &client["response"]["sessions"][0]["factor_verification_age"];
        assert!(
            age[1].as_i64().unwrap() > 1_000_000,
            "there is one, and it was not proven: {age}"
        );
        site.clock.advance_s(30);
        start(&browser, "second_factor").await;
        let code = app_code(&site, &secret, 0);
        assert_eq!(second(&browser, "totp", &code).await.0, 200);
        assert_eq!(act(&browser).await, done());
    })
    .await;
}

#[tokio::test]
async fn of_two_proofs_at_once_one_counts() {
    on_sites_with(ON, async |site| {
        let email = fresh_email().replace('@', "+frontdesk_test@");
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&email).await;
        browser.prepare_sign_up(&sign_up).await.unwrap();
        browser.attempt_sign_up(&sign_up, "424242").await.unwrap();
        for round in 0..50 {
            // A day's wrong codes are counted too.
            site.clock.advance_s(3601);
            start(&browser, "first_factor").await;
            send_code(&browser).await;
            let (one, other) = tokio::join!(
                first(&browser, "email_code", "code", "424242"),
                first(&browser, "email_code", "code", "424242")
            );
            let statuses = [one.0, other.0];
            let right = statuses.iter().filter(|status| **status == 200);
            assert_eq!(right.count(), 1, "round {round}: {} {}", one.1, other.1);
        }
    })
    .await;
}

#[tokio::test]
async fn tries_are_as_few_as_at_a_sign_in_and_not_counted_with_those() {
    on_sites_with(ON, async |site| {
        let email = fresh_email();
        let browser = site.browser();
        browser.sign_up(&email).await;
        site.clock.advance_s(OLD_S);
        start(&browser, "first_factor").await;
        send_code(&browser).await;
        let code = site.code(&email).await;
        let wrong = if code == "111111" { "222222" } else { "111111" };
        for _ in 0..4 {
            let tried = first(&browser, "email_code", "code", wrong).await;
            refused(&tried, "form_code_incorrect");
            start(&browser, "first_factor").await;
        }
        let last = first(&browser, "email_code", "code", wrong).await;
        refused(&last, "verification_failed");
        start(&browser, "first_factor").await;
        let late = first(&browser, "email_code", "code", &code).await;
        refused(&late, "verification_failed");
        let soon = [("strategy", "email_code")];
        let (status, _) = verify(&browser, "/prepare_first_factor", &soon).await;
        assert_eq!(status, 429, "to begin anew sends no other letter at once");

        for _ in 0..10 {
            let tried = first(&browser, "password", "password", "another password").await;
            refused(&tried, "form_password_incorrect");
        }
        let (status, _) = first(&browser, "password", "password", PASSWORD).await;
        assert_eq!(status, 429);
        let elsewhere = site.browser();
        assert!(elsewhere.sign_in(&email, PASSWORD).await.is_ok());
        site.clock.advance_s(900);
        start(&browser, "first_factor").await;
        let (status, _) = first(&browser, "password", "password", PASSWORD).await;
        assert_eq!(status, 200);
    })
    .await;
}

#[tokio::test]
async fn every_route_that_matters_refuses_an_old_session() {
    /// What may be changed below `/v1/me` without a proof, each for its reason.
    const FREE: [&str; 13] = [
        // What was begun with a proof goes on without another, however late the letter is.
        "POST /v1/me/passkeys/{id}/attempt_verification",
        "POST /v1/me/totp/attempt_verification",
        "POST /v1/me/email_addresses/{id}/prepare_verification",
        "POST /v1/me/email_addresses/{id}/attempt_verification",
        "POST /v1/me/phone_numbers/{id}/prepare_verification",
        "POST /v1/me/phone_numbers/{id}/attempt_verification",
        // Nobody signs in by it.
        "PATCH /v1/me/passkeys/{id}",
        "PATCH /v1/me/metadata",
        "POST /v1/me/profile_image",
        "DELETE /v1/me/profile_image",
        // Where somebody belongs says nothing of who they are.
        "DELETE /v1/me/organization_memberships/{id}",
        "POST /v1/me/organization_invitations/{id}/accept",
        "POST /v1/me/organization_suggestions/{id}/accept",
    ];
    on_sites_with(ON, async |site| {
        let browser = site.signed_up().await;
        site.clock.advance_s(OLD_S);
        let (mut walked, mut in_part) = (0, Vec::new());
        for entry in ROUTES {
            let name = format!("{} {}", entry.method, entry.path);
            match entry.asks {
                Asks::Always => {
                    let path = entry.path.replace("{id}", "x");
                    let path = format!("{path}?_method={}", entry.method);
                    let (status, body) = browser.post(&path, "").await;
                    assert_eq!(
                        (status, code_of(&body)),
                        (403, asked().1.as_str()),
                        "{name}"
                    );
                    walked += 1;
                }
                Asks::InPart => in_part.push(name),
                Asks::Never => {
                    let is_free = entry.method == "GET"
                        || !entry.path.starts_with("/v1/me")
                        || FREE.contains(&name.as_str());
                    assert!(is_free, "{name} matters, or says why not");
                }
            }
        }
        assert_eq!(walked, 15);
        assert_eq!(
            in_part,
            [
                "PATCH /v1/me",
                "GET /v1/me/export",
                "POST /v1/me/change_password"
            ]
        );
        let export = browser.get("/v1/me/export").await;
        assert_eq!((export.0, code_of(&export.1)), (403, asked().1.as_str()));
    })
    .await;
}

#[tokio::test]
async fn of_a_user_only_what_people_sign_in_by_matters() {
    let toml = format!("{ON}\nusername.enabled = true");
    on_sites_with(&toml, async |site| {
        let browser = site.signed_up().await;
        site.clock.advance_s(OLD_S);
        let path = "/v1/me?_method=PATCH";
        for (field, value) in [
            ("username", "ada_lovelace"),
            ("primary_email_address_id", "x"),
            ("primary_phone_number_id", "x"),
        ] {
            let (status, body) = browser.submit(path, &[(field, value)]).await;
            assert_eq!(
                (status, code_of(&body)),
                (403, asked().1.as_str()),
                "{field}"
            );
        }
        let fields = [("first_name", "Ada"), ("username", "")];
        assert_eq!(browser.submit(path, &fields).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn the_password_in_use_is_the_proof_for_another() {
    on_sites_with(ON, async |site| {
        let browser = site.signed_up().await;
        site.clock.advance_s(OLD_S);
        let next = "another good password";
        let path = "/v1/me/change_password";
        let fields = [("current_password", PASSWORD), ("new_password", next)];
        assert_eq!(browser.submit(path, &fields).await.0, 200);
        let user = browser
            .desk
            .client()
            .unwrap()
            .active_session()
            .unwrap()
            .user
            .id
            .clone();
        site.leak(&user).await;
        let unasked = [("new_password", "a third good password")];
        let (status, body) = browser.submit(path, &unasked).await;
        assert_eq!((status, code_of(&body)), (403, asked().1.as_str()));
        start(&browser, "second_factor").await;
        let (status, body) = first(&browser, "password", "password", next).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(browser.submit(path, &unasked).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_recent_proof_stands_for_the_password_in_use() {
    let path = "/v1/me/change_password";
    on_sites_with(ON, async |site| {
        let email = fresh_email();
        let browser = site.browser();
        browser.sign_up(&email).await;
        let next = [("new_password", "another good password")];
        site.clock.advance_s(OLD_S);
        let (status, body) = browser.submit(path, &next).await;
        assert_eq!((status, code_of(&body)), (403, asked().1.as_str()));
        start(&browser, "first_factor").await;
        assert_eq!(
            first(&browser, "password", "password", PASSWORD).await.0,
            200
        );
        assert_eq!(browser.submit(path, &next).await.0, 200);
        let other = site.browser();
        assert!(other.sign_in(&email, PASSWORD).await.is_err());
        other.sign_in(&email, next[0].1).await.unwrap();
    })
    .await;
    on_sites_with(OFF, async |site| {
        let browser = site.signed_up().await;
        let next = [("new_password", "another good password")];
        refused(&browser.submit(path, &next).await, "form_param_nil");
    })
    .await;
}

/// Looks at the site as a stranger does.
async fn openapi(site: &Site) -> Value {
    let request = Request::get("/openapi.json").body(Body::empty()).unwrap();
    site.answer(request).await.2
}

#[tokio::test]
async fn a_step_up_has_the_members_that_the_document_says() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let begun = start(&browser, "multi_factor").await;
        let document = openapi(&site).await;
        let schema = &document["components"]["schemas"]["SessionVerification"]["properties"];
        let known = schema.as_object().unwrap().keys();
        assert!(known.eq(begun.as_object().unwrap().keys()), "{begun}");
    })
    .await;
}
