//! The record of what was done and refused.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ErrorCode, Timestamp};
use serde::Deserialize;

use super::page;
use crate::error::Error;
use crate::store::Lines;
use crate::wire::{Asked, Backend};

/// What may be asked in the query.
pub const ASKED: &[&str] = &[
    "user_id: string",
    "organization_id: string",
    "secret_key_id: string",
    "action: string",
    "since: integer",
    "until: integer",
    "after: string",
    "limit: integer",
];

/// Which lines.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    user_id: Option<String>,
    organization_id: Option<String>,
    secret_key_id: Option<String>,
    action: Option<String>,
    since: Option<i64>,
    until: Option<i64>,
    after: Option<String>,
    limit: Option<i64>,
}

/// `GET /admin/v1/audit_log`: lines, the newest first; `after` is the id of the last one of the page before, so that a
/// page costs the same however many there are.
///
/// # Errors
/// `FormParamValueInvalid`.
pub async fn list(backend: Backend, Asked(filter): Asked<Filter>) -> Result<Response, Error> {
    let (limit, _) = page(filter.limit, None)?;
    let lines = Lines {
        user: filter.user_id,
        organization: filter.organization_id,
        key: filter.secret_key_id,
        action: filter.action,
        since: filter.since.map(Timestamp),
        until: filter.until.map(Timestamp),
        after: filter.after,
    };
    let found = backend.app.store.audit_lines(&lines, limit).await?;
    let found = found.ok_or_else(|| Error::at(ErrorCode::FormParamValueInvalid, "after"))?;
    Ok(Json(found).into_response())
}
