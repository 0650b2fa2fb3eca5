//! The end of an account, what is held of one, and who writes its metadata.

use axum::body::Body;
use axum::http::Request;
use frontdesk_client::Value;
use image::ImageFormat;
use serde_json::json;
use sqlx::{AssertSqlSafe, Column as _, Connection as _, Row as _};

use crate::backend::{Backend, text};
use crate::pictures::{file, picture, send};
use crate::second_factor::code_of;
use crate::site::{Browser, PASSWORD, Site, fresh_email, on_sites, on_sites_with};

const ALL: &str = "username.enabled = true\nphone_number.enabled = true\nsessions.several = true";

/// Deletes the account of whoever is signed in.
async fn leave(browser: &Browser) -> (u16, Value) {
    browser.post("/v1/me?_method=DELETE", "").await
}

/// The places in the database, as `table.column`, in which one of the words stands.
async fn places(site: &Site, words: &[&str]) -> Vec<String> {
    let database = &site.app.config.options.database;
    let catalogue = if database.starts_with("sqlite") {
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    } else {
        "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'"
    };
    let mut connection = sqlx::AnyConnection::connect(database).await.unwrap();
    let tables = sqlx::query(catalogue).fetch_all(&mut connection).await;
    let mut found = Vec::new();
    for table in tables.unwrap() {
        let table: String = table.get("name");
        let sql = AssertSqlSafe(format!("SELECT * FROM {table}"));
        for row in sqlx::query(sql).fetch_all(&mut connection).await.unwrap() {
            for (place, column) in row.columns().iter().enumerate() {
                let text = row.try_get::<Option<String>, _>(place).ok().flatten();
                let text = text.unwrap_or_default().to_lowercase();
                if words.iter().any(|word| text.contains(&word.to_lowercase())) {
                    found.push(format!("{table}.{}", column.name()));
                }
            }
        }
    }
    connection.close().await.unwrap();
    found.sort();
    found.dedup();
    found
}

/// Somebody of whom there is as much as there can be, and their address and number.
async fn somebody(site: &Site) -> (Browser, String, String) {
    let (browser, email) = (site.browser(), fresh_email());
    let fields = [
        ("email_address", email.as_str()),
        ("password", PASSWORD),
        ("first_name", "Griselda"),
        ("last_name", "Quackenbush"),
        ("username", &email.split('@').next().unwrap()[..20]),
        ("unsafe_metadata", r#"{"shoe":"quackenbush"}"#),
        ("locale", "fr"),
    ];
    let (_, begun) = browser.submit("/v1/client/sign_ups", &fields).await;
    let id = text(&begun["response"], "id");
    let step = |name| format!("/v1/client/sign_ups/{id}/{name}_verification");
    browser
        .submit(&step("prepare"), &[("strategy", "email_code")])
        .await;
    let code = site.code(&email).await;
    let (status, done) = browser
        .submit(
            &step("attempt"),
            &[("strategy", "email_code"), ("code", &code)],
        )
        .await;
    assert_eq!((status, code_of(&done)), (200, "none"), "{done}");
    let number = format!("+1415555{:04}", 100 + email.len() % 50);
    let (_, added) = browser
        .submit("/v1/me/phone_numbers", &[("phone_number", &number)])
        .await;
    let id = text(&added["response"], "id");
    let path = |step| format!("/v1/me/phone_numbers/{id}/{step}_verification");
    let code = [("strategy", "phone_code"), ("code", "424242")];
    browser.submit(&path("prepare"), &code[..1]).await;
    let (status, proven) = browser.submit(&path("attempt"), &code).await;
    assert_eq!(status, 200, "{proven}");
    let sent = file(&picture(20, 20), ImageFormat::Png);
    assert_eq!(send(&browser, "/v1/me/profile_image", &sent).await.0, 200);
    browser
        .submit("/v1/organizations", &[("name", "Alone")])
        .await;
    (browser, email, number)
}

#[tokio::test]
async fn whoever_deletes_their_account_leaves_no_trace() {
    on_sites_with(ALL, async |site| {
        for by_admin in [false, true] {
            let (browser, email, number) = somebody(&site).await;
            let elsewhere = site.browser();
            elsewhere.sign_in(&email, PASSWORD).await.unwrap();
            let asking = site.browser();
            let sign_in = asking.begin_sign_in(&email).await;
            asking.prepare_sign_in(&sign_in).await.unwrap();
            let host = site.signed_up().await;
            let (_, lab) = host
                .submit("/v1/organizations", &[("name", "Laboratory")])
                .await;
            let invite = format!(
                "/v1/organizations/{}/invitations",
                text(&lab["response"], "id")
            );
            let fields = [("email_address", email.as_str()), ("role", "org:member")];
            assert_eq!(host.submit(&invite, &fields).await.0, 200);
            let (_, me) = browser.get("/v1/me").await;
            let user = text(&me["response"], "id");
            let name = text(&me["response"], "username");
            let words = [email.as_str(), &number, &name, "griselda", "quackenbush"];
            let before = places(&site, &words).await;
            for place in [
                "codes.address",
                "email_addresses.email_address",
                "invitations.email_address",
                "phone_numbers.phone_number",
                "sign_ins.person",
                "sign_ups.step",
                "users.first_name",
                "users.unsafe_metadata",
            ] {
                assert!(before.iter().any(|it| it == place), "{place}: {before:?}");
            }
            let stolen = site.browser();
            let cookie = browser.jar.get("frontdesk_client").unwrap();
            stolen.jar.set("frontdesk_client", &cookie);
            assert_eq!(stolen.get("/v1/me").await.0, 200);

            if by_admin {
                let backend = Backend::new(&site).await;
                let path = format!("/users/{user}");
                assert_eq!(backend.send("DELETE", &path, None).await.0, 200);
                assert_eq!(backend.send("DELETE", &path, None).await.0, 404);
            } else {
                let (status, answer) = leave(&browser).await;
                assert_eq!(status, 200, "{answer}");
                assert_eq!(answer["response"]["deleted"], true);
                assert_eq!(answer["client"]["sessions"], json!([]));
                assert_eq!(leave(&browser).await.0, 401);
            }
            assert_eq!(places(&site, &words).await, Vec::<String>::new());
            for browser in [&browser, &elsewhere, &stolen] {
                assert_eq!(browser.get("/v1/me").await.0, 401);
            }
            assert!(site.browser().sign_in(&email, PASSWORD).await.is_err());
            let organizations = Backend::new(&site).await.get("/organizations").await;
            let names = organizations["data"].as_array().unwrap().iter();
            assert_eq!(names.filter(|it| it["name"] == "Alone").count(), 0);
            site.clock.advance_s(60);
            let again = site.browser();
            again.sign_up(&email).await;
            assert_ne!(again.get("/v1/me").await.1["response"]["id"], user);
            leave(&again).await;
        }
    })
    .await;
}

#[tokio::test]
async fn others_in_the_browser_stay_and_settings_may_forbid_it() {
    on_sites_with(ALL, async |site| {
        let browser = site.browser();
        let (first, second) = (fresh_email(), fresh_email());
        browser.sign_up(&first).await;
        browser.sign_up(&second).await;
        let (_, client) = browser.get("/v1/client").await;
        assert_eq!(client["response"]["sessions"].as_array().unwrap().len(), 2);
        assert_eq!(leave(&browser).await.0, 200);
        let (_, client) = browser.get("/v1/client").await;
        let left = &client["response"]["sessions"];
        assert_eq!(left.as_array().unwrap().len(), 1);
        assert_eq!(left[0]["user"]["delete_self_enabled"], true);
        let backend = Backend::new(&site).await;
        let (status, _) = backend
            .send(
                "PATCH",
                "/settings",
                Some(json!({ "users": { "delete_self": false } })),
            )
            .await;
        assert_eq!(status, 200);
    })
    .await;
    on_sites_with("users.delete_self = false", async |site| {
        let browser = site.signed_up().await;
        let (_, me) = browser.get("/v1/me").await;
        assert_eq!(me["response"]["delete_self_enabled"], false);
        let (_, environment) = browser.get("/v1/environment").await;
        assert_eq!(
            environment["user_settings"]["actions"]["delete_self"],
            false
        );
        let (status, refused) = leave(&browser).await;
        assert_eq!((status, code_of(&refused)), (403, "authorization_invalid"));
        assert_eq!(browser.get("/v1/me").await.0, 200);
        assert_eq!(leave(&site.browser()).await.0, 401);
    })
    .await;
}

#[tokio::test]
async fn an_export_tells_everything_but_secrets() {
    on_sites_with(ALL, async |site| {
        let (browser, email, number) = somebody(&site).await;
        let (_, codes) = browser.post("/v1/me/backup_codes", "").await;
        let backend = Backend::new(&site).await;
        let (_, me) = browser.get("/v1/me").await;
        let id = text(&me["response"], "id");
        let hidden = json!({ "private_metadata": { "risk": "low-ish" } });
        backend.post(&format!("/users/{id}/metadata"), hidden).await;
        let cookie = browser.jar.get("frontdesk_client").unwrap();
        let request =
            Request::get("/v1/me/export").header("cookie", format!("frontdesk_client={cookie}"));
        let request = request.body(Body::empty()).unwrap();
        let (status, headers, own) = site.answer(request).await;
        assert_eq!(status, 200, "{own}");
        assert!(
            headers["content-disposition"]
                .to_str()
                .unwrap()
                .starts_with("attachment")
        );
        let admin = backend.get(&format!("/users/{id}/export")).await;
        for export in [&own, &admin] {
            let text = export.to_string();
            for word in [
                email.as_str(),
                &number,
                "Griselda",
                "Quackenbush",
                "quackenbush",
            ] {
                assert!(text.contains(word), "{word}");
            }
            for secret in ["$argon2", "sealed", "token_hash", "\"hash\""] {
                assert!(!text.contains(secret), "{secret}");
            }
            assert_eq!(export["object"], "user_export");
            assert_eq!(export["settings"][0]["locale"], "fr");
            assert_eq!(export["credentials"][0]["factor"], "password");
            assert_eq!(export["sessions"][0]["client_address"], "127.0.0.1");
            assert!(export["picture"]["base64"].as_str().unwrap().len() > 100);
            let lines = export["audit_log"].as_array().unwrap();
            assert!(lines.iter().any(|line| line["action"] == "user.created"));
            assert_eq!(
                export["user"]["organization_memberships"][0]["role"],
                "org:admin"
            );
        }
        for code in codes["response"]["codes"].as_array().into_iter().flatten() {
            assert!(!admin.to_string().contains(code.as_str().unwrap()));
        }
        assert_eq!(admin["user"]["private_metadata"]["risk"], "low-ish");
        assert!(!own.to_string().contains("low-ish"));
        let line = admin["audit_log"].as_array().unwrap().iter();
        assert_eq!(
            line.filter(|line| line["action"] == "user.exported")
                .count(),
            2
        );
        assert_eq!(site.browser().get("/v1/me/export").await.0, 401);
        for _ in 0..9 {
            assert_eq!(browser.get("/v1/me/export").await.0, 200);
        }
        assert_eq!(browser.get("/v1/me/export").await.0, 429);
        let nobody = format!("/users/user_{}/export", "0".repeat(26));
        assert_eq!(backend.send("GET", &nobody, None).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn of_metadata_people_write_the_unsafe_kind_alone() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let forged = [
            ("public_metadata", r#"{"plan":"pro"}"#),
            ("private_metadata", r#"{"risk":0}"#),
            ("external_id", "forged"),
            ("legal_accepted_at", "1"),
            ("unsafe_metadata", r#"{"a":1,"b":{"c":2}}"#),
        ];
        for path in ["/v1/me?_method=PATCH", "/v1/me/metadata?_method=PATCH"] {
            let (status, answer) = browser.submit(path, &forged).await;
            assert_eq!(status, 200, "{answer}");
            let user = &answer["response"];
            assert_eq!(user["public_metadata"], json!({}));
            assert_eq!(user["external_id"], Value::Null);
            assert_eq!(user["legal_accepted_at"], Value::Null);
            assert_eq!(user["unsafe_metadata"], json!({ "a": 1, "b": { "c": 2 } }));
        }
        let path = "/v1/me/metadata?_method=PATCH";
        let merge = [("unsafe_metadata", r#"{"a":null,"b":{"d":3}}"#)];
        let (_, answer) = browser.submit(path, &merge).await;
        let merged = &answer["response"]["unsafe_metadata"];
        assert_eq!(*merged, json!({ "b": { "c": 2, "d": 3 } }));
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(120), "]".repeat(120));
        for wrong in ["", "[1]", "{", &deep] {
            let (status, _) = browser.submit(path, &[("unsafe_metadata", wrong)]).await;
            assert_eq!(status, 422, "{wrong}");
        }
        let newcomer = site.browser();
        let email = fresh_email();
        let fields = [
            ("email_address", email.as_str()),
            ("unsafe_metadata", &deep),
        ];
        let (status, refused) = newcomer.submit("/v1/client/sign_ups", &fields).await;
        assert_eq!(status, 422, "{refused}");
        let backend = Backend::new(&site).await;
        let id = text(&answer["response"], "id");
        let known = backend.get(&format!("/users/{id}")).await;
        assert_eq!(known["private_metadata"], json!({}));
        let mine = fresh_email();
        let change = json!({ "external_id": mine, "legal_accepted_at": 5 });
        let (status, changed) = backend
            .send("PATCH", &format!("/users/{id}"), Some(change.clone()))
            .await;
        assert_eq!((status, &changed["legal_accepted_at"]), (200, &json!(5)));
        let found = backend.get(&format!("/users?external_id={mine}")).await;
        assert_eq!(found[0]["id"], id);
        let other = site.signed_up().await;
        let (_, me) = other.get("/v1/me").await;
        let path = format!("/users/{}", text(&me["response"], "id"));
        let taken = backend.refused("PATCH", &path, change).await;
        assert_eq!(taken.0, "form_identifier_exists");
    })
    .await;
}
