//! Accounts with providers: whose they are.

use anyhow::Result;
use frontdesk_protocol::{ExternalAccount, ExternalAccountId, Timestamp, UserId};

use super::{Cause, SealedMail, Store, Transaction, row};

/// What identifies an account with a provider; never its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalKey {
    /// The provider's name.
    pub provider: String,
    /// Who issued it.
    pub issuer: String,
    /// What the user is called there.
    pub subject: String,
}

/// An account with a provider that is about to be somebody's.
#[derive(Clone, Debug)]
pub struct NewExternalAccount {
    /// Its id.
    pub id: ExternalAccountId,
    /// What identifies it.
    pub key: ExternalKey,
    /// What the user sees of it.
    pub shown: ExternalAccount,
    /// The provider's tokens, sealed.
    pub sealed: String,
}

impl Store {
    /// Who has this account.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn owner_of_external(
        &self,
        key: &ExternalKey,
    ) -> Result<Option<(UserId, ExternalAccountId)>> {
        let found = sqlx::query(
            "SELECT user_id, id FROM external_accounts WHERE provider = $1 AND issuer = $2 AND subject = $3",
        )
        .bind(key.provider.as_str())
        .bind(key.issuer.as_str())
        .bind(key.subject.as_str())
        .fetch_optional(&self.reader)
        .await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some((row::id(&found, "user_id")?, row::id(&found, "id")?)))
    }

    /// The accounts of a user, as the user sees them.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn external_accounts(&self, user: &UserId) -> Result<Vec<ExternalAccount>> {
        let found = sqlx::query(
            "SELECT shown FROM external_accounts WHERE user_id = $1 ORDER BY created_at, id",
        )
        .bind(user.as_str())
        .fetch_all(&self.reader)
        .await?;
        let read = |found| Ok(serde_json::from_str(&row::text(found, "shown")?)?);
        found.iter().map(read).collect()
    }

    /// The tokens of a user's account with a provider, sealed; of several, those of the one connected last.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn external_tokens(
        &self,
        user: &UserId,
        provider: &str,
    ) -> Result<Option<(ExternalAccountId, String)>> {
        let found = sqlx::query(
            "SELECT id, sealed FROM external_accounts WHERE user_id = $1 AND provider = $2 AND issuer <> ''
             ORDER BY created_at DESC, id LIMIT 1",
        )
        .bind(user.as_str())
        .bind(provider)
        .fetch_optional(&self.reader)
        .await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some((row::id(&found, "id")?, row::text(&found, "sealed")?)))
    }

    /// Puts other tokens in the place of those before; false if somebody else did at the same time.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn swap_tokens(
        &self,
        id: &ExternalAccountId,
        before: &str,
        after: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let swapped = sqlx::query(
            "UPDATE external_accounts SET sealed = $1, updated_at = $2 WHERE id = $3 AND sealed = $4",
        )
        .bind(after)
        .bind(now.0)
        .bind(id.as_str())
        .bind(before)
        .execute(&self.writer)
        .await?;
        Ok(swapped.rows_affected() == 1)
    }

    /// Connects an account with a user; false if it is somebody's already.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn connect_external(
        &self,
        user: &UserId,
        account: &NewExternalAccount,
        notice: &SealedMail,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        // What failed before is nothing to be told of any more.
        sqlx::query(
            "DELETE FROM external_accounts WHERE user_id = $1 AND provider = $2 AND issuer = ''",
        )
        .bind(user.as_str())
        .bind(account.key.provider.as_str())
        .execute(&mut *transaction)
        .await?;
        if !insert(&mut transaction, user, account, cause.now.0).await? {
            return Ok(false);
        }
        cause.post(&mut transaction, notice).await?;
        let (action, id) = ("external_account.connected", account.id.as_str());
        cause
            .audit(&mut transaction, action, Some(user.as_str()), Some(id))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Takes what a provider tells of an account today.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn renew_external(
        &self,
        id: &ExternalAccountId,
        mut shown: ExternalAccount,
        sealed: &str,
        now: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        let found = sqlx::query("SELECT created_at FROM external_accounts WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(found) = found else { return Ok(()) };
        shown.id = id.clone();
        shown.created_at = row::time(&found, "created_at")?;
        shown.updated_at = now;
        sqlx::query(
            "UPDATE external_accounts SET shown = $1, sealed = $2, updated_at = $3 WHERE id = $4",
        )
        .bind(serde_json::to_string(&shown)?)
        .bind(sealed)
        .bind(now.0)
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Notes what is wrong with an account, while it has the tokens of `before`.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn lose_external(
        &self,
        shown: &ExternalAccount,
        before: &str,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "UPDATE external_accounts SET shown = $1, updated_at = $2 WHERE id = $3 AND sealed = $4",
        )
        .bind(serde_json::to_string(shown)?)
        .bind(now.0)
        .bind(shown.id.as_str())
        .bind(before)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Notes why an account was not connected: as one that identifies nobody, or with the one that was asked about.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn note_external_failure(
        &self,
        user: &UserId,
        provider: &str,
        shown: &ExternalAccount,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO external_accounts (id, user_id, provider, issuer, subject, shown, sealed, created_at, updated_at)
             VALUES ($1, $2, $3, '', $2, $4, '', $5, $5)
             ON CONFLICT (provider, issuer, subject) DO UPDATE SET
               id = excluded.id, shown = excluded.shown, updated_at = excluded.updated_at",
        )
        .bind(shown.id.as_str())
        .bind(user.as_str())
        .bind(provider)
        .bind(serde_json::to_string(shown)?)
        .bind(now.0)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Disconnects an account; false if the user has no other way in, or no such account.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn disconnect_external(
        &self,
        user: &UserId,
        id: &ExternalAccountId,
        has_other_way: bool,
        notice: &SealedMail,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        // Of two at once, the other waits here and then sees what is left.
        sqlx::query("UPDATE users SET updated_at = $1 WHERE id = $2")
            .bind(cause.now.0)
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        let removed = sqlx::query(
            "DELETE FROM external_accounts WHERE id = $1 AND user_id = $2 AND ($3 = 1 OR issuer = '' OR EXISTS
               (SELECT 1 FROM external_accounts o WHERE o.user_id = $2 AND o.id <> $1 AND o.issuer <> ''))",
        )
        .bind(id.as_str())
        .bind(user.as_str())
        .bind(i64::from(has_other_way))
        .execute(&mut *transaction)
        .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        cause.post(&mut transaction, notice).await?;
        let (action, id) = ("external_account.disconnected", id.as_str());
        cause
            .audit(&mut transaction, action, Some(user.as_str()), Some(id))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// False if the account is somebody else's.
pub(super) async fn insert(
    transaction: &mut Transaction,
    user: &UserId,
    account: &NewExternalAccount,
    now: i64,
) -> Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO external_accounts (id, user_id, provider, issuer, subject, shown, sealed, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT DO NOTHING",
    )
    .bind(account.id.as_str())
    .bind(user.as_str())
    .bind(account.key.provider.as_str())
    .bind(account.key.issuer.as_str())
    .bind(account.key.subject.as_str())
    .bind(serde_json::to_string(&account.shown)?)
    .bind(account.sealed.as_str())
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(inserted.rows_affected() == 1)
}
