//! Keys of the app's servers, by their hashes.

use anyhow::Result;
use frontdesk_protocol::{SecretKeyId, Timestamp};
use sqlx::any::AnyRow;

use super::{Cause, Store, row};

/// A key is written down as used once in so many milliseconds.
const USED_EVERY_MS: i64 = 60_000;

/// A key of an app's server; the key itself is told once and not kept.
#[derive(Clone, Debug)]
pub struct StoredKey {
    /// Its id.
    pub id: SecretKeyId,
    /// What people call it.
    pub name: String,
    /// What it may do, with spaces between.
    pub scopes: String,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Store {
    /// Keeps a key.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_secret_key(
        &self,
        key: &StoredKey,
        hash: &str,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO secret_keys (id, name, hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(key.id.as_str())
        .bind(key.name.as_str())
        .bind(hash)
        .bind(key.scopes.as_str())
        .bind(key.created_at.0)
        .execute(&mut *transaction)
        .await?;
        let what = format!("{} by {by}", key.id);
        cause
            .audit(&mut transaction, "secret_key.created", None, Some(&what))
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Every key that was not revoked, the oldest first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn secret_keys(&self) -> Result<Vec<StoredKey>> {
        let found = sqlx::query(
            "SELECT * FROM secret_keys WHERE revoked_at IS NULL ORDER BY created_at, id",
        )
        .fetch_all(&self.reader)
        .await?;
        found.iter().map(read).collect()
    }

    /// The key of this hash, unless it was revoked.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn secret_key(&self, hash: &str) -> Result<Option<StoredKey>> {
        let found = sqlx::query("SELECT * FROM secret_keys WHERE hash = $1 AND revoked_at IS NULL")
            .bind(hash)
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// Writes down that a key was used, once a minute at the most.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn note_key(&self, key: &StoredKey, now: Timestamp) -> Result<()> {
        let before = now.0 - USED_EVERY_MS;
        if key.last_used_at.is_some_and(|used| used.0 > before) {
            return Ok(());
        }
        sqlx::query(
            "UPDATE secret_keys SET last_used_at = $1 WHERE id = $2 AND COALESCE(last_used_at, 0) <= $3",
        )
        .bind(now.0)
        .bind(key.id.as_str())
        .bind(before)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Makes a key worthless; false if there is none such.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn revoke_secret_key(
        &self,
        id: &SecretKeyId,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let revoked = sqlx::query(
            "UPDATE secret_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL",
        )
        .bind(cause.now.0)
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        if revoked.rows_affected() == 0 {
            return Ok(false);
        }
        let what = format!("{id} by {by}");
        cause
            .audit(&mut transaction, "secret_key.revoked", None, Some(&what))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn read(found: &AnyRow) -> Result<StoredKey> {
    Ok(StoredKey {
        id: row::id(found, "id")?,
        name: row::text(found, "name")?,
        scopes: row::text(found, "scopes")?,
        last_used_at: row::maybe_time(found, "last_used_at")?,
        created_at: row::time(found, "created_at")?,
    })
}
