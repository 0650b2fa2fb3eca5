//! What a new password must be like, and whether it is known to have leaked.
//!
//! Composition is checked by [`check`], strength told by [`strength`], and leaks found by [`Leaks`];
//! none of them keeps a password, logs it, or sends it anywhere.

pub mod breach;
mod new;
pub mod ranges;
mod rules;
mod strength;
#[cfg(test)]
mod tests;

use anyhow::Result;
use frontdesk_protocol::Timestamp;

use crate::config::password::Passwords;
use crate::fetch::Fetch;

pub use breach::Breached;
pub use new::take;
pub use ranges::Ranges;
pub use rules::{Broken, Rules, check};
pub use strength::{Strength, Suggestion, Warning, strength};

/// Finds passwords that leaked, as `[password]` says: in a list of our own, and where asked for in a service's.
#[derive(Debug)]
pub struct Leaks {
    listed: Option<Breached>,
    ranges: Option<Ranges>,
}

impl Leaks {
    /// Loads what the settings ask for; once, when the server starts.
    ///
    /// # Errors
    /// Where the operator's filter cannot be read.
    pub fn open(settings: &Passwords, fetch: &Fetch) -> Result<Self> {
        if settings.disable_hibp {
            return Ok(Self {
                listed: None,
                ranges: None,
            });
        }
        let listed = match &settings.breached_filter {
            Some(path) => Breached::open(path)?,
            None => Breached::bundled()?,
        };
        let ranges = settings.hibp_url.as_deref();
        Ok(Self {
            listed: Some(listed),
            ranges: ranges.map(|url| Ranges::new(url, fetch.clone())),
        })
    }

    /// Whether `password` is on our own list, without asking anybody.
    pub fn list(&self, password: &str) -> bool {
        self.listed
            .as_ref()
            .is_some_and(|listed| listed.is_breached(password))
    }

    /// Whether `password` is known to have leaked; no where the service that would know does not answer.
    pub async fn know(&self, password: &str, now: Timestamp) -> bool {
        if self.list(password) {
            return true;
        }
        match &self.ranges {
            Some(ranges) => ranges.is_breached(password, now).await.unwrap_or(false),
            None => false,
        }
    }
}
