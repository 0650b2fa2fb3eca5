//! Passkeys: whose they are.

use anyhow::Result;
use frontdesk_protocol::{Passkey, PasskeyId, UserId};
use sqlx::any::AnyRow;

use super::{Store, row};

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
