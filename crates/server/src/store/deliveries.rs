//! Events on their way to a webhook, and how each try went.

use anyhow::Result;
use frontdesk_protocol::{EventId, List, Timestamp, WebhookId};
use sqlx::any::AnyRow;

use super::{Cause, Store, row};

/// After how long without a success a webhook is sent no more.
const GIVEN_UP_AFTER_S: i64 = 5 * 86_400;

/// An event to be sent to a webhook now.
#[derive(Clone, Debug)]
pub struct DueDelivery {
    /// The event.
    pub event: EventId,
    /// What is sent, sealed.
    pub sealed: String,
    /// How often it was tried, this time among them.
    pub tries: u32,
}

/// An event on its way to a webhook, or there.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The event.
    pub event: EventId,
    /// What the event is called.
    pub kind: String,
    /// `pending`, `delivered` or `failed`.
    pub status: String,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next, where it is pending.
    pub not_before: Timestamp,
    /// When it was first to be sent.
    pub created_at: Timestamp,
    /// When that last changed.
    pub updated_at: Timestamp,
}

/// One try.
#[derive(Clone, Debug)]
pub struct DeliveryAttempt {
    /// When.
    pub at: Timestamp,
    /// What was answered; nothing where there was no answer.
    pub status_code: Option<u16>,
    /// How long that took.
    pub duration_ms: u32,
    /// How the answer begins, or why there was none.
    pub answer: String,
}

/// What comes after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it arrived.
    Delivered,
    /// Another try, not before then.
    Again(Timestamp),
    /// Nothing: there were tries enough.
    Failed,
    /// Nothing, for this event and any other: the webhook is gone.
    Gone,
}

impl Store {
    /// The webhooks for which there is something to send.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn due_webhooks(&self, now: Timestamp) -> Result<Vec<WebhookId>> {
        let found = sqlx::query(
            "SELECT id FROM webhooks w WHERE disabled_at IS NULL AND EXISTS (SELECT 1 FROM deliveries d
               WHERE d.webhook_id = w.id AND d.status = 'pending' AND d.not_before <= $1)",
        )
        .bind(now.0)
        .fetch_all(&self.reader)
        .await?;
        found.iter().map(|found| row::id(found, "id")).collect()
    }

    /// Takes one event that is due at a webhook, for as long as `lease_s`: no other replica sends it meanwhile.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn take_delivery(
        &self,
        webhook: &WebhookId,
        now: Timestamp,
        lease_s: i64,
    ) -> Result<Option<DueDelivery>> {
        let taken = sqlx::query(
            "UPDATE deliveries SET tries = tries + 1, not_before = $1
             WHERE webhook_id = $2 AND status = 'pending' AND not_before <= $3 AND event_id = (
               SELECT d.event_id FROM deliveries d WHERE d.webhook_id = $2 AND d.status = 'pending' AND d.not_before <= $3
               ORDER BY d.not_before, d.event_id LIMIT 1)
             RETURNING event_id, tries",
        )
        .bind(now.plus_s(lease_s).0)
        .bind(webhook.as_str())
        .bind(now.0)
        .fetch_optional(&self.writer)
        .await?;
        let Some(taken) = taken else { return Ok(None) };
        let event: EventId = row::id(&taken, "event_id")?;
        let kept = sqlx::query("SELECT sealed FROM events WHERE id = $1")
            .bind(event.as_str())
            .fetch_optional(&self.reader)
            .await?;
        // Its user was deleted a moment ago, and the delivery with it.
        let Some(kept) = kept else { return Ok(None) };
        Ok(Some(DueDelivery {
            sealed: row::text(&kept, "sealed")?,
            tries: row::count(&taken, "tries")?,
            event,
        }))
    }

    /// Keeps how a try went, and what comes of it; true if nothing is sent to the webhook any more because of that.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn note_attempt(
        &self,
        (webhook, event): (&WebhookId, &EventId),
        attempt: &DeliveryAttempt,
        next: Next,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let now = cause.now;
        let mut transaction = self.begin().await?;
        let (status, not_before) = match next {
            Next::Delivered => ("delivered", now),
            Next::Again(at) => ("pending", at),
            Next::Failed | Next::Gone => ("failed", now),
        };
        // The webhook before its deliveries, as where it is deleted: the other way round, each waits for the other.
        let held = sqlx::query(
            "UPDATE webhooks SET failing_since = CASE WHEN $1 IS NULL THEN NULL ELSE COALESCE(failing_since, $1) END
             WHERE id = $2",
        )
        .bind((next != Next::Delivered).then_some(now.0))
        .bind(webhook.as_str())
        .execute(&mut *transaction)
        .await?;
        if held.rows_affected() == 0 {
            return Ok(false);
        }
        let noted = sqlx::query(
            "UPDATE deliveries SET status = $1, not_before = $2, updated_at = $3 WHERE webhook_id = $4 AND event_id = $5",
        )
        .bind(status)
        .bind(not_before.0)
        .bind(now.0)
        .bind(webhook.as_str())
        .bind(event.as_str())
        .execute(&mut *transaction)
        .await?;
        if noted.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO delivery_attempts (id, webhook_id, event_id, at, status_code, duration_ms, answer)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(cause.id("dat")?)
        .bind(webhook.as_str())
        .bind(event.as_str())
        .bind(attempt.at.0)
        .bind(attempt.status_code.map(i64::from))
        .bind(i64::from(attempt.duration_ms))
        .bind(attempt.answer.as_str())
        .execute(&mut *transaction)
        .await?;
        let before = if next == Next::Gone {
            now
        } else {
            now.plus_s(-GIVEN_UP_AFTER_S)
        };
        let disabled = sqlx::query(
            "UPDATE webhooks SET disabled_at = $1, updated_at = $1 WHERE id = $2 AND disabled_at IS NULL AND failing_since <= $3",
        )
        .bind(now.0)
        .bind(webhook.as_str())
        .bind(before.0)
        .execute(&mut *transaction)
        .await?;
        let is_disabled = disabled.rows_affected() == 1;
        if is_disabled {
            cause
                .audit(
                    &mut transaction,
                    "webhook.disabled",
                    None,
                    Some(webhook.as_str()),
                )
                .await?;
        }
        transaction.commit().await?;
        Ok(is_disabled)
    }

    /// A page of what is sent to a webhook, the newest first, and how much there is; of this status and kind or of all.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn deliveries(
        &self,
        webhook: &WebhookId,
        (status, kind): (Option<&str>, Option<&str>),
        (limit, offset): (i64, i64),
    ) -> Result<List<Delivery>> {
        let found = sqlx::query(
            "SELECT d.*, e.kind, COUNT(*) OVER () AS total FROM deliveries d JOIN events e ON e.id = d.event_id
             WHERE d.webhook_id = $1 AND COALESCE($2, d.status) = d.status AND COALESCE($3, e.kind) = e.kind
             ORDER BY d.created_at DESC, d.event_id LIMIT $4 OFFSET $5",
        )
        .bind(webhook.as_str())
        .bind(status)
        .bind(kind)
        .bind(limit)
        .bind(offset)
        .fetch_all(&self.reader)
        .await?;
        row::page(&found, read)
    }

    /// One of them.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn delivery(&self, webhook: &WebhookId, event: &EventId) -> Result<Option<Delivery>> {
        let found = sqlx::query(
            "SELECT d.*, e.kind FROM deliveries d JOIN events e ON e.id = d.event_id
             WHERE d.webhook_id = $1 AND d.event_id = $2",
        )
        .bind(webhook.as_str())
        .bind(event.as_str())
        .fetch_optional(&self.reader)
        .await?;
        found.as_ref().map(read).transpose()
    }

    /// How it was tried to send an event to a webhook, the last try first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn delivery_attempts(
        &self,
        webhook: &WebhookId,
        event: &EventId,
    ) -> Result<Vec<DeliveryAttempt>> {
        let found = sqlx::query(
            "SELECT * FROM delivery_attempts WHERE webhook_id = $1 AND event_id = $2 ORDER BY at DESC, id LIMIT 100",
        )
        .bind(webhook.as_str())
        .bind(event.as_str())
        .fetch_all(&self.reader)
        .await?;
        let attempt = |found: &AnyRow| {
            let status = row::maybe_count(found, "status_code")?;
            Ok(DeliveryAttempt {
                at: row::time(found, "at")?,
                status_code: status.map(u16::try_from).transpose()?,
                duration_ms: row::count(found, "duration_ms")?,
                answer: row::text(found, "answer")?,
            })
        };
        found.iter().map(attempt).collect()
    }

    /// Sends an event to a webhook again, as if it had never been; false if it never was to be.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn replay_event(
        &self,
        webhook: &WebhookId,
        event: &EventId,
        now: Timestamp,
    ) -> Result<bool> {
        let replayed = sqlx::query(
            "UPDATE deliveries SET status = 'pending', tries = 0, not_before = $1, updated_at = $1
             WHERE webhook_id = $2 AND event_id = $3",
        )
        .bind(now.0)
        .bind(webhook.as_str())
        .bind(event.as_str())
        .execute(&self.writer)
        .await?;
        Ok(replayed.rows_affected() == 1)
    }

    /// Sends a webhook every event since then that it asks for, also what it was not sent; answers with how many.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn replay_events(
        &self,
        webhook: &WebhookId,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<u64> {
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE webhooks SET updated_at = updated_at WHERE id = $1")
            .bind(webhook.as_str())
            .execute(&mut *transaction)
            .await?;
        let replayed = sqlx::query(
            "INSERT INTO deliveries (webhook_id, event_id, status, tries, not_before, created_at, updated_at)
             SELECT w.id, e.id, 'pending', 0, $1, $1, $1 FROM webhooks w, events e
             WHERE w.id = $2 AND e.created_at >= $3 AND e.spread_at IS NOT NULL AND e.family <> 'webhook'
               AND (' ' || w.events || ' ' LIKE '% * %' OR ' ' || w.events || ' ' LIKE '% ' || e.family || '.* %'
                 OR ' ' || w.events || ' ' LIKE '% ' || e.kind || ' %')
             ON CONFLICT (webhook_id, event_id) DO UPDATE SET status = 'pending', tries = 0,
               not_before = excluded.not_before, updated_at = excluded.updated_at",
        )
        .bind(now.0)
        .bind(webhook.as_str())
        .bind(since.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(replayed.rows_affected())
    }
}

fn read(found: &AnyRow) -> Result<Delivery> {
    Ok(Delivery {
        event: row::id(found, "event_id")?,
        kind: row::text(found, "kind")?,
        status: row::text(found, "status")?,
        tries: row::count(found, "tries")?,
        not_before: row::time(found, "not_before")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
