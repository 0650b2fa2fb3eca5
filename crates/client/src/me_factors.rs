//! Routes of what the user proves with: passkeys, an authenticator app, backup codes, accounts with providers.

use frontdesk_protocol::{
    AttemptVerification, BackupCodes, Deleted, ExternalAccountId, Form as _, Passkey, PasskeyId,
    Totp, UpdatePasskey,
};

use crate::Value;
use crate::call::Verb;
use crate::{Failure, Frontdesk};

const PASSKEYS: &str = "me/passkeys";
const TOTP: &str = "me/totp";
const EXTERNAL_ACCOUNTS: &str = "me/external_accounts";

impl Frontdesk {
    /// `POST /v1/me/passkeys`: begins with a passkey; the answer, as JSON, says in `verification.nonce` what to make.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_passkey(&self) -> Result<Value, Failure> {
        self.acting(Verb::Post, &[PASSKEYS], &[]).await
    }

    /// `POST /v1/me/passkeys/{id}/attempt_verification`: hands in what the browser made.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_passkey(
        &self,
        id: &PasskeyId,
        command: &AttemptVerification,
    ) -> Result<Passkey, Failure> {
        let path = [PASSKEYS, id.as_str(), "attempt_verification"];
        self.act(Verb::Post, &path, &command.fields()).await
    }

    /// `PATCH /v1/me/passkeys/{id}`: gives it another name.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn update_passkey(
        &self,
        id: &PasskeyId,
        command: &UpdatePasskey,
    ) -> Result<Passkey, Failure> {
        let path = [PASSKEYS, id.as_str()];
        self.act(Verb::Patch, &path, &command.fields()).await
    }

    /// `DELETE /v1/me/passkeys/{id}`: removes it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_passkey(&self, id: &PasskeyId) -> Result<Deleted, Failure> {
        let path = [PASSKEYS, id.as_str()];
        self.act(Verb::Delete, &path, &[]).await
    }

    /// `POST /v1/me/totp`: begins with an authenticator app; its secret is told this once.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_totp(&self) -> Result<Totp, Failure> {
        self.act(Verb::Post, &[TOTP], &[]).await
    }

    /// `POST /v1/me/totp/attempt_verification`: checks the app's first code.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_totp(&self, command: &AttemptVerification) -> Result<Totp, Failure> {
        self.act(
            Verb::Post,
            &[TOTP, "attempt_verification"],
            &command.fields(),
        )
        .await
    }

    /// `DELETE /v1/me/totp`: removes the authenticator app.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_totp(&self) -> Result<Deleted, Failure> {
        self.act(Verb::Delete, &[TOTP], &[]).await
    }

    /// `POST /v1/me/backup_codes`: ten new codes in the place of those before.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_backup_codes(&self) -> Result<BackupCodes, Failure> {
        self.act(Verb::Post, &["me/backup_codes"], &[]).await
    }

    /// `POST /v1/me/external_accounts`: begins to connect an account, and asks for `scopes`, with spaces between, beside
    /// those of the settings; the answer, as JSON, says in `verification.external_verification_redirect_url` where it
    /// goes on.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_external_account(
        &self,
        strategy: &str,
        redirect_url: &str,
        scopes: &str,
    ) -> Result<Value, Failure> {
        let fields = [
            ("strategy", strategy),
            ("redirect_url", redirect_url),
            ("additional_scope", scopes),
        ];
        self.acting(Verb::Post, &[EXTERNAL_ACCOUNTS], &fields).await
    }

    /// `PATCH /v1/me/external_accounts/{id}/reauthorize`: the same for an account that is there.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn reauthorize_external_account(
        &self,
        id: &ExternalAccountId,
        redirect_url: &str,
        scopes: &str,
    ) -> Result<Value, Failure> {
        let path = [EXTERNAL_ACCOUNTS, id.as_str(), "reauthorize"];
        let fields = [("redirect_url", redirect_url), ("additional_scope", scopes)];
        self.acting(Verb::Patch, &path, &fields).await
    }

    /// `DELETE /v1/me/external_accounts/{id}`: removes it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn remove_external_account(
        &self,
        id: &ExternalAccountId,
    ) -> Result<Deleted, Failure> {
        let path = [EXTERNAL_ACCOUNTS, id.as_str()];
        self.act(Verb::Delete, &path, &[]).await
    }
}
