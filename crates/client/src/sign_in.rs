//! Routes of a sign-in.

use frontdesk_protocol::{
    AttemptFactor, CreateSignIn, Form as _, PrepareFactor, ResetPassword, SignIn, SignInId,
};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

const SIGN_INS: &str = "client/sign_ins";

impl Frontdesk {
    /// `POST /v1/client/sign_ins`: begins a sign-in.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_sign_in(&self, command: &CreateSignIn) -> Result<SignIn, Failure> {
        // One at a time: a browser has one attempt, and one that is late would take the place of a newer one.
        let turn = self.0.sign_in_flight.turn().await;
        let answer = self.ask(Verb::Post, &[SIGN_INS], &command.fields()).await;
        drop(turn);
        answer
    }

    /// `POST /v1/client/sign_ins/{id}/prepare_first_factor`: asks for a code.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn prepare_first_factor(
        &self,
        id: &SignInId,
        command: &PrepareFactor,
    ) -> Result<SignIn, Failure> {
        let path = [SIGN_INS, id.as_str(), "prepare_first_factor"];
        self.ask(Verb::Post, &path, &command.fields()).await
    }

    /// `POST /v1/client/sign_ins/{id}/attempt_first_factor`: proves who signs in.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_first_factor(
        &self,
        id: &SignInId,
        command: &AttemptFactor,
    ) -> Result<SignIn, Failure> {
        let path = [SIGN_INS, id.as_str(), "attempt_first_factor"];
        self.ask(Verb::Post, &path, &command.fields()).await
    }

    /// `GET /v1/client/sign_ins/{id}`: the attempt as it stands.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn sign_in(&self, id: &SignInId) -> Result<SignIn, Failure> {
        let path = [SIGN_INS, id.as_str()];
        self.ask(Verb::Get, &path, &[]).await
    }

    /// `POST /v1/client/sign_ins/{id}/prepare_second_factor`: asks for a code.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn prepare_second_factor(
        &self,
        id: &SignInId,
        command: &PrepareFactor,
    ) -> Result<SignIn, Failure> {
        let path = [SIGN_INS, id.as_str(), "prepare_second_factor"];
        self.ask(Verb::Post, &path, &command.fields()).await
    }

    /// `POST /v1/client/sign_ins/{id}/attempt_second_factor`: proves once more who signs in.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_second_factor(
        &self,
        id: &SignInId,
        command: &AttemptFactor,
    ) -> Result<SignIn, Failure> {
        let path = [SIGN_INS, id.as_str(), "attempt_second_factor"];
        self.ask(Verb::Post, &path, &command.fields()).await
    }

    /// `POST /v1/client/sign_ins/{id}/reset_password`: sets another password.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn reset_password(
        &self,
        id: &SignInId,
        command: &ResetPassword,
    ) -> Result<SignIn, Failure> {
        let path = [SIGN_INS, id.as_str(), "reset_password"];
        self.ask(Verb::Post, &path, &command.fields()).await
    }
}
