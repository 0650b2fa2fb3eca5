//! Password hashing, bounded: as many at once as there are cores, a short queue behind them, and then a refusal.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use frontdesk_protocol::{Password, Secret};
use subtle::ConstantTimeEq as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::chance::Chance;
use crate::error::Error;
use crate::foreign::Foreign;
use crate::password::{Strength, strength};

const QUEUE: usize = 64;
/// The longest that a wrong password waits, so that it is not told whose hash is another's.
const LONGEST_MS: u64 = 1000;

/// Hashes and verifies passwords with Argon2id.
#[derive(Clone, Debug)]
pub struct Hasher {
    argon2: Argon2<'static>,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Who of them may check another's hash: half, because it can cost forty times as much.
    foreign_running: Arc<Semaphore>,
    foreign_waiting: Arc<Semaphore>,
    /// The longest that checking another's hash took.
    slowest_ms: Arc<AtomicU64>,
    /// How many may be under way or wait.
    places: usize,
    /// A hash that no password has, verified where there is no account.
    dummy: Arc<str>,
    /// What hashes were worked out in, kept while others wait: fresh memory costs a tenth of a hash.
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Hasher {
    /// A hasher of `memory_kib` and `passes`; 19456 KiB and 2 passes are the least production allows.
    ///
    /// # Errors
    /// Where the figures are out of Argon2's range.
    pub fn new(memory_kib: u32, passes: u32, chance: &Chance) -> anyhow::Result<Self> {
        let params = Params::new(memory_kib, passes, 1, None)
            .map_err(|error| anyhow::anyhow!("password hashing: {error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let dummy = hash(
            &argon2,
            chance.token()?.expose().as_bytes(),
            chance.bytes()?,
        )?;
        Ok(Self {
            argon2,
            running: Arc::new(Semaphore::new(cores)),
            waiting: Arc::new(Semaphore::new(QUEUE + cores)),
            foreign_running: Arc::new(Semaphore::new((cores / 2).max(1))),
            foreign_waiting: Arc::new(Semaphore::new(QUEUE / 2)),
            slowest_ms: Arc::default(),
            places: QUEUE + cores,
            dummy: dummy.into(),
            memory: Arc::default(),
        })
    }

    /// The hash of a new password, as a PHC string.
    ///
    /// # Errors
    /// `ServiceUnavailable` where too many wait already.
    pub async fn hash(&self, password: &Password, chance: &Chance) -> Result<String, Error> {
        self.rehash(&Secret::new(password.expose().clone()), chance)
            .await
    }

    /// Whether `password` is the one of `hash`; without a hash the work is done all the same, and the answer is no.
    ///
    /// # Errors
    /// `ServiceUnavailable` where too many wait already.
    pub async fn verify(
        &self,
        password: &Secret<String>,
        hash: Option<&str>,
    ) -> Result<bool, Error> {
        if !Password::is_hashable(password.expose()) {
            return Ok(false);
        }
        let hasher = self.clone();
        let password = password.clone();
        let is_known = hash.is_some();
        let foreign = hash.and_then(Foreign::read);
        let _turn = match &foreign {
            Some(_) => Some(self.foreign_turn().await?),
            None => None,
        };
        let hash: Arc<str> = hash.map_or_else(|| Arc::clone(&self.dummy), Arc::from);
        let (is_right, took_ms) = self
            .run(move || {
                let began = Instant::now();
                let password = password.expose().as_bytes();
                let is_right = match &foreign {
                    Some(foreign) => foreign.is_of(password, |bytes, hash| {
                        hasher.is_of(bytes, hash.unwrap_or(&hasher.dummy))
                    }),
                    None => hasher.is_of(password, &hash),
                };
                let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(LONGEST_MS);
                if foreign.is_some() && !is_right {
                    let most = took_ms.min(LONGEST_MS);
                    hasher.slowest_ms.fetch_max(most, Ordering::Relaxed);
                }
                (is_right, took_ms)
            })
            .await?;
        if !(is_right & is_known) {
            let rest = self
                .slowest_ms
                .load(Ordering::Relaxed)
                .saturating_sub(took_ms);
            tokio::time::sleep(Duration::from_millis(rest)).await;
        }
        Ok(is_right & is_known)
    }

    /// Another's hash as it is stored: what could be guessed fast is hashed once more.
    ///
    /// # Errors
    /// `ServiceUnavailable` where too many wait already.
    pub async fn adopt(&self, foreign: Foreign, chance: &Chance) -> Result<String, Error> {
        let Some(bare) = foreign.bare() else {
            return Ok(foreign.write()?);
        };
        let (argon2, bare, salt) = (self.argon2.clone(), bare.to_vec(), chance.bytes()?);
        let hash = self.run(move || hash(&argon2, &bare, salt)).await??;
        Ok(foreign.wrapped(hash).write()?)
    }

    async fn foreign_turn(&self) -> Result<[OwnedSemaphorePermit; 2], Error> {
        let place = Arc::clone(&self.foreign_waiting)
            .try_acquire_owned()
            .map_err(|_| Error::Busy(1))?;
        let turn = Arc::clone(&self.foreign_running)
            .acquire_owned()
            .await
            .context("the hashing pool is closed")?;
        Ok([place, turn])
    }

    fn is_of(&self, password: &[u8], hash: &str) -> bool {
        let Ok(known) = PasswordHash::new(hash) else {
            return false;
        };
        let (Some(salt), Some(expected)) = (&known.salt, &known.hash) else {
            return false;
        };
        if !self.is_current(hash) || known.version != Some(Version::V0x13.into()) {
            return self.argon2.verify_password(password, hash).is_ok();
        }
        let mut memory = self.take_memory();
        let mut out = vec![0; expected.as_bytes().len()];
        let worked = self.argon2.hash_password_into_with_memory(
            password,
            salt.as_ref(),
            &mut out,
            &mut memory,
        );
        self.keep_memory(memory);
        worked.is_ok() & bool::from(out.ct_eq(expected.as_bytes()))
    }

    fn take_memory(&self) -> Vec<Block> {
        let kept = self
            .memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        kept.unwrap_or_else(|| vec![Block::new(); self.argon2.params().block_count()])
    }

    /// Keeps it for the next one, if there is one.
    fn keep_memory(&self, memory: Vec<Block>) {
        let mut kept = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = self.places - self.waiting.available_permits();
        if under_way > 1 {
            kept.push(memory);
        } else {
            kept.clear();
        }
    }

    /// Whether a hash was made at the cost of today's settings.
    pub fn is_current(&self, hash: &str) -> bool {
        let Ok(hash) = PasswordHash::new(hash) else {
            return false;
        };
        let params = self.argon2.params();
        let figure = |name| hash.params.get_decimal(name);
        hash.algorithm.as_str() == Algorithm::Argon2id.as_str()
            && figure("m") == Some(params.m_cost())
            && figure("t") == Some(params.t_cost())
            && figure("p") == Some(params.p_cost())
    }

    /// The hash of a password that was right, at the cost of today's settings.
    ///
    /// # Errors
    /// `ServiceUnavailable` where too many wait already.
    pub async fn rehash(
        &self,
        password: &Secret<String>,
        chance: &Chance,
    ) -> Result<String, Error> {
        let argon2 = self.argon2.clone();
        let password = password.clone();
        let salt = chance.bytes()?;
        self.run(move || hash(&argon2, password.expose().as_bytes(), salt))
            .await?
            .map_err(Error::from)
    }

    /// How hard a password is to guess for whoever knows what it is `about`; among the hashes, because it takes as long.
    ///
    /// # Errors
    /// `ServiceUnavailable` where too many wait already.
    pub async fn strength(
        &self,
        password: &Secret<String>,
        about: &[&str],
    ) -> Result<Strength, Error> {
        let password = password.clone();
        let about: Vec<String> = about.iter().map(|&text| text.to_owned()).collect();
        self.run(move || {
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            strength(password.expose(), &about)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let _place = Arc::clone(&self.waiting)
            .try_acquire_owned()
            .map_err(|_| Error::Busy(1))?;
        let permit = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .context("the hashing pool is closed")?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        Ok(done.await.context("a hash was not finished")?)
    }
}

fn hash(argon2: &Argon2<'static>, password: &[u8], salt: [u8; 16]) -> anyhow::Result<String> {
    argon2
        .hash_password_with_salt(password, &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| anyhow::anyhow!("cannot hash: {error}"))
}
