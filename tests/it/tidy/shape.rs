//! How long a file is, where it is shown, and what it must not name.

use std::collections::BTreeSet;

use super::{File, file, refuse, tree};

/// This file names what it refuses.
const SELF: &str = "tests/it/tidy/shape.rs";

/// How many packages `Cargo.lock` may name: a few more than it did when this was written.
const LOCKED: usize = 640;

#[test]
fn a_file_is_short_enough_to_read() {
    let kinds = [".rs", ".js", ".ts", ".sql", ".html", ".css"];
    let mut found = Vec::new();
    for file in tree()
        .iter()
        .filter(|file| kinds.iter().any(|kind| file.is(kind)))
    {
        // The build takes one style sheet of a folder, so it may be as long as tests are.
        let is_long_kind = file.is("tests.rs")
            || file.is(".css")
            || file.is_in(&["tests/"])
            || file.path.contains("/tests/");
        let limit = if is_long_kind { 600 } else { 400 };
        let length = file.text.lines().count();
        if length > limit && file.is_in(&["crates/", "components/", "xtask/src/", "tests/"]) {
            found.push(format!("{}:{limit}: goes on to line {length}", file.path));
        }
    }
    refuse(
        "A file has at most 400 lines; tests and style sheets 600.",
        &found,
    );
}

#[test]
fn every_module_says_what_it_is() {
    let tree = tree();
    let silent = tree
        .iter()
        .filter(|file| file.is(".rs") && !file.text.starts_with("//! "));
    let found: Vec<String> = silent
        .map(|file| format!("{}:1: no `//!` line", file.path))
        .collect();
    refuse(
        "Every module begins with a sentence that says what it is.",
        &found,
    );
}

#[test]
fn only_the_store_speaks_sql() {
    let mut found = Vec::new();
    let elsewhere =
        |file: &&File| !file.is_in(&["crates/server/src/store/", "tests/"]) && file.is(".rs");
    for file in tree().iter().filter(elsewhere) {
        found.extend(file.wrong(|line| {
            let quoted = line.split_once('"').map_or("", |(_, quoted)| quoted);
            let statement = [
                "SELECT ",
                "INSERT INTO ",
                "DELETE FROM ",
                "UPDATE ",
                "CREATE TABLE ",
                "BEGIN IMMEDIATE",
            ]
            .iter()
            .find(|word| quoted.contains(**word));
            let call = ["sqlx::query", "sqlx::raw_sql"]
                .iter()
                .find(|word| line.contains(**word));
            statement.or(call).map(|word| (*word).to_owned())
        }));
    }
    refuse("SQL is in crates/server/src/store.", &found);
}

#[test]
fn the_readme_shows_the_tree() {
    let tree = tree();
    let readme = file(&tree, "README.md");
    let shown: BTreeSet<&str> = readme
        .text
        .lines()
        .filter_map(|line| Some(line.trim_start().split_once('/')?.0))
        .collect();
    let mut found = BTreeSet::new();
    for path in tree.iter().map(|file| file.path.as_str()) {
        let mut steps = path.split('/');
        let (top, next) = (steps.next().unwrap_or_default(), steps.next());
        let is_folder = next.is_some() && !top.starts_with('.');
        let names = [is_folder.then_some(top), next.filter(|_| top == "crates")];
        found.extend(
            names
                .into_iter()
                .flatten()
                .filter(|name| !shown.contains(name))
                .map(|name| format!("README.md:1: {name}/ is not in the tree")),
        );
    }
    refuse(
        "README's tree names every crate and top-level folder.",
        &found.into_iter().collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_names_one_machine() {
    const PLACES: [&str; 8] = [
        "/work/",
        "/tmp/",
        "/home/",
        "/root/",
        "/Users/",
        "registry.npmjs.",
        "static.crates.io",
        "index.crates.io",
    ];
    let mut found = Vec::new();
    for file in tree().iter().filter(|file| file.path != SELF) {
        found.extend(file.wrong(|line| {
            let place = PLACES.iter().find(|place| {
                // A folder begins a path; `docs/home/` is nobody's.
                line.match_indices(**place).any(|(at, _)| {
                    !place.starts_with('/')
                        || !line[..at]
                            .ends_with(|c: char| c.is_alphanumeric() || ".-_*}".contains(c))
                })
            });
            place.map(|place| (*place).to_owned())
        }));
    }
    refuse(
        "No tracked file knows folders or mirrors of the machine it was written on.",
        &found,
    );
}

#[test]
fn dependencies_stay_few() {
    let tree = tree();
    let lock = file(&tree, "Cargo.lock");
    let count = lock
        .lines()
        .filter(|(_, text)| *text == "[[package]]")
        .count();
    assert!(
        count <= LOCKED,
        "Cargo.lock:1: {count} packages, and {LOCKED} are allowed; say in the commit what the new ones save"
    );
}

/// Where each column of the table of methods begins to look for its files.
const COLUMNS: [&str; 8] = [
    "crates/", "crates/", "", "locales/", "locales/", "locales/", "tests/", "tests/",
];

#[test]
fn every_way_in_is_whole() {
    let tree = tree();
    let table = file(&tree, "docs/methods.md");
    let mut found = Vec::new();
    let mut rows = 0;
    for (line, text) in table.lines() {
        let is_row = text.starts_with("| ") && !text.starts_with("| method");
        if !is_row {
            continue;
        }
        rows += 1;
        let cells: Vec<&str> = text.trim_matches('|').split('|').map(str::trim).collect();
        for (cell, begin) in cells.iter().skip(1).zip(COLUMNS) {
            let path = format!("{begin}{}", cell.trim_matches('`'));
            if !tree.iter().any(|file| file.path == path) {
                found.push(format!("docs/methods.md:{line}: {path} is not there"));
            }
        }
        if cells.len() != COLUMNS.len() + 1 {
            found.push(format!("docs/methods.md:{line}: a cell is missing"));
        }
    }
    assert!(rows >= 14, "{rows} methods");
    refuse("Every method has each of its parts.", &found);
}
