//! Which sessions were used, written down together every few seconds: minting a token commits nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use frontdesk_protocol::{SessionId, Timestamp};

/// Sessions that were used and are not written yet.
#[derive(Debug, Default)]
pub struct Activity(Mutex<HashMap<SessionId, Timestamp>>);

impl Activity {
    /// Notes that a session was used, unless that is known to the minute.
    pub fn note(&self, session: &SessionId, known: Timestamp, now: Timestamp) {
        if now.0 - known.0 >= 60_000 {
            let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            used.insert(session.clone(), now);
        }
    }

    /// Takes all that was noted.
    pub fn take(&self) -> Vec<(SessionId, Timestamp)> {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        used.drain().collect()
    }
}
