//! A user's token of a provider.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ErrorCode, Provider};
use serde_json::json;

use super::{load, parse};
use crate::error::Error;
use crate::oauth;
use crate::wire::Backend;

/// `GET /admin/v1/users/{id}/oauth_access_tokens/{provider}`: a token that works, refreshed if it ends soon.
///
/// # Errors
/// `ResourceNotFound` where the user has no account there, `OauthProviderFailed` where it is not refreshed.
pub async fn access_token(
    backend: Backend,
    Path((id, provider)): Path<(String, String)>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let id = parse(&id)?;
    load(app, &id).await?;
    let provider = Provider::of_strategy(&provider)
        .or_else(|| Provider::parse(&provider))
        .ok_or(ErrorCode::ResourceNotFound)?;
    let found = oauth::access_token(app, &id, provider).await;
    let found = found.map_err(|error| {
        tracing::warn!("a provider refreshes no token: {error:#}");
        Error::from(ErrorCode::OauthProviderFailed)
    })?;
    let token = found.ok_or(ErrorCode::ResourceNotFound)?;
    Ok(Json(json!({
        "object": "oauth_access_token",
        "provider": provider.strategy(),
        "token": token.token.expose(),
        "scopes": token.scopes,
        "expires_at": token.expires_at,
    }))
    .into_response())
}
