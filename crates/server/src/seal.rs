//! What the instance's secret does: seals what must be read again, and hashes what must only be recognised.
//!
//! Every use derives its own key from the secret, so that none can stand in for another.

use anyhow::Context as _;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{digest, hkdf, hmac};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_protocol::Secret;

use crate::chance::Chance;

const NONCE_LENGTH: usize = 12;

/// The keys derived from the instance's secret.
pub struct Seal {
    sealing: LessSafeKey,
    recognising: hmac::Key,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seal")
    }
}

impl Seal {
    /// Derives the keys (RFC 5869).
    ///
    /// # Errors
    /// Never with a secret of any length; the library's types allow it.
    pub fn new(secret: &Secret<String>) -> anyhow::Result<Self> {
        let sealing = derive(secret, b"sealing")?;
        let recognising = derive(secret, b"recognising")?;
        let unbound = UnboundKey::new(&AES_256_GCM, &sealing)
            .map_err(|_| anyhow::anyhow!("no sealing key"))?;
        Ok(Self {
            sealing: LessSafeKey::new(unbound),
            recognising: hmac::Key::new(hmac::HMAC_SHA256, &recognising),
        })
    }

    /// Seals `plain` for `purpose`; only [`Self::open`] with the same purpose reads it.
    ///
    /// # Errors
    /// Where there are no random bytes.
    pub fn seal(&self, purpose: &str, plain: &[u8], chance: &Chance) -> anyhow::Result<String> {
        let nonce: [u8; NONCE_LENGTH] = chance.bytes()?;
        let mut bytes = plain.to_vec();
        self.sealing
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut bytes,
            )
            .map_err(|_| anyhow::anyhow!("cannot seal"))?;
        let mut sealed = nonce.to_vec();
        sealed.extend(bytes);
        Ok(BASE64_URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Reads what was sealed for `purpose`.
    ///
    /// # Errors
    /// Where it was sealed with another secret or for another purpose, or is damaged.
    pub fn open(&self, purpose: &str, sealed: &str) -> anyhow::Result<Vec<u8>> {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(sealed)
            .context("not sealed text")?;
        let (nonce, rest) = bytes
            .split_first_chunk::<NONCE_LENGTH>()
            .context("sealed text is too short")?;
        let mut rest = rest.to_vec();
        let plain = self
            .sealing
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(purpose.as_bytes()),
                &mut rest,
            )
            .map_err(|_| {
                anyhow::anyhow!("cannot be opened: is FRONTDESK_SECRET still the same?")
            })?;
        Ok(plain.to_vec())
    }

    /// A hash that only this instance can make: of codes, and of whatever a stranger could guess.
    pub fn recognise(&self, purpose: &str, text: &str) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.recognising);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(text.as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(context.sign().as_ref());
        hash
    }

    /// [`Self::recognise`] as text.
    pub fn recognise_text(&self, purpose: &str, text: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.recognise(purpose, text))
    }
}

/// SHA-256 as text: enough for secrets of 128 random bits or more.
pub fn hash_token(token: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, token.as_bytes()))
}

fn derive(secret: &Secret<String>, purpose: &[u8]) -> anyhow::Result<[u8; 32]> {
    let mut key = [0; 32];
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"frontdesk")
        .extract(secret.expose().as_bytes())
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|derived| derived.fill(&mut key))
        .map_err(|_| anyhow::anyhow!("cannot derive a key"))?;
    Ok(key)
}
