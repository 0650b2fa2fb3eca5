//! Writes the Rust of all messages and catalogues.

use std::iter::once;

use crate::opcode::MESSAGE_END;
use crate::signature::{Parameter, Signature};

const NATIVE: &str = "#[cfg(not(target_arch = \"wasm32\"))]\n";
/// The file that `src/messages.rs` includes; English comes first in `catalogues`.
pub fn code(signatures: &[Signature], catalogues: &[(String, Vec<String>)]) -> String {
    let names: String = signatures.iter().map(names).collect();
    let english = &catalogues.first().expect("English comes first").1;
    let messages = signatures.iter().zip(english).enumerate();
    let methods: String = messages.map(method).collect();
    let catalogues: String = catalogues.iter().map(catalogue).collect();
    format!(
        r"impl Text {{
{methods}}}

/// Every language and its catalogue: English, accented English (`en-XA`, for tests), then the others.
{NATIVE}pub const CATALOGUES: &[(&str, &str)] = &[
{catalogues}];

/// Every message's id and the names of its arguments, in the order of the catalogues.
{NATIVE}pub const MESSAGES: &[(&str, &[&str])] = &[
{names}];
"
    )
}

fn catalogue((language, sentences): &(String, Vec<String>)) -> String {
    format!("    ({language:?}, {:?}),\n", joined(sentences))
}

fn joined(sentences: &[String]) -> String {
    sentences.join(&MESSAGE_END.to_string())
}

fn names(signature: &Signature) -> String {
    let names: Vec<_> = signature.parameters.iter().map(|it| &it.name).collect();
    format!("    ({:?}, &{names:?}),\n", signature.id)
}

/// Each method has its own English, so that a browser downloads it with what says it.
fn method((index, (signature, english)): (usize, (&Signature, &String))) -> String {
    let sentence = escaped(&signature.sentence);
    let name = snake(&signature.id);
    let parameters: Vec<_> = once("&self".to_owned())
        .chain(
            signature
                .parameters
                .iter()
                .map(|Parameter { name, is_number }| {
                    format!(
                        "{}: {}",
                        snake(name),
                        if *is_number { "u32" } else { "&str" }
                    )
                }),
        )
        .collect();
    let arguments: Vec<_> = signature
        .parameters
        .iter()
        .map(|Parameter { name, is_number }| {
            let variant = if *is_number { "Number" } else { "Text" };
            format!("Argument::{variant}({})", snake(name))
        })
        .collect();
    format!(
        "/// “{sentence}”\npub fn {name}({}) -> String {{\n    self.message({index}, {english:?}, &[{}])\n}}\n",
        parameters.join(", "),
        arguments.join(", ")
    )
}

/// On one line, with what Markdown would read as markup made plain.
fn escaped(sentence: &str) -> String {
    let mut escaped = String::new();
    for letter in sentence.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' => escaped.extend(['\\', letter]),
            '\n' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn snake(name: &str) -> String {
    name.replace('-', "_")
}
