//! Letters to those whom a domain invites by itself.

use frontdesk_client::Value;
use frontdesk_protocol::MEMBER;
use serde_json::json;

use super::domains::{fresh_domain, person_at};
use super::invitations::{sign_in, ticket};
use super::{Lab, Person};
use crate::backend::Backend;
use crate::site::{PASSWORD, Site, fresh_email, on_sites};

/// The invitations that were sent to an address.
async fn invited(site: &Site, email: &str) -> Vec<Value> {
    let mails = site.mails(email).await;
    let with_links = mails.into_iter().filter(|mail| mail["link"].is_string());
    with_links.collect()
}

#[tokio::test]
async fn whoever_a_domain_invites_is_written_to_once_in_their_language() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let name = fresh_domain();
        let id = lab.proven_domain(&name).await;
        let french = format!("marie@{name}");
        let user = json!({ "email_address": [french], "password": PASSWORD, "locale": "fr" });
        Backend::new(&site).await.post("/users", user).await;
        lab.set_mode(&id, "automatic_invitation", false).await;
        let after = person_at(&site, &name).await;
        let elsewhere = Person::new(&site).await;
        site.write_domain_letters().await;
        site.write_domain_letters().await;
        let letters = invited(&site, &french).await;
        assert_eq!(letters.len(), 1);
        let subject = letters[0]["subject"].as_str().unwrap();
        assert!(subject.contains("invitation à rejoindre"), "{subject}");
        assert_eq!(invited(&site, &after.email).await.len(), 1);
        assert!(invited(&site, &elsewhere.email).await.is_empty());
        // It leads in, for whoever proves the account.
        let (ticket, page) = ticket(&lab, &french).await;
        assert_eq!(page, "sign-in");
        let browser = site.browser();
        let (_, begun) = sign_in(&browser, &ticket).await;
        let path = format!(
            "/v1/client/sign_ins/{}/attempt_first_factor",
            begun["response"]["id"].as_str().unwrap()
        );
        let proof = [("strategy", "password"), ("password", PASSWORD)];
        let (_, done) = browser.submit(&path, &proof).await;
        assert_eq!(done["response"]["status"], "complete", "{done}");
        assert_eq!(lab.count(&lab.owner, MEMBER).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_before_its_letter_has_none_and_after_it_leads_nowhere() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let name = fresh_domain();
        let id = lab.proven_domain(&name).await;
        lab.set_mode(&id, "automatic_invitation", false).await;
        let written = person_at(&site, &name).await;
        site.write_domain_letters().await;
        let (ticket, _) = ticket(&lab, &written.email).await;
        let unwritten = person_at(&site, &name).await;
        lab.set_mode(&id, "manual_invitation", true).await;
        site.write_domain_letters().await;
        assert!(invited(&site, &unwritten.email).await.is_empty());
        assert_eq!(sign_in(&site.browser(), &ticket).await.0, 400);
        // Whoever joined by other means needs no letter either.
        lab.set_mode(&id, "automatic_invitation", false).await;
        let email = format!("{}@{name}", fresh_email().split('@').next().unwrap());
        let person = site.browser();
        person.sign_up(&email).await;
        let path = "/v1/me/organization_invitations?status=pending";
        let (_, mine) = person.get(path).await;
        let invitation = mine["response"]["data"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(super::accept(&person, &invitation).await.0, 200);
        site.write_domain_letters().await;
        assert!(invited(&site, &email).await.is_empty());
    })
    .await;
}
