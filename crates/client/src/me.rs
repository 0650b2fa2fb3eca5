//! Routes of the user of the active session.

use frontdesk_protocol::{
    AttemptVerification, ChangePassword, CreateEmailAddress, Deleted, EmailAddress, EmailAddressId,
    Form as _, PrepareVerification, UpdateUser, User,
};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

const EMAIL_ADDRESSES: &str = "me/email_addresses";

impl Frontdesk {
    /// `GET /v1/me`: the user.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn me(&self) -> Result<User, Failure> {
        self.ask(Verb::Get, &["me"], &[]).await
    }

    /// `PATCH /v1/me`: changes names or the primary address.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn update_me(&self, command: &UpdateUser) -> Result<User, Failure> {
        self.act(Verb::Patch, &["me"], &command.fields()).await
    }

    /// `DELETE /v1/me`: deletes the user with all that is theirs.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn delete_me(&self) -> Result<Deleted, Failure> {
        self.act(Verb::Delete, &["me"], &[]).await
    }

    /// `POST /v1/me/profile_image`: sets another picture, a `data:` address.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn set_picture(&self, file: &str) -> Result<(), Failure> {
        let path = ["me/profile_image"];
        let answer = self.resource(Verb::Post, &path, &[("file", file)]);
        answer.await.map(drop)
    }

    /// `DELETE /v1/me/profile_image`: takes the picture away.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_picture(&self) -> Result<(), Failure> {
        let answer = self.resource(Verb::Delete, &["me/profile_image"], &[]);
        answer.await.map(drop)
    }

    /// `POST /v1/me/change_password`: sets another password.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn change_password(&self, command: &ChangePassword) -> Result<User, Failure> {
        self.act(Verb::Post, &["me/change_password"], &command.fields())
            .await
    }

    /// `POST /v1/me/email_addresses`: adds an address, unverified.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_email_address(
        &self,
        command: &CreateEmailAddress,
    ) -> Result<EmailAddress, Failure> {
        self.act(Verb::Post, &[EMAIL_ADDRESSES], &command.fields())
            .await
    }

    /// `POST /v1/me/email_addresses/{id}/prepare_verification`: asks for a code.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn prepare_email_address(
        &self,
        id: &EmailAddressId,
        command: &PrepareVerification,
    ) -> Result<EmailAddress, Failure> {
        let path = [EMAIL_ADDRESSES, id.as_str(), "prepare_verification"];
        self.act(Verb::Post, &path, &command.fields()).await
    }

    /// `POST /v1/me/email_addresses/{id}/attempt_verification`: proves that the address is one's own.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_email_address(
        &self,
        id: &EmailAddressId,
        command: &AttemptVerification,
    ) -> Result<EmailAddress, Failure> {
        let path = [EMAIL_ADDRESSES, id.as_str(), "attempt_verification"];
        self.act(Verb::Post, &path, &command.fields()).await
    }

    /// `DELETE /v1/me/email_addresses/{id}`: removes an address.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_email_address(&self, id: &EmailAddressId) -> Result<Deleted, Failure> {
        let path = [EMAIL_ADDRESSES, id.as_str()];
        self.act(Verb::Delete, &path, &[]).await
    }
}
