//! Counters of what may happen only so often, shared by every replica.

use anyhow::Result;
use frontdesk_protocol::Timestamp;
use sqlx::{Any, Row as _, Transaction};

use super::Store;

/// Something that may happen only so often.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Whose budget it is, and for what.
    pub key: String,
    /// How often it may happen.
    pub most: i64,
    /// In how many seconds.
    pub window_s: i64,
}

impl Store {
    /// Counts one use of each budget; answers with the seconds to wait where one of them was used up.
    ///
    /// Counting and looking are one statement, so two requests at once cannot both be the last that is allowed.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn count_use(&self, budgets: &[Budget], now: Timestamp) -> Result<Option<u32>> {
        let mut longest = None;
        let mut transaction = self.begin().await?;
        for budget in budgets {
            let row = sqlx::query(
                "INSERT INTO limits (key, count, resets_at) VALUES ($1, 1, $2)
                 ON CONFLICT (key) DO UPDATE SET
                   count = CASE WHEN limits.resets_at <= $3 THEN 1 ELSE limits.count + 1 END,
                   resets_at = CASE WHEN limits.resets_at <= $3 THEN $2 ELSE limits.resets_at END
                 RETURNING count, resets_at",
            )
            .bind(budget.key.as_str())
            .bind(now.plus_s(budget.window_s).0)
            .bind(now.0)
            .fetch_one(&mut *transaction)
            .await?;
            let count: i64 = row.try_get(0)?;
            let resets_at: i64 = row.try_get(1)?;
            if count > budget.most {
                let wait_s = (resets_at - now.0).div_euclid(1000) + 1;
                longest = longest.max(Some(u32::try_from(wait_s).unwrap_or(1)));
            }
        }
        transaction.commit().await?;
        Ok(longest)
    }

    /// Gives back the use of each budget, because what it was counted for did not happen.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn give_back(&self, budgets: &[Budget]) -> Result<()> {
        let mut transaction = self.begin().await?;
        forgive(&mut transaction, budgets).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Gives back the use of each budget that was counted before it turned out to be a good one.
pub(super) async fn forgive(
    transaction: &mut Transaction<'static, Any>,
    budgets: &[Budget],
) -> Result<()> {
    for budget in budgets {
        sqlx::query("UPDATE limits SET count = count - 1 WHERE key = $1 AND count > 0")
            .bind(budget.key.as_str())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}
