//! The Admin API: who may do what by which key, and what becomes of people.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use frontdesk_client::Value;
use frontdesk_protocol::{CreateOrganization, SignInStatus};
use frontdesk_server::create_secret_key;
use frontdesk_server::routes::admin::table;
use serde_json::json;

use crate::backend::{Backend, about, reason, text};
use crate::keys::on_grounds;
use crate::site::{PASSWORD, Site, fresh_email, on_sites, on_sites_with, options};

fn scopes() -> BTreeSet<&'static str> {
    let routes = table::routes();
    routes.iter().map(|(entry, _)| entry.scope).collect()
}

/// A user with a password, made by the app's server.
async fn somebody(backend: &Backend, email: &str) -> Value {
    let user = json!({ "email_address": [email], "password": PASSWORD });
    backend.post("/users", user).await
}

async fn bare(site: &Site, method: &str, path: &str, key: Option<&str>) -> u16 {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(key) = key {
        request = request.header("authorization", key);
    }
    site.answer(request.body(Body::empty()).unwrap()).await.0
}

#[tokio::test]
async fn a_key_opens_what_its_scopes_say_and_nothing_else() {
    on_grounds(async |ground| {
        let site = ground.site("").await;
        for scope in scopes() {
            let others: Vec<&str> = scopes().into_iter().filter(|it| *it != scope).collect();
            let (mine, all_others) = (
                Backend::with(&site, &[scope]).await,
                Backend::with(&site, &others).await,
            );
            for (entry, _) in table::routes() {
                let path = entry.path.replace("{id}", "nobody");
                let path = path.strip_prefix(table::PREFIX).unwrap();
                let (status, _) = mine.send(entry.method, path, None).await;
                assert_eq!(
                    status == 403,
                    entry.scope != scope,
                    "{scope}: {} {path}: {status}",
                    entry.method
                );
                if entry.scope == scope {
                    let (status, _) = all_others.send(entry.method, path, None).await;
                    assert_eq!(status, 403, "{} {path}", entry.method);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_key_there_is_nothing_to_see() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        for (entry, _) in table::routes() {
            let path = entry.path.replace("{id}", "nobody");
            for key in [
                None,
                Some("Bearer sk_test_guessed"),
                Some("Basic abc"),
                Some("Bearer "),
            ] {
                assert_eq!(bare(&site, entry.method, &path, key).await, 401, "{path}");
            }
        }
        let (status, _) = browser.get("/admin/v1/users").await;
        assert_eq!(status, 401, "a cookie is no key");
        let preflight = Request::options("/admin/v1/users")
            .header("origin", "http://localhost:4000")
            .body(Body::empty())
            .unwrap();
        let (_, headers, _) = site.answer(preflight).await;
        assert!(!headers.contains_key("access-control-allow-origin"));
    })
    .await;
}

#[tokio::test]
async fn a_key_is_told_once_and_worthless_when_it_is_revoked() {
    on_sites(async |site| {
        let owner = Backend::new(&site).await;
        let key = json!({ "name": "Shop", "scopes": ["users:read", "secret_keys:write"] });
        let made = owner.post("/secret_keys", key).await;
        let shop = Backend {
            site: site.clone(),
            key: text(&made, "secret"),
        };
        assert!(shop.key.starts_with("sk_test_"));
        shop.get("/users?limit=1").await;
        let listed = owner.get("/secret_keys").await;
        assert!(!listed.to_string().contains(&shop.key[8..]));
        let mine = listed
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["id"] == made["id"]);
        assert_eq!(mine.unwrap()["last_used_at"], json!(site.app.now()));
        let stronger = json!({ "name": "More", "scopes": ["users:write"] });
        assert_eq!(
            shop.refused("POST", "/secret_keys", stronger).await,
            about("authorization_invalid", "scopes")
        );
        let nonsense = json!({ "name": "More", "scopes": ["users:own"] });
        assert_eq!(
            owner.refused("POST", "/secret_keys", nonsense).await,
            about("form_param_value_invalid", "scopes")
        );
        let path = format!("/secret_keys/{}", text(&made, "id"));
        assert_eq!(owner.send("DELETE", &path, None).await.0, 200);
        assert_eq!(shop.send("GET", "/users", None).await.0, 401);
        assert_eq!(owner.send("DELETE", &path, None).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn an_operator_makes_a_key_by_the_command_line() {
    on_grounds(async |ground| {
        let site = ground.site("").await;
        let make = async |scope: &str| {
            let options = options(&["--development", "--database", &ground.database]);
            let mut out = Vec::new();
            let scopes = [scope.to_owned()];
            let made = create_secret_key(options.base, "Shop", &scopes, &mut out).await;
            made.map(|()| String::from_utf8(out).unwrap().trim().to_owned())
        };
        let shop = Backend {
            site: site.clone(),
            key: make("users:read").await.unwrap(),
        };
        shop.get("/users").await;
        assert_eq!(shop.send("POST", "/users", None).await.0, 403);
        let error = make("users").await.unwrap_err().to_string();
        assert!(error.contains("`users`"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_user_is_made_found_changed_and_deleted() {
    on_sites_with("username.enabled = true", async |site| {
        let backend = Backend::new(&site).await;
        let (email, other) = (fresh_email(), fresh_email());
        let name = email.split('@').next().unwrap().to_owned();
        let made = backend
            .post(
                "/users",
                json!({
                    "email_address": [email, other], "username": name, "first_name": "Grace", "external_id": name,
                    "password": "1", "skip_password_checks": true, "created_at": 1_000_000_000_000_i64,
                    "public_metadata": { "plan": "free" }, "private_metadata": { "risk": 1 },
                }),
            )
            .await;
        assert_eq!(made["email_addresses"].as_array().unwrap().len(), 2);
        assert_eq!(made["created_at"], 1_000_000_000_000_i64);
        assert_eq!(made["private_metadata"]["risk"], 1);
        let path = format!("/users/{}", text(&made, "id"));
        for filter in [
            format!("email_address={other}"),
            format!("username={name}"),
            format!("external_id={name}"),
            format!("query={}", name.to_uppercase()),
        ] {
            let found = backend.get(&format!("/users?{filter}")).await;
            assert_eq!(found.as_array().unwrap().len(), 1, "{filter}");
            assert_eq!(found[0]["id"], made["id"]);
            let count = backend.get(&format!("/users/count?{filter}")).await;
            assert_eq!(count["total_count"], 1);
        }
        assert_eq!(backend.get("/users?query=%25nobody_").await, json!([]));
        let (status, twice) = backend.send("POST", "/users", Some(json!({ "email_address": [other] }))).await;
        assert_eq!(status, 422);
        assert_eq!(reason(&twice), about("form_identifier_exists", "email_address"));
        let sign_in = site.browser().sign_in(&email, "1").await.unwrap();
        assert_eq!(sign_in.status, SignInStatus::Complete);
        let second = &made["email_addresses"][1]["id"];
        let change = json!({ "first_name": null, "last_name": "Hopper", "primary_email_address_id": second });
        let (status, changed) = backend.send("PATCH", &path, Some(change)).await;
        assert_eq!(status, 200, "{changed}");
        assert_eq!((&changed["first_name"], &changed["last_name"]), (&json!(null), &json!("Hopper")));
        assert_eq!(&changed["primary_email_address_id"], second);
        let told = site.mails(&email).await;
        let is_told = |mail: &Value| text(mail, "subject").contains("address was changed");
        assert!(told.iter().any(is_told), "the old address is told");
        assert_eq!(
            backend.refused("PATCH", &path, json!({ "frist_name": "G" })).await,
            about("form_param_value_invalid", "frist_name")
        );
        assert_eq!(backend.send("DELETE", &path, None).await.0, 200);
        assert_eq!(backend.send("GET", &path, None).await.0, 404);
        assert_eq!(backend.send("DELETE", &path, None).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn metadata_is_merged_and_the_private_kind_stays_private() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let email = fresh_email();
        let user = somebody(&backend, &email).await;
        let path = format!("/users/{}/metadata", text(&user, "id"));
        backend
            .post(&path, json!({ "public_metadata": { "a": { "b": 1, "c": 2 } }, "private_metadata": { "debt": "three hundred" } }))
            .await;
        let merged = backend
            .post(&path, json!({ "public_metadata": { "a": { "b": null, "d": 4 } } }))
            .await;
        assert_eq!(merged["public_metadata"], json!({ "a": { "c": 2, "d": 4 } }));
        assert_eq!(merged["private_metadata"], json!({ "debt": "three hundred" }));
        let (one, other) = tokio::join!(
            backend.post(&path, json!({ "public_metadata": { "one": 1 } })),
            backend.post(&path, json!({ "public_metadata": { "other": 1 } }))
        );
        let latest = backend.get(&format!("/users/{}", text(&user, "id"))).await;
        assert_eq!(latest["public_metadata"]["one"], 1, "{one} {other}");
        assert_eq!(latest["public_metadata"]["other"], 1);
        let browser = site.browser();
        browser.sign_in(&email, PASSWORD).await.unwrap();
        let (_, me) = browser.get("/v1/me").await;
        assert_eq!(me["response"]["public_metadata"]["a"]["c"], 2);
        assert!(!me.to_string().contains("three hundred"));
        let large = json!({ "public_metadata": { "a": "x".repeat(9000) } });
        assert_eq!(
            backend.refused("POST", &path, large).await,
            about("form_param_max_length_exceeded", "public_metadata")
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_is_banned_is_out_and_stays_out() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let email = fresh_email();
        let user = text(&somebody(&backend, &email).await, "id");
        let browser = site.browser();
        browser.sign_in(&email, PASSWORD).await.unwrap();
        let banned = backend.post(&format!("/users/{user}/ban"), json!({})).await;
        assert_eq!(banned["banned"], true);
        assert_eq!(browser.get("/v1/me").await.0, 401);
        assert!(site.browser().sign_in(&email, PASSWORD).await.is_err());
        backend
            .post(&format!("/users/{user}/unban"), json!({}))
            .await;
        assert_eq!(
            browser.get("/v1/me").await.0,
            401,
            "a session that ended does not come back"
        );
        assert!(site.browser().sign_in(&email, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_password_is_compared_and_guessing_ends() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let user = text(&somebody(&backend, &fresh_email()).await, "id");
        let path = format!("/users/{user}/verify_password");
        let right = backend.post(&path, json!({ "password": PASSWORD })).await;
        assert_eq!(right["verified"], true);
        let wrong = json!({ "password": "another one entirely" });
        for _ in 0..20 {
            assert_eq!(
                backend.refused("POST", &path, wrong.clone()).await,
                about("form_password_incorrect", "password")
            );
        }
        let (status, _) = backend.send("POST", &path, Some(wrong)).await;
        assert_eq!(status, 429);
    })
    .await;
}

#[tokio::test]
async fn a_session_is_seen_and_ended_from_the_apps_server() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let email = fresh_email();
        let user = text(&somebody(&backend, &email).await, "id");
        let browser = site.browser();
        browser.sign_in(&email, PASSWORD).await.unwrap();
        let sessions = backend.get(&format!("/sessions?user_id={user}")).await;
        assert_eq!(sessions["total_count"], 1);
        let session = &sessions["data"][0];
        assert_eq!(
            (&session["user_id"], &session["status"]),
            (&json!(user), &json!("active"))
        );
        let path = format!("/sessions/{}", text(session, "id"));
        let ended = backend.post(&format!("{path}/revoke"), json!({})).await;
        assert_eq!(ended["status"], "revoked");
        assert_eq!(backend.get(&path).await["status"], "revoked");
        assert_eq!(browser.get("/v1/me").await.0, 401);
    })
    .await;
}

#[tokio::test]
async fn an_organization_with_others_in_it_keeps_an_admin() {
    on_grounds(async |ground| {
        let site = ground.site("").await;
        let backend = Backend::new(&site).await;
        let browser = site.signed_up().await;
        let command = CreateOrganization {
            name: Some("Lab".to_owned()),
            slug: None,
        };
        let organization = browser.desk.create_organization(&command).await.unwrap();
        let client = browser.desk.client().unwrap();
        let admin = client.active_session().unwrap().user.id.clone();
        let other = text(&somebody(&backend, &fresh_email()).await, "id");
        let mut connection = ground.connection().await;
        sqlx::query(
            "INSERT INTO memberships (id, organization_id, user_id, role, created_at, updated_at)
             VALUES ('orgmem_00000000000000000000000000', $1, $2, 'org:member', 0, 0)",
        )
        .bind(organization.id.as_str())
        .bind(other.as_str())
        .execute(&mut connection)
        .await
        .unwrap();
        let path = format!("/users/{admin}");
        assert_eq!(
            backend.refused("DELETE", &path, json!({})).await.0,
            "organization_minimum_permissions_needed"
        );
        let others = format!("/users/{other}");
        sqlx::query("UPDATE memberships SET role = 'org:admin'")
            .execute(&mut connection)
            .await
            .unwrap();
        let (one, last) = tokio::join!(
            backend.send("DELETE", &path, None),
            backend.send("DELETE", &others, None)
        );
        assert_eq!((one.0, last.0), (200, 200), "{one:?} {last:?}");
        let left = sqlx::query("SELECT id FROM organizations")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        assert!(left.is_empty(), "nobody is in it any more");
    })
    .await;
}

#[tokio::test]
async fn a_list_has_addresses_and_patterns() {
    let toml = "restrictions.allow_list = true\nrestrictions.block_list = true";
    on_sites_with(toml, async |site| {
        let backend = Backend::new(&site).await;
        let domain = format!("{}.example", fresh_email().split('@').next().unwrap());
        let sign_up = async |email: &str| {
            let form = format!(
                "email_address={}&password=a+password+nobody+has",
                email.replace('@', "%40")
            );
            let (status, answer) = site.browser().post("/v1/client/sign_ups", &form).await;
            (status, reason(&answer).0)
        };
        let ada = format!("ada@{domain}");
        assert_eq!(sign_up(&ada).await.1, "not_allowed_access");
        let added = backend
            .post(
                "/allowlist_identifiers",
                json!({ "identifier": format!("*@{}", domain.to_uppercase()) }),
            )
            .await;
        assert_eq!(added["identifier"], format!("*@{domain}"));
        assert_eq!(sign_up(&ada).await.0, 200);
        assert_eq!(
            sign_up(&format!("ada@sub.{domain}")).await.1,
            "not_allowed_access"
        );
        backend
            .post(
                "/allowlist_identifiers",
                json!({ "identifier": format!("*@*.{domain}") }),
            )
            .await;
        assert_eq!(sign_up(&format!("ada@sub.{domain}")).await.0, 200);
        let blocked = backend
            .post("/blocklist_identifiers", json!({ "identifier": ada }))
            .await;
        assert_eq!(sign_up(&ada).await.1, "not_allowed_access");
        let path = format!("/blocklist_identifiers/{}", text(&blocked, "id"));
        assert_eq!(backend.send("DELETE", &path, None).await.0, 200);
        assert_eq!(sign_up(&ada).await.0, 200);
        for nonsense in [
            "*",
            "*@",
            "*@*",
            "a*@example.com",
            "*@*.*.com",
            "*@exa mple.com",
            "",
        ] {
            let (status, answer) = backend
                .send(
                    "POST",
                    "/blocklist_identifiers",
                    Some(json!({ "identifier": nonsense })),
                )
                .await;
            assert_eq!(status, 422, "{nonsense}: {answer}");
        }
        assert_eq!(
            backend
                .refused(
                    "POST",
                    "/allowlist_identifiers",
                    json!({ "identifier": format!("*@{domain}") })
                )
                .await,
            about("form_identifier_exists", "identifier")
        );
    })
    .await;
}
