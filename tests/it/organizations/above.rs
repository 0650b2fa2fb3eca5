//! Whoever stands above every organization of the instance, and what the next token says of a change.

use frontdesk_protocol::{ADMIN, MEMBER};
use frontdesk_verify::Claims;
use serde_json::json;
use sqlx::{Connection as _, Row as _};

use super::members::{enter, minted};
use super::{Lab, Person, code};
use crate::backend::Backend;
use crate::site::{Site, fresh_email, on_sites};

/// How often somebody's standing above was made use of.
async fn uses(site: &Site, user: &str) -> i64 {
    let database = &site.app.config.options.database;
    let mut connection = sqlx::AnyConnection::connect(database).await.unwrap();
    let sql =
        "SELECT COUNT(*) AS uses FROM audit WHERE action = 'super_admin.used' AND user_id = $1";
    let found = sqlx::query(sql)
        .bind(user)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    found.get("uses")
}

#[tokio::test]
async fn a_super_admin_reads_and_changes_every_organization_and_it_is_in_the_record() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let lab = Lab::new(&site).await;
        let member = lab.member(MEMBER).await;
        let above = Person::new(&site).await;
        assert_eq!(above.browser.get(&lab.path).await.0, 404);
        let claims: Claims = serde_json::from_value(minted(&above.browser).await).unwrap();
        assert!(!claims.is_super_admin());
        assert_eq!(uses(&site, &above.id).await, 0);
        let granted = backend
            .post("/super_admins", json!({ "user_id": above.id }))
            .await;
        assert_eq!(granted["id"], *above.id);
        let listed = backend.get("/super_admins").await;
        assert_eq!(listed[0]["id"], *above.id);
        let token = minted(&above.browser).await;
        assert_eq!((&token["sa"], token.get("o")), (&json!(true), None));
        let claims: Claims = serde_json::from_value(token).unwrap();
        assert!(claims.is_super_admin() && !claims.has(ADMIN));
        let by = &above.browser;
        assert_eq!(by.get(&lab.path).await.0, 200);
        assert_eq!(lab.members(by, "").await["total_count"], 2);
        assert_eq!(lab.set_role(by, &member.id, ADMIN).await.0, 200);
        let email = fresh_email();
        let fields = [("email_address", email.as_str()), ("role", ADMIN)];
        let path = format!("{}/invitations", lab.path);
        assert_eq!(by.submit(&path, &fields).await.0, 200);
        let rename = format!("{}?_method=PATCH", lab.path);
        assert_eq!(by.submit(&rename, &[("name", "Theirs")]).await.0, 200);
        assert_eq!(lab.remove(by, &member.id).await.0, 200);
        assert_eq!(uses(&site, &above.id).await, 6);
        // Nobody is a member by that, and the last admin stays.
        assert_eq!(lab.members(&lab.owner, "").await["total_count"], 1);
        let owner = super::me(&lab.owner).await;
        let (_, kept) = lab.remove(by, &owner).await;
        assert_eq!(code(&kept), "organization_minimum_permissions_needed");
        // What is nowhere is nowhere from above too.
        let nowhere = format!("/v1/organizations/org_{}", "0".repeat(26));
        assert_eq!(by.get(&nowhere).await.0, 404);
        let path = format!("/super_admins/{}", above.id);
        assert_eq!(backend.send("DELETE", &path, None).await.0, 200);
        assert_eq!(by.get(&lab.path).await.0, 404);
        assert_eq!(lab.set_role(by, &owner, MEMBER).await.0, 404);
        assert!(minted(by).await.get("sa").is_none());
    })
    .await;
}

#[tokio::test]
async fn nobody_grants_themselves_to_stand_above() {
    on_sites(async |site| {
        let person = Person::new(&site).await;
        let fields = [
            ("is_super_admin", "1"),
            ("super_admin", "true"),
            ("sa", "true"),
        ];
        person.browser.submit("/v1/me?_method=PATCH", &fields).await;
        assert!(minted(&person.browser).await.get("sa").is_none());
        let reader = Backend::with(&site, &["users:write", "super_admins:read"]).await;
        let body = Some(json!({ "user_id": person.id }));
        assert_eq!(reader.send("POST", "/super_admins", body).await.0, 403);
    })
    .await;
}

/// On PostgreSQL two servers take turns, so that whatever one of them does the other one is asked next.
#[tokio::test]
async fn the_next_token_of_every_server_carries_a_change_and_lives_for_a_minute() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let person = lab.member(MEMBER).await;
        enter(&person.browser, &lab.id).await;
        for role in [ADMIN, MEMBER, ADMIN, MEMBER] {
            lab.set_role(&lab.owner, &person.id, role).await;
            for _ in 0..3 {
                let token = minted(&person.browser).await;
                assert_eq!(token["o"]["rol"], *role.strip_prefix("org:").unwrap());
                let life = token["exp"].as_i64().unwrap() - token["iat"].as_i64().unwrap();
                assert_eq!(life, 60, "a verifier allows five seconds more");
            }
        }
        lab.remove(&lab.owner, &person.id).await;
        for _ in 0..3 {
            assert!(minted(&person.browser).await.get("o").is_none());
            assert_eq!(person.browser.get(&lab.path).await.0, 404);
        }
    })
    .await;
}
