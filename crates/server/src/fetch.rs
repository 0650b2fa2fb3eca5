//! Requests that the server itself makes, to addresses that a setting or a person named.
//!
//! In production it speaks only https, and only to the public internet: every address that a name
//! leads to is vetted before it is called, so that nobody reaches through us into our own network.
//! A redirect is an answer and is never followed; an answer is bounded in time and in size.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::http::{Request, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs};

/// How long a request may take, from the name's look-up to the last byte of the answer.
pub const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest body of an answer, in bytes.
pub const MAX_BODY: usize = 1024 * 1024;

/// Where requests may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To public addresses, by https: what production has.
    Public,
    /// Anywhere, by http too: for development and tests.
    Anywhere,
}

/// Makes requests; a copy shares the connections.
#[derive(Clone, Debug)]
pub struct Fetch {
    client: reqwest::Client,
    reach: Reach,
}

/// Why there is no answer. None of them shows the address, which may hold a secret.
#[derive(Debug)]
pub enum FetchError {
    /// The request leads where ours may not go, or makes no sense.
    Refused(&'static str),
    /// It took too long.
    TimedOut,
    /// The answer is larger than [`MAX_BODY`].
    TooLarge,
    /// The network, or the other side, broke.
    Failed(anyhow::Error),
}

impl std::fmt::Display for FetchError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(why) => formatter.write_str(why),
            Self::TimedOut => formatter.write_str("the answer took too long"),
            Self::TooLarge => formatter.write_str("the answer is too large"),
            Self::Failed(error) => write!(formatter, "{error:#}"),
        }
    }
}

impl std::error::Error for FetchError {}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::TimedOut;
        }
        let error = anyhow::Error::from(error.without_url());
        if error.chain().any(<dyn std::error::Error>::is::<NotPublic>) {
            return Self::Refused(NOT_PUBLIC);
        }
        Self::Failed(error)
    }
}

impl Fetch {
    /// Gets ready to make requests.
    ///
    /// # Errors
    /// Where TLS cannot be set up.
    pub fn new(reach: Reach) -> Result<Self> {
        // The roots are those that mail trusts: an image needs no certificates of its own.
        let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let tls = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .context("cannot set up TLS")?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Vetted(reach))
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .user_agent("Frontdesk")
            .build()
            .context("cannot set up requests")?;
        Ok(Self { client, reach })
    }

    /// The answer to `request`, whatever its status, within [`TIMEOUT`].
    ///
    /// # Errors
    /// Where there is no whole answer.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        self.send_within(TIMEOUT, request).await
    }

    /// The answer to `request`, whatever its status, within `time`.
    ///
    /// # Errors
    /// Where there is no whole answer.
    pub async fn send_within(
        &self,
        time: Duration,
        request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, FetchError> {
        let request = reqwest::Request::try_from(request)?;
        self.vet(request.url())?;
        tokio::time::timeout(time, self.answer(request))
            .await
            .unwrap_or(Err(FetchError::TimedOut))
    }

    /// The answer to `request`, whatever its status, within [`TIMEOUT`], and of its body the first `most` bytes alone.
    ///
    /// # Errors
    /// Where there is no answer.
    pub async fn glimpse(
        &self,
        request: Request<Vec<u8>>,
        most: usize,
    ) -> Result<Response<Vec<u8>>, FetchError> {
        let request = reqwest::Request::try_from(request)?;
        self.vet(request.url())?;
        let glimpse = async {
            let mut answer = self.client.execute(request).await?;
            let mut body = Vec::new();
            while body.len() < most
                && let Some(chunk) = answer.chunk().await?
            {
                body.extend_from_slice(&chunk);
            }
            body.truncate(most);
            Ok(like(&mut answer, body))
        };
        tokio::time::timeout(TIMEOUT, glimpse)
            .await
            .unwrap_or(Err(FetchError::TimedOut))
    }

    /// Whether a request to `url` would be refused before it is made, as far as that can be known.
    pub fn refuses(&self, url: &str) -> bool {
        let parsed = url.parse::<reqwest::Url>();
        parsed.map_or(true, |url| {
            let is_web = matches!(url.scheme(), "https" | "http") && url.has_host();
            let has_more = !url.username().is_empty() || url.password().is_some();
            !is_web || has_more || url.fragment().is_some() || self.vet(&url).is_err()
        })
    }

    async fn answer(&self, request: reqwest::Request) -> Result<Response<Vec<u8>>, FetchError> {
        let mut answer = self.client.execute(request).await?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(like(&mut answer, body))
    }

    /// Refuses what the resolver never sees: the scheme, and an address written as such.
    fn vet(&self, url: &reqwest::Url) -> Result<(), FetchError> {
        if self.reach == Reach::Anywhere {
            return Ok(());
        }
        if url.scheme() != "https" {
            return Err(FetchError::Refused("requests go out by https alone"));
        }
        let host = url.host_str().unwrap_or_default();
        match host.trim_matches(['[', ']']).parse() {
            Ok(address) if !is_public(address) => Err(FetchError::Refused(NOT_PUBLIC)),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

fn like(answer: &mut reqwest::Response, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = answer.status();
    std::mem::swap(response.headers_mut(), answer.headers_mut());
    response
}

const NOT_PUBLIC: &str = "the address is not one of the public internet";

/// A name leads to an address that is not public.
#[derive(Debug)]
struct NotPublic;

impl std::fmt::Display for NotPublic {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(NOT_PUBLIC)
    }
}

impl std::error::Error for NotPublic {}

/// The system's resolver, whose answers are vetted; the connection goes to exactly the addresses vetted.
#[derive(Clone, Copy)]
struct Vetted(Reach);

impl Resolve for Vetted {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One that is private is enough: a public one beside it may only be there to get past us.
            if reach == Reach::Public && found.iter().any(|at| !is_public(at.ip())) {
                return Err(NotPublic.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether `address` is globally reachable (RFC 6890 and the IANA registries of special-purpose addresses).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        // "This" network; carriers' NAT; benchmarks; multicast, what is reserved, and broadcast.
        || a == 0
        || (a == 100 && b & 0b1100_0000 == 64)
        || (a == 198 && b & 0b1111_1110 == 18)
        || a >= 224
        // Protocol assignments and the old 6to4 relays.
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99);
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    // The addresses of IPv4 that others hold: NAT64 (RFC 6052) and 6to4 (RFC 3056).
    let inner = |high: u16, low: u16| {
        is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
    };
    match parts {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => inner(high, low),
        // Teredo, benchmarks, ORCHID and documentation lie in global unicast, and are not global.
        [0x2001, second, ..] if second < 0x200 => false,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // All of global unicast is 2000::/3; what else there is, such as ::1, fe80:: and fc00::, is not.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}
