//! What went wrong, in the words of the person it went wrong for.

use std::cell::Cell;
use std::sync::Arc;

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{ApiError, ErrorCode, ErrorMeta, PasswordSettings};

type Say = fn(ErrorCode, &ErrorMeta, &Text) -> String;

thread_local! {
    static SAY: Cell<Say> = const { Cell::new(say_first) };
}

/// One thing that went wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The server said no, or would.
    Refused(Arc<ApiError>),
    /// The server is busy or broken.
    Unavailable,
    /// The server cannot be reached.
    Offline,
}

impl Problem {
    /// Lets every refusal be said in its own words from here on.
    ///
    /// A browser downloads those only with what can be refused: the first card alone knows but one.
    pub fn learn_all() {
        SAY.set(say);
    }

    /// Everything that a failure says.
    pub fn all(failure: Failure) -> Vec<Self> {
        match failure {
            Failure::Refused(errors) => {
                let mut all = Vec::new();
                for error in &errors {
                    all.push(Self::Refused(error.clone()));
                }
                all
            }
            Failure::Unavailable { .. } => vec![Self::Unavailable],
            Failure::Offline => vec![Self::Offline],
        }
    }

    /// What the server would say of the field `name`.
    pub fn of(code: ErrorCode, name: &str) -> Self {
        Self::about(code, ErrorMeta::param(name))
    }

    /// What the server would say of what `meta` names.
    pub fn about(code: ErrorCode, meta: ErrorMeta) -> Self {
        Self::Refused(Arc::new(ApiError {
            code,
            message: String::new(),
            long_message: String::new(),
            meta,
        }))
    }

    /// What the server would say of a new password in the field `name`.
    pub fn of_password(code: ErrorCode, name: &str, settings: &PasswordSettings) -> Self {
        let meta = ErrorMeta {
            min_length: Some(settings.min_length),
            max_length: Some(settings.max_length),
            ..ErrorMeta::param(name)
        };
        Self::about(code, meta)
    }

    /// What the server refused for the reason `code`, as something about the field `name`.
    pub fn place(mut failure: Failure, code: ErrorCode, name: &str) -> Failure {
        if let Failure::Refused(errors) = &mut failure {
            for error in errors.iter_mut().filter(|error| error.code == code) {
                Arc::make_mut(error).meta.param_name = Some(name.to_owned());
            }
        }
        failure
    }

    /// Why the server said no, if it did.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(error) => Some(error.code),
            Self::Unavailable | Self::Offline => None,
        }
    }

    /// The field it is about.
    pub fn field(&self) -> Option<&str> {
        let Self::Refused(error) = self else {
            return None;
        };
        let ApiError { code, meta, .. } = &**error;
        let is_about_code = [
            ErrorCode::FormCodeIncorrect,
            ErrorCode::VerificationExpired,
            ErrorCode::VerificationFailed,
        ]
        .contains(code);
        meta.param_name.as_deref().or(if is_about_code {
            Some("code")
        } else if *code == ErrorCode::FormPasswordIncorrect {
            Some("password")
        } else {
            None
        })
    }

    /// The sentence for it.
    pub fn say(&self, text: &Text) -> String {
        match self {
            Self::Refused(error) => SAY.get()(error.code, &error.meta, text),
            Self::Unavailable => text.error_service_unavailable(),
            Self::Offline => text.error_offline(),
        }
    }
}

/// What the first card of a sign-in says before it has asked anything of the server.
fn say_first(code: ErrorCode, _: &ErrorMeta, text: &Text) -> String {
    if code == ErrorCode::FormParamNil {
        text.error_form_param_nil()
    } else {
        text.error_internal_error()
    }
}

fn say(code: ErrorCode, meta: &ErrorMeta, text: &Text) -> String {
    let sentence = sentence(code, meta, text);
    match &meta.email_addresses {
        Some(addresses) => text.error_of_addresses(&addresses.join(", "), &sentence),
        None => sentence,
    }
}

fn sentence(code: ErrorCode, meta: &ErrorMeta, text: &Text) -> String {
    match code {
        ErrorCode::FormParamNil if meta.param_name.as_deref() == Some("legal_accepted") => {
            text.error_form_param_nil_legal_accepted()
        }
        ErrorCode::FormParamNil => text.error_form_param_nil(),
        ErrorCode::FormPasswordPwned => text.error_form_password_pwned(),
        ErrorCode::FormPasswordNotStrongEnough => text.error_form_password_not_strong_enough(),
        ErrorCode::FormPasswordValidationFailed => text.error_form_password_validation_failed(),
        ErrorCode::FormPasswordCompromised => text.error_form_password_compromised(),
        ErrorCode::FormIdentifierNotFound => text.error_form_identifier_not_found(),
        ErrorCode::SignUpIfMissingTransfer => text.error_sign_up_if_missing_transfer(),
        ErrorCode::FormUsernameInvalidCharacter => text.error_form_username_invalid_character(),
        ErrorCode::FormUsernameNeedsNonNumberChar => {
            text.error_form_username_needs_non_number_char()
        }
        ErrorCode::NotAllowedAccess => text.error_not_allowed_access(),
        ErrorCode::UnsupportedCountryCode => text.error_unsupported_country_code(),
        ErrorCode::SignUpRestrictedWaitlist => text.error_sign_up_restricted_waitlist(),
        ErrorCode::UserBanned => text.error_user_banned(),
        ErrorCode::UserLocked => text.error_user_locked(),
        ErrorCode::IdentifierAlreadySignedIn => text.error_identifier_already_signed_in(),
        ErrorCode::OauthAccessDenied => text.error_oauth_access_denied(),
        ErrorCode::OauthProviderFailed => text.error_oauth_provider_failed(),
        ErrorCode::ExternalAccountNotFound => text.error_external_account_not_found(),
        ErrorCode::ExternalAccountExists => text.error_external_account_exists(),
        ErrorCode::ExternalAccountEmailTaken => text.error_external_account_email_taken(),
        ErrorCode::PasskeyNotRegistered => text.error_passkey_not_registered(),
        ErrorCode::PasskeyInvalid => text.error_passkey_invalid(),
        ErrorCode::PasskeyQuotaExceeded => text.error_passkey_quota_exceeded(),
        ErrorCode::SessionReverificationRequired => text.error_session_reverification_required(),
        ErrorCode::TicketInvalid => text.error_ticket_invalid(),
        ErrorCode::VerificationLinkClientMismatch => text.error_verification_link_client_mismatch(),
        ErrorCode::CaptchaRequired => text.error_captcha_required(),
        ErrorCode::CaptchaInvalid => text.error_captcha_invalid(),
        ErrorCode::TotpAlreadyEnabled => text.error_totp_already_enabled(),
        ErrorCode::FormUsernameInvalidLength => text.error_form_username_invalid_length(
            meta.max_length.unwrap_or_default(),
            meta.min_length.unwrap_or_default(),
        ),
        ErrorCode::FormParamFormatInvalid => match meta.param_name.as_deref() {
            Some("email_address" | "identifier") => {
                text.error_form_param_format_invalid_email_address()
            }
            Some("phone_number") => text.error_form_param_format_invalid_phone_number(),
            Some("code") => text.error_form_param_format_invalid_code(),
            Some("slug") => text.error_form_param_format_invalid_slug(),
            Some("file") => text.error_form_param_format_invalid_file(),
            Some(_) | None => text.error_form_param_format_invalid(),
        },
        ErrorCode::FormParamValueInvalid => text.error_form_param_value_invalid(),
        ErrorCode::FormParamMaxLengthExceeded if meta.param_name.as_deref() == Some("file") => {
            text.error_form_param_max_length_exceeded_file()
        }
        ErrorCode::FormParamMaxLengthExceeded => text.error_form_param_max_length_exceeded(),
        ErrorCode::FormIdentifierExists => text.error_form_identifier_exists(),
        ErrorCode::FormPasswordIncorrect => text.error_form_password_incorrect(),
        ErrorCode::FormPasswordLengthTooShort => {
            text.error_form_password_length_too_short(meta.min_length.unwrap_or_default())
        }
        ErrorCode::FormPasswordLengthTooLong => {
            text.error_form_password_length_too_long(meta.max_length.unwrap_or_default())
        }
        ErrorCode::FormPasswordSizeInBytesExceeded => {
            text.error_form_password_size_in_bytes_exceeded()
        }
        ErrorCode::FormNewPasswordMatchesCurrent => text.error_form_new_password_matches_current(),
        ErrorCode::FormCodeIncorrect => text.error_form_code_incorrect(),
        ErrorCode::VerificationExpired => text.error_verification_expired(),
        ErrorCode::VerificationFailed => text.error_verification_failed(),
        ErrorCode::VerificationInvalid => text.error_verification_invalid(),
        ErrorCode::StrategyInvalid => text.error_strategy_for_user_invalid(),
        ErrorCode::SessionExists => text.error_session_exists(),
        ErrorCode::AttemptNotFound => text.error_sign_in_attempt_not_found(),
        ErrorCode::ResourceNotFound => text.error_resource_not_found(),
        ErrorCode::AuthenticationInvalid => text.error_authentication_invalid(),
        ErrorCode::AuthorizationInvalid => text.error_authorization_invalid(),
        ErrorCode::TooManyRequests => text.error_too_many_requests(meta.retry_after_s.unwrap_or(1)),
        ErrorCode::IdentificationDeletionFailed => text.error_identification_deletion_failed(),
        ErrorCode::SignUpModeRestricted => text.error_sign_up_mode_restricted(),
        ErrorCode::OrganizationQuotaExceeded => text.error_organization_quota_exceeded(),
        ErrorCode::AlreadyAMemberInOrganization => text.error_already_a_member_in_organization(),
        ErrorCode::OrganizationMembershipQuotaExceeded => {
            text.error_organization_membership_quota_exceeded()
        }
        ErrorCode::OrganizationInvitationQuotaExceeded => {
            text.error_organization_invitation_quota_exceeded()
        }
        ErrorCode::OrganizationDomainCommon => text.error_organization_domain_common(),
        ErrorCode::OrganizationDomainQuotaExceeded => {
            text.error_organization_domain_quota_exceeded()
        }
        ErrorCode::OrganizationMinimumPermissionsNeeded => {
            text.error_organization_minimum_permissions_needed()
        }
        ErrorCode::OriginInvalid => text.error_origin_invalid(),
        ErrorCode::RequestBodyInvalid => text.error_request_body_invalid(),
        ErrorCode::ServiceUnavailable => text.error_service_unavailable(),
        ErrorCode::InternalError => text.error_internal_error(),
    }
}
