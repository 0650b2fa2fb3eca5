//! Settings changed through the Admin API: checked, kept sealed, and seen by every server.

use frontdesk_server::app::App;
use frontdesk_server::chance::Chance;
use frontdesk_server::config::Config;
use frontdesk_server::{reset_settings, settings};
use serde_json::json;

use crate::backend::{Backend, about};
use crate::keys::on_grounds;
use crate::site::options;

const PROVIDER: &str = r#"
[[providers]]
id = "github"
client_id = "ours"
client_secret = "told to nobody"
[texts]
twilio_url = "https://api.example.com"
twilio_account = "account"
twilio_token = "a token of ours"
"#;

#[tokio::test]
async fn a_change_is_seen_here_at_once_and_elsewhere_soon() {
    on_grounds(async |ground| {
        let (here, there) = (ground.site("").await, ground.site("").await);
        let backend = Backend::new(&here).await;
        let change = json!({ "application_name": "Lab", "sign_up": { "mode": "restricted" } });
        let (status, answer) = backend.send("PATCH", "/settings", Some(change)).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(answer["application_name"], "Lab");
        let (_, shown) = here.browser().get("/v1/environment").await;
        assert_eq!(shown["display_config"]["application_name"], "Lab");
        assert_eq!(shown["user_settings"]["sign_up"]["mode"], "restricted");
        assert_eq!(there.app.settings().application_name, "Frontdesk");
        settings::refresh(&there.app).await.unwrap();
        let (_, shown) = there.browser().get("/v1/environment").await;
        assert_eq!(shown["display_config"]["application_name"], "Lab");
        let later = ground.site("").await;
        assert_eq!(later.app.settings().application_name, "Lab");
        assert_eq!(backend.send("DELETE", "/settings", None).await.0, 200);
        settings::refresh(&there.app).await.unwrap();
        assert_eq!(there.app.settings().application_name, "Frontdesk");
    })
    .await;
}

#[tokio::test]
async fn two_changes_at_once_are_both_made() {
    on_grounds(async |ground| {
        let (here, there) = (ground.site("").await, ground.site("").await);
        let (one, other) = (Backend::new(&here).await, Backend::new(&there).await);
        let (first, second) = tokio::join!(
            one.send(
                "PATCH",
                "/settings",
                Some(json!({ "application_name": "Lab" }))
            ),
            other.send(
                "PATCH",
                "/settings",
                Some(json!({ "support_email": "a@example.com" }))
            )
        );
        assert_eq!((first.0, second.0), (200, 200));
        let shown = one.get("/settings").await;
        assert_eq!(shown["application_name"], "Lab");
        assert_eq!(shown["support_email"], "a@example.com");
    })
    .await;
}

#[tokio::test]
async fn null_takes_a_value_away_and_the_rest_stays() {
    on_grounds(async |ground| {
        let toml = "support_email = \"help@example.com\"\nsign_up.captcha_after = 0";
        let site = ground.site(toml).await;
        let backend = Backend::new(&site).await;
        let change = json!({ "support_email": null, "sign_up": { "legal_consent": true } });
        backend.send("PATCH", "/settings", Some(change)).await;
        let shown = backend.get("/settings").await;
        assert_eq!(shown["support_email"], json!(null));
        assert_eq!(shown["sign_up"]["legal_consent"], true);
        assert_eq!(shown["sign_up"]["captcha_after"], 0);
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_name_and_changes_nothing() {
    on_grounds(async |ground| {
        let site = ground.site("").await;
        let backend = Backend::new(&site).await;
        let before = backend.get("/settings").await;
        let refused = async |change| backend.refused("PATCH", "/settings", change).await;
        let code = "form_param_value_invalid";
        assert_eq!(
            refused(json!({ "sign_up": { "mod": "public" } })).await,
            about(code, "mod")
        );
        assert_eq!(
            refused(json!({ "nothing": 1 })).await,
            about(code, "nothing")
        );
        assert_eq!(
            refused(json!({ "sign_up": { "mode": "open" } })).await,
            about(code, "open")
        );
        assert_eq!(
            refused(json!({ "password": { "min_length": 0 } })).await.0,
            code
        );
        assert_eq!(
            refused(json!({ "password": { "breached_filter": "passwords" } })).await,
            about(code, "password.breached_filter")
        );
        assert_eq!(
            refused(json!({ "limits": { "connections": 1 } })).await,
            about(code, "limits")
        );
        assert_eq!(refused(json!([])).await.0, "request_body_invalid");
        assert_eq!(backend.get("/settings").await, before);
        assert_eq!(site.app.settings_version(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_never_shown_stays_when_it_is_sent_back_and_goes_nowhere_else() {
    on_grounds(async |ground| {
        let site = ground.site(PROVIDER).await;
        let backend = Backend::new(&site).await;
        let shown = backend.get("/settings").await;
        assert!(!shown.to_string().contains("told to nobody"));
        let secret = |place: usize| {
            let settings = site.app.settings();
            let secret = settings.providers[place].client_secret.as_ref();
            secret.map(|secret| secret.expose().clone())
        };
        let mut providers = shown["providers"].clone();
        assert_eq!(providers[0]["client_secret"], "[secret]");
        providers[0]["name"] = json!("Our GitHub");
        let gitlab = json!({ "id": "gitlab", "client_id": "theirs", "client_secret": "of the change" });
        let list = providers.as_array_mut().unwrap();
        list.push(gitlab);
        let (status, answer) =
            backend.send("PATCH", "/settings", Some(json!({ "providers": providers }))).await;
        assert_eq!(status, 200, "{answer}");
        assert!(!answer.to_string().contains("of the change"));
        let (status, _) =
            backend.send("PATCH", "/settings", Some(json!({ "providers": answer["providers"] }))).await;
        assert_eq!(status, 200);
        assert_eq!(secret(0).as_deref(), Some("told to nobody"));
        assert_eq!(secret(1).as_deref(), Some("of the change"));
        let mut moved = answer["providers"].clone();
        moved[1]["issuer"] = json!("https://evil.example");
        let mut elsewhere = answer["providers"].clone();
        elsewhere[0]["token_url"] = json!("https://evil.example/token");
        for change in [
            json!({ "providers": moved }),
            json!({ "providers": elsewhere }),
            json!({ "texts": { "twilio_url": "https://evil.example" } }),
            json!({ "providers": [{ "id": "new", "client_id": "a", "client_secret": "[secret]" }] }),
        ] {
            let refused = backend.refused("PATCH", "/settings", change).await;
            assert_eq!(refused.0, "form_param_value_invalid");
        }
        let stored = sqlx::query_scalar::<_, String>("SELECT changes FROM settings")
            .fetch_one(&mut ground.connection().await)
            .await
            .unwrap();
        assert!(!stored.contains("of the change") && !stored.contains("providers"));
        // Nor in two steps: what was taken away and put back elsewhere.
        let away = json!({ "providers": [], "texts": { "twilio_token": null, "twilio_url": "https://evil.example" } });
        assert_eq!(backend.send("PATCH", "/settings", Some(away)).await.0, 200);
        for change in [
            json!({ "providers": [{ "id": "github", "client_id": "ours", "client_secret": "[secret]",
                "issuer": "https://evil.example" }] }),
            json!({ "texts": { "twilio_token": "[secret]" } }),
        ] {
            let refused = backend.refused("PATCH", "/settings", change).await;
            assert_eq!(refused.0, "form_param_value_invalid");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_read_can_be_sent_back() {
    on_grounds(async |ground| {
        let site = ground.site(PROVIDER).await;
        let backend = Backend::new(&site).await;
        let before = backend.get("/settings").await;
        let (status, after) = backend
            .send("PATCH", "/settings", Some(before.clone()))
            .await;
        assert_eq!((status, after), (200, before));
    })
    .await;
}

#[tokio::test]
async fn changes_that_keep_a_server_from_starting_are_forgotten_by_a_command() {
    on_grounds(async |ground| {
        let site = ground.site("").await;
        let backend = Backend::new(&site).await;
        let change = json!({ "password": { "max_length": 20 } });
        assert_eq!(
            backend.send("PATCH", "/settings", Some(change)).await.0,
            200
        );
        let file = ground.folder.path().join("narrow.toml");
        std::fs::write(&file, "password.min_length = 30").unwrap();
        let file = file.display().to_string();
        let arguments = [
            "--development",
            "--database",
            &ground.database,
            "--config",
            &file,
        ];
        let start = async || {
            let config = Config::new(options(&arguments)).unwrap();
            App::open(config, ground.clock.clone(), Chance::System).await
        };
        let refused = format!("{:#}", start().await.unwrap_err());
        assert!(
            refused.contains("max_length") && refused.contains("frontdesk settings reset"),
            "{refused}"
        );
        reset_settings(options(&arguments).base).await.unwrap();
        assert_eq!(start().await.unwrap().settings().password.max_length, 128);
        settings::refresh(&site.app).await.unwrap();
        assert_eq!(site.app.settings().password.max_length, 128);
        let lines = backend.get("/audit_log?action=settings.changed").await;
        let mut lines = lines.as_array().unwrap().iter();
        assert!(lines.any(|line| line["subject"] == "command line"));
    })
    .await;
}

#[tokio::test]
async fn settings_that_keep_people_out_are_refused_from_either_place() {
    let github = json!({ "id": "github", "client_id": "ours" });
    let no_mail = json!({ "enabled": false });
    let cases = [
        (
            json!({ "second_factor": { "required": true, "authenticator_app": false } }),
            "second_factor.required",
        ),
        (
            json!({ "second_factor": { "required": true, "authenticator_app": false, "phone_code": true } }),
            "second_factor.required",
        ),
        (
            json!({ "password": { "enabled": false }, "email_address": { "code": false } }),
            "password.enabled",
        ),
        (
            json!({ "email_address": no_mail, "username": { "enabled": true } }),
            "email_address.enabled",
        ),
        (
            json!({ "phone_number": { "calling_codes": ["fr"] } }),
            "phone_number.calling_codes",
        ),
        (json!({ "providers": [github, github] }), "providers"),
        (
            json!({ "passkeys": { "enabled": true, "rp_id": "example.com" } }),
            "passkeys.rp_id",
        ),
    ];
    on_grounds(async |ground| {
        let site = ground.site("").await;
        let backend = Backend::new(&site).await;
        for (settings, name) in &cases {
            let code = "form_param_value_invalid";
            let refused = backend.refused("PATCH", "/settings", settings.clone());
            assert_eq!(refused.await, about(code, name), "{settings}");
            let settings = serde_json::from_value(settings.clone()).unwrap();
            let refused = site.app.config.check(&settings).unwrap_err().to_string();
            assert!(refused.contains(name), "{refused}");
        }
        let role = json!({ "organizations": { "domains": { "default_role": "org:guest" } } });
        let refused = backend.refused("PATCH", "/settings", role.clone()).await;
        assert_eq!(
            refused.1.as_deref(),
            Some("organizations.domains.default_role")
        );
        backend
            .post("/roles", json!({ "key": "org:guest", "name": "Guest" }))
            .await;
        assert_eq!(backend.send("PATCH", "/settings", Some(role)).await.0, 200);
        let codes = json!({ "phone_number": { "calling_codes": ["+33", "1"] } });
        let (_, answer) = backend.send("PATCH", "/settings", Some(codes)).await;
        assert_eq!(answer["phone_number"]["calling_codes"], json!(["33", "1"]));
    })
    .await;
}
