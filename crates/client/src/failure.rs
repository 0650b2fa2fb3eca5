//! Why a call did not do what it was asked to.

use std::sync::Arc;

use frontdesk_protocol::json::{Read as _, Source as _};
use frontdesk_protocol::{ApiError, ErrorCode};

use crate::{Answer, Value};

/// Why a call did not do what it was asked to.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The server said no; empty for [`Failure::CANCELLED`] alone.
    Refused(Vec<Arc<ApiError>>),
    /// The server is busy, broken, or cannot be understood.
    Unavailable {
        /// Seconds until it is worth trying again, where the server said so.
        retry_after_s: Option<u32>,
    },
    /// The server cannot be reached.
    Offline,
}

impl Failure {
    pub(crate) const UNREADABLE: Self = Self::Unavailable {
        retry_after_s: None,
    };

    /// A refusal for these reasons.
    pub fn refused(errors: impl IntoIterator<Item = ApiError>) -> Self {
        Self::Refused(errors.into_iter().map(Arc::new).collect())
    }

    /// Whether the server refused because nobody is signed in.
    pub(crate) fn is_unauthenticated(&self) -> bool {
        match self {
            Self::Refused(errors) => errors
                .iter()
                .any(|error| error.code == ErrorCode::AuthenticationInvalid),
            Self::Unavailable { .. } | Self::Offline => false,
        }
    }
}

/// The body of a success, or what went wrong.
pub(crate) fn judge(answer: Answer) -> Result<Value, Failure> {
    let retry_after_s = answer.retry_after_s;
    let unavailable = Failure::Unavailable { retry_after_s };
    let Some(body) = answer.body else {
        return Err(unavailable);
    };
    match answer.status {
        200..=299 => Ok(body),
        400..=499 => Err(refusal(&body, retry_after_s).unwrap_or(unavailable)),
        _ => Err(unavailable),
    }
}

fn refusal(body: &Value, retry_after_s: Option<u32>) -> Option<Failure> {
    let mut errors = Vec::new();
    // One by one: a list of them, read as a whole, is much more code in a browser.
    for error in &body.member("errors")?.items()? {
        let mut error = ApiError::read(error)?;
        if error.code == ErrorCode::TooManyRequests {
            error.meta.retry_after_s = error.meta.retry_after_s.or(retry_after_s);
        }
        errors.push(Arc::new(error));
    }
    (!errors.is_empty()).then_some(Failure::Refused(errors))
}
