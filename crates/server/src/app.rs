//! What every route is given.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::{Context as _, Result};
use frontdesk_protocol::{SecretKeyId, Timestamp};
use tokio::sync::Notify;

use crate::activity::Activity;
use crate::chance::{Chance, Clock};
use crate::config::{Config, Settings};
use crate::fetch::{Fetch, Reach};
use crate::hash::Hasher;
use crate::oauth::Directory;
use crate::password::Leaks;
use crate::picture::Studio;
use crate::seal::Seal;
use crate::settings;
use crate::store::Store;
use crate::token::{Keys, Workshop};
use crate::wire::Throttle;

/// How many lines of the record one caller's refusals may fill.
const REFUSALS_PER_MINUTE: u32 = 10;

/// The running server; clones are the same one.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

/// What the running server consists of.
#[derive(Debug)]
pub struct Inner {
    /// How it is set up.
    pub config: Config,
    /// The settings of screens and flows, as they are now.
    settings: RwLock<(i64, Arc<Settings>)>,
    /// What it remembers.
    pub store: Store,
    /// What it seals with.
    pub seal: Seal,
    /// What it hashes passwords with.
    pub hasher: Hasher,
    /// What it signs session tokens with.
    pub keys: Keys,
    /// What tells it the time.
    pub clock: Clock,
    /// What is random.
    pub chance: Chance,
    /// Who changes something too often.
    pub throttle: Throttle<IpAddr>,
    /// Which app's server asks for something too often.
    pub key_throttle: Throttle<SecretKeyId>,
    /// Whose refusals fill the record.
    pub refusals: Throttle<String>,
    /// Sessions that were used and are not written yet.
    pub activity: Activity,
    /// How it asks other servers.
    pub fetch: Fetch,
    /// How it sends events to the app's servers.
    pub webhook_fetch: Fetch,
    /// What is known of the providers that people have accounts with.
    pub providers: Directory,
    /// Which passwords leaked.
    pub leaks: Leaks,
    /// Where pictures are drawn.
    pub studio: Studio,
    /// Woken whenever a letter was written.
    pub letters: Notify,
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Opens the store and everything else that `config` names.
    ///
    /// # Errors
    /// Where the database cannot be reached, or was sealed with another secret.
    pub async fn open(config: Config, clock: Clock, chance: Chance) -> Result<Self> {
        let store = Store::open(&config.options.database)
            .await?
            .at(&config.public_url);
        let seal = Seal::new(&config.secret)?;
        let (version, settings) = settings::load(&store, &seal, &config).await?;
        let shop = Workshop {
            store: &store,
            seal: &seal,
            chance: &chance,
            plan: settings.tokens.plan(),
            now: clock.now(),
        };
        let keys = Keys::open(shop).await.context("the signing keys")?;
        let password = &config.settings.password;
        let hasher = Hasher::new(password.memory_kib, password.passes, &chance)?;
        let throttle = Throttle::new(config.settings.limits.writes_per_minute);
        let key_throttle = Throttle::new(config.settings.limits.admin_requests_per_minute);
        let reach = if config.options.development {
            Reach::Anywhere
        } else {
            Reach::Public
        };
        let fetch = Fetch::new(reach)?;
        let webhook_fetch = if config.options.private_webhooks {
            Fetch::new(Reach::Anywhere)?
        } else {
            fetch.clone()
        };
        let leaks = Leaks::open(&config.settings.password, &fetch)?;
        Ok(Self(Arc::new(Inner {
            fetch,
            webhook_fetch,
            providers: Directory::default(),
            leaks,
            studio: Studio::default(),
            settings: RwLock::new((version, Arc::new(settings))),
            config,
            store,
            seal,
            hasher,
            keys,
            clock,
            chance,
            throttle,
            key_throttle,
            refusals: Throttle::new(REFUSALS_PER_MINUTE),
            activity: Activity::default(),
            letters: Notify::new(),
        })))
    }

    /// The settings of screens and flows, as they are now; what a request began with, it keeps.
    pub fn settings(&self) -> Arc<Settings> {
        let place = self.settings.read();
        Arc::clone(&place.unwrap_or_else(PoisonError::into_inner).1)
    }

    /// The version of what was changed of them.
    pub fn settings_version(&self) -> i64 {
        let place = self.settings.read();
        place.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Takes other settings from now on, unless those it has are newer.
    pub fn take_settings(&self, version: i64, settings: Settings) {
        let mut place = self
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if version > place.0 {
            *place = (version, Arc::new(settings));
        }
    }

    /// What signing keys are made and kept with.
    pub fn workshop(&self) -> Workshop<'_> {
        Workshop {
            store: &self.store,
            seal: &self.seal,
            chance: &self.chance,
            plan: self.settings().tokens.plan(),
            now: self.now(),
        }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
