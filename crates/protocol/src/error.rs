//! How the server says no.

words! {
    /// Every reason the server gives for saying no.
    ///
    /// The name on the wire, in kebab-case and behind `error-`, is its message in `locales/`. There
    /// is no reason for an unknown user: it would tell strangers who has an account.
    pub enum ErrorCode {
        /// A required field is empty.
        FormParamNil = "form_param_nil",
        /// A field has the wrong form, e.g. no e-mail address.
        FormParamFormatInvalid = "form_param_format_invalid",
        /// A field has a value that is not allowed.
        FormParamValueInvalid = "form_param_value_invalid",
        /// A field is longer than it may be.
        FormParamMaxLengthExceeded = "form_param_max_length_exceeded",
        /// The address, name or slug belongs to somebody already.
        FormIdentifierExists = "form_identifier_exists",
        /// The password is wrong, or there is no such account.
        FormPasswordIncorrect = "form_password_incorrect",
        /// The new password is too short; `meta.min_length` says how long it must be.
        FormPasswordLengthTooShort = "form_password_length_too_short",
        /// The new password is too long; `meta.max_length` says how long it may be.
        FormPasswordLengthTooLong = "form_password_length_too_long",
        /// The new password has more than 512 bytes.
        FormPasswordSizeInBytesExceeded = "form_password_size_in_bytes_exceeded",
        /// The new password is the one in use.
        FormNewPasswordMatchesCurrent = "form_new_password_matches_current",
        /// The new password is known to others from a leak.
        FormPasswordPwned = "form_password_pwned",
        /// The new password is too easy to guess.
        FormPasswordNotStrongEnough = "form_password_not_strong_enough",
        /// The new password lacks kinds of characters that the settings ask for.
        FormPasswordValidationFailed = "form_password_validation_failed",
        /// The password is right, but must not be used any more; it can be reset.
        FormPasswordCompromised = "form_password_compromised",
        /// Nobody is called that; only where enumeration protection is off.
        FormIdentifierNotFound = "form_identifier_not_found",
        /// Who proved an address or number has no account and may sign up with it; only where the client asked for that.
        SignUpIfMissingTransfer = "sign_up_if_missing_transfer",
        /// The user name is too short or too long; `meta.min_length` and `meta.max_length` say what is allowed.
        FormUsernameInvalidLength = "form_username_invalid_length",
        /// The user name has a character that is not allowed.
        FormUsernameInvalidCharacter = "form_username_invalid_character",
        /// The user name has nothing but digits.
        FormUsernameNeedsNonNumberChar = "form_username_needs_non_number_char",
        /// The settings do not let this address or number in.
        NotAllowedAccess = "not_allowed_access",
        /// The country of the number is not among those that the settings allow.
        UnsupportedCountryCode = "unsupported_country_code",
        /// The code is wrong.
        FormCodeIncorrect = "form_code_incorrect",
        /// The code is older than ten minutes, or a newer one was sent.
        VerificationExpired = "verification_expired",
        /// The code was tried too often; only a new one can work.
        VerificationFailed = "verification_failed",
        /// There is nothing to verify here: it was done before, or never begun.
        VerificationInvalid = "verification_invalid",
        /// The way to verify is not among those offered.
        StrategyInvalid = "strategy_for_user_invalid",
        /// The browser is signed in already.
        SessionExists = "session_exists",
        /// The attempt is unknown, finished or too old.
        AttemptNotFound = "sign_in_attempt_not_found",
        /// There is no such thing, or it is not yours.
        ResourceNotFound = "resource_not_found",
        /// Nobody is signed in.
        AuthenticationInvalid = "authentication_invalid",
        /// You are signed in, but may not do this.
        AuthorizationInvalid = "authorization_invalid",
        /// Something was proven too long ago for this; `meta.reverification` says what is to be proven again.
        SessionReverificationRequired = "session_reverification_required",
        /// Too many tries; `Retry-After` and `meta.retry_after_s` say when the next may be.
        TooManyRequests = "too_many_requests",
        /// The last e-mail address, or the primary one, cannot be removed.
        IdentificationDeletionFailed = "identification_deletion_failed",
        /// The settings do not allow people to sign up.
        SignUpModeRestricted = "sign_up_mode_restricted",
        /// Whoever wants to sign up must join the waiting list first.
        SignUpRestrictedWaitlist = "sign_up_restricted_waitlist",
        /// The account was closed by the app.
        UserBanned = "user_banned",
        /// The app lets nobody sign in to the account for a while.
        UserLocked = "user_locked",
        /// The person is signed in to this browser already; `meta.session_id` says where.
        IdentifierAlreadySignedIn = "identifier_already_signed_in",
        /// The provider was told no.
        OauthAccessDenied = "oauth_access_denied",
        /// The provider did not answer, or said what cannot be believed.
        OauthProviderFailed = "oauth_provider_failed",
        /// Nobody here has this account with the provider.
        ExternalAccountNotFound = "external_account_not_found",
        /// The account with the provider is somebody else's here.
        ExternalAccountExists = "external_account_exists",
        /// The provider's address belongs to an account here, which must be signed in to first.
        ExternalAccountEmailTaken = "external_account_email_taken",
        /// The passkey is not known here.
        PasskeyNotRegistered = "passkey_not_registered",
        /// The passkey's answer cannot be believed.
        PasskeyInvalid = "passkey_invalid",
        /// The user has as many passkeys as one may have.
        PasskeyQuotaExceeded = "passkey_quota_exceeded",
        /// The ticket is spent, too old or none of ours.
        TicketInvalid = "ticket_invalid",
        /// The link was opened in another browser than the one that asked for it.
        VerificationLinkClientMismatch = "verification_link_client_mismatch",
        /// The browser must do some work first; `meta.captcha` says which.
        CaptchaRequired = "captcha_required",
        /// The work was not done, or done for another request.
        CaptchaInvalid = "captcha_invalid",
        /// There is an authenticator app already.
        TotpAlreadyEnabled = "totp_already_enabled",
        /// The settings do not allow another organization.
        OrganizationQuotaExceeded = "organization_quota_exceeded",
        /// The person is in the organization already; `meta.email_addresses` says who.
        AlreadyAMemberInOrganization = "already_a_member_in_organization",
        /// The organization has as many members as it may have.
        OrganizationMembershipQuotaExceeded = "organization_membership_quota_exceeded",
        /// The organization has as many open invitations as it may have.
        OrganizationInvitationQuotaExceeded = "organization_invitation_quota_exceeded",
        /// Addresses at the domain are everybody's to have.
        OrganizationDomainCommon = "organization_domain_common",
        /// The organization has as many domains as it may have.
        OrganizationDomainQuotaExceeded = "organization_domain_quota_exceeded",
        /// The organization would be left without anybody who runs it.
        OrganizationMinimumPermissionsNeeded = "organization_minimum_permissions_needed",
        /// The request comes from a page that is not allowed.
        OriginInvalid = "origin_invalid",
        /// The request's body cannot be read.
        RequestBodyInvalid = "request_body_invalid",
        /// The service is busy or a part of it is away; try again.
        ServiceUnavailable = "service_unavailable",
        /// Something of ours broke.
        InternalError = "internal_error",
    }
}

resource! {
    /// What an error says beside its code.
    pub struct ErrorMeta {
        /// The field it is about, e.g. `email_address`.
        pub param_name: Option<String>,
        /// The session it is about, as in `session_exists`.
        pub session_id: Option<crate::SessionId>,
        /// The fewest code points of a password.
        pub min_length: Option<u32>,
        /// The most code points of a password.
        pub max_length: Option<u32>,
        /// Seconds until it is worth trying again.
        pub retry_after_s: Option<u32>,
        /// What a browser must work out, as in `captcha_required`.
        pub captcha: Option<String>,
        /// The addresses it is about, where several were sent.
        pub email_addresses: Option<Vec<String>>,
    }
    beyond {
        /// The names of the organizations it is about, as in `organization_minimum_permissions_needed`.
        pub organizations: Option<Vec<String>>,
        /// What would make a password better, as in `form_password_not_strong_enough`.
        pub zxcvbn: Option<crate::Metadata>,
        /// What is to be proven again, as in `session_reverification_required`.
        pub reverification: Option<crate::Reverification>,
    }
}

resource! {
    /// One reason for a refusal.
    pub struct ApiError {
        /// Which reason.
        pub code: ErrorCode,
        /// A short English sentence for developers; people read `locales/`.
        pub message: String,
        /// A longer English sentence for developers.
        pub long_message: String,
        /// What it is about.
        pub meta: ErrorMeta,
    }
}

impl ApiError {
    /// A refusal that is about nothing but its reason.
    pub fn of(code: ErrorCode) -> Self {
        Self::about(code, ErrorMeta::NONE)
    }

    /// A refusal with what it is about; its sentence for developers is the code in words.
    pub fn about(code: ErrorCode, meta: ErrorMeta) -> Self {
        let message = code.as_str().replace('_', " ");
        Self {
            code,
            long_message: message.clone(),
            message,
            meta,
        }
    }
}

resource! {
    /// The body of every answer that is not a success: `{errors: [{code, message, long_message, meta}]}`.
    pub struct Errors {
        /// Never empty.
        pub errors: Vec<ApiError>,
    }
}

/// The body of every answer of the Frontend API that succeeds: `{response, client}`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(serde::Serialize, serde::Deserialize)
)]
pub struct Envelope<T> {
    /// What was asked for.
    pub response: T,
    /// The whole state of the browser after it; absent where the answer is that state or has none.
    pub client: Option<crate::Client>,
}

impl<T: crate::json::Read> crate::json::Read for Envelope<T> {
    const BLANK: Self = Self {
        response: T::BLANK,
        client: None,
    };

    fn fill<S: crate::json::Source>(&mut self, reader: &crate::json::Reader<'_, S>) {
        crate::json::field(reader, "response", &mut self.response);
        crate::json::field(reader, "client", &mut self.client);
    }
}

impl ErrorMeta {
    /// Nothing but the code.
    pub const NONE: Self = Self {
        param_name: None,
        session_id: None,
        min_length: None,
        max_length: None,
        retry_after_s: None,
        captcha: None,
        email_addresses: None,
        #[cfg(not(target_arch = "wasm32"))]
        organizations: None,
        #[cfg(not(target_arch = "wasm32"))]
        zxcvbn: None,
        #[cfg(not(target_arch = "wasm32"))]
        reverification: None,
    };

    /// Worth another try after so many seconds.
    pub const fn retry_after_s(seconds: u32) -> Self {
        Self {
            retry_after_s: Some(seconds),
            ..Self::NONE
        }
    }

    /// About the field `name`.
    pub fn param(name: &str) -> Self {
        Self {
            param_name: Some(name.to_owned()),
            ..Self::NONE
        }
    }
}
