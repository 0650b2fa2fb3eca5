//! Signing keys, sealed.

use anyhow::Result;
use frontdesk_protocol::Timestamp;
use sqlx::any::AnyRow;

use super::{Cause, Engine, Store, Transaction, row};

/// One key pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// What tokens call it.
    pub id: String,
    /// What it signs by.
    pub algorithm: String,
    /// The private half, sealed.
    pub sealed: String,
    /// The first part of the public half: a coordinate, or the modulus; as base64url.
    pub public_x: String,
    /// The second part: a coordinate, the exponent, or nothing; as base64url.
    pub public_y: String,
    /// From when it signs, until the next one does.
    pub signs_at: Timestamp,
}

impl Store {
    /// Every key, in the order in which they sign.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>> {
        let found = sqlx::query("SELECT * FROM signing_keys ORDER BY signs_at, id")
            .fetch_all(&self.reader)
            .await?;
        found.iter().map(read).collect()
    }

    /// Keeps `key` as the one after `newest`; false where that is not the newest any more.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn add_signing_key(
        &self,
        key: &SigningKey,
        newest: Option<&str>,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin_keys().await?;
        if !insert(&mut transaction, key, newest, cause).await? {
            return Ok(false);
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Forgets every key there is, and keeps `key` in their place.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn replace_signing_keys(&self, key: &SigningKey, cause: Cause<'_>) -> Result<()> {
        let mut transaction = self.begin_keys().await?;
        let gone = sqlx::query("DELETE FROM signing_keys RETURNING id")
            .fetch_all(&mut *transaction)
            .await?;
        for gone in &gone {
            let id = row::text(gone, "id")?;
            cause
                .audit(&mut transaction, "key.withdrawn", None, Some(&id))
                .await?;
        }
        insert(&mut transaction, key, None, cause).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Forgets the keys that had stopped signing by `stopped`.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn forget_signing_keys(&self, stopped: Timestamp) -> Result<()> {
        sqlx::query(
            "DELETE FROM signing_keys WHERE EXISTS (SELECT 1 FROM signing_keys later
             WHERE later.signs_at > signing_keys.signs_at AND later.signs_at <= $1)",
        )
        .bind(stopped.0)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// A transaction in which no other replica makes a key.
    async fn begin_keys(&self) -> Result<Transaction> {
        let mut transaction = self.begin().await?;
        if self.engine == Engine::Postgres {
            sqlx::query("LOCK TABLE signing_keys IN EXCLUSIVE MODE")
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction)
    }
}

async fn insert(
    transaction: &mut Transaction,
    key: &SigningKey,
    newest: Option<&str>,
    cause: Cause<'_>,
) -> Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO signing_keys (id, algorithm, sealed, public_x, public_y, signs_at, created_at)
         SELECT $1, $2, $3, $4, $5, $6, $7
         WHERE COALESCE((SELECT id FROM signing_keys ORDER BY signs_at DESC, id DESC LIMIT 1), '') = $8",
    )
    .bind(key.id.as_str())
    .bind(key.algorithm.as_str())
    .bind(key.sealed.as_str())
    .bind(key.public_x.as_str())
    .bind(key.public_y.as_str())
    .bind(key.signs_at.0)
    .bind(cause.now.0)
    .bind(newest.unwrap_or(""))
    .execute(&mut **transaction)
    .await?;
    if inserted.rows_affected() == 0 {
        return Ok(false);
    }
    cause
        .audit(transaction, "key.made", None, Some(&key.id))
        .await?;
    Ok(true)
}

fn read(found: &AnyRow) -> Result<SigningKey> {
    Ok(SigningKey {
        id: row::text(found, "id")?,
        algorithm: row::text(found, "algorithm")?,
        sealed: row::text(found, "sealed")?,
        public_x: row::text(found, "public_x")?,
        public_y: row::text(found, "public_y")?,
        signs_at: row::time(found, "signs_at")?,
    })
}
