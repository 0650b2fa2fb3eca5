//! Accounts with providers: whose they are.

use anyhow::Result;
use frontdesk_protocol::{ExternalAccount, ExternalAccountId, UserId};
use sqlx::{Any, Transaction};

use super::{Store, row};

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
}

/// False if the account is somebody else's.
pub(super) async fn insert(
    transaction: &mut Transaction<'static, Any>,
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
