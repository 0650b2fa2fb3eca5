//! Sessions and their tokens.

use base64::Engine as _;
use frontdesk_protocol::{CreateOrganization, ErrorCode, SessionStatus, TouchSession};
use frontdesk_verify::{Jwks, Rules, check};

use crate::site::{Browser, ORIGIN, Site, on_sites, on_sites_with, refusal};

async fn token(browser: &Browser) -> (u16, Option<String>) {
    let session = browser
        .desk
        .client()
        .unwrap()
        .last_active_session_id
        .clone()
        .unwrap();
    let (status, body) = browser
        .post(&format!("/v1/client/sessions/{session}/tokens"), "")
        .await;
    (status, body["jwt"].as_str().map(str::to_owned))
}

async fn keys(site: &Site) -> Jwks {
    let (_, body) = site.browser().get("/.well-known/jwks.json").await;
    Jwks::parse(&body.to_string()).unwrap()
}

#[tokio::test]
async fn a_token_is_good_for_a_minute_and_says_who() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let (_, jwt) = token(&browser).await;
        let jwt = jwt.unwrap();
        let rules = Rules::new(ORIGIN).with_party(ORIGIN);
        let keys = keys(&site).await;
        let claims = check(&jwt, &keys, &rules, site.clock.now()).unwrap();
        let client = browser.desk.client().unwrap();
        let session = client.active_session().unwrap();
        assert_eq!((&claims.sub, &claims.sid), (&session.user.id, &session.id));
        assert_eq!(claims.exp - claims.iat, 60);
        assert_eq!(browser.jar.get("__session"), Some(jwt.clone()));
        site.clock.advance_s(66);
        assert!(check(&jwt, &keys, &rules, site.clock.now()).is_err());
    })
    .await;
}

#[tokio::test]
async fn whoever_signed_out_mints_no_token() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let session = browser
            .desk
            .client()
            .unwrap()
            .last_active_session_id
            .clone()
            .unwrap();
        let before = browser.jar.get("frontdesk_client").unwrap();
        browser.desk.sign_out().await.unwrap();
        assert!(browser.desk.client().unwrap().sessions.is_empty());
        assert_eq!(browser.jar.get("__session"), None);
        for secret in [browser.jar.get("frontdesk_client").unwrap(), before] {
            browser.jar.set("frontdesk_client", &secret);
            let (status, body) = browser
                .post(&format!("/v1/client/sessions/{session}/tokens"), "")
                .await;
            assert_eq!(
                (status, body["errors"][0]["code"].as_str()),
                (401, Some("authentication_invalid"))
            );
        }
    })
    .await;
}

#[tokio::test]
async fn one_session_can_be_ended_and_another_browsers_cannot() {
    on_sites(async |site| {
        let (mine, theirs) = (site.signed_up().await, site.signed_up().await);
        let their_session = theirs
            .desk
            .client()
            .unwrap()
            .last_active_session_id
            .clone()
            .unwrap();
        let refused = refusal(mine.desk.end_session(&their_session).await);
        assert_eq!(refused.0, ErrorCode::ResourceNotFound);
        let ended = theirs.desk.end_session(&their_session).await.unwrap();
        assert_eq!(ended.status, SessionStatus::Ended);
        assert_eq!(
            refusal(theirs.desk.me().await).0,
            ErrorCode::AuthenticationInvalid
        );
        assert!(mine.desk.me().await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_token_tells_the_organization_and_the_role() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let named = CreateOrganization {
            name: Some("Navy".to_owned()),
            slug: None,
        };
        let organization = browser.desk.create_organization(&named).await.unwrap();
        let session = browser
            .desk
            .client()
            .unwrap()
            .last_active_session_id
            .clone()
            .unwrap();
        let touch = |wanted: &str| TouchSession {
            active_organization_id: Some(wanted.to_owned()),
        };
        let touched = browser
            .desk
            .touch_session(&session, &touch(organization.id.as_str()))
            .await
            .unwrap();
        assert_eq!(
            touched.last_active_organization_id,
            Some(organization.id.clone())
        );
        let (keys, rules) = (keys(&site).await, Rules::new(ORIGIN));
        let jwt = token(&browser).await.1.unwrap();
        let claims = check(&jwt, &keys, &rules, site.clock.now()).unwrap();
        assert!(claims.has_role("admin") && claims.is_in(&organization.id));
        browser
            .desk
            .touch_session(&session, &touch(""))
            .await
            .unwrap();
        let jwt = token(&browser).await.1.unwrap();
        assert_eq!(
            check(&jwt, &keys, &rules, site.clock.now())
                .unwrap()
                .organization,
            None
        );
        let stranger = site.signed_up().await;
        let their_session = stranger
            .desk
            .client()
            .unwrap()
            .last_active_session_id
            .clone()
            .unwrap();
        let refused = refusal(
            stranger
                .desk
                .touch_session(&their_session, &touch(&organization.slug))
                .await,
        );
        assert_eq!(refused.0, ErrorCode::ResourceNotFound);
        let form = format!("organization_id={}", organization.id);
        let (status, _) = stranger
            .post(
                &format!("/v1/client/sessions/{their_session}/tokens"),
                &form,
            )
            .await;
        assert_eq!(status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_age_and_by_being_left_alone() {
    on_sites_with(
        "[sessions]\nlifetime_s = 7200\ninactivity_s = 600\n",
        async |site| {
            let browser = site.signed_up().await;
            for _ in 0..3 {
                site.clock.advance_s(500);
                assert_eq!(token(&browser).await.0, 200);
                site.note_activity().await;
            }
            site.clock.advance_s(601);
            assert_eq!(token(&browser).await.0, 401);
            assert_eq!(
                refusal(browser.desk.me().await).0,
                ErrorCode::AuthenticationInvalid
            );
        },
    )
    .await;
}

#[tokio::test]
async fn a_session_in_use_ends_with_its_lifetime_all_the_same() {
    let toml = "[sessions]\nlifetime_s = 1800\ninactivity_s = 600\n[[tokens.templates]]\nname = \"other\"\n";
    on_sites_with(toml, async |site| {
        let browser = site.signed_up().await;
        let client = browser.desk.client().unwrap();
        let session = client.last_active_session_id.clone().unwrap();
        for _ in 0..3 {
            site.clock.advance_s(599);
            assert_eq!(token(&browser).await.0, 200);
            site.note_activity().await;
        }
        site.clock.advance_s(2);
        assert_eq!(token(&browser).await.0, 200);
        site.clock.advance_s(1);
        assert_eq!(token(&browser).await.0, 401);
        let path = format!("/v1/client/sessions/{session}/tokens/other");
        assert_eq!(browser.post(&path, "").await.0, 401);
    })
    .await;
}

#[tokio::test]
async fn whoever_touches_a_session_does_not_leave_it_alone() {
    on_sites_with("[sessions]\ninactivity_s = 600\n", async |site| {
        let browser = site.signed_up().await;
        let client = browser.desk.client().unwrap();
        let session = client.last_active_session_id.clone().unwrap();
        for _ in 0..3 {
            site.clock.advance_s(599);
            let touched = browser
                .desk
                .touch_session(&session, &TouchSession::default())
                .await
                .unwrap();
            assert_eq!(touched.abandon_at, site.clock.now().plus_s(600));
        }
        site.clock.advance_s(600);
        assert_eq!(token(&browser).await.0, 401);
    })
    .await;
}

#[tokio::test]
async fn a_session_in_use_lives_on_however_soon_it_would_end() {
    on_sites_with("[sessions]\ninactivity_s = 60\n", async |site| {
        let browser = site.signed_up().await;
        for _ in 0..5 {
            site.clock.advance_s(31);
            assert_eq!(token(&browser).await.0, 200);
            site.note_activity().await;
        }
        site.clock.advance_s(60);
        assert_eq!(token(&browser).await.0, 401);
    })
    .await;
}

#[tokio::test]
async fn minting_changes_nothing_in_the_store() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let before = browser.get("/v1/client").await.1["response"]["updated_at"].clone();
        for _ in 0..3 {
            assert_eq!(token(&browser).await.0, 200);
        }
        assert_eq!(
            browser.get("/v1/client").await.1["response"]["updated_at"],
            before
        );
    })
    .await;
}

#[tokio::test]
async fn a_reading_browser_that_is_unknown_leaves_no_trace() {
    on_sites(async |site| {
        let browser = site.browser();
        let (status, body) = browser.get("/v1/client").await;
        assert_eq!((status, body["response"].is_null()), (200, true));
        assert_eq!(browser.jar.get("frontdesk_client"), None);
        assert!(refusal(browser.desk.me().await).0 == ErrorCode::AuthenticationInvalid);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_in_is_led_back_with_a_new_token_and_others_sign_in_first() {
    on_sites(async |site| {
        let back = "http://localhost:5000/reports?year=2026";
        let renew = "/renew?redirect_url=http%3A%2F%2Flocalhost%3A5000%2Freports%3Fyear%3D2026";
        let sign_in = format!(
            "{}/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A5000%2Freports%3Fyear%3D2026",
            site.app.config.public_url
        );
        let stranger = site.browser();
        assert_eq!(stranger.visit(renew).await, (303, sign_in));
        assert_eq!(stranger.jar.get("__session"), None);
        let browser = site.signed_up().await;
        browser.jar.set("__session", "");
        assert_eq!(browser.visit(renew).await, (303, back.to_owned()));
        let token = browser.jar.get("__session").unwrap();
        let claims = token.split('.').nth(1).unwrap();
        let claims = base64::prelude::BASE64_URL_SAFE_NO_PAD
            .decode(claims)
            .unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["azp"], "http://localhost:5000");
        for elsewhere in [
            "/renew",
            "/renew?redirect_url=",
            "/renew?redirect_url=https%3A%2F%2Fevil.example%2F",
            "/renew?redirect_url=%2F%2Fevil.example%2F",
            "/renew?redirect_url=javascript%3Aalert(1)",
        ] {
            assert_eq!(
                browser.visit(elsewhere).await,
                (422, String::new()),
                "{elsewhere}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_has_something_to_do_first_is_not_led_back() {
    on_sites_with("second_factor.required = true", async |site| {
        let browser = site.signed_up().await;
        browser.jar.set("__session", "");
        let (status, place) = browser.visit("/renew?redirect_url=%2Fhome").await;
        assert_eq!(status, 303);
        assert!(place.ends_with("/sign-in?redirect_url=%2Fhome"), "{place}");
        assert_eq!(browser.jar.get("__session"), None);
    })
    .await;
}
