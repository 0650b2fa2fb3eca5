//! What each scheme makes of a password.

use std::num::NonZeroU32;

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::cipher::{
    AES_256, AES_256_KEY_LEN, EncryptingKey, EncryptionContext, UnboundCipherKey,
};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::{digest, pbkdf2};
use md5::{Digest as _, Md5};

use super::{Digest, Scheme};

impl Scheme {
    /// The bytes of a password; schemes of any length make `length` of them.
    pub(super) fn derive(&self, password: &[u8], length: usize) -> Option<Vec<u8>> {
        match self {
            Self::Argon2 {
                is_id,
                is_old,
                memory_kib,
                passes,
                lanes,
                salt,
            } => {
                let version = if *is_old {
                    Version::V0x10
                } else {
                    Version::V0x13
                };
                argon2(
                    *is_id,
                    version,
                    (*memory_kib, *passes, *lanes),
                    salt,
                    password,
                    length,
                )
            }
            Self::Bcrypt {
                cost,
                salt,
                is_prehashed,
            } => {
                let salt = salt.first_chunk().copied()?;
                let hash = if *is_prehashed {
                    bcrypt::hash_with_salt(
                        hexadecimal(&Digest::Sha256.of(&[password])),
                        *cost,
                        salt,
                    )
                } else {
                    bcrypt::hash_with_salt(password, *cost, salt)
                };
                let text = hash.ok()?.format_for_version(bcrypt::Version::TwoB);
                text.as_bytes().last_chunk::<31>().map(|it| it.to_vec())
            }
            Self::Scrypt { log_n, r, p, salt } => {
                scrypted(password, salt, (*log_n, *r, *p), length)
            }
            Self::Firebase {
                log_n,
                r,
                salt,
                signer_key,
            } => firebase(password, salt, (*log_n, *r, 1), signer_key),
            Self::Pbkdf2 {
                digest,
                rounds,
                salt,
            } => {
                let algorithm = match digest {
                    Digest::Md5 => return None,
                    Digest::Sha1 => pbkdf2::PBKDF2_HMAC_SHA1,
                    Digest::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
                    Digest::Sha512 => pbkdf2::PBKDF2_HMAC_SHA512,
                };
                let mut out = vec![0; length];
                pbkdf2::derive(
                    algorithm,
                    NonZeroU32::new(*rounds)?,
                    salt,
                    password,
                    &mut out,
                );
                Some(out)
            }
            Self::Phpass {
                log_rounds,
                salt,
                is_prehashed,
            } => Some(phpass(password, salt, *log_rounds, *is_prehashed)),
            Self::Digest {
                digest,
                before,
                after,
                rounds,
            } => {
                let mut hash = digest.of(&[before, password, after]);
                for _ in 1..*rounds {
                    hash = digest.of(&[&hash, before, password, after]);
                }
                Some(hash)
            }
        }
    }
}

impl Digest {
    /// The digest of these one after the other.
    fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        let algorithm = match self {
            Self::Md5 => {
                let mut hash = Md5::new();
                for part in parts {
                    hash.update(part);
                }
                return hash.finalize().to_vec();
            }
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha512 => &digest::SHA512,
        };
        let mut context = digest::Context::new(algorithm);
        for part in parts {
            context.update(part);
        }
        context.finish().as_ref().to_vec()
    }
}

fn argon2(
    is_id: bool,
    version: Version,
    (memory_kib, passes, lanes): (u32, u32, u32),
    salt: &[u8],
    password: &[u8],
    length: usize,
) -> Option<Vec<u8>> {
    let algorithm = if is_id {
        Algorithm::Argon2id
    } else {
        Algorithm::Argon2i
    };
    let params = Params::new(memory_kib, passes, lanes, Some(length)).ok()?;
    let mut out = vec![0; length];
    Argon2::new(algorithm, version, params)
        .hash_password_into(password, salt, &mut out)
        .ok()?;
    Some(out)
}

/// The project's key, encrypted by what scrypt makes of the password.
fn firebase(
    password: &[u8],
    salt: &[u8],
    figures: (u8, u32, u32),
    signer_key: &[u8],
) -> Option<Vec<u8>> {
    let key = scrypted(password, salt, figures, AES_256_KEY_LEN)?;
    let key = UnboundCipherKey::new(&AES_256, &key).ok()?;
    let start = EncryptionContext::Iv128(FixedLength::from([0; 16]));
    let mut out = signer_key.to_vec();
    let key = EncryptingKey::ctr(key).ok()?;
    key.less_safe_encrypt(&mut out, start).ok()?;
    Some(out)
}

fn phpass(password: &[u8], salt: &[u8], log_rounds: u8, is_prehashed: bool) -> Vec<u8> {
    let prehash;
    let password = if is_prehashed {
        prehash = hexadecimal(&Digest::Md5.of(&[password]));
        prehash.as_bytes()
    } else {
        password
    };
    let mut hash = Digest::Md5.of(&[salt, password]);
    for _ in 0..1_u32 << log_rounds {
        hash = Digest::Md5.of(&[&hash, password]);
    }
    hash
}

fn scrypted(
    password: &[u8],
    salt: &[u8],
    (log_n, r, p): (u8, u32, u32),
    length: usize,
) -> Option<Vec<u8>> {
    let params = scrypt::Params::new(log_n, r, p).ok()?;
    let mut out = vec![0; length];
    scrypt::scrypt(password, salt, &params, &mut out).ok()?;
    Some(out)
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}
