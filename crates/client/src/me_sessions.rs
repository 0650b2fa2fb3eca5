//! Routes of the user's sessions in all browsers.

use frontdesk_protocol::{DeviceSession, SessionId};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

impl Frontdesk {
    /// `GET /v1/me/sessions/active`: where the user is signed in.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn active_sessions(&self) -> Result<Vec<DeviceSession>, Failure> {
        self.ask(Verb::Get, &["me/sessions/active"], &[]).await
    }

    /// `POST /v1/me/sessions/{id}/revoke`: ends one of them.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn revoke_session(&self, id: &SessionId) -> Result<DeviceSession, Failure> {
        let path = ["me/sessions", id.as_str(), "revoke"];
        self.act(Verb::Post, &path, &[]).await
    }
}
