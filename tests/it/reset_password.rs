//! Choosing another password without the one in use.

use serde_json::Value;

use crate::site::{Browser, PASSWORD, Site, fresh_email, on_sites};

const NEXT: &str = "another one that nobody has";

async fn begin(browser: &Browser, email: &str) -> String {
    let sign_in = browser.begin_sign_in(email).await;
    let path = format!("/v1/client/sign_ins/{}/prepare_first_factor", sign_in.id);
    let (status, body) = browser
        .post(&path, "strategy=reset_password_email_code")
        .await;
    assert_eq!(status, 200, "{body}");
    sign_in.id.to_string()
}

async fn prove(browser: &Browser, id: &str, code: &str) -> (u16, Value) {
    let path = format!("/v1/client/sign_ins/{id}/attempt_first_factor");
    let form = format!("strategy=reset_password_email_code&code={code}");
    browser.post(&path, &form).await
}

async fn reset(browser: &Browser, id: &str, password: &str, more: &str) -> (u16, Value) {
    let path = format!("/v1/client/sign_ins/{id}/reset_password");
    let form = format!("password={}{more}", password.replace(' ', "+"));
    browser.post(&path, &form).await
}

async fn somebody(site: &Site) -> (Browser, String) {
    let (browser, email) = (site.browser(), fresh_email());
    browser.sign_up(&email).await;
    site.clock.advance_s(60);
    (browser, email)
}

#[tokio::test]
async fn a_password_is_chosen_anew_by_a_code_and_other_sessions_end() {
    on_sites(async |site| {
        let (elsewhere, email) = somebody(&site).await;
        let browser = site.browser();
        let id = begin(&browser, &email).await;
        let code = site.code(&email).await;
        let (_, proven) = prove(&browser, &id, &code).await;
        assert_eq!(proven["response"]["status"], "needs_new_password");
        assert_eq!(proven["client"]["sessions"], serde_json::json!([]));
        let (status, refused) = reset(&browser, &id, "short", "").await;
        assert_eq!(status, 422);
        assert_eq!(refused["errors"][0]["meta"]["param_name"], "password");
        let (status, done) = reset(&browser, &id, NEXT, "").await;
        assert_eq!(
            (status, &done["response"]["status"]),
            (200, &Value::from("complete"))
        );
        assert_eq!(
            elsewhere.get("/v1/me").await.0,
            401,
            "the other session ended"
        );
        let another = site.browser();
        assert!(another.sign_in(&email, PASSWORD).await.is_err());
        assert!(another.sign_in(&email, NEXT).await.is_ok());
        let mails = site.mails(&email).await;
        assert!(mails.iter().any(|mail| {
            mail["subject"]
                .as_str()
                .unwrap()
                .contains("password was changed")
        }));
    })
    .await;
}

#[tokio::test]
async fn other_sessions_stay_if_that_is_wished() {
    on_sites(async |site| {
        let (elsewhere, email) = somebody(&site).await;
        let browser = site.browser();
        let id = begin(&browser, &email).await;
        prove(&browser, &id, &site.code(&email).await).await;
        let more = "&sign_out_of_other_sessions=false";
        assert_eq!(reset(&browser, &id, NEXT, more).await.0, 200);
        assert_eq!(elsewhere.get("/v1/me").await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_password_is_not_reset_before_the_code_nor_twice_nor_with_a_code_for_something_else() {
    on_sites(async |site| {
        let (_elsewhere, email) = somebody(&site).await;
        let browser = site.browser();
        let id = begin(&browser, &email).await;
        assert_eq!(
            reset(&browser, &id, NEXT, "").await.0,
            404,
            "before the code"
        );
        let code = site.code(&email).await;
        let path = format!("/v1/client/sign_ins/{id}/attempt_first_factor");
        let form = format!("strategy=email_code&code={code}");
        let (status, refused) = browser.post(&path, &form).await;
        assert_eq!(
            (status, refused["errors"][0]["code"].as_str().unwrap()),
            (422, "verification_invalid")
        );
        assert_eq!(prove(&browser, &id, &code).await.0, 200);
        assert_eq!(prove(&browser, &id, &code).await.0, 404, "it is spent");
        assert_eq!(reset(&browser, &id, NEXT, "").await.0, 200);
        assert_eq!(
            reset(&browser, &id, PASSWORD, "").await.0,
            404,
            "a second time"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_account_cannot_tell_from_a_reset() {
    on_sites(async |site| {
        let (_browser, known) = somebody(&site).await;
        let mut seen = Vec::new();
        for email in [known, fresh_email()] {
            let browser = site.browser();
            let id = begin(&browser, &email).await;
            let (status, refused) = prove(&browser, &id, "000000").await;
            seen.push((status, refused["errors"].to_string()));
        }
        assert_eq!(seen[0], seen[1]);
    })
    .await;
}

#[tokio::test]
async fn a_leaked_password_in_use_must_be_replaced_before_the_session_is_active() {
    on_sites(async |site| {
        let (browser, email) = somebody(&site).await;
        // It was not known to have leaked when it was chosen.
        let user = browser.desk.me().await.unwrap().id;
        site.leak(&user).await;
        let (_, body) = browser.get("/v1/client").await;
        let session = &body["response"]["sessions"][0];
        assert_eq!(session["status"], "pending");
        assert_eq!(session["tasks"][0]["key"], "reset-password");
        let form = format!("new_password={}", NEXT.replace(' ', "+"));
        let (status, body) = browser.post("/v1/me/change_password", &form).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(body["client"]["sessions"][0]["status"], "active");
        assert!(site.browser().sign_in(&email, NEXT).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_leaked_or_weak_password_is_not_taken() {
    on_sites(async |site| {
        let browser = site.browser();
        for password in ["password1", "qwertyuiop", "iloveyou123"] {
            let form = format!(
                "email_address={}&password={password}",
                fresh_email().replace('@', "%40")
            );
            let (status, refused) = browser.post("/v1/client/sign_ups", &form).await;
            assert_eq!(status, 422, "{password}");
            assert_eq!(refused["errors"][0]["code"], "form_password_pwned");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reset_that_was_proven_ends_with_time_and_with_another_password() {
    on_sites(async |site| {
        let (owner, email) = somebody(&site).await;
        let stranger = site.browser();
        let id = begin(&stranger, &email).await;
        let code = site.code(&email).await;
        assert_eq!(prove(&stranger, &id, &code).await.0, 200);
        site.clock.advance_s(1);
        let form = format!(
            "current_password={}&new_password={}",
            PASSWORD.replace(' ', "+"),
            NEXT.replace(' ', "+")
        );
        let changed = owner.post("/v1/me/change_password", &form).await;
        assert_eq!(changed.0, 200, "{}", changed.1);
        let late = reset(&stranger, &id, "a third that nobody has", "").await;
        assert_eq!(late.0, 404, "{}", late.1);
        assert_eq!(owner.get("/v1/me").await.0, 200);
        assert!(site.browser().sign_in(&email, NEXT).await.is_ok());

        site.clock.advance_s(60);
        let id = begin(&stranger, &email).await;
        let code = site.code(&email).await;
        assert_eq!(prove(&stranger, &id, &code).await.0, 200);
        site.clock.advance_s(600);
        let late = reset(&stranger, &id, "a third that nobody has", "").await;
        assert_eq!(late.0, 404, "{}", late.1);
    })
    .await;
}
