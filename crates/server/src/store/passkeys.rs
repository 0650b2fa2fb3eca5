//! Passkeys: whose they are.

use anyhow::Result;
use frontdesk_protocol::{Passkey, PasskeyId, Timestamp, UserId};
use sqlx::any::AnyRow;

use super::{Cause, SealedMail, Store, row};

/// A passkey as it is stored.
#[derive(Clone, Debug)]
pub struct StoredPasskey {
    /// What the user sees of it.
    pub shown: Passkey,
    /// Whose it is.
    pub user: UserId,
    /// Its public key and counter, sealed.
    pub sealed: String,
}

/// A passkey about to be a user's.
#[derive(Clone, Copy, Debug)]
pub struct NewPasskey<'a> {
    /// Its id.
    pub id: &'a PasskeyId,
    /// Whose it is.
    pub user: &'a UserId,
    /// What its authenticator calls it.
    pub credential: &'a str,
    /// Its public key and counter, sealed.
    pub sealed: &'a str,
    /// What the user calls it.
    pub name: &'a str,
    /// How many the user may have, this one among them.
    pub most: i64,
    /// What the user is told.
    pub notice: &'a SealedMail,
}

impl Store {
    /// The passkeys of a user, the oldest first, as the user sees them.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn passkeys(&self, user: &UserId) -> Result<Vec<Passkey>> {
        let found =
            sqlx::query("SELECT * FROM passkeys WHERE user_id = $1 ORDER BY created_at, id")
                .bind(user.as_str())
                .fetch_all(&self.reader)
                .await?;
        found.iter().map(|found| Ok(read(found)?.shown)).collect()
    }

    /// Adds a passkey; false if somebody has it already, or the user has as many as they may.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn add_passkey(&self, passkey: NewPasskey<'_>, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let user = passkey.user.as_str();
        // Whoever adds another at the same time waits for this, so that both are counted.
        sqlx::query("UPDATE users SET updated_at = $1 WHERE id = $2")
            .bind(cause.now.0)
            .bind(user)
            .execute(&mut *transaction)
            .await?;
        let added = sqlx::query(
            "INSERT INTO passkeys (id, user_id, credential_id, sealed, name, counter, created_at, updated_at)
             SELECT $1, $2, $3, $4, $5, 0, $6, $6 WHERE (SELECT COUNT(*) FROM passkeys WHERE user_id = $2) < $7
             ON CONFLICT DO NOTHING",
        )
        .bind(passkey.id.as_str())
        .bind(user)
        .bind(passkey.credential)
        .bind(passkey.sealed)
        .bind(passkey.name)
        .bind(cause.now.0)
        .bind(passkey.most)
        .execute(&mut *transaction)
        .await?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        let subject = Some(passkey.id.as_str());
        cause.post(&mut transaction, passkey.notice).await?;
        cause
            .audit(&mut transaction, "passkey.added", Some(user), subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Calls a passkey of a user something else; false if there is none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn rename_passkey(
        &self,
        user: &UserId,
        id: &PasskeyId,
        name: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let renamed = sqlx::query(
            "UPDATE passkeys SET name = $1, updated_at = $2 WHERE id = $3 AND user_id = $4",
        )
        .bind(name)
        .bind(now.0)
        .bind(id.as_str())
        .bind(user.as_str())
        .execute(&self.writer)
        .await?;
        Ok(renamed.rows_affected() == 1)
    }

    /// Removes a passkey of a user; false if there is none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn remove_passkey(
        &self,
        user: &UserId,
        id: &PasskeyId,
        notice: &SealedMail,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let removed = sqlx::query("DELETE FROM passkeys WHERE id = $1 AND user_id = $2")
            .bind(id.as_str())
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause.post(&mut transaction, notice).await?;
        cause
            .audit(&mut transaction, "passkey.removed", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// What the authenticators of a user call their passkeys.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn credentials(&self, user: &UserId) -> Result<Vec<String>> {
        let found = sqlx::query("SELECT credential_id FROM passkeys WHERE user_id = $1")
            .bind(user.as_str())
            .fetch_all(&self.reader)
            .await?;
        found
            .iter()
            .map(|found| row::text(found, "credential_id"))
            .collect()
    }

    /// The passkey of this credential.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn passkey(&self, credential: &str) -> Result<Option<StoredPasskey>> {
        let found = sqlx::query("SELECT * FROM passkeys WHERE credential_id = $1")
            .bind(credential)
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(read).transpose()
    }
}

fn read(found: &AnyRow) -> Result<StoredPasskey> {
    let id: PasskeyId = row::id(found, "id")?;
    Ok(StoredPasskey {
        shown: Passkey {
            id,
            name: row::text(found, "name")?,
            verification: None,
            last_used_at: row::maybe_time(found, "last_used_at")?,
            created_at: row::time(found, "created_at")?,
            updated_at: row::time(found, "updated_at")?,
        },
        user: row::id(found, "user_id")?,
        sealed: row::text(found, "sealed")?,
    })
}
