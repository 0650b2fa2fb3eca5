//! Who is signed in where.

use anyhow::Result;
use frontdesk_protocol::{
    ClientId, OrganizationId, SessionId, SessionStatus, Strategy, Timestamp, UserId,
};
use sqlx::any::AnyRow;

use super::clients::Rotation;
use super::completion::Ended;
use super::{Cause, Store, Transaction, row};

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
    /// When the second factor was proven.
    pub second_factor_at: Option<Timestamp>,
    /// Whether the user has a second factor.
    pub has_second_factor: bool,
    /// Whether the user stands above every organization.
    pub is_super_admin: bool,
    /// Whether the password is known to others, and another must be chosen.
    pub must_reset_password: bool,
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
    /// Whether a second proof was given, by another factor or by one that is two.
    pub is_doubly_proven: bool,
    /// Whether nobody else stays signed in to the browser.
    pub is_only: bool,
    /// For how long the browser is known, and whether it is asked for no second proof.
    pub trust: Option<Trust>,
    /// Since when nothing may have changed of what the user signs in with, where an attempt led here.
    pub as_of: Option<Timestamp>,
    /// What the browser calls itself.
    pub user_agent: Option<&'a str>,
    /// When it ends if it is left alone.
    pub abandon_at: Timestamp,
    /// When it ends at the latest.
    pub expire_at: Timestamp,
    /// The browser's next secret.
    pub rotation: Rotation<'a>,
}

/// That a browser is known as a user's.
#[derive(Clone, Copy, Debug)]
pub struct Trust {
    /// Until when.
    pub until: Timestamp,
    /// Whether it is asked for no second proof.
    pub skips_second_factor: bool,
}

impl StoredSession {
    /// When the first and the second factor were proven, as tokens and resources tell it.
    ///
    /// A second factor that was never proven here was proven as long ago as can be: who reads that there is none
    /// takes the first in its place.
    pub fn proven(&self) -> (Timestamp, Option<Timestamp>) {
        let never = self.has_second_factor.then_some(Timestamp(0));
        (self.first_factor_at, self.second_factor_at.or(never))
    }
}

impl Store {
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
        let action = if status == SessionStatus::Removed {
            "session.removed"
        } else {
            "session.ended"
        };
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
            cause.audit(&mut transaction, action, user, subject).await?;
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

pub(super) fn read(found: &AnyRow) -> Result<StoredSession> {
    Ok(StoredSession {
        id: row::id(found, "id")?,
        user: row::id(found, "user_id")?,
        status: SessionStatus::parse(&row::text(found, "status")?).unwrap_or(SessionStatus::Ended),
        organization: row::maybe_id(found, "organization_id")?,
        first_factor_at: row::time(found, "first_factor_at")?,
        second_factor_at: row::maybe_time(found, "second_factor_at")?,
        has_second_factor: row::count(found, "second_factors")? > 0,
        is_super_admin: row::count(found, "is_super_admin")? > 0,
        must_reset_password: row::maybe_time(found, "password_compromised_at")?.is_some(),
        last_active_at: row::time(found, "last_active_at")?,
        abandon_at: row::time(found, "abandon_at")?,
        expire_at: row::time(found, "expire_at")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}

/// Begins a session, makes it the browser's active one, and gives the browser its next secret.
///
/// Says what stands in the way where the user's account was closed or locked, or is not there any more, or where what
/// the user signs in with has changed since.
pub(super) async fn begin(
    transaction: &mut Transaction,
    session: &NewSession<'_>,
    cause: Cause<'_>,
) -> Result<Option<Ended>> {
    let now = cause.now.0;
    let client = session.rotation.client.as_str();
    sqlx::query(
        "UPDATE sessions SET status = 'replaced', updated_at = $1
         WHERE client_id = $2 AND status = 'active' AND (user_id = $3 OR $4 = 1)",
    )
    .bind(now)
    .bind(client)
    .bind(session.user.as_str())
    .bind(i64::from(session.is_only))
    .execute(&mut **transaction)
    .await?;
    let begun = sqlx::query(
        "INSERT INTO sessions (id, client_id, user_id, status, first_factor_at, second_factor_at, client_address, user_agent,
           last_active_at, abandon_at, expire_at, created_at, updated_at)
         SELECT $1, $2, $3, 'active', $4, $5, $6, $7, $4, $8, $9, $4, $4
         WHERE EXISTS (SELECT 1 FROM users WHERE id = $3 AND banned_at IS NULL AND COALESCE(locked_until, 0) <= $4
           AND COALESCE(credentials_changed_at, 0) <= $10)",
    )
    .bind(session.id.as_str())
    .bind(client)
    .bind(session.user.as_str())
    .bind(now)
    .bind(session.is_doubly_proven.then_some(now))
    .bind(cause.address)
    .bind(session.user_agent)
    .bind(session.abandon_at.0)
    .bind(session.expire_at.0)
    .bind(session.as_of.map_or(i64::MAX, |at| at.0))
    .execute(&mut **transaction)
    .await?;
    if begun.rows_affected() == 0 {
        let found =
            sqlx::query("SELECT locked_until FROM users WHERE id = $1 AND banned_at IS NULL")
                .bind(session.user.as_str())
                .fetch_optional(&mut **transaction)
                .await?;
        let Some(found) = found else {
            return Ok(Some(Ended::Banned));
        };
        let is_locked = row::maybe_time(&found, "locked_until")?.is_some_and(|at| at > cause.now);
        return Ok(Some(if is_locked {
            Ended::Locked
        } else {
            Ended::Stale
        }));
    }
    sqlx::query("UPDATE users SET last_sign_in_at = $1 WHERE id = $2")
        .bind(now)
        .bind(session.user.as_str())
        .execute(&mut **transaction)
        .await?;
    if let Some(trust) = session.trust {
        sqlx::query(
            "INSERT INTO trusted_clients (client_id, user_id, skips_second_factor, expires_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (client_id, user_id) DO UPDATE SET expires_at = excluded.expires_at,
               skips_second_factor = CASE WHEN excluded.skips_second_factor = 1 THEN 1 ELSE trusted_clients.skips_second_factor END",
        )
        .bind(client)
        .bind(session.user.as_str())
        .bind(i64::from(trust.skips_second_factor))
        .bind(trust.until.0)
        .execute(&mut **transaction)
        .await?;
    }
    let entered = (session.id, session.strategy);
    session
        .rotation
        .enter(transaction, entered, cause.now)
        .await?;
    let (user, subject) = (Some(session.user.as_str()), Some(session.id.as_str()));
    cause
        .audit(transaction, "session.created", user, subject)
        .await?;
    Ok(None)
}
