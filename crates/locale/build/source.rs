//! Reads one FTL file, and refuses the parts of FTL that Frontdesk does without.

use std::collections::HashSet;

use fluent_syntax::ast::{Entry, Pattern};
use fluent_syntax::parser::{self, ParserError};

use crate::Problems;

/// A sentence as it stands in the file.
pub struct Message<'s> {
    /// Its name, e.g. `sign-in-title`.
    pub id: &'s str,
    /// What it says.
    pub value: Pattern<&'s str>,
    /// The comment right above it.
    pub comment: String,
}

/// The messages of `<language>.ftl` in their order.
pub fn read<'s>(language: &str, text: &'s str, problems: &mut Problems) -> Vec<Message<'s>> {
    let mut refuse = |id: &str, what: &str| {
        problems.insert(format!("locales/{language}.ftl: {id}: {what}"));
    };
    let resource = parser::parse(text).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let line = text
                .get(..error.pos.start)
                .map_or(1, |it| it.split('\n').count());
            refuse(
                broken_id(text, &error),
                &format!("{} (line {line})", error.kind),
            );
        }
        resource
    });

    let mut seen = HashSet::new();
    let mut messages = Vec::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name;
                if !seen.insert(id) {
                    refuse(id, "there are two messages of this name");
                }
                if !message.attributes.is_empty() {
                    refuse(id, "attributes are not supported; make each a message");
                }
                if let Some(value) = message.value {
                    let comment = message.comment.map(|it| it.content.join("\n"));
                    messages.push(Message {
                        id,
                        value,
                        comment: comment.unwrap_or_default(),
                    });
                }
            }
            Entry::Term(term) => refuse(term.id.name, "terms (-name) are not supported"),
            // Junk has been told of with the parser's errors.
            Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => {}
        }
    }
    messages
}

/// The name of the message that cannot be read, as far as one can tell.
fn broken_id<'s>(text: &'s str, error: &ParserError) -> &'s str {
    error
        .slice
        .clone()
        .and_then(|range| text.get(range))
        .and_then(|junk| junk.lines().find(|line| !line.starts_with('#')))
        .and_then(|line| line.split('=').next())
        .map_or("", str::trim)
}
