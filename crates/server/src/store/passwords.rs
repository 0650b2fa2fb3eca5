//! Passwords as they change.

use anyhow::Result;
use frontdesk_protocol::{ClientId, Timestamp, UserId};

use super::cause::SealedMail;
use super::clients::Rotation;
use super::completion::{Ended, Ending};
use super::limits::{Budget, forgive};
use super::sessions::{self, NewSession};
use super::{Cause, Store, Transaction, events};

/// Another password.
#[derive(Clone, Debug)]
pub struct PasswordChange<'a> {
    /// Whose.
    pub user: &'a UserId,
    /// The hash in use, sealed as it was read; none where there is no password yet.
    pub before: Option<&'a str>,
    /// The next one, sealed.
    pub after: &'a str,
    /// Whether the user's sessions in all other browsers end.
    pub ends_others: bool,
    /// The browser's next secret.
    pub rotation: Rotation<'a>,
    /// What the user is told.
    pub notice: SealedMail,
}

/// Another password, by whoever has proven an address or number of theirs.
#[derive(Clone, Copy, Debug)]
pub struct PasswordReset<'a> {
    /// Whose.
    pub user: &'a UserId,
    /// The hash, sealed.
    pub after: &'a str,
    /// Since when nothing may have changed of what the user signs in with.
    pub as_of: Option<Timestamp>,
    /// The browser in which it is reset.
    pub client: &'a ClientId,
    /// Whether the user's sessions in all other browsers end.
    pub ends_others: bool,
}

impl Store {
    /// Sets another password over the one that was proven; false if it was changed meanwhile.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn change_password(
        &self,
        change: &PasswordChange<'_>,
        forgiven: &[Budget],
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if !swap_password(&mut transaction, change, cause.now).await? {
            return Ok(false);
        }
        note_change(&mut transaction, change.user, cause.now).await?;
        if change.ends_others {
            end_others(&mut transaction, change.user, change.rotation.client, cause).await?;
        }
        change.rotation.apply(&mut transaction, cause.now).await?;
        forgive(&mut transaction, forgiven).await?;
        cause.post(&mut transaction, &change.notice).await?;
        cause
            .audit(
                &mut transaction,
                "password.changed",
                Some(change.user.as_str()),
                None,
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Sets another password, and moves the sign-in that it is reset in on, perhaps to its session.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn reset_password(
        &self,
        ending: Ending<'_>,
        reset: PasswordReset<'_>,
        session: Option<&NewSession<'_>>,
        cause: Cause<'_>,
    ) -> Result<Ended> {
        let mut transaction = self.begin().await?;
        if !ending.settle(&mut transaction, cause).await? {
            return Ok(Ended::Stale);
        }
        let is_same = sqlx::query(
            "UPDATE users SET updated_at = $1 WHERE id = $2 AND COALESCE(credentials_changed_at, 0) <= $3",
        )
        .bind(cause.now.0)
        .bind(reset.user.as_str())
        .bind(reset.as_of.map_or(i64::MAX, |at| at.0))
        .execute(&mut *transaction)
        .await?;
        if is_same.rows_affected() == 0 {
            return Ok(Ended::Stale);
        }
        put(&mut transaction, reset.user, reset.after, cause.now).await?;
        if reset.ends_others {
            end_others(&mut transaction, reset.user, reset.client, cause).await?;
        }
        if let Some(session) = session
            && let Some(refused) = sessions::begin(&mut transaction, session, cause).await?
        {
            return Ok(refused);
        }
        let user = Some(reset.user.as_str());
        cause
            .audit(&mut transaction, "password.reset", user, None)
            .await?;
        transaction.commit().await?;
        Ok(Ended::Done)
    }

    /// Replaces a password's hash by one of the same password, made at today's cost; whoever changed it meanwhile wins.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn rehash(&self, user: &UserId, before: &str, after: &str) -> Result<()> {
        sqlx::query("UPDATE credentials SET sealed = $1 WHERE user_id = $2 AND factor = 'password' AND sealed = $3")
            .bind(after)
            .bind(user.as_str())
            .bind(before)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Notes that a password in use is known to others: another must be chosen.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn mark_compromised(&self, user: &UserId, cause: Cause<'_>) -> Result<()> {
        let mut transaction = self.begin().await?;
        let marked = sqlx::query(
            "UPDATE users SET password_compromised_at = $1 WHERE id = $2 AND password_compromised_at IS NULL",
        )
        .bind(cause.now.0)
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if marked.rows_affected() == 0 {
            return Ok(());
        }
        let user = Some(user.as_str());
        cause
            .audit(&mut transaction, "password.compromised", user, None)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Whatever the password was.
pub(super) async fn put(
    transaction: &mut Transaction,
    user: &UserId,
    sealed: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO credentials (user_id, factor, sealed, created_at, updated_at) VALUES ($1, 'password', $2, $3, $3)
         ON CONFLICT (user_id, factor) DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at",
    )
    .bind(user.as_str())
    .bind(sealed)
    .bind(now.0)
    .execute(&mut **transaction)
    .await?;
    note_change(transaction, user, now).await
}

/// The password is another one, which nobody else knows.
async fn note_change(transaction: &mut Transaction, user: &UserId, now: Timestamp) -> Result<()> {
    sqlx::query("UPDATE users SET password_compromised_at = NULL, credentials_changed_at = $1 WHERE id = $2")
        .bind(now.0)
        .bind(user.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn swap_password(
    transaction: &mut Transaction,
    change: &PasswordChange<'_>,
    now: Timestamp,
) -> Result<bool> {
    let sql = if change.before.is_some() {
        "UPDATE credentials SET sealed = $1, updated_at = $2 WHERE user_id = $3 AND factor = 'password' AND sealed = $4"
    } else {
        "INSERT INTO credentials (user_id, factor, sealed, created_at, updated_at)
         SELECT $3, 'password', $1, $2, $2 WHERE $4 = '' ON CONFLICT DO NOTHING"
    };
    let changed = sqlx::query(sql)
        .bind(change.after)
        .bind(now.0)
        .bind(change.user.as_str())
        .bind(change.before.unwrap_or(""))
        .execute(&mut **transaction)
        .await?;
    Ok(changed.rows_affected() == 1)
}

async fn end_others(
    transaction: &mut Transaction,
    user: &UserId,
    client: &ClientId,
    cause: Cause<'_>,
) -> Result<()> {
    let ended = sqlx::query("UPDATE sessions SET status = 'revoked', updated_at = $1 WHERE user_id = $2 AND client_id <> $3 AND status = 'active' RETURNING id")
        .bind(cause.now.0)
        .bind(user.as_str())
        .bind(client.as_str())
        .fetch_all(&mut **transaction)
        .await?;
    events::note_revoked(transaction, user, &ended, cause).await?;
    cause
        .audit(
            transaction,
            "session.others_revoked",
            Some(user.as_str()),
            None,
        )
        .await
}
