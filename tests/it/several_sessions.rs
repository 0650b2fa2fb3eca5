//! Several people in one browser, and browsers that a person has not used before.

use serde_json::Value;

use crate::site::{Browser, PASSWORD, Site, fresh_email, on_sites, on_sites_with};

const SEVERAL: &str = "sessions.several = true";

fn form(email: &str) -> String {
    let (email, password) = (email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    format!("identifier={email}&strategy=password&password={password}")
}

async fn sign_in(browser: &Browser, email: &str) -> (u16, Value) {
    browser.post("/v1/client/sign_ins", &form(email)).await
}

async fn somebody(site: &Site) -> String {
    let email = fresh_email();
    site.browser().sign_up(&email).await;
    site.clock.advance_s(60);
    email
}

#[tokio::test]
async fn several_people_are_signed_in_to_one_browser_and_leave_one_by_one() {
    on_sites_with(SEVERAL, async |site| {
        let (ada, grace) = (somebody(&site).await, somebody(&site).await);
        let browser = site.browser();
        assert_eq!(sign_in(&browser, &ada).await.0, 200);
        site.clock.advance_s(1);
        let (status, both) = sign_in(&browser, &grace).await;
        assert_eq!(status, 200, "{both}");
        let sessions = both["client"]["sessions"].as_array().unwrap();
        assert_eq!(sessions.len(), 2);
        let id = |place: usize| sessions[place]["id"].as_str().unwrap();
        assert_eq!(both["client"]["last_active_session_id"], id(1));
        let path = format!("/v1/client/sessions/{}/touch", id(0));
        let (_, touched) = browser.post(&path, "").await;
        assert_eq!(touched["client"]["last_active_session_id"], id(0));
        let path = format!("/v1/client/sessions/{}/remove", id(0));
        let (_, left) = browser.post(&path, "").await;
        assert_eq!(left["client"]["sessions"].as_array().unwrap().len(), 1);
        assert_eq!(left["client"]["last_active_session_id"], id(1));
        let (status, again) = sign_in(&browser, &grace).await;
        assert_eq!(status, 400);
        assert_eq!(again["errors"][0]["code"], "identifier_already_signed_in");
        assert_eq!(again["errors"][0]["meta"]["session_id"], id(1));
        let (_, none) = browser.post("/v1/client/sessions?_method=DELETE", "").await;
        assert_eq!(none["response"]["sessions"], serde_json::json!([]));
    })
    .await;
}

#[tokio::test]
async fn one_browser_holds_one_person_even_for_two_sign_ins_at_once() {
    on_sites(async |site| {
        let (ada, grace) = (somebody(&site).await, somebody(&site).await);
        let browser = site.browser();
        let one = browser.begin_sign_in(&ada).await;
        let other = browser.begin_sign_in(&grace).await;
        browser.attempt_password(&one, PASSWORD).await.unwrap();
        browser.attempt_password(&other, PASSWORD).await.unwrap();
        let (_, body) = browser.get("/v1/client").await;
        let sessions = body["response"]["sessions"].as_array().unwrap();
        assert_eq!(sessions.len(), 1, "{sessions:?}");
        let address = &sessions[0]["user"]["email_addresses"][0]["email_address"];
        assert_eq!(address, &Value::from(grace));
    })
    .await;
}

#[tokio::test]
async fn a_right_password_in_a_new_browser_asks_for_a_code_once() {
    on_sites_with("device.verify_new = true", async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let (_, body) = sign_in(&browser, &email).await;
        let attempt = &body["response"];
        assert_eq!(attempt["status"], "needs_client_trust");
        assert_eq!(
            attempt["supported_second_factors"][0]["strategy"],
            "email_code"
        );
        let id = attempt["id"].as_str().unwrap();
        let path = |verb: &str| format!("/v1/client/sign_ins/{id}/{verb}_second_factor");
        assert_eq!(
            browser
                .post(&path("prepare"), "strategy=email_code")
                .await
                .0,
            200
        );
        let code = site.code(&email).await;
        let form = format!("strategy=email_code&code={code}");
        let (status, done) = browser.post(&path("attempt"), &form).await;
        assert_eq!(
            (status, &done["response"]["status"]),
            (200, &Value::from("complete"))
        );
        browser.desk.reload().await.unwrap();
        browser.desk.sign_out().await.unwrap();
        let (_, again) = sign_in(&browser, &email).await;
        assert_eq!(again["response"]["status"], "complete", "it is known now");
    })
    .await;
}

#[tokio::test]
async fn a_person_is_told_of_a_new_device_but_not_of_the_first_or_a_known_one() {
    on_sites(async |site| {
        let email = fresh_email();
        let first = site.browser();
        first.sign_up(&email).await;
        let notices = async || {
            let mails = site.mails(&email).await;
            let is_notice =
                |mail: &&Value| mail["subject"].as_str().unwrap().starts_with("New sign-in");
            mails.iter().filter(is_notice).count()
        };
        assert_eq!(notices().await, 0);
        first.desk.sign_out().await.unwrap();
        sign_in(&first, &email).await;
        assert_eq!(notices().await, 0, "the browser is known");
        sign_in(&site.browser(), &email).await;
        assert_eq!(notices().await, 1);
    })
    .await;
}
