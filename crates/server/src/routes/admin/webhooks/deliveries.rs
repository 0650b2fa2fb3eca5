//! What was sent to a webhook, how that went, and sending it again.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ErrorCode, EventId, List, Timestamp, WebhookId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::page;
use super::load;
use crate::error::Error;
use crate::store::{Delivery, DeliveryAttempt};
use crate::webhooks;
use crate::wire::{Asked, Backend, Document};

/// Which deliveries.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    status: Option<String>,
    event_type: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
}

/// What to send again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replay {
    since: i64,
}

/// `POST /admin/v1/webhooks/{id}/test`: sends an event that tells nothing.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn test(backend: Backend, Path(id): Path<String>) -> Result<Response, Error> {
    let webhook = load(&backend, &id).await?;
    let event = webhooks::test(&backend.app, &webhook.id).await?;
    let shown = one(&backend, &webhook.id, &event).await?;
    Ok((StatusCode::CREATED, Json(shown)).into_response())
}

/// `GET /admin/v1/webhooks/{id}/deliveries`: a page of what is sent there, the newest first.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn deliveries(
    backend: Backend,
    Path(id): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<Response, Error> {
    let page = page(filter.limit, filter.offset)?;
    let webhook = load(&backend, &id).await?;
    let which = (filter.status.as_deref(), filter.event_type.as_deref());
    let store = &backend.app.store;
    let found = store.deliveries(&webhook.id, which, page).await?;
    let shown = found.data.iter().map(|it| shown(&webhook.id, it));
    let data: Vec<Value> = shown.collect();
    let total_count = found.total_count;
    Ok(Json(List { data, total_count }).into_response())
}

/// `GET /admin/v1/webhooks/{id}/deliveries/{event_id}`: one of them, with every try.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn delivery(
    backend: Backend,
    Path((id, event)): Path<(String, String)>,
) -> Result<Response, Error> {
    let webhook = load(&backend, &id).await?;
    let event = parse(&event)?;
    let mut shown = one(&backend, &webhook.id, &event).await?;
    let store = &backend.app.store;
    let attempts = store.delivery_attempts(&webhook.id, &event).await?;
    shown["attempts"] = attempts.iter().map(shown_attempt).collect();
    Ok(Json(shown).into_response())
}

/// `POST /admin/v1/webhooks/{id}/deliveries/{event_id}/replay`: sends one again.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn replay_one(
    backend: Backend,
    Path((id, event)): Path<(String, String)>,
) -> Result<Response, Error> {
    let webhook = load(&backend, &id).await?;
    let event = parse(&event)?;
    let store = &backend.app.store;
    if !store.replay_event(&webhook.id, &event, backend.now).await? {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    Ok(Json(one(&backend, &webhook.id, &event).await?).into_response())
}

/// `POST /admin/v1/webhooks/{id}/replay`: sends all again that the webhook asks for and that happened since then.
///
/// # Errors
/// `ResourceNotFound`.
pub async fn replay(
    backend: Backend,
    Path(id): Path<String>,
    Document(asked): Document<Replay>,
) -> Result<Response, Error> {
    let webhook = load(&backend, &id).await?;
    let since = Timestamp(asked.since);
    let store = &backend.app.store;
    let replayed = store.replay_events(&webhook.id, since, backend.now).await?;
    let answer = json!({ "object": "webhook_replay", "replayed": replayed });
    Ok(Json(answer).into_response())
}

fn parse(id: &str) -> Result<EventId, Error> {
    EventId::parse(id).ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

async fn one(backend: &Backend, webhook: &WebhookId, event: &EventId) -> Result<Value, Error> {
    let found = backend.app.store.delivery(webhook, event).await?;
    let found = found.ok_or(ErrorCode::ResourceNotFound)?;
    Ok(shown(webhook, &found))
}

fn shown(webhook: &WebhookId, delivery: &Delivery) -> Value {
    let is_pending = delivery.status == "pending";
    json!({
        "object": "webhook_delivery",
        "webhook_id": webhook,
        "event_id": delivery.event,
        "event_type": delivery.kind,
        "status": delivery.status,
        "tries": delivery.tries,
        "next_attempt_at": is_pending.then_some(delivery.not_before),
        "created_at": delivery.created_at,
        "updated_at": delivery.updated_at,
    })
}

fn shown_attempt(attempt: &DeliveryAttempt) -> Value {
    json!({
        "at": attempt.at,
        "status_code": attempt.status_code,
        "duration_ms": attempt.duration_ms,
        "answer": attempt.answer,
    })
}
