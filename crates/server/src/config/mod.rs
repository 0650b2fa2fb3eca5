//! How a server is set up: by flags, which win over `FRONTDESK_*` variables, and by `frontdesk.toml`.

mod check;
mod methods;
mod options;
mod organizations;
mod passkeys;
pub mod password;
mod providers;
mod settings;
mod step_up;
mod tokens;
mod users;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use frontdesk_protocol::Secret;

pub use methods::{CustomFieldSettings, CustomKind, Texts};
pub use options::{Base, Options};
pub use passkeys::is_of;
pub use providers::ProviderSettings;
pub use settings::{Asked, Preferred, Settings};
pub use tokens::{Algorithm, Plan, Template, Tokens};

/// The secret of a server in development; production refuses to start with it.
const DEVELOPMENT_SECRET: &str = "development only: anybody can read this secret";

/// A server's setup, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Everything given on the command line or in the environment.
    pub options: Options,
    /// The settings of screens and flows.
    pub settings: Settings,
    /// The public URL without a slash at its end.
    pub public_url: String,
    /// Seals what is secret in the database.
    pub secret: Secret<String>,
    /// Whether it is a server's, which people reach.
    is_server: bool,
}

impl Config {
    /// Checks `options`, reads the file they name and refuses what a server must not run with.
    ///
    /// # Errors
    /// In one line, what is wrong.
    pub fn new(options: Options) -> Result<Self> {
        let config = Self::unchecked(options, true)?;
        let (options, public_url) = (&config.options, &config.public_url);
        ensure!(
            is_origin(public_url),
            "--public-url must be an origin, such as https://auth.example.com"
        );
        for origin in &options.allowed_origins {
            ensure!(
                is_origin(origin),
                "--allowed-origin `{origin}` is no origin, such as https://app.example.com"
            );
        }
        if let Some(folder) = &options.elements_dir {
            ensure!(
                folder.join("define.js").is_file(),
                "--elements-dir {}: there is no define.js; `cargo xtask npm` makes the folder as dist/elements",
                folder.display()
            );
        }
        if !options.development {
            check_for_production(options, public_url)?;
        }
        config.check(&config.settings)?;
        Ok(config)
    }

    /// The setup of a command that works on the database alone: it is not reached, and sends no mail.
    ///
    /// # Errors
    /// In one line, what is wrong.
    pub fn without_server(base: Base) -> Result<Self> {
        let config = Self::unchecked(Options::from(base), false)?;
        config.check(&config.settings)?;
        Ok(config)
    }

    fn unchecked(options: Options, is_server: bool) -> Result<Self> {
        Ok(Self {
            settings: read(&options)?,
            public_url: options.public_url.trim_end_matches('/').to_owned(),
            secret: secret(&options)?,
            is_server,
            options,
        })
    }

    /// Refuses settings that this setup must not run with, from wherever they are.
    ///
    /// # Errors
    /// In one line, what is wrong.
    pub fn check(&self, settings: &Settings) -> Result<()> {
        settings.check()?;
        if self.is_server {
            settings.passkeys.check(&self.public_url, self.host())?;
        }
        if !self.options.development {
            settings.check_for_production()?;
        }
        Ok(())
    }

    /// Whether people reach this server by https.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The host of the public URL, without its port.
    pub fn host(&self) -> &str {
        host(&self.public_url)
    }

    /// An address of `[urls]` as it is told: a path is one of the public URL.
    pub fn absolute(&self, url: &str) -> String {
        if url.starts_with('/') {
            format!("{}{url}", self.public_url)
        } else {
            url.to_owned()
        }
    }
}

fn host(origin: &str) -> &str {
    let rest = origin.split("://").nth(1).unwrap_or_default();
    rest.rsplit_once(':').map_or(rest, |(host, _)| host)
}

/// What seals the database; a secret that everybody knows or could guess only in development.
fn secret(options: &Options) -> Result<Secret<String>> {
    let given = options.secret.clone();
    if options.development {
        return Ok(given.unwrap_or_else(|| Secret::from(DEVELOPMENT_SECRET)));
    }
    given
        .filter(|it| it.expose().chars().count() >= 32 && it.expose() != DEVELOPMENT_SECRET)
        .context("FRONTDESK_SECRET is missing or short: production needs 32 random characters at the least")
}

fn check_for_production(options: &Options, public_url: &str) -> Result<()> {
    ensure!(
        public_url.starts_with("https://"),
        "--public-url is {public_url}: production needs https, or pass --development"
    );
    ensure!(
        !options.seed,
        "--seed adds a user whose password everybody knows: it needs --development"
    );
    ensure!(
        options.dev_secret_key.is_none(),
        "FRONTDESK_DEV_SECRET_KEY is a key that is written down: it needs --development"
    );
    for origin in &options.allowed_origins {
        ensure!(
            origin.starts_with("https://"),
            "--allowed-origin {origin}: production needs https"
        );
    }
    ensure!(
        options.smtp_url.is_some(),
        "FRONTDESK_SMTP_URL is missing: production must be able to send mail"
    );
    ensure!(
        options.mail_from.is_some(),
        "FRONTDESK_MAIL_FROM is missing: mail must come from somebody"
    );
    Ok(())
}

fn read(options: &Options) -> Result<Settings> {
    let path = match &options.config {
        Some(path) => path.clone(),
        None => PathBuf::from("frontdesk.toml"),
    };
    if options.config.is_none() && !path.exists() {
        return Ok(Settings::default());
    }
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    // The whole message of the parser has several lines; the first names the place, the last the reason.
    toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        anyhow::anyhow!("{}, line {line}: {}", path.display(), error.message())
    })
}

/// Whether `text` is a scheme, a host and perhaps a port, and nothing else.
fn is_origin(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && rest.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte)
            })
    })
}
