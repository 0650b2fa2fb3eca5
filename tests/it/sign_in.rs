//! Signing in: what proves it, and what neither tells nor lets in anybody else.

use frontdesk_protocol::{CreateSignIn, ErrorCode, SignIn, SignInStatus};

use serde_json::json;

use crate::site::{Browser, PASSWORD, Site, at, fresh_email, on_sites, on_sites_with, refusal};

async fn somebody(site: &Site) -> String {
    let email = fresh_email();
    site.browser().sign_up(&email).await;
    site.clock.advance_s(60);
    email
}

fn is_signed_in(browser: &Browser) -> bool {
    browser
        .desk
        .client()
        .is_some_and(|client| client.active_session().is_some())
}

#[tokio::test]
async fn a_person_signs_in_with_a_password() {
    on_sites(async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let done = browser
            .sign_in(&email.to_uppercase(), PASSWORD)
            .await
            .unwrap();
        assert_eq!(done.status, SignInStatus::Complete);
        assert!(is_signed_in(&browser));
    })
    .await;
}

#[tokio::test]
async fn a_person_signs_in_in_one_step_where_the_password_is_known_already() {
    on_sites(async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let command = |password: &str| CreateSignIn {
            identifier: Some(email.clone()),
            strategy: Some("password".to_owned()),
            password: Some(password.into()),
            ..CreateSignIn::default()
        };
        let wrong = refusal(browser.desk.create_sign_in(&command("wrong")).await);
        assert_eq!(wrong, at(ErrorCode::FormPasswordIncorrect, "password"));
        let done = browser
            .desk
            .create_sign_in(&command(PASSWORD))
            .await
            .unwrap();
        assert_eq!(done.status, SignInStatus::Complete);
        assert!(is_signed_in(&browser));
    })
    .await;
}

#[tokio::test]
async fn a_person_signs_in_with_a_code() {
    on_sites(async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&email).await;
        browser.prepare_sign_in(&sign_in).await.unwrap();
        let code = site.code(&email).await;
        let done = browser.attempt_code(&sign_in, &code).await.unwrap();
        assert_eq!(done.status, SignInStatus::Complete);
        let replayed = refusal(browser.attempt_code(&sign_in, &code).await);
        assert_eq!(replayed.0, ErrorCode::AttemptNotFound);
    })
    .await;
}

/// What a stranger can see of an attempt, but for what they typed and what is random.
fn shape(sign_in: &SignIn) -> String {
    let factors = sign_in.supported_first_factors.iter().map(|factor| {
        let id = factor.email_address_id.as_ref();
        let length = id.map_or(0, |id| id.as_str().len());
        format!("{:?} {length} {:?}", factor.strategy, factor.primary)
    });
    let factors: Vec<String> = factors.collect();
    format!(
        "{:?} {factors:?} {:?} {:?}",
        sign_in.status, sign_in.user_data, sign_in.first_factor_verification
    )
}

#[tokio::test]
async fn somebody_unknown_looks_like_somebody_known() {
    on_sites(async |site| {
        let known = somebody(&site).await;
        let unknown = fresh_email();
        let mut seen = Vec::new();
        for email in [&known, &unknown] {
            let browser = site.browser();
            let begun = browser.begin_sign_in(email).await;
            let wrong = refusal(browser.attempt_password(&begun, "wrong").await);
            let prepared = browser.prepare_sign_in(&begun).await.unwrap();
            let again = refusal(browser.prepare_sign_in(&begun).await);
            let guess = refusal(browser.attempt_code(&begun, "000000").await);
            seen.push(format!(
                "{} {wrong:?} {} {again:?} {guess:?}",
                shape(&begun),
                shape(&prepared)
            ));
        }
        assert_eq!(seen[0], seen[1]);
        assert!(site.mails(&unknown).await.is_empty());
        let [first, second] = [
            site.browser().begin_sign_in(&unknown).await,
            site.browser().begin_sign_in(&unknown).await,
        ];
        assert_eq!(
            first.supported_first_factors, second.supported_first_factors,
            "a decoy that changes is none"
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_guesses_the_code_of_an_account_that_does_not_exist() {
    on_sites(async |site| {
        let email = fresh_email().replace('@', "+frontdesk_test@");
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&email).await;
        browser.prepare_sign_in(&sign_in).await.unwrap();
        let refused = refusal(browser.attempt_code(&sign_in, "424242").await);
        assert_eq!(refused, at(ErrorCode::FormCodeIncorrect, "code"));
        assert!(!is_signed_in(&browser));
    })
    .await;
}

#[tokio::test]
async fn ten_wrong_passwords_make_a_pause_that_does_not_end_a_session() {
    on_sites(async |site| {
        let email = fresh_email();
        let owner = site.browser();
        owner.sign_up(&email).await;
        site.clock.advance_s(60);
        let thief = site.browser();
        let sign_in = thief.begin_sign_in(&email).await;
        for _ in 0..10 {
            let refused = refusal(thief.attempt_password(&sign_in, "wrong").await);
            assert_eq!(refused.0, ErrorCode::FormPasswordIncorrect);
        }
        let (status, body) = thief
            .post(
                &format!("/v1/client/sign_ins/{}/attempt_first_factor", sign_in.id),
                "strategy=password&password=x",
            )
            .await;
        assert_eq!(
            (status, body["errors"][0]["code"].as_str()),
            (429, Some("too_many_requests"))
        );
        assert!(body["errors"][0]["meta"]["retry_after_s"].as_u64().unwrap() <= 901);
        let paused = refusal(thief.attempt_password(&sign_in, PASSWORD).await);
        assert_eq!(
            paused.0,
            ErrorCode::TooManyRequests,
            "even the right one waits"
        );
        assert!(owner.desk.me().await.is_ok(), "who is signed in stays so");
        thief.prepare_sign_in(&sign_in).await.unwrap();
        site.clock.advance_s(901);
        let sign_in = thief.begin_sign_in(&email).await;
        thief.attempt_password(&sign_in, PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_browsers_secret_changes_with_a_sign_in() {
    on_sites(async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&email).await;
        let before = browser.jar.get("frontdesk_client").unwrap();
        browser.attempt_password(&sign_in, PASSWORD).await.unwrap();
        assert_ne!(browser.jar.get("frontdesk_client").unwrap(), before);
        let planted = site.browser();
        planted.jar.set("frontdesk_client", &before);
        planted.desk.reload().await.unwrap();
        assert!(
            planted.desk.client().is_none(),
            "whoever planted the secret has nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_in_does_not_sign_in_again() {
    on_sites(async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        browser.sign_in(&email, PASSWORD).await.unwrap();
        let (status, body) = browser
            .post("/v1/client/sign_ins", "identifier=somebody@example.com")
            .await;
        assert_eq!(
            (status, body["errors"][0]["code"].as_str()),
            (400, Some("session_exists"))
        );
        let session = browser
            .desk
            .client()
            .unwrap()
            .last_active_session_id
            .clone()
            .unwrap();
        assert_eq!(body["errors"][0]["meta"]["session_id"], session.as_str());
    })
    .await;
}

#[tokio::test]
async fn another_browser_has_nothing_of_a_sign_in() {
    on_sites(async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&email).await;
        let other = site.browser();
        other.begin_sign_in(&email).await;
        let stolen = refusal(other.attempt_password(&sign_in, PASSWORD).await);
        assert_eq!(stolen.0, ErrorCode::AttemptNotFound);
        let (status, _) = other
            .get(&format!("/v1/client/sign_ins/{}", sign_in.id))
            .await;
        assert_eq!(status, 404);
    })
    .await;
}

#[tokio::test]
async fn an_attempt_ends_when_it_is_left_alone() {
    on_sites(async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&email).await;
        site.clock.advance_s(86_400);
        let late = refusal(browser.attempt_password(&sign_in, PASSWORD).await);
        assert_eq!(late.0, ErrorCode::AttemptNotFound);
    })
    .await;
}

const COMBINED: &str = "[sign_in]\ncombined = true\n";

#[tokio::test]
async fn whoever_is_new_proves_the_address_and_goes_on_to_an_account_if_the_settings_say_so() {
    on_sites_with(COMBINED, async |site| {
        let (known, new) = (somebody(&site).await, fresh_email());
        let mut seen = Vec::new();
        for email in [&known, &new] {
            let browser = site.browser();
            let sign_in = browser.begin_sign_in(email).await;
            let prepared = browser.prepare_sign_in(&sign_in).await.unwrap();
            let code = site.code(email).await;
            let wrong = if code == "000000" { "000001" } else { "000000" };
            let refused = refusal(browser.attempt_code(&prepared, wrong).await);
            let said = (sign_in.status, prepared.status, refused);
            seen.push((said, browser.attempt_code(&prepared, &code).await.unwrap()));
            if email == &new {
                let fields = [("transfer", "true"), ("password", PASSWORD)];
                let (_, body) = browser.submit("/v1/client/sign_ups", &fields).await;
                assert_eq!(body["response"]["status"], "complete", "{body}");
                assert!(is_signed_in_now(&browser, email).await);
                // What was proven once makes one account.
                let again = browser
                    .submit("/v1/client/sign_ups", &[("transfer", "true")])
                    .await;
                assert!(again.0 >= 400, "{again:?}");
            }
        }
        let [(known, done), (new, left)] = &seen[..] else {
            panic!()
        };
        assert_eq!(known, new);
        assert_eq!(done.status, SignInStatus::Complete);
        assert_eq!(left.status, SignInStatus::NeedsFirstFactor);
        let verification = left.first_factor_verification.as_ref().unwrap();
        assert_eq!(json!(verification.status), "transferable");
    })
    .await;
}

async fn is_signed_in_now(browser: &Browser, email: &str) -> bool {
    let (_, me) = browser.get("/v1/me").await;
    me["response"]["email_addresses"][0]["email_address"] == email
}

#[tokio::test]
async fn whoever_is_new_is_told_so_by_a_refusal_where_the_client_asks_for_that() {
    const ASKED: &str = "sign_up_if_missing";
    const REFUSED: &str = "sign_up_if_missing_transfer";
    on_sites_with(COMBINED, async |site| {
        let (known, new) = (somebody(&site).await, fresh_email());
        let mut before = Vec::new();
        for email in [&known, &new] {
            let browser = site.browser();
            let fields = [("identifier", email.as_str()), (ASKED, "true")];
            let (_, begun) = browser.submit("/v1/client/sign_ins", &fields).await;
            let id = begun["response"]["id"].as_str().unwrap();
            let prepared = format!("/v1/client/sign_ins/{id}/prepare_first_factor");
            let by_code = ("strategy", "email_code");
            let prepared = browser.submit(&prepared, &[by_code]).await.0;
            let code = site.code(email).await;
            let wrong = if code == "000000" { "000001" } else { "000000" };
            let path = format!("/v1/client/sign_ins/{id}/attempt_first_factor");
            let refused = browser.submit(&path, &[by_code, ("code", wrong)]).await;
            let reason = refused.1["errors"][0]["code"].clone();
            before.push((prepared, refused.0, reason));
            let (status, body) = browser.submit(&path, &[by_code, ("code", &code)]).await;
            if email == &known {
                assert_eq!(body["response"]["status"], "complete", "{body}");
                continue;
            }
            assert_eq!((status, &body["errors"][0]["code"]), (422, &json!(REFUSED)));
            let sign_in = &body["client"]["sign_in"];
            let verification = &sign_in["first_factor_verification"];
            assert_eq!(verification["status"], "transferable", "{body}");
            let begun = browser
                .submit("/v1/client/sign_ups", &[("transfer", "true")])
                .await;
            let sign_up = &begun.1["response"];
            assert_eq!(sign_up["missing_fields"], json!(["password"]), "{sign_up}");
            let id = sign_up["id"].as_str().unwrap();
            let path = format!("/v1/client/sign_ups/{id}?_method=PATCH");
            let (_, body) = browser.submit(&path, &[("password", PASSWORD)]).await;
            assert_eq!(body["response"]["status"], "complete", "{body}");
            assert!(is_signed_in_now(&browser, email).await);
        }
        assert_eq!(before[0], before[1]);
    })
    .await;
}

#[tokio::test]
async fn nothing_unproven_becomes_an_account_by_signing_in() {
    on_sites_with(COMBINED, async |site| {
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&fresh_email()).await;
        browser.prepare_sign_in(&sign_in).await.unwrap();
        let (status, body) = browser
            .submit("/v1/client/sign_ups", &[("transfer", "true")])
            .await;
        assert!((400..500).contains(&status), "{body}");
        assert_eq!(browser.get("/v1/me").await.0, 401);
    })
    .await;
}
