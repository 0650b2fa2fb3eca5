//! The Admin API: what an app's server does by its secret key. JSON in and out; nothing here for browsers.

mod audit_log;
mod invitations;
mod organization_domains;
mod organization_invitations;
mod organizations;
mod restrictions;
mod roles;
mod secret_keys;
mod sessions;
mod settings;
mod sign_in_tokens;
mod super_admins;
pub mod table;
pub mod users;
mod waitlist;
mod webhooks;

use axum::Router;
use axum::middleware::from_fn_with_state;
use frontdesk_protocol::{ErrorCode, Metadata};

pub(crate) use organizations::shown as organization;
pub(crate) use sessions::shown as session;
pub(crate) use users::shown as user;

use super::fields::{LARGEST_METADATA, is_too_deep};
use super::nowhere;
use crate::app::App;
use crate::error::Error;
use crate::wire;

/// The most entries of a page.
const LARGEST_PAGE: i64 = 500;
const USUAL_PAGE: i64 = 10;

/// Every route of the table, each behind the scope that it says there.
pub fn router(app: &App) -> Router<App> {
    let mut router = Router::new();
    for (entry, route) in table::routes() {
        let state = (app.clone(), entry.scope);
        let path = entry.path.strip_prefix(table::PREFIX).unwrap_or(entry.path);
        router = router.route(path, route.layer(from_fn_with_state(state, wire::admit)));
    }
    router
        .fallback(nowhere)
        .method_not_allowed_fallback(nowhere)
}

/// How many, and after how many.
///
/// # Errors
/// `FormParamValueInvalid`.
fn page(limit: Option<i64>, offset: Option<i64>) -> Result<(i64, i64), Error> {
    let (limit, offset) = (limit.unwrap_or(USUAL_PAGE), offset.unwrap_or(0));
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, "limit"));
    }
    if offset < 0 {
        return Err(Error::at(ErrorCode::FormParamValueInvalid, "offset"));
    }
    Ok((limit, offset))
}

/// Metadata as it is stored.
///
/// # Errors
/// `FormParamMaxLengthExceeded`, `FormParamFormatInvalid` where it is nested too deep.
pub fn metadata(metadata: Option<&Metadata>, field: &str) -> Result<Option<String>, Error> {
    let Some(metadata) = metadata else {
        return Ok(None);
    };
    if is_too_deep(metadata) {
        return Err(Error::at(ErrorCode::FormParamFormatInvalid, field));
    }
    let text = serde_json::to_string(metadata).map_err(anyhow::Error::from)?;
    if text.len() > LARGEST_METADATA {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, field));
    }
    Ok(Some(text))
}

/// `url` with a ticket behind it.
pub fn with_ticket(url: &str, ticket: &str, status: &str) -> String {
    let (url, fragment) = url.split_once('#').unwrap_or((url, ""));
    let mark = if url.contains('?') { '&' } else { '?' };
    let hash = if fragment.is_empty() { "" } else { "#" };
    format!("{url}{mark}__clerk_ticket={ticket}&__clerk_status={status}{hash}{fragment}")
}
