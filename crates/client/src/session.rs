//! Routes of the sessions in this browser.

use frontdesk_protocol::{Form as _, Session, SessionId, TouchSession};

use crate::call::{Carries, Verb, request};
use crate::{Failure, Frontdesk};

const SESSIONS: &str = "client/sessions";

impl Frontdesk {
    /// `POST /v1/client/sessions/{id}/touch`: makes a session the active one, or changes its organization.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn touch_session(
        &self,
        id: &SessionId,
        command: &TouchSession,
    ) -> Result<Session, Failure> {
        let path = [SESSIONS, id.as_str(), "touch"];
        self.ask(Verb::Post, &path, &command.fields()).await
    }

    /// `POST /v1/client/sessions/{id}/end`: signs one user out.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn end_session(&self, id: &SessionId) -> Result<Session, Failure> {
        let path = [SESSIONS, id.as_str(), "end"];
        self.ask(Verb::Post, &path, &[]).await
    }

    /// `POST /v1/client/sessions/{id}/remove`: signs one user out, and forgets them in this browser.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_session(&self, id: &SessionId) -> Result<Session, Failure> {
        let path = [SESSIONS, id.as_str(), "remove"];
        self.ask(Verb::Post, &path, &[]).await
    }

    /// `DELETE /v1/client/sessions`: signs everybody out of this browser.
    ///
    /// # Errors
    /// See [`Failure`]; that nobody is signed in is none.
    pub async fn sign_out(&self) -> Result<(), Failure> {
        let request = request(Verb::Delete, &[SESSIONS], &[]);
        match self.call(request, Carries::Client).await {
            Ok(_) => Ok(()),
            Err(failure) if failure.is_unauthenticated() => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}
