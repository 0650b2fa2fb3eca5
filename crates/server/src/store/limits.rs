//! Counters of what may happen only so often, shared by every replica.

use anyhow::Result;
use frontdesk_protocol::Timestamp;
use sqlx::Row as _;

use super::Store;

impl Store {
    /// Counts one use of `key`, of which `most` are allowed in `window_s` seconds.
    ///
    /// Answers with the seconds to wait where it was one too many. Counting and looking are one
    /// statement, so two requests at once cannot both be the last that is allowed.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn count_use(
        &self,
        key: &str,
        most: i64,
        window_s: i64,
        now: Timestamp,
    ) -> Result<Option<u32>> {
        let row = sqlx::query(
            "INSERT INTO limits (key, count, resets_at) VALUES ($1, 1, $2)
             ON CONFLICT (key) DO UPDATE SET
               count = CASE WHEN limits.resets_at <= $3 THEN 1 ELSE limits.count + 1 END,
               resets_at = CASE WHEN limits.resets_at <= $3 THEN $2 ELSE limits.resets_at END
             RETURNING count, resets_at",
        )
        .bind(key)
        .bind(now.plus_s(window_s).0)
        .bind(now.0)
        .fetch_one(&self.writer)
        .await?;
        let count: i64 = row.try_get(0)?;
        let resets_at: i64 = row.try_get(1)?;
        if count <= most {
            return Ok(None);
        }
        let wait_s = (resets_at - now.0).div_euclid(1000) + 1;
        Ok(Some(u32::try_from(wait_s).unwrap_or(1)))
    }
}
