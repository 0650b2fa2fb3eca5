//! What checking a hash may cost at the most.
//!
//! Each bound is about a second of one core, or 256 MiB.

use super::{Digest, Foreign, Proof, Scheme};

const BCRYPT_COST: u32 = 14;
const ARGON2_MEMORY_KIB: u32 = 256 << 10;
const ARGON2_PASSES: u32 = 10;
const ARGON2_LANES: u32 = 4;
/// Of all passes together.
const ARGON2_WORK_KIB: u64 = 1 << 20;
const SCRYPT_MEMORY: u64 = 256 << 20;
/// Of all lanes together.
const SCRYPT_WORK: u64 = 512 << 20;
/// Of all blocks of the hash together.
const PBKDF2_ROUNDS: u64 = 2_000_000;
const PHPASS_LOG_ROUNDS: u8 = 20;
const DIGEST_ROUNDS: u32 = 1_000_000;
const SALT: usize = 512;
/// Shorter ones would be another password's too often.
const HASH: std::ops::RangeInclusive<usize> = 16..=128;

impl Foreign {
    /// Whether it can be checked at all, and costs no more than it may.
    pub(super) fn is_bearable(&self) -> bool {
        let Proof::Hash(hash) = &self.proof else {
            return false;
        };
        HASH.contains(&hash.len()) && self.scheme.is_bearable(hash.len())
    }
}

impl Foreign {
    /// The hash that a stored text describes, where the text comes from a file; nothing where it costs too much.
    pub fn read_bearable(stored: &str) -> Option<Self> {
        let found = Self::read(stored)?;
        let is_bearable = match &found.proof {
            Proof::Hash(_) => found.is_bearable(),
            Proof::Wrapped(ours) => {
                found.scheme.is_bearable(*HASH.start()) && Self::parse("argon2id", ours).is_ok()
            }
        };
        is_bearable.then_some(found)
    }

    /// Whether it is of bcrypt, and of this cost at the most.
    pub const fn is_bcrypt_of(&self, most: u32) -> bool {
        matches!(self.scheme, Scheme::Bcrypt { cost, .. } if cost <= most)
    }
}

impl Scheme {
    fn is_bearable(&self, length: usize) -> bool {
        match self {
            Self::Argon2 {
                memory_kib,
                passes,
                lanes,
                salt,
                ..
            } => {
                *memory_kib <= ARGON2_MEMORY_KIB
                    && *passes <= ARGON2_PASSES
                    && *lanes <= ARGON2_LANES
                    && u64::from(*memory_kib) * u64::from(*passes) <= ARGON2_WORK_KIB
                    && (8..=SALT).contains(&salt.len())
                    && argon2::Params::new(*memory_kib, *passes, *lanes, Some(length)).is_ok()
            }
            Self::Bcrypt { cost, salt, .. } => {
                (4..=BCRYPT_COST).contains(cost) && salt.len() == 16 && length == 31
            }
            Self::Scrypt { log_n, r, p, salt } => {
                is_bearable_scrypt(*log_n, *r, *p) && salt.len() <= SALT
            }
            Self::Firebase {
                log_n,
                r,
                salt,
                signer_key,
            } => {
                is_bearable_scrypt(*log_n, *r, 1)
                    && salt.len() <= SALT
                    && signer_key.len() == length
            }
            Self::Pbkdf2 {
                digest,
                rounds,
                salt,
            } => {
                let blocks = u64::try_from(length.div_ceil(digest.length())).unwrap_or(u64::MAX);
                *rounds > 0
                    && u64::from(*rounds).saturating_mul(blocks) <= PBKDF2_ROUNDS
                    && salt.len() <= SALT
            }
            Self::Phpass {
                log_rounds, salt, ..
            } => (7..=PHPASS_LOG_ROUNDS).contains(log_rounds) && salt.len() == 8 && length == 16,
            Self::Digest {
                digest,
                before,
                after,
                rounds,
            } => {
                (1..=DIGEST_ROUNDS).contains(rounds)
                    && before.len() + after.len() <= SALT
                    && length == digest.length()
            }
        }
    }
}

fn is_bearable_scrypt(log_n: u8, r: u32, p: u32) -> bool {
    let memory = u64::from(r)
        .saturating_mul(128)
        .checked_shl(u32::from(log_n))
        .filter(|_| log_n < 30 && r < 1024);
    memory.is_some_and(|memory| {
        memory <= SCRYPT_MEMORY && memory.saturating_mul(u64::from(p)) <= SCRYPT_WORK
    }) && scrypt::Params::new(log_n, r, p).is_ok()
}

impl Digest {
    /// How many bytes it makes.
    pub(super) const fn length(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}
