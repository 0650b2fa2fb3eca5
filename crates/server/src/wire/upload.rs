//! A file that somebody sends: the field of a form, or the whole body.

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use frontdesk_protocol::ErrorCode;

use crate::error::Error;
use crate::picture::{FIELD, MOST_BYTES};

/// The most bytes of a body: a file as text is a third longer, in a form some of it is written with three letters
/// for one, and a form says a little beside it.
const MOST_BODY: usize = MOST_BYTES / 2 * 3 + 16 * 1024;

/// The bytes of a file: of the field `file` of a form, or of a body that is nothing else. They may be written in base
/// 64, and as a `data:` address, but for a form that holds files.
#[derive(Debug)]
pub struct Upload(pub Bytes);

impl Upload {
    /// What lets a body of that size through to a route.
    pub fn limit() -> DefaultBodyLimit {
        DefaultBodyLimit::max(MOST_BODY)
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let file = if kind.starts_with("multipart/form-data") {
            let form = Multipart::from_request(request, state).await;
            field(form.map_err(|_| ErrorCode::RequestBodyInvalid)?).await?
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            written(&whole(request.into_body()).await?)?
        } else if kind.starts_with("application/octet-stream") || kind.starts_with("image/") {
            plain(&whole(request.into_body()).await?)
        } else {
            return Err(ErrorCode::RequestBodyInvalid.into());
        };
        if file.is_empty() {
            return Err(Error::at(ErrorCode::FormParamNil, FIELD));
        }
        if file.len() > MOST_BYTES {
            return Err(too_large());
        }
        Ok(Self(file))
    }
}

/// The field of a form; what else is in it is left alone.
async fn field(mut form: Multipart) -> Result<Bytes, Error> {
    let refused = |error: axum::extract::multipart::MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            too_large()
        } else {
            ErrorCode::RequestBodyInvalid.into()
        }
    };
    while let Some(field) = form.next_field().await.map_err(refused)? {
        if field.name() == Some(FIELD) {
            return field.bytes().await.map_err(refused);
        }
    }
    Err(Error::at(ErrorCode::FormParamNil, FIELD))
}

/// The field of a form that holds nothing but text.
fn written(form: &Bytes) -> Result<Bytes, Error> {
    let fields: Result<Vec<(String, String)>, _> = serde_urlencoded::from_bytes(form);
    let fields = fields.map_err(|_| ErrorCode::RequestBodyInvalid)?;
    let text = fields.into_iter().find(|(name, _)| name == FIELD);
    let (_, text) = text.ok_or_else(|| Error::at(ErrorCode::FormParamNil, FIELD))?;
    Ok(plain(&Bytes::from(text)))
}

async fn whole(body: Body) -> Result<Bytes, Error> {
    let bytes = axum::body::to_bytes(body, MOST_BODY).await;
    bytes.map_err(|_| too_large())
}

/// The bytes that a text stands for; what is no such text is the file itself.
fn plain(body: &Bytes) -> Bytes {
    let Ok(text) = std::str::from_utf8(body) else {
        return body.clone();
    };
    let text = text.trim();
    let text = match text.strip_prefix("data:") {
        Some(rest) => rest.split_once(";base64,").map_or("", |(_, text)| text),
        None => text,
    };
    STANDARD
        .decode(text)
        .map_or_else(|_| body.clone(), Bytes::from)
}

fn too_large() -> Error {
    Error::at(ErrorCode::FormParamMaxLengthExceeded, FIELD)
}
