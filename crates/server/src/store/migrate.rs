//! The schema, and how a database comes to it.

use anyhow::{Context as _, Result, ensure};
use sqlx::{AssertSqlSafe, Row as _};

use super::{Engine, Store};

/// Every migration, oldest first; one that was released is never changed.
const MIGRATIONS: [&str; 10] = [
    include_str!("../../migrations/0001_foundation.sql"),
    include_str!("../../migrations/0002_every_way_in.sql"),
    include_str!("../../migrations/0003_signing_keys.sql"),
    include_str!("../../migrations/0004_step_up.sql"),
    include_str!("../../migrations/0005_organizations.sql"),
    include_str!("../../migrations/0006_account.sql"),
    include_str!("../../migrations/0007_domains.sql"),
    include_str!("../../migrations/0009_webhooks.sql"),
    include_str!("../../migrations/0010_lists_and_letters.sql"),
    include_str!("../../migrations/0011_changed_credentials.sql"),
];

/// Any number will do, as long as every replica takes the same one.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7310)";
/// An index of a million rows takes longer than any statement of a request may, and so does waiting for it.
const PATIENT: &str = "SET LOCAL statement_timeout = 0";

impl Store {
    /// Runs the migrations that have not been run, all in one transaction; replicas wait for each other.
    pub(super) async fn migrate(&self) -> Result<()> {
        let mut transaction = self.begin().await?;
        if self.engine == Engine::Postgres {
            sqlx::query(PATIENT).execute(&mut *transaction).await?;
            sqlx::query(LOCK).execute(&mut *transaction).await?;
        }
        sqlx::query("CREATE TABLE IF NOT EXISTS migrations (version BIGINT PRIMARY KEY)")
            .execute(&mut *transaction)
            .await?;
        let done: i64 = sqlx::query("SELECT COUNT(*) FROM migrations")
            .fetch_one(&mut *transaction)
            .await?
            .try_get(0)?;
        let done = usize::try_from(done).context("a count is not negative")?;
        ensure!(
            done <= MIGRATIONS.len(),
            "the database was written by a newer version of this program"
        );
        for (number, migration) in MIGRATIONS.iter().enumerate().skip(done) {
            // The one type that has no name in common.
            let migration = match self.engine {
                Engine::Sqlite => migration.to_string(),
                Engine::Postgres => migration.replace(" BLOB", " BYTEA"),
            };
            sqlx::raw_sql(AssertSqlSafe(migration))
                .execute(&mut *transaction)
                .await
                .with_context(|| format!("migration {}", number + 1))?;
            sqlx::query("INSERT INTO migrations (version) VALUES ($1)")
                .bind(i64::try_from(number)? + 1)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
