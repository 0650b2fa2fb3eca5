//! Tokens that say what somebody else's service asks for.

use frontdesk_protocol::{CreateOrganization, ErrorCode, TouchSession};
use frontdesk_server::config::Config;
use frontdesk_verify::{Refusal, Rules, check};
use serde_json::Value;

use crate::keys::{mint, part, published, verdict};
use crate::site::{NOW, ORIGIN, fresh_email, on_sites_with, options};

const TEMPLATES: &str = r#"
[[tokens.templates]]
name = "hasura"
lifetime_s = 300
[tokens.templates.claims]
aud = "hasura"
email = "{{user.primary_email_address}}"
name = "{{user.first_name || 'nobody'}} {{user.last_name}}"
plan = "{{user.public_metadata.plan.name || 'free'}}"
session = "{{session.id}}"
limit = 5
"https://hasura.io/jwt/claims" = { x-user-id = "{{user.id}}", x-roles = ["{{org.role}}", "user"], x-org = "{{org.slug}}", x-org-id = "{{org.id}}" }

[[tokens.templates]]
name = "plain"

[[tokens.templates]]
name = "long"
claims = { text = "TEXT" }
"#;

#[tokio::test]
async fn a_template_says_what_another_service_asks_for() {
    let toml = TEMPLATES.replace("TEXT", &"long ".repeat(700));
    on_sites_with(&toml, async |site| {
        let browser = site.browser();
        let email = fresh_email();
        browser.sign_up(&email).await;
        let client = browser.desk.client().unwrap();
        let session = client.active_session().unwrap().clone();
        let (status, body) = mint(&browser, "/hasura").await;
        assert_eq!(status, 200, "{body}");
        let claims = part(body["jwt"].as_str().unwrap(), 1);
        let seconds = NOW.as_s();
        for (name, expected) in [
            ("iss", ORIGIN.into()),
            ("sub", session.user.id.as_str().into()),
            ("sid", session.id.as_str().into()),
            ("azp", ORIGIN.into()),
            ("iat", seconds.into()),
            ("exp", (seconds + 300).into()),
            ("aud", "hasura".into()),
            ("email", Value::from(email.as_str())),
            ("name", "nobody ".into()),
            ("plan", "free".into()),
            ("session", session.id.as_str().into()),
            ("limit", 5.into()),
        ] {
            assert_eq!(claims[name], expected, "{name}");
        }
        let nested = &claims["https://hasura.io/jwt/claims"];
        assert_eq!(nested["x-user-id"], session.user.id.as_str());
        assert_eq!(
            (&nested["x-org"], &nested["x-roles"][0]),
            (&Value::Null, &Value::Null)
        );

        let named = CreateOrganization {
            name: Some("Navy".to_owned()),
            slug: None,
        };
        let organization = browser.desk.create_organization(&named).await.unwrap();
        let touch = TouchSession {
            active_organization_id: Some(organization.id.to_string()),
        };
        browser
            .desk
            .touch_session(&session.id, &touch)
            .await
            .unwrap();
        let (_, body) = mint(&browser, "/hasura").await;
        let claims = part(body["jwt"].as_str().unwrap(), 1);
        let nested = &claims["https://hasura.io/jwt/claims"];
        assert_eq!(nested["x-org"], organization.slug);
        assert_eq!(nested["x-org-id"], organization.id.as_str());
        assert_eq!(nested["x-roles"][0], "org:admin");
    })
    .await;
}

#[tokio::test]
async fn a_template_is_signed_like_a_session_token_but_is_no_cookie() {
    let toml = TEMPLATES.replace("TEXT", "short");
    on_sites_with(&toml, async |site| {
        let browser = site.signed_up().await;
        let cookie = browser.jar.get("__session");
        let (_, body) = mint(&browser, "/plain").await;
        let (_, keys) = published(&site).await;
        let jwt = body["jwt"].as_str().unwrap();
        assert_eq!(verdict(jwt, &keys, NOW), None);
        assert_eq!(part(jwt, 1)["exp"], NOW.as_s() + 60);
        assert_eq!(browser.jar.get("__session"), cookie);
        // A token for somebody else is not taken for one of ours.
        let (_, body) = mint(&browser, "/hasura").await;
        let jwt = body["jwt"].as_str().unwrap();
        assert_eq!(verdict(jwt, &keys, NOW), Some(Refusal::WrongClaims));
    })
    .await;
}

#[tokio::test]
async fn features_are_what_a_template_says() {
    let toml = r#"
[[tokens.templates]]
name = "features"
claims = { fea = "{{user.public_metadata.features || 'u:export'}}" }
[[tokens.templates]]
name = "none"
claims = { fea = "{{user.public_metadata.features || ''}}" }
"#;
    on_sites_with(toml, async |site| {
        let browser = site.signed_up().await;
        let (_, keys) = published(&site).await;
        for (template, has_it) in [("/features", true), ("/none", false)] {
            let (_, body) = mint(&browser, template).await;
            let token = body["jwt"].as_str().unwrap();
            let claims = check(token, &keys, &Rules::new(ORIGIN), NOW).unwrap();
            assert_eq!(claims.has_feature("export"), has_it, "{template}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_template_that_is_unknown_or_says_too_much_is_refused() {
    let toml = TEMPLATES.replace("TEXT", &"long ".repeat(700));
    on_sites_with(&toml, async |site| {
        let browser = site.signed_up().await;
        for (template, status, code) in [
            ("/none", 404, ErrorCode::ResourceNotFound),
            ("/long", 422, ErrorCode::FormParamMaxLengthExceeded),
        ] {
            let (answered, body) = mint(&browser, template).await;
            let error = &body["errors"][0];
            assert_eq!((answered, &error["code"]), (status, &code.as_str().into()));
            assert_eq!(error["meta"]["param_name"], "template");
        }
    })
    .await;
}

#[test]
fn a_server_does_not_start_with_tokens_that_make_no_sense() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("frontdesk.toml");
    let refusal = |toml: &str| {
        std::fs::write(&path, toml).unwrap();
        let path = path.display().to_string();
        let config = Config::new(options(&["--development", "--config", &path]));
        config.err().map(|error| format!("{error:#}"))
    };
    let template = |more: &str| refusal(&format!("[[tokens.templates]]\nname = \"a\"\n{more}\n"));
    assert_eq!(template(""), None);
    for (refused, reason) in [
        (refusal("[tokens]\nalgorithm = \"HS256\"\n"), "HS256"),
        (
            refusal("[tokens]\npublish_ahead_s = 60\n"),
            "publish_ahead_s",
        ),
        (
            refusal("[tokens]\nrotate_after_s = 86400\n"),
            "rotate_after_s",
        ),
        (template("lifetime_s = 5"), "lifetime_s"),
        (template("claims = { sub = \"me\" }"), "sub"),
        (template("claims = { a = \"{{user.shoe}}\" }"), "user.shoe"),
        (template("[[tokens.templates]]\nname = \"a\""), "two"),
        (template("[[tokens.templates]]\nname = \"a/b\""), "a/b"),
        (template("kind = \"x\""), "kind"),
    ] {
        assert!(refused.unwrap().contains(reason), "{reason}");
    }
}
