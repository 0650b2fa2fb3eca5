//! Who may have an account: the mode of sign-up, the allow list and the block list.

use std::collections::HashSet;
use std::sync::LazyLock;

use frontdesk_protocol::{ErrorCode, SignUpMode};

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
    let patterns = patterns(identifier);
    if restrictions.block_list && app.store.is_listed(List::Block, &patterns).await? {
        return Err(refused());
    }
    if restrictions.allow_list && !app.store.is_listed(List::Allow, &patterns).await? {
        return Err(refused());
    }
    Ok(())
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
    static DOMAINS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        include_str!("../assets/disposable/domains.txt")
            .lines()
            .collect()
    });
    let (Identifier::Email(_), Some((_, domain))) =
        (identifier, identifier.as_str().split_once('@'))
    else {
        return false;
    };
    std::iter::successors(Some(domain), |domain| Some(domain.split_once('.')?.1))
        .any(|domain| DOMAINS.contains(domain))
}
