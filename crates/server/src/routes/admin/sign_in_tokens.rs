//! Tickets that sign a user in.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ErrorCode, SignInTokenId};
use serde::Deserialize;
use serde_json::json;

use super::{users, with_ticket};
use crate::error::Error;
use crate::seal::hash_token;
use crate::store::{NewTicket, TicketPurpose};
use crate::wire::{Backend, Document};

/// Thirty days.
const USUAL_S: i64 = 2_592_000;
/// Ten years.
const LONGEST_S: i64 = 315_360_000;

/// A ticket to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateSignInToken {
    user_id: String,
    expires_in_seconds: Option<i64>,
    #[serde(default)]
    skip_second_factor: bool,
}

/// `POST /admin/v1/sign_in_tokens`: makes a ticket, and tells it this once.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`, `UserBanned`.
pub async fn create(
    backend: Backend,
    Document(command): Document<CreateSignInToken>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let user = users::parse(&command.user_id)?;
    let known = app.store.known(&user).await?;
    if known.ok_or(ErrorCode::ResourceNotFound)?.is_banned {
        return Err(ErrorCode::UserBanned.into());
    }
    let lifetime_s = command.expires_in_seconds.unwrap_or(USUAL_S);
    if !(1..=LONGEST_S).contains(&lifetime_s) {
        let code = ErrorCode::FormParamValueInvalid;
        return Err(Error::at(code, "expires_in_seconds"));
    }
    let id = SignInTokenId::from_random(app.chance.bytes()?);
    let token = app.chance.token()?;
    let expires_at = backend.now.plus_s(lifetime_s);
    let ticket = NewTicket {
        purpose: if command.skip_second_factor {
            TicketPurpose::SignInAlone
        } else {
            TicketPurpose::SignIn
        },
        hash: &hash_token(token.expose()),
        id: id.as_str(),
        subject: user.as_str(),
        expires_at,
    };
    app.store.create_ticket(ticket, backend.cause()).await?;
    let page = app.config.absolute(&app.settings().urls.sign_in);
    let answer = json!({
        "object": "sign_in_token",
        "id": id,
        "user_id": user,
        "status": "pending",
        "token": token.expose(),
        "url": with_ticket(&page, token.expose(), "sign_in"),
        "expires_at": expires_at,
        "created_at": backend.now,
        "updated_at": backend.now,
    });
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// `POST /admin/v1/sign_in_tokens/{id}/revoke`: makes a ticket worthless.
///
/// # Errors
/// `ResourceNotFound` where it was spent, has ended, or never was.
pub async fn revoke(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let id = SignInTokenId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let store = &backend.app.store;
    if !store.revoke_ticket(&id, backend.cause()).await? {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let answer = json!({ "object": "sign_in_token", "id": id, "status": "revoked" });
    Ok(Json(answer).into_response())
}
