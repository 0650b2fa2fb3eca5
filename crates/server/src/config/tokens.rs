//! `[tokens]`: what signs session tokens and for how long, and the templates of further ones.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::token::{self, LIFETIME_S};

/// How long a key is published after the last token it signed has ended.
const AFTERGLOW_S: i64 = 3600;
/// Ten times as long as anybody may keep a key set: a key that signs sooner is not known everywhere.
const SHORTEST_AHEAD_S: i64 = 600;
const SHORTEST_LIFETIME_S: i64 = 30;
const LONGEST_LIFETIME_S: i64 = 30 * 86_400;

/// `[tokens]`: what signs session tokens, and what else they can be made to say.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tokens {
    /// `ES256`, `EdDSA` or `RS256`; another one than before begins a rotation.
    pub algorithm: Algorithm,
    /// How long a key is published before it signs.
    pub publish_ahead_s: i64,
    /// How long a key signs before the next one does.
    pub rotate_after_s: i64,
    /// Tokens that say something else, for other people's services.
    pub templates: Vec<Template>,
}

/// How tokens are signed (RFC 7518 §3.1, RFC 8037 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// ECDSA on P-256: short tokens that nearly everything can verify.
    #[serde(rename = "ES256")]
    Es256,
    /// Ed25519: short tokens.
    #[serde(rename = "EdDSA")]
    EdDsa,
    /// RSA of 2048 bits: long tokens, for what can verify nothing else.
    #[serde(rename = "RS256")]
    Rs256,
}

/// `[[tokens.templates]]`: a kind of token that says what somebody else's service asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What its route ends in.
    pub name: String,
    /// How long its tokens live.
    #[serde(default = "lifetime_s")]
    pub lifetime_s: i64,
    /// What its tokens say beside the registered claims; `{{user.id}}` and its like are replaced.
    #[serde(default)]
    pub claims: Map<String, Value>,
}

/// What keys are made, and how long each is kept.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The kind of the next key.
    pub algorithm: Algorithm,
    /// How long a key is published before it signs.
    pub publish_ahead_s: i64,
    /// How long a key signs.
    pub rotate_after_s: i64,
    /// How long a key is published after it signed for the last time.
    pub keep_s: i64,
}

const fn lifetime_s() -> i64 {
    LIFETIME_S
}

impl Default for Tokens {
    fn default() -> Self {
        Self {
            algorithm: Algorithm::Es256,
            publish_ahead_s: 86_400,
            rotate_after_s: 90 * 86_400,
            templates: Vec::new(),
        }
    }
}

impl Algorithm {
    /// Its name in tokens and key sets.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
            Self::Rs256 => "RS256",
        }
    }

    /// The algorithm of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Es256, Self::EdDsa, Self::Rs256]
            .into_iter()
            .find(|algorithm| algorithm.as_str() == name)
    }
}

impl Tokens {
    /// The template of that name.
    pub fn template(&self, name: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.name == name)
    }

    /// What keys are made, and how long each is kept.
    pub fn plan(&self) -> Plan {
        let lifetimes = self.templates.iter().map(|template| template.lifetime_s);
        Plan {
            algorithm: self.algorithm,
            publish_ahead_s: self.publish_ahead_s,
            rotate_after_s: self.rotate_after_s,
            keep_s: lifetimes.fold(LIFETIME_S, i64::max) + AFTERGLOW_S,
        }
    }

    /// Refuses what makes no sense anywhere.
    ///
    /// # Errors
    /// Where a figure is out of range, or a template cannot be filled in.
    pub fn check(&self) -> Result<()> {
        ensure!(
            self.publish_ahead_s >= SHORTEST_AHEAD_S && self.rotate_after_s > self.publish_ahead_s,
            "tokens: publish_ahead_s must be {SHORTEST_AHEAD_S} at the least, and rotate_after_s more than it"
        );
        let mut names = BTreeSet::new();
        for template in &self.templates {
            let name = &template.name;
            ensure!(
                !name.is_empty()
                    && name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
                "tokens.templates: `{name}` is no name of letters, digits, - and _"
            );
            ensure!(
                names.insert(name),
                "tokens.templates: there are two of the name {name}"
            );
            ensure!(
                (SHORTEST_LIFETIME_S..=LONGEST_LIFETIME_S).contains(&template.lifetime_s),
                "tokens.templates: {name}: lifetime_s must be between {SHORTEST_LIFETIME_S} and {LONGEST_LIFETIME_S}"
            );
            token::check_template(&template.claims)
                .with_context(|| format!("tokens.templates: {name}"))?;
        }
        Ok(())
    }
}
