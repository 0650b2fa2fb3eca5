//! Routes of what the user proves with: an authenticator app.

use frontdesk_protocol::{AttemptVerification, Form as _, Totp};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

const TOTP: &str = "me/totp";

impl Frontdesk {
    /// `POST /v1/me/totp`: begins with an authenticator app; its secret is told this once.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_totp(&self) -> Result<Totp, Failure> {
        self.ask(Verb::Post, &[TOTP], &[]).await
    }

    /// `POST /v1/me/totp/attempt_verification`: checks the app's first code.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_totp(&self, command: &AttemptVerification) -> Result<Totp, Failure> {
        self.ask(
            Verb::Post,
            &[TOTP, "attempt_verification"],
            &command.fields(),
        )
        .await
    }
}
