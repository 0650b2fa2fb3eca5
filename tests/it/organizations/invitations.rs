//! Invitations to organizations: for one address alone, once, as long as they are open.

use frontdesk_client::Value;
use frontdesk_protocol::{ADMIN, MEMBER};
use serde_json::json;

use super::{Lab, Person, accept, code};
use crate::site::{Browser, PASSWORD, fresh_email, on_sites, on_sites_with};

const ROUNDS: u32 = 50;

/// The ticket in the newest letter to `email`, and the page that its link leads to.
pub(super) async fn ticket(lab: &Lab, email: &str) -> (String, String) {
    let mails = lab.site.mails(email).await;
    let link = mails.iter().find_map(|mail| mail["link"].as_str()).unwrap();
    let (page, query) = link.split_once("?__clerk_ticket=").unwrap();
    let (ticket, _) = query.split_once('&').unwrap();
    (
        ticket.to_owned(),
        page.rsplit('/').next().unwrap().to_owned(),
    )
}

async fn sign_up(browser: &Browser, ticket: &str) -> (u16, Value) {
    let fields = [
        ("strategy", "ticket"),
        ("ticket", ticket),
        ("password", PASSWORD),
    ];
    browser.submit("/v1/client/sign_ups", &fields).await
}

pub(super) async fn sign_in(browser: &Browser, ticket: &str) -> (u16, Value) {
    let fields = [("strategy", "ticket"), ("ticket", ticket)];
    browser.submit("/v1/client/sign_ins", &fields).await
}

async fn mine(browser: &Browser, query: &str) -> Value {
    let (status, found) = browser
        .get(&format!("/v1/me/organization_invitations{query}"))
        .await;
    assert_eq!(status, 200, "{found}");
    found["response"].clone()
}

async fn organization_of(browser: &Browser) -> Value {
    let (_, client) = browser.get("/v1/client").await;
    client["response"]["sessions"][0]["last_active_organization_id"].clone()
}

#[tokio::test]
async fn whoever_is_new_signs_up_by_the_letter_and_is_in() {
    on_sites_with("sign_up.mode = \"restricted\"", async |site| {
        let backend = crate::backend::Backend::new(&site).await;
        let email = fresh_email();
        let user = json!({ "email_address": [email], "password": PASSWORD });
        backend.post("/users", user).await;
        let owner = site.browser();
        owner.sign_in(&email, PASSWORD).await.unwrap();
        let made = owner
            .submit("/v1/organizations", &[("name", "Lab")])
            .await
            .1;
        let id = made["response"]["id"].as_str().unwrap().to_owned();
        let lab = Lab {
            site: site.clone(),
            owner,
            path: format!("/v1/organizations/{id}"),
            id,
        };
        let newcomer = fresh_email();
        let (status, invited) = lab.invite(&newcomer, MEMBER).await;
        assert_eq!(status, 200, "{invited}");
        assert_eq!(invited["response"]["role_name"], "Member");
        let (ticket, page) = ticket(&lab, &newcomer).await;
        assert_eq!(page, "sign-up");
        assert_eq!(sign_in(&site.browser(), &ticket).await.0, 400);
        let browser = site.browser();
        let (_, done) = sign_up(&browser, &ticket).await;
        assert_eq!(done["response"]["status"], "complete", "{done}");
        assert_eq!(organization_of(&browser).await, json!(lab.id));
        assert_eq!(lab.count(&browser, MEMBER).await, 1);
        let (status, spent) = sign_up(&site.browser(), &ticket).await;
        assert_eq!((status, code(&spent)), (400, "ticket_invalid"));
        let listed = format!("{}/invitations?status=accepted", lab.path);
        let (_, listed) = lab.owner.get(&listed).await;
        assert_eq!(listed["response"]["total_count"], 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_an_account_proves_it_and_is_in() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let person = Person::new(&site).await;
        lab.invite(&person.email, ADMIN).await;
        let (ticket, page) = ticket(&lab, &person.email).await;
        assert_eq!(page, "sign-in");
        let browser = site.browser();
        let (_, begun) = sign_in(&browser, &ticket).await;
        let attempt = &begun["response"];
        assert_eq!(
            attempt["status"], "needs_first_factor",
            "a letter is passed on"
        );
        assert_eq!(attempt["identifier"], person.email);
        let path = format!(
            "/v1/client/sign_ins/{}/attempt_first_factor",
            attempt["id"].as_str().unwrap()
        );
        let proof = [("strategy", "password"), ("password", PASSWORD)];
        let (_, done) = browser.submit(&path, &proof).await;
        assert_eq!(done["response"]["status"], "complete", "{done}");
        assert_eq!(organization_of(&browser).await, json!(lab.id));
        assert_eq!(lab.count(&browser, ADMIN).await, 2);
        assert_eq!(sign_in(&site.browser(), &ticket).await.0, 400);
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_by_the_letter_hears_that_there_is_no_room() {
    on_sites(async |site| {
        let backend = crate::backend::Backend::new(&site).await;
        let lab = Lab::new(&site).await;
        let path = format!("/organizations/{}", lab.id);
        let limit = async |most: u32| {
            let limit = Some(json!({ "max_allowed_memberships": most }));
            assert_eq!(backend.send("PATCH", &path, limit).await.0, 200);
        };
        let (person, member) = (Person::new(&site).await, Person::new(&site).await);
        for email in [&person.email, &member.email] {
            lab.invite(email, MEMBER).await;
        }
        let (ticket_of_member, _) = ticket(&lab, &member.email).await;
        let (ticket, _) = ticket(&lab, &person.email).await;
        let add = json!({ "user_id": member.id, "role": MEMBER });
        backend.post(&format!("{path}/memberships"), add).await;
        limit(2).await;
        // Whether they are signed in already or not.
        for browser in [&person.browser, &site.browser()] {
            let (status, refused) = sign_in(browser, &ticket).await;
            let full = "organization_membership_quota_exceeded";
            assert_eq!((status, code(&refused)), (403, full));
        }
        assert_eq!(organization_of(&person.browser).await, Value::Null);
        // Who is in needs no room, and for others the letter is good again once there is some.
        let (_, here) = sign_in(&member.browser, &ticket_of_member).await;
        assert_eq!(code(&here), "identifier_already_signed_in");
        limit(3).await;
        let (_, joined) = sign_in(&person.browser, &ticket).await;
        assert_eq!(code(&joined), "identifier_already_signed_in");
        assert_eq!(organization_of(&person.browser).await, json!(lab.id));
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_in_is_in_at_once_by_the_letter() {
    for several in ["true", "false"] {
        on_sites_with(&format!("sessions.several = {several}"), async |site| {
            let lab = Lab::new(&site).await;
            let person = Person::new(&site).await;
            lab.invite(&person.email, MEMBER).await;
            let (ticket, _) = ticket(&lab, &person.email).await;
            // Nobody else joins by it, whoever they are.
            let (_, other) = sign_in(&lab.owner, &ticket).await;
            assert_ne!(code(&other), "identifier_already_signed_in");
            assert_eq!(lab.count(&lab.owner, MEMBER).await, 0);
            let (status, refused) = sign_in(&person.browser, &ticket).await;
            assert_eq!(
                (status, code(&refused)),
                (400, "identifier_already_signed_in")
            );
            assert!(refused["errors"][0]["meta"]["session_id"].is_string());
            assert_eq!(organization_of(&person.browser).await, json!(lab.id));
            assert_eq!(lab.count(&lab.owner, MEMBER).await, 1);
            assert_eq!(
                code(&sign_in(&person.browser, &ticket).await.1),
                "ticket_invalid"
            );
        })
        .await;
    }
}

#[tokio::test]
async fn a_letter_to_somebody_new_still_leads_in_once_they_have_an_account() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let email = fresh_email();
        lab.invite(&email, MEMBER).await;
        let (ticket, page) = ticket(&lab, &email).await;
        assert_eq!(page, "sign-up");
        site.browser().sign_up(&email).await;
        // The field says that the address has an account, and so where to go on.
        let (_, refused) = sign_up(&site.browser(), &ticket).await;
        assert_eq!(code(&refused), "ticket_invalid");
        assert_eq!(refused["errors"][0]["meta"]["param_name"], "email_address");
        let (status, begun) = sign_in(&site.browser(), &ticket).await;
        assert_eq!(
            (status, &begun["response"]["identifier"]),
            (200, &json!(email))
        );
    })
    .await;
}

#[tokio::test]
async fn a_letter_speaks_the_language_of_whoever_reads_it() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let email = fresh_email();
        let fields = [
            ("email_address", email.as_str()),
            ("password", PASSWORD),
            ("locale", "fr"),
        ];
        let browser = site.browser();
        let (_, begun) = browser.submit("/v1/client/sign_ups", &fields).await;
        let path = format!(
            "/v1/client/sign_ups/{}",
            begun["response"]["id"].as_str().unwrap()
        );
        let by_code = ("strategy", "email_code");
        browser
            .submit(&format!("{path}/prepare_verification"), &[by_code])
            .await;
        let digits = site.code(&email).await;
        let proof = [by_code, ("code", digits.as_str())];
        browser
            .submit(&format!("{path}/attempt_verification"), &proof)
            .await;
        lab.invite(&email, MEMBER).await;
        let mails = site.mails(&email).await;
        let mut subjects = mails.iter().filter_map(|mail| mail["subject"].as_str());
        assert!(subjects.any(|subject| subject.contains("invitation à rejoindre")));
        // Whoever is new is written to as the one who invites.
        let (name, invitee) = (super::fresh_name().0, fresh_email());
        let made = browser
            .submit("/v1/organizations", &[("name", &name)])
            .await
            .1;
        let path = format!(
            "/v1/organizations/{}/invitations",
            made["response"]["id"].as_str().unwrap()
        );
        let fields = [("email_address", invitee.as_str()), ("role", MEMBER)];
        browser.submit(&path, &fields).await;
        let mails = site.mails(&invitee).await;
        assert!(
            mails[0]["text"]
                .as_str()
                .unwrap()
                .contains("vous invite à rejoindre")
        );
    })
    .await;
}

#[tokio::test]
async fn only_the_invited_address_accepts() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let (person, stranger) = (Person::new(&site).await, Person::new(&site).await);
        let invited = lab.invite(&person.email, MEMBER).await.1;
        let id = invited["response"]["id"].as_str().unwrap();
        assert_eq!(accept(&stranger.browser, id).await.0, 404);
        assert_eq!(mine(&stranger.browser, "").await["total_count"], 0);
        // An address that is typed is not one that is proven.
        let typed = [("email_address", person.email.as_str())];
        stranger
            .browser
            .submit("/v1/me/email_addresses", &typed)
            .await;
        assert_eq!(accept(&stranger.browser, id).await.0, 404);
        assert_eq!(accept(&site.browser(), id).await.0, 401);
        let (ticket, _) = ticket(&lab, &person.email).await;
        let (status, refused) = sign_up(&site.browser(), &ticket).await;
        assert_eq!((status, code(&refused)), (400, "ticket_invalid"));
        let found = mine(&person.browser, "?status=pending").await;
        assert_eq!(found["data"][0]["public_organization_data"]["id"], lab.id);
        let (status, joined) = accept(&person.browser, id).await;
        assert_eq!(
            (status, &joined["response"]["status"]),
            (200, &json!("accepted"))
        );
        assert_eq!(accept(&person.browser, id).await.0, 404, "once");
        assert_eq!(
            mine(&person.browser, "?status=pending").await["total_count"],
            0
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_revoked_or_over_is_not_accepted() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let (revoked, late) = (Person::new(&site).await, Person::new(&site).await);
        let id = |answer: &Value| answer["response"]["id"].as_str().unwrap().to_owned();
        let first = id(&lab.invite(&revoked.email, MEMBER).await.1);
        let (ticket_of_first, _) = ticket(&lab, &revoked.email).await;
        let path = format!("{}/invitations/{first}/revoke", lab.path);
        let (status, answer) = lab.owner.submit(&path, &[]).await;
        assert_eq!(
            (status, &answer["response"]["status"]),
            (200, &json!("revoked"))
        );
        assert_eq!(lab.owner.submit(&path, &[]).await.0, 404);
        assert_eq!(accept(&revoked.browser, &first).await.0, 404);
        assert_eq!(sign_in(&site.browser(), &ticket_of_first).await.0, 400);
        let second = id(&lab.invite(&late.email, MEMBER).await.1);
        let (ticket_of_second, _) = ticket(&lab, &late.email).await;
        site.clock.advance_s(2_592_000 - 86_400 * 26);
        let again = id(&lab.invite(&late.email, ADMIN).await.1);
        assert_eq!(second, again, "it is the same one, and the letter another");
        assert_eq!(sign_in(&site.browser(), &ticket_of_second).await.0, 400);
        let (newest, _) = ticket(&lab, &late.email).await;
        assert_eq!(sign_in(&site.browser(), &newest).await.0, 200);
        assert_eq!(mine(&late.browser, "").await["data"][0]["role"], ADMIN);
    })
    .await;
    on_sites_with("organizations.invitation_days = 1\n", async |site| {
        let lab = Lab::new(&site).await;
        let late = Person::new(&site).await;
        let invited = lab.invite(&late.email, MEMBER).await.1;
        let (ticket, _) = ticket(&lab, &late.email).await;
        site.clock.advance_s(86_400);
        let id = invited["response"]["id"].as_str().unwrap();
        assert_eq!(accept(&late.browser, id).await.0, 404);
        assert_eq!(sign_in(&site.browser(), &ticket).await.0, 400);
        assert_eq!(
            mine(&late.browser, "").await["data"][0]["status"],
            "expired"
        );
    })
    .await;
}

#[tokio::test]
async fn an_invitation_accepted_twice_makes_one_membership() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        for round in 0..ROUNDS {
            let person = Person::new(&site).await;
            let invited = lab.invite(&person.email, MEMBER).await.1;
            let id = invited["response"]["id"].as_str().unwrap();
            let (one, other) =
                tokio::join!(accept(&person.browser, id), accept(&person.browser, id));
            let done = [one.0, other.0]
                .iter()
                .filter(|status| **status == 200)
                .count();
            assert_eq!(done, 1);
            assert_eq!(lab.count(&lab.owner, MEMBER).await, u64::from(round) + 1);
            let (_, again) = lab.invite(&person.email, MEMBER).await;
            assert_eq!(code(&again), "already_a_member_in_organization");
        }
    })
    .await;
}

#[tokio::test]
async fn the_last_seat_is_taken_once() {
    on_sites_with("organizations.max_members = 2\n", async |site| {
        for _ in 0..ROUNDS {
            let lab = Lab::new(&site).await;
            let (a, b) = (fresh_email(), fresh_email());
            let (one, other) = tokio::join!(lab.invite(&a, MEMBER), lab.invite(&b, MEMBER));
            let full: Vec<&str> = [&one, &other]
                .iter()
                .filter(|(status, _)| *status != 200)
                .map(|(_, answer)| code(answer))
                .collect();
            assert_eq!(full, ["organization_membership_quota_exceeded"]);
        }
    })
    .await;
}

#[tokio::test]
async fn open_invitations_are_limited_and_so_are_those_of_an_hour() {
    on_sites_with("organizations.max_open_invitations = 1\n", async |site| {
        let lab = Lab::new(&site).await;
        let email = fresh_email();
        assert_eq!(lab.invite(&email, MEMBER).await.0, 200);
        assert_eq!(lab.invite(&email, MEMBER).await.0, 200, "the same one");
        let (status, refused) = lab.invite(&fresh_email(), MEMBER).await;
        assert_eq!(
            (status, code(&refused)),
            (403, "organization_invitation_quota_exceeded")
        );
    })
    .await;
    on_sites_with("organizations.invitations_per_hour = 2\n", async |site| {
        let lab = Lab::new(&site).await;
        let mut statuses = Vec::new();
        for _ in 0..3 {
            statuses.push(lab.invite(&fresh_email(), MEMBER).await.0);
        }
        assert_eq!(statuses, [200, 200, 429]);
    })
    .await;
}

#[tokio::test]
async fn several_are_invited_at_once_or_nobody_and_each_mistake_has_a_name() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let member = lab.member(MEMBER).await;
        let (a, b) = (fresh_email(), fresh_email());
        let path = format!("{}/invitations/bulk", lab.path);
        let bulk = async |emails: &[&str]| {
            let mut fields: Vec<(&str, &str)> =
                emails.iter().map(|it| ("email_address", *it)).collect();
            fields.push(("role", MEMBER));
            lab.owner.submit(&path, &fields).await
        };
        let mistakes = |answer: &Value| {
            let errors = answer["errors"].as_array().unwrap().iter();
            let named = |error: &Value| {
                let meta = &error["meta"];
                assert_eq!(meta["param_name"], "email_address");
                (error["code"].clone(), meta["email_addresses"][0].clone())
            };
            errors.map(named).collect::<Vec<_>>()
        };
        let (status, refused) = bulk(&[&a, "nobody", "a@b@c"]).await;
        assert_eq!(status, 422, "{refused}");
        let invalid = json!("form_param_format_invalid");
        assert_eq!(
            mistakes(&refused),
            [
                (invalid.clone(), json!("nobody")),
                (invalid, json!("a@b@c"))
            ]
        );
        let (_, refused) = bulk(&[&a, &member.email]).await;
        let already = json!("already_a_member_in_organization");
        assert_eq!(mistakes(&refused), [(already, json!(member.email))]);
        assert!(site.mails(&a).await.is_empty(), "nobody is written to");
        let (status, done) = bulk(&[&a, &b, &a.to_uppercase()]).await;
        let invited = done["response"].as_array().unwrap();
        assert_eq!((status, invited.len()), (200, 2), "{done}");
        assert_eq!(site.mails(&a).await.len(), 1);
        assert_eq!(site.mails(&b).await.len(), 1);
        let (_, refused) = bulk(&[]).await;
        assert_eq!(code(&refused), "form_param_nil");
    })
    .await;
}
