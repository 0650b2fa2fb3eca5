//! The function a message becomes: its name, its parameters, and what it says in English.

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};

use crate::Problems;
use crate::opcode::{ARGUMENT, LAST_ARGUMENT};
use crate::source::Message;

/// One argument of a message.
pub struct Parameter {
    /// Its name in FTL, without the `$`.
    pub name: String,
    /// True if its comment says `$name (number)`.
    pub is_number: bool,
}

/// What the caller of a message sees.
pub struct Signature {
    /// The name of the message.
    pub id: String,
    /// Its arguments in the order in which the English comment names them.
    pub parameters: Vec<Parameter>,
    /// The English sentence, for its documentation.
    pub sentence: String,
}

impl Signature {
    /// Reads the signature of an English message off its comment.
    pub fn of(message: &Message, problems: &mut Problems) -> Self {
        let mut refuse = |what: &str| {
            problems.insert(format!("locales/en.ftl: {}: {what}", message.id));
        };
        if !is_plain(message.id) {
            refuse("a name has lowercase letters, digits and hyphens only");
        }
        let parameters = parameters(&message.comment);
        if parameters.len() > LAST_ARGUMENT as usize - ARGUMENT as usize + 1 {
            refuse("there are more than eight arguments");
        }
        for parameter in parameters.iter().filter(|it| !is_plain(&it.name)) {
            refuse(&format!(
                "the name ${} has other than lowercase letters, digits and hyphens",
                parameter.name
            ));
        }
        let mut sentence = String::new();
        write(&message.value, &mut sentence);
        Self {
            id: message.id.to_owned(),
            parameters,
            sentence,
        }
    }
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && name
            .chars()
            .all(|it| matches!(it, 'a'..='z' | '0'..='9' | '-'))
}

fn parameters(comment: &str) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for part in comment.split('$').skip(1) {
        let is_end = |it: char| !it.is_ascii_alphanumeric() && it != '-' && it != '_';
        let (name, rest) = part.split_at(part.find(is_end).unwrap_or(part.len()));
        let is_number = rest.starts_with(" (number)");
        match parameters.iter_mut().find(|it| it.name == name) {
            Some(parameter) => parameter.is_number |= is_number,
            None => parameters.push(Parameter {
                name: name.to_owned(),
                is_number,
            }),
        }
    }
    parameters
}

/// Writes the sentence as FTL has it, of a choice the variant that stands for the rest.
fn write(pattern: &Pattern<&str>, sentence: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => sentence.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::VariableReference { id }) => {
                    sentence.extend(["{ $", id.name, " }"]);
                }
                Expression::Inline(_) => {}
                Expression::Select { variants, .. } => {
                    for variant in variants.iter().filter(|it| it.default) {
                        write(&variant.value, sentence);
                    }
                }
            },
        }
    }
}
