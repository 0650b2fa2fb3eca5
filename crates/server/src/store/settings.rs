//! What was changed of the settings, sealed, and how often.

use anyhow::Result;
use sqlx::Row as _;

use super::{Cause, Store, row};

impl Store {
    /// The changes, sealed, and their version; nothing where there never were any.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn settings(&self) -> Result<Option<(String, i64)>> {
        let found = sqlx::query("SELECT changes, version FROM settings WHERE id = 1")
            .fetch_optional(&self.reader)
            .await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some((
            row::text(&found, "changes")?,
            found.try_get("version")?,
        )))
    }

    /// The version of the changes; 0 where there never were any.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn settings_version(&self) -> Result<i64> {
        let found = sqlx::query("SELECT version FROM settings WHERE id = 1")
            .fetch_optional(&self.reader)
            .await?;
        Ok(found.map_or(Ok(0), |found| found.try_get("version"))?)
    }

    /// Keeps other changes over those of `before`; false where those are not the newest any more.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn change_settings(
        &self,
        sealed: &str,
        before: i64,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let sql = if before == 0 {
            "INSERT INTO settings (id, changes, version, updated_at) VALUES (1, $1, $2 + 1, $3) ON CONFLICT DO NOTHING"
        } else {
            "UPDATE settings SET changes = $1, version = version + 1, updated_at = $3 WHERE id = 1 AND version = $2"
        };
        let changed = sqlx::query(sql)
            .bind(sealed)
            .bind(before)
            .bind(cause.now.0)
            .execute(&mut *transaction)
            .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        cause
            .audit(&mut transaction, "settings.changed", None, Some(by))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}
