//! A cheap limit on how much one caller may ask for in a minute, before anything costs anything.
//!
//! It is each replica's own; what must hold for all of them is counted in the store.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use frontdesk_protocol::Timestamp;

const WINDOW_S: i64 = 60;
/// Callers remembered at once; beyond that the old ones are forgotten.
const MOST: usize = 100_000;

/// Who asked for how much in the last minute.
#[derive(Debug)]
pub struct Throttle<K> {
    most: u32,
    counts: Mutex<HashMap<K, (u32, Timestamp)>>,
}

impl<K: Eq + Hash> Throttle<K> {
    /// Allows `most` requests in a minute.
    pub fn new(most: u32) -> Self {
        Self {
            most,
            counts: Mutex::default(),
        }
    }

    /// Counts a request of `caller`; the seconds to wait where it is one too many.
    pub fn count(&self, caller: K, now: Timestamp) -> Option<u32> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST {
            counts.retain(|_, (_, ends_at)| *ends_at > now);
        }
        if counts.len() >= MOST {
            counts.clear();
        }
        let fresh = (0, now.plus_s(WINDOW_S));
        let (count, ends_at) = counts.entry(caller).or_insert(fresh);
        if *ends_at <= now {
            (*count, *ends_at) = fresh;
        }
        *count += 1;
        let wait_s = (ends_at.0 - now.0).div_euclid(1000) + 1;
        (*count > self.most).then(|| u32::try_from(wait_s).unwrap_or(1))
    }
}
