//! Invitations to sign up.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Email, ErrorCode, InvitationId, List, Metadata};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{metadata, page, with_ticket};
use crate::app::App;
use crate::error::Error;
use crate::flow;
use crate::mail::{Address, Letter, Mail};
use crate::seal::hash_token;
use crate::store::{NewTicket, StoredInvitation, TicketPurpose};
use crate::wire::{Asked, Backend, Document, redirect_target};

const USUAL_DAYS: i64 = 30;
const MOST_DAYS: i64 = 365;
const DAY_S: i64 = 86_400;

/// Somebody to be invited.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateInvitation {
    /// Who.
    pub email_address: String,
    /// Where the link leads; the page to sign up by default.
    #[serde(default)]
    pub redirect_url: Option<String>,
    /// What the user's public metadata will be.
    #[serde(default)]
    pub public_metadata: Option<Metadata>,
    /// Whether they are written to; yes by default.
    #[serde(default)]
    pub notify: Option<bool>,
    /// How long it works.
    #[serde(default)]
    pub expires_in_days: Option<i64>,
}

/// Which entries.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Of which status.
    pub status: Option<String>,
    /// How many.
    pub limit: Option<i64>,
    /// After how many.
    pub offset: Option<i64>,
}

/// `GET /admin/v1/invitations`: a page of invitations, the newest first.
///
/// # Errors
/// `FormParamValueInvalid`.
pub async fn list(backend: Backend, Asked(filter): Asked<Filter>) -> Result<Response, Error> {
    let page = page(filter.limit, filter.offset)?;
    let store = &backend.app.store;
    let (found, total_count) = store.invitations(filter.status.as_deref(), page).await?;
    let data: Result<Vec<Value>, Error> = found.iter().map(|it| shown(&backend, it)).collect();
    let data = data?;
    Ok(Json(List { data, total_count }).into_response())
}

/// `POST /admin/v1/invitations`: invites somebody; the link works once, for their address alone.
///
/// # Errors
/// `FormIdentifierExists` where they are invited or have an account, and those of its fields.
pub async fn create(
    backend: Backend,
    Document(command): Document<CreateInvitation>,
) -> Result<Response, Error> {
    let (invitation, url) = invite(&backend, command, None).await?;
    let mut answer = shown(&backend, &invitation)?;
    answer["url"] = json!(url);
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// Invites somebody; answers with the link too.
///
/// # Errors
/// As [`create`].
pub async fn invite(
    backend: &Backend,
    command: CreateInvitation,
    locale: Option<String>,
) -> Result<(StoredInvitation, String), Error> {
    const FIELD: &str = "email_address";
    let app = &backend.app;
    let email = Email::parse(&command.email_address).map_err(|code| Error::at(code, FIELD))?;
    let exists = || Error::at(ErrorCode::FormIdentifierExists, FIELD);
    if app.store.owner(email.as_str()).await?.is_some() {
        return Err(exists());
    }
    let days = command.expires_in_days.unwrap_or(USUAL_DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Error::at(
            ErrorCode::FormParamValueInvalid,
            "expires_in_days",
        ));
    }
    let place = destination(app, command.redirect_url.as_deref())?;
    let token = app.chance.token()?;
    let url = with_ticket(&place, token.expose(), "sign_up");
    let invitation = StoredInvitation {
        id: InvitationId::from_random(app.chance.bytes()?),
        email_address: email.to_string(),
        status: "pending".to_owned(),
        organization: None,
        public_metadata: metadata(command.public_metadata.as_ref(), "public_metadata")?,
        redirect_url: command.redirect_url,
        expires_at: backend.now.plus_s(days * DAY_S),
        created_at: backend.now,
        updated_at: backend.now,
    };
    let ticket = NewTicket {
        purpose: TicketPurpose::Invitation,
        hash: &hash_token(token.expose()),
        id: invitation.id.as_str(),
        subject: invitation.id.as_str(),
        expires_at: invitation.expires_at,
    };
    let letter = Mail {
        to: Address::Email(email),
        locale,
        letter: Letter::Invitation {
            url: url.as_str().into(),
        },
    };
    let mail = flow::seal_mail(app, &letter)?;
    let mail = command.notify.unwrap_or(true).then_some(&mail);
    let is_made = app
        .store
        .create_invitation(&invitation, ticket, mail, backend.cause())
        .await?;
    if !is_made {
        return Err(exists());
    }
    app.letters.notify_one();
    Ok((invitation, url))
}

/// `POST /admin/v1/invitations/{id}/revoke`: takes an invitation back.
///
/// # Errors
/// `ResourceNotFound` where it is not open.
pub async fn revoke(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let id = InvitationId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let store = &backend.app.store;
    if !store.revoke_invitation(&id, backend.cause()).await? {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let found = store.invitation(&id).await?;
    let found = found.ok_or(ErrorCode::ResourceNotFound)?;
    Ok(Json(shown(&backend, &found)?).into_response())
}

/// Where a link leads: to a page of ours, or of an origin that may call.
pub fn destination(app: &App, asked: Option<&str>) -> Result<String, Error> {
    let Some(asked) = asked else {
        return Ok(app.config.absolute(&app.settings().urls.sign_up));
    };
    let url = app.config.absolute(asked);
    let safe = redirect_target(&app.config, Some(&url), "redirect_url")?;
    Ok(safe.as_str().to_owned())
}

fn shown(backend: &Backend, it: &StoredInvitation) -> Result<Value, Error> {
    let metadata = it.public_metadata.as_deref().unwrap_or("{}");
    let metadata: Value = serde_json::from_str(metadata).map_err(anyhow::Error::from)?;
    let is_over = it.status == "pending" && it.expires_at <= backend.now;
    let status = if is_over { "expired" } else { &it.status };
    Ok(json!({
        "object": "invitation",
        "id": it.id,
        "email_address": it.email_address,
        "status": status,
        "revoked": it.status == "revoked",
        "public_metadata": metadata,
        "redirect_url": it.redirect_url,
        "expires_at": it.expires_at,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
    }))
}
