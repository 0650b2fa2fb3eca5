//! The body of a request: a form or a JSON object, as one of the protocol's commands.

use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use frontdesk_protocol::ErrorCode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::Error;

/// The most bytes a body may have.
pub const MOST_BYTES: usize = 64 * 1024;

/// A command read from a form or from JSON; fields it does not know are left alone.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let is_json = is_json(&request);
        let bytes = axum::body::to_bytes(request.into_body(), MOST_BYTES)
            .await
            .map_err(|_| Error::from(ErrorCode::RequestBodyInvalid))?;
        let fields = if is_json { json(&bytes) } else { form(&bytes) };
        if let Some(name) = fields.as_ref().and_then(no_text) {
            return Err(Error::at(ErrorCode::FormParamFormatInvalid, name));
        }
        fields
            .and_then(|fields| serde_json::from_value(Value::Object(fields)).ok())
            .map(Self)
            .ok_or_else(|| ErrorCode::RequestBodyInvalid.into())
    }
}

/// The member whose text, alone or in a list, has a NUL: no database of ours but SQLite keeps one in a text.
pub(super) fn no_text(members: &Map<String, Value>) -> Option<&str> {
    let has_nul = |value: &Value| value.as_str().is_some_and(|text| text.contains('\0'));
    let found = members.iter().find(|(_, value)| {
        let mut items = value.as_array().into_iter().flatten();
        has_nul(value) || items.any(has_nul)
    });
    found.map(|(name, _)| name.as_str())
}

/// The pairs of a form, or of a JSON object in which a value may be a list; one name may be there several times.
#[derive(Debug)]
pub struct Pairs(pub Vec<(String, String)>);

impl<S: Sync> FromRequest<S> for Pairs {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let is_json = is_json(&request);
        let bytes = axum::body::to_bytes(request.into_body(), MOST_BYTES)
            .await
            .map_err(|_| Error::from(ErrorCode::RequestBodyInvalid))?;
        let pairs = if is_json {
            serde_json::from_slice::<Map<String, Value>>(&bytes)
                .ok()
                .map(flat)
        } else {
            serde_urlencoded::from_bytes(&bytes).ok()
        };
        let pairs = pairs.ok_or(ErrorCode::RequestBodyInvalid)?;
        match pairs.iter().find(|(_, text)| text.contains('\0')) {
            Some((name, _)) => Err(Error::at(ErrorCode::FormParamFormatInvalid, name)),
            None => Ok(Self(pairs)),
        }
    }
}

/// The texts in an object, each with its name; those in a list with the name of the list.
fn flat(members: Map<String, Value>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in members {
        let values = match value {
            Value::Array(items) => items,
            value @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_)) => vec![value],
        };
        let texts = values.iter().filter_map(Value::as_str);
        pairs.extend(texts.map(|text| (name.clone(), text.to_owned())));
    }
    pairs
}

fn is_json(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.split(';').next().unwrap_or("").trim() == "application/json")
}

/// The pairs of a form; one name twice is refused, because nobody can say which is meant.
fn form(bytes: &[u8]) -> Option<Map<String, Value>> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes).ok()?;
    let mut fields = Map::new();
    for (name, value) in pairs {
        if fields.insert(name, Value::String(value)).is_some() {
            return None;
        }
    }
    Some(fields)
}

/// The members of an object, numbers and truths as the text they would be in a form.
fn json(bytes: &[u8]) -> Option<Map<String, Value>> {
    if bytes.is_empty() {
        return Some(Map::new());
    }
    let Value::Object(members) = serde_json::from_slice(bytes).ok()? else {
        return None;
    };
    let mut fields = Map::new();
    for (name, value) in members {
        let text = match value {
            Value::Null | Value::Array(_) | Value::Object(_) => continue,
            Value::String(text) => text,
            Value::Bool(truth) => truth.to_string(),
            Value::Number(number) => number.to_string(),
        };
        fields.insert(name, Value::String(text));
    }
    Some(fields)
}
