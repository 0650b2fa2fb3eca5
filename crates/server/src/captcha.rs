//! Work that a browser must do before it may begin yet another attempt: to find a number by trying.
//!
//! It only costs time, so it locks nobody out. What is asked is not kept, but recognised when it comes back.

use aws_lc_rs::digest::{SHA256, digest};
use frontdesk_protocol::{ErrorCode, ErrorMeta, Timestamp};
use std::net::IpAddr;
use subtle::ConstantTimeEq as _;

use crate::app::App;
use crate::error::Error;
use crate::store::Budget;
use crate::wire::Caller;

/// How many zero bits the hash must begin with: 2 to the power of it tries on average.
const BITS: u32 = 18;
/// In how many seconds attempts are counted, and how long the work counts.
const WINDOW_S: i64 = 600;
const PURPOSE: &str = "captcha";

/// Counts an attempt of the caller's network; beyond a number of them, asks for work first.
///
/// The work is `<salt>.<bits>.<mac>`; what is sent back is that and `.<counter>`, where SHA-256 of
/// `<salt>.<counter>` begins with so many zero bits.
///
/// # Errors
/// `CaptchaRequired` and `CaptchaInvalid`, both with new work in `meta.captcha`.
pub async fn check(caller: &Caller, token: Option<&str>) -> Result<(), Error> {
    let app = &caller.app;
    let most = app.settings().sign_up.captcha_after;
    // A developer's own machine tries as often as it likes.
    let address = caller.address.parse::<IpAddr>();
    let is_developer =
        app.config.options.development && address.is_ok_and(|address| address.is_loopback());
    if most == 0 || is_developer {
        return Ok(());
    }
    let attempts = Budget {
        key: key(app, "attempts", &caller.prefix),
        most: i64::from(most),
        window_s: WINDOW_S,
    };
    if app
        .store
        .count_use(&[attempts], caller.now)
        .await?
        .is_none()
    {
        return Ok(());
    }
    let Some(token) = token.filter(|token| !token.is_empty()) else {
        return Err(ask(caller, ErrorCode::CaptchaRequired)?);
    };
    let Some(salt) = solved(app, token, &caller.prefix, caller.now) else {
        return Err(ask(caller, ErrorCode::CaptchaInvalid)?);
    };
    let once = Budget {
        key: key(app, "captcha", salt),
        most: 1,
        window_s: WINDOW_S,
    };
    if app.store.count_use(&[once], caller.now).await?.is_some() {
        return Err(ask(caller, ErrorCode::CaptchaInvalid)?);
    }
    Ok(())
}

fn ask(caller: &Caller, code: ErrorCode) -> Result<Error, Error> {
    let app = &caller.app;
    let random = app.chance.token()?;
    let expires_at = caller.now.plus_s(WINDOW_S);
    let salt = format!("{:x}-{}", expires_at.0, random.expose());
    let mac = mac(app, &salt, BITS, &caller.prefix);
    let meta = ErrorMeta {
        captcha: Some(format!("{salt}.{BITS}.{mac}")),
        ..ErrorMeta::NONE
    };
    Ok(Error::Refused(code, Box::new(meta)))
}

/// The salt of work that was asked of this network, lately, and is done.
fn solved<'a>(app: &App, token: &'a str, prefix: &str, now: Timestamp) -> Option<&'a str> {
    let mut parts = token.split('.');
    let (salt, bits, sent, counter) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let bits: u32 = bits.parse().ok()?;
    let is_whole = parts.next().is_none() && counter.len() <= 20;
    let expected = mac(app, salt, bits, prefix);
    if !is_whole || !bool::from(expected.as_bytes().ct_eq(sent.as_bytes())) {
        return None;
    }
    let expires_at = i64::from_str_radix(salt.split_once('-')?.0, 16).ok()?;
    let hash = digest(&SHA256, format!("{salt}.{counter}").as_bytes());
    (expires_at > now.0 && zeros(hash.as_ref()) >= bits).then_some(salt)
}

/// How many zero bits `hash` begins with.
fn zeros(hash: &[u8]) -> u32 {
    let mut zeros = 0;
    for byte in hash {
        zeros += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    zeros
}

fn mac(app: &App, salt: &str, bits: u32, prefix: &str) -> String {
    app.seal
        .recognise_text(PURPOSE, &format!("{salt}.{bits}.{prefix}"))
}

fn key(app: &App, what: &str, about: &str) -> String {
    [what, ":", &app.seal.recognise_text(what, about)].concat()
}
