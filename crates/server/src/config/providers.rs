//! `frontdesk.toml`: whom people have accounts with.

use anyhow::{Result, ensure};
use frontdesk_protocol::{Provider, Secret};
use serde::{Deserialize, Serialize};

use super::methods::hidden;

/// `[[providers]]`: somebody people have accounts with.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// A preset such as `github`, or any name for a provider with an `issuer`.
    pub id: String,
    /// What people know it by; the preset's by default.
    #[serde(default)]
    pub name: Option<String>,
    /// Where its mark is, a path of ours or an address; presets have one where the components are served.
    #[serde(default)]
    pub logo_url: Option<String>,
    /// What we are called there.
    pub client_id: String,
    /// What we prove it with; left out for clients that have none.
    #[serde(default, serialize_with = "hidden")]
    pub client_secret: Option<Secret<String>>,
    /// The OpenID provider's address, e.g. `https://id.example.com`; presets have their own.
    #[serde(default)]
    pub issuer: Option<String>,
    /// Where people are asked, of a provider without OpenID; presets have their own.
    #[serde(default)]
    pub authorization_url: Option<String>,
    /// Where codes are exchanged for tokens, of a provider without OpenID.
    #[serde(default)]
    pub token_url: Option<String>,
    /// Where a provider without OpenID tells whose a token is.
    #[serde(default)]
    pub user_url: Option<String>,
    /// What is asked of it beside the preset's own.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Whether an address that it calls verified is believed: it needs no other proof at a sign-up, and an account here
    /// with the same is linked.
    #[serde(default)]
    pub trusted_email: bool,
    /// Whether it signs in; otherwise it is only connected.
    #[serde(default = "yes")]
    pub sign_in: bool,
}

impl ProviderSettings {
    /// What people know it by: what the settings say, or else the preset's own name.
    pub fn title(&self) -> String {
        let known = match self.id.as_str() {
            "github" => "GitHub",
            "gitlab" => "GitLab",
            "linkedin_oidc" => "LinkedIn",
            id => id,
        };
        let mut letters = known.chars();
        let known: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect();
        self.name.clone().unwrap_or(known)
    }

    /// The provider as the protocol names it.
    ///
    /// # Errors
    /// Where the name is none.
    pub fn provider(&self) -> Result<Provider> {
        Provider::parse(&self.id).ok_or_else(|| {
            anyhow::anyhow!(
                "providers: `{}` is no name of lowercase letters, digits and _",
                self.id
            )
        })
    }

    /// Refuses what makes no sense.
    ///
    /// # Errors
    /// Where a value is wrong.
    pub fn check(&self) -> Result<()> {
        self.provider()?;
        ensure!(
            !self.client_id.is_empty(),
            "providers: {} has no client_id",
            self.id
        );
        let starts = ["/", "https://", "http://"];
        let logo = self.logo_url.as_deref().unwrap_or("/");
        ensure!(
            starts.iter().any(|start| logo.starts_with(start)),
            "providers: the logo_url of {} is neither a path nor an address",
            self.id
        );
        let own = [&self.authorization_url, &self.token_url, &self.user_url];
        let is_plain = own.iter().all(|url| url.is_some());
        ensure!(
            is_plain || self.issuer.is_some() || crate::oauth::is_preset(&self.id),
            "providers: {} is no preset, and has no issuer",
            self.id
        );
        Ok(())
    }
}

const fn yes() -> bool {
    true
}
