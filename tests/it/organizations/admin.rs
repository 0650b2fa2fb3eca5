//! Organizations and roles as the app's server makes and changes them.

use frontdesk_protocol::{ADMIN, MEMBER};
use frontdesk_verify::Claims;
use serde_json::json;

use super::members::{enter, minted};
use super::{Lab, Person, accept, code, fresh_name};
use crate::backend::{Backend, about, text};
use crate::site::{on_sites, on_sites_with};

#[tokio::test]
async fn the_apps_server_makes_and_changes_organizations_and_who_is_in_them() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let (owner, person) = (Person::new(&site).await, Person::new(&site).await);
        let command = json!({
            "name": fresh_name().0, "created_by": owner.id,
            "public_metadata": { "plan": "a" }, "private_metadata": { "note": "b" },
        });
        let made = backend.post("/organizations", command).await;
        assert_eq!(made["private_metadata"]["note"], "b");
        let path = format!("/organizations/{}", text(&made, "id"));
        let (_, seen) = owner.browser.get(&format!("/v1{path}")).await;
        assert_eq!(seen["response"]["public_metadata"]["plan"], "a");
        assert!(seen["response"].get("private_metadata").is_none());
        let members = format!("{path}/memberships");
        let add = json!({ "user_id": person.id, "role": MEMBER });
        let added = backend.post(&members, add.clone()).await;
        assert_eq!(added["role"], MEMBER);
        let (already, _) = backend.refused("POST", &members, add).await;
        assert_eq!(already, "already_a_member_in_organization");
        let one = format!("{members}/{}", owner.id);
        let (needed, _) = backend
            .refused("PATCH", &one, json!({ "role": MEMBER }))
            .await;
        assert_eq!(needed, "organization_minimum_permissions_needed");
        let other = format!("{members}/{}", person.id);
        let wrong = backend
            .refused("PATCH", &other, json!({ "role": "org:x" }))
            .await;
        assert_eq!(wrong, about("form_param_value_invalid", "role"));
        let admin = Some(json!({ "role": ADMIN }));
        assert_eq!(backend.send("PATCH", &other, admin).await.0, 200);
        assert_eq!(backend.send("DELETE", &one, None).await.0, 200);
        let left = backend.get(&format!("{members}?role=org:admin")).await;
        assert_eq!(left["total_count"], 1);
        let change = Some(json!({ "name": "Renamed" }));
        let (_, renamed) = backend.send("PATCH", &path, change).await;
        assert_eq!(
            (&renamed["name"], &renamed["slug"]),
            (&json!("Renamed"), &made["slug"])
        );
        let id = text(&made, "id");
        let found = backend.get(&format!("/organizations?query={id}")).await;
        assert_eq!(found["total_count"], 1);
        assert_eq!(backend.send("DELETE", &path, None).await.0, 200);
        assert_eq!(backend.send("GET", &path, None).await.0, 404);
        let reader = Backend::with(&site, &["organizations:read"]).await;
        let (status, _) = reader.send("DELETE", &path, None).await;
        assert_eq!(status, 403);
        let nobody = json!({ "name": "Lab", "created_by": "user_nobody" });
        let refused = backend.refused("POST", "/organizations", nobody).await;
        assert_eq!(refused, about("form_param_value_invalid", "created_by"));
    })
    .await;
}

#[tokio::test]
async fn the_last_seat_is_not_both_accepted_and_given() {
    on_sites_with("organizations.max_members = 2\n", async |site| {
        let backend = Backend::new(&site).await;
        for _ in 0..50 {
            let lab = Lab::new(&site).await;
            let (a, b) = (Person::new(&site).await, Person::new(&site).await);
            let invited = lab.invite(&a.email, MEMBER).await.1;
            let members = format!("/organizations/{}/memberships", lab.id);
            let add = Some(json!({ "user_id": b.id, "role": MEMBER }));
            let id = invited["response"]["id"].as_str().unwrap();
            let (one, other) =
                tokio::join!(accept(&a.browser, id), backend.send("POST", &members, add));
            let done = [one.0, other.0].iter().filter(|it| **it < 300).count();
            assert_eq!(done, 1, "{one:?} {other:?}");
            assert_eq!(lab.members(&lab.owner, "").await["total_count"], 2);
        }
    })
    .await;
}

#[tokio::test]
async fn the_apps_own_roles_and_permissions_are_in_the_token() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let lab = Lab::new(&site).await;
        let permission = json!({ "key": "org:invoices:create", "name": "Make invoices" });
        let permission = backend.post("/permissions", permission).await;
        let role = json!({
            "key": "org:clerk", "name": "Clerk",
            "permissions": ["org:invoices:create", "org:sys_memberships:read"],
        });
        let role = backend.post("/roles", role).await;
        let person = lab.member("org:clerk").await;
        enter(&person.browser, &lab.id).await;
        let token = minted(&person.browser).await;
        assert_eq!(token["o"]["per"], "invoices:create");
        let claims: Claims = serde_json::from_value(token).unwrap();
        for (key, is_there) in [
            ("org:clerk", true),
            ("clerk", true),
            ("org:invoices:create", true),
            ("org:invoices:delete", false),
            ("org:sys_memberships:read", false),
            ("", false),
            (ADMIN, false),
        ] {
            assert_eq!(claims.has(key), is_there, "{key}");
        }
        let (_, mine) = person.browser.get("/v1/me/organization_memberships").await;
        assert_eq!(mine["response"]["data"][0]["role_name"], "Clerk");
        let path = format!("/roles/{}", text(&role, "id"));
        let (used, _) = backend.refused("DELETE", &path, json!({})).await;
        assert_eq!(used, "form_param_value_invalid");
        let gone = format!("/permissions/{}", text(&permission, "id"));
        assert_eq!(backend.send("DELETE", &gone, None).await.0, 200);
        assert!(minted(&person.browser).await["o"].get("per").is_none());
        lab.set_role(&lab.owner, &person.id, MEMBER).await;
        assert_eq!(backend.send("DELETE", &path, None).await.0, 200);
        assert_eq!(backend.send("DELETE", &path, None).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_or_takes_more_than_they_have() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let lab = Lab::new(&site).await;
        let role = json!({
            "key": "org:host", "name": "Host",
            "permissions": ["org:sys_memberships:read", "org:sys_memberships:manage", "org:sys_domains:read"],
        });
        backend.post("/roles", role).await;
        let billing = json!({ "key": "org:billing:manage", "name": "Billing" });
        backend.post("/permissions", billing).await;
        let finance = json!({ "key": "org:finance", "name": "Finance", "permissions": ["org:billing:manage"] });
        backend.post("/roles", finance).await;
        let host = lab.member("org:host").await;
        let member = lab.member(MEMBER).await;
        let owner = super::me(&lab.owner).await;
        let path = format!("{}/invitations", lab.path);
        let invite = async |role| {
            let email = crate::site::fresh_email();
            let fields = [("email_address", email.as_str()), ("role", role)];
            host.browser.submit(&path, &fields).await.0
        };
        assert_eq!(invite(ADMIN).await, 403);
        assert_eq!(invite("org:host").await, 200);
        let by = &host.browser;
        for (user, role) in [
            (&host.id, ADMIN),
            (&host.id, "org:finance"),
            (&member.id, ADMIN),
            (&owner, MEMBER),
        ] {
            let (status, refused) = lab.set_role(by, user, role).await;
            assert_eq!((status, code(&refused)), (403, "authorization_invalid"));
        }
        assert_eq!(lab.remove(by, &owner).await.0, 403);
        let given = lab.set_role(&lab.owner, &member.id, "org:finance").await;
        assert_eq!(given.0, 200, "an admin gives whatever the app allows");
        assert_eq!(lab.set_role(&lab.owner, &member.id, MEMBER).await.0, 200);
        assert_eq!(lab.set_role(by, &member.id, "org:host").await.0, 200);
        assert_eq!(lab.remove(by, &member.id).await.0, 200);
        assert_eq!(lab.count(&lab.owner, ADMIN).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_there_always_stays_and_keys_are_well_formed() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let roles = backend.get("/roles").await;
        let admin = format!("/roles/{}", text(&roles[0], "id"));
        assert_eq!(roles[0]["key"], ADMIN);
        let nothing = json!({ "name": "Boss", "permissions": [] });
        let (_, changed) = backend.send("PATCH", &admin, Some(nothing)).await;
        assert_eq!(changed["name"], "Boss");
        assert_eq!(changed["permissions"].as_array().unwrap().len(), 6);
        let (kept, _) = backend.refused("DELETE", &admin, json!({})).await;
        assert_eq!(kept, "form_param_value_invalid");
        let permissions = backend.get("/permissions").await;
        let own = format!("/permissions/{}", text(&permissions[0], "id"));
        let (kept, _) = backend.refused("DELETE", &own, json!({})).await;
        assert_eq!(kept, "form_param_value_invalid");
        for key in [
            "",
            "admin",
            "org:",
            "org:A",
            "org:a:b",
            "org:sys_x",
            "org:a b",
        ] {
            let refused = backend
                .refused("POST", "/roles", json!({ "key": key, "name": "A" }))
                .await;
            assert_eq!(refused, about("form_param_format_invalid", "key"), "{key}");
        }
        for key in [
            "org:invoices",
            "org:sys_profile:manage",
            "org:a:b:c",
            "org:a,b:c",
        ] {
            let command = json!({ "key": key, "name": "A" });
            let refused = backend.refused("POST", "/permissions", command).await;
            assert_eq!(refused, about("form_param_format_invalid", "key"), "{key}");
        }
        let taken = json!({ "key": ADMIN, "name": "A" });
        let refused = backend.refused("POST", "/roles", taken).await;
        assert_eq!(refused, about("form_identifier_exists", "key"));
        let unknown = json!({ "key": "org:new", "name": "A", "permissions": ["org:x:y"] });
        let refused = backend.refused("POST", "/roles", unknown).await;
        assert_eq!(refused, about("form_param_value_invalid", "permissions"));
    })
    .await;
}
