//! Which sessions were used, written down together every few seconds: minting a token commits nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use frontdesk_protocol::{SessionId, Timestamp};

use crate::store::StoredSession;

/// Sessions that were used and are not written yet.
#[derive(Debug, Default)]
pub struct Activity(Mutex<HashMap<SessionId, Timestamp>>);

impl Activity {
    /// Notes that a session was used, unless that is known to the minute.
    pub fn note(&self, session: &StoredSession, now: Timestamp) {
        let known = session.last_active_at.0;
        // A session that may be left alone for less than two minutes would end between two notes.
        let idle = session.abandon_at.0 - known;
        if now.0 - known >= (idle / 2).min(60_000) {
            let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            used.insert(session.id.clone(), now);
        }
    }

    /// Takes all that was noted.
    pub fn take(&self) -> Vec<(SessionId, Timestamp)> {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        used.drain().collect()
    }
}
