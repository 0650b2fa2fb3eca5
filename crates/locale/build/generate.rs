//! Writes the Rust of all messages and catalogues.

use std::iter::once;

use crate::opcode::MESSAGE_END;
use crate::signature::{Parameter, Signature};

const NATIVE: &str = "#[cfg(not(target_arch = \"wasm32\"))]\n";
const BROWSER: &str = "#[cfg(target_arch = \"wasm32\")]\n";

/// Messages the server alone says, named so by their first word; no browser pays for them.
const SERVER: [&str; 2] = ["mail-", "page-"];

/// The file that `src/messages.rs` includes; English comes first in `catalogues`.
pub fn code(signatures: &[Signature], catalogues: &[(String, Vec<String>)]) -> String {
    let methods: String = signatures.iter().enumerate().map(method).collect();
    let names: String = signatures.iter().map(names).collect();
    let (english, others) = catalogues.split_first().expect("English comes first");
    let others: String = others.iter().map(catalogue).collect();
    let native_english = joined(&english.1);
    let spoken = english.1.iter().zip(signatures);
    let spoken: Vec<_> = spoken
        .map(|(sentence, signature)| if is_server(signature) { "" } else { sentence })
        .collect();
    let browser_english = joined(&spoken);
    format!(
        r#"impl Text {{
{methods}}}

{NATIVE}pub(crate) const ENGLISH: &str = {native_english:?};
{BROWSER}pub(crate) const ENGLISH: &str = {browser_english:?};

/// Every language and its catalogue: English, accented English (`en-XA`, for tests), then the others.
{NATIVE}pub const CATALOGUES: &[(&str, &str)] = &[
    ("en", ENGLISH),
{others}];

/// Every message's id and the names of its arguments, in the order of the catalogues.
{NATIVE}pub const MESSAGES: &[(&str, &[&str])] = &[
{names}];
"#
    )
}

fn catalogue((language, sentences): &(String, Vec<String>)) -> String {
    format!("    ({language:?}, {:?}),\n", joined(sentences))
}

fn joined<S: AsRef<str>>(sentences: &[S]) -> String {
    let sentences: Vec<_> = sentences.iter().map(AsRef::as_ref).collect();
    sentences.join(&MESSAGE_END.to_string())
}

fn names(signature: &Signature) -> String {
    let names: Vec<_> = signature.parameters.iter().map(|it| &it.name).collect();
    format!("    ({:?}, &{names:?}),\n", signature.id)
}

fn is_server(signature: &Signature) -> bool {
    SERVER.iter().any(|word| signature.id.starts_with(word))
}

fn method((index, signature): (usize, &Signature)) -> String {
    let sentence = escaped(&signature.sentence);
    let target = if is_server(signature) { NATIVE } else { "" };
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
        "/// “{sentence}”\n{target}pub fn {name}({}) -> String {{\n    self.message({index}, &[{}])\n}}\n",
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
