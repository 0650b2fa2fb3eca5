//! How a route says no, and how the log hears of what broke.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use frontdesk_locale::Text;
use frontdesk_protocol::{ApiError, ErrorCode, ErrorMeta, Errors};

use crate::picture::FIELD;
use crate::store::is_passing;

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub enum Error {
    /// The caller's fault.
    Refused(ErrorCode, Box<ErrorMeta>),
    /// The caller's fault, with the reason in words for the developer who reads it.
    Told(Box<ErrorMeta>, String),
    /// The caller's faults, one for each of several things that were sent at once; never empty.
    Several(Vec<(ErrorCode, ErrorMeta)>),
    /// Ours: too much to do. Worth another try after that many seconds.
    Busy(u32),
    /// Ours: something broke. The log has the cause, the caller has none of it.
    Broken(anyhow::Error),
}

impl Error {
    /// A refusal that is about the field `name`.
    pub fn at(code: ErrorCode, name: &str) -> Self {
        Self::Refused(code, Box::new(ErrorMeta::param(name)))
    }

    /// A refusal of a document that says what is wrong with it, and names the member it is about.
    pub fn told(reason: &impl std::fmt::Display) -> Self {
        let reason = reason.to_string();
        let name = reason.split('`').nth(1).map(str::to_owned);
        let meta = ErrorMeta {
            param_name: name,
            ..ErrorMeta::NONE
        };
        Self::Told(Box::new(meta), reason)
    }

    /// A refusal because nobody else runs the organizations of these names.
    pub fn last_admin(names: Vec<String>) -> Self {
        let meta = ErrorMeta {
            organizations: Some(names),
            ..ErrorMeta::NONE
        };
        let code = ErrorCode::OrganizationMinimumPermissionsNeeded;
        Self::Refused(code, Box::new(meta))
    }

    /// A refusal for trying too often.
    pub fn too_many(retry_after_s: u32) -> Self {
        let meta = ErrorMeta::retry_after_s(retry_after_s);
        Self::Refused(ErrorCode::TooManyRequests, Box::new(meta))
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code, Box::new(ErrorMeta::NONE))
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// The status a refusal goes out with.
pub const fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::AuthenticationInvalid => StatusCode::UNAUTHORIZED,
        ErrorCode::AuthorizationInvalid
        | ErrorCode::OriginInvalid
        | ErrorCode::SignUpModeRestricted
        | ErrorCode::SignUpRestrictedWaitlist
        | ErrorCode::NotAllowedAccess
        | ErrorCode::UserBanned
        | ErrorCode::UserLocked
        | ErrorCode::SessionReverificationRequired
        | ErrorCode::OrganizationQuotaExceeded
        | ErrorCode::OrganizationMembershipQuotaExceeded
        | ErrorCode::OrganizationInvitationQuotaExceeded
        | ErrorCode::OrganizationDomainQuotaExceeded
        | ErrorCode::OrganizationMinimumPermissionsNeeded => StatusCode::FORBIDDEN,
        ErrorCode::ResourceNotFound | ErrorCode::AttemptNotFound => StatusCode::NOT_FOUND,
        ErrorCode::SessionExists
        | ErrorCode::IdentifierAlreadySignedIn
        | ErrorCode::RequestBodyInvalid
        | ErrorCode::CaptchaRequired
        | ErrorCode::CaptchaInvalid
        | ErrorCode::TicketInvalid
        | ErrorCode::VerificationLinkClientMismatch => StatusCode::BAD_REQUEST,
        ErrorCode::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::ServiceUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::InternalError => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::FormParamNil
        | ErrorCode::FormParamFormatInvalid
        | ErrorCode::FormParamValueInvalid
        | ErrorCode::FormParamMaxLengthExceeded
        | ErrorCode::FormIdentifierExists
        | ErrorCode::FormIdentifierNotFound
        | ErrorCode::SignUpIfMissingTransfer
        | ErrorCode::FormPasswordIncorrect
        | ErrorCode::FormPasswordLengthTooShort
        | ErrorCode::FormPasswordLengthTooLong
        | ErrorCode::FormPasswordSizeInBytesExceeded
        | ErrorCode::FormPasswordPwned
        | ErrorCode::FormPasswordNotStrongEnough
        | ErrorCode::FormPasswordValidationFailed
        | ErrorCode::FormPasswordCompromised
        | ErrorCode::FormNewPasswordMatchesCurrent
        | ErrorCode::FormUsernameInvalidLength
        | ErrorCode::FormUsernameInvalidCharacter
        | ErrorCode::FormUsernameNeedsNonNumberChar
        | ErrorCode::UnsupportedCountryCode
        | ErrorCode::FormCodeIncorrect
        | ErrorCode::VerificationExpired
        | ErrorCode::VerificationFailed
        | ErrorCode::VerificationInvalid
        | ErrorCode::StrategyInvalid
        | ErrorCode::OauthAccessDenied
        | ErrorCode::OauthProviderFailed
        | ErrorCode::ExternalAccountNotFound
        | ErrorCode::ExternalAccountExists
        | ErrorCode::ExternalAccountEmailTaken
        | ErrorCode::PasskeyNotRegistered
        | ErrorCode::PasskeyInvalid
        | ErrorCode::PasskeyQuotaExceeded
        | ErrorCode::TotpAlreadyEnabled
        | ErrorCode::IdentificationDeletionFailed
        | ErrorCode::OrganizationDomainCommon
        | ErrorCode::AlreadyAMemberInOrganization => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// What a screen that knows no sentence of its own for a refusal shows of it.
fn sentence(code: ErrorCode, meta: &ErrorMeta) -> Option<String> {
    let english = Text::english();
    let is_file = meta.param_name.as_deref() == Some(FIELD);
    if is_file && code == ErrorCode::FormParamMaxLengthExceeded {
        return Some(english.error_form_param_max_length_exceeded_file());
    }
    if is_file && code == ErrorCode::FormParamFormatInvalid {
        return Some(english.error_form_param_format_invalid_file());
    }
    let id = format!("error_{}", code.as_str()).replace('_', "-");
    meta.param_name
        .as_deref()
        .and_then(|name| english.plain(&format!("{id}-{}", name.replace('_', "-"))))
        .or_else(|| english.plain(&id))
}

/// A refusal as screens get it: with `reason`, or else the sentence that is ours for it.
pub fn api_error(code: ErrorCode, meta: ErrorMeta, reason: Option<String>) -> ApiError {
    let sentence = reason.or_else(|| sentence(code, &meta));
    let mut refusal = ApiError::about(code, meta);
    refusal.long_message = sentence.unwrap_or(refusal.long_message);
    refusal
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut reason = None;
        let mut others = Vec::new();
        let (code, meta) = match self {
            Self::Refused(code, meta) => (code, *meta),
            Self::Several(refusals) => {
                let mut refusals = refusals.into_iter();
                let first = refusals.next();
                others.extend(refusals.map(|(code, meta)| api_error(code, meta, None)));
                first.unwrap_or((ErrorCode::InternalError, ErrorMeta::NONE))
            }
            Self::Told(meta, told) => {
                reason = Some(told);
                (ErrorCode::FormParamValueInvalid, *meta)
            }
            Self::Busy(retry_after_s) => (
                ErrorCode::ServiceUnavailable,
                ErrorMeta::retry_after_s(retry_after_s),
            ),
            Self::Broken(error) => {
                tracing::error!("{error:#}");
                if is_passing(&error) {
                    (ErrorCode::ServiceUnavailable, ErrorMeta::retry_after_s(1))
                } else {
                    (ErrorCode::InternalError, ErrorMeta::NONE)
                }
            }
        };
        let retry_after_s = meta.retry_after_s;
        let mut errors = vec![api_error(code, meta, reason)];
        errors.extend(others);
        let body = Errors { errors };
        let mut response = (status(code), Json(body)).into_response();
        if let Some(seconds) = retry_after_s {
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        response
    }
}
