//! The browser's whole state.

use axum::response::Response;

use crate::error::Error;
use crate::wire::{Caller, Reader};

/// `GET /v1/client`: everything the server knows of this browser, null where it knows nothing.
///
/// # Errors
/// Only ours.
pub async fn read(reader: Reader) -> Result<Response, Error> {
    reader.answer_client().await
}

/// `PUT /v1/client`: makes the browser known before anything is begun in it.
///
/// # Errors
/// Only ours.
pub async fn create(mut caller: Caller) -> Result<Response, Error> {
    caller.prepare_opening()?;
    let opening = caller.opening()?;
    caller.app.store.create_browser(opening, caller.now).await?;
    caller.answer_client().await
}
