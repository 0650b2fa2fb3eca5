//! Second factors: which a user has, how one is added and removed, and in which browsers none is asked for.

use anyhow::Result;
use frontdesk_protocol::{ClientId, PhoneNumberId, SessionId, Timestamp, UserId};

use super::spend::{Spend, spend_all};
use super::{Cause, SealedMail, Store, Transaction, row};

/// The second factors of a user.
#[derive(Clone, Debug, Default)]
pub struct SecondFactors {
    /// Whether there is an authenticator app.
    pub has_totp: bool,
    /// Numbers that codes go to, the default one first.
    pub phones: Vec<(PhoneNumberId, String)>,
    /// Whether there are backup codes.
    pub has_backup_codes: bool,
}

/// An authenticator app of a user.
#[derive(Clone, Debug)]
pub struct StoredTotp {
    /// The secret, sealed.
    pub sealed: String,
    /// Whether a code of it was right.
    pub is_verified: bool,
    /// The last step that a code was accepted of.
    pub last_step: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Second factors to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewFactor<'a> {
    /// Whose.
    pub user: &'a UserId,
    /// The proof of the app's first code, if it is an app.
    pub spends: &'a [Spend],
    /// The hashes of backup codes, in the place of those before; none to leave those.
    pub backup_codes: &'a [String],
    /// The session that it was proven in.
    pub session: &'a SessionId,
    /// What the user is told.
    pub notice: &'a SealedMail,
}

impl SecondFactors {
    /// Whether there is none that can be asked for first.
    pub const fn is_empty(&self) -> bool {
        !self.has_totp && self.phones.is_empty()
    }
}

impl Store {
    /// The second factors of a user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn second_factors(&self, user: &UserId) -> Result<SecondFactors> {
        let found = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM credentials WHERE user_id = u.id AND factor = 'totp' AND verified_at IS NOT NULL) AS apps,
             (SELECT COUNT(*) FROM backup_codes WHERE user_id = u.id) AS backup_codes, p.id, p.phone_number
             FROM users u LEFT JOIN phone_numbers p
               ON p.user_id = u.id AND p.is_second_factor = 1 AND p.verified_at IS NOT NULL
             WHERE u.id = $1 ORDER BY p.is_default_second_factor DESC, p.created_at, p.id",
        )
        .bind(user.as_str())
        .fetch_all(&self.reader)
        .await?;
        let has = |what| {
            let first = found.first();
            first.map_or(Ok(false), |found| {
                Ok::<_, anyhow::Error>(row::count(found, what)? > 0)
            })
        };
        let mut phones = Vec::new();
        for number in &found {
            if let Some(id) = row::maybe_id(number, "id")? {
                phones.push((id, row::text(number, "phone_number")?));
            }
        }
        Ok(SecondFactors {
            has_totp: has("apps")?,
            has_backup_codes: has("backup_codes")?,
            phones,
        })
    }

    /// The authenticator app of a user, verified or not.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn totp(&self, user: &UserId) -> Result<Option<StoredTotp>> {
        let found = sqlx::query("SELECT * FROM credentials WHERE user_id = $1 AND factor = 'totp'")
            .bind(user.as_str())
            .fetch_optional(&self.reader)
            .await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some(StoredTotp {
            sealed: row::text(&found, "sealed")?,
            is_verified: row::maybe_time(&found, "verified_at")?.is_some(),
            last_step: row::time(&found, "counter")?.0,
            created_at: row::time(&found, "created_at")?,
            updated_at: row::time(&found, "updated_at")?,
        }))
    }

    /// Keeps a new secret for an app that is not verified yet; false if one is verified.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn begin_totp(&self, user: &UserId, sealed: &str, now: Timestamp) -> Result<bool> {
        let begun = sqlx::query(
            "INSERT INTO credentials (user_id, factor, sealed, counter, created_at, updated_at)
             VALUES ($1, 'totp', $2, 0, $3, $3)
             ON CONFLICT (user_id, factor) DO UPDATE SET sealed = excluded.sealed, counter = 0, updated_at = excluded.updated_at
             WHERE credentials.verified_at IS NULL",
        )
        .bind(user.as_str())
        .bind(sealed)
        .bind(now.0)
        .execute(&self.writer)
        .await?;
        Ok(begun.rows_affected() == 1)
    }

    /// Adds second factors by a proof that was right; false if it was used up, or is not needed any more.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn add_factor(&self, factor: NewFactor<'_>, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let user = factor.user;
        if !spend_all(&mut transaction, factor.spends, cause.now).await? {
            return Ok(false);
        }
        if !factor.spends.is_empty() {
            let verified = sqlx::query(
                "UPDATE credentials SET verified_at = $1, updated_at = $1
                 WHERE user_id = $2 AND factor = 'totp' AND verified_at IS NULL",
            )
            .bind(cause.now.0)
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
            if verified.rows_affected() == 0 {
                return Ok(false);
            }
            sqlx::query("UPDATE sessions SET second_factor_at = $1 WHERE id = $2")
                .bind(cause.now.0)
                .bind(factor.session.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        if !factor.backup_codes.is_empty() {
            replace_backup_codes(&mut transaction, user, factor.backup_codes, cause.now).await?;
        }
        cause.post(&mut transaction, factor.notice).await?;
        cause
            .audit(
                &mut transaction,
                "second_factor.added",
                Some(user.as_str()),
                None,
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes the authenticator app, and the backup codes with the last factor; false if there is none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn remove_totp(
        &self,
        user: &UserId,
        notice: &SealedMail,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let removed = sqlx::query("DELETE FROM credentials WHERE user_id = $1 AND factor = 'totp'")
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        forget_backup_codes(&mut transaction, user).await?;
        cause.post(&mut transaction, notice).await?;
        cause
            .audit(
                &mut transaction,
                "second_factor.removed",
                Some(user.as_str()),
                None,
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Whether a user has the backup code of this hash still.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn has_backup_code(&self, user: &UserId, hash: &str) -> Result<bool> {
        let found = sqlx::query("SELECT 1 FROM backup_codes WHERE user_id = $1 AND hash = $2")
            .bind(user.as_str())
            .bind(hash)
            .fetch_optional(&self.reader)
            .await?;
        Ok(found.is_some())
    }

    /// What is kept of a user's backup codes that begin with `prefix`.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn backup_codes(&self, user: &UserId, prefix: &str) -> Result<Vec<String>> {
        let found = sqlx::query(
            "SELECT hash FROM backup_codes WHERE user_id = $1 AND hash LIKE $2 ORDER BY hash",
        )
        .bind(user.as_str())
        .bind(format!("{prefix}%"))
        .fetch_all(&self.reader)
        .await?;
        found.iter().map(|code| row::text(code, "hash")).collect()
    }

    /// Whether a user has signed in with this browser lately: `Some(true)` if no second factor is asked for in it.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn trust(
        &self,
        client: &ClientId,
        user: &UserId,
        now: Timestamp,
    ) -> Result<Option<bool>> {
        let found = sqlx::query(
            "SELECT skips_second_factor FROM trusted_clients WHERE client_id = $1 AND user_id = $2 AND expires_at > $3",
        )
        .bind(client.as_str())
        .bind(user.as_str())
        .bind(now.0)
        .fetch_optional(&self.reader)
        .await?;
        found
            .map(|found| Ok(row::count(&found, "skips_second_factor")? > 0))
            .transpose()
    }

    /// Whether a user signs in with this browser for the first time, but not for the first time at all.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn is_new_device(&self, client: &ClientId, user: &UserId) -> Result<bool> {
        let found = sqlx::query(
            "SELECT COUNT(*) AS sessions, COUNT(CASE WHEN client_id = $1 THEN 1 END) AS here
             FROM sessions WHERE user_id = $2",
        )
        .bind(client.as_str())
        .bind(user.as_str())
        .fetch_one(&self.reader)
        .await?;
        Ok(row::count(&found, "sessions")? > 0 && row::count(&found, "here")? == 0)
    }
}

pub(super) async fn replace_backup_codes(
    transaction: &mut Transaction,
    user: &UserId,
    hashes: &[String],
    now: Timestamp,
) -> Result<()> {
    sqlx::query("DELETE FROM backup_codes WHERE user_id = $1")
        .bind(user.as_str())
        .execute(&mut **transaction)
        .await?;
    for hash in hashes {
        sqlx::query("INSERT INTO backup_codes (user_id, hash, created_at) VALUES ($1, $2, $3)")
            .bind(user.as_str())
            .bind(hash.as_str())
            .bind(now.0)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Backup codes go with the last factor that they stand in for.
pub(super) async fn forget_backup_codes(
    transaction: &mut Transaction,
    user: &UserId,
) -> Result<()> {
    sqlx::query(
        "DELETE FROM backup_codes WHERE user_id = $1 AND NOT EXISTS (
           SELECT 1 FROM phone_numbers WHERE user_id = $1 AND is_second_factor = 1 AND verified_at IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM credentials WHERE user_id = $1 AND factor = 'totp' AND verified_at IS NOT NULL)",
    )
    .bind(user.as_str())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
