//! `frontdesk.toml`: passkeys, and the domain that they are for.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

/// `[passkeys]`: whether people sign in with passkeys.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Passkeys {
    /// Whether they do.
    pub enabled: bool,
    /// Whether the field for who one is offers them.
    pub autofill: bool,
    /// Whether there is a button.
    pub button: bool,
    /// The most that one user may have.
    pub max: u32,
    /// The domain that they are for, e.g. `example.com`; the public URL's host by default.
    ///
    /// Passkeys of one domain are worth nothing on another, so it is not to be changed.
    pub rp_id: Option<String>,
    /// Origins of that domain, beside the public URL and the allowed ones, whose pages may ask for them.
    pub origins: Vec<String>,
}

impl Default for Passkeys {
    fn default() -> Self {
        Self {
            enabled: false,
            autofill: true,
            button: true,
            max: 10,
            rp_id: None,
            origins: Vec::new(),
        }
    }
}

impl Passkeys {
    /// The domain that they are for, where the public URL's host is `host`.
    pub fn domain<'a>(&'a self, host: &'a str) -> &'a str {
        self.rp_id.as_deref().unwrap_or(host)
    }

    /// Refuses what no browser makes a passkey for.
    ///
    /// # Errors
    /// Where a value is wrong.
    pub fn check(&self, public_url: &str, host: &str) -> Result<()> {
        let domain = self.domain(host);
        ensure!(
            !self.enabled || is_of(domain, public_url),
            "`passkeys.rp_id`: {domain} must be the host of {public_url}, a domain, or one that it belongs to"
        );
        for origin in &self.origins {
            ensure!(
                is_of(domain, origin),
                "`passkeys.origins`: {origin} is no origin of {domain}"
            );
        }
        Ok(())
    }
}

/// Whether `origin` is one of `domain`; addresses are no domains, and neither is what whole countries share.
pub fn is_of(domain: &str, origin: &str) -> bool {
    let rest = origin.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host);
    let is_whole = host == domain;
    let is_part = host
        .strip_suffix(domain)
        .is_some_and(|rest| rest.ends_with('.'));
    let is_name = domain.bytes().any(|byte| byte.is_ascii_alphabetic()) && !domain.contains(':');
    is_name && (is_whole || is_part && domain.contains('.'))
}
