//! Who is in an organization: what roles allow, and that somebody always runs it.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_client::Value;
use frontdesk_protocol::{ADMIN, MEMBER};
use serde_json::json;
use sqlx::{Connection as _, Row as _};

use super::{Lab, code, me};
use crate::site::{Browser, on_sites, on_sites_with};

const ROUNDS: u32 = 50;

/// What the token says that the browser's session mints next.
pub(super) async fn minted(browser: &Browser) -> Value {
    let (_, client) = browser.get("/v1/client").await;
    let id = client["response"]["last_active_session_id"]
        .as_str()
        .unwrap();
    let path = format!("/v1/client/sessions/{id}/tokens");
    let (status, token) = browser.post(&path, "").await;
    assert_eq!(status, 200, "{token}");
    let claims = token["jwt"].as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

/// Makes an organization the active one of the browser's session.
pub(super) async fn enter(browser: &Browser, organization: &str) {
    let (_, client) = browser.get("/v1/client").await;
    let id = client["response"]["last_active_session_id"]
        .as_str()
        .unwrap();
    let path = format!("/v1/client/sessions/{id}/touch");
    let form = [("active_organization_id", organization)];
    let (status, answer) = browser.submit(&path, &form).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn a_role_says_what_one_may_do() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let member = lab.member(MEMBER).await;
        let found = lab.members(&lab.owner, "").await;
        assert_eq!(found["total_count"], 2);
        let admins = lab.members(&lab.owner, "role=org:admin").await;
        let admin = admins["data"][0]["permissions"].as_array().unwrap();
        assert_eq!(admin.len(), 6, "{admin:?}");
        let members = lab.members(&lab.owner, "role=org:member").await;
        assert_eq!(
            members["data"][0]["permissions"],
            json!(["org:sys_domains:read", "org:sys_memberships:read"])
        );
        assert_eq!(members["data"][0]["role_name"], "Member");
        let (status, roles) = member.browser.get(&format!("{}/roles", lab.path)).await;
        assert_eq!(
            (status, &roles["response"]["data"][0]["key"]),
            (200, &json!(ADMIN))
        );
        let (status, shown) = lab.set_role(&lab.owner, &member.id, ADMIN).await;
        assert_eq!((status, &shown["response"]["role"]), (200, &json!(ADMIN)));
        let (status, renamed) = member
            .browser
            .submit(&format!("{}?_method=PATCH", lab.path), &[("name", "Ours")])
            .await;
        assert_eq!(
            (status, &renamed["response"]["name"]),
            (200, &json!("Ours"))
        );
        let (status, refused) = lab.set_role(&lab.owner, &member.id, "org:nothing").await;
        assert_eq!((status, code(&refused)), (422, "form_param_value_invalid"));
    })
    .await;
}

#[tokio::test]
async fn members_are_found_by_name_and_by_role_a_page_at_a_time() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let (ada, _) = (lab.member(MEMBER).await, lab.member(MEMBER).await);
        let by_address = format!("query={}", ada.email.to_uppercase());
        let found = lab.members(&lab.owner, &by_address).await;
        assert_eq!(found["total_count"], 1);
        assert_eq!(found["data"][0]["public_user_data"]["user_id"], ada.id);
        assert_eq!(lab.members(&lab.owner, "query=%25").await["total_count"], 0);
        assert_eq!(lab.count(&lab.owner, ADMIN).await, 1);
        let both = lab
            .members(&lab.owner, "role=org:admin&role=org:member")
            .await;
        assert_eq!(both["total_count"], 3);
        let page = lab.members(&ada.browser, "limit=1&offset=1").await;
        assert_eq!(page["total_count"], 3);
        assert_eq!(page["data"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_removed_is_out_at_once_and_so_are_their_sessions() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let member = lab.member(MEMBER).await;
        enter(&member.browser, &lab.id).await;
        let token = minted(&member.browser).await;
        assert_eq!(
            token["o"],
            json!({ "id": lab.id, "slg": token["o"]["slg"], "rol": "member" })
        );
        let (status, removed) = lab.remove(&lab.owner, &member.id).await;
        assert_eq!(
            (status, &removed["response"]["role"]),
            (200, &json!(MEMBER))
        );
        assert!(minted(&member.browser).await.get("o").is_none());
        let (_, client) = member.browser.get("/v1/client").await;
        let session = &client["response"]["sessions"][0];
        assert_eq!(session["last_active_organization_id"], Value::Null);
        assert_eq!(session["user"]["organization_memberships"], json!([]));
        assert_eq!(lab.remove(&lab.owner, &member.id).await.0, 404);
        assert_eq!(member.browser.get(&lab.path).await.0, 404);
        let again = lab.invite(&member.email, MEMBER).await.1;
        super::accept(&member.browser, again["response"]["id"].as_str().unwrap()).await;
        assert!(
            minted(&member.browser).await.get("o").is_none(),
            "nobody is put back where they were"
        );
    })
    .await;
}

#[tokio::test]
async fn somebody_always_runs_the_organization() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let owner = me(&lab.owner).await;
        let needed = "organization_minimum_permissions_needed";
        lab.member(MEMBER).await;
        let (status, refused) = lab.remove(&lab.owner, &owner).await;
        assert_eq!((status, code(&refused)), (403, needed));
        let (status, refused) = lab.set_role(&lab.owner, &owner, MEMBER).await;
        assert_eq!((status, code(&refused)), (403, needed));
        let leave = format!("/v1/me/organization_memberships/{}?_method=DELETE", lab.id);
        let (status, refused) = lab.owner.submit(&leave, &[]).await;
        assert_eq!((status, code(&refused)), (403, needed));
        let other = lab.member(ADMIN).await;
        let (status, left) = lab.owner.submit(&leave, &[]).await;
        assert_eq!((status, &left["response"]["deleted"]), (200, &json!(true)));
        assert_eq!(lab.count(&other.browser, ADMIN).await, 1);
    })
    .await;
}

#[tokio::test]
async fn members_come_in_the_order_that_is_asked_for() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        for (name, role) in [("Cleo", MEMBER), ("ada", MEMBER), ("Bob", ADMIN)] {
            site.clock.advance_s(1);
            let person = lab.member(role).await;
            let named = person
                .browser
                .submit("/v1/me?_method=PATCH", &[("first_name", name)])
                .await;
            assert_eq!(named.0, 200);
        }
        let named = lab
            .owner
            .submit("/v1/me?_method=PATCH", &[("first_name", "Zoe")])
            .await;
        assert_eq!(named.0, 200);
        for (order, names) in [
            ("", ["Zoe", "Cleo", "ada", "Bob"]),
            ("created_at", ["Zoe", "Cleo", "ada", "Bob"]),
            ("-created_at", ["Bob", "ada", "Cleo", "Zoe"]),
            ("name", ["ada", "Bob", "Cleo", "Zoe"]),
            ("-name", ["Zoe", "Cleo", "Bob", "ada"]),
            ("role", ["Zoe", "Bob", "Cleo", "ada"]),
            ("-role", ["Cleo", "ada", "Zoe", "Bob"]),
        ] {
            let found = lab.members(&lab.owner, &format!("order_by={order}")).await;
            let name = |it: &Value| it["public_user_data"]["first_name"].clone();
            let found: Vec<Value> = found["data"].as_array().unwrap().iter().map(name).collect();
            assert_eq!(json!(found), json!(names), "{order}");
        }
        // Pages and searches are in that order too.
        let found = lab
            .members(&lab.owner, "order_by=-name&limit=1&offset=1&query=e")
            .await;
        assert_eq!(found["data"][0]["public_user_data"]["first_name"], "Cleo");
        let path = format!("{}/memberships?order_by=password", lab.path);
        assert_eq!(lab.owner.get(&path).await.0, 422);
    })
    .await;
}

#[tokio::test]
async fn of_two_last_admins_who_leave_at_once_one_stays() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let watcher = lab.member(MEMBER).await;
        let one = lab.member(ADMIN).await;
        let (owner, id) = (&lab.owner, me(&lab.owner).await);
        for round in 0..ROUNDS {
            // They leave, or step down, or put each other out.
            let leave = format!("/v1/me/organization_memberships/{}?_method=DELETE", lab.id);
            let (left, right) = match round % 4 {
                0 => tokio::join!(
                    lab.set_role(owner, &id, MEMBER),
                    lab.set_role(&one.browser, &one.id, MEMBER)
                ),
                1 => tokio::join!(
                    lab.set_role(owner, &one.id, MEMBER),
                    lab.set_role(&one.browser, &id, MEMBER)
                ),
                2 => tokio::join!(owner.submit(&leave, &[]), one.browser.submit(&leave, &[])),
                _ => tokio::join!(
                    lab.remove(owner, &id),
                    lab.set_role(&one.browser, &one.id, MEMBER)
                ),
            };
            let done = [left.0, right.0]
                .iter()
                .filter(|status| **status == 200)
                .count();
            assert_eq!(done, 1, "{left:?} {right:?}");
            assert_eq!(lab.count(&watcher.browser, ADMIN).await, 1, "round {round}");
            let found = lab.members(&watcher.browser, "role=org:admin").await;
            let admin = &found["data"][0]["public_user_data"]["user_id"];
            let (stays, other, other_id) = if *admin == json!(id) {
                (owner, &one.browser, &one.id)
            } else {
                (&one.browser, owner, &id)
            };
            let (status, _) = lab.set_role(stays, other_id, ADMIN).await;
            if status == 404 {
                let email =
                    other.get("/v1/me").await.1["response"]["email_addresses"][0]["email_address"]
                        .as_str()
                        .unwrap()
                        .to_owned();
                let fields = [("email_address", email.as_str()), ("role", ADMIN)];
                let path = format!("{}/invitations", lab.path);
                let (_, invited) = stays.submit(&path, &fields).await;
                let id = invited["response"]["id"].as_str().unwrap();
                assert_eq!(super::accept(other, id).await.0, 200);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_organization_is_deleted_with_all_that_is_its_own() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let member = lab.member(MEMBER).await;
        enter(&member.browser, &lab.id).await;
        let (_, invited) = lab.invite(&crate::site::fresh_email(), MEMBER).await;
        assert_eq!(invited["response"]["status"], "pending");
        let path = format!("{}?_method=DELETE", lab.path);
        assert_eq!(member.browser.submit(&path, &[]).await.0, 403);
        let (status, gone) = lab.owner.submit(&path, &[]).await;
        assert_eq!((status, &gone["response"]["deleted"]), (200, &json!(true)));
        assert_eq!(lab.owner.get(&lab.path).await.0, 404);
        assert!(minted(&member.browser).await.get("o").is_none());
    })
    .await;
    on_sites_with("organizations.admin_delete = false\n", async |site| {
        let lab = Lab::new(&site).await;
        let path = format!("{}?_method=DELETE", lab.path);
        assert_eq!(lab.owner.submit(&path, &[]).await.0, 403);
        let (_, shown) = lab.owner.get(&lab.path).await;
        assert_eq!(shown["response"]["admin_delete_enabled"], false);
    })
    .await;
}

#[tokio::test]
async fn every_change_leaves_a_line_in_the_record() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let member = lab.member(MEMBER).await;
        lab.set_role(&lab.owner, &member.id, ADMIN).await;
        let (_, invited) = lab.invite(&crate::site::fresh_email(), MEMBER).await;
        let id = invited["response"]["id"].as_str().unwrap();
        let revoke = format!("{}/invitations/{id}/revoke", lab.path);
        lab.owner.submit(&revoke, &[]).await;
        lab.remove(&lab.owner, &member.id).await;
        let rename = format!("{}?_method=PATCH", lab.path);
        lab.owner.submit(&rename, &[("name", "Ours")]).await;
        let delete = format!("{}?_method=DELETE", lab.path);
        lab.owner.submit(&delete, &[]).await;
        let database = &site.app.config.options.database;
        let mut connection = sqlx::AnyConnection::connect(database).await.unwrap();
        let lines = sqlx::query(
            "SELECT action FROM audit WHERE action LIKE 'organization%' OR action LIKE 'membership.%' ORDER BY action",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        connection.close().await.unwrap();
        let actions: Vec<String> = lines.iter().map(|line| line.get("action")).collect();
        assert_eq!(
            actions,
            [
                "membership.created",
            "membership.created",
                "membership.deleted",
                "membership.updated",
                "organization.created",
                "organization.deleted",
                "organization.updated",
                "organization_invitation.accepted",
                "organization_invitation.created",
                "organization_invitation.created",
                "organization_invitation.revoked",
            ]
        );
    })
    .await;
}
