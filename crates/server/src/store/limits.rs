//! Counters of what may happen only so often, shared by every replica.

use anyhow::Result;
use frontdesk_protocol::Timestamp;
use sqlx::{AssertSqlSafe, Row as _};

use super::{Store, Transaction};

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
    /// Counts one use of each budget; answers with the seconds to wait where one of them was used up, and then counts
    /// none: what is refused is not done, and must not use up what others have.
    ///
    /// Counting and looking are one statement, so two requests at once cannot both be the last that is allowed.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn count_use(&self, budgets: &[Budget], now: Timestamp) -> Result<Option<u32>> {
        let uses = uses(budgets);
        if uses.is_empty() {
            return Ok(None);
        }
        let sql = format!(
            "INSERT INTO limits (key, count, resets_at) VALUES {}
             ON CONFLICT (key) DO UPDATE SET
               count = CASE WHEN limits.resets_at <= $1 THEN excluded.count ELSE limits.count + excluded.count END,
               resets_at = CASE WHEN limits.resets_at <= $1 THEN excluded.resets_at ELSE limits.resets_at END
             RETURNING key, count, resets_at",
            rows(uses.len())
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now.0);
        for (budget, times) in &uses {
            let resets_at = now.plus_s(budget.window_s).0;
            query = query.bind(budget.key.as_str()).bind(*times).bind(resets_at);
        }
        let counted = query.fetch_all(&self.writer).await?;
        let mut longest = None;
        for row in &counted {
            let (key, count): (String, i64) = (row.try_get("key")?, row.try_get("count")?);
            let is_over = |budget: &Budget| budget.key == key && count > budget.most;
            if budgets.iter().any(is_over) {
                let resets_at: i64 = row.try_get("resets_at")?;
                let wait_s = (resets_at - now.0).div_euclid(1000) + 1;
                longest = longest.max(Some(u32::try_from(wait_s).unwrap_or(1)));
            }
        }
        if longest.is_some() {
            self.give_back(budgets).await?;
        }
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
///
/// In the order in which they were counted, so that nobody who counts waits for whoever waits for them; a counter that
/// was forgotten meanwhile has ended by the time it is made again.
pub(super) async fn forgive(transaction: &mut Transaction, budgets: &[Budget]) -> Result<()> {
    let uses = uses(budgets);
    if uses.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO limits (key, count, resets_at) VALUES {}
         ON CONFLICT (key) DO UPDATE SET count = CASE
           WHEN limits.count + excluded.count > $1 THEN limits.count + excluded.count ELSE $1 END",
        rows(uses.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(0_i64);
    for (budget, times) in &uses {
        query = query.bind(budget.key.as_str()).bind(-times).bind(0_i64);
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// Each budget once, in their order, and how often it is used.
fn uses(budgets: &[Budget]) -> Vec<(&Budget, i64)> {
    let mut uses: Vec<(&Budget, i64)> = Vec::with_capacity(budgets.len());
    for budget in budgets {
        match uses.iter_mut().find(|(known, _)| known.key == budget.key) {
            Some((_, times)) => *times += 1,
            None => uses.push((budget, 1)),
        }
    }
    uses
}

/// As many rows of a key, a count and a time, behind `$1`.
fn rows(many: usize) -> String {
    let row = |place| {
        format!(
            "(${}, ${}, ${})",
            3 * place + 2,
            3 * place + 3,
            3 * place + 4
        )
    };
    let rows: Vec<String> = (0..many).map(row).collect();
    rows.join(", ")
}
