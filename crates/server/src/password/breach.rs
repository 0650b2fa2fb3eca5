//! The most common of the passwords that leaked, as a filter that finds them without holding them.
//!
//! It is a binary fuse filter over the first 64 bits of the SHA-1 of each, so that a list of words
//! and a list of hashes build the same one. It finds every password it was built of, and takes
//! one in 65 536 of the others for one.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use xorf::{BinaryFuse16, Descriptor, Filter as _};

const BUNDLED: &[u8] = include_bytes!("../../assets/breached/common.filter");
/// How a file starts: what it is, and of which version.
const MAGIC: &[u8; 8] = b"fdleaks1";
const HEADER: usize = 24;

/// A filter of passwords that leaked.
#[derive(Debug)]
pub struct Breached(BinaryFuse16);

impl Breached {
    /// The filter that comes with the server; `assets/breached/README.md` says of what it was built.
    ///
    /// # Errors
    /// Where the build is broken.
    pub fn bundled() -> Result<Self> {
        Self::parse(BUNDLED).context("the bundled filter of breached passwords")
    }

    /// The filter of an operator, written by `examples/breach_filter.rs`.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no filter.
    pub fn open(path: &Path) -> Result<Self> {
        std::fs::read(path)
            .map_err(anyhow::Error::from)
            .and_then(|bytes| Self::parse(&bytes))
            .with_context(|| format!("password.breached_filter {}", path.display()))
    }

    /// Builds the filter of `keys`, each of a [`key`] or a [`key_of_hash`].
    ///
    /// # Errors
    /// Where there is none, or the filter cannot be built.
    pub fn build(mut keys: Vec<u64>) -> Result<Self> {
        keys.sort_unstable();
        keys.dedup();
        ensure!(
            !keys.is_empty(),
            "there is no password to build a filter of"
        );
        let filter = BinaryFuse16::try_from(&keys).map_err(anyhow::Error::msg)?;
        Ok(Self(filter))
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where `bytes` are no filter.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let (header, rest) = bytes
            .split_first_chunk::<HEADER>()
            .context("it is too short to be a filter")?;
        let (magic, header) = header.split_at(MAGIC.len());
        ensure!(magic == MAGIC, "it is no filter of this version");
        let (seed, header) = header.split_at(8);
        let (segment, segments) = header.split_at(4);
        let segment_length = u32::from_le_bytes(segment.try_into()?);
        let segment_count_length = u32::from_le_bytes(segments.try_into()?);
        // What a look-up relies on: a file that was cut or changed must not make it panic later.
        let places = u64::from(segment_count_length) + 2 * u64::from(segment_length);
        ensure!(
            segment_length.is_power_of_two()
                && segment_count_length > 0
                && segment_count_length.is_multiple_of(segment_length)
                && u64::try_from(rest.len())? == 2 * places,
            "it is damaged"
        );
        let (pairs, _) = rest.as_chunks::<2>();
        Ok(Self(BinaryFuse16 {
            descriptor: Descriptor {
                seed: u64::from_le_bytes(seed.try_into()?),
                segment_length,
                segment_length_mask: segment_length - 1,
                segment_count_length,
            },
            fingerprints: pairs.iter().copied().map(u16::from_le_bytes).collect(),
        }))
    }

    /// The filter as a file has it: 24 bytes of header, then a fingerprint of 2 bytes each, all little endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let of = &self.0.descriptor;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(of.seed.to_le_bytes());
        bytes.extend(of.segment_length.to_le_bytes());
        bytes.extend(of.segment_count_length.to_le_bytes());
        bytes.extend(self.0.fingerprints.iter().flat_map(|one| one.to_le_bytes()));
        bytes
    }

    /// Whether `password` is one of those that leaked, to the letter.
    pub fn is_breached(&self, password: &str) -> bool {
        self.0.contains(&key(password))
    }
}

/// The key of a password.
pub fn key(password: &str) -> u64 {
    key_of_hash(&sha1(password))
}

/// The key of a password whose SHA-1 is `hash`.
pub fn key_of_hash(hash: &[u8; 20]) -> u64 {
    hash[..8]
        .iter()
        .fold(0, |key, byte| key << 8 | u64::from(*byte))
}

/// SHA-1 is what lists of breached passwords are made of; nothing here relies on its strength.
pub(super) fn sha1(password: &str) -> [u8; 20] {
    let mut hash = [0; 20];
    hash.copy_from_slice(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref());
    hash
}

/// The SHA-1 that `line` of a list starts with, as `HASH` or `HASH:COUNT`.
pub fn hash_of_line(line: &str) -> Option<[u8; 20]> {
    let digits = line.split_once(':').map_or(line, |(hash, _)| hash);
    if digits.len() != 40 {
        return None;
    }
    let mut hash = [0; 20];
    for (byte, pair) in hash.iter_mut().zip(digits.as_bytes().as_chunks::<2>().0) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(hash)
}

fn digit(character: u8) -> Option<u8> {
    let value = char::from(character).to_digit(16)?;
    u8::try_from(value).ok()
}
