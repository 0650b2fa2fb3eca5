//! Step-up: whether a session was proven lately enough for what is asked of it.

use axum::extract::MatchedPath;
use axum::http::Method;
use axum::http::request::Parts;
use frontdesk_protocol::{ErrorCode, ErrorMeta, Reverification, Timestamp, VerificationLevel};

use crate::error::Error;
use crate::routes;
use crate::store::StoredSession;
use crate::wire::SignedIn;

impl SignedIn {
    /// Goes on only where the session was proven as lately as the settings ask.
    ///
    /// # Errors
    /// `SessionReverificationRequired`.
    pub fn reverified(&self) -> Result<(), Error> {
        let settings = self.caller.app.settings();
        let asked = &settings.sessions.reverification;
        if !asked.enabled
            || is_proven(
                &self.session,
                asked.level,
                asked.after_minutes,
                self.caller.now,
            )
        {
            return Ok(());
        }
        let meta = ErrorMeta {
            reverification: Some(Reverification {
                level: asked.level,
                after_minutes: asked.after_minutes,
            }),
            ..ErrorMeta::NONE
        };
        let code = ErrorCode::SessionReverificationRequired;
        Err(Error::Refused(code, Box::new(meta)))
    }
}

/// Whether a request is for a route that always asks for a proof again; one that is not in the table does.
pub fn is_asked(parts: &Parts) -> bool {
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return false;
    }
    let path = parts.extensions.get::<MatchedPath>();
    path.is_none_or(|path| routes::asks_again(parts.method.as_str(), path.as_str()))
}

/// Whoever has no second factor proves the first in its place.
fn is_proven(
    session: &StoredSession,
    level: VerificationLevel,
    after_minutes: u32,
    now: Timestamp,
) -> bool {
    let is_recent = |at: Timestamp| at.plus_s(i64::from(after_minutes) * 60) > now;
    let first = is_recent(session.first_factor_at);
    let second = if session.has_second_factor {
        session.second_factor_at.is_some_and(is_recent)
    } else {
        first
    };
    match level {
        VerificationLevel::FirstFactor => first,
        VerificationLevel::SecondFactor => second,
        VerificationLevel::MultiFactor => first && second,
    }
}
