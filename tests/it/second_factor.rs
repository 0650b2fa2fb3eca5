//! Second factors: an authenticator app, backup codes, a number; asked for on every way in.

use frontdesk_protocol::Secret;
use serde_json::Value;
use totp_rs::Builder;

use crate::site::{Browser, PASSWORD, Site, fresh_email, on_sites, on_sites_with};

/// The code that an authenticator app with this secret shows now, or so many steps later.
pub fn app_code(site: &Site, secret: &str, steps: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    let now_s = site.clock.now().as_s() + steps * 30;
    app.generate(u64::try_from(now_s).unwrap()).to_string()
}

/// Adds an authenticator app, and answers with its secret and the backup codes.
pub async fn enrol(browser: &Browser) -> (String, Vec<String>) {
    let (status, begun) = browser.post("/v1/me/totp", "").await;
    assert_eq!(status, 200, "{begun}");
    let secret = begun["response"]["secret"].as_str().unwrap().to_owned();
    let uri = begun["response"]["uri"].as_str().unwrap();
    assert!(
        uri.starts_with("otpauth://totp/") && uri.contains(&secret),
        "{uri}"
    );
    let code = app_code(&browser.site, &secret, 0);
    let path = "/v1/me/totp/attempt_verification";
    let (status, done) = browser.post(path, &format!("code={code}")).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(done["response"]["verified"], true);
    assert!(done["response"]["secret"].is_null(), "told once");
    let codes = done["response"]["backup_codes"].as_array().unwrap();
    let codes = codes.iter().map(|code| code.as_str().unwrap().to_owned());
    browser.site.clock.advance_s(30);
    (secret, codes.collect())
}

/// Proves the password in a new browser, and answers with that and the attempt.
async fn proven_once(site: &Site, email: &str) -> (Browser, Value) {
    let browser = site.browser();
    let form = format!(
        "identifier={}&strategy=password&password={}",
        email.replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let (status, body) = browser.post("/v1/client/sign_ins", &form).await;
    assert_eq!(status, 200, "{body}");
    (browser, body["response"].clone())
}

async fn second(browser: &Browser, attempt: &Value, strategy: &str, code: &str) -> (u16, Value) {
    let id = attempt["id"].as_str().unwrap();
    let path = format!("/v1/client/sign_ins/{id}/attempt_second_factor");
    browser
        .post(&path, &format!("strategy={strategy}&code={code}"))
        .await
}

/// The code of a refusal.
pub fn code_of(body: &Value) -> &str {
    body["errors"][0]["code"].as_str().unwrap_or("none")
}

async fn somebody(site: &Site) -> (String, String, Vec<String>) {
    let (browser, email) = (site.browser(), fresh_email());
    browser.sign_up(&email).await;
    let (secret, codes) = enrol(&browser).await;
    (email, secret, codes)
}

#[tokio::test]
async fn an_authenticator_app_is_asked_for_after_a_password() {
    on_sites(async |site| {
        let (email, secret, _) = somebody(&site).await;
        let (browser, attempt) = proven_once(&site, &email).await;
        assert_eq!(attempt["status"], "needs_second_factor");
        let offered: Vec<&str> = attempt["supported_second_factors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|factor| factor["strategy"].as_str().unwrap())
            .collect();
        assert_eq!(offered, ["totp", "backup_code"]);
        let (_, me) = browser.get("/v1/me").await;
        assert_eq!(
            code_of(&me),
            "authentication_invalid",
            "nobody is signed in yet"
        );
        let (status, refused) = second(&browser, &attempt, "totp", "000000").await;
        assert_eq!((status, code_of(&refused)), (422, "form_code_incorrect"));
        let code = app_code(&site, &secret, 0);
        let (status, done) = second(&browser, &attempt, "totp", &code).await;
        assert_eq!(
            (status, &done["response"]["status"]),
            (200, &Value::from("complete"))
        );
        let age = &done["client"]["sessions"][0]["factor_verification_age"];
        assert_eq!(age, &serde_json::json!([0, 0]));
    })
    .await;
}

#[tokio::test]
async fn no_code_of_an_app_is_accepted_twice_nor_one_before_it() {
    on_sites(async |site| {
        let (email, secret, _) = somebody(&site).await;
        let code = app_code(&site, &secret, 0);
        let (browser, attempt) = proven_once(&site, &email).await;
        assert_eq!(second(&browser, &attempt, "totp", &code).await.0, 200);
        let earlier = app_code(&site, &secret, -1);
        for replayed in [code, earlier] {
            let (browser, attempt) = proven_once(&site, &email).await;
            let (status, refused) = second(&browser, &attempt, "totp", &replayed).await;
            assert_eq!((status, code_of(&refused)), (422, "form_code_incorrect"));
        }
        let (browser, attempt) = proven_once(&site, &email).await;
        let later = app_code(&site, &secret, 1);
        assert_eq!(second(&browser, &attempt, "totp", &later).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_backup_code_works_once_however_it_is_typed() {
    on_sites(async |site| {
        let (email, _, codes) = somebody(&site).await;
        assert_eq!(codes.len(), 10);
        let typed = codes[3].to_uppercase();
        let typed = format!("{}+-+{}", &typed[..5], &typed[5..]);
        let (browser, attempt) = proven_once(&site, &email).await;
        assert_eq!(
            second(&browser, &attempt, "backup_code", &typed).await.0,
            200
        );
        let (browser, attempt) = proven_once(&site, &email).await;
        let (status, refused) = second(&browser, &attempt, "backup_code", &codes[3]).await;
        assert_eq!((status, code_of(&refused)), (422, "form_code_incorrect"));
        assert_eq!(
            second(&browser, &attempt, "backup_code", &codes[4]).await.0,
            200
        );
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_is_asked_for_after_a_code_too() {
    on_sites(async |site| {
        let (email, _, codes) = somebody(&site).await;
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&email).await;
        browser.prepare_sign_in(&sign_in).await.unwrap();
        let code = site.code(&email).await;
        let proven = browser.attempt_code(&sign_in, &code).await.unwrap();
        assert_eq!(proven.status.as_str(), "needs_second_factor");
        assert!(browser.desk.client().unwrap().active_session().is_none());
        let attempt = serde_json::to_value(&proven).unwrap();
        assert_eq!(
            second(&browser, &attempt, "backup_code", &codes[0]).await.0,
            200
        );
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_is_trusted_is_not_asked_again_until_that_ends() {
    on_sites_with("device.trust_s = 3600", async |site| {
        let (email, secret, _) = somebody(&site).await;
        let (browser, attempt) = proven_once(&site, &email).await;
        let id = attempt["id"].as_str().unwrap();
        let code = app_code(&site, &secret, 0);
        let path = format!("/v1/client/sign_ins/{id}/attempt_second_factor");
        let form = format!("strategy=totp&code={code}&trust_device=true");
        assert_eq!(browser.post(&path, &form).await.0, 200);
        let again = async || {
            browser.desk.sign_out().await.unwrap();
            let password = Secret::from(PASSWORD);
            browser.sign_in(&email, password.expose()).await.unwrap()
        };
        assert_eq!(again().await.status.as_str(), "complete");
        let (_, elsewhere) = proven_once(&site, &email).await;
        assert_eq!(
            elsewhere["status"], "needs_second_factor",
            "another browser"
        );
        site.clock.advance_s(3601);
        assert_eq!(again().await.status.as_str(), "needs_second_factor");
    })
    .await;
}

#[tokio::test]
async fn whoever_must_have_a_second_factor_sets_one_up_before_the_session_is_active() {
    on_sites_with("second_factor.required = true", async |site| {
        let browser = site.browser();
        browser.sign_up(&fresh_email()).await;
        let session = async || {
            let (_, body) = browser.get("/v1/client").await;
            body["response"]["sessions"][0].clone()
        };
        let pending = session().await;
        assert_eq!(pending["status"], "pending");
        assert_eq!(pending["tasks"][0]["key"], "setup-mfa");
        let claims = claims(pending["last_active_token"]["jwt"].as_str().unwrap());
        assert_eq!(claims["sts"], "pending");
        enrol(&browser).await;
        let active = session().await;
        assert_eq!(
            (&active["status"], &active["tasks"]),
            (&"active".into(), &serde_json::json!([]))
        );
        let (status, refused) = browser.post("/v1/me/totp?_method=DELETE", "").await;
        assert_eq!((status, code_of(&refused)), (403, "authorization_invalid"));
    })
    .await;
}

#[tokio::test]
async fn a_number_is_a_second_factor_once_it_is_proven() {
    let toml = "phone_number.enabled = true\nsecond_factor.phone_code = true";
    on_sites_with(toml, async |site| {
        let (browser, email) = (site.browser(), fresh_email());
        browser.sign_up(&email).await;
        let (status, added) = browser
            .post("/v1/me/phone_numbers", "phone_number=%2B14155550142")
            .await;
        assert_eq!(status, 200, "{added}");
        let id = added["response"]["id"].as_str().unwrap();
        let reserve = format!("/v1/me/phone_numbers/{id}?_method=PATCH");
        let form = "reserved_for_second_factor=true";
        let (status, refused) = browser.post(&reserve, form).await;
        assert_eq!((status, code_of(&refused)), (422, "verification_invalid"));
        let prepare = format!("/v1/me/phone_numbers/{id}/prepare_verification");
        assert_eq!(browser.post(&prepare, "strategy=phone_code").await.0, 200);
        let attempt = format!("/v1/me/phone_numbers/{id}/attempt_verification");
        assert_eq!(browser.post(&attempt, "code=424242").await.0, 200);
        let (status, reserved) = browser.post(&reserve, form).await;
        assert_eq!(status, 200, "{reserved}");
        assert_eq!(
            reserved["response"]["backup_codes"]
                .as_array()
                .unwrap()
                .len(),
            10
        );
        let (browser, attempt) = proven_once(&site, &email).await;
        let factor = &attempt["supported_second_factors"][0];
        assert_eq!(factor["strategy"], "phone_code");
        assert!(
            !factor["safe_identifier"].as_str().unwrap().contains("5550"),
            "{factor}"
        );
        let id = attempt["id"].as_str().unwrap();
        let path = format!("/v1/client/sign_ins/{id}/prepare_second_factor");
        assert_eq!(browser.post(&path, "strategy=phone_code").await.0, 200);
        assert_eq!(
            second(&browser, &attempt, "phone_code", "424242").await.0,
            200
        );
        // The number is Ada's now; the next site's database may be the same one.
        let path = format!(
            "/v1/me/phone_numbers/{}?_method=DELETE",
            added["response"]["id"].as_str().unwrap()
        );
        assert_eq!(browser.post(&path, "").await.0, 200);
    })
    .await;
}

/// Makes a number a proven second factor; its id.
async fn reserve(browser: &Browser, number: &str) -> String {
    let (_, added) = browser
        .submit("/v1/me/phone_numbers", &[("phone_number", number)])
        .await;
    let id = added["response"]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/me/phone_numbers/{id}");
    let strategy = ("strategy", "phone_code");
    let prepare = format!("{path}/prepare_verification");
    assert_eq!(browser.submit(&prepare, &[strategy]).await.0, 200);
    let code = browser.site.code(number).await;
    let attempt = format!("{path}/attempt_verification");
    let fields = [strategy, ("code", &code)];
    assert_eq!(browser.submit(&attempt, &fields).await.0, 200);
    let change = format!("{path}?_method=PATCH");
    let fields = [("reserved_for_second_factor", "true")];
    assert_eq!(browser.submit(&change, &fields).await.0, 200);
    id
}

#[tokio::test]
async fn of_several_numbers_any_may_be_chosen() {
    let toml = "phone_number.enabled = true\nsecond_factor.phone_code = true\nsessions.reverification.enabled = false";
    on_sites_with(toml, async |site| {
        let (browser, email) = (site.browser(), fresh_email());
        browser.sign_up(&email).await;
        let mut numbers = Vec::new();
        for number in ["+14155552671", "+12125552672"] {
            numbers.push((number, reserve(&browser, number).await));
            site.clock.advance_s(1);
        }
        site.clock.advance_s(60);
        let of_others = site.signed_up().await;
        let theirs = reserve(&of_others, "+13105552673").await;
        let (browser, attempt) = proven_once(&site, &email).await;
        let offered = attempt["supported_second_factors"].as_array().unwrap();
        let ids: Vec<&str> = offered
            .iter()
            .filter_map(|factor| factor["phone_number_id"].as_str())
            .collect();
        assert_eq!(ids, [numbers[0].1.as_str(), numbers[1].1.as_str()]);
        let prepare = format!(
            "/v1/client/sign_ins/{}/prepare_second_factor",
            attempt["id"].as_str().unwrap()
        );
        let fields = [("strategy", "phone_code"), ("phone_number_id", &theirs)];
        let (status, refused) = browser.submit(&prepare, &fields).await;
        assert_eq!(
            (status, code_of(&refused)),
            (422, "strategy_for_user_invalid")
        );
        // The last one first, and then the first, whose code takes the place of the other's.
        for (number, id) in numbers.iter().rev() {
            site.clock.advance_s(60);
            let before = site.mails(number).await.len();
            let fields = [("strategy", "phone_code"), ("phone_number_id", id)];
            let (status, prepared) = browser.submit(&prepare, &fields).await;
            assert_eq!(status, 200);
            assert_eq!(site.mails(number).await.len(), before + 1, "{number}");
            // A screen that was loaded anew says where the code went.
            let first = &prepared["response"]["supported_second_factors"][0];
            assert_eq!(first["phone_number_id"], id.as_str());
        }
        let stale = site.code(numbers[1].0).await;
        let fresh = site.code(numbers[0].0).await;
        if stale != fresh {
            assert_eq!(
                second(&browser, &attempt, "phone_code", &stale).await.0,
                422
            );
        }
        assert_eq!(
            second(&browser, &attempt, "phone_code", &fresh).await.0,
            200
        );
    })
    .await;
}

#[tokio::test]
async fn a_first_proof_is_worth_nothing_once_the_password_is_another() {
    on_sites(async |site| {
        let (owner, email) = (site.browser(), fresh_email());
        owner.sign_up(&email).await;
        let (secret, _) = enrol(&owner).await;
        let (stranger, attempt) = proven_once(&site, &email).await;
        site.clock.advance_s(30);
        let form = format!(
            "current_password={}&new_password=another+thorough+lantern+7",
            PASSWORD.replace(' ', "+")
        );
        let changed = owner.post("/v1/me/change_password", &form).await;
        assert_eq!(changed.0, 200, "{}", changed.1);
        let code = app_code(&site, &secret, 0);
        let (status, late) = second(&stranger, &attempt, "totp", &code).await;
        assert_eq!(status, 404, "{late}");
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_the_last_factor_is_removed_as_a_factor_is() {
    let toml = "phone_number.enabled = true\nsecond_factor.phone_code = true\nsessions.reverification = \"off\"";
    for is_required in [false, true] {
        let toml = format!("{toml}\nsecond_factor.required = {is_required}");
        on_sites_with(&toml, async |site| {
            let (browser, email) = (site.browser(), fresh_email());
            browser.sign_up(&email).await;
            let added = browser
                .post("/v1/me/phone_numbers", "phone_number=%2B14155550142")
                .await;
            let id = added.1["response"]["id"].as_str().unwrap().to_owned();
            let number = format!("/v1/me/phone_numbers/{id}");
            let prepare = format!("{number}/prepare_verification");
            browser.post(&prepare, "strategy=phone_code").await;
            let attempt = format!("{number}/attempt_verification");
            assert_eq!(browser.post(&attempt, "code=424242").await.0, 200);
            let reserve = format!("{number}?_method=PATCH");
            let reserved = browser
                .post(&reserve, "reserved_for_second_factor=true")
                .await;
            assert_eq!(reserved.0, 200, "{}", reserved.1);
            let before = site.mails(&email).await.len();
            let remove = format!("{number}?_method=DELETE");
            let removed = browser.post(&remove, "").await;
            if is_required {
                assert_eq!(removed.0, 403, "{}", removed.1);
                let (_, me) = browser.get("/v1/me").await;
                assert_eq!(me["response"]["two_factor_enabled"], true);
                return;
            }
            assert_eq!(removed.0, 200, "{}", removed.1);
            let (_, me) = browser.get("/v1/me").await;
            assert_eq!(me["response"]["two_factor_enabled"], false);
            assert_eq!(me["response"]["backup_code_enabled"], false);
            assert_eq!(site.mails(&email).await.len(), before + 1);
        })
        .await;
    }
}

/// The claims of a token.
fn claims(jwt: &str) -> Value {
    use base64::Engine as _;
    let payload = jwt.split('.').nth(1).unwrap();
    let bytes = base64::prelude::BASE64_URL_SAFE_NO_PAD
        .decode(payload)
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}
