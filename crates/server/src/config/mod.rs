//! How a server is set up: flags win over `FRONTDESK_*` variables, those over `frontdesk.toml`.

mod check;
mod methods;
mod options;
mod organizations;
mod passkeys;
pub mod password;
mod settings;
mod step_up;
mod tokens;
mod users;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use frontdesk_protocol::Secret;

pub use methods::{CustomFieldSettings, CustomKind, ProviderSettings, Texts};
pub use options::Options;
pub use passkeys::is_of;
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
}

impl Config {
    /// Checks `options`, reads the file they name and refuses what a server must not run with.
    ///
    /// # Errors
    /// In one line, what is wrong.
    pub fn new(options: Options) -> Result<Self> {
        let settings = read(&options)?;
        settings.check()?;
        let public_url = options.public_url.trim_end_matches('/').to_owned();
        ensure!(
            is_origin(&public_url),
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
        let host = host(&public_url);
        settings.passkeys.check(&public_url, host)?;
        if !options.development {
            check_for_production(&options, &public_url)?;
            settings.check_for_production()?;
        }
        let secret = match &options.secret {
            Some(secret) => secret.clone(),
            None if options.development => Secret::from(DEVELOPMENT_SECRET),
            None => bail!(
                "FRONTDESK_SECRET is missing: production needs 32 random characters at the least"
            ),
        };
        Ok(Self {
            options,
            settings,
            public_url,
            secret,
        })
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
    let secret = options.secret.as_ref().map_or("", |secret| secret.expose());
    ensure!(
        secret.chars().count() >= 32 && secret != DEVELOPMENT_SECRET,
        "FRONTDESK_SECRET is missing or short: production needs 32 random characters at the least"
    );
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
