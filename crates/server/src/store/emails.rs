//! Addresses of users: whose they are, and what is proven of them.

use anyhow::Result;
use frontdesk_protocol::{EmailAddress, EmailAddressId, Timestamp, UserId};
use sqlx::any::{AnyQueryResult, AnyRow};
use sqlx::error::DatabaseError;

use super::cause::SealedMail;
use super::enrolling::enroll;
use super::limits::{Budget, forgive};
use super::people;
use super::spend::{Spend, spend_all};
use super::{Cause, Store, Transaction, row};

/// An address of a user.
#[derive(Clone, Debug)]
pub struct StoredAddress {
    /// What the user sees of it.
    pub shown: EmailAddress,
    /// Whether the user has proven it.
    pub is_verified: bool,
}

/// What became of the proof of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proven {
    /// It is the user's.
    Done,
    /// The code was spent by another request, or the address removed.
    Stale,
    /// It was proven by somebody else first.
    Taken,
}

impl Store {
    /// Who has proven `email`, if anybody has.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn owner(&self, email: &str) -> Result<Option<(UserId, EmailAddressId)>> {
        let found = sqlx::query("SELECT user_id, id FROM email_addresses WHERE email_address = $1 AND verified_at IS NOT NULL")
            .bind(email)
            .fetch_optional(&self.reader)
            .await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some((row::id(&found, "user_id")?, row::id(&found, "id")?)))
    }

    /// One address of a user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn email_address(
        &self,
        user: &UserId,
        id: &EmailAddressId,
    ) -> Result<Option<StoredAddress>> {
        let found = sqlx::query("SELECT * FROM email_addresses WHERE id = $1 AND user_id = $2")
            .bind(id.as_str())
            .bind(user.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// Adds an address that the user has not proven; false if they have it already, or `most` of them.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_email_address(
        &self,
        user: &UserId,
        id: &EmailAddressId,
        email: &str,
        most: i64,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        people::hold(&mut transaction, user).await?;
        let inserted = sqlx::query(
            "INSERT INTO email_addresses (id, user_id, email_address, created_at, updated_at)
             SELECT $1, $2, $3, $4, $4 WHERE (SELECT COUNT(*) FROM email_addresses WHERE user_id = $2) < $5
             ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(user.as_str())
        .bind(email)
        .bind(cause.now.0)
        .bind(most)
        .execute(&mut *transaction)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(false);
        }
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "email_address.created", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes an address that is not the primary one, and tells whoever reads it; false if there is none such.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn remove_email_address(
        &self,
        user: &UserId,
        id: &EmailAddressId,
        notice: &SealedMail,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let removed = sqlx::query(
            "DELETE FROM email_addresses WHERE id = $1 AND user_id = $2
             AND NOT EXISTS (SELECT 1 FROM users WHERE id = $2 AND primary_email_address_id = $1)",
        )
        .bind(id.as_str())
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("UPDATE users SET credentials_changed_at = $1 WHERE id = $2")
            .bind(cause.now.0)
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        cause.post(&mut transaction, notice).await?;
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "email_address.removed", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Notes what is told of a proof that did not work.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn tell_email_address(
        &self,
        id: &EmailAddressId,
        verification: &str,
        now: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        tell(&mut transaction, id.as_str(), verification, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Makes an address the user's by a code that was right.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn verify_email_address(
        &self,
        user: &UserId,
        id: &EmailAddressId,
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
            "UPDATE email_addresses SET verification = $1, verified_at = $2, updated_at = $2
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
        // Whoever signed up with a number alone is written to from now on.
        sqlx::query("UPDATE users SET primary_email_address_id = COALESCE(primary_email_address_id, $1) WHERE id = $2")
            .bind(id.as_str())
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        forgive(&mut transaction, forgiven).await?;
        let found = sqlx::query("SELECT email_address FROM email_addresses WHERE id = $1")
            .bind(id.as_str())
            .fetch_one(&mut *transaction)
            .await?;
        let email = row::text(&found, "email_address")?;
        enroll(&mut transaction, (user.as_str(), &email), cause).await?;
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "email_address.verified", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(Proven::Done)
    }

    /// Makes a proven address the one that mails go to, and tells the one before; false if it is not proven.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn make_primary(
        &self,
        user: &UserId,
        id: &EmailAddressId,
        notice: &SealedMail,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE users SET primary_email_address_id = $1, updated_at = $2 WHERE id = $3 AND EXISTS (
               SELECT 1 FROM email_addresses WHERE id = $1 AND user_id = $3 AND verified_at IS NOT NULL)",
        )
        .bind(id.as_str())
        .bind(cause.now.0)
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        cause.post(&mut transaction, notice).await?;
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(
                &mut transaction,
                "email_address.made_primary",
                user,
                subject,
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// What became of a proof, by what the one row of it became.
pub(super) fn proven(done: Result<AnyQueryResult, sqlx::Error>) -> Result<Proven> {
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Proven::Done),
        Ok(_) => Ok(Proven::Stale),
        Err(error) if is_taken(&error) => Ok(Proven::Taken),
        Err(error) => Err(error.into()),
    }
}

/// Whether what was to be written is somebody else's.
pub(super) fn is_taken(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(DatabaseError::is_unique_violation)
}

/// False if the address is not there any more.
pub(super) async fn tell(
    transaction: &mut Transaction,
    id: &str,
    verification: &str,
    now: Timestamp,
) -> Result<bool> {
    let told = sqlx::query("UPDATE email_addresses SET verification = $1, updated_at = $2 WHERE id = $3 AND verified_at IS NULL")
        .bind(verification)
        .bind(now.0)
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    Ok(told.rows_affected() == 1)
}

pub(super) fn read(found: &AnyRow) -> Result<StoredAddress> {
    Ok(StoredAddress {
        is_verified: row::maybe_time(found, "verified_at")?.is_some(),
        shown: shown(found, ["id", "created_at", "updated_at"])?,
    })
}

/// An address in a row where others have an id and times too.
pub(super) fn shown(
    found: &AnyRow,
    [id, created_at, updated_at]: [&str; 3],
) -> Result<EmailAddress> {
    let verification = row::maybe_text(found, "verification")?;
    Ok(EmailAddress {
        id: row::id(found, id)?,
        email_address: row::text(found, "email_address")?,
        verification: verification
            .map(|text| serde_json::from_str(&text))
            .transpose()?,
        created_at: row::time(found, created_at)?,
        updated_at: row::time(found, updated_at)?,
    })
}
