//! The types of the npm package say what the server sends, no more and no less.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::Request;
use frontdesk_client::Value;

use crate::site::{Site, on_sites};

/// The declarations of the package by their names: a type's text, or an interface's members, one to a line.
fn declared() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in ["attempts", "environment", "resources"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/elements/js/");
        let text = std::fs::read_to_string([folder, name, ".d.ts"].concat()).unwrap();
        let mut open = None;
        for line in text.lines() {
            let line = line.trim_end_matches(';');
            if let Some(name) = line.strip_prefix("export interface ") {
                open = name.strip_suffix(" {").map(str::to_owned);
                assert!(open.is_some(), "{line}");
            } else if let Some((name, text)) = line
                .strip_prefix("export type ")
                .and_then(|line| line.split_once(" = "))
            {
                found.insert(name.to_owned(), BTreeSet::from([text.to_owned()]));
            } else if let Some(name) = &open
                && let Some(member) = line.strip_prefix("  ")
                && !member.starts_with("/**")
            {
                found
                    .entry(name.clone())
                    .or_default()
                    .insert(member.to_owned());
            }
        }
    }
    found
}

/// A schema as TypeScript writes it; the types it names are added to `named`.
fn written(schema: &Value, named: &mut Vec<String>) -> String {
    if let Some(place) = schema["$ref"].as_str() {
        let name = place.rsplit('/').next().unwrap();
        // Newer servers have reasons that no type of today would name.
        if name == "ErrorCode" {
            return "string".to_owned();
        }
        named.push(name.to_owned());
        return name.to_owned();
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let choices: Vec<String> = choices.iter().map(|it| written(it, named)).collect();
        return choices.join(" | ");
    }
    if let Some(word) = schema.get("const") {
        return word.to_string();
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words.iter().map(Value::to_string).collect();
        return words.join(" | ");
    }
    match schema["type"].as_str().unwrap() {
        "array" => written(&schema["items"], named) + "[]",
        "integer" if schema.get("description").is_some() => "Timestamp".to_owned(),
        "integer" => "number".to_owned(),
        "object" => "Record<string, unknown>".to_owned(),
        other => other.to_owned(),
    }
}

async fn schemas(site: &Site) -> Value {
    let request = Request::get("/openapi.json").body(Body::empty()).unwrap();
    let (_, _, document) = site.answer(request).await;
    document["components"]["schemas"].clone()
}

#[tokio::test]
async fn the_types_of_the_package_have_what_the_server_sends() {
    on_sites(async |site| {
        let schemas = schemas(&site).await;
        let mut sent: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut open = ["Client", "Environment", "SocialProvider"]
            .map(str::to_owned)
            .to_vec();
        while let Some(name) = open.pop() {
            if sent.contains_key(&name) {
                continue;
            }
            let schema = &schemas[&name];
            let lines = match schema["properties"].as_object() {
                Some(members) => members
                    .iter()
                    .map(|(member, schema)| match member.as_str() {
                        // The document does not say what is in it.
                        "social" => "social: Record<string, SocialProvider>".to_owned(),
                        _ => format!("{member}: {}", written(schema, &mut open)),
                    })
                    .collect(),
                None => BTreeSet::from([written(schema, &mut open)]),
            };
            sent.insert(name, lines);
        }
        sent.insert(
            "Timestamp".to_owned(),
            BTreeSet::from(["number".to_owned()]),
        );
        let declared = declared();
        for (name, lines) in &sent {
            assert_eq!(declared.get(name), Some(lines), "{name}");
        }
        let names = |of: &BTreeMap<String, _>| of.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&declared), names(&sent));
    })
    .await;
}
