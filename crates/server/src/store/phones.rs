//! Phone numbers of users: whose they are, what is proven of them, and which are second factors.

use anyhow::Result;
use frontdesk_protocol::{PhoneNumber, PhoneNumberId, Timestamp, UserId};
use sqlx::any::AnyRow;

use super::emails::{Proven, proven};
use super::factors::forget_backup_codes;
use super::limits::{Budget, forgive};
use super::people;
use super::spend::{Spend, spend_all};
use super::{Cause, SealedMail, Store, Transaction, row};

/// A number of a user.
#[derive(Clone, Debug)]
pub struct StoredNumber {
    /// What the user sees of it.
    pub shown: PhoneNumber,
    /// Whether the user has proven it.
    pub is_verified: bool,
}

impl Store {
    /// Who has proven `number`, if anybody has.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn owner_of_number(&self, number: &str) -> Result<Option<(UserId, PhoneNumberId)>> {
        let found = sqlx::query("SELECT user_id, id FROM phone_numbers WHERE phone_number = $1 AND verified_at IS NOT NULL")
            .bind(number)
            .fetch_optional(&self.reader)
            .await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some((row::id(&found, "user_id")?, row::id(&found, "id")?)))
    }

    /// All numbers of a user, the oldest first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn phone_numbers(&self, user: &UserId) -> Result<Vec<StoredNumber>> {
        let found =
            sqlx::query("SELECT * FROM phone_numbers WHERE user_id = $1 ORDER BY created_at, id")
                .bind(user.as_str())
                .fetch_all(&self.reader)
                .await?;
        found.iter().map(read).collect()
    }

    /// One number of a user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn phone_number(
        &self,
        user: &UserId,
        id: &PhoneNumberId,
    ) -> Result<Option<StoredNumber>> {
        let found = sqlx::query("SELECT * FROM phone_numbers WHERE id = $1 AND user_id = $2")
            .bind(id.as_str())
            .bind(user.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// Adds a number that the user has not proven; false if they have it already, or `most` of them.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_phone_number(
        &self,
        user: &UserId,
        id: &PhoneNumberId,
        number: &str,
        most: i64,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        people::hold(&mut transaction, user).await?;
        let inserted = sqlx::query(
            "INSERT INTO phone_numbers (id, user_id, phone_number, is_second_factor, is_default_second_factor, created_at, updated_at)
             SELECT $1, $2, $3, 0, 0, $4, $4 WHERE (SELECT COUNT(*) FROM phone_numbers WHERE user_id = $2) < $5
             ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(user.as_str())
        .bind(number)
        .bind(cause.now.0)
        .bind(most)
        .execute(&mut *transaction)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(false);
        }
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "phone_number.created", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes a number of a user, and the backup codes with the last factor; false if there is none such, or if it is
    /// all that the user is known by.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn remove_phone_number(
        &self,
        user: &UserId,
        id: &PhoneNumberId,
        notice: &SealedMail,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let removed = sqlx::query(
            "DELETE FROM phone_numbers WHERE id = $1 AND user_id = $2 AND (verified_at IS NULL
               OR EXISTS (SELECT 1 FROM email_addresses WHERE user_id = $2 AND verified_at IS NOT NULL)
               OR EXISTS (SELECT 1 FROM users WHERE id = $2 AND username IS NOT NULL)
               OR EXISTS (SELECT 1 FROM phone_numbers WHERE user_id = $2 AND id <> $1 AND verified_at IS NOT NULL))",
        )
        .bind(id.as_str())
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "UPDATE users SET credentials_changed_at = $3, primary_phone_number_id =
               CASE WHEN primary_phone_number_id = $2 THEN NULL ELSE primary_phone_number_id END WHERE id = $1",
        )
        .bind(user.as_str())
        .bind(id.as_str())
        .bind(cause.now.0)
        .execute(&mut *transaction)
        .await?;
        forget_backup_codes(&mut transaction, user).await?;
        cause.post(&mut transaction, notice).await?;
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "phone_number.removed", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Notes what is told of a proof that did not work.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn tell_phone_number(
        &self,
        id: &PhoneNumberId,
        verification: &str,
        now: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        tell(&mut transaction, id.as_str(), verification, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Makes a number the user's by a code that was right.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn verify_phone_number(
        &self,
        user: &UserId,
        id: &PhoneNumberId,
        verification: &str,
        spends: &[Spend],
        forgiven: &[Budget],
        cause: Cause<'_>,
    ) -> Result<Proven> {
        let mut transaction = self.begin().await?;
        if !spend_all(&mut transaction, spends, cause.now).await? {
            return Ok(Proven::Stale);
        }
        let done = sqlx::query(
            "UPDATE phone_numbers SET verification = $1, verified_at = $2, updated_at = $2
             WHERE id = $3 AND user_id = $4 AND verified_at IS NULL",
        )
        .bind(verification)
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await;
        let outcome = proven(done)?;
        if outcome != Proven::Done {
            return Ok(outcome);
        }
        sqlx::query("UPDATE users SET primary_phone_number_id = COALESCE(primary_phone_number_id, $1) WHERE id = $2")
            .bind(id.as_str())
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        forgive(&mut transaction, forgiven).await?;
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "phone_number.verified", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(Proven::Done)
    }

    /// Makes a proven number the one that is shown first; false if it is not proven.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn make_primary_number(
        &self,
        user: &UserId,
        id: &PhoneNumberId,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE users SET primary_phone_number_id = $1, updated_at = $2 WHERE id = $3 AND EXISTS (
               SELECT 1 FROM phone_numbers WHERE id = $1 AND user_id = $3 AND verified_at IS NOT NULL)",
        )
        .bind(id.as_str())
        .bind(cause.now.0)
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "phone_number.made_primary", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Makes a proven number a second factor or none, perhaps the one asked for first; false if it is not proven.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn reserve_phone_number(
        &self,
        user: &UserId,
        id: &PhoneNumberId,
        (is_factor, is_default): (bool, bool),
        notice: &SealedMail,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if is_default {
            sqlx::query("UPDATE phone_numbers SET is_default_second_factor = 0 WHERE user_id = $1")
                .bind(user.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        let reserved = sqlx::query(
            "UPDATE phone_numbers SET is_second_factor = $1, is_default_second_factor = $2, updated_at = $3
             WHERE id = $4 AND user_id = $5 AND verified_at IS NOT NULL",
        )
        .bind(i64::from(is_factor))
        .bind(i64::from(is_factor && is_default))
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if reserved.rows_affected() == 0 {
            return Ok(false);
        }
        forget_backup_codes(&mut transaction, user).await?;
        cause.post(&mut transaction, notice).await?;
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "second_factor.changed", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// False if the number is not there any more.
pub(super) async fn tell(
    transaction: &mut Transaction,
    id: &str,
    verification: &str,
    now: Timestamp,
) -> Result<bool> {
    let told = sqlx::query("UPDATE phone_numbers SET verification = $1, updated_at = $2 WHERE id = $3 AND verified_at IS NULL")
        .bind(verification)
        .bind(now.0)
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    Ok(told.rows_affected() == 1)
}

fn read(found: &AnyRow) -> Result<StoredNumber> {
    let verification = row::maybe_text(found, "verification")?;
    Ok(StoredNumber {
        is_verified: row::maybe_time(found, "verified_at")?.is_some(),
        shown: PhoneNumber {
            id: row::id(found, "id")?,
            phone_number: row::text(found, "phone_number")?,
            verification: verification
                .map(|text| serde_json::from_str(&text))
                .transpose()?,
            reserved_for_second_factor: row::count(found, "is_second_factor")? > 0,
            default_second_factor: row::count(found, "is_default_second_factor")? > 0,
            backup_codes: None,
            created_at: row::time(found, "created_at")?,
            updated_at: row::time(found, "updated_at")?,
        },
    })
}
