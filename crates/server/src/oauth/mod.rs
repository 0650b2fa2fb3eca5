//! Accounts with providers: OAuth 2 (RFC 6749, RFC 9700) and OpenID Connect, from the question to who somebody is.
//!
//! A question is bound to one browser, one provider and one attempt, and is answered once. What
//! identifies somebody is the provider, its issuer and its subject; an address never does.

mod begin;
mod directory;
mod id_token;
mod presets;
mod profile;
mod prove;
mod tokens;

use frontdesk_protocol::{ErrorCode, ExternalAccount, Provider, Strategy, Timestamp};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::Error;
use crate::store::{ExternalKey, Kept, NewExternalAccount};

pub use begin::{Pending, Urls, What, ask, take};
pub use directory::Directory;
pub use prove::{Callback, prove};
pub use tokens::{AccessToken, Tokens, access_token};

/// What an account is sealed for while nobody has it.
const HELD: &str = "oauth-held";
/// How long somebody may take to go on with an account that nobody has.
const HELD_S: i64 = 1800;

/// An account that somebody has proven to be theirs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    /// The provider's name.
    pub provider: String,
    /// Who issued it.
    pub issuer: String,
    /// What the user is called there.
    pub subject: String,
    /// What is seen of it.
    pub shown: ExternalAccount,
    /// The provider's tokens, sealed.
    pub sealed: String,
    /// The address there, canonical.
    pub email: Option<String>,
    /// Whether the provider says that the address is theirs.
    pub is_verified: bool,
    /// When it was proven.
    pub at: Timestamp,
}

impl Held {
    /// What identifies it.
    pub fn key(&self) -> ExternalKey {
        ExternalKey {
            provider: self.provider.clone(),
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
        }
    }

    /// It, about to be somebody's.
    pub fn account(&self) -> NewExternalAccount {
        NewExternalAccount {
            id: self.shown.id.clone(),
            key: self.key(),
            shown: self.shown.clone(),
            sealed: self.sealed.clone(),
        }
    }

    /// The address, where the provider says that it is theirs.
    pub fn verified_email(&self) -> Option<&str> {
        self.email.as_deref().filter(|_| self.is_verified)
    }

    /// Whether the settings let the provider vouch for addresses.
    pub fn is_trusted(&self, app: &App) -> bool {
        let settings = app.settings();
        let mut all = settings.providers.iter();
        all.any(|it| it.id == self.provider && it.trusted_email)
    }

    /// How it was proven.
    ///
    /// # Errors
    /// Where the provider's name is none.
    pub fn strategy(&self) -> Result<Strategy, Error> {
        let provider = Provider::parse(&self.provider).ok_or(ErrorCode::StrategyInvalid)?;
        Ok(Strategy::OAuth(provider))
    }

    /// Seals it, to be kept beside an attempt.
    ///
    /// # Errors
    /// Where there are no random bytes.
    pub fn seal(&self, app: &App) -> anyhow::Result<String> {
        let plain = serde_json::to_vec(self)?;
        app.seal.seal(HELD, &plain, &app.chance)
    }

    /// Reads what [`Self::seal`] wrote.
    ///
    /// # Errors
    /// Where it was sealed with another secret.
    pub fn open(app: &App, sealed: &str) -> anyhow::Result<Self> {
        Ok(serde_json::from_slice(&app.seal.open(HELD, sealed)?)?)
    }

    /// Whether it was proven so long ago that somebody else may sit there by now.
    pub const fn is_stale(&self, now: Timestamp) -> bool {
        now.0 > self.at.plus_s(HELD_S).0
    }
}

/// The account that a sign-up connects, about to be its user's.
///
/// # Errors
/// Where it was sealed with another secret.
pub fn kept_account(app: &App, kept: &Kept) -> anyhow::Result<Option<NewExternalAccount>> {
    // One that somebody has already waits for a sign-in, and is no part of a sign-up.
    let is_free = kept.existing.is_none();
    let sealed = kept.external.as_deref().filter(|_| is_free);
    let held = sealed.map(|sealed| Held::open(app, sealed)).transpose()?;
    Ok(held.map(|held| held.account()))
}

/// Whether a provider of this name needs no addresses in the settings.
pub fn is_preset(id: &str) -> bool {
    presets::preset(id).is_some()
}

/// The provider that a strategy names, if it names one.
pub fn named(strategy: Option<&str>) -> Option<Provider> {
    Provider::of_strategy(strategy?)
}
