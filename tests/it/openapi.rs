//! The document of both APIs says what the router does, no more and no less.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use frontdesk_client::Value;
use frontdesk_server::routes::admin::table;
use serde_json::json;

use crate::backend::Backend;
use crate::site::{Site, fresh_email, on_sites};

async fn document(site: &Site) -> Value {
    let request = Request::get("/openapi.json").body(Body::empty()).unwrap();
    let (status, _, document) = site.answer(request).await;
    assert_eq!(status, 200);
    document
}

/// The verbs and paths that a document has below `prefix`.
fn documented(document: &Value, prefix: &str) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let below = paths.filter(|(path, _)| path.starts_with(prefix));
    below
        .flat_map(|(path, verbs)| {
            let verbs = verbs.as_object().unwrap().keys();
            verbs.map(move |verb| format!("{verb} {path}"))
        })
        .collect()
}

/// The verbs and paths below `/v1`, as the source of the router has them.
fn routed() -> BTreeSet<String> {
    let read = |name: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/server/src/routes/");
        std::fs::read_to_string([folder, name].concat()).unwrap()
    };
    let source = read("mod.rs");
    let start = source.find("fn frontend(").unwrap();
    let end = source.find("async fn nowhere(").unwrap();
    let mut found = BTreeSet::new();
    let source = [&source[start..end], &read("organizations/router.rs")].concat();
    for route in source.split(".route(").skip(1) {
        let mut quoted = route.split('"');
        let path = quoted.nth(1).unwrap();
        let rest = &route[route.find(path).unwrap() + path.len()..];
        for verb in ["get", "post", "put", "patch", "delete"] {
            let is_there = [" ", "\n", ".", "("]
                .iter()
                .any(|before| rest.contains(&format!("{before}{verb}(")));
            if is_there {
                found.insert(format!("{verb} /v1{path}"));
            }
        }
    }
    assert!(found.len() > 40, "the router is not where it was");
    found
}

/// Every `$ref` below.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(place)) = members.get("$ref") {
                found.insert(place.clone());
            }
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The members that a schema knows.
fn known(document: &Value, schema: &Value) -> BTreeSet<String> {
    if let Some(place) = schema["$ref"].as_str() {
        return known(document, document.pointer(&place[1..]).unwrap());
    }
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let mut names: BTreeSet<String> = parts.flat_map(|part| known(document, part)).collect();
    let own = schema["properties"].as_object().into_iter().flatten();
    names.extend(own.map(|(name, _)| name.clone()));
    names
}

/// Whether a schema says that `name` may be null.
fn may_be_null(document: &Value, schema: &Value, name: &str) -> bool {
    if let Some(place) = schema["$ref"].as_str() {
        return may_be_null(document, document.pointer(&place[1..]).unwrap(), name);
    }
    let mut parts = schema["allOf"].as_array().into_iter().flatten();
    let member = &schema["properties"][name];
    let kinds = member["type"].as_array().into_iter().flatten();
    let choices = member["anyOf"].as_array().into_iter().flatten();
    kinds.into_iter().any(|kind| kind == "null")
        || choices.into_iter().any(|choice| choice["type"] == "null")
        || parts.any(|part| may_be_null(document, part, name))
}

#[tokio::test]
async fn every_route_is_in_the_document_and_nothing_else() {
    on_sites(async |site| {
        let document = document(&site).await;
        assert_eq!(documented(&document, "/v1/"), routed());
        let admin: BTreeSet<String> = table::routes()
            .iter()
            .map(|(entry, _)| format!("{} {}", entry.method.to_lowercase(), entry.path))
            .collect();
        assert_eq!(documented(&document, table::PREFIX), admin);
        let mut places = BTreeSet::new();
        references(&document, &mut places);
        for place in places {
            assert!(document.pointer(&place[1..]).is_some(), "{place}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_has_the_members_that_the_document_says() {
    on_sites(async |site| {
        let document = document(&site).await;
        let backend = Backend::new(&site).await;
        let email = fresh_email();
        let user = json!({ "email_address": [email] });
        let user = backend.post("/users", user).await;
        let browser = site.browser();
        browser.sign_up(&fresh_email()).await;
        let (_, sessions) = browser.get("/v1/me/sessions/active").await;
        let id = sessions[0]["id"].as_str().unwrap();
        let token = json!({ "user_id": user["id"] });
        let organization = json!({ "name": "Lab", "created_by": user["id"] });
        let organization = backend.post("/organizations", organization).await;
        let members = format!(
            "/organizations/{}/memberships",
            organization["id"].as_str().unwrap()
        );
        let members = backend.get(&members).await;
        let role = backend.get("/roles").await[0].clone();
        let answers = [
            (
                "admin_session",
                backend.get(&format!("/sessions/{id}")).await,
            ),
            (
                "admin_sign_in_token",
                backend.post("/sign_in_tokens", token).await,
            ),
            (
                "admin_invitation",
                backend
                    .post("/invitations", json!({ "email_address": fresh_email() }))
                    .await,
            ),
            (
                "admin_blocklist_identifier",
                backend
                    .post(
                        "/blocklist_identifiers",
                        json!({ "identifier": fresh_email() }),
                    )
                    .await,
            ),
            (
                "admin_secret_key",
                backend
                    .post("/secret_keys", json!({ "name": "A", "scopes": ["*"] }))
                    .await,
            ),
            ("admin_permission", role["permissions"][0].clone()),
            ("admin_role", role),
            ("admin_organization_membership", members["data"][0].clone()),
            ("admin_organization", organization),
            ("admin_user", user),
            ("User", browser.get("/v1/me").await.1["response"].clone()),
            (
                "Client",
                browser.get("/v1/client").await.1["response"].clone(),
            ),
            ("Environment", browser.get("/v1/environment").await.1),
            ("DeviceSession", sessions[0].clone()),
        ];
        for (schema, answer) in answers {
            let place = json!({ "$ref": format!("#/components/schemas/{schema}") });
            let said = answer.as_object().unwrap().keys().cloned().collect();
            assert_eq!(known(&document, &place), said, "{schema}");
            for (name, value) in answer.as_object().unwrap() {
                let is_told = !value.is_null() || may_be_null(&document, &place, name);
                assert!(is_told, "{schema}: {name} is null");
            }
        }
    })
    .await;
}
