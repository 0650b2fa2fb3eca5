//! The record, as the app's server reads it.

use frontdesk_client::Value;
use serde_json::json;

use crate::backend::{Backend, about, text};
use crate::site::{fresh_email, on_sites};

async fn actions(backend: &Backend, query: &str) -> Vec<String> {
    let lines = backend.get(&format!("/audit_log?{query}")).await;
    let lines = lines.as_array().unwrap().iter();
    lines.map(|line| text(line, "action")).collect()
}

#[tokio::test]
async fn what_is_done_and_refused_has_its_line() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let user = json!({ "email_address": [fresh_email()], "password": "1", "skip_password_checks": true });
        let user = text(&backend.post("/users", user).await, "id");
        let ban = format!("/users/{user}/ban");
        backend.post(&ban, json!({})).await;
        backend.post(&ban.replace("ban", "unban"), json!({})).await;
        let lab = json!({ "name": "Lab", "created_by": user });
        let lab = text(&backend.post("/organizations", lab).await, "id");
        let path = format!("/organizations/{lab}");
        backend.send("PATCH", &path, Some(json!({ "name": "Ours" }))).await;
        let browser = site.signed_up().await;
        let (_, me) = browser.get("/v1/me").await;
        let member = text(&me["response"], "id");
        let members = format!("{path}/memberships");
        let joins = json!({ "user_id": member, "role": "org:member" });
        backend.post(&members, joins).await;
        let rename = format!("/v1/organizations/{lab}?_method=PATCH");
        assert_eq!(browser.submit(&rename, &[("name", "Mine")]).await.0, 403);
        let of_user = actions(&backend, &format!("user_id={user}")).await;
        for action in ["user.created", "user.banned", "user.unbanned"] {
            assert!(of_user.iter().any(|it| it == action), "{action}: {of_user:?}");
        }
        let about_lab = format!("organization_id={lab}&limit=50");
        let mut of_lab = actions(&backend, &about_lab).await;
        of_lab.sort();
        assert_eq!(
            of_lab,
            [
                "authorization.refused",
                "membership.created",
                "organization.created",
                "organization.updated",
            ]
        );
        let refused = format!("organization_id={lab}&action=authorization.refused");
        let refused = backend.get(&format!("/audit_log?{refused}")).await;
        assert_eq!(refused[0]["user_id"], member);
        assert_eq!(refused[0]["subject"], "org:sys_profile:manage");
        assert_eq!(refused[0]["secret_key_id"], Value::Null);
        let renamed = backend.get(&format!("/audit_log?organization_id={lab}&action=organization.updated")).await;
        let key = text(&renamed[0], "secret_key_id");
        assert!(key.starts_with("key_"));
        let mine = actions(&backend, &format!("secret_key_id={key}&limit=100")).await;
        assert!(mine.iter().any(|it| it == "user.banned"), "{mine:?}");

        let narrow = Backend::with(&site, &["users:read"]).await;
        assert_eq!(narrow.send("GET", "/audit_log", None).await.0, 403);
        let refused = backend.get("/audit_log?action=authorization.refused").await;
        let lines = refused.as_array().unwrap().iter();
        let line = lines.clone().find(|line| line["subject"] == "audit_log:read");
        assert!(line.unwrap()["secret_key_id"].is_string());
        // However often it is tried, the record is not filled with it.
        for _ in 0..30 {
            narrow.send("GET", "/audit_log", None).await;
        }
        let refused = backend.get("/audit_log?action=authorization.refused&limit=500").await;
        let lines = refused.as_array().unwrap().iter();
        let count = lines.filter(|line| line["subject"] == "audit_log:read").count();
        assert!((2..=20).contains(&count), "{count}");
    })
    .await;
}

#[tokio::test]
async fn pages_go_on_where_the_one_before_ended() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let user = json!({ "email_address": [fresh_email()] });
        let user = text(&backend.post("/users", user).await, "id");
        for step in 0..7 {
            // Several lines of the same time too.
            site.clock.advance_s(step % 2);
            let change = json!({ "first_name": format!("Ada {step}") });
            backend
                .send("PATCH", &format!("/users/{user}"), Some(change))
                .await;
        }
        let all = backend
            .get(&format!("/audit_log?user_id={user}&limit=500"))
            .await;
        let all = all.as_array().unwrap();
        assert_eq!(all.len(), 8);
        let mut walked: Vec<Value> = Vec::new();
        loop {
            let after = walked
                .last()
                .map(|line| format!("&after={}", text(line, "id")));
            let path = format!(
                "/audit_log?user_id={user}&limit=3{}",
                after.unwrap_or_default()
            );
            let page = backend.get(&path).await;
            let page = page.as_array().unwrap();
            walked.extend(page.iter().cloned());
            if page.len() < 3 {
                break;
            }
        }
        assert_eq!(&walked, all);
        let times: Vec<i64> = all
            .iter()
            .map(|it| it["created_at"].as_i64().unwrap())
            .collect();
        assert!(times.is_sorted_by(|one, next| one >= next));
        let (oldest, newest) = (times[7], times[0]);
        let since = actions(&backend, &format!("user_id={user}&since={newest}&limit=50")).await;
        assert_eq!(
            since.len(),
            times.iter().filter(|at| **at >= newest).count()
        );
        let until = actions(&backend, &format!("user_id={user}&until={newest}&limit=50")).await;
        assert_eq!(until.len(), times.iter().filter(|at| **at < newest).count());
        assert!(
            actions(&backend, &format!("user_id={user}&until={oldest}"))
                .await
                .is_empty()
        );
        assert!(actions(&backend, "user_id=nobody").await.is_empty());
        for (query, field) in [
            ("after=aud_no", "after"),
            ("limit=0", "limit"),
            ("page=2", "page"),
        ] {
            let path = format!("/audit_log?{query}");
            assert_eq!(
                backend.refused("GET", &path, Value::Null).await,
                about("form_param_value_invalid", field)
            );
        }
    })
    .await;
}
