//! Routes of a sign-up.

use frontdesk_protocol::{
    AttemptVerification, CreateSignUp, Form as _, PrepareVerification, SignUp, SignUpId,
    UpdateSignUp,
};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

const SIGN_UPS: &str = "client/sign_ups";

impl Frontdesk {
    /// `POST /v1/client/sign_ups`: begins a sign-up.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_sign_up(&self, command: &CreateSignUp) -> Result<SignUp, Failure> {
        self.ask(Verb::Post, &[SIGN_UPS], &command.fields()).await
    }

    /// `GET /v1/client/sign_ups/{id}`: the attempt as it stands.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn sign_up(&self, id: &SignUpId) -> Result<SignUp, Failure> {
        let path = [SIGN_UPS, id.as_str()];
        self.ask(Verb::Get, &path, &[]).await
    }

    /// `PATCH /v1/client/sign_ups/{id}`: fills in what is missing.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn update_sign_up(
        &self,
        id: &SignUpId,
        command: &UpdateSignUp,
    ) -> Result<SignUp, Failure> {
        let path = [SIGN_UPS, id.as_str()];
        self.ask(Verb::Patch, &path, &command.fields()).await
    }

    /// `POST /v1/client/sign_ups/{id}/prepare_verification`: asks for a code.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn prepare_verification(
        &self,
        id: &SignUpId,
        command: &PrepareVerification,
    ) -> Result<SignUp, Failure> {
        let path = [SIGN_UPS, id.as_str(), "prepare_verification"];
        self.ask(Verb::Post, &path, &command.fields()).await
    }

    /// `POST /v1/client/sign_ups/{id}/attempt_verification`: proves that the address is one's own.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_verification(
        &self,
        id: &SignUpId,
        command: &AttemptVerification,
    ) -> Result<SignUp, Failure> {
        let path = [SIGN_UPS, id.as_str(), "attempt_verification"];
        self.ask(Verb::Post, &path, &command.fields()).await
    }
}
