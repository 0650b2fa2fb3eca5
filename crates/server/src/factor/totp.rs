//! A code of an authenticator app (RFC 6238): thirty seconds, one step either way, none twice.

use anyhow::Context as _;
use frontdesk_protocol::{ErrorCode, Secret, Timestamp, UserId};
use totp_rs::{Builder, Totp};

use super::{Attempt, Checked, Proved, Proving, Refusal};
use crate::app::App;
use crate::error::Error;
use crate::flow;
use crate::store::{Budget, Spend, StoredTotp};
use crate::wire::Caller;

const PURPOSE: &str = "totp";

pub async fn verify<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    code: &Secret<String>,
) -> Checked {
    let app = &caller.app;
    let refused = Refusal {
        code: ErrorCode::FormCodeIncorrect,
        field: "code",
    };
    let Some(user) = attempt.person().user.clone() else {
        return Ok(Err(refused));
    };
    let stored = app.store.totp(&user).await?;
    let Some(stored) = stored.filter(|stored| stored.is_verified) else {
        return Ok(Err(refused));
    };
    let budgets = budgets::<T>(caller, &user);
    if let Some(wait_s) = app.store.count_use(&budgets, caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let step = step(app, &stored, code, caller.now)?;
    Ok(step
        .map(|step| Proved {
            spends: vec![Spend::TotpStep(user.clone(), step)],
            user,
            forgiven: budgets.to_vec(),
            is_double: false,
        })
        .ok_or(refused))
}

/// The budgets of wrong codes of one user's factors.
pub fn budgets<T: Proving>(caller: &Caller, user: &UserId) -> [Budget; 4] {
    flow::code_budgets(caller, &[T::COUNTED, user.as_str()].concat())
}

/// The step that a code is of, if it is right and none of it or a later one was accepted before.
///
/// # Errors
/// Where the secret was sealed with another one.
pub fn step(
    app: &App,
    stored: &StoredTotp,
    code: &Secret<String>,
    now: Timestamp,
) -> anyhow::Result<Option<i64>> {
    let secret = app.seal.open(PURPOSE, &stored.sealed)?;
    let now_s = u64::try_from(now.as_s()).context("before 1970")?;
    let matched = app_of(secret, "", "")?.check(code.expose(), now_s);
    let step = matched.map(i64::try_from).transpose()?;
    Ok(step.filter(|step| *step > stored.last_step))
}

/// A new secret: sealed for the store, in base 32 for people, and as an address that apps read from a picture.
///
/// # Errors
/// Where there are no random bytes.
pub fn draw(app: &App, account: &str) -> anyhow::Result<(String, String, String)> {
    let secret: [u8; 20] = app.chance.bytes()?;
    let sealed = app.seal.seal(PURPOSE, &secret, &app.chance)?;
    let issuer = app.settings().application_name.replace(':', " ");
    let totp = app_of(secret.to_vec(), account, &issuer)?;
    let uri = totp
        .to_url()
        .map_err(|error| anyhow::anyhow!("an app's address: {error}"))?;
    Ok((sealed, totp.secret().to_base32(), uri))
}

/// A secret of an app that somebody has already, in base 32, sealed for the store.
///
/// # Errors
/// `FormParamFormatInvalid` where it is none of 128 bits or more.
pub fn brought(app: &App, typed: &str) -> Result<String, Error> {
    let refused = || Error::at(ErrorCode::FormParamFormatInvalid, "totp_secret");
    let secret = from_base32(typed).ok_or_else(refused)?;
    if !(16..=64).contains(&secret.len()) || app_of(secret.clone(), "", "").is_err() {
        return Err(refused());
    }
    Ok(app.seal.seal(PURPOSE, &secret, &app.chance)?)
}

/// The secret of an app as it is stored, in base 32.
///
/// # Errors
/// Where it was sealed with another secret.
pub fn shown(app: &App, sealed: &str) -> anyhow::Result<String> {
    let secret = app.seal.open(PURPOSE, sealed)?;
    Ok(app_of(secret, "", "")?.secret().to_base32())
}

/// Spaces and padding do not matter.
fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.trim_end_matches('=').chars().filter(|it| *it != ' ') {
        let value = match letter.to_ascii_uppercase() {
            upper @ 'A'..='Z' => u32::from(upper) - u32::from('A'),
            digit @ '2'..='7' => u32::from(digit) - u32::from('2') + 26,
            _ => return None,
        };
        bits = bits << 5 | value;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}

fn app_of(secret: Vec<u8>, account: &str, issuer: &str) -> anyhow::Result<Totp> {
    Builder::new()
        .with_secret(secret)
        .with_account_name(account.replace(':', " "))
        .with_issuer(Some(issuer).filter(|issuer| !issuer.is_empty()))
        .build()
        .map_err(|error| anyhow::anyhow!("an authenticator app: {error}"))
}
