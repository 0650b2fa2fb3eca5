//! What is told, of what, and to whom.

use std::collections::BTreeSet;

use frontdesk_client::Value;
use frontdesk_protocol::MEMBER;
use frontdesk_server::store;
use serde_json::json;

use super::{Receiver, is_signed, somebody, webhook};
use crate::backend::{Backend, text};
use crate::site::{NOW, PASSWORD, fresh_email, on_sites};

#[tokio::test]
async fn a_new_user_is_told_once_signed_and_as_the_admin_api_shows_them() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let hook = webhook(&backend, &receiver, &["user.created"]).await;
        let email = fresh_email();
        site.browser().sign_up(&email).await;
        assert!(receiver.taken().is_empty(), "nobody waits for the network");
        site.send_events().await;
        let taken = receiver.taken();
        assert_eq!(taken.len(), 1, "one event, from whichever server");
        let secret = text(&hook, "secret");
        assert!(is_signed(&secret, &taken[0], "webhook"));
        assert!(is_signed(&secret, &taken[0], "svix"));
        let (headers, body) = &taken[0];
        assert_eq!(headers["content-type"], "application/json");
        assert!(headers["webhook-id"].to_str().unwrap().starts_with("evt_"));
        assert_eq!(headers["webhook-timestamp"], NOW.as_s().to_string());
        let event: Value = serde_json::from_str(body).unwrap();
        assert_eq!(event["object"], "event");
        assert_eq!(event["type"], "user.created");
        assert_eq!(event["timestamp"], NOW.0);
        assert_eq!(event["instance"], site.app.config.public_url);
        let data = &event["data"];
        assert_eq!(data["email_addresses"][0]["email_address"], email);
        let mut shown = backend.get(&format!("/users/{}", text(data, "id"))).await;
        shown["last_sign_in_at"] = data["last_sign_in_at"].clone();
        assert_eq!(*data, shown);
        assert!(!body.contains(PASSWORD));
        site.send_events().await;
        assert!(receiver.taken().is_empty(), "and never again");
    })
    .await;
}

#[expect(
    clippy::too_many_lines,
    reason = "everything that can happen takes a line or two each"
)]
#[tokio::test]
async fn everything_that_can_happen_is_told_by_its_name() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        webhook(&backend, &receiver, &["*"]).await;
        let mut told = BTreeSet::new();
        let browser = site.signed_up().await;
        let (_, me) = browser.get("/v1/me").await;
        let id = text(&me["response"], "id");
        browser.post("/v1/me?_method=PATCH", "first_name=Ada").await;
        let lab = json!({ "name": "Lab", "created_by": id });
        let lab = backend.post("/organizations", lab).await;
        let members = format!("/organizations/{}/memberships", text(&lab, "id"));
        let other = somebody(&site, &backend).await;
        let new = json!({ "user_id": other, "role": MEMBER });
        let membership = backend.post(&members, new).await;
        site.send_events().await;
        let events = receiver.events();
        let event = |kind: &str| {
            let found = events.iter().find(|event| event["type"] == kind);
            found.expect(kind)["data"].clone()
        };
        assert_eq!(event("user.updated")["first_name"], "Ada");
        assert_eq!(event("session.created")["user_id"], id);
        assert_eq!(event("organization.created")["name"], "Lab");
        let all = events
            .iter()
            .filter(|it| it["data"]["id"] == membership["id"]);
        let [joined] = all.collect::<Vec<_>>()[..] else {
            panic!("joined once: {events:?}")
        };
        assert_eq!(joined["data"]["organization"]["id"], lab["id"]);
        assert_eq!(joined["data"]["public_user_data"]["user_id"], other);
        told.extend(events.iter().map(|event| text(event, "type")));

        let one = format!("{members}/{other}");
        backend
            .send("PATCH", &one, Some(json!({ "role": "org:admin" })))
            .await;
        backend
            .send(
                "PATCH",
                &format!("/organizations/{}", text(&lab, "id")),
                Some(json!({ "name": "Works" })),
            )
            .await;
        let invitations = format!("/v1/organizations/{}/invitations", text(&lab, "id"));
        let guest = site.signed_up().await;
        let (_, them) = guest.get("/v1/me").await;
        let email = text(&them["response"]["email_addresses"][0], "email_address");
        let mut invite = vec![("email_address", email.as_str()), ("role", MEMBER)];
        let (_, invitation) = browser.submit(&invitations, &invite).await;
        let invitation = text(&invitation["response"], "id");
        let accept = format!("/v1/me/organization_invitations/{invitation}/accept");
        assert_eq!(guest.post(&accept, "").await.0, 200);
        let nobody = fresh_email();
        invite[0].1 = &nobody;
        let (_, second) = browser.submit(&invitations, &invite).await;
        let revoke = format!("{invitations}/{}/revoke", text(&second["response"], "id"));
        assert_eq!(browser.post(&revoke, "").await.0, 200);
        let domains = format!("/organizations/{}/domains", text(&lab, "id"));
        let name = fresh_email().replace('@', ".");
        let domain = backend.post(&domains, json!({ "name": name })).await;
        let domain = format!("{domains}/{}", text(&domain, "id"));
        for change in [
            json!({ "verified": true }),
            json!({ "enrollment_mode": "automatic_suggestion" }),
        ] {
            let (status, changed) = backend.send("PATCH", &domain, Some(change)).await;
            assert_eq!(status, 200, "{changed}");
        }
        site.send_events().await;
        let mut events = receiver.events();
        backend.send("DELETE", &domain, None).await;
        site.send_events().await;
        events.extend(receiver.events());
        let suggested = events
            .iter()
            .filter(|it| it["type"] == "organizationDomain.updated");
        assert!(suggested.clone().count() >= 2);
        for event in suggested {
            assert_eq!(event["data"]["name"], name);
            assert_eq!(event["data"]["enrollment_mode"], "automatic_suggestion");
        }
        let accepted = events
            .iter()
            .find(|it| it["type"] == "organizationInvitation.accepted");
        assert_eq!(accepted.unwrap()["data"]["email_address"], email);
        told.extend(events.iter().map(|event| text(event, "type")));

        backend.send("DELETE", &one, None).await;
        backend
            .send(
                "DELETE",
                &format!("/organizations/{}", text(&lab, "id")),
                None,
            )
            .await;
        let (_, mine) = browser.get("/v1/client").await;
        let ended = text(&mine["response"]["sessions"][0], "id");
        browser
            .post(&format!("/v1/client/sessions/{ended}/end"), "")
            .await;
        let (_, theirs) = guest.get("/v1/client").await;
        let removed = text(&theirs["response"]["sessions"][0], "id");
        guest
            .post(&format!("/v1/client/sessions/{removed}/remove"), "")
            .await;
        let third = site.signed_up().await;
        let (_, its) = third.get("/v1/me").await;
        let its_id = text(&its["response"], "id");
        backend
            .post(&format!("/users/{its_id}/ban"), json!({}))
            .await;
        site.send_events().await;
        let mut events = receiver.events();
        backend.send("DELETE", &format!("/users/{id}"), None).await;
        site.send_events().await;
        events.extend(receiver.events());
        let event = |kind: &str| {
            let found = events.iter().find(|event| event["type"] == kind);
            found.expect(kind)["data"].clone()
        };
        assert_eq!(
            event("organizationMembership.deleted"),
            json!({ "object": "organization_membership", "id": membership["id"], "deleted": true,
                "organization_id": lab["id"], "user_id": other })
        );
        assert_eq!(
            event("user.deleted"),
            json!({ "object": "user", "id": id, "deleted": true })
        );
        assert_eq!(event("session.removed")["id"], removed);
        assert_eq!(event("session.revoked")["user_id"], its_id);
        told.extend(events.iter().map(|event| text(event, "type")));
        let all: BTreeSet<String> = store::kinds().map(str::to_owned).collect();
        assert_eq!(told, all);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_deleted_takes_their_organizations_and_memberships_along() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let (owner, member) = (
            somebody(&site, &backend).await,
            somebody(&site, &backend).await,
        );
        let own = backend
            .post(
                "/organizations",
                json!({ "name": "Own", "created_by": member }),
            )
            .await;
        let shared = backend
            .post(
                "/organizations",
                json!({ "name": "Shared", "created_by": owner }),
            )
            .await;
        let members = format!("/organizations/{}/memberships", text(&shared, "id"));
        let new = json!({ "user_id": member, "role": MEMBER });
        backend.post(&members, new).await;
        webhook(&backend, &receiver, &["*"]).await;
        let rename = Some(json!({ "first_name": "Grace" }));
        backend
            .send("PATCH", &format!("/users/{member}"), rename)
            .await;
        backend
            .send("DELETE", &format!("/users/{member}"), None)
            .await;
        site.send_events().await;
        let events = receiver.events();
        let told: BTreeSet<(String, String)> = events
            .iter()
            .map(|event| {
                let data = &event["data"];
                let id = data.get("organization_id").unwrap_or(&data["id"]);
                (text(event, "type"), id.as_str().unwrap().to_owned())
            })
            .collect();
        let expected = [
            ("organization.deleted", text(&own, "id")),
            ("organizationMembership.deleted", text(&shared, "id")),
            ("user.deleted", member),
        ];
        let expected = expected.map(|(kind, id)| (kind.to_owned(), id));
        // That there was a change before is not told of somebody who is gone.
        assert_eq!(told, BTreeSet::from(expected));
    })
    .await;
}

#[tokio::test]
async fn a_webhook_gets_what_it_asked_for_and_nothing_from_before_it_was_there() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let users = Receiver::new().await;
        somebody(&site, &backend).await;
        webhook(&backend, &users, &["user.*"]).await;
        webhook(&backend, &receiver, &["session.created", "organization.*"]).await;
        let id = somebody(&site, &backend).await;
        backend.post(&format!("/users/{id}/ban"), json!({})).await;
        let lab = json!({ "name": "Lab", "created_by": id });
        backend.post("/organizations", lab).await;
        site.send_events().await;
        let mut kinds = users.kinds();
        kinds.sort();
        assert_eq!(kinds, ["user.created", "user.updated"]);
        // Nor what has the name of the family as its beginning.
        assert_eq!(receiver.kinds(), ["organization.created"]);
    })
    .await;
}

#[tokio::test]
async fn what_did_not_happen_is_not_told() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        webhook(&backend, &receiver, &["*"]).await;
        let email = fresh_email();
        backend
            .post("/users", json!({ "email_address": [email] }))
            .await;
        site.send_events().await;
        assert_eq!(receiver.kinds(), ["user.created"]);
        // Of several addresses the last is taken: all of it is undone.
        let new = json!({ "email_address": [fresh_email(), email] });
        backend.refused("POST", "/users", new).await;
        site.send_events().await;
        assert!(receiver.kinds().is_empty());
    })
    .await;
}
