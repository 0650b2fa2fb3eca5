//! Step-ups under way, and when a session's factors were proven last.

use anyhow::Result;
use frontdesk_protocol::{ClientId, SessionId, SessionVerification, Timestamp};

use super::attempts::{Flow, Loaded, Person};
use super::clients::Rotation;
use super::completion::Ending;
use super::sessions::StoredSession;
use super::{Cause, Store};

/// What of a session was proven once more.
#[derive(Clone, Copy, Debug)]
pub struct Reproven<'a> {
    /// The session.
    pub session: &'a StoredSession,
    /// Whether the first factor was.
    pub is_first: bool,
    /// Whether the second factor was.
    pub is_second: bool,
    /// Whether the user has no second factor any more, so that none is waited for.
    pub is_alone: bool,
    /// The browser's next secret.
    pub rotation: Rotation<'a>,
}

impl Flow for SessionVerification {
    type Beside = Person;
    const SAVE: &'static str = "UPDATE step_ups SET step = $1, person = COALESCE($2, person) WHERE session_id = $3 AND step = $4";
    const CREATE: &'static str = "INSERT INTO step_ups (session_id, client_id, step, person, expires_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (session_id) DO UPDATE SET client_id = excluded.client_id, step = excluded.step,
           person = excluded.person, expires_at = excluded.expires_at";
    const LOAD: &'static str = "SELECT step, person AS beside FROM step_ups WHERE session_id = $1 AND client_id = $2 AND expires_at > $3";

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn abandon_at(&self) -> Timestamp {
        self.abandon_at
    }
}

impl Store {
    /// Begins the step-up of a session, in the place of the one before.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn begin_step_up(
        &self,
        client: &ClientId,
        step: &SessionVerification,
        person: &Person,
    ) -> Result<()> {
        sqlx::query(SessionVerification::CREATE)
            .bind(step.id.as_str())
            .bind(client.as_str())
            .bind(serde_json::to_string(step)?)
            .bind(serde_json::to_string(person)?)
            .bind(step.abandon_at.0)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// The step-up of a session of a browser.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn step_up(
        &self,
        id: &SessionId,
        client: &ClientId,
        now: Timestamp,
    ) -> Result<Option<Loaded<SessionVerification>>> {
        self.attempt(id.as_str(), client, now).await
    }

    /// Moves a step-up on by a proof that was right, and notes in the session when that was; false if the proof was
    /// used up, the step-up moved on or the session ended.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn reprove(
        &self,
        ending: Ending<'_>,
        proven: Reproven<'_>,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if !ending.settle(&mut transaction, cause).await? {
            return Ok(false);
        }
        let session = proven.session;
        let noted = sqlx::query(
            "UPDATE sessions SET updated_at = $1,
               first_factor_at = CASE WHEN $2 = 1 THEN $1 ELSE first_factor_at END,
               second_factor_at = CASE WHEN $3 = 1 THEN $1 WHEN $4 = 1 THEN NULL ELSE second_factor_at END
             WHERE id = $5 AND client_id = $6 AND user_id = $7 AND status = 'active'
               AND EXISTS (SELECT 1 FROM users WHERE id = $7 AND banned_at IS NULL)",
        )
        .bind(cause.now.0)
        .bind(i64::from(proven.is_first))
        .bind(i64::from(proven.is_second))
        .bind(i64::from(proven.is_alone))
        .bind(session.id.as_str())
        .bind(proven.rotation.client.as_str())
        .bind(session.user.as_str())
        .execute(&mut *transaction)
        .await?;
        if noted.rows_affected() == 0 {
            return Ok(false);
        }
        proven.rotation.apply(&mut transaction, cause.now).await?;
        let (user, subject) = (Some(session.user.as_str()), Some(session.id.as_str()));
        cause
            .audit(&mut transaction, "session.reverified", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}
