//! How attempts end: a code is spent, a user made, a session begun, all or nothing.

use anyhow::Result;
use frontdesk_protocol::{EmailAddressId, Timestamp, UserId};
use sqlx::{Any, Transaction};

use super::attempts::Move;
use super::codes::{Code, spend};
use super::limits::{Budget, forgive};
use super::sessions::{self, NewSession};
use super::{Cause, Store};

/// The code that was right, by its hash.
pub type Spent<'a> = (Code<'a>, &'a str);

/// Somebody about to have an account.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    /// The user's id.
    pub id: &'a UserId,
    /// The address's id.
    pub email_id: &'a EmailAddressId,
    /// The address, canonical and proven.
    pub email: &'a str,
    /// Its verification, as it is shown.
    pub verification: &'a str,
    /// The first name.
    pub first_name: Option<&'a str>,
    /// The last name.
    pub last_name: Option<&'a str>,
    /// The language.
    pub locale: Option<&'a str>,
    /// The sealed password.
    pub password: Option<&'a str>,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As it was meant to.
    Done,
    /// The code was spent, or the attempt moved on, by another request.
    Stale,
    /// The address was proven by somebody else first.
    Taken,
}

impl Store {
    /// Ends a sign-in in a session.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn complete_sign_in(
        &self,
        step: &Move,
        session: &NewSession<'_>,
        spent: Option<Spent<'_>>,
        forgiven: &[Budget],
        cause: Cause<'_>,
    ) -> Result<Ended> {
        let mut transaction = self.begin().await?;
        if !settle(&mut transaction, step, spent, cause.now).await? {
            return Ok(Ended::Stale);
        }
        forgive(&mut transaction, forgiven).await?;
        sessions::begin(&mut transaction, session, cause).await?;
        transaction.commit().await?;
        Ok(Ended::Done)
    }

    /// Moves an attempt on by a code that was right.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn verify_attempt(
        &self,
        step: &Move,
        spent: Spent<'_>,
        forgiven: &[Budget],
        now: Timestamp,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if !settle(&mut transaction, step, Some(spent), now).await? {
            return Ok(false);
        }
        forgive(&mut transaction, forgiven).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Ends a sign-up in a user and a session.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn complete_sign_up(
        &self,
        step: &Move,
        user: &NewUser<'_>,
        session: &NewSession<'_>,
        spent: Option<Spent<'_>>,
        forgiven: &[Budget],
        cause: Cause<'_>,
    ) -> Result<Ended> {
        let mut transaction = self.begin().await?;
        if !settle(&mut transaction, step, spent, cause.now).await? {
            return Ok(Ended::Stale);
        }
        if !create_user(&mut transaction, user, cause).await? {
            return Ok(Ended::Taken);
        }
        forgive(&mut transaction, forgiven).await?;
        sessions::begin(&mut transaction, session, cause).await?;
        transaction.commit().await?;
        Ok(Ended::Done)
    }

    /// Makes a user who signs in for the first time later; false if the address is somebody's.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_user(&self, user: &NewUser<'_>, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let is_created = create_user(&mut transaction, user, cause).await?;
        if is_created {
            transaction.commit().await?;
        }
        Ok(is_created)
    }
}

async fn settle(
    transaction: &mut Transaction<'static, Any>,
    step: &Move,
    spent: Option<Spent<'_>>,
    now: Timestamp,
) -> Result<bool> {
    if let Some((code, hash)) = spent
        && !spend(transaction, code, hash, now).await?
    {
        return Ok(false);
    }
    step.apply(transaction).await
}

/// False if the address was proven by somebody else first; the transaction is worth nothing then.
async fn create_user(
    transaction: &mut Transaction<'static, Any>,
    user: &NewUser<'_>,
    cause: Cause<'_>,
) -> Result<bool> {
    let now = cause.now.0;
    sqlx::query(
        "INSERT INTO users (id, first_name, last_name, primary_email_address_id, locale, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(user.id.as_str())
    .bind(user.first_name)
    .bind(user.last_name)
    .bind(user.email_id.as_str())
    .bind(user.locale)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    let inserted = sqlx::query(
        "INSERT INTO email_addresses (id, user_id, email_address, verification, verified_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $5, $5) ON CONFLICT DO NOTHING",
    )
    .bind(user.email_id.as_str())
    .bind(user.id.as_str())
    .bind(user.email)
    .bind(user.verification)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    if inserted.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(password) = user.password {
        sqlx::query("INSERT INTO credentials (user_id, factor, sealed, created_at, updated_at) VALUES ($1, 'password', $2, $3, $3)")
            .bind(user.id.as_str())
            .bind(password)
            .bind(now)
            .execute(&mut **transaction)
            .await?;
    }
    let subject = Some(user.email_id.as_str());
    cause
        .audit(transaction, "user.created", Some(user.id.as_str()), subject)
        .await?;
    Ok(true)
}
