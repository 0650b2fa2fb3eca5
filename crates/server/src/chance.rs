//! Time and chance, as parameters: a test fixes the one and seeds the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::{digest, rand};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_protocol::{Secret, Timestamp};

/// What tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is set, in milliseconds since 1970.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now`.
    pub fn fixed(now: Timestamp) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(now.0)))
    }

    /// Moves a fixed clock on by `seconds`; the machine's clock moves by itself.
    pub fn advance_s(&self, seconds: i64) {
        if let Self::Fixed(clock) = self {
            clock.fetch_add(seconds * 1000, Ordering::SeqCst);
        }
    }

    /// The time.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .unwrap_or(Duration::ZERO);
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Self::Fixed(clock) => Timestamp(clock.load(Ordering::SeqCst)),
        }
    }
}

/// What is random.
#[derive(Clone, Debug)]
pub enum Chance {
    /// The machine's generator.
    System,
    /// The same bytes after every start, for tests: what it gives can be known by anybody.
    Seeded(Arc<AtomicU64>),
}

impl Chance {
    /// Chance that gives the same for the same `seed`.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(AtomicU64::new(seed)))
    }

    /// Random bytes.
    ///
    /// # Errors
    /// Where the machine has none to give.
    pub fn bytes<const N: usize>(&self) -> anyhow::Result<[u8; N]> {
        let mut bytes = [0; N];
        match self {
            Self::System => {
                rand::fill(&mut bytes).map_err(|_| anyhow::anyhow!("no random bytes"))?;
            }
            Self::Seeded(count) => {
                for chunk in bytes.chunks_mut(digest::SHA256_OUTPUT_LEN) {
                    let count = count.fetch_add(1, Ordering::SeqCst).to_be_bytes();
                    let hash = digest::digest(&digest::SHA256, &count);
                    chunk.copy_from_slice(&hash.as_ref()[..chunk.len()]);
                }
            }
        }
        Ok(bytes)
    }

    /// Six random digits, every one of the million equally likely.
    ///
    /// # Errors
    /// Where the machine has no random bytes to give.
    pub fn code(&self) -> anyhow::Result<Secret<String>> {
        loop {
            let number = u32::from_be_bytes(self.bytes()?);
            // The largest multiple of a million that fits: what lies above would favour low codes.
            if number < 4_294_000_000 {
                return Ok(Secret::new(format!("{:06}", number % 1_000_000)));
            }
        }
    }

    /// A secret of 256 bits, as base64url.
    ///
    /// # Errors
    /// Where the machine has no random bytes to give.
    pub fn token(&self) -> anyhow::Result<Secret<String>> {
        Ok(Secret::new(
            BASE64_URL_SAFE_NO_PAD.encode(self.bytes::<32>()?),
        ))
    }
}
