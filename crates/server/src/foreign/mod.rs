//! Password hashes that other people's software made.
//!
//! One is taken only if checking it costs no more than [`bounds`] allow, compared in constant time, and
//! replaced by a hash of ours once somebody signs in by it. Fast ones are hashed once more as they are
//! taken, so that none of them lies in the database.

mod bounds;
mod bytes;
mod derive;
mod figures;
mod forms;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use bytes::Bytes;

pub use forms::{Refused, Salted};

/// A hash, and how it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    scheme: Scheme,
    proof: Proof,
}

/// What a password must come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Proof {
    /// These bytes.
    Hash(Bytes),
    /// Bytes of which this is our own hash.
    Wrapped(String),
}

/// How a hash was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Scheme {
    Argon2 {
        is_id: bool,
        is_old: bool,
        memory_kib: u32,
        passes: u32,
        lanes: u32,
        salt: Bytes,
    },
    /// Where it is prehashed, of the password's SHA-256 in hexadecimal.
    Bcrypt {
        cost: u32,
        salt: Bytes,
        is_prehashed: bool,
    },
    Scrypt {
        log_n: u8,
        r: u32,
        p: u32,
        salt: Bytes,
    },
    /// The key of a project, encrypted by what scrypt makes of the password.
    Firebase {
        log_n: u8,
        r: u32,
        salt: Bytes,
        signer_key: Bytes,
    },
    Pbkdf2 {
        digest: Digest,
        rounds: u32,
        salt: Bytes,
    },
    /// Where it is prehashed, of the password's MD5 in hexadecimal.
    Phpass {
        log_rounds: u8,
        salt: Bytes,
        is_prehashed: bool,
    },
    /// The digest of a password between two salts; each further round is of the one before and all of that.
    Digest {
        digest: Digest,
        before: Bytes,
        after: Bytes,
        rounds: u32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Digest {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

impl Foreign {
    /// The hash that a stored text describes; a text of ours describes none.
    pub fn read(stored: &str) -> Option<Self> {
        let is_one = stored.starts_with('{');
        is_one.then(|| serde_json::from_str(stored).ok()).flatten()
    }

    /// The text to be stored.
    ///
    /// # Errors
    /// Never; the library's types allow it.
    pub fn write(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string(self)?)
    }

    /// What must be hashed once more before this is stored, because it can be guessed too fast.
    pub fn bare(&self) -> Option<&[u8]> {
        match (&self.scheme, &self.proof) {
            (Scheme::Phpass { .. } | Scheme::Digest { .. }, Proof::Hash(hash)) => Some(hash),
            (
                Scheme::Argon2 { .. }
                | Scheme::Bcrypt { .. }
                | Scheme::Scrypt { .. }
                | Scheme::Firebase { .. }
                | Scheme::Pbkdf2 { .. },
                Proof::Hash(_),
            )
            | (_, Proof::Wrapped(_)) => None,
        }
    }

    /// This, with a hash of ours over what it was.
    #[must_use]
    pub fn wrapped(self, hash: String) -> Self {
        Self {
            proof: Proof::Wrapped(hash),
            ..self
        }
    }

    /// Whether it is of this password: `ours` checks a hash of ours, and is asked once whatever comes of it.
    pub fn is_of(&self, password: &[u8], ours: impl FnOnce(&[u8], Option<&str>) -> bool) -> bool {
        match &self.proof {
            Proof::Hash(hash) => {
                let derived = self.scheme.derive(password, hash.len());
                let is_right = derived.is_some_and(|it| bool::from(it.ct_eq(hash)));
                if !is_right {
                    ours(password, None);
                }
                is_right
            }
            Proof::Wrapped(hash) => match self.scheme.derive(password, 0) {
                Some(derived) => ours(&derived, Some(hash)),
                None => ours(password, None),
            },
        }
    }
}
