//! The sessions of a user in every browser, as the user and the app's server see them.

use anyhow::Result;
use frontdesk_protocol::{ClientId, SessionId, SessionStatus, Timestamp, UserId};
use sqlx::any::AnyRow;

use super::{Cause, Store, row};

/// A session, and where it was begun.
#[derive(Clone, Debug)]
pub struct Device {
    /// The session.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The browser.
    pub client: ClientId,
    /// How it stands.
    pub status: SessionStatus,
    /// What the browser called itself.
    pub user_agent: Option<String>,
    /// The address of the network it was begun from.
    pub address: Option<String>,
    /// When it was last used, to the minute.
    pub last_active_at: Timestamp,
    /// When it ends if it is left alone.
    pub abandon_at: Timestamp,
    /// When it ends at the latest.
    pub expire_at: Timestamp,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Store {
    /// The live sessions of a user, the one last used first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn devices(&self, user: &UserId, now: Timestamp) -> Result<Vec<Device>> {
        let found = sqlx::query(
            "SELECT * FROM sessions WHERE user_id = $1 AND status = 'active' AND abandon_at > $2 AND expire_at > $2
             ORDER BY last_active_at DESC, id",
        )
        .bind(user.as_str())
        .bind(now.0)
        .fetch_all(&self.reader)
        .await?;
        found.iter().map(|found| read(found, now)).collect()
    }

    /// A page of all sessions, of one user or of everybody, the newest first, and how many there are.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn sessions(
        &self,
        user: Option<&str>,
        (limit, offset): (i64, i64),
        now: Timestamp,
    ) -> Result<(Vec<Device>, u32)> {
        let found = sqlx::query(
            "SELECT *, COUNT(*) OVER () AS total FROM sessions WHERE COALESCE($1, user_id) = user_id
             ORDER BY created_at DESC, id LIMIT $2 OFFSET $3",
        )
        .bind(user)
        .bind(limit)
        .bind(offset)
        .fetch_all(&self.reader)
        .await?;
        let page: Result<Vec<_>> = found.iter().map(|found| read(found, now)).collect();
        Ok((page?, row::total(&found)?))
    }

    /// One session, of one user or of anybody.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn device(
        &self,
        id: &SessionId,
        user: Option<&UserId>,
        now: Timestamp,
    ) -> Result<Option<Device>> {
        let found =
            sqlx::query("SELECT * FROM sessions WHERE id = $1 AND COALESCE($2, user_id) = user_id")
                .bind(id.as_str())
                .bind(user.map(UserId::as_str))
                .fetch_optional(&self.reader)
                .await?;
        found.as_ref().map(|found| read(found, now)).transpose()
    }

    /// Ends a session from elsewhere; false if it was not active.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn revoke_session(
        &self,
        id: &SessionId,
        user: &UserId,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let revoked = sqlx::query(
            "UPDATE sessions SET status = 'revoked', updated_at = $1 WHERE id = $2 AND user_id = $3 AND status = 'active'",
        )
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if revoked.rows_affected() == 0 {
            return Ok(false);
        }
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "session.revoked", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// What is stored as active may have ended by itself.
fn read(found: &AnyRow, now: Timestamp) -> Result<Device> {
    let stored = SessionStatus::parse(&row::text(found, "status")?);
    let (abandon_at, expire_at) = (
        row::time(found, "abandon_at")?,
        row::time(found, "expire_at")?,
    );
    let mut status = stored.unwrap_or(SessionStatus::Ended);
    if status == SessionStatus::Active && expire_at <= now {
        status = SessionStatus::Expired;
    } else if status == SessionStatus::Active && abandon_at <= now {
        status = SessionStatus::Abandoned;
    }
    Ok(Device {
        id: row::id(found, "id")?,
        user: row::id(found, "user_id")?,
        client: row::id(found, "client_id")?,
        status,
        user_agent: row::maybe_text(found, "user_agent")?,
        address: row::maybe_text(found, "client_address")?,
        last_active_at: row::time(found, "last_active_at")?,
        abandon_at,
        expire_at,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
