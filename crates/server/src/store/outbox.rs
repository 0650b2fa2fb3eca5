//! Letters on their way, and what may be forgotten.

use anyhow::Result;
use frontdesk_protocol::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use super::{Store, row};

/// A letter in the outbox.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its id.
    pub id: String,
    /// The letter, sealed.
    pub sealed: String,
    /// How often it was tried.
    pub tries: u32,
    /// When it was written.
    pub created_at: Timestamp,
}

impl Store {
    /// The newest letters, sent or not, as far as they can be read still.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn letters(&self, most: i64) -> Result<Vec<Due>> {
        let found = sqlx::query(
            "SELECT * FROM outbox WHERE sealed IS NOT NULL ORDER BY created_at DESC, id LIMIT $1",
        )
        .bind(most)
        .fetch_all(&self.reader)
        .await?;
        found.iter().map(read).collect()
    }

    /// Takes one letter that is due, for as long as `lease_s`: no other replica sends it meanwhile.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn take_letter(&self, now: Timestamp, lease_s: i64) -> Result<Option<Due>> {
        let taken = sqlx::query(
            "UPDATE outbox SET tries = tries + 1, not_before = $1
             WHERE sent_at IS NULL AND not_before <= $2 AND id = (
               SELECT id FROM outbox WHERE sent_at IS NULL AND sealed IS NOT NULL AND not_before <= $2
               ORDER BY not_before, id LIMIT 1)
             RETURNING id, sealed, tries, created_at",
        )
        .bind(now.plus_s(lease_s).0)
        .bind(now.0)
        .fetch_optional(&self.writer)
        .await?;
        taken.as_ref().map(read).transpose()
    }

    /// Notes that a letter was sent, or never can be; its text is forgotten.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn close_letter(&self, id: &str, now: Timestamp) -> Result<()> {
        sqlx::query("UPDATE outbox SET sent_at = $1, sealed = NULL WHERE id = $2")
            .bind(now.0)
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Notes that a letter is to be tried again, not before then.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn delay_letter(&self, id: &str, not_before: Timestamp) -> Result<()> {
        sqlx::query("UPDATE outbox SET not_before = $1 WHERE id = $2")
            .bind(not_before.0)
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Deletes what has ended: attempts, codes, counters, browsers, and letters of more than a day ago.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn forget(&self, now: Timestamp) -> Result<()> {
        const ENDED: [&str; 9] = [
            "DELETE FROM ceremonies WHERE expires_at <= $1",
            "DELETE FROM tickets WHERE expires_at <= $1",
            "DELETE FROM trusted_clients WHERE expires_at <= $1",
            "DELETE FROM sign_ins WHERE expires_at <= $1",
            "DELETE FROM sign_ups WHERE expires_at <= $1",
            "DELETE FROM step_ups WHERE expires_at <= $1",
            "DELETE FROM codes WHERE expires_at <= $1",
            "DELETE FROM limits WHERE resets_at <= $1",
            "DELETE FROM clients WHERE expires_at <= $1",
        ];
        for sql in ENDED {
            sqlx::query(AssertSqlSafe(sql))
                .bind(now.0)
                .execute(&self.writer)
                .await?;
        }
        sqlx::query(
            "DELETE FROM outbox WHERE created_at <= $1 OR (sealed IS NULL AND sent_at IS NULL)",
        )
        .bind(now.plus_s(-86_400).0)
        .execute(&self.writer)
        .await?;
        self.forget_events(now).await
    }
}

fn read(found: &AnyRow) -> Result<Due> {
    Ok(Due {
        id: row::text(found, "id")?,
        sealed: row::text(found, "sealed")?,
        tries: row::count(found, "tries")?,
        created_at: row::time(found, "created_at")?,
    })
}
