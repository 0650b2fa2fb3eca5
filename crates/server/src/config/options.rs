//! What is given on the command line or in the environment.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::path::PathBuf;

use frontdesk_protocol::Secret;
use ipnet::IpNet;

const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4000);
const PUBLIC_URL: &str = "http://localhost:4000";

/// What every command needs.
#[derive(Clone, Debug, clap::Args)]
pub struct Base {
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
}

/// `frontdesk serve`: runs the server.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// What every command needs.
    #[command(flatten)]
    pub base: Base,
    /// Where to listen.
    #[arg(long, env = "FRONTDESK_LISTEN", default_value_t = LISTEN)]
    pub listen: SocketAddr,
    /// The one address people reach this server by, e.g. `https://auth.example.com`.
    #[arg(
        long,
        env = "FRONTDESK_PUBLIC_URL",
        default_value = PUBLIC_URL
    )]
    pub public_url: String,
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
    /// The folder of the npm package, served at `/elements/`; without it the hosted pages are empty.
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

impl Deref for Options {
    type Target = Base;

    fn deref(&self) -> &Base {
        &self.base
    }
}

impl From<Base> for Options {
    /// Those of a command that works on the database, and that nobody reaches.
    fn from(base: Base) -> Self {
        Self {
            base,
            listen: LISTEN,
            public_url: PUBLIC_URL.to_owned(),
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            smtp_url: None,
            mail_from: None,
            elements_dir: None,
            demo_dir: None,
            dev_secret_key: None,
            private_webhooks: false,
            seed: false,
        }
    }
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
