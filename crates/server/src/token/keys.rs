//! The instance's keys: one signs, the next is known before it does, the last ones verify a while longer.
//!
//! Signing reads memory alone; what is there follows the store, where any replica may have changed it.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_protocol::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::{MissedTickBehavior, interval};

use super::pair::Pair;
use crate::app::App;
use crate::chance::Chance;
use crate::config::{Algorithm, Plan};
use crate::seal::{Seal, hash_token};
use crate::store::{Cause, SigningKey, Store};

const PURPOSE: &str = "signing_key";
/// How often the store is asked for new keys: far more often than once a minute, so that a key
/// withdrawn in an emergency signs nothing for longer than that.
const EVERY: Duration = Duration::from_secs(10);

/// The keys of the instance; of those whose time has come the newest signs.
pub struct Keys(RwLock<Arc<Vec<Key>>>);

struct Key {
    stored: SigningKey,
    pair: Pair,
    /// The first part of every token it signs.
    header: String,
}

/// What keys are made and kept with.
#[derive(Clone, Copy, Debug)]
pub struct Workshop<'a> {
    /// Where they are.
    pub store: &'a Store,
    /// What their private halves are sealed with.
    pub seal: &'a Seal,
    /// What is random.
    pub chance: &'a Chance,
    /// What the settings ask for.
    pub plan: Plan,
    /// The time.
    pub now: Timestamp,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys")
    }
}

/// Keeps the keys as the settings and the store have them until it is dropped.
pub async fn tend(app: App) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = app.keys.tend(app.workshop()).await {
            tracing::error!("the signing keys: {error:#}");
        }
    }
}

impl Keys {
    /// Reads the instance's keys, and makes the first one where there is none.
    ///
    /// # Errors
    /// Where the store broke, or the keys were sealed with another secret.
    pub async fn open(shop: Workshop<'_>) -> Result<Self> {
        let keys = Self(RwLock::default());
        keys.tend(shop).await?;
        Ok(keys)
    }

    /// Makes the next key where one is due, forgets those that outlived their tokens, and takes up
    /// what other replicas did.
    ///
    /// # Errors
    /// Where the store broke, or a key was sealed with another secret.
    pub async fn tend(&self, shop: Workshop<'_>) -> Result<()> {
        let stored = shop.store.signing_keys().await?;
        if let Some(signs_at) = due(&stored, shop.plan, shop.now) {
            shop.succeed(&stored, signs_at).await?;
        }
        let stopped = shop.now.plus_s(-shop.plan.keep_s);
        if stored.iter().skip(1).any(|next| next.signs_at <= stopped) {
            shop.store.forget_signing_keys(stopped).await?;
        }
        self.reload(shop).await
    }

    /// Publishes the next key now, unless that was done; answers with when it will sign.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn rotate(&self, shop: Workshop<'_>) -> Result<Timestamp> {
        let stored = shop.store.signing_keys().await?;
        if stored
            .last()
            .is_none_or(|newest| newest.signs_at <= shop.now)
        {
            let signs_at = shop.now.plus_s(shop.plan.publish_ahead_s);
            shop.succeed(&stored, signs_at).await?;
        }
        self.reload(shop).await?;
        let newest = self.all().last().map(|key| key.stored.signs_at);
        newest.context("there is no key")
    }

    /// Withdraws every key there is, and signs with a new one at once: for when one may be known to others.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn replace(&self, shop: Workshop<'_>) -> Result<()> {
        let key = shop.make(shop.now).await?;
        shop.store.replace_signing_keys(&key, shop.cause()).await?;
        self.reload(shop).await
    }

    /// `claims` as a token, signed by the key whose turn it is.
    pub(super) fn sign(&self, claims: &impl Serialize, now: Timestamp) -> Result<String> {
        let all = self.all();
        let begun = all.iter().rev().find(|key| key.stored.signs_at <= now);
        // Where another machine's clock is ahead of ours, its first key signs all the same.
        let key = begun.or(all.first()).context("there is no key")?;
        let claims = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?);
        let mut token = format!("{}.{claims}", key.header);
        let signature = key.pair.sign(token.as_bytes())?;
        token.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    /// What verifiers need: every key as a JWK (RFC 7517 §4), in the order in which they sign.
    pub fn published(&self) -> Vec<Value> {
        self.all().iter().map(Key::jwk).collect()
    }

    fn all(&self) -> Arc<Vec<Key>> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    async fn reload(&self, shop: Workshop<'_>) -> Result<()> {
        let stored = shop.store.signing_keys().await?;
        let known = self.all();
        if known.iter().map(|key| &key.stored).eq(&stored) {
            return Ok(());
        }
        let opened: Result<Vec<Key>> = stored
            .into_iter()
            .map(|stored| Key::open(stored, shop.seal))
            .collect();
        let opened = Arc::new(opened?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = opened;
        Ok(())
    }
}

impl Workshop<'_> {
    /// Adds a key after those that are `stored`, unless somebody else just did.
    async fn succeed(self, stored: &[SigningKey], signs_at: Timestamp) -> Result<()> {
        let key = self.make(signs_at).await?;
        let newest = stored.last().map(|newest| newest.id.as_str());
        let cause = self.cause();
        if self.store.add_signing_key(&key, newest, cause).await? {
            tracing::info!("made the signing key {}, for {}", key.id, key.algorithm);
        }
        Ok(())
    }

    async fn make(self, signs_at: Timestamp) -> Result<SigningKey> {
        let algorithm = self.plan.algorithm;
        // Looking for large primes would hold up the requests.
        let pair = tokio::task::spawn_blocking(move || Pair::generate(algorithm)).await??;
        let [public_x, public_y] = pair.public();
        Ok(SigningKey {
            id: hash_token(&public_x)[..16].to_owned(),
            algorithm: algorithm.as_str().to_owned(),
            sealed: self.seal.seal(PURPOSE, &pair.document()?, self.chance)?,
            public_x,
            public_y,
            signs_at,
        })
    }

    /// Nobody's request: keys are made by the clock, or from the command line.
    fn cause(&self) -> Cause<'_> {
        Cause::new(self.now, "", self.chance)
    }
}

impl Key {
    fn open(stored: SigningKey, seal: &Seal) -> Result<Self> {
        let algorithm = Algorithm::parse(&stored.algorithm)
            .with_context(|| format!("a key for {}", stored.algorithm))?;
        let pair = Pair::open(algorithm, &seal.open(PURPOSE, &stored.sealed)?)?;
        let header = json!({ "typ": "JWT", "alg": stored.algorithm, "kid": stored.id });
        Ok(Self {
            header: BASE64_URL_SAFE_NO_PAD.encode(header.to_string()),
            stored,
            pair,
        })
    }

    fn jwk(&self) -> Value {
        let SigningKey {
            id,
            algorithm,
            public_x: x,
            public_y: y,
            ..
        } = &self.stored;
        match self.pair {
            Pair::Es256(_) => {
                json!({ "kty": "EC", "crv": "P-256", "alg": algorithm, "use": "sig", "kid": id, "x": x, "y": y })
            }
            Pair::EdDsa(_) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "alg": algorithm, "use": "sig", "kid": id, "x": x })
            }
            Pair::Rs256(_) => {
                json!({ "kty": "RSA", "alg": algorithm, "use": "sig", "kid": id, "n": x, "e": y })
            }
        }
    }
}

/// When the key that must be made now is to sign; nothing where none must be made.
///
/// While one waits for its time no other is made, so two replicas that are set up for different
/// algorithms, as they are in the middle of an update, cannot drive each other.
pub(super) fn due(stored: &[SigningKey], plan: Plan, now: Timestamp) -> Option<Timestamp> {
    let Some(newest) = stored.last() else {
        return Some(now);
    };
    let ends_at = newest.signs_at.plus_s(plan.rotate_after_s);
    let signs_at = now.plus_s(plan.publish_ahead_s);
    let is_wanted = ends_at <= signs_at || newest.algorithm != plan.algorithm.as_str();
    (newest.signs_at <= now && is_wanted).then_some(signs_at)
}
