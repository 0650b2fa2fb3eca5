//! What a right proof uses up, so that it is right only once.

use anyhow::Result;
use frontdesk_protocol::{PasskeyId, Timestamp, UserId};

use super::codes::{self, Code};
use super::{Store, Transaction};

/// Something that is used up by the change it allows.
#[derive(Clone, Debug)]
pub enum Spend {
    /// A code that was sent, by its hash.
    Code(Code, String),
    /// The step of an authenticator app's clock that a code was of, and none before it.
    TotpStep(UserId, i64),
    /// One backup code, by its hash.
    BackupCode(UserId, String),
    /// A passkey's counter, its sealed state after, and the state before.
    Passkey {
        /// Which.
        id: PasskeyId,
        /// Its state, sealed, as it was read.
        before: String,
        /// Its state after, sealed.
        after: String,
    },
    /// What was kept until it is answered, by its purpose and hash.
    Ceremony(&'static str, String),
    /// A ticket, by its purpose and hash.
    Ticket(&'static str, String),
}

impl Store {
    /// Uses up everything, though nothing comes of it; false if something of it was used up before.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn consume(&self, spends: &[Spend], now: Timestamp) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let is_spent = spend_all(&mut transaction, spends, now).await?;
        transaction.commit().await?;
        Ok(is_spent)
    }
}

/// Uses up everything; false if something of it was used up before.
pub(super) async fn spend_all(
    transaction: &mut Transaction,
    spends: &[Spend],
    now: Timestamp,
) -> Result<bool> {
    for spend in spends {
        if !spend.apply(transaction, now).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Spend {
    async fn apply(&self, transaction: &mut Transaction, now: Timestamp) -> Result<bool> {
        let done = match self {
            Self::Code(code, hash) => return codes::spend(transaction, code, hash, now).await,
            Self::TotpStep(user, step) => {
                sqlx::query("UPDATE credentials SET counter = $1 WHERE user_id = $2 AND factor = 'totp' AND counter < $1")
                    .bind(*step)
                    .bind(user.as_str())
                    .execute(&mut **transaction)
                    .await?
            }
            Self::BackupCode(user, hash) => {
                sqlx::query("DELETE FROM backup_codes WHERE user_id = $1 AND hash = $2")
                    .bind(user.as_str())
                    .bind(hash.as_str())
                    .execute(&mut **transaction)
                    .await?
            }
            Self::Passkey { id, before, after } => {
                sqlx::query("UPDATE passkeys SET sealed = $1, counter = counter + 1, last_used_at = $2 WHERE id = $3 AND sealed = $4")
                    .bind(after.as_str())
                    .bind(now.0)
                    .bind(id.as_str())
                    .bind(before.as_str())
                    .execute(&mut **transaction)
                    .await?
            }
            Self::Ceremony(purpose, hash) => {
                sqlx::query("DELETE FROM ceremonies WHERE purpose = $1 AND hash = $2 AND expires_at > $3")
                    .bind(*purpose)
                    .bind(hash.as_str())
                    .bind(now.0)
                    .execute(&mut **transaction)
                    .await?
            }
            Self::Ticket(purpose, hash) => {
                sqlx::query("DELETE FROM tickets WHERE purpose = $1 AND hash = $2 AND expires_at > $3")
                    .bind(*purpose)
                    .bind(hash.as_str())
                    .bind(now.0)
                    .execute(&mut **transaction)
                    .await?
            }
        };
        Ok(done.rows_affected() == 1)
    }
}
