//! Asks a service of breached passwords, by ranges of hashes, so that it never learns which password was meant.
//!
//! It is told the first five of forty hexadecimal digits, answers with all the hashes that start so,
//! and pads the answer, so that not even its length tells. Where it does not answer, nobody is kept
//! from signing up: the log says so, and the caller hears that it is not known.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use axum::http::{Request, StatusCode};
use frontdesk_protocol::Timestamp;

use super::breach::{hash_of_line, sha1};
use crate::fetch::Fetch;

/// How long somebody who chooses a password waits for the service.
const PATIENCE: Duration = Duration::from_secs(1);
const KEPT_S: i64 = 24 * 60 * 60;
/// How many ranges are kept: some 2 000 hashes of 20 bytes each, 5 MB at the most.
const MOST: usize = 128;

/// A service's ranges.
#[derive(Clone, Debug)]
pub struct Ranges {
    url: String,
    fetch: Fetch,
    kept: Arc<Mutex<HashMap<String, Range>>>,
}

#[derive(Clone, Debug)]
struct Range {
    hashes: Arc<[[u8; 20]]>,
    ends_at: Timestamp,
}

impl Ranges {
    /// Asks at `url`, to which the five digits are added as a last part.
    pub fn new(url: &str, fetch: Fetch) -> Self {
        Self {
            url: url.trim_end_matches('/').to_owned(),
            fetch,
            kept: Arc::default(),
        }
    }

    /// Whether `password` leaked; `None` where the service does not answer, which is logged.
    pub async fn is_breached(&self, password: &str, now: Timestamp) -> Option<bool> {
        let hash = sha1(password);
        let prefix = format!("{:02X}{:02X}{:X}", hash[0], hash[1], hash[2] >> 4);
        let hashes = match self.kept(&prefix, now) {
            Some(hashes) => hashes,
            None => match self.ask(&prefix).await {
                Ok(hashes) => self.keep(prefix, hashes, now),
                Err(error) => {
                    tracing::warn!("breached passwords are not looked up: {error:#}");
                    return None;
                }
            },
        };
        Some(hashes.binary_search(&hash).is_ok())
    }

    fn kept(&self, prefix: &str, now: Timestamp) -> Option<Arc<[[u8; 20]]>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let range = kept.get(prefix).filter(|range| now < range.ends_at)?;
        Some(Arc::clone(&range.hashes))
    }

    /// Keeps a range for a day, in place of the one that would end first where there are too many.
    fn keep(&self, prefix: String, hashes: Arc<[[u8; 20]]>, now: Timestamp) -> Arc<[[u8; 20]]> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.retain(|_, range| now < range.ends_at);
        }
        if kept.len() >= MOST {
            let first = kept.iter().min_by_key(|(_, range)| range.ends_at);
            if let Some(first) = first.map(|(prefix, _)| prefix.clone()) {
                kept.remove(&first);
            }
        }
        let range = Range {
            hashes: Arc::clone(&hashes),
            ends_at: now.plus_s(KEPT_S),
        };
        kept.insert(prefix, range);
        hashes
    }

    async fn ask(&self, prefix: &str) -> Result<Arc<[[u8; 20]]>> {
        let request = Request::get(format!("{}/{prefix}", self.url))
            .header("add-padding", "true")
            .body(Vec::new())
            .context("password.hibp_url is no address")?;
        let answer = self.fetch.send_within(PATIENCE, request).await?;
        ensure!(
            answer.status() == StatusCode::OK,
            "the service answers {}",
            answer.status()
        );
        let text = str::from_utf8(answer.body()).context("the answer is no text")?;
        let mut hashes = text
            .lines()
            .filter(|line| !is_padding(line))
            .map(|line| hash_of_line(&format!("{prefix}{line}")))
            .collect::<Option<Vec<_>>>()
            .context("the answer is no list of hashes")?;
        hashes.sort_unstable();
        Ok(hashes.into())
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }
}

/// Lines that only make the answer longer have been seen no times (or are empty).
fn is_padding(line: &str) -> bool {
    line.is_empty()
        || line
            .rsplit_once(':')
            .is_some_and(|(_, count)| count.trim() == "0")
}
