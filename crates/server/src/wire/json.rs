//! What an app's server sends: a JSON document, or the members of a query, both read strictly.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use frontdesk_protocol::ErrorCode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::body::{MOST_BYTES, no_text};
use crate::error::Error;

/// A document; a member it does not know is refused by name, because nobody would notice a typing mistake.
#[derive(Debug)]
pub struct Document<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Document<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let is_json = kind.split(';').next().unwrap_or("").trim() == "application/json";
        let bytes = axum::body::to_bytes(request.into_body(), MOST_BYTES)
            .await
            .map_err(|_| Error::from(ErrorCode::RequestBodyInvalid))?;
        if bytes.is_empty() {
            return read(b"{}");
        }
        if !is_json {
            return Err(ErrorCode::RequestBodyInvalid.into());
        }
        read(&bytes)
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<Document<T>, Error> {
    let members = serde_json::from_slice::<Map<String, Value>>(bytes);
    if let Some(name) = members.ok().as_ref().and_then(no_text) {
        return Err(Error::at(ErrorCode::FormParamFormatInvalid, name));
    }
    serde_json::from_slice(bytes)
        .map(Document)
        .map_err(|error| {
            if error.is_data() {
                Error::told(&error)
            } else {
                ErrorCode::RequestBodyInvalid.into()
            }
        })
}

/// The members of a query; one it does not know is refused by name.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or("");
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        if let Some((name, _)) = pairs.iter().find(|(_, value)| value.contains('\0')) {
            return Err(Error::at(ErrorCode::FormParamFormatInvalid, name));
        }
        serde_urlencoded::from_str(query)
            .map(Self)
            .map_err(|error| Error::told(&error))
    }
}
