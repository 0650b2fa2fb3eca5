//! Metadata of users, merged into what is there.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use frontdesk_protocol::{Metadata, UserId};
use serde::Deserialize;

use super::{answer, done, load, parse};
use crate::app::App;
use crate::error::Error;
use crate::merge;
use crate::routes::admin::metadata;
use crate::store::{Cause, Change, Changed, Known};
use crate::wire::{Backend, Document};

/// How often metadata is merged again that another change came before.
const TRIES: u32 = 10;

/// What to merge.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Patch {
    /// What browsers may read.
    pub public_metadata: Option<Metadata>,
    /// What browsers never see.
    pub private_metadata: Option<Metadata>,
    /// What browsers write.
    pub unsafe_metadata: Option<Metadata>,
}

/// `POST /admin/v1/users/{id}/metadata`: merges metadata into what is there.
///
/// # Errors
/// `ResourceNotFound`, `FormParamMaxLengthExceeded`.
pub async fn merge_metadata(
    backend: Backend,
    Path(id): Path<String>,
    Document(patch): Document<Patch>,
) -> Result<Response, Error> {
    let (app, id) = (&backend.app, parse(&id)?);
    merge(app, &id, &patch, backend.key.as_str(), backend.cause()).await?;
    answer(app, &id, StatusCode::OK).await
}

/// Merges metadata into what is there (RFC 7396); nothing that somebody else writes meanwhile is lost.
///
/// # Errors
/// `ResourceNotFound`, `FormParamMaxLengthExceeded`, `ServiceUnavailable` where others write all the time.
pub async fn merge(
    app: &App,
    id: &UserId,
    patch: &Patch,
    by: &str,
    cause: Cause<'_>,
) -> Result<(), Error> {
    for _ in 0..TRIES {
        let Known {
            user,
            private_metadata,
            ..
        } = load(app, id).await?;
        let (public, hidden, unsafe_) = (
            merged(&user.public_metadata, patch.public_metadata.as_ref())?,
            merged(&private_metadata, patch.private_metadata.as_ref())?,
            merged(&user.unsafe_metadata, patch.unsafe_metadata.as_ref())?,
        );
        let change = Change {
            public_metadata: metadata(public.as_ref(), "public_metadata")?,
            private_metadata: metadata(hidden.as_ref(), "private_metadata")?,
            unsafe_metadata: metadata(unsafe_.as_ref(), "unsafe_metadata")?,
            over: Some(user.updated_at),
            ..Change::default()
        };
        let changed = app.store.change_person(id, &change, by, cause).await?;
        if changed != Changed::Stale {
            return done(changed, &change);
        }
    }
    Err(Error::Busy(1))
}

fn merged(before: &Metadata, patch: Option<&Metadata>) -> Result<Option<Metadata>, Error> {
    let Some(patch) = patch else { return Ok(None) };
    let both = serde_json::to_value(before).and_then(|mut value| {
        merge::apply(&mut value, &serde_json::to_value(patch)?);
        serde_json::from_value(value)
    });
    Ok(Some(both.map_err(anyhow::Error::from)?))
}
