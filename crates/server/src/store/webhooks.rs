//! Where events are sent to.

use anyhow::Result;
use frontdesk_protocol::{Timestamp, WebhookId};
use sqlx::any::AnyRow;

use super::{Cause, Store, row};

/// A place that events are sent to.
#[derive(Clone, Debug)]
pub struct StoredWebhook {
    /// Its id.
    pub id: WebhookId,
    /// Its address.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Which events, with spaces between, e.g. `user.* session.created`.
    pub events: String,
    /// What they are signed with, sealed.
    pub sealed_secret: String,
    /// What they were signed with before, sealed, and until when they still are.
    pub sealed_old_secret: Option<(String, Timestamp)>,
    /// Since when nothing arrived.
    pub failing_since: Option<Timestamp>,
    /// Since when nothing is sent.
    pub disabled_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What is changed of a webhook; what is absent stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct WebhookChange<'a> {
    /// Its address.
    pub url: Option<&'a str>,
    /// What it is for.
    pub description: Option<&'a str>,
    /// Which events.
    pub events: Option<&'a str>,
    /// Whether nothing is sent.
    pub disabled: Option<bool>,
}

impl Store {
    /// Keeps a webhook; false if there are `most` already.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_webhook(
        &self,
        webhook: &StoredWebhook,
        most: i64,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let made = sqlx::query(
            "INSERT INTO webhooks (id, url, description, events, sealed_secret, created_at, updated_at)
             SELECT $1, $2, $3, $4, $5, $6, $6 WHERE (SELECT COUNT(*) FROM webhooks) < $7",
        )
        .bind(webhook.id.as_str())
        .bind(webhook.url.as_str())
        .bind(webhook.description.as_str())
        .bind(webhook.events.as_str())
        .bind(webhook.sealed_secret.as_str())
        .bind(webhook.created_at.0)
        .bind(most)
        .execute(&mut *transaction)
        .await?;
        if made.rows_affected() == 0 {
            return Ok(false);
        }
        let what = format!("{} by {by}", webhook.id);
        cause
            .audit(&mut transaction, "webhook.created", None, Some(&what))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Every webhook, the oldest first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn webhooks(&self) -> Result<Vec<StoredWebhook>> {
        let found = sqlx::query("SELECT * FROM webhooks ORDER BY created_at, id")
            .fetch_all(&self.reader)
            .await?;
        found.iter().map(read).collect()
    }

    /// A webhook.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn webhook(&self, id: &WebhookId) -> Result<Option<StoredWebhook>> {
        let found = sqlx::query("SELECT * FROM webhooks WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// Changes a webhook; false if there is none such. One that is enabled is as if it had never failed.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn update_webhook(
        &self,
        id: &WebhookId,
        change: WebhookChange<'_>,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE webhooks SET url = COALESCE($1, url), description = COALESCE($2, description),
             events = COALESCE($3, events),
             failing_since = CASE WHEN $4 = 0 THEN NULL ELSE failing_since END,
             disabled_at = CASE WHEN $4 = 0 THEN NULL WHEN $4 = 1 THEN COALESCE(disabled_at, $5) ELSE disabled_at END,
             updated_at = $5 WHERE id = $6",
        )
        .bind(change.url)
        .bind(change.description)
        .bind(change.events)
        .bind(change.disabled.map(i64::from))
        .bind(cause.now.0)
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        let what = format!("{id} by {by}");
        cause
            .audit(&mut transaction, "webhook.updated", None, Some(&what))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Signs with another secret from now on, and with the one there was until then too; false if there is no such webhook.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn rotate_webhook_secret(
        &self,
        id: &WebhookId,
        (sealed, old_until): (&str, Timestamp),
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let rotated = sqlx::query(
            "UPDATE webhooks SET sealed_old_secret = sealed_secret, old_secret_until = $1, sealed_secret = $2,
             updated_at = $3 WHERE id = $4",
        )
        .bind(old_until.0)
        .bind(sealed)
        .bind(cause.now.0)
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        if rotated.rows_affected() == 0 {
            return Ok(false);
        }
        let what = format!("{id} by {by}");
        cause
            .audit(
                &mut transaction,
                "webhook.secret_rotated",
                None,
                Some(&what),
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Deletes a webhook with what was to be sent there; false if there is none such.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn delete_webhook(&self, id: &WebhookId, by: &str, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let deleted = sqlx::query("DELETE FROM webhooks WHERE id = $1")
            .bind(id.as_str())
            .execute(&mut *transaction)
            .await?;
        if deleted.rows_affected() == 0 {
            return Ok(false);
        }
        let what = format!("{id} by {by}");
        cause
            .audit(&mut transaction, "webhook.deleted", None, Some(&what))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn read(found: &AnyRow) -> Result<StoredWebhook> {
    let old = row::maybe_text(found, "sealed_old_secret")?;
    let until = row::maybe_time(found, "old_secret_until")?;
    Ok(StoredWebhook {
        id: row::id(found, "id")?,
        url: row::text(found, "url")?,
        description: row::text(found, "description")?,
        events: row::text(found, "events")?,
        sealed_secret: row::text(found, "sealed_secret")?,
        sealed_old_secret: old.zip(until),
        failing_since: row::maybe_time(found, "failing_since")?,
        disabled_at: row::maybe_time(found, "disabled_at")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
