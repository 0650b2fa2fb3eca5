//! A code of an authenticator app (RFC 6238): thirty seconds, one step either way, none twice.

use anyhow::Context as _;
use frontdesk_protocol::{ErrorCode, Secret, Timestamp, UserId};
use totp_rs::{Builder, Totp};

use super::{Attempt, Checked, Proved, Proving, Refusal};
use crate::app::App;
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
    let budgets = budgets(app, &user);
    if let Some(wait_s) = app.store.count_use(&budgets, caller.now).await? {
        return Err(crate::error::Error::too_many(wait_s));
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
pub fn budgets(app: &App, user: &UserId) -> [Budget; 2] {
    flow::code_budgets(app, user.as_str())
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

fn app_of(secret: Vec<u8>, account: &str, issuer: &str) -> anyhow::Result<Totp> {
    Builder::new()
        .with_secret(secret)
        .with_account_name(account.replace(':', " "))
        .with_issuer(Some(issuer).filter(|issuer| !issuer.is_empty()))
        .build()
        .map_err(|error| anyhow::anyhow!("an authenticator app: {error}"))
}
