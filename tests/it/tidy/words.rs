//! Every sentence has a place where it is said, and every reason has a sentence.

use std::collections::BTreeMap;

use super::{File, file, refuse, tree};

/// Whether `text` has `word` with nothing of a name on either side.
fn has_word(text: &str, word: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_name) && !text[at + word.len()..].starts_with(is_name)
    })
}

/// The ids of the messages of a catalogue, each with its line.
fn messages(file: &File) -> BTreeMap<&str, usize> {
    let ids = file
        .lines()
        .filter_map(|(line, text)| Some((text.split_once('=')?.0.trim_end(), line)));
    ids.filter(|(id, _)| id.starts_with(|c: char| c.is_ascii_lowercase()) && !id.contains(' '))
        .collect()
}

#[test]
fn every_language_speaks_of_the_same_things() {
    let tree = tree();
    let english = messages(file(&tree, "locales/en.ftl"));
    let mut found = Vec::new();
    for other in tree
        .iter()
        .filter(|file| file.is_in(&["locales/"]) && file.is(".ftl"))
    {
        for (id, line) in messages(other)
            .iter()
            .filter(|(id, _)| !english.contains_key(*id))
        {
            found.push(format!("{}:{line}: {id} is not in en.ftl", other.path));
        }
    }
    refuse("A message is in en.ftl first.", &found);
}

#[test]
fn every_message_is_said_somewhere() {
    let tree = tree();
    let sources: Vec<&File> = tree
        .iter()
        .filter(|file| {
            let is_spoken = file.is(".rs") || (file.is(".js") && file.is_in(&["crates/elements/"]));
            is_spoken
                && file.is_in(&["components/", "crates/", "xtask/src/"])
                && !file.is_in(&["crates/locale/"])
                && !file.is("tests.rs")
        })
        .collect();
    let mut found = Vec::new();
    for (id, line) in messages(file(&tree, "locales/en.ftl")) {
        let is_the_servers = ["mail-", "page-"].iter().any(|start| id.starts_with(start));
        let method = id.replace('-', "_");
        let is_said = sources.iter().any(|file| {
            let is_place = !is_the_servers || file.is_in(&["crates/server/"]);
            is_place && (has_word(&file.text, &method) || file.text.contains(&format!("\"{id}\"")))
        });
        if !is_said {
            found.push(format!("locales/en.ftl:{line}: {id}"));
        }
    }
    refuse("A message that nobody says is taken out.", &found);
}

#[test]
fn every_reason_has_its_sentence() {
    let tree = tree();
    let english = messages(file(&tree, "locales/en.ftl"));
    let reasons = file(&tree, "crates/protocol/src/error.rs");
    let mut lines = reasons
        .lines()
        .skip_while(|(_, text)| !text.contains("enum ErrorCode"))
        .take_while(|(_, text)| text.trim() != "}")
        .peekable();
    assert!(lines.peek().is_some(), "ErrorCode is not where it was");
    let mut found = Vec::new();
    for (line, text) in lines {
        let Some(name) = text.split('"').nth(1).filter(|_| text.contains(" = \"")) else {
            continue;
        };
        let id = format!("error-{}", name.replace('_', "-"));
        if !english.contains_key(id.as_str()) {
            found.push(format!("{}:{line}: {id} is not in en.ftl", reasons.path));
        }
    }
    refuse("Every error code has a sentence of its name.", &found);
}
