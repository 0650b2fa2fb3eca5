//! Lists of users, as the app's server asks for them.

use frontdesk_client::Value;
use serde_json::json;

use crate::backend::{Backend, about, text};
use crate::site::{PASSWORD, on_sites};

/// The first names of a page, in its order.
async fn names(backend: &Backend, query: &str) -> Vec<String> {
    let found = backend.get(&format!("/users?{query}")).await;
    let all = found.as_array().unwrap();
    all.iter().map(|it| text(it, "first_name")).collect()
}

#[tokio::test]
async fn users_come_in_the_order_that_is_asked_for() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let mut users: Vec<Value> = Vec::new();
        for (name, letter, user_name) in [
            ("One", "b", Some("zoe_zed")),
            ("Two", "c", None),
            ("Three", "a", Some("adam_ant")),
        ] {
            let mut user = json!({
                "first_name": name, "password": PASSWORD, "email_address": [format!("{letter}@example.com")],
            });
            if let Some(user_name) = user_name {
                user["username"] = json!(user_name);
            }
            users.push(backend.post("/users", user).await);
            site.clock.advance_s(1);
        }
        // Two signs in first, then One; Three never does. One is changed last.
        for email in ["c@example.com", "b@example.com"] {
            site.browser().sign_in(email, PASSWORD).await.unwrap();
            site.clock.advance_s(1);
        }
        let path = format!("/users/{}", text(&users[0], "id"));
        backend.send("PATCH", &path, Some(json!({ "last_name": "Last" }))).await;
        for (order, expected) in [
            ("", ["Three", "Two", "One"]),
            ("created_at", ["One", "Two", "Three"]),
            ("%2Bcreated_at", ["One", "Two", "Three"]),
            ("+created_at", ["One", "Two", "Three"]),
            ("-created_at", ["Three", "Two", "One"]),
            ("-updated_at", ["One", "Three", "Two"]),
            ("updated_at", ["Two", "Three", "One"]),
            ("-last_sign_in_at", ["One", "Two", "Three"]),
            ("last_sign_in_at", ["Three", "Two", "One"]),
            ("email_address", ["Three", "One", "Two"]),
            ("-email_address", ["Two", "One", "Three"]),
            ("username", ["Two", "Three", "One"]),
            ("-username", ["One", "Three", "Two"]),
        ] {
            let query = if order.is_empty() { String::new() } else { format!("order_by={order}") };
            assert_eq!(names(&backend, &query).await, expected, "{order}");
            let mut paged = Vec::new();
            for offset in 0..3 {
                paged.extend(names(&backend, &format!("{query}&limit=1&offset={offset}")).await);
            }
            assert_eq!(paged, expected, "{order}, one by one");
        }
        for wrong in ["id", "--username", "first_name", "created_at;"] {
            let path = format!("/users?order_by={wrong}");
            let refused = backend.refused("GET", &path, json!({})).await;
            assert_eq!(refused, about("form_param_value_invalid", "order_by"));
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_user_is_in_which_organizations_is_listed() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let user = json!({ "email_address": ["ada@example.com"] });
        let user = text(&backend.post("/users", user).await, "id");
        for name in ["Lab", "Ships", "Tea"] {
            let organization = json!({ "name": name, "created_by": user });
            backend.post("/organizations", organization).await;
            site.clock.advance_s(1);
        }
        let path = format!("/users/{user}/organization_memberships");
        let all = backend.get(&path).await;
        assert_eq!(all["total_count"], 3);
        assert_eq!(all["data"][0]["role"], "org:admin");
        assert_eq!(all["data"][0]["private_metadata"], json!({}));
        let second = backend.get(&format!("{path}?limit=1&offset=1")).await;
        assert_eq!(second["total_count"], 3);
        assert_eq!(second["data"].as_array().unwrap().len(), 1);
        assert_eq!(second["data"][0]["id"], all["data"][1]["id"]);
        let nobody = "/users/user_00000000000000000000000000/organization_memberships";
        assert_eq!(backend.send("GET", nobody, None).await.0, 404);
    })
    .await;
}
