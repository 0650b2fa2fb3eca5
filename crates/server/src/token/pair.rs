//! One key pair of any kind: made, written down, and signed with.

use anyhow::{Context as _, Result};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RsaKeyPair, RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::config::Algorithm;

/// A private key; its kind is the one algorithm it signs by.
pub enum Pair {
    /// On P-256.
    Es256(EcdsaKeyPair),
    /// On Curve25519.
    EdDsa(Ed25519KeyPair),
    /// Of 2048 bits.
    Rs256(RsaKeyPair),
}

impl Pair {
    /// Makes a new one; RSA takes its time.
    ///
    /// # Errors
    /// Where the machine has no random bytes to give.
    pub fn generate(algorithm: Algorithm) -> Result<Self> {
        let pair = match algorithm {
            Algorithm::Es256 => {
                EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map(Self::Es256)
            }
            Algorithm::EdDsa => Ed25519KeyPair::generate().map(Self::EdDsa),
            Algorithm::Rs256 => RsaKeyPair::generate(KeySize::Rsa2048).map(Self::Rs256),
        };
        pair.context("no key")
    }

    /// Reads one that [`Self::document`] wrote.
    ///
    /// # Errors
    /// Where it is of another kind, or damaged.
    pub fn open(algorithm: Algorithm, document: &[u8]) -> Result<Self> {
        let pair = match algorithm {
            Algorithm::Es256 => {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document)
                    .map(Self::Es256)
            }
            Algorithm::EdDsa => Ed25519KeyPair::from_pkcs8(document).map(Self::EdDsa),
            Algorithm::Rs256 => RsaKeyPair::from_pkcs8(document).map(Self::Rs256),
        };
        pair.map_err(|error| anyhow::anyhow!("not a key for {}: {error}", algorithm.as_str()))
    }

    /// The private half (RFC 5958).
    ///
    /// # Errors
    /// Never; the library's types allow it.
    pub fn document(&self) -> Result<Vec<u8>> {
        let document = match self {
            Self::Es256(pair) => pair.to_pkcs8v1().map(|it| it.as_ref().to_vec()),
            Self::EdDsa(pair) => pair.to_pkcs8().map(|it| it.as_ref().to_vec()),
            Self::Rs256(pair) => pair.as_der().map(|it| it.as_ref().to_vec()),
        };
        document.context("a key that cannot be written down")
    }

    /// Both parts of the public half as key sets write them (RFC 7518 §6, RFC 8037 §2).
    pub fn public(&self) -> [String; 2] {
        let encode = |part: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(part);
        match self {
            Self::Es256(pair) => {
                // An uncompressed point: a byte that says so, then both coordinates (SEC 1 §2.3.3).
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                [encode(x), encode(y)]
            }
            Self::EdDsa(pair) => [encode(pair.public_key().as_ref()), String::new()],
            Self::Rs256(pair) => {
                let public = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                [encode(&public.n), encode(&public.e)]
            }
        }
    }

    /// The signature of `message` (RFC 7518 §3.3 and §3.4, RFC 8037 §3.1).
    ///
    /// # Errors
    /// Where the machine has no random bytes to give.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let random = SystemRandom::new();
        let signature = match self {
            Self::Es256(pair) => pair
                .sign(&random, message)
                .map(|signature| signature.as_ref().to_vec()),
            Self::EdDsa(pair) => pair
                .try_sign(message)
                .map(|signature| signature.as_ref().to_vec()),
            Self::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .map(|()| signature)
            }
        };
        signature.context("cannot sign a token")
    }
}
