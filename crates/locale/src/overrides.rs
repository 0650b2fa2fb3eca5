//! What only a native program does: it picks a language, and reads messages and overrides by name.

use std::error::Error;
use std::fmt;
use std::iter::successors;

use crate::messages::{CATALOGUES, MESSAGES};
use crate::opcode::{ARGUMENT, ISOLATE, ISOLATE_END};
use crate::text::{Text, nth};

/// An override names a message that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMessage(
    /// The name it gave.
    pub String,
);

impl fmt::Display for UnknownMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no message {}", self.0)
    }
}

impl Error for UnknownMessage {}

impl Text {
    /// The language nearest to a tag: `fr-CA` finds `fr`, and what nobody translated is English.
    pub fn of(locale: &str) -> Self {
        let tag = locale.replace('_', "-");
        successors(Some(tag.as_str()), |tag| Some(tag.rsplit_once('-')?.0))
            .find_map(|tag| {
                CATALOGUES
                    .iter()
                    .find(|(language, _)| language.eq_ignore_ascii_case(tag))
            })
            .filter(|(language, _)| *language != "en")
            .map_or_else(Self::english, |&(language, catalogue)| {
                Self::new(language.into(), Some(catalogue.into()))
            })
    }

    /// The sentence of the message with that id; none where there is none, or it takes arguments.
    pub fn plain(&self, id: &str) -> Option<String> {
        (0..)
            .zip(MESSAGES)
            .find(|(_, (known, names))| *known == id && names.is_empty())
            .map(|(index, _)| {
                let (_, english) = CATALOGUES.iter().find(|(language, _)| *language == "en")?;
                Some(self.message(index, nth(english, index)?.as_str(), &[]))
            })?
    }

    /// The same with other sentences, each by its message's id, as templates in which `{ $name }` is an argument.
    ///
    /// # Errors
    /// [`UnknownMessage`] for the first id that `locales/en.ftl` does not have.
    pub fn with_overrides(self, overrides: &[(&str, &str)]) -> Result<Self, UnknownMessage> {
        let messages = overrides.iter().map(|&(id, template)| {
            (0..)
                .zip(MESSAGES)
                .find(|(_, (known, _))| *known == id)
                .map(|(index, (_, names))| (index, encode(template, names)))
                .ok_or_else(|| UnknownMessage(id.to_owned()))
        });
        Ok(self.with_messages(messages.collect::<Result<_, _>>()?))
    }
}

/// The template with opcodes for the placeables of `names`; any other stays as it is written.
fn encode(template: &str, names: &[&str]) -> String {
    let mut code = String::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        code.push_str(text);
        let placeable = after.split_once('}').and_then(|(inside, after)| {
            let name = inside.trim().strip_prefix('$')?;
            let index = (ARGUMENT..)
                .zip(names)
                .find(|(_, known)| **known == name)?
                .0;
            Some((index, after))
        });
        if let Some((opcode, after)) = placeable {
            code.extend([ISOLATE, opcode, ISOLATE_END]);
            rest = after;
        } else {
            code.push('{');
            rest = after;
        }
    }
    code.push_str(rest);
    // An argument that is the whole sentence has nothing to be isolated from.
    match code
        .strip_prefix(ISOLATE)
        .and_then(|code| code.strip_suffix(ISOLATE_END))
    {
        Some(opcode) if opcode.len() == 1 => opcode.to_owned(),
        Some(_) | None => code,
    }
}
