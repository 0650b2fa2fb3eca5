//! How a server is set up: flags win over `FRONTDESK_*` variables, those over `frontdesk.toml`.

mod check;
mod methods;
mod organizations;
mod passkeys;
pub mod password;
mod settings;
mod step_up;
mod tokens;
mod users;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use frontdesk_protocol::Secret;
use ipnet::IpNet;

pub use methods::{CustomFieldSettings, CustomKind, ProviderSettings, Texts};
pub use passkeys::is_of;
pub use settings::{Asked, Preferred, Settings};
pub use tokens::{Algorithm, Plan, Template, Tokens};

/// The secret of a server in development; production refuses to start with it.
const DEVELOPMENT_SECRET: &str = "development only: anybody can read this secret";

/// `frontdesk serve`: runs the server.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Where to listen.
    #[arg(long, env = "FRONTDESK_LISTEN", default_value = "127.0.0.1:4000")]
    pub listen: SocketAddr,
    /// The one address people reach this server by, e.g. `https://auth.example.com`.
    #[arg(
        long,
        env = "FRONTDESK_PUBLIC_URL",
        default_value = "http://localhost:4000"
    )]
    pub public_url: String,
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "FRONTDESK_DATABASE",
        default_value = "sqlite:frontdesk.sqlite",
        hide_env_values = true
    )]
    pub database: String,
    /// Allows http, test addresses, and a mailbox that anybody can read.
    #[arg(long, env = "FRONTDESK_DEVELOPMENT")]
    pub development: bool,
    /// At least 32 random characters: seals keys and letters in the database.
    #[arg(long, env = "FRONTDESK_SECRET", hide_env_values = true, value_parser = secret)]
    pub secret: Option<Secret<String>>,
    /// The settings of screens and flows; `frontdesk.toml` where there is one.
    #[arg(long, env = "FRONTDESK_CONFIG")]
    pub config: Option<PathBuf>,
    /// Origins of other pages that may call, e.g. `https://app.example.com`.
    #[arg(
        long = "allowed-origin",
        env = "FRONTDESK_ALLOWED_ORIGINS",
        value_delimiter = ','
    )]
    pub allowed_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed: addresses or networks.
    #[arg(long = "trusted-proxy", env = "FRONTDESK_TRUSTED_PROXIES", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Where mail goes, e.g. `smtps://user:password@mail.example.com`.
    #[arg(long, env = "FRONTDESK_SMTP_URL", hide_env_values = true, value_parser = secret)]
    pub smtp_url: Option<Secret<String>>,
    /// Whom mail comes from, e.g. `Example <auth@example.com>`.
    #[arg(long, env = "FRONTDESK_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// The folder of the npm package, served at `/elements/`.
    #[arg(long, env = "FRONTDESK_ELEMENTS_DIR")]
    pub elements_dir: Option<PathBuf>,
    /// A folder served at `/`.
    #[arg(long, env = "FRONTDESK_DEMO_DIR")]
    pub demo_dir: Option<PathBuf>,
    /// A key of the Admin API that is allowed everything, for tests and demonstrations in development.
    #[arg(long = "secret-key", env = "FRONTDESK_DEV_SECRET_KEY", hide_env_values = true, value_parser = secret)]
    pub dev_secret_key: Option<Secret<String>>,
    /// Lets webhooks reach http and addresses that are not of the public internet: servers in the same network.
    #[arg(long, env = "FRONTDESK_PRIVATE_WEBHOOKS")]
    pub private_webhooks: bool,
    /// Adds ada@example.com, who can sign in, to a database in development.
    #[arg(long)]
    pub seed: bool,
}

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

#[expect(clippy::unnecessary_wraps, reason = "the shape that clap asks for")]
fn secret(text: &str) -> Result<Secret<String>, std::convert::Infallible> {
    Ok(Secret::from(text))
}

fn network(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| "is neither an address nor a network".to_owned())
}
