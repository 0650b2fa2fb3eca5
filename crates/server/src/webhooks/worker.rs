//! Events leave: each is written out once, and tried at each webhook until it arrives or there were tries enough.
//!
//! What is taken is leased, so that of several replicas one sends it; a webhook gets one event at a time from each,
//! so that a slow one keeps nobody else waiting.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Result;
use frontdesk_protocol::{EventId, Timestamp, WebhookId};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::{data, open_secret, signed};
use crate::app::App;
use crate::store::{Cause, DeliveryAttempt, DueDelivery, Event, Next, StoredWebhook};

/// How long one try may take before another replica may make the next.
const LEASE_S: i64 = 60;
/// How long to wait after each try that failed: about three days in all.
const WAITS_S: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// How much of an answer is kept, in bytes.
const KEPT: usize = 1024;
/// What an event is called that tells only that events arrive.
const TEST: &str = "webhook.test";

/// Works until it is dropped.
pub async fn deliver(app: App) {
    let mut tick = interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut tasks = JoinSet::new();
    let mut busy = HashMap::new();
    loop {
        tick.tick().await;
        while tasks.try_join_next().is_some() {}
        busy.retain(|_, task: &mut tokio::task::AbortHandle| !task.is_finished());
        let due = async {
            spread(&app).await?;
            app.store.due_webhooks(app.now()).await
        };
        match due.await {
            Ok(due) => {
                for id in due {
                    let app = app.clone();
                    let name = id.clone();
                    busy.entry(name).or_insert_with(|| {
                        tasks.spawn(async move {
                            if let Err(error) = drain(&app, &id).await {
                                tracing::error!("events to {id}: {error:#}");
                            }
                        })
                    });
                }
            }
            Err(error) => tracing::error!("webhooks: {error:#}"),
        }
    }
}

/// Sends what is due, to one webhook after the other.
///
/// # Errors
/// Where the store broke.
pub async fn send_due(app: &App) -> Result<()> {
    spread(app).await?;
    for id in app.store.due_webhooks(app.now()).await? {
        drain(app, &id).await?;
    }
    Ok(())
}

/// Sends a webhook an event that tells nothing; its id.
///
/// # Errors
/// Where the store broke.
pub async fn test(app: &App, webhook: &WebhookId) -> Result<EventId> {
    let event = Event {
        id: EventId::from_random(app.chance.bytes()?),
        kind: TEST.to_owned(),
        subject: webhook.to_string(),
        user: None,
        organization: None,
        created_at: app.now(),
    };
    let sealed = seal(app, &event, &json!({ "object": "webhook", "id": webhook }))?;
    app.store.post_event(&event, &sealed, webhook).await?;
    Ok(event.id)
}

/// Writes out what happened, for whoever asked for it.
async fn spread(app: &App) -> Result<()> {
    while let Some(mut event) = app.store.take_event(app.now(), LEASE_S).await? {
        match data::of(app, &mut event).await? {
            Some(data) => {
                let sealed = seal(app, &event, &data)?;
                app.store.spread_event(&event, &sealed, app.now()).await?;
            }
            // Whatever it was is gone: that is told by an event of its own.
            None => app.store.drop_event(&event.id).await?,
        }
    }
    Ok(())
}

fn seal(app: &App, event: &Event, data: &Value) -> Result<String> {
    let payload = json!({
        "object": "event",
        "type": event.kind,
        "timestamp": event.created_at,
        "instance": app.config.public_url,
        "data": data,
    });
    let plain = payload.to_string();
    app.seal
        .seal(&purpose(&event.id), plain.as_bytes(), &app.chance)
}

fn purpose(id: &EventId) -> String {
    format!("event {id}")
}

/// Sends a webhook what is due there, one event after the other.
async fn drain(app: &App, id: &WebhookId) -> Result<()> {
    loop {
        let Some(webhook) = app.store.webhook(id).await? else {
            return Ok(());
        };
        if webhook.disabled_at.is_some() {
            return Ok(());
        }
        let Some(due) = app.store.take_delivery(id, app.now(), LEASE_S).await? else {
            return Ok(());
        };
        let (attempt, has_arrived) = attempt(app, &webhook, &due).await?;
        let cause = Cause::new(app.now(), "webhooks", &app.chance);
        let next = if has_arrived {
            Next::Delivered
        } else if attempt.status_code == Some(410) {
            Next::Gone
        } else {
            again(app, due.tries, cause.now)?
        };
        let whose = (&webhook.id, &due.event);
        let is_disabled = app.store.note_attempt(whose, &attempt, next, cause).await?;
        if is_disabled {
            tracing::warn!("webhook {id} is disabled: nothing arrives there");
        }
    }
}

/// When to try again after so many tries; a little later than at once, so that not all come back together.
fn again(app: &App, tries: u32, now: Timestamp) -> Result<Next> {
    let done = usize::try_from(tries)?;
    let Some(wait_s) = WAITS_S.get(done.saturating_sub(1)) else {
        return Ok(Next::Failed);
    };
    let [chance] = app.chance.bytes::<1>()?;
    let more_ms = wait_s * 1000 / 10 * i64::from(chance) / 255;
    Ok(Next::Again(Timestamp(now.plus_s(*wait_s).0 + more_ms)))
}

/// Tries once; how that went, and whether the event arrived.
async fn attempt(
    app: &App,
    webhook: &StoredWebhook,
    due: &DueDelivery,
) -> Result<(DeliveryAttempt, bool)> {
    let at = app.now();
    let mut secrets = vec![open_secret(app, &webhook.id, &webhook.sealed_secret)?];
    if let Some((sealed, until)) = &webhook.sealed_old_secret
        && *until > at
    {
        secrets.push(open_secret(app, &webhook.id, sealed)?);
    }
    let secrets: Vec<_> = secrets.iter().collect();
    let payload = app.seal.open(&purpose(&due.event), &due.sealed)?;
    let payload = String::from_utf8(payload)?;
    let request = signed(&webhook.url, (due.event.as_str(), at), payload, &secrets)?;
    let begun = Instant::now();
    let answer = app.webhook_fetch.glimpse(request, KEPT).await;
    let duration_ms = u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
    let (status_code, answer) = match answer {
        Ok(answer) => {
            let text = String::from_utf8_lossy(answer.body());
            // No text of PostgreSQL has it.
            (Some(answer.status()), text.replace('\0', ""))
        }
        Err(error) => (None, error.to_string()),
    };
    let has_arrived = status_code.is_some_and(|status| status.is_success());
    let attempt = DeliveryAttempt {
        at,
        status_code: status_code.map(|status| status.as_u16()),
        duration_ms,
        answer,
    };
    Ok((attempt, has_arrived))
}
