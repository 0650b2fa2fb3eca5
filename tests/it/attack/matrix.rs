//! Every route of the Frontend API, as `/openapi.json` has it, asked by those who may not: all of them are refused,
//! nothing changes, and nothing is told.
//!
//! A route whose path names something new needs the id of one in [`Ada::ids`].

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Request;
use frontdesk_protocol::MEMBER;
use serde_json::Value;

use crate::backend::Backend;
use crate::oauth::provider::Person;
use crate::oauth::{DONE, through, with_acme};
use crate::passkeys::{Device, register};
use crate::site::{Browser, Site, fresh_email};

const SETTINGS: &str = "
passkeys.enabled = true
phone_number.enabled = true
sessions.several = true
[[tokens.templates]]
name = 'crew'
claims = { crew = true }
";

/// What members without a permission may do in their organization.
const FOR_MEMBERS: &[&str] = &[
    "GET /v1/organizations/{id}",
    "GET /v1/organizations/{id}/roles",
    "GET /v1/organizations/{id}/memberships",
    "GET /v1/organizations/{id}/domains",
    "GET /v1/organizations/{id}/domains/{domain_id}",
];

/// What routes ask for, so that none is refused for what it lacks; and what no route asks for, which means nothing.
const MORE: &[(&str, &str)] = &[
    ("code", "424242"),
    ("email_address", "eve@example.com"),
    ("name", "Mine"),
    ("role", MEMBER),
    ("strategy", "email_code"),
    ("banned", "true"),
    ("affiliation_email_address", "eve@ada-works.com"),
    ("domain_ids", "orgdmn_00000000000000000000000000"),
    ("enrollment_mode", "manual_invitation"),
    ("created_by", "user_00000000000000000000000000"),
    ("email_address_id", "idn_00000000000000000000000000"),
    ("is_super_admin", "true"),
    ("max_allowed_memberships", "0"),
    ("permissions", "[\"org:sys_profile:delete\"]"),
    ("private_metadata", "{\"mine\":true}"),
    ("public_metadata", "{\"mine\":true}"),
    ("status", "complete"),
    ("verified", "true"),
];

/// A verb, and a path with names in braces.
struct Route {
    verb: String,
    path: String,
}

impl Route {
    fn name(&self) -> String {
        format!("{} {}", self.verb, self.path)
    }

    fn has_id(&self) -> bool {
        self.path.contains('{')
    }

    fn is_of_organization(&self) -> bool {
        self.path.starts_with("/v1/organizations/{id}")
    }

    /// The path with ids in the place of names: what is said by the part before the brace.
    fn filled(&self, id: impl Fn(&str) -> String) -> String {
        let mut before = "";
        let parts = self.path.split('/').map(|part| {
            let kind = std::mem::replace(&mut before, part);
            if part.starts_with('{') {
                id(kind)
            } else {
                part.to_owned()
            }
        });
        parts.collect::<Vec<_>>().join("/")
    }
}

/// Every route of the Frontend API.
async fn routes(site: &Site) -> Vec<Route> {
    let request = Request::get("/openapi.json").body(Body::empty()).unwrap();
    let (_, _, document) = site.answer(request).await;
    let paths = document["paths"].as_object().unwrap();
    let mut found = Vec::new();
    for (path, verbs) in paths.iter().filter(|(path, _)| path.starts_with("/v1/")) {
        for verb in verbs.as_object().unwrap().keys() {
            let (verb, path) = (verb.to_uppercase(), path.clone());
            found.push(Route { verb, path });
        }
    }
    assert!(found.len() > 70, "the document is not what it was");
    found
}

/// Asks for a route, with `more` in its body; the status, and all that is told.
async fn ask(browser: &Browser, verb: &str, path: &str, more: &[(&str, &str)]) -> (u16, String) {
    let (status, answer) = match verb {
        "GET" => browser.get(path).await,
        "POST" => browser.submit(path, more).await,
        verb => {
            browser
                .submit(&format!("{path}?_method={verb}"), more)
                .await
        }
    };
    (status, answer.to_string())
}

/// What there is to take: somebody with one of everything.
struct Ada {
    browser: Browser,
    /// Ids, each with what is before it in a path.
    ids: BTreeMap<&'static str, String>,
    /// What no answer to others may say.
    secrets: Vec<String>,
}

fn id(answer: &Value) -> String {
    let id = answer["response"]["id"].as_str();
    id.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// Makes a domain an organization's, which suggests itself to people there; the domain's id.
async fn prove_domain(admin: &Browser, organization: &str, name: &str) -> String {
    let path = format!("/v1/organizations/{organization}/domains");
    let (status, added) = admin.submit(&path, &[("name", name)]).await;
    assert_eq!(status, 200, "{added}");
    let id = id(&added);
    let boss = format!("boss@{name}");
    let to = [("affiliation_email_address", boss.as_str())];
    let prepare = format!("{path}/{id}/prepare_affiliation_verification");
    admin.submit(&prepare, &to).await;
    let code = admin.site.code(&boss).await;
    let attempt = format!("{path}/{id}/attempt_affiliation_verification");
    admin.submit(&attempt, &[("code", &code)]).await;
    let mode = [("enrollment_mode", "automatic_suggestion")];
    let path = format!("{path}/{id}/update_enrollment_mode");
    assert_eq!(admin.submit(&path, &mode).await.0, 200);
    id
}

impl Ada {
    async fn new(site: &Site, acme: &crate::oauth::provider::Provider) -> Self {
        let (browser, email) = (site.browser(), fresh_email());
        browser.sign_up(&email).await;
        let mut ids = BTreeMap::new();
        let mut made = async |place, path: &str, fields: &[(&str, &str)]| {
            let (status, answer) = browser.submit(path, fields).await;
            assert_eq!(status, 200, "{path}: {answer}");
            let id = id(&answer);
            ids.insert(place, id.clone());
            id
        };
        let name = format!("Ada {}", &email[..8]);
        let second = fresh_email();
        let path = "/v1/me/email_addresses";
        made("email_addresses", path, &[("email_address", &second)]).await;
        let number = [("phone_number", "+14155550142")];
        made("phone_numbers", "/v1/me/phone_numbers", &number).await;
        let lab = [("name", name.as_str())];
        let lab = made("organizations", "/v1/organizations", &lab).await;
        let guest = fresh_email();
        let path = format!("/v1/organizations/{lab}/invitations");
        let fields = [("email_address", guest.as_str()), ("role", MEMBER)];
        made("invitations", &path, &fields).await;
        let domain = prove_domain(&browser, &lab, "ada-works.com").await;
        ids.insert("domains", domain);
        // Somebody at her domain asks to join.
        let (asking, hers) = (site.browser(), "bea@ada-works.com");
        asking.sign_up(hers).await;
        let (_, suggested) = asking.get("/v1/me/organization_suggestions").await;
        let suggested = suggested["response"]["data"][0]["id"].as_str().unwrap();
        let path = format!("/v1/me/organization_suggestions/{suggested}/accept");
        assert_eq!(asking.submit(&path, &[]).await.0, 200);
        let path = format!("/v1/organizations/{lab}/membership_requests");
        let (_, waiting) = browser.get(&path).await;
        let waiting = waiting["response"]["data"][0]["id"].as_str().unwrap();
        ids.insert("membership_requests", waiting.to_owned());
        ids.insert("organization_memberships", lab);
        let me = id(&browser
            .submit("/v1/me?_method=PATCH", &[("first_name", &name)])
            .await
            .1);
        ids.insert("memberships", me);
        ids.insert("template", "crew".to_owned());
        ids.insert("passkeys", register(&browser, &mut Device::new()).await);
        let person = Person::new(&fresh_email());
        let accounts = "/v1/me/external_accounts";
        assert_eq!(through(&browser, accounts, acme, &person).await, DONE);
        let (_, shown) = browser.get("/v1/me").await;
        let account = &shown["response"]["external_accounts"][0]["id"];
        ids.insert("external_accounts", account.as_str().unwrap().to_owned());
        // Somebody else invited her.
        let host = site.signed_up().await;
        let (_, party) = host.submit("/v1/organizations", &[("name", "Party")]).await;
        let path = format!("/v1/organizations/{}/invitations", id(&party));
        let fields = [("email_address", email.as_str()), ("role", MEMBER)];
        let (status, invited) = host.submit(&path, &fields).await;
        assert_eq!(status, 200, "{invited}");
        ids.insert("organization_invitations", id(&invited));
        // And an organization has the domain that she has an address at.
        let host = site.signed_up().await;
        let (_, crowd) = host.submit("/v1/organizations", &[("name", "Crowd")]).await;
        prove_domain(&host, &id(&crowd), "example.com").await;
        let (_, suggested) = browser.get("/v1/me/organization_suggestions").await;
        let suggested = suggested["response"]["data"][0]["id"].as_str().unwrap();
        ids.insert("organization_suggestions", suggested.to_owned());
        let client = browser.desk.client().unwrap();
        let session = client.last_active_session_id.as_ref().unwrap();
        ids.insert("sessions", session.to_string());
        let sign_in = browser.begin_sign_in(&guest).await;
        ids.insert("sign_ins", sign_in.id.to_string());
        let sign_up = browser.begin_sign_up(&guest).await;
        ids.insert("sign_ups", sign_up.id.to_string());
        let secrets = vec![email, second, name, guest, "+14155550142".to_owned()];
        Self {
            browser,
            ids,
            secrets,
        }
    }

    /// The path of a route to what is hers.
    fn path(&self, route: &Route) -> String {
        route.filled(|kind| {
            let kind = if kind == "tokens" { "template" } else { kind };
            let known = self.ids.get(kind);
            known
                .unwrap_or_else(|| panic!("{}: there is no id for {kind}", route.name()))
                .clone()
        })
    }

    /// The path of a route to what is nobody's.
    fn path_to_nothing(&self, route: &Route) -> String {
        let hers = self.path(route);
        let parts = hers.split('/').map(|part| {
            let is_hers = self.ids.values().any(|id| id == part);
            match part.split_once('_') {
                Some((kind, rest)) if is_hers => format!("{kind}_{}", "0".repeat(rest.len())),
                _ => part.to_owned(),
            }
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// All that she sees, without what is new each time.
    async fn view(&self, routes: &[Route]) -> Vec<(String, Value)> {
        let mut seen = Vec::new();
        for route in routes.iter().filter(|route| route.verb == "GET") {
            let (status, mut answer) = self.browser.get(&self.path(route)).await;
            forget(&mut answer);
            seen.push((format!("{} {status}", route.name()), answer));
        }
        assert!(
            seen.iter()
                .filter(|(name, _)| name.ends_with("200"))
                .count()
                > 15
        );
        seen
    }

    /// That an answer is a refusal and says nothing of hers.
    fn assert_refused(&self, route: &Route, (status, told): &(u16, String), allowed: &[u16]) {
        assert!(
            allowed.contains(status),
            "{}: {status} {told}",
            route.name()
        );
        for secret in &self.secrets {
            assert!(
                !told.contains(secret),
                "{} tells {secret}: {told}",
                route.name()
            );
        }
    }
}

/// Takes out what is new in each answer.
fn forget(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| {
                !["jwt", "server_time", "nonce", "audit_log"].contains(&name.as_str())
            });
            members.values_mut().for_each(forget);
        }
        Value::Array(items) => items.iter_mut().for_each(forget),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn a_stranger_gets_nothing_from_any_route() {
    with_acme(("", SETTINGS), async |site, acme| {
        let routes = routes(&site).await;
        let ada = Ada::new(&site, &acme).await;
        let before = ada.view(&routes).await;
        for route in &routes {
            let is_closed = route.has_id()
                || ["/v1/me", "/v1/organizations"]
                    .iter()
                    .any(|place| route.path.starts_with(place));
            if is_closed {
                let answer = ask(&site.browser(), &route.verb, &ada.path(route), MORE).await;
                ada.assert_refused(route, &answer, &[401, 404]);
            }
        }
        assert_eq!(ada.view(&routes).await, before);
    })
    .await;
}

#[tokio::test]
async fn another_user_with_her_ids_gets_nothing() {
    with_acme(("", SETTINGS), async |site, acme| {
        let routes = routes(&site).await;
        let ada = Ada::new(&site, &acme).await;
        let eve = site.signed_up().await;
        eve.begin_sign_in(&fresh_email()).await;
        let before = ada.view(&routes).await;
        for route in routes.iter().filter(|route| route.has_id()) {
            let answer = ask(&eve, &route.verb, &ada.path(route), MORE).await;
            // A form that is wrong is refused before anything is looked up.
            ada.assert_refused(route, &answer, &[404, 422]);
            let nothing = ada.path_to_nothing(route);
            assert_ne!(nothing, ada.path(route), "{}", route.name());
            let other = ask(&eve, &route.verb, &nothing, MORE).await;
            assert_eq!(answer, other, "{} tells what is there", route.name());
        }
        assert_eq!(ada.view(&routes).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_admin_of_another_organization_gets_nothing_of_hers_in_their_own() {
    with_acme(("", SETTINGS), async |site, acme| {
        let routes = routes(&site).await;
        let ada = Ada::new(&site, &acme).await;
        let eve = site.signed_up().await;
        let (_, own) = eve.submit("/v1/organizations", &[("name", "Own")]).await;
        let own = id(&own);
        let before = ada.view(&routes).await;
        let inner = routes
            .iter()
            .filter(|it| it.is_of_organization() && it.path.matches('{').count() > 1);
        let mut asked = 0;
        for route in routes.iter().filter(|it| it.is_of_organization()) {
            let answer = ask(&eve, &route.verb, &ada.path(route), MORE).await;
            ada.assert_refused(route, &answer, &[404, 422]);
        }
        for route in inner {
            let hers = ada.path(route);
            let swapped = hers.replacen(&ada.ids["organizations"], &own, 1);
            let answer = ask(&eve, &route.verb, &swapped, MORE).await;
            ada.assert_refused(route, &answer, &[404]);
            asked += 1;
        }
        assert!(asked > 2);
        assert_eq!(ada.view(&routes).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_member_without_a_permission_changes_nothing() {
    with_acme(("", SETTINGS), async |site, acme| {
        let routes = routes(&site).await;
        let ada = Ada::new(&site, &acme).await;
        let (bob, email) = (site.browser(), fresh_email());
        bob.sign_up(&email).await;
        let path = format!("/v1/organizations/{}/invitations", ada.ids["organizations"]);
        let fields = [("email_address", email.as_str()), ("role", MEMBER)];
        let (_, invited) = ada.browser.submit(&path, &fields).await;
        let accept = format!("/v1/me/organization_invitations/{}/accept", id(&invited));
        assert_eq!(bob.submit(&accept, &[]).await.0, 200);
        let before = ada.view(&routes).await;
        for route in routes.iter().filter(|route| route.is_of_organization()) {
            let answer = ask(&bob, &route.verb, &ada.path(route), MORE).await;
            if FOR_MEMBERS.contains(&route.name().as_str()) {
                assert_eq!(answer.0, 200, "{}: {}", route.name(), answer.1);
            } else {
                ada.assert_refused(route, &answer, &[403]);
            }
        }
        assert_eq!(ada.view(&routes).await, before);
    })
    .await;
}

#[tokio::test]
async fn what_a_route_does_not_ask_for_means_nothing() {
    with_acme(("", SETTINGS), async |site, acme| {
        let routes = routes(&site).await;
        let ada = Ada::new(&site, &acme).await;
        let before = ada.view(&routes).await;
        let hers: Vec<&str> = ada.ids.values().map(String::as_str).collect();
        for route in routes
            .iter()
            .filter(|route| !route.has_id() && route.verb != "GET")
        {
            let eve = site.signed_up().await;
            for id in &hers {
                let whose = [
                    ("id", *id),
                    ("user_id", id),
                    ("organization_id", id),
                    ("client_id", id),
                ];
                let all: Vec<(&str, &str)> = MORE.iter().chain(&whose).copied().collect();
                let (status, told) = ask(&eve, &route.verb, &route.path, &all).await;
                assert!(status < 500, "{}: {status} {told}", route.name());
                for secret in &ada.secrets {
                    assert!(!told.contains(secret), "{} tells {secret}", route.name());
                }
            }
            let (_, me) = eve.get("/v1/me").await;
            let given = &me["response"]["public_metadata"];
            assert!(
                given.is_null() || *given == serde_json::json!({}),
                "{}",
                route.name()
            );
        }
        assert_eq!(ada.view(&routes).await, before);
    })
    .await;
}

/// What only the app's server may change of a user and of an organization.
async fn held(backend: &Backend, user: &str, organization: &str) -> Vec<Value> {
    let user = backend.get(&format!("/users/{user}")).await;
    let its = backend.get(&format!("/organizations/{organization}")).await;
    let of_user = [
        "public_metadata",
        "private_metadata",
        "banned",
        "locked",
        "is_super_admin",
        "external_id",
    ];
    let of_its = [
        "public_metadata",
        "private_metadata",
        "max_allowed_memberships",
        "created_by",
    ];
    let held = of_user.iter().map(|name| user[*name].clone());
    held.chain(of_its.iter().map(|name| its[*name].clone()))
        .collect()
}

#[tokio::test]
async fn what_only_the_apps_server_sets_is_set_by_no_field_about_ones_own() {
    with_acme(("", SETTINGS), async |site, acme| {
        let routes = routes(&site).await;
        let ada = Ada::new(&site, &acme).await;
        let backend = Backend::new(&site).await;
        let (user, lab) = (&ada.ids["memberships"], &ada.ids["organizations"]);
        let before = held(&backend, user, lab).await;
        let mut done = 0;
        for route in routes
            .iter()
            .filter(|it| ["POST", "PATCH"].contains(&it.verb.as_str()))
        {
            let (status, told) = ask(&ada.browser, &route.verb, &ada.path(route), MORE).await;
            assert!(status < 500, "{}: {status} {told}", route.name());
            done += usize::from(status == 200);
            assert_eq!(held(&backend, user, lab).await, before, "{}", route.name());
        }
        assert!(done > 5, "{done}");
    })
    .await;
}
