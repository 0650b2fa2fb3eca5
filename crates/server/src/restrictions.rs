//! Who may have an account: the mode of sign-up, the allow list and the block list.

use std::collections::HashSet;
use std::sync::LazyLock;

use frontdesk_protocol::{Email, ErrorCode, Phone, SignUpMode};

use crate::app::App;
use crate::config::Settings;
use crate::error::Error;
use crate::store::{Identifier, List};

/// Whether anybody may sign up without being asked to.
///
/// # Errors
/// `SignUpModeRestricted`, `SignUpRestrictedWaitlist`.
pub fn is_open(settings: &Settings) -> Result<(), ErrorCode> {
    match settings.sign_up.mode {
        SignUpMode::Public => Ok(()),
        SignUpMode::Restricted => Err(ErrorCode::SignUpModeRestricted),
        SignUpMode::Waitlist => Err(ErrorCode::SignUpRestrictedWaitlist),
    }
}

/// Whether an address or number may sign up.
///
/// # Errors
/// `NotAllowedAccess`, at `field`.
pub async fn check(app: &App, identifier: &Identifier, field: &str) -> Result<(), Error> {
    let settings = app.settings();
    let restrictions = &settings.restrictions;
    let refused = || Error::at(ErrorCode::NotAllowedAccess, field);
    if restrictions.block_subaddresses && is_subaddress(identifier)
        || restrictions.block_disposable && is_disposable(identifier)
    {
        return Err(refused());
    }
    check_block(app, identifier, field).await?;
    let patterns = patterns(identifier);
    if restrictions.allow_list && !app.store.is_listed(List::Allow, &patterns).await? {
        return Err(refused());
    }
    Ok(())
}

/// Whether an address or number of somebody who was invited may sign up: unless it is on the block list.
///
/// # Errors
/// `NotAllowedAccess`, at `field`.
pub async fn check_block(app: &App, identifier: &Identifier, field: &str) -> Result<(), Error> {
    let is_used = app.settings().restrictions.block_list;
    if is_used
        && app
            .store
            .is_listed(List::Block, &patterns(identifier))
            .await?
    {
        return Err(Error::at(ErrorCode::NotAllowedAccess, field));
    }
    Ok(())
}

/// An entry of a list as it is compared: an address, a number, `*@domain` or `*@*.domain`.
///
/// # Errors
/// `FormParamNil`, `FormParamFormatInvalid`.
pub fn pattern(typed: &str) -> Result<String, ErrorCode> {
    let typed = typed.trim();
    if typed.starts_with('+') {
        return Phone::parse(typed).map(String::from);
    }
    let Some(domain) = typed.strip_prefix("*@") else {
        // A star may stand in an address, but whoever writes one means a pattern.
        if typed.contains('*') {
            return Err(ErrorCode::FormParamFormatInvalid);
        }
        return Email::parse(typed).map(String::from);
    };
    let (mark, domain) = match domain.strip_prefix("*.") {
        Some(domain) => ("*@*.", domain),
        None => ("*@", domain),
    };
    // What may stand behind an @ is what an address may have there.
    let address = Email::parse(&["a@", domain].concat());
    let address = address.map_err(|_| ErrorCode::FormParamFormatInvalid)?;
    let domain = address.as_str().split_once('@').map(|(_, domain)| domain);
    Ok([mark, domain.unwrap_or_default()].concat())
}

/// Everything on a list that would mean this: itself, `*@domain`, and `*@*.domain` for each domain above.
fn patterns(identifier: &Identifier) -> Vec<String> {
    let text = identifier.as_str();
    let mut patterns = vec![text.to_owned()];
    if let (Identifier::Email(_), Some((_, domain))) = (identifier, text.split_once('@')) {
        patterns.push(format!("*@{domain}"));
        let mut above = domain;
        while let Some((_, rest)) = above.split_once('.') {
            patterns.push(format!("*@*.{rest}"));
            above = rest;
        }
    }
    patterns
}

/// Whether an address is another spelling of one: a tag behind a plus sign, or dots that one provider ignores.
fn is_subaddress(identifier: &Identifier) -> bool {
    let Identifier::Email(email) = identifier else {
        return false;
    };
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    local.contains(['+', '=', '#']) || domain == "gmail.com" && local.contains('.')
}

/// Whether an address is of a mailbox that everybody can have for ten minutes.
fn is_disposable(identifier: &Identifier) -> bool {
    let (Identifier::Email(_), Some((_, domain))) =
        (identifier, identifier.as_str().split_once('@'))
    else {
        return false;
    };
    is_throwaway(domain)
}

/// Whether a domain is one of such mailboxes, or below one.
pub fn is_throwaway(domain: &str) -> bool {
    static DOMAINS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        include_str!("../assets/disposable/domains.txt")
            .lines()
            .collect()
    });
    std::iter::successors(Some(domain), |domain| Some(domain.split_once('.')?.1))
        .any(|domain| DOMAINS.contains(domain))
}
