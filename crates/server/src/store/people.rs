//! People as the app's server sees and changes them.

use anyhow::Result;
use frontdesk_protocol::{Metadata, Timestamp, User, UserId};

use super::closing::end_sessions;
use super::completion::{self, NewAddress, NewUser};
use super::emails::is_taken;
use super::{Cause, SealedMail, Store, Transaction, passwords, row};

/// A user with what browsers never see.
#[derive(Clone, Debug)]
pub struct Known {
    /// The user.
    pub user: User,
    /// What only the app's server reads.
    pub private_metadata: Metadata,
    /// Whether the account is closed.
    pub is_banned: bool,
    /// Until when nobody can sign in to it.
    pub locked_until: Option<Timestamp>,
}

/// What the app's server changes; what is absent stays, and an empty text is none.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The user name, canonical.
    pub username: Option<String>,
    /// What the app's server calls the user.
    pub external_id: Option<String>,
    /// What browsers may read, as JSON.
    pub public_metadata: Option<String>,
    /// What browsers never see, as JSON.
    pub private_metadata: Option<String>,
    /// What browsers write, as JSON.
    pub unsafe_metadata: Option<String>,
    /// When the user agreed to the terms.
    pub legal_accepted_at: Option<Timestamp>,
    /// The password, sealed.
    pub password: Option<String>,
    /// Whether the user is signed out everywhere.
    pub ends_sessions: bool,
    /// The proven address that mails go to.
    pub primary_email: Option<String>,
    /// The proven number that is shown first.
    pub primary_phone: Option<String>,
    /// What the user is told.
    pub notices: Vec<SealedMail>,
    /// When the user must have been changed last; not asked where absent.
    pub over: Option<Timestamp>,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It was made.
    Done,
    /// There is no such user.
    Unknown,
    /// Another change came before.
    Stale,
    /// Something of it is somebody else's.
    Taken,
    /// An address or number is not a proven one of the user.
    Unproven,
}

impl Store {
    /// A user with what browsers never see.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn known(&self, id: &UserId) -> Result<Option<Known>> {
        let Some(user) = self.user(id).await? else {
            return Ok(None);
        };
        let found = sqlx::query(
            "SELECT private_metadata, banned_at, locked_until FROM users WHERE id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&self.reader)
        .await?;
        let Some(found) = found else { return Ok(None) };
        let private = row::maybe_text(&found, "private_metadata")?;
        Ok(Some(Known {
            user,
            private_metadata: private
                .map(|text| serde_json::from_str(&text))
                .transpose()?
                .unwrap_or_default(),
            is_banned: row::maybe_time(&found, "banned_at")?.is_some(),
            locked_until: row::maybe_time(&found, "locked_until")?,
        }))
    }

    /// Makes a user with all of their addresses and numbers, proven; false if something of it is somebody else's.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_person(
        &self,
        user: &NewUser<'_>,
        (emails, phones): (&[NewAddress<'_>], &[NewAddress<'_>]),
        created_at: Option<Timestamp>,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if !completion::create_user(&mut transaction, user, cause).await? {
            return Ok(false);
        }
        for (email, phone) in emails
            .iter()
            .map(|email| (Some(*email), None))
            .chain(phones.iter().map(|phone| (None, Some(*phone))))
        {
            let more = NewUser {
                email,
                phone,
                ..NewUser::of(user.id)
            };
            if !completion::insert_addresses(&mut transaction, &more, cause).await? {
                return Ok(false);
            }
        }
        if let Some(created_at) = created_at {
            sqlx::query("UPDATE users SET created_at = $1 WHERE id = $2")
                .bind(created_at.0)
                .bind(user.id.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Changes a user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn change_person(
        &self,
        id: &UserId,
        change: &Change,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<Changed> {
        let mut transaction = self.begin().await?;
        let updated = sqlx::query(
            "UPDATE users SET first_name = CASE WHEN $1 IS NULL THEN first_name WHEN $1 = '' THEN NULL ELSE $1 END,
             last_name = CASE WHEN $2 IS NULL THEN last_name WHEN $2 = '' THEN NULL ELSE $2 END,
             username = CASE WHEN $3 IS NULL THEN username WHEN $3 = '' THEN NULL ELSE $3 END,
             credentials_changed_at = CASE WHEN $3 IS NULL OR $3 = username THEN credentials_changed_at ELSE $8 END,
             external_id = CASE WHEN $4 IS NULL THEN external_id WHEN $4 = '' THEN NULL ELSE $4 END,
             public_metadata = COALESCE($5, public_metadata), private_metadata = COALESCE($6, private_metadata),
             unsafe_metadata = COALESCE($7, unsafe_metadata), legal_accepted_at = COALESCE($11, legal_accepted_at),
             updated_at = CASE WHEN updated_at >= $8 THEN updated_at + 1 ELSE $8 END
             WHERE id = $9 AND COALESCE($10, updated_at) = updated_at",
        )
        .bind(change.first_name.as_deref())
        .bind(change.last_name.as_deref())
        .bind(change.username.as_deref())
        .bind(change.external_id.as_deref())
        .bind(change.public_metadata.as_deref())
        .bind(change.private_metadata.as_deref())
        .bind(change.unsafe_metadata.as_deref())
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(change.over.map(|at| at.0))
        .bind(change.legal_accepted_at.map(|at| at.0))
        .execute(&mut *transaction)
        .await;
        match updated {
            Ok(done) if done.rows_affected() == 0 && change.over.is_some() => {
                return Ok(Changed::Stale);
            }
            Ok(done) if done.rows_affected() == 0 => return Ok(Changed::Unknown),
            Ok(_) => {}
            Err(error) if is_taken(&error) => return Ok(Changed::Taken),
            Err(error) => return Err(error.into()),
        }
        let firsts = [
            (
                "UPDATE users SET primary_email_address_id = $1 WHERE id = $2 AND EXISTS (
                   SELECT 1 FROM email_addresses WHERE id = $1 AND user_id = $2 AND verified_at IS NOT NULL)",
                &change.primary_email,
            ),
            (
                "UPDATE users SET primary_phone_number_id = $1 WHERE id = $2 AND EXISTS (
                   SELECT 1 FROM phone_numbers WHERE id = $1 AND user_id = $2 AND verified_at IS NOT NULL)",
                &change.primary_phone,
            ),
        ];
        for (sql, first) in firsts {
            let Some(first) = first else { continue };
            let chosen = sqlx::query(sql)
                .bind(first.as_str())
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await?;
            if chosen.rows_affected() == 0 {
                return Ok(Changed::Unproven);
            }
        }
        if let Some(password) = &change.password {
            passwords::put(&mut transaction, id, password, cause.now).await?;
        }
        for notice in &change.notices {
            cause.post(&mut transaction, notice).await?;
        }
        if change.ends_sessions {
            end_sessions(&mut transaction, id, cause).await?;
        }
        let user = Some(id.as_str());
        cause
            .audit(&mut transaction, "user.updated", user, Some(by))
            .await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }
}

/// Whoever changes how much a user has of something waits for this, so that all of it is counted.
pub(super) async fn hold(transaction: &mut Transaction, user: &UserId) -> Result<()> {
    sqlx::query("UPDATE users SET updated_at = updated_at WHERE id = $1")
        .bind(user.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
