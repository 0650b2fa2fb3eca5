//! Signing keys, sealed.

use anyhow::Result;
use frontdesk_protocol::Timestamp;

use super::{Engine, Store, row};

/// One key pair.
#[derive(Clone, Debug)]
pub struct SigningKey {
    /// What tokens call it.
    pub id: String,
    /// The private half, sealed.
    pub sealed: String,
    /// The public half's first coordinate, as base64url.
    pub public_x: String,
    /// The public half's second coordinate, as base64url.
    pub public_y: String,
}

impl Store {
    /// Every key, the oldest first; `first` is kept where there is none yet.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn signing_keys(
        &self,
        first: &SigningKey,
        now: Timestamp,
    ) -> Result<Vec<SigningKey>> {
        let mut transaction = self.begin().await?;
        // Two replicas that start together must not both be the first.
        if self.engine == Engine::Postgres {
            sqlx::query("LOCK TABLE signing_keys IN EXCLUSIVE MODE")
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query(
            "INSERT INTO signing_keys (id, sealed, public_x, public_y, created_at)
             SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM signing_keys)",
        )
        .bind(first.id.as_str())
        .bind(first.sealed.as_str())
        .bind(first.public_x.as_str())
        .bind(first.public_y.as_str())
        .bind(now.0)
        .execute(&mut *transaction)
        .await?;
        let found = sqlx::query("SELECT * FROM signing_keys ORDER BY created_at, id")
            .fetch_all(&mut *transaction)
            .await?;
        transaction.commit().await?;
        let read = |found| -> Result<SigningKey> {
            Ok(SigningKey {
                id: row::text(found, "id")?,
                sealed: row::text(found, "sealed")?,
                public_x: row::text(found, "public_x")?,
                public_y: row::text(found, "public_y")?,
            })
        };
        found.iter().map(read).collect()
    }
}
