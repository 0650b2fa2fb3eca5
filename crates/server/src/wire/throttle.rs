//! A cheap limit on how much one address may change in a minute, before anything costs anything.
//!
//! It is each replica's own; what must hold for all of them is counted in the store.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use frontdesk_protocol::Timestamp;

use super::address::prefix;

const WINDOW_S: i64 = 60;
/// Addresses remembered at once; beyond that the old ones are forgotten.
const MOST: usize = 100_000;

/// Who changed how much in the last minute.
#[derive(Debug)]
pub struct Throttle {
    most: u32,
    counts: Mutex<HashMap<IpAddr, (u32, Timestamp)>>,
}

impl Throttle {
    /// Allows `most` changes in a minute.
    pub fn new(most: u32) -> Self {
        Self {
            most,
            counts: Mutex::default(),
        }
    }

    /// Counts a change; the seconds to wait where it is one too many.
    pub fn count(&self, address: IpAddr, now: Timestamp) -> Option<u32> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST {
            counts.retain(|_, (_, ends_at)| *ends_at > now);
        }
        if counts.len() >= MOST {
            counts.clear();
        }
        let fresh = (0, now.plus_s(WINDOW_S));
        let (count, ends_at) = counts.entry(prefix(address)).or_insert(fresh);
        if *ends_at <= now {
            (*count, *ends_at) = fresh;
        }
        *count += 1;
        let wait_s = (ends_at.0 - now.0).div_euclid(1000) + 1;
        (*count > self.most).then(|| u32::try_from(wait_s).unwrap_or(1))
    }
}
