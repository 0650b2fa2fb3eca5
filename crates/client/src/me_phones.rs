//! Routes of the user's phone numbers.

use frontdesk_protocol::{
    AttemptVerification, CreatePhoneNumber, Deleted, Form as _, PhoneNumber, PhoneNumberId,
    PrepareVerification, UpdatePhoneNumber,
};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

const PHONE_NUMBERS: &str = "me/phone_numbers";

impl Frontdesk {
    /// `POST /v1/me/phone_numbers`: adds a number, unverified.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_phone_number(
        &self,
        command: &CreatePhoneNumber,
    ) -> Result<PhoneNumber, Failure> {
        self.act(Verb::Post, &[PHONE_NUMBERS], &command.fields())
            .await
    }

    /// `PATCH /v1/me/phone_numbers/{id}`: makes it a second factor, or none any more.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn update_phone_number(
        &self,
        id: &PhoneNumberId,
        command: &UpdatePhoneNumber,
    ) -> Result<PhoneNumber, Failure> {
        let path = [PHONE_NUMBERS, id.as_str()];
        self.act(Verb::Patch, &path, &command.fields()).await
    }

    /// `POST /v1/me/phone_numbers/{id}/prepare_verification`: asks for a code.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn prepare_phone_number(
        &self,
        id: &PhoneNumberId,
        command: &PrepareVerification,
    ) -> Result<PhoneNumber, Failure> {
        let path = [PHONE_NUMBERS, id.as_str(), "prepare_verification"];
        self.act(Verb::Post, &path, &command.fields()).await
    }

    /// `POST /v1/me/phone_numbers/{id}/attempt_verification`: proves that the number is one's own.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_phone_number(
        &self,
        id: &PhoneNumberId,
        command: &AttemptVerification,
    ) -> Result<PhoneNumber, Failure> {
        let path = [PHONE_NUMBERS, id.as_str(), "attempt_verification"];
        self.act(Verb::Post, &path, &command.fields()).await
    }

    /// `DELETE /v1/me/phone_numbers/{id}`: removes a number.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_phone_number(&self, id: &PhoneNumberId) -> Result<Deleted, Failure> {
        let path = [PHONE_NUMBERS, id.as_str()];
        self.act(Verb::Delete, &path, &[]).await
    }
}
