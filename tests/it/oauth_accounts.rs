//! Accounts with providers of people who are here already: connected, kept apart, and what a provider cannot skip.

use frontdesk_protocol::UserId;
use frontdesk_server::oauth::access_token;
use serde_json::{Value, json};

use crate::oauth::provider::{Fault, Person, Provider};
use crate::oauth::{BACK, DONE, SIGN_INS, SIGN_UPS, begin, client, signed_up, through, with_acme};
use crate::site::{Browser, Site, fresh_email, on_sites_with};

const ACCOUNTS: &str = "/v1/me/external_accounts";

async fn accounts(browser: &Browser) -> Value {
    browser.get("/v1/me").await.1["response"]["external_accounts"].clone()
}

/// Somebody who signed up by an account with the provider: their browser, and who they are there and here.
async fn somebody(site: &Site, acme: &Provider) -> (Browser, Person, UserId) {
    let browser = site.browser();
    let person = Person::new(&fresh_email());
    signed_up(&browser, acme, &person).await;
    let user = client(&browser).await["sessions"][0]["user"]["id"].clone();
    let user = UserId::parse(user.as_str().unwrap()).unwrap();
    (browser, person, user)
}

#[tokio::test]
async fn a_user_connects_an_account_and_signs_in_by_it() {
    with_acme(("", ""), async |site, acme| {
        let browser = site.signed_up().await;
        let person = Person::new(&fresh_email());
        assert_eq!(through(&browser, ACCOUNTS, &acme, &person).await, DONE);
        let connected = accounts(&browser).await;
        assert_eq!(connected[0]["provider_user_id"], person.subject.as_str());
        let other = site.browser();
        assert_eq!(through(&other, SIGN_INS, &acme, &person).await, DONE);
        let id = connected[0]["id"].as_str().unwrap();
        let path = format!("{ACCOUNTS}/{id}?_method=DELETE");
        assert_eq!(browser.post(&path, "").await.0, 200);
        assert_eq!(accounts(&browser).await, json!([]));
        assert_eq!(browser.post(&path, "").await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn an_account_of_somebody_else_is_not_taken_over() {
    with_acme(("", ""), async |site, acme| {
        let person = Person::new(&fresh_email());
        let owner = site.browser();
        signed_up(&owner, &acme, &person).await;
        let thief = site.signed_up().await;
        assert_eq!(through(&thief, ACCOUNTS, &acme, &person).await, BACK);
        let shown = accounts(&thief).await;
        assert_eq!(shown[0]["verification"]["status"], "unverified");
        let error = &shown[0]["verification"]["error"];
        assert_eq!(error["code"], "external_account_exists");
        // Some screens have no sentence of their own for it.
        assert_eq!(
            error["long_message"],
            "That account is connected to another account here."
        );
        assert_eq!(
            accounts(&owner).await[0]["verification"]["status"],
            "verified"
        );
        // What failed is gone once something is connected.
        let own = Person::new(&fresh_email());
        assert_eq!(through(&thief, ACCOUNTS, &acme, &own).await, DONE);
        assert_eq!(accounts(&thief).await.as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_signed_out_meanwhile_connects_nothing() {
    with_acme(("", ""), async |site, acme| {
        let browser = site.signed_up().await;
        let url = begin(&browser, ACCOUNTS, "oauth_acme").await;
        browser.post("/v1/client?_method=DELETE", "").await;
        browser.sign_up(&fresh_email()).await;
        let person = Person::new(&fresh_email());
        browser.visit(&acme.consent(&url, &person)).await;
        assert_eq!(accounts(&browser).await, json!([]));
    })
    .await;
}

#[tokio::test]
async fn the_only_way_in_is_not_removed() {
    let settings = "email_address.code = false\nemail_address.link = false";
    with_acme(("", settings), async |site, acme| {
        let browser = site.browser();
        signed_up(&browser, &acme, &Person::new(&fresh_email())).await;
        let id = accounts(&browser).await[0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let path = format!("{ACCOUNTS}/{id}?_method=DELETE");
        let (status, body) = browser.post(&path, "").await;
        assert_eq!(status, 422);
        assert_eq!(body["errors"][0]["code"], "identification_deletion_failed");
        let more = Person::new(&fresh_email());
        assert_eq!(through(&browser, ACCOUNTS, &acme, &more).await, DONE);
        assert_eq!(browser.post(&path, "").await.0, 200, "another is left");
    })
    .await;
}

#[tokio::test]
async fn more_is_asked_for_when_an_account_is_authorized_again() {
    with_acme(("", ""), async |site, acme| {
        let browser = site.browser();
        let person = Person::new(&fresh_email());
        signed_up(&browser, &acme, &person).await;
        let id = accounts(&browser).await[0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let path = format!("{ACCOUNTS}/{id}/reauthorize?_method=PATCH");
        let form = crate::oauth::form(&[("additional_scope", "repo")]);
        let (status, body) = browser.post(&path, &form).await;
        assert_eq!(status, 200, "{body}");
        let url = &body["response"]["verification"]["external_verification_redirect_url"];
        let url = url.as_str().unwrap();
        assert!(url.contains("repo"), "{url}");
        let answer = browser.visit(&acme.consent(url, &person)).await;
        assert_eq!(answer, (303, DONE.to_owned()));
        let shown = accounts(&browser).await;
        assert_eq!(shown[0]["id"], id.as_str());
        // A provider that does not say what it allows allows what it was asked.
        let scopes = shown[0]["approved_scopes"].as_str().unwrap();
        assert!(scopes.split(' ').any(|it| it == "repo"), "{scopes}");
    })
    .await;
}

#[tokio::test]
async fn a_ban_and_a_second_factor_hold_for_providers_too() {
    let settings = "[phone_number]\nenabled = true\n[second_factor]\nphone_code = true\nauthenticator_app = true";
    with_acme(("", settings), async |site, acme| {
        let person = Person::new(&fresh_email());
        let browser = site.browser();
        signed_up(&browser, &acme, &person).await;
        let (_, totp) = browser.post("/v1/me/totp", "").await;
        let uri = totp["response"]["uri"].as_str().unwrap();
        let secret = totp["response"]["secret"].as_str().unwrap();
        assert!(uri.contains(secret));
        let code = crate::oauth::provider::totp(secret, site.clock.now().as_s());
        let (status, body) = browser
            .post("/v1/me/totp/attempt_verification", &format!("code={code}"))
            .await;
        assert_eq!(status, 200, "{body}");
        let other = site.browser();
        assert_eq!(through(&other, SIGN_INS, &acme, &person).await, BACK);
        let after = client(&other).await;
        assert_eq!(after["sign_in"]["status"], "needs_second_factor");
        assert_eq!(after["sessions"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn closed_doors_are_closed_for_providers_too() {
    with_acme(("", "sign_up.mode = \"restricted\""), async |site, acme| {
        let person = Person::new(&fresh_email());
        let browser = site.browser();
        assert_eq!(through(&browser, SIGN_INS, &acme, &person).await, BACK);
        let (status, body) = browser.post(SIGN_UPS, "transfer=true").await;
        assert_eq!(status, 403);
        assert_eq!(body["errors"][0]["code"], "sign_up_mode_restricted");
    })
    .await;
    with_acme(
        ("", "restrictions.allow_list = true"),
        async |site, acme| {
            let person = Person::new(&fresh_email());
            let browser = site.browser();
            assert_eq!(through(&browser, SIGN_UPS, &acme, &person).await, BACK);
            let after = client(&browser).await;
            let account = &after["sign_up"]["verifications"]["external_account"];
            assert_eq!(account["error"]["code"], "not_allowed_access");
        },
    )
    .await;
}

#[tokio::test]
async fn a_provider_that_only_connects_signs_nobody_in() {
    with_acme(("sign_in = false", ""), async |site, acme| {
        let form = crate::oauth::form(&[("strategy", "oauth_acme")]);
        let (status, _) = site.browser().post(SIGN_INS, &form).await;
        assert_eq!(status, 422);
        let browser = site.signed_up().await;
        let person = Person::new(&fresh_email());
        assert_eq!(through(&browser, ACCOUNTS, &acme, &person).await, DONE);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_refreshed_when_it_ends() {
    with_acme(("", ""), async |site, acme| {
        let (browser, _, user) = somebody(&site, &acme).await;
        let provider = frontdesk_protocol::Provider::parse("acme").unwrap();
        let before = acme.refreshed();
        let fresh = access_token(&site.app, &user, provider).await.unwrap();
        assert!(fresh.unwrap().token.expose().starts_with("access-"));
        assert_eq!(acme.refreshed(), before);
        site.clock.advance_s(590);
        for _ in 0..2 {
            let token = access_token(&site.app, &user, provider).await.unwrap();
            assert_eq!(token.unwrap().token.expose(), "access-refreshed");
        }
        assert_eq!(acme.refreshed(), before + 1);
        site.clock.advance_s(600);
        acme.break_by(Fault::Broken);
        assert!(access_token(&site.app, &user, provider).await.is_err());
        let verification = async || accounts(&browser).await[0]["verification"].clone();
        assert_eq!(
            verification().await["error"],
            json!(null),
            "it may work again"
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_provider_takes_back_is_told_its_owner_until_it_is_given_again() {
    with_acme(("", ""), async |site, acme| {
        let (browser, person, user) = somebody(&site, &acme).await;
        let provider = frontdesk_protocol::Provider::parse("acme").unwrap();
        site.clock.advance_s(590);
        acme.break_by(Fault::Revoked);
        assert!(access_token(&site.app, &user, provider).await.is_err());
        let verification = async || accounts(&browser).await[0]["verification"].clone();
        let told = verification().await;
        assert_eq!(told["status"], "verified");
        assert_eq!(told["error"]["code"], "oauth_provider_failed");
        acme.break_by(Fault::Nothing);
        let again = site.browser();
        assert_eq!(through(&again, SIGN_INS, &acme, &person).await, DONE);
        assert_eq!(verification().await["error"], json!(null));
    })
    .await;
}

#[tokio::test]
async fn a_provider_without_openid_is_asked_whose_a_token_is() {
    let acme = Provider::start().await;
    let url = acme.url().to_owned();
    let toml = format!(
        "[[providers]]\ntrusted_email = true\nid = \"acme\"\nclient_id = \"frontdesk\"\nclient_secret = \"a secret of the provider\"\n\
         authorization_url = \"{url}/authorize\"\ntoken_url = \"{url}/token\"\nuser_url = \"{url}/user\"\n"
    );
    on_sites_with(&toml, async |site| {
        let person = Person::new(&fresh_email());
        let browser = site.browser();
        signed_up(&browser, &acme, &person).await;
        let user = client(&browser).await["sessions"][0]["user"].clone();
        assert_eq!(user["last_name"], "Lovelace");
        let other = site.browser();
        assert_eq!(through(&other, SIGN_INS, &acme, &person).await, DONE);
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_goes_on_by_another_account_where_the_first_is_somebodys() {
    with_acme(("", ""), async |site, acme| {
        let taken = Person::new(&fresh_email());
        signed_up(&site.browser(), &acme, &taken).await;
        let browser = site.browser();
        assert_eq!(through(&browser, SIGN_UPS, &acme, &taken).await, BACK);
        let id = client(&browser).await["sign_up"]["id"].clone();
        let path = format!("{SIGN_UPS}/{}?_method=PATCH", id.as_str().unwrap());
        let own = Person::new(&fresh_email());
        assert_eq!(through(&browser, &path, &acme, &own).await, DONE);
        let user = client(&browser).await["sessions"][0]["user"].clone();
        let accounts = user["external_accounts"].as_array().unwrap();
        assert_eq!(accounts.len(), 1);
        assert_eq!(accounts[0]["provider_user_id"], own.subject.as_str());
        let transfer = site.browser().post(SIGN_INS, "transfer=true").await;
        assert_eq!(transfer.0, 404);
    })
    .await;
}
