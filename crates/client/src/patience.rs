//! How often and how patiently something is tried again.

use crate::Failure;

/// Exponential back-off with jitter.
pub(crate) struct Patience {
    tries: u32,
    first_ms: u32,
    longest_ms: u32,
}

impl Patience {
    /// For a GET: somebody looks at an empty screen meanwhile.
    pub(crate) const READ: Self = Self {
        tries: 3,
        first_ms: 300,
        longest_ms: 1_200,
    };

    /// For a session token: a page can do without a new one for a while, but not for ever.
    pub(crate) const MINT: Self = Self {
        tries: 6,
        first_ms: 500,
        longest_ms: 8_000,
    };

    /// How long to wait after the try number `tried`, from 1, ended in `failure`; nothing to give up.
    ///
    /// `random` is at least 0 and below 1, and makes up half of the wait, so that browsers that
    /// failed together do not come back together.
    pub(crate) fn wait_ms(&self, tried: u32, failure: &Failure, random: f64) -> Option<u32> {
        let asked_ms = match failure {
            Failure::Refused(_) => return None,
            Failure::Unavailable { retry_after_s } => {
                retry_after_s.unwrap_or(0).saturating_mul(1_000)
            }
            Failure::Offline => 0,
        };
        if tried >= self.tries || asked_ms > self.longest_ms {
            return None;
        }
        let half_ms = (self.first_ms << (tried - 1)).min(self.longest_ms) / 2;
        Some((half_ms + part(half_ms, random)).max(asked_ms))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the product lies between 0 and `whole`"
)]
fn part(whole: u32, random: f64) -> u32 {
    (f64::from(whole) * random) as u32
}
