//! Who may import whom.

use std::collections::BTreeSet;

use super::{File, refuse, tree};

/// What each folder may not import; `frontdesk-` is any of our crates.
const REFUSED: [(&str, &str); 8] = [
    (
        "crates/protocol/",
        "tokio axum sqlx web-sys leptos frontdesk-",
    ),
    (
        "crates/locale/",
        "tokio axum sqlx web-sys leptos frontdesk-",
    ),
    (
        "crates/verify/",
        "sqlx web-sys leptos frontdesk-client frontdesk-components frontdesk-elements frontdesk-locale frontdesk-server",
    ),
    (
        "crates/client/",
        "axum sqlx leptos frontdesk-components frontdesk-elements frontdesk-locale frontdesk-server frontdesk-verify",
    ),
    (
        "crates/server/",
        "web-sys leptos frontdesk-client frontdesk-components frontdesk-elements frontdesk-verify",
    ),
    (
        "crates/elements/",
        "axum sqlx frontdesk-server frontdesk-verify",
    ),
    (
        "components/",
        "axum sqlx gloo-net frontdesk-elements frontdesk-server frontdesk-verify",
    ),
    (
        "xtask/",
        "frontdesk-client frontdesk-components frontdesk-elements frontdesk-server",
    ),
];

/// Whether a line of a manifest, or the path after `use`, begins with `name`.
fn begins_with(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name);
    rest.is_some_and(|rest| {
        name.ends_with(['-', '_']) || rest.starts_with(|c: char| " .=:;,".contains(c))
    })
}

/// What a line of code imports.
fn used(line: &str) -> Option<&str> {
    let (before, path) = line.split_once("use ")?;
    let before = before.trim();
    (before.is_empty() || before.starts_with("pub")).then_some(path)
}

#[test]
fn imports_follow_the_arrows() {
    let mut found = Vec::new();
    for file in &tree() {
        let mine = REFUSED
            .iter()
            .filter(|(folder, _)| file.path.starts_with(folder));
        for (folder, name) in
            mine.flat_map(|(folder, names)| names.split(' ').map(move |name| (folder, name)))
        {
            let own = folder
                .trim_end_matches('/')
                .replace("crates/", "frontdesk-");
            let is_wrong = |text: &str, name: &str, own: &str| {
                begins_with(text, name) && !begins_with(text, own)
            };
            if file.is("Cargo.toml") {
                found.extend(file.wrong(|line| {
                    is_wrong(line, name, &own).then(|| format!("depends on {name}"))
                }));
            } else if file.is(".rs") {
                let [name, own] = [name, &own].map(|it| it.replace('-', "_"));
                found.extend(file.wrong(|line| {
                    is_wrong(used(line)?, &name, &own).then(|| format!("imports {name}"))
                }));
            }
        }
    }
    refuse("An import goes along the arrows of README.", &found);
}

#[test]
fn a_widget_keeps_its_cards_to_itself() {
    let tree = tree();
    let folder = |file: &File| {
        Some(
            file.path
                .strip_prefix("components/")?
                .split_once('/')?
                .0
                .to_owned(),
        )
    };
    let folders: BTreeSet<String> = tree
        .iter()
        .filter(|file| file.is(".rs"))
        .filter_map(folder)
        .collect();
    let mut found = Vec::new();
    for file in tree.iter().filter(|file| file.is(".rs")) {
        let Some(here) = folder(file) else { continue };
        for other in folders
            .iter()
            .filter(|other| **other != here && *other != "kit")
        {
            found.extend(file.wrong(|line| {
                let rest = line.split_once(&format!("crate::{other}"))?.1;
                let name = rest.strip_prefix("::")?;
                let is_inside = name.contains("::") || name.starts_with('*');
                (here == "kit" || is_inside).then(|| format!("{here} imports from {other}"))
            }));
        }
    }
    refuse(
        "The kit knows no widget, and nobody reaches into another widget's modules.",
        &found,
    );
}
