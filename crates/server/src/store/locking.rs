//! Users whom the app's server keeps out for a while.

use anyhow::Result;
use frontdesk_protocol::{Timestamp, UserId};

use super::{Budget, Cause, Store, Transaction};

impl Store {
    /// Lets a user sign in by no method until then; their sessions stay. False if there is no such user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn lock(
        &self,
        id: &UserId,
        until: Timestamp,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if !set(&mut transaction, id, Some(until), cause.now).await? {
            return Ok(false);
        }
        let user = Some(id.as_str());
        cause
            .audit(&mut transaction, "user.locked", user, Some(by))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Lets a user sign in again, and forgets what was counted in `budgets`; false if there is no such user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn unlock(
        &self,
        id: &UserId,
        budgets: &[Budget],
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if !set(&mut transaction, id, None, cause.now).await? {
            return Ok(false);
        }
        for budget in budgets {
            // In every network too.
            sqlx::query("DELETE FROM limits WHERE key = $1 OR (key > $2 AND key < $3)")
                .bind(budget.key.as_str())
                .bind([&budget.key, ":"].concat())
                .bind([&budget.key, ";"].concat())
                .execute(&mut *transaction)
                .await?;
        }
        let user = Some(id.as_str());
        cause
            .audit(&mut transaction, "user.unlocked", user, Some(by))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

async fn set(
    transaction: &mut Transaction,
    id: &UserId,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<bool> {
    let set = sqlx::query("UPDATE users SET locked_until = $1, updated_at = $2 WHERE id = $3")
        .bind(until.map(|until| until.0))
        .bind(now.0)
        .bind(id.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(set.rows_affected() == 1)
}
