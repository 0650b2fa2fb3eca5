//! What an app's server says of organizations beyond who is in them: limits, roles, invitations, domains, requests.

use frontdesk_protocol::{ADMIN, MEMBER};
use serde_json::json;

use super::domains::{ask, fresh_domain, person_at, suggested};
use super::{Lab, Person, accept, code};
use crate::backend::{Backend, about, text};
use crate::site::{fresh_email, on_sites};

#[tokio::test]
async fn an_organization_has_a_limit_and_roles_of_its_own() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let lab = Lab::new(&site).await;
        let path = format!("/organizations/{}", lab.id);
        let limit = Some(json!({ "max_allowed_memberships": 2, "roles": [ADMIN] }));
        let (status, changed) = backend.send("PATCH", &path, limit).await;
        assert_eq!(
            (status, &changed["max_allowed_memberships"]),
            (200, &json!(2))
        );
        assert_eq!(changed["roles"], json!([ADMIN]));
        let (_, seen) = lab.owner.get(&lab.path).await;
        assert_eq!(seen["response"]["max_allowed_memberships"], 2);
        let (_, roles) = lab.owner.get(&format!("{}/roles", lab.path)).await;
        assert_eq!(roles["response"]["total_count"], 1);
        let (_, refused) = lab.invite(&fresh_email(), MEMBER).await;
        assert_eq!(code(&refused), "form_param_value_invalid");
        let members = format!("{path}/memberships");
        let (first, second) = (Person::new(&site).await, Person::new(&site).await);
        let add = json!({ "user_id": first.id, "role": MEMBER });
        let refused = backend.refused("POST", &members, add).await;
        assert_eq!(refused, about("form_param_value_invalid", "role"));
        let add = |person: &Person| json!({ "user_id": person.id, "role": ADMIN });
        backend.post(&members, add(&first)).await;
        let (full, _) = backend.refused("POST", &members, add(&second)).await;
        assert_eq!(full, "organization_membership_quota_exceeded");
        let (_, full) = lab.invite(&fresh_email(), ADMIN).await;
        assert_eq!(code(&full), "organization_membership_quota_exceeded");
        for roles in [json!([MEMBER]), json!([ADMIN, "org:nobody"])] {
            let refused = backend
                .refused("PATCH", &path, json!({ "roles": roles }))
                .await;
            assert_eq!(refused, about("form_param_value_invalid", "roles"));
        }
        let open = Some(json!({ "max_allowed_memberships": 0, "roles": [] }));
        assert_eq!(backend.send("PATCH", &path, open).await.0, 200);
        backend.post(&members, add(&second)).await;
        assert_eq!(lab.invite(&fresh_email(), MEMBER).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn the_app_writes_what_it_knows_of_a_member() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let lab = Lab::new(&site).await;
        let person = lab.member(MEMBER).await;
        let path = format!("/organizations/{}/memberships/{}", lab.id, person.id);
        let known = json!({ "public_metadata": { "desk": 1 }, "private_metadata": { "pay": "two a week" } });
        let metadata = format!("{path}/metadata");
        let (status, changed) = backend.send("PATCH", &metadata, Some(known)).await;
        assert_eq!(
            (status, &changed["private_metadata"]["pay"]),
            (200, &json!("two a week"))
        );
        let (_, mine) = person.browser.get("/v1/me/organization_memberships").await;
        let mine = &mine["response"]["data"][0];
        assert_eq!(mine["public_metadata"]["desk"], 1);
        assert!(mine.get("private_metadata").is_none());
        let listed = lab.members(&lab.owner, "query=").await;
        assert!(!listed.to_string().contains("two a week"));
        let listed = backend
            .get(&format!("/organizations/{}/memberships", lab.id))
            .await;
        // Both came at the same moment, and either may be the first.
        let mut all = listed["data"].as_array().unwrap().iter();
        assert!(all.any(|it| it["private_metadata"]["pay"] == "two a week"));
    })
    .await;
}

#[tokio::test]
async fn the_app_invites_in_a_language_and_takes_back() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let lab = Lab::new(&site).await;
        let path = format!("/organizations/{}/invitations", lab.id);
        let email = fresh_email();
        let command = json!({
            "email_address": email, "role": MEMBER, "locale": "fr", "expires_in_days": 1,
            "public_metadata": { "desk": 7 }, "private_metadata": { "pay": 8 },
        });
        let made = backend.post(&path, command.clone()).await;
        assert_eq!(made["status"], "pending");
        let letters = site.mails(&email).await;
        let words = letters[0]["text"].as_str().unwrap();
        assert!(words.starts_with("Rejoindre"), "{words}");
        // Asked for again, it is the same invitation with another letter, and the one before is worth nothing.
        site.clock.advance_s(3600);
        let again = backend.post(&path, command).await;
        assert_eq!(again["id"], made["id"]);
        assert!(again["expires_at"].as_i64() > made["expires_at"].as_i64());
        assert_eq!(site.mails(&email).await.len(), 2);
        let silent = fresh_email();
        let several =
            json!({ "email_addresses": [silent, fresh_email()], "role": ADMIN, "notify": false });
        let several = backend.post(&format!("{path}/bulk"), several).await;
        assert_eq!(several["total_count"], 2);
        assert!(site.mails(&silent).await.is_empty());
        let wrong = json!({ "email_addresses": ["nobody", fresh_email()], "role": ADMIN });
        let refused = backend
            .refused("POST", &format!("{path}/bulk"), wrong)
            .await;
        assert_eq!(refused, about("form_param_format_invalid", "email_address"));
        let one = format!("{path}/{}", text(&several["data"][0], "id"));
        assert_eq!(backend.get(&one).await["email_address"], *silent);
        let (status, revoked) = backend.send("POST", &format!("{one}/revoke"), None).await;
        assert_eq!((status, &revoked["status"]), (200, &json!("revoked")));
        assert_eq!(
            backend.send("POST", &format!("{one}/revoke"), None).await.0,
            404
        );
        let open = backend.get(&format!("{path}?status=pending")).await;
        assert_eq!(open["total_count"], 2);
        // What the app said of the invitation, the membership has.
        let browser = site.browser();
        browser.sign_up(&email).await;
        assert_eq!(accept(&browser, &text(&made, "id")).await.0, 200);
        let members = backend
            .get(&format!("/organizations/{}/memberships", lab.id))
            .await;
        let mut all = members["data"].as_array().unwrap().iter();
        let joined = all.find(|it| it["public_metadata"]["desk"] == 7).unwrap();
        assert_eq!(joined["private_metadata"]["pay"], 8);
        // Others' ids open nothing.
        let other = Lab::new(&site).await;
        let theirs = format!(
            "/organizations/{}/invitations/{}",
            other.id,
            text(&several["data"][1], "id")
        );
        assert_eq!(backend.send("GET", &theirs, None).await.0, 404);
        assert_eq!(
            backend
                .send("POST", &format!("{theirs}/revoke"), None)
                .await
                .0,
            404
        );
    })
    .await;
}

#[tokio::test]
async fn the_app_answers_for_a_domain_and_for_who_asks() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let (lab, other) = (Lab::new(&site).await, Lab::new(&site).await);
        let (path, name) = (format!("/organizations/{}", lab.id), fresh_domain());
        let (ada, eve) = (person_at(&site, &name).await, person_at(&site, &name).await);
        let domains = format!("{path}/domains");
        let command =
            json!({ "name": name, "verified": true, "enrollment_mode": "automatic_suggestion" });
        let made = backend.post(&domains, command.clone()).await;
        assert_eq!(made["verification"]["status"], "verified");
        assert_eq!(made["total_pending_suggestions"], 2);
        let theirs = format!("/organizations/{}/domains", other.id);
        let taken = backend.refused("POST", &theirs, command).await;
        assert_eq!(taken, about("form_identifier_exists", "name"));
        let common = json!({ "name": "gmail.com" });
        let (common, _) = backend.refused("POST", &domains, common).await;
        assert_eq!(common, "organization_domain_common");
        for person in [&ada, &eve] {
            let id = text(&suggested(&person.browser).await[0], "id");
            assert_eq!(ask(&person.browser, &id).await.0, 200);
        }
        let requests = format!("{path}/membership_requests");
        let waiting = backend.get(&format!("{requests}?status=pending")).await;
        assert_eq!(waiting["total_count"], 2);
        for (place, verb) in [(0, "accept"), (1, "reject")] {
            let id = text(&waiting["data"][place], "id");
            let answer = format!("{requests}/{id}/{verb}");
            assert_eq!(backend.send("POST", &answer, None).await.0, 200);
            assert_eq!(backend.send("POST", &answer, None).await.0, 404);
        }
        assert_eq!(lab.members(&lab.owner, "").await["total_count"], 2);
        let one = format!("{domains}/{}", text(&made, "id"));
        let manual =
            Some(json!({ "enrollment_mode": "manual_invitation", "delete_pending": true }));
        let (status, changed) = backend.send("PATCH", &one, manual).await;
        assert_eq!(
            (status, &changed["enrollment_mode"]),
            (200, &json!("manual_invitation"))
        );
        assert_eq!(backend.send("DELETE", &one, None).await.0, 200);
        assert_eq!(backend.get(&domains).await["total_count"], 0);
    })
    .await;
}
