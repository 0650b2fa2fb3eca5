//! Two requests at once about one organization: one of them is too late, fifty times out of fifty.

use frontdesk_protocol::MEMBER;
use serde_json::json;

use super::domains::{ask, fresh_domain, person_at, suggested, text};
use super::{Lab, Person, accept, fresh_name, named};
use crate::backend::Backend;
use crate::site::{on_sites, on_sites_with};

const ROUNDS: usize = 50;

#[tokio::test]
async fn nobody_makes_more_organizations_than_they_may() {
    on_sites_with("organizations.max_created = 1\n", async |site| {
        for _ in 0..ROUNDS {
            let browser = site.signed_up().await;
            let (first, second) = (named(&fresh_name().0, None), named(&fresh_name().0, None));
            let (one, other) = tokio::join!(
                browser.desk.create_organization(&first),
                browser.desk.create_organization(&second)
            );
            assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1);
            assert_eq!(browser.desk.memberships().await.unwrap().total_count, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_is_accepted_once_and_a_request_answered_once() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let name = fresh_domain();
        let id = lab.proven_domain(&name).await;
        lab.set_mode(&id, "automatic_suggestion", false).await;
        for round in 0..ROUNDS {
            let person = person_at(&site, &name).await;
            let id = text(&suggested(&person.browser).await[0]["id"]);
            let (one, other) = tokio::join!(ask(&person.browser, &id), ask(&person.browser, &id));
            let done = [one.0, other.0].iter().filter(|it| **it == 200).count();
            assert_eq!(done, 1, "{one:?} {other:?}");
            let waiting = lab.requests("pending").await;
            assert_eq!(waiting["total_count"], 1, "round {round}");
            let request = text(&waiting["data"][0]["id"]);
            let verb = if round % 2 == 0 { "accept" } else { "reject" };
            let (one, other) = tokio::join!(
                lab.answer(&lab.owner, &request, "accept"),
                lab.answer(&lab.owner, &request, verb)
            );
            let done = [one.0, other.0].iter().filter(|it| **it == 200).count();
            assert_eq!(done, 1, "{one:?} {other:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn one_address_is_invited_once_and_a_domain_is_one_organizations() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        for _ in 0..ROUNDS {
            let (lab, other) = (Lab::new(&site).await, Lab::new(&site).await);
            let person = Person::new(&site).await;
            let (one, two) = tokio::join!(
                lab.invite(&person.email, MEMBER),
                lab.invite(&person.email, MEMBER)
            );
            assert_eq!((one.0, two.0), (200, 200));
            assert_eq!(one.1["response"]["id"], two.1["response"]["id"]);
            let invitation = text(&one.1["response"]["id"]);
            assert_eq!(accept(&person.browser, &invitation).await.0, 200);
            assert_eq!(lab.members(&lab.owner, "").await["total_count"], 2);
            let body = Some(json!({ "name": fresh_domain(), "verified": true }));
            let path = |lab: &Lab| format!("/organizations/{}/domains", lab.id);
            let (ours, theirs) = (path(&lab), path(&other));
            let (one, two) = tokio::join!(
                backend.send("POST", &ours, body.clone()),
                backend.send("POST", &theirs, body.clone())
            );
            let done = [one.0, two.0].iter().filter(|it| **it == 201).count();
            assert_eq!(done, 1, "{one:?} {two:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn members_are_counted_right_whoever_comes_and_goes() {
    on_sites_with("organizations.max_members = 3\n", async |site| {
        let backend = Backend::new(&site).await;
        let lab = Lab::new(&site).await;
        let people = [
            Person::new(&site).await,
            Person::new(&site).await,
            Person::new(&site).await,
        ];
        let path = format!("/organizations/{}/memberships", lab.id);
        let add = async |person: &Person| {
            let body = Some(json!({ "user_id": person.id, "role": MEMBER }));
            backend.send("POST", &path, body).await.0
        };
        let remove = async |person: &Person| {
            let path = format!("{path}/{}", person.id);
            backend.send("DELETE", &path, None).await.0
        };
        for _ in 0..ROUNDS {
            let done = tokio::join!(add(&people[0]), add(&people[1]), add(&people[2]));
            let done = [done.0, done.1, done.2];
            let joined = done.iter().filter(|it| **it == 201).count();
            assert_eq!(joined, 2, "{done:?}");
            let (_, seen) = lab.owner.get(&lab.path).await;
            assert_eq!(seen["response"]["members_count"], 3);
            tokio::join!(remove(&people[0]), remove(&people[1]), remove(&people[2]));
            let (_, seen) = lab.owner.get(&lab.path).await;
            assert_eq!(seen["response"]["members_count"], 1);
            assert_eq!(
                lab.members(&lab.owner, "role=org:member").await["total_count"],
                0
            );
        }
        // Whoever deletes their account is counted no more.
        assert_eq!(add(&people[0]).await, 201);
        let user = format!("/users/{}", people[0].id);
        assert_eq!(backend.send("DELETE", &user, None).await.0, 200);
        assert_eq!(lab.members(&lab.owner, "").await["total_count"], 1);
    })
    .await;
}
