//! How each hash is written, under the name that its hasher has in the Admin API.

use std::str::FromStr;

use super::bytes::Bytes;
use super::figures::{base64, figure, hexadecimal, log2, number, raw};
use super::{Digest, Foreign, Proof, Scheme};

const PHPASS: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Why a hash is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such hasher here.
    Hasher,
    /// It is not written as hashes of its hasher are, or checking it would cost too much.
    Digest,
}

/// Where the salt of a mere digest stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Salted {
    /// Before the password.
    Before,
    /// After it.
    After,
}

impl Foreign {
    /// The hash that `text` is, made by `hasher`.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn parse(hasher: &str, text: &str) -> Result<Self, Refused> {
        let found = match hasher {
            "argon2i" | "argon2id" => {
                argon2(text).filter(|_| text[1..].starts_with(&format!("{hasher}$")))
            }
            "bcrypt" => bcrypt(text, false),
            "bcrypt_sha256_django" => text
                .strip_prefix("bcrypt_sha256$")
                .and_then(|text| bcrypt(text, true)),
            "scrypt" => scrypt_phc(text),
            "scrypt_werkzeug" => scrypt_werkzeug(text),
            "scrypt_firebase" => scrypt_firebase(text),
            "pbkdf2_sha1" => pbkdf2(hasher, Digest::Sha1, text, (raw, hexadecimal)),
            "pbkdf2_sha256" => pbkdf2(hasher, Digest::Sha256, text, (base64, base64)),
            "pbkdf2_sha256_django" => pbkdf2("pbkdf2_sha256", Digest::Sha256, text, (raw, base64)),
            "pbkdf2_sha512" => pbkdf2(hasher, Digest::Sha512, text, (raw, hexadecimal)),
            "pbkdf2_sha512_hex" => pbkdf2(hasher, Digest::Sha512, text, (hexadecimal, hexadecimal)),
            "phpass" => phpass(text, false),
            "md5_phpass" => phpass(text.strip_prefix('U').unwrap_or(text), true),
            "md5" => hexadecimal(text).map(|hash| salted(Digest::Md5, &[], Salted::Before, hash)),
            "sha1" => hexadecimal(text).map(|hash| salted(Digest::Sha1, &[], Salted::Before, hash)),
            "sha256" => {
                hexadecimal(text).map(|hash| salted(Digest::Sha256, &[], Salted::Before, hash))
            }
            "sha512" => {
                hexadecimal(text).map(|hash| salted(Digest::Sha512, &[], Salted::Before, hash))
            }
            "md5_salted" => salt_and_hash(Digest::Md5, text),
            "sha1_salted" => salt_and_hash(Digest::Sha1, text),
            "sha256_salted" => salt_and_hash(Digest::Sha256, text),
            "sha512_salted" => salt_and_hash(Digest::Sha512, text),
            "sha512_symfony" => symfony(text),
            "ldap_ssha" => ldap(text),
            "django" => return django(text),
            _ => return Err(Refused::Hasher),
        };
        found.ok_or(Refused::Digest)?.borne()
    }

    /// The hash of PBKDF2 that its parts describe.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn pbkdf2(digest: &str, rounds: u32, salt: &[u8], hash: Vec<u8>) -> Result<Self, Refused> {
        let scheme = Scheme::Pbkdf2 {
            digest: named(digest).ok_or(Refused::Hasher)?,
            rounds,
            salt: Bytes(salt.to_vec()),
        };
        scheme.with(hash).borne()
    }

    /// The hash of scrypt that its parts describe.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn scrypt((n, r, p): (u32, u32, u32), salt: &[u8], hash: Vec<u8>) -> Result<Self, Refused> {
        let log_n = log2(n).ok_or(Refused::Digest)?;
        let salt = Bytes(salt.to_vec());
        Scheme::Scrypt { log_n, r, p, salt }.with(hash).borne()
    }

    /// The mere digest that its parts describe.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn digest(digest: &str, salt: &[u8], at: Salted, hash: Vec<u8>) -> Result<Self, Refused> {
        let digest = named(digest).ok_or(Refused::Hasher)?;
        salted(digest, salt, at, hash).borne()
    }

    fn borne(self) -> Result<Self, Refused> {
        if self.is_bearable() {
            Ok(self)
        } else {
            Err(Refused::Digest)
        }
    }
}

impl Scheme {
    fn with(self, hash: Vec<u8>) -> Foreign {
        Foreign {
            scheme: self,
            proof: Proof::Hash(Bytes(hash)),
        }
    }
}

fn named(digest: &str) -> Option<Digest> {
    match digest {
        "md5" => Some(Digest::Md5),
        "sha1" => Some(Digest::Sha1),
        "sha256" => Some(Digest::Sha256),
        "sha512" => Some(Digest::Sha512),
        _ => None,
    }
}

/// `$argon2id$v=19$m=65536,t=3,p=4$SALT$HASH`; what is hashed with a key or of other data is not known.
fn argon2(text: &str) -> Option<Foreign> {
    let mut parts = text.strip_prefix('$')?.split('$');
    let is_id = match parts.next()? {
        "argon2id" => true,
        "argon2i" => false,
        _ => return None,
    };
    let mut part = parts.next()?;
    let is_old = match part.strip_prefix("v=") {
        Some("19") => false,
        Some("16") | None => true,
        Some(_) => return None,
    };
    if part.starts_with("v=") {
        part = parts.next()?;
    }
    let (memory_kib, passes, lanes) = (figure(part, "m")?, figure(part, "t")?, figure(part, "p")?);
    if part.split(',').count() != 3 {
        return None;
    }
    let (salt, hash) = (base64(parts.next()?)?, base64(parts.next()?)?);
    let scheme = Scheme::Argon2 {
        is_id,
        is_old,
        memory_kib,
        passes,
        lanes,
        salt: Bytes(salt),
    };
    parts.next().is_none().then(|| scheme.with(hash))
}

/// `$2b$10$…`; the faulty `$2x$` is not known.
fn bcrypt(text: &str, is_prehashed: bool) -> Option<Foreign> {
    let is_known = ["$2a$", "$2b$", "$2y$"]
        .iter()
        .any(|version| text.starts_with(version));
    if !is_known || text.len() != 60 {
        return None;
    }
    let parts = bcrypt::HashParts::from_str(text).ok()?;
    let canonical = parts.format_for_version(bcrypt::Version::TwoB);
    let scheme = Scheme::Bcrypt {
        cost: parts.get_cost(),
        salt: Bytes(parts.get_salt_raw().to_vec()),
        is_prehashed,
    };
    Some(scheme.with(canonical.as_bytes().last_chunk::<31>()?.to_vec()))
}

/// `$scrypt$ln=15,r=8,p=1$SALT$HASH`.
fn scrypt_phc(text: &str) -> Option<Foreign> {
    let parts: Vec<&str> = text.strip_prefix("$scrypt$")?.split('$').collect();
    let [figures, salt, hash] = parts.try_into().ok()?;
    let scheme = Scheme::Scrypt {
        log_n: figure(figures, "ln")?.try_into().ok()?,
        r: figure(figures, "r")?,
        p: figure(figures, "p")?,
        salt: Bytes(base64(salt)?),
    };
    Some(scheme.with(base64(hash)?))
}

/// `scrypt:32768:8:1$SALT$HEX`.
fn scrypt_werkzeug(text: &str) -> Option<Foreign> {
    let [method, salt, hash] = text.split('$').collect::<Vec<_>>().try_into().ok()?;
    let [name, n, r, p] = method.split(':').collect::<Vec<_>>().try_into().ok()?;
    let scheme = Scheme::Scrypt {
        log_n: log2(number(n)?)?,
        r: number(r)?,
        p: number(p)?,
        salt: Bytes(raw(salt)?),
    };
    (name == "scrypt").then_some(())?;
    Some(scheme.with(hexadecimal(hash)?))
}

/// `HASH$SALT$SIGNER_KEY$SALT_SEPARATOR$ROUNDS$MEMORY_COST`.
fn scrypt_firebase(text: &str) -> Option<Foreign> {
    let parts: Vec<&str> = text.split('$').collect();
    let [hash, salt, key, separator, rounds, memory] = parts.try_into().ok()?;
    let mut salt = base64(salt)?;
    salt.extend(base64(separator)?);
    let scheme = Scheme::Firebase {
        log_n: number(memory)?.try_into().ok()?,
        r: number(rounds)?,
        salt: Bytes(salt),
        signer_key: Bytes(base64(key)?),
    };
    Some(scheme.with(base64(hash)?))
}

type Reading = fn(&str) -> Option<Vec<u8>>;

/// `NAME$ROUNDS$SALT$HASH`, perhaps with the hash's length behind it.
fn pbkdf2(
    name: &str,
    digest: Digest,
    text: &str,
    (salt_of, hash_of): (Reading, Reading),
) -> Option<Foreign> {
    let mut parts = text.split('$');
    if parts.next()? != name {
        return None;
    }
    let rounds = number(parts.next()?)?;
    let (salt, hash) = (salt_of(parts.next()?)?, hash_of(parts.next()?)?);
    if let Some(length) = parts.next()
        && length.parse() != Ok(hash.len())
    {
        return None;
    }
    let scheme = Scheme::Pbkdf2 {
        digest,
        rounds,
        salt: Bytes(salt),
    };
    parts.next().is_none().then(|| scheme.with(hash))
}

/// `$P$` or `$H$`, one letter of rounds, eight of salt, 22 of hash.
fn phpass(text: &str, is_prehashed: bool) -> Option<Foreign> {
    let rest = text.strip_prefix("$P$").or(text.strip_prefix("$H$"))?;
    let (rounds, rest) = rest.as_bytes().split_first()?;
    let (salt, hash) = rest.split_at_checked(8)?;
    let value = |letter: &u8| {
        PHPASS
            .iter()
            .position(|it| it == letter)
            .and_then(|it| u32::try_from(it).ok())
    };
    if hash.len() != 22 {
        return None;
    }
    let mut bytes = Vec::with_capacity(18);
    for letters in hash.chunks(4) {
        let mut group = 0;
        for (place, letter) in letters.iter().enumerate() {
            group |= value(letter)? << (6 * place);
        }
        bytes.extend_from_slice(&group.to_le_bytes()[..3]);
    }
    bytes.truncate(16);
    let scheme = Scheme::Phpass {
        log_rounds: u8::try_from(value(rounds)?).ok()?,
        salt: Bytes(salt.to_vec()),
        is_prehashed,
    };
    Some(scheme.with(bytes))
}

/// `SALT$HEX`.
fn salt_and_hash(digest: Digest, text: &str) -> Option<Foreign> {
    let (salt, hash) = text.rsplit_once('$')?;
    Some(salted(
        digest,
        salt.as_bytes(),
        Salted::Before,
        hexadecimal(hash)?,
    ))
}

/// `sha512_symfony$ROUNDS$SALT$HASH`: of the password and the salt in braces.
fn symfony(text: &str) -> Option<Foreign> {
    let parts: Vec<&str> = text.split('$').collect();
    let [name, rounds, salt, hash] = parts.try_into().ok()?;
    let after = if salt.is_empty() {
        Vec::new()
    } else {
        format!("{{{salt}}}").into_bytes()
    };
    let scheme = Scheme::Digest {
        digest: Digest::Sha512,
        before: Bytes::default(),
        after: Bytes(after),
        rounds: number(rounds)?,
    };
    (name == "sha512_symfony").then_some(())?;
    Some(scheme.with(base64(hash)?))
}

/// `{SSHA}` and the like: the hash, and behind it the salt.
fn ldap(text: &str) -> Option<Foreign> {
    let (name, rest) = text.strip_prefix('{')?.split_once('}')?;
    let digest = match name.to_ascii_uppercase().as_str() {
        "MD5" | "SMD5" => Digest::Md5,
        "SHA" | "SSHA" => Digest::Sha1,
        "SHA256" | "SSHA256" => Digest::Sha256,
        "SHA512" | "SSHA512" => Digest::Sha512,
        _ => return None,
    };
    let bytes = base64(rest)?;
    let (hash, salt) = bytes.split_at_checked(digest.length())?;
    Some(salted(digest, salt, Salted::After, hash.to_vec()))
}

/// Whatever Django writes into its column.
fn django(text: &str) -> Result<Foreign, Refused> {
    let (name, rest) = text.split_once('$').ok_or(Refused::Digest)?;
    let found = match name {
        "pbkdf2_sha256" => return Foreign::parse("pbkdf2_sha256_django", text),
        "pbkdf2_sha1" => pbkdf2(name, Digest::Sha1, text, (raw, base64)),
        "argon2" => argon2(&text["argon2".len()..]),
        "bcrypt_sha256" => return Foreign::parse("bcrypt_sha256_django", text),
        "bcrypt" => return Foreign::parse("bcrypt", rest),
        "md5" => return Foreign::parse("md5_salted", rest),
        "sha1" => return Foreign::parse("sha1_salted", rest),
        "scrypt" => scrypt_django(rest),
        _ => return Err(Refused::Hasher),
    };
    found.ok_or(Refused::Digest)?.borne()
}

/// `N$SALT$R$P$HASH`.
fn scrypt_django(text: &str) -> Option<Foreign> {
    let [n, salt, r, p, hash] = text.split('$').collect::<Vec<_>>().try_into().ok()?;
    let scheme = Scheme::Scrypt {
        log_n: log2(number(n)?)?,
        r: number(r)?,
        p: number(p)?,
        salt: Bytes(raw(salt)?),
    };
    Some(scheme.with(base64(hash)?))
}

fn salted(digest: Digest, salt: &[u8], at: Salted, hash: Vec<u8>) -> Foreign {
    let salt = Bytes(salt.to_vec());
    let (before, after) = match at {
        Salted::Before => (salt, Bytes::default()),
        Salted::After => (Bytes::default(), salt),
    };
    let scheme = Scheme::Digest {
        digest,
        before,
        after,
        rounds: 1,
    };
    scheme.with(hash)
}
