//! The route that tells how hard a password is to guess.

use frontdesk_protocol::{CheckPassword, Form as _, PasswordStrength};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

impl Frontdesk {
    /// `POST /v1/password_strength`: tells how hard a password is to guess, and keeps nothing of it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn password_strength(
        &self,
        command: &CheckPassword,
    ) -> Result<PasswordStrength, Failure> {
        self.ask(Verb::Post, &["password_strength"], &command.fields())
            .await
    }
}
