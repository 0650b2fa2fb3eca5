//! Links sent by e-mail: opened by a person, once, and where nothing is let out to anybody else.

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use frontdesk_client::Value;
use serde_json::json;

use crate::site::{Browser, ORIGIN, PASSWORD, Site, fresh_email, on_sites_with};

/// Links that work in every browser, which is not the default.
const SETTINGS: &str = "email_address.link = true\nemail_address.link_same_browser = false";
const BACK_FORM: &str = "http%3A%2F%2Flocalhost%3A4000%2Fapp%3Fa%3Db%23%2Fverify%3Fx%3Dy";

/// What a browser that opened a link was led to, and the cookies that it was given.
struct Led {
    status: u16,
    location: String,
    cookies: usize,
}

/// A known address, and the browser that it signed up in.
async fn somebody(site: &Site) -> String {
    let email = fresh_email();
    site.browser().sign_up(&email).await;
    site.clock.advance_s(60);
    email
}

/// Asks for a link to sign in by: the attempt's id.
async fn ask(browser: &Browser, email: &str) -> String {
    let sign_in = browser.begin_sign_in(email).await;
    let (status, prepared) = prepare(browser, sign_in.id.as_str(), BACK_FORM).await;
    assert_eq!(status, 200, "{prepared}");
    let verification = &prepared["response"]["first_factor_verification"];
    assert_eq!(
        (&verification["status"], &verification["strategy"]),
        (&json!("unverified"), &json!("email_link"))
    );
    sign_in.id.to_string()
}

async fn prepare(browser: &Browser, id: &str, back: &str) -> (u16, Value) {
    let path = format!("/v1/client/sign_ins/{id}/prepare_first_factor");
    let form = format!("strategy=email_link&redirect_url={back}");
    browser.post(&path, &form).await
}

/// The secret of the newest link that was sent to `email`.
async fn token(site: &Site, email: &str) -> Option<String> {
    let mails = site.mails(email).await;
    let link = mails.iter().find_map(|mail| mail["link"].as_str())?;
    let start = format!("{ORIGIN}/v1/verify_link?token=");
    Some(link.strip_prefix(&start).unwrap().to_owned())
}

fn cookies(browser: &Browser) -> String {
    let secret = browser.jar.get("frontdesk_client").unwrap_or_default();
    format!("frontdesk_client={secret}")
}

/// Opens the page of a link, as scanners do too.
async fn open(browser: &Browser, token: &str) -> (u16, String, String) {
    let request = Request::get(format!("/v1/verify_link?token={token}"))
        .header(COOKIE, cookies(browser))
        .body(Body::empty())
        .unwrap();
    let (status, headers, page) = browser.site.answer(request).await;
    let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(!headers.contains_key(SET_COOKIE));
    let page = page.as_str().unwrap_or_default().to_owned();
    (status, policy.to_owned(), page)
}

/// Presses the button of a link's page.
async fn press(browser: &Browser, token: &str) -> Led {
    let request = Request::post("/v1/verify_link")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("origin", ORIGIN)
        .header(COOKIE, cookies(browser))
        .body(Body::from(format!("token={token}")))
        .unwrap();
    let (status, headers, _) = browser.site.answer(request).await;
    let location = headers
        .get(LOCATION)
        .map_or("", |location| location.to_str().unwrap());
    let set: Vec<&str> = headers
        .get_all(SET_COOKIE)
        .iter()
        .map(|cookie| cookie.to_str().unwrap())
        .collect();
    for cookie in &set {
        let (name, rest) = cookie.split_once('=').unwrap();
        browser.jar.set(name, rest.split(';').next().unwrap());
    }
    Led {
        status,
        location: location.to_owned(),
        cookies: set.len(),
    }
}

async fn poll(browser: &Browser, id: &str) -> Value {
    let (status, attempt) = browser.get(&format!("/v1/client/sign_ins/{id}")).await;
    assert_eq!(status, 200, "{attempt}");
    attempt
}

fn led_to(status: &str) -> String {
    format!("http://localhost:4000/app?a=b&__clerk_status={status}#/verify?x=y")
}

#[tokio::test]
async fn a_link_signs_in_and_leads_back() {
    on_sites_with(SETTINGS, async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let id = ask(&browser, &email).await;
        let before = cookies(&browser);
        let token = token(&site, &email).await.unwrap();
        let led = press(&browser, &token).await;
        let attempt = poll(&browser, &id).await;
        let session = attempt["response"]["created_session_id"].as_str().unwrap();
        assert_eq!(led.status, 303);
        assert_eq!(
            led.location,
            format!("http://localhost:4000/app?a=b&__clerk_status=verified&__clerk_created_session={session}#/verify?x=y")
        );
        // Whoever knew the secret from before the sign-in knows nothing any more.
        assert_ne!(before, cookies(&browser));
        let verification = &attempt["response"]["first_factor_verification"];
        assert_eq!(verification["verified_at_client"], attempt["client"]["id"]);
        assert_eq!(attempt["client"]["last_active_session_id"], session);
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once_and_only_the_last_one_does() {
    on_sites_with(SETTINGS, async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let id = ask(&browser, &email).await;
        let first = token(&site, &email).await.unwrap();
        assert_eq!(prepare(&browser, &id, BACK_FORM).await.0, 429);
        site.clock.advance_s(60);
        assert_eq!(prepare(&browser, &id, BACK_FORM).await.0, 200);
        let last = token(&site, &email).await.unwrap();
        assert_eq!(press(&browser, &first).await.location, led_to("expired"));
        assert!(press(&browser, &last).await.location.contains("verified"));
        let again = press(&browser, &last).await;
        assert_eq!((again.status, again.cookies), (410, 0));
        assert_eq!(open(&browser, &last).await.0, 410);
    })
    .await;
}

#[tokio::test]
async fn a_scanner_of_mail_spends_nothing() {
    on_sites_with(SETTINGS, async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        ask(&browser, &email).await;
        let token = token(&site, &email).await.unwrap();
        for _ in 0..3 {
            let (status, policy, page) = open(&site.browser(), &token).await;
            assert_eq!(status, 200);
            assert!(page.contains("<form method=\"post\" action=\"/v1/verify_link\">"));
            assert!(!page.contains("<script"));
            assert!(policy.contains("form-action 'self' http://localhost:4000;"));
            assert!(!policy.contains("script-src"));
        }
        assert!(press(&browser, &token).await.location.contains("verified"));
    })
    .await;
}

#[tokio::test]
async fn a_link_opened_elsewhere_signs_in_the_browser_that_asked() {
    on_sites_with(SETTINGS, async |site| {
        let email = somebody(&site).await;
        let (asked, other) = (site.browser(), site.browser());
        let id = ask(&asked, &email).await;
        other.begin_sign_in(&fresh_email()).await;
        let (before, others) = (cookies(&asked), cookies(&other));
        let token = token(&site, &email).await.unwrap();
        let led = press(&other, &token).await;
        assert!(led.location.contains("__clerk_status=verified"));
        assert_eq!((led.cookies, others), (0, cookies(&other)));
        let (_, theirs) = other.get("/v1/client").await;
        assert_eq!(theirs["response"]["sessions"], json!([]));
        let attempt = poll(&asked, &id).await;
        assert_eq!(before, cookies(&asked));
        assert_eq!(attempt["response"]["status"], "complete");
        let verification = &attempt["response"]["first_factor_verification"];
        assert_eq!(verification["verified_at_client"], theirs["response"]["id"]);
        let session = &attempt["response"]["created_session_id"];
        assert_eq!(&attempt["client"]["last_active_session_id"], session);
        assert_eq!(asked.get("/v1/me").await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn only_the_browser_that_asked_opens_a_link_where_the_settings_say_so() {
    let settings = "email_address.link = true".to_owned();
    on_sites_with(&settings, async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let id = ask(&browser, &email).await;
        let token = token(&site, &email).await.unwrap();
        let led = press(&site.browser(), &token).await;
        assert_eq!(led.location, led_to("client_mismatch"));
        let attempt = poll(&browser, &id).await;
        assert_eq!(attempt["response"]["status"], "needs_first_factor");
        assert!(press(&browser, &token).await.location.contains("verified"));
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_after_ten_minutes() {
    on_sites_with(SETTINGS, async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        ask(&browser, &email).await;
        let token = token(&site, &email).await.unwrap();
        site.clock.advance_s(600);
        let led = press(&browser, &token).await;
        assert_eq!((led.location, led.cookies), (led_to("expired"), 0));
    })
    .await;
}

#[tokio::test]
async fn nobodys_address_gets_the_same_answers_and_no_letter() {
    on_sites_with(SETTINGS, async |site| {
        let email = fresh_email();
        let browser = site.browser();
        let id = ask(&browser, &email).await;
        assert!(site.mails(&email).await.is_empty());
        assert_eq!(prepare(&browser, &id, BACK_FORM).await.0, 429);
        let attempt = poll(&browser, &id).await;
        assert_eq!(attempt["response"]["status"], "needs_first_factor");
    })
    .await;
}

#[tokio::test]
async fn other_secrets_are_no_links() {
    let settings = format!("{SETTINGS}\npasskeys.enabled = true");
    on_sites_with(&settings, async |site| {
        let browser = site.browser();
        let (_, asked) = browser
            .post("/v1/client/sign_ins", "strategy=passkey")
            .await;
        let nonce = &asked["response"]["first_factor_verification"]["nonce"];
        let options: Value = serde_json::from_str(nonce.as_str().unwrap()).unwrap();
        let challenge = options["challenge"].as_str().unwrap();
        for secret in [challenge, "", "x"] {
            assert_eq!(open(&browser, secret).await.0, 410);
            assert_eq!(press(&browser, secret).await.status, 410);
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_leads_back_to_our_own_pages_only() {
    on_sites_with(SETTINGS, async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&email).await;
        for back in [
            "https%3A%2F%2Fevil.example%2F",
            "%2F%2Fevil.example",
            "http%3A%2F%2Flocalhost%3A4000%40evil.example",
            "http%3A%2F%2Flocalhost.evil.example",
            "javascript%3Aalert(1)",
            "%2F%5Cevil.example",
            "http%3A%2F%2Flocalhost%3A4000%2F%0D%0Ax%3A%20y",
        ] {
            let (status, refused) = prepare(&browser, sign_in.id.as_str(), back).await;
            let meta = &refused["errors"][0]["meta"];
            assert_eq!((status, &meta["param_name"]), (422, &json!("redirect_url")));
        }
        assert!(token(&site, &email).await.is_none());
        assert_eq!(prepare(&browser, sign_in.id.as_str(), "").await.0, 422);
        assert_eq!(
            prepare(&browser, sign_in.id.as_str(), "%2Fapp").await.0,
            200
        );
        let token = token(&site, &email).await.unwrap();
        let led = press(&browser, &token).await;
        assert!(led.location.starts_with("/app?__clerk_status=verified"));
    })
    .await;
}

#[tokio::test]
async fn a_link_of_another_page_is_not_pressed() {
    on_sites_with(SETTINGS, async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let id = ask(&browser, &email).await;
        let token = token(&site, &email).await.unwrap();
        let request = Request::post("/v1/verify_link")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("origin", "https://evil.example")
            .header(COOKIE, cookies(&browser))
            .body(Body::from(format!("token={token}")))
            .unwrap();
        assert_eq!(site.answer(request).await.0, 403);
        let attempt = poll(&browser, &id).await;
        assert_eq!(attempt["response"]["status"], "needs_first_factor");
    })
    .await;
}

async fn sign_up(browser: &Browser, email: &str) -> String {
    let form = format!("email_address={email}&password={PASSWORD}").replace(' ', "+");
    let (_, begun) = browser.post("/v1/client/sign_ups", &form).await;
    let id = begun["response"]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/client/sign_ups/{id}/prepare_verification");
    let form = format!("strategy=email_link&redirect_url={BACK_FORM}");
    let (status, prepared) = browser.post(&path, &form).await;
    assert_eq!(status, 200, "{prepared}");
    id
}

#[tokio::test]
async fn a_link_ends_a_sign_up_in_the_browser_that_asked() {
    on_sites_with(SETTINGS, async |site| {
        for is_here in [true, false] {
            let email = fresh_email();
            let (asked, other) = (site.browser(), site.browser());
            let id = sign_up(&asked, &email).await;
            let token = token(&site, &email).await.unwrap();
            let presser = if is_here { &asked } else { &other };
            let led = press(presser, &token).await;
            let (_, attempt) = asked.get(&format!("/v1/client/sign_ups/{id}")).await;
            let done = &attempt["response"];
            assert_eq!(done["status"], "complete", "{}", led.location);
            let session = done["created_session_id"].as_str().unwrap();
            assert!(led.location.contains(session));
            assert_eq!(led.cookies > 0, is_here);
            assert_eq!(asked.get("/v1/me").await.0, 200);
            let by = &done["verifications"]["email_address"]["verified_at_client"];
            assert_eq!(by == &attempt["client"]["id"], is_here);
        }
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_by_a_link_takes_no_address_from_its_owner() {
    on_sites_with(SETTINGS, async |site| {
        let email = somebody(&site).await;
        let browser = site.browser();
        let id = sign_up(&browser, &email).await;
        let token = token(&site, &email).await.unwrap();
        let led = press(&browser, &token).await;
        assert_eq!((led.location, led.cookies), (led_to("failed"), 0));
        let (_, attempt) = browser.get(&format!("/v1/client/sign_ups/{id}")).await;
        assert_eq!(attempt["response"]["status"], "missing_requirements");
    })
    .await;
}

/// Adds an address to the user of a browser, and asks for a link to prove it: the address's path.
async fn add(browser: &Browser, email: &str) -> String {
    let path = "/v1/me/email_addresses";
    let (status, added) = browser.submit(path, &[("email_address", email)]).await;
    assert_eq!(status, 200, "{added}");
    let path = format!("{path}/{}", added["response"]["id"].as_str().unwrap());
    let form = format!("strategy=email_link&redirect_url={BACK_FORM}");
    let (status, prepared) = browser
        .post(&format!("{path}/prepare_verification"), &form)
        .await;
    assert_eq!(status, 200, "{prepared}");
    let verification = &prepared["response"]["verification"];
    assert_eq!(
        (&verification["status"], &verification["strategy"]),
        (&json!("unverified"), &json!("email_link"))
    );
    path
}

async fn status_of(browser: &Browser, path: &str) -> Value {
    let (_, address) = browser.get(path).await;
    address["response"]["verification"]["status"].clone()
}

#[tokio::test]
async fn a_link_proves_an_address_of_whoever_asked_for_it() {
    on_sites_with(SETTINGS, async |site| {
        let (browser, email) = (site.signed_up().await, fresh_email());
        let path = add(&browser, &email).await;
        let form = format!("strategy=email_link&redirect_url={BACK_FORM}");
        let again = browser
            .post(&format!("{path}/prepare_verification"), &form)
            .await;
        assert_eq!(again.0, 429);
        let token = token(&site, &email).await.unwrap();
        // Another browser may open it where the settings let it, and is given nothing.
        let led = press(&site.browser(), &token).await;
        assert_eq!((led.location, led.cookies), (led_to("verified"), 0));
        assert_eq!(status_of(&browser, &path).await, "verified");
        assert_eq!(press(&browser, &token).await.status, 410);
    })
    .await;
}

#[tokio::test]
async fn a_link_for_an_address_is_worth_nothing_to_others() {
    on_sites_with("email_address.link = true", async |site| {
        let (browser, email) = (site.signed_up().await, fresh_email());
        let path = add(&browser, &email).await;
        let secret = token(&site, &email).await.unwrap();
        let stranger = press(&site.browser(), &secret).await;
        assert_eq!(stranger.location, led_to("client_mismatch"));
        // Whoever has signed out meanwhile proves nothing any more.
        let (status, _) = browser.post("/v1/client?_method=DELETE", "").await;
        assert_eq!(status, 200);
        let led = press(&browser, &secret).await;
        assert!(!led.location.contains("verified"), "{}", led.location);
        assert!(
            site.app.store.owner(&email).await.unwrap().is_none(),
            "{path}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_link_for_somebody_elses_address_takes_it_from_nobody() {
    on_sites_with(SETTINGS, async |site| {
        let owner = fresh_email();
        site.browser().sign_up(&owner).await;
        site.clock.advance_s(60);
        let browser = site.signed_up().await;
        let path = add(&browser, &owner).await;
        let secret = token(&site, &owner).await.unwrap();
        assert_eq!(press(&browser, &secret).await.location, led_to("failed"));
        assert_ne!(status_of(&browser, &path).await, "verified");
    })
    .await;
}

#[tokio::test]
async fn without_the_setting_no_link_proves_an_address() {
    on_sites_with("", async |site| {
        let browser = site.signed_up().await;
        let email = fresh_email();
        let path = "/v1/me/email_addresses";
        let (_, added) = browser.submit(path, &[("email_address", &email)]).await;
        let id = added["response"]["id"].as_str().unwrap();
        let form = format!("strategy=email_link&redirect_url={BACK_FORM}");
        let path = format!("{path}/{id}/prepare_verification");
        assert_eq!(browser.post(&path, &form).await.0, 422);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_new_is_led_to_an_account_by_a_link_where_the_settings_say_so() {
    let settings = format!("{SETTINGS}\n[sign_in]\ncombined = true\n");
    on_sites_with(&settings, async |site| {
        let email = fresh_email();
        let browser = site.browser();
        let id = ask(&browser, &email).await;
        let token = token(&site, &email).await.unwrap();
        let led = press(&browser, &token).await;
        assert_eq!(led.location, led_to("verified"));
        let attempt = poll(&browser, &id).await;
        let verification = &attempt["response"]["first_factor_verification"];
        assert_eq!(verification["status"], "transferable", "{attempt}");
        let begun = browser
            .submit("/v1/client/sign_ups", &[("transfer", "true")])
            .await;
        let sign_up = &begun.1["response"];
        assert_eq!(sign_up["email_address"], email.as_str(), "{sign_up}");
        assert_eq!(sign_up["unverified_fields"], serde_json::json!([]));
        let again = press(&site.browser(), &token).await;
        assert_ne!(again.location, led_to("verified"), "a link works once");
    })
    .await;
}
