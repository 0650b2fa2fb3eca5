//! Templates of tokens: claims of the operator's own, in which `{{user.id}}` and its like stand for facts.
//!
//! A text that is one shortcode and nothing else becomes the fact itself, of whatever type it is; within
//! a longer text it becomes text. `{{a || b || 'c'}}` is the first that is there.

use anyhow::{Context as _, Result, bail, ensure};
use frontdesk_protocol::{SessionId, User};
use serde_json::{Map, Value, json};

use super::ActiveOrganization;

/// What a template may not say: who issued a token, whose it is and how long it is good, and what
/// verifiers of session tokens read beside that.
const RESERVED: [&str; 13] = [
    "iss", "sub", "iat", "nbf", "exp", "jti", "sid", "azp", "v", "fva", "sts", "act", "o",
];
const METADATA: &str = "user.public_metadata";
const FACTS: [&str; 8] = [
    "user.id",
    "user.primary_email_address",
    "user.first_name",
    "user.last_name",
    "org.id",
    "org.slug",
    "org.role",
    "session.id",
];

/// A part of a text.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Text(&'a str),
    /// What to try, one after the other.
    Code(Vec<Operand<'a>>),
}

#[derive(Debug, PartialEq)]
enum Operand<'a> {
    Fact(&'a str),
    Literal(Value),
}

/// What shortcodes can stand for.
///
/// # Errors
/// Never; the library's types allow it.
pub fn facts(
    user: &User,
    organization: Option<&ActiveOrganization>,
    session: &SessionId,
) -> Result<Value> {
    let organization = organization
        .map(|active| json!({ "id": active.id, "slug": active.slg, "role": active.role }));
    Ok(json!({
        "user": {
            "id": user.id,
            "primary_email_address": user.primary_email(),
            "first_name": user.first_name,
            "last_name": user.last_name,
            "public_metadata": serde_json::to_value(&user.public_metadata)?,
        },
        "org": organization,
        "session": { "id": session },
    }))
}

/// Refuses claims that a template may not make, and shortcodes that stand for nothing.
///
/// # Errors
/// In one line, what is wrong.
pub fn check(claims: &Map<String, Value>) -> Result<()> {
    for name in claims.keys() {
        ensure!(
            !RESERVED.contains(&name.as_str()),
            "the claim {name} is not a template's to make"
        );
    }
    // What is missing is no fault, so only a shortcode that is none fails.
    fill(claims, &Value::Null).map(drop)
}

/// `claims` with every shortcode replaced by what it stands for.
///
/// # Errors
/// Where a shortcode stands for nothing.
pub fn fill(claims: &Map<String, Value>, facts: &Value) -> Result<Map<String, Value>> {
    let filled = claims.iter().map(|(name, value)| {
        let value = fill_value(value, facts).with_context(|| format!("the claim {name}"))?;
        Ok((name.clone(), value))
    });
    filled.collect()
}

fn fill_value(value: &Value, facts: &Value) -> Result<Value> {
    Ok(match value {
        Value::String(text) => fill_text(text, facts)?,
        Value::Array(values) => {
            let filled: Result<_> = values
                .iter()
                .map(|value| fill_value(value, facts))
                .collect();
            Value::Array(filled?)
        }
        Value::Object(values) => Value::Object(fill(values, facts)?),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}

fn fill_text(text: &str, facts: &Value) -> Result<Value> {
    let pieces = pieces(text)?;
    if let [Piece::Code(operands)] = pieces.as_slice() {
        return Ok(first(operands, facts));
    }
    let mut filled = String::new();
    for piece in &pieces {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Code(operands) => match first(operands, facts) {
                Value::Null => {}
                Value::String(text) => filled.push_str(&text),
                other
                @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                    filled.push_str(&other.to_string());
                }
            },
        }
    }
    Ok(Value::String(filled))
}

/// The first of `operands` that is there.
fn first(operands: &[Operand<'_>], facts: &Value) -> Value {
    let mut values = operands.iter().map(|operand| match operand {
        Operand::Fact(path) => look_up(path, facts),
        Operand::Literal(value) => value.clone(),
    });
    values.find(|value| !value.is_null()).unwrap_or_default()
}

fn look_up(path: &str, facts: &Value) -> Value {
    let found = path
        .split('.')
        .try_fold(facts, |value, name| value.get(name));
    found.cloned().unwrap_or_default()
}

fn pieces(mut text: &str) -> Result<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    while let Some((before, after)) = text.split_once("{{") {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let (code, rest) = code(after)?;
        pieces.push(code);
        text = rest;
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}

/// What follows `{{`, and what comes after its `}}`.
fn code(mut text: &str) -> Result<(Piece<'_>, &str)> {
    let mut operands = Vec::new();
    loop {
        let (operand, rest) = operand(text.trim_start())?;
        operands.push(operand);
        let rest = rest.trim_start();
        if let Some(rest) = rest.strip_prefix("}}") {
            return Ok((Piece::Code(operands), rest));
        }
        text = rest
            .strip_prefix("||")
            .context("a shortcode ends in }}, and its parts are joined by ||")?;
    }
}

fn operand(text: &str) -> Result<(Operand<'_>, &str)> {
    if let Some(literal) = text.strip_prefix('\'') {
        let (literal, rest) = literal
            .split_once('\'')
            .context("a text in a shortcode ends in '")?;
        return Ok((Operand::Literal(literal.into()), rest));
    }
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let end = text.find(|c| !is_of_word(c)).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let metadata = word.strip_prefix(METADATA);
    if FACTS.contains(&word)
        || metadata.is_some_and(|path| path.is_empty() || path.starts_with('.'))
    {
        return Ok((Operand::Fact(word), rest));
    }
    match serde_json::from_str(word) {
        Ok(literal) => Ok((Operand::Literal(literal), rest)),
        Err(_) => bail!("{{{{{word}}}}} stands for nothing"),
    }
}
