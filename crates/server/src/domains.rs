//! Domains that an organization may have, and the records in their zones.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::LazyLock;
use std::time::Duration;

use anyhow::{Context as _, Result};
use frontdesk_protocol::{Email, ErrorCode};
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;

use crate::restrictions::is_throwaway;

/// How long a zone's answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// Where machines say which name servers they ask.
const SYSTEM: &str = "/etc/resolv.conf";

/// A domain that an organization may have, canonical.
///
/// # Errors
/// `FormParamNil`, `FormParamFormatInvalid`; `OrganizationDomainCommon` where everybody can have an address there.
pub fn name(typed: &str) -> Result<String, ErrorCode> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(ErrorCode::FormParamNil);
    }
    // What a domain may be is what an address may have behind its @.
    let address = Email::parse(&["a@", typed].concat());
    let address = address.map_err(|_| ErrorCode::FormParamFormatInvalid)?;
    let (_, name) = address.as_str().split_once('@').unwrap_or_default();
    if is_common(name) {
        Err(ErrorCode::OrganizationDomainCommon)
    } else {
        Ok(name.to_owned())
    }
}

/// Whether anybody can have an address at a domain.
fn is_common(name: &str) -> bool {
    static DOMAINS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let lines = include_str!("../assets/public_mail.txt").lines();
        lines.filter(|line| !line.starts_with('#')).collect()
    });
    DOMAINS.contains(name) || is_throwaway(name)
}

/// The TXT records of a name, asked of `server` or of those that the machine asks; none where there are none.
///
/// # Errors
/// Where there is no answer.
pub async fn records(name: &str, server: Option<SocketAddr>) -> Result<Vec<String>> {
    let servers = match server {
        Some(server) => vec![asked_at(server.ip(), server.port())],
        None => of_machine()?,
    };
    let config = ResolverConfig::from_parts(None, Vec::new(), servers);
    let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    let options = builder.options_mut();
    (options.timeout, options.attempts) = (PATIENCE, 1);
    // Every look is a new one: whoever has just written the record waits for it.
    options.cache_size = 0;
    let resolver = builder.build().context("cannot set up the resolver")?;
    // The dot keeps the machine's own search list out.
    let answer = match resolver.txt_lookup([name, "."].concat()).await {
        Ok(answer) => answer,
        Err(error) if error.is_no_records_found() || error.is_nx_domain() => return Ok(Vec::new()),
        Err(error) => return Err(error).context("the zone does not answer"),
    };
    let texts = answer.answers().iter().filter_map(|record| {
        let RData::TXT(text) = &record.data else {
            return None;
        };
        Some(String::from_utf8_lossy(&text.txt_data.concat()).into_owned())
    });
    Ok(texts.collect())
}

fn of_machine() -> Result<Vec<NameServerConfig>> {
    let text = std::fs::read_to_string(SYSTEM).with_context(|| format!("cannot read {SYSTEM}"))?;
    let servers = text.lines().filter_map(|line| {
        let address: IpAddr = line
            .trim()
            .strip_prefix("nameserver")?
            .trim()
            .parse()
            .ok()?;
        Some(asked_at(address, 53))
    });
    Ok(servers.collect())
}

fn asked_at(address: IpAddr, port: u16) -> NameServerConfig {
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
        connection.port = port;
        connection
    });
    NameServerConfig::new(address, true, connections.to_vec())
}
