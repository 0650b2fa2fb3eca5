//! Signing in and up by a provider: who gets in, who does not, and what a provider cannot do to anybody.

pub mod provider;

use serde_json::Value;

use crate::site::{Browser, ORIGIN, Site, fresh_email, on_sites_with};
use provider::{Fault, Person, Provider, query};

pub const BACK: &str = "http://localhost:4000/sign-in#/sso-callback?x=1";
pub const DONE: &str = "http://localhost:4000/app";

/// Runs `test` on a site of each engine, with a provider called `acme`.
pub async fn with_acme<F: Future<Output = ()>>(
    (more, settings): (&str, &str),
    test: impl Fn(Site, Provider) -> F,
) {
    let acme = Provider::start().await;
    let toml = format!("{settings}\n{}", acme.settings("acme", more));
    on_sites_with(&toml, |site| {
        acme.break_by(Fault::Nothing);
        test(site, acme.clone())
    })
    .await;
}

/// A form with where to go on.
pub fn form(fields: &[(&str, &str)]) -> String {
    let urls = [
        ("redirect_url", BACK),
        ("action_complete_redirect_url", DONE),
    ];
    let all: Vec<_> = urls.iter().chain(fields).collect();
    serde_urlencoded::to_string(all).unwrap()
}

/// Begins at `path`, and says where the provider is.
pub async fn begin(browser: &Browser, path: &str, strategy: &str) -> String {
    let (status, body) = browser.post(path, &form(&[("strategy", strategy)])).await;
    assert_eq!(status, 200, "{body}");
    let response = &body["response"];
    let verification = [
        &response["first_factor_verification"],
        &response["verifications"]["external_account"],
        &response["verification"],
    ];
    let verification = verification.into_iter().find(|it| it.is_object()).unwrap();
    assert_eq!(verification["status"], "unverified");
    assert_eq!(verification["strategy"], strategy);
    verification["external_verification_redirect_url"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Goes through the provider as `person`, from `path` back to us.
pub async fn through(browser: &Browser, path: &str, acme: &Provider, person: &Person) -> String {
    let url = begin(browser, path, "oauth_acme").await;
    let (status, place) = browser.visit(&acme.consent(&url, person)).await;
    assert_eq!(status, 303);
    place
}

pub const SIGN_INS: &str = "/v1/client/sign_ins";
pub const SIGN_UPS: &str = "/v1/client/sign_ups";

/// The browser's client, as it is now.
pub async fn client(browser: &Browser) -> Value {
    browser.get("/v1/client").await.1["response"].clone()
}

/// Signs `person` up by the provider.
pub async fn signed_up(browser: &Browser, acme: &Provider, person: &Person) {
    assert_eq!(through(browser, SIGN_UPS, acme, person).await, DONE);
}

fn first(client: &Value) -> &Value {
    &client["sign_in"]["first_factor_verification"]
}

#[tokio::test]
async fn somebody_new_signs_up_at_once_and_signs_in_again_by_the_account() {
    with_acme(("", ""), async |site, acme| {
        let person = Person::new(&fresh_email());
        let browser = site.browser();
        signed_up(&browser, &acme, &person).await;
        let user = client(&browser).await["sessions"][0]["user"].clone();
        assert_eq!(
            user["email_addresses"][0]["email_address"],
            person.email.as_str()
        );
        assert_eq!(user["first_name"], "Ada");
        assert_eq!(user["password_enabled"], false);
        let account = &user["external_accounts"][0];
        assert_eq!(account["provider"], "oauth_acme");
        assert_eq!(account["verification"]["status"], "verified");
        let other = site.browser();
        assert_eq!(through(&other, SIGN_INS, &acme, &person).await, DONE);
        let again = client(&other).await;
        assert_eq!(again["sessions"][0]["user"]["id"], user["id"]);
        assert_eq!(again["last_authentication_strategy"], "oauth_acme");
    })
    .await;
}

#[tokio::test]
async fn a_provider_may_sign_by_an_edwards_curve() {
    with_acme(("", ""), async |site, acme| {
        acme.sign_by_edwards();
        let person = Person::new(&fresh_email());
        signed_up(&site.browser(), &acme, &person).await;
        acme.break_by(Fault::WrongAccessHash);
        let place = through(&site.browser(), SIGN_INS, &acme, &person).await;
        assert_ne!(place, DONE);
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_nobody_has_the_account_of_becomes_a_sign_up() {
    with_acme(
        ("", "username.enabled = true\nusername.required = true"),
        async |site, acme| {
            let person = Person::new(&fresh_email());
            let browser = site.browser();
            assert_eq!(through(&browser, SIGN_INS, &acme, &person).await, BACK);
            let before = client(&browser).await;
            assert_eq!(first(&before)["status"], "transferable");
            assert_eq!(
                first(&before)["error"]["code"],
                "external_account_not_found"
            );
            let (status, body) = browser.post(SIGN_UPS, "transfer=true").await;
            assert_eq!(status, 200, "{body}");
            let sign_up = &body["response"];
            assert_eq!(sign_up["status"], "missing_requirements");
            assert_eq!(sign_up["missing_fields"], serde_json::json!(["username"]));
            assert_eq!(sign_up["unverified_fields"], serde_json::json!([]));
            assert_eq!(
                sign_up["verifications"]["external_account"]["status"],
                "verified"
            );
            let again = browser.post(SIGN_UPS, "transfer=true").await;
            assert_eq!(again.0, 404, "a proof is used once");
            let path = format!(
                "{SIGN_UPS}/{}?_method=PATCH",
                sign_up["id"].as_str().unwrap()
            );
            let name = person.subject["user_".len()..][..12].to_owned();
            let (_, done) = browser.post(&path, &format!("username=n{name}")).await;
            assert_eq!(done["response"]["status"], "complete", "{done}");
        },
    )
    .await;
}

#[tokio::test]
async fn a_sign_up_by_an_account_that_somebody_has_becomes_a_sign_in_once() {
    with_acme(("", ""), async |site, acme| {
        let person = Person::new(&fresh_email());
        signed_up(&site.browser(), &acme, &person).await;
        let browser = site.browser();
        assert_eq!(through(&browser, SIGN_UPS, &acme, &person).await, BACK);
        let before = client(&browser).await;
        let account = &before["sign_up"]["verifications"]["external_account"];
        assert_eq!(account["status"], "transferable");
        assert_eq!(account["error"]["code"], "external_account_exists");
        let (status, body) = browser.post(SIGN_INS, "transfer=true").await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(body["response"]["status"], "complete");
        let session = body["response"]["created_session_id"].as_str().unwrap();
        browser
            .post(&format!("/v1/client/sessions/{session}/remove"), "")
            .await;
        let again = browser.post(SIGN_INS, "transfer=true").await;
        assert_eq!(
            again.0, 404,
            "whoever comes next to this browser is not signed in"
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_here_is_linked_only_where_the_provider_is_trusted() {
    for (more, is_linked) in [
        ("trusted_email = true", true),
        ("trusted_email = false", false),
    ] {
        with_acme((more, ""), async |site, acme| {
            let email = fresh_email();
            site.browser().sign_up(&email).await;
            let browser = site.browser();
            let person = Person::new(&email);
            let place = through(&browser, SIGN_INS, &acme, &person).await;
            let after = client(&browser).await;
            if is_linked {
                assert_eq!(place, DONE);
                let user = &after["sessions"][0]["user"];
                assert_eq!(
                    user["external_accounts"][0]["provider_user_id"],
                    person.subject
                );
            } else {
                assert_eq!(place, BACK);
                assert_eq!(first(&after)["status"], "failed");
                assert_eq!(
                    first(&after)["error"]["code"],
                    "external_account_email_taken"
                );
                assert_eq!(after["sessions"], serde_json::json!([]));
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_provider_that_is_not_trusted_proves_no_address_at_a_sign_up() {
    with_acme(("trusted_email = false", ""), async |site, acme| {
        let person = Person::new(&fresh_email());
        let browser = site.browser();
        assert_eq!(through(&browser, SIGN_UPS, &acme, &person).await, BACK);
        let sign_up = client(&browser).await["sign_up"].clone();
        assert_eq!(sign_up["status"], "missing_requirements", "{sign_up}");
        assert_eq!(sign_up["email_address"], person.email.as_str());
        assert_eq!(
            sign_up["unverified_fields"],
            serde_json::json!(["email_address"])
        );
        let id = sign_up["id"].as_str().unwrap();
        let path = |verb: &str| format!("{SIGN_UPS}/{id}/{verb}_verification");
        let by_code = ("strategy", "email_code");
        browser.submit(&path("prepare"), &[by_code]).await;
        let digits = site.code(&person.email).await;
        let proof = [by_code, ("code", &*digits)];
        let (_, body) = browser.submit(&path("attempt"), &proof).await;
        assert_eq!(body["response"]["status"], "complete", "{body}");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_the_provider_has_not_verified_proves_nothing() {
    with_acme(("trusted_email = true", ""), async |site, acme| {
        let email = fresh_email();
        site.browser().sign_up(&email).await;
        let mut person = Person::new(&email);
        person.is_verified = false;
        let browser = site.browser();
        assert_eq!(through(&browser, SIGN_INS, &acme, &person).await, BACK);
        let (_, body) = browser.post(SIGN_UPS, "transfer=true").await;
        assert_eq!(body["response"]["status"], "missing_requirements");
        assert_eq!(
            body["response"]["unverified_fields"],
            serde_json::json!(["email_address"])
        );
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_misbehaves_lets_nobody_in() {
    let faults = [
        Fault::WrongIssuer,
        Fault::WrongAudience,
        Fault::WrongNonce,
        Fault::WrongAccessHash,
        Fault::Expired,
        Fault::OtherKey,
        Fault::NoAlgorithm,
        Fault::PublicKeyAsSecret,
        Fault::NoIdToken,
        Fault::Garbage,
        Fault::Broken,
        Fault::Slow,
    ];
    with_acme(("", ""), async |site, acme| {
        let person = Person::new(&fresh_email());
        signed_up(&site.browser(), &acme, &person).await;
        for fault in faults {
            acme.break_by(fault);
            let browser = site.browser();
            let place = through(&browser, SIGN_INS, &acme, &person).await;
            assert_eq!(place, BACK, "{fault:?}");
            let after = client(&browser).await;
            let code = &first(&after)["error"]["code"];
            assert_eq!(code, "oauth_provider_failed", "{fault:?}");
            assert_eq!(after["sessions"], serde_json::json!([]), "{fault:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_of_another_issuer_is_not_read() {
    with_acme(("", ""), async |site, acme| {
        acme.break_by(Fault::DocumentOfAnother);
        let browser = site.browser();
        let (status, body) = browser
            .post(SIGN_INS, &form(&[("strategy", "oauth_acme")]))
            .await;
        assert_eq!(status, 422);
        assert_eq!(body["errors"][0]["code"], "oauth_provider_failed");
    })
    .await;
}

#[tokio::test]
async fn an_answer_counts_once_and_in_its_browser_alone() {
    with_acme(("", ""), async |site, acme| {
        let person = Person::new(&fresh_email());
        let (browser, stranger) = (site.browser(), site.browser());
        let url = begin(&browser, SIGN_UPS, "oauth_acme").await;
        begin(&stranger, SIGN_UPS, "oauth_acme").await;
        let answer = acme.consent(&url, &person);
        let elsewhere = stranger.visit(&answer).await;
        assert_eq!((elsewhere.0, elsewhere.1.contains("/app")), (303, false));
        assert_eq!(client(&stranger).await["sessions"], serde_json::json!([]));
        let nowhere = site.browser().visit(&answer).await;
        assert_eq!(nowhere.0, 303);
        assert_eq!(browser.visit(&answer).await, (303, DONE.to_owned()));
        let again = browser.visit(&answer).await;
        assert_ne!(again.1, DONE, "a second answer is none");
        let long = begin(&stranger, SIGN_INS, "oauth_acme").await;
        site.clock.advance_s(601);
        let late = stranger.visit(&acme.consent(&long, &person)).await;
        assert_ne!(late.1, DONE, "ten minutes are over");
    })
    .await;
}

#[tokio::test]
async fn a_code_of_another_provider_is_refused() {
    let evil = Provider::start().await;
    let settings = evil.settings("evil", "");
    with_acme((&settings, ""), async |site, acme| {
        let person = Person::new(&fresh_email());
        let browser = site.browser();
        // The answer to a question to one comes back as that of the other.
        let url = begin(&browser, SIGN_INS, "oauth_acme").await;
        let answer = acme.consent(&url, &person);
        let mixed = answer.replace("oauth_callback/acme", "oauth_callback/evil");
        assert_eq!(browser.visit(&mixed).await, (303, BACK.to_owned()));
        let after = client(&browser).await;
        assert_eq!(first(&after)["error"]["code"], "oauth_provider_failed");
        assert_ne!(
            browser.visit(&answer).await.1,
            DONE,
            "the question is answered"
        );
        // It names itself, and is another.
        let url = begin(&browser, SIGN_INS, "oauth_acme").await;
        let answer = acme.consent(&url, &person);
        let other = answer.replace(acme.url(), evil.url());
        assert_eq!(browser.visit(&other).await, (303, BACK.to_owned()));
        let url = begin(&browser, SIGN_INS, "oauth_acme").await;
        let silent = acme.consent(&url, &person);
        let silent = silent.split("&iss=").next().unwrap().to_owned();
        assert_eq!(browser.visit(&silent).await, (303, BACK.to_owned()));
        assert_eq!(client(&browser).await["sessions"], serde_json::json!([]));
    })
    .await;
}

#[tokio::test]
async fn whoever_says_no_is_told_so_and_may_begin_anew() {
    with_acme(("", ""), async |site, _acme| {
        let browser = site.browser();
        let url = begin(&browser, SIGN_INS, "oauth_acme").await;
        let state = &query(&url)["state"];
        let answer = format!("/v1/oauth_callback/acme?error=access_denied&state={state}");
        assert_eq!(browser.visit(&answer).await, (303, BACK.to_owned()));
        let after = client(&browser).await;
        assert_eq!(first(&after)["status"], "failed");
        assert_eq!(first(&after)["error"]["code"], "oauth_access_denied");
        let (status, body) = browser.post(SIGN_INS, "locale=en-US").await;
        assert_eq!(
            (status, &body["response"]["first_factor_verification"]),
            (200, &Value::Null)
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_is_led_to_a_strange_place() {
    with_acme(("", ""), async |site, _acme| {
        let browser = site.browser();
        for place in [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "http://localhost:4000.evil.example/",
            "http://localhost:4000@evil.example/",
        ] {
            for field in ["redirect_url", "action_complete_redirect_url"] {
                let mut fields = vec![("strategy", "oauth_acme"), (field, place)];
                if field != "redirect_url" {
                    fields.push(("redirect_url", "/"));
                }
                let form = serde_urlencoded::to_string(&fields).unwrap();
                let (status, body) = browser.post(SIGN_INS, &form).await;
                assert_eq!(status, 422, "{place} {body}");
                assert_eq!(body["errors"][0]["meta"]["param_name"], field);
            }
        }
        let unknown = browser
            .post(SIGN_INS, &form(&[("strategy", "oauth_nobody")]))
            .await;
        assert_eq!(unknown.1["errors"][0]["code"], "strategy_for_user_invalid");
    })
    .await;
}

#[tokio::test]
async fn what_is_posted_from_elsewhere_comes_again_with_cookies() {
    with_acme(("", ""), async |site, acme| {
        let person = Person::new(&fresh_email());
        let browser = site.browser();
        let url = begin(&browser, SIGN_UPS, "oauth_acme").await;
        let answer = acme.consent(&url, &person);
        let (path, form) = answer.split_once('?').unwrap();
        let request = axum::http::Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "https://appleid.example")
            .header("sec-fetch-site", "cross-site")
            .body(axum::body::Body::from(form.to_owned()))
            .unwrap();
        let (status, headers, _) = site.answer(request).await;
        assert_eq!(status, 303);
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        let place = headers["location"].to_str().unwrap();
        let place = place.strip_prefix(&site.app.config.public_url).unwrap();
        assert_eq!(browser.visit(place).await, (303, DONE.to_owned()));
        assert!(place.starts_with(path) && !place.contains(ORIGIN));
    })
    .await;
}
