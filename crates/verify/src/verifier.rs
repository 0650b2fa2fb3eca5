//! A check with a key set that keeps itself fresh.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use frontdesk_protocol::Timestamp;
use tokio::sync::Mutex;

use crate::{Claims, Jwks, Refusal, Rules, check};

/// Seconds after which the set is fetched again: a key withdrawn in an emergency is trusted no longer.
const FRESH_S: i64 = 60;
/// Seconds between two fetches, so that made-up key ids cannot make us flood the server.
const PAUSE_S: i64 = 10;

type Cause = Box<dyn Error + Send + Sync>;
type Fetched = Pin<Box<dyn Future<Output = Result<String, Cause>> + Send>>;

/// Checks tokens against a key set that it fetches, caches and renews.
///
/// The set is fetched at the first token, again after a minute, and where a token names a key
/// that is not in it; never twice within ten seconds. Where a fetch fails, the keys known stay in use.
/// Clones share one cache.
#[derive(Clone)]
pub struct Verifier(Arc<Shared>);

struct Shared {
    rules: Rules,
    fetch: Box<dyn Fn() -> Fetched + Send + Sync>,
    keys: RwLock<Arc<Jwks>>,
    /// Its lock lets one fetch run at a time.
    renewal: Mutex<Renewal>,
}

#[derive(Default)]
struct Renewal {
    /// When a fetch last ended, well or badly.
    tried: Option<Timestamp>,
    fresh_until: Timestamp,
}

/// The key set cannot be fetched, and no key is known.
#[derive(Debug)]
pub struct Unavailable(Cause);

impl fmt::Display for Unavailable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the key set cannot be fetched: {}", self.0)
    }
}

impl Error for Unavailable {}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Verifier")
            .field("rules", &self.0.rules)
            .finish_non_exhaustive()
    }
}

impl Verifier {
    /// Makes a verifier; `fetch` answers with the text of `/.well-known/jwks.json`.
    pub fn new<F, R, E>(rules: Rules, fetch: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<Cause>,
    {
        let fetch = move || -> Fetched {
            let answer = fetch();
            Box::pin(async move { answer.await.map_err(Into::into) })
        };
        Self(Arc::new(Shared {
            rules,
            fetch: Box::new(fetch),
            keys: RwLock::default(),
            renewal: Mutex::default(),
        }))
    }

    /// The claims of `token` if it is good at `now`.
    ///
    /// # Errors
    /// `Unavailable` where there is no key set to check it with; inside, every [`Refusal`].
    pub async fn verify(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Result<Claims, Refusal>, Unavailable> {
        self.renew(false, now).await?;
        let answer = check(token, &self.keys(), &self.0.rules, now);
        if answer != Err(Refusal::UnknownKey) {
            return Ok(answer);
        }
        self.renew(true, now).await?;
        Ok(check(token, &self.keys(), &self.0.rules, now))
    }

    fn keys(&self) -> Arc<Jwks> {
        let keys = self.0.keys.read();
        Arc::clone(&keys.unwrap_or_else(PoisonError::into_inner))
    }

    /// Fetches the set where it is old or a key is `missing`, unless it was tried moments ago.
    async fn renew(&self, missing: bool, now: Timestamp) -> Result<(), Unavailable> {
        let is_empty = self.keys().is_empty();
        let mut renewal = if is_empty || missing {
            self.0.renewal.lock().await
        } else if let Ok(renewal) = self.0.renewal.try_lock() {
            renewal
        } else {
            // Somebody is at it; the keys we have serve until then.
            return Ok(());
        };
        // Whoever held the lock may have fetched it for us.
        let is_empty = self.keys().is_empty();
        if !is_empty && !missing && now < renewal.fresh_until {
            return Ok(());
        }
        if renewal.tried.is_some_and(|then| now < then.plus_s(PAUSE_S)) {
            return if is_empty {
                Err(Unavailable("it failed moments ago".into()))
            } else {
                Ok(())
            };
        }
        let answer = (self.0.fetch)().await;
        renewal.tried = Some(now);
        let keys = answer.and_then(|json| {
            Jwks::parse(&json)
                .filter(|keys| !keys.is_empty())
                .ok_or_else(|| "it has no key we can use".into())
        });
        match keys {
            Ok(keys) => {
                renewal.fresh_until = now.plus_s(FRESH_S);
                let held = self.0.keys.write();
                *held.unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
                Ok(())
            }
            Err(cause) if is_empty => Err(Unavailable(cause)),
            Err(_) => Ok(()),
        }
    }
}
