//! Who is signed in where.

use anyhow::Result;
use frontdesk_protocol::{
    ClientId, OrganizationId, SessionId, SessionStatus, Strategy, Timestamp, UserId,
};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use super::clients::Rotation;
use super::{Cause, Store, row};

/// A session as it is stored.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// How it stands.
    pub status: SessionStatus,
    /// The organization it is in.
    pub organization: Option<OrganizationId>,
    /// When the first factor was proven.
    pub first_factor_at: Timestamp,
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

/// A session about to begin.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Its id.
    pub id: &'a SessionId,
    /// Whose it is.
    pub user: &'a UserId,
    /// How they proved it.
    pub strategy: Strategy,
    /// When it ends if it is left alone.
    pub abandon_at: Timestamp,
    /// When it ends at the latest.
    pub expire_at: Timestamp,
    /// The browser's next secret.
    pub rotation: Rotation<'a>,
}

const LIVE: &str = "SELECT * FROM sessions WHERE client_id = $1 AND status = 'active'
    AND abandon_at > $2 AND expire_at > $2 ORDER BY created_at, id";

impl Store {
    /// The sessions that are live in a browser, the oldest first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn live_sessions(
        &self,
        client: &ClientId,
        now: Timestamp,
    ) -> Result<Vec<StoredSession>> {
        let found = sqlx::query(LIVE)
            .bind(client.as_str())
            .bind(now.0)
            .fetch_all(&self.reader)
            .await?;
        found.iter().map(read).collect()
    }

    /// Makes a live session the browser's active one, in its organization and used as it says.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn touch_session(&self, client: &ClientId, session: &StoredSession) -> Result<()> {
        let mut transaction = self.begin().await?;
        let now = session.last_active_at.0;
        sqlx::query("UPDATE sessions SET organization_id = $1, last_active_at = $2, abandon_at = $3, updated_at = $2 WHERE id = $4 AND client_id = $5 AND status = 'active'")
            .bind(session.organization.as_ref().map(OrganizationId::as_str))
            .bind(now)
            .bind(session.abandon_at.0)
            .bind(session.id.as_str())
            .bind(client.as_str())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "UPDATE clients SET last_active_session_id = $1, updated_at = $2 WHERE id = $3",
        )
        .bind(session.id.as_str())
        .bind(now)
        .bind(client.as_str())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Ends live sessions of a browser, one or all, and gives the browser its next secret.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn end_sessions(
        &self,
        rotation: Rotation<'_>,
        sessions: &[StoredSession],
        status: SessionStatus,
        cause: Cause<'_>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        for session in sessions {
            sqlx::query("UPDATE sessions SET status = $1, updated_at = $2 WHERE id = $3 AND client_id = $4 AND status = 'active'")
                .bind(status.as_str())
                .bind(cause.now.0)
                .bind(session.id.as_str())
                .bind(rotation.client.as_str())
                .execute(&mut *transaction)
                .await?;
            let (user, subject) = (Some(session.user.as_str()), Some(session.id.as_str()));
            cause
                .audit(&mut transaction, "session.ended", user, subject)
                .await?;
        }
        rotation.apply(&mut transaction, cause.now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Writes down when sessions were used, and until when they may be left alone from there.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn note_activity(
        &self,
        used: &[(SessionId, Timestamp)],
        inactivity_s: i64,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        for (session, at) in used {
            sqlx::query("UPDATE sessions SET last_active_at = $1, abandon_at = $2 WHERE id = $3 AND last_active_at < $1")
                .bind(at.0)
                .bind(at.plus_s(inactivity_s).0)
                .bind(session.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

fn read(found: &AnyRow) -> Result<StoredSession> {
    Ok(StoredSession {
        id: row::id(found, "id")?,
        user: row::id(found, "user_id")?,
        status: SessionStatus::parse(&row::text(found, "status")?).unwrap_or(SessionStatus::Ended),
        organization: row::maybe_id(found, "organization_id")?,
        first_factor_at: row::time(found, "first_factor_at")?,
        last_active_at: row::time(found, "last_active_at")?,
        abandon_at: row::time(found, "abandon_at")?,
        expire_at: row::time(found, "expire_at")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}

/// Begins a session, makes it the browser's active one, and gives the browser its next secret.
pub(super) async fn begin(
    transaction: &mut Transaction<'static, Any>,
    session: &NewSession<'_>,
    cause: Cause<'_>,
) -> Result<()> {
    let now = cause.now.0;
    let client = session.rotation.client.as_str();
    sqlx::query(
        "INSERT INTO sessions (id, client_id, user_id, status, first_factor_at, last_active_at, abandon_at, expire_at, created_at, updated_at)
         VALUES ($1, $2, $3, 'active', $4, $4, $5, $6, $4, $4)",
    )
    .bind(session.id.as_str())
    .bind(client)
    .bind(session.user.as_str())
    .bind(now)
    .bind(session.abandon_at.0)
    .bind(session.expire_at.0)
    .execute(&mut **transaction)
    .await?;
    sqlx::query("UPDATE clients SET last_active_session_id = $1, last_strategy = $2, sign_in_id = NULL, sign_up_id = NULL WHERE id = $3")
        .bind(session.id.as_str())
        .bind(session.strategy.as_str())
        .bind(client)
        .execute(&mut **transaction)
        .await?;
    sqlx::query("UPDATE users SET last_sign_in_at = $1 WHERE id = $2")
        .bind(now)
        .bind(session.user.as_str())
        .execute(&mut **transaction)
        .await?;
    session.rotation.apply(transaction, cause.now).await?;
    let (user, subject) = (Some(session.user.as_str()), Some(session.id.as_str()));
    cause
        .audit(transaction, "session.created", user, subject)
        .await
}
