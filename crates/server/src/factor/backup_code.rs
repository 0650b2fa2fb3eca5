//! A code kept for the day when nothing else is at hand; each works once.

use std::collections::BTreeSet;

use frontdesk_protocol::{ErrorCode, Secret, UserId};

use super::totp::budgets;
use super::{Attempt, Checked, Proved, Proving, Refusal};
use crate::app::App;
use crate::error::Error;
use crate::foreign::Foreign;
use crate::store::Spend;
use crate::wire::Caller;

/// How many are drawn at once.
const MANY: usize = 10;
/// No two of them look alike.
const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";
const LENGTH: usize = 10;
/// How many somebody can bring.
const MOST: usize = 20;
/// The highest cost of a hash of bcrypt that is brought.
const DEAREST: u32 = 10;
/// What one that was brought as a hash begins with, so that it is told from ours.
const FOREIGN: &str = "foreign:";
const PURPOSE: &str = "backup-code";

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
    let budgets = budgets::<T>(caller, &user);
    if let Some(wait_s) = app.store.count_use(&budgets, caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let Some(hash) = found(app, &user, code).await? else {
        return Ok(Err(refused));
    };
    Ok(Ok(Proved {
        spends: vec![Spend::BackupCode(user.clone(), hash)],
        user,
        forgiven: budgets.to_vec(),
        is_double: false,
    }))
}

/// What is kept of a code, if the user has it still.
async fn found(app: &App, user: &UserId, code: &Secret<String>) -> Result<Option<String>, Error> {
    let own = hash(app, user, code.expose());
    if app.store.has_backup_code(user, &own).await? {
        return Ok(Some(own));
    }
    let typed = Secret::new(code.expose().trim().to_owned());
    for kept in app.store.backup_codes(user, FOREIGN).await? {
        let sealed = &kept[FOREIGN.len()..];
        let stored =
            String::from_utf8(app.seal.open(PURPOSE, sealed)?).map_err(anyhow::Error::from)?;
        if app.hasher.verify(&typed, Some(&stored)).await? {
            return Ok(Some(kept));
        }
    }
    Ok(None)
}

/// What is kept of codes that somebody has already: plain ones, or their bcrypt hashes.
///
/// # Errors
/// `FormParamMaxLengthExceeded`, `FormParamFormatInvalid`.
pub fn brought(app: &App, user: &UserId, codes: &[Secret<String>]) -> Result<Vec<String>, Error> {
    const FIELD: &str = "backup_codes";
    if codes.len() > MOST {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, FIELD));
    }
    let refused = || Error::at(ErrorCode::FormParamFormatInvalid, FIELD);
    let mut kept = BTreeSet::new();
    for code in codes {
        let code = code.expose().trim();
        if code.starts_with('$') {
            // One try asks all of them, so each must cost little.
            let cost: Option<u32> = code.get(4..6).and_then(|cost| cost.parse().ok());
            if cost.is_none_or(|cost| cost > DEAREST) {
                return Err(refused());
            }
            let stored = Foreign::parse("bcrypt", code)
                .map_err(|_| refused())?
                .write()?;
            let sealed = app.seal.seal(PURPOSE, stored.as_bytes(), &app.chance)?;
            kept.insert([FOREIGN, &sealed].concat());
        } else {
            let letters = code.chars().filter(char::is_ascii_alphanumeric).count();
            if letters < 6 || code.len() > 64 {
                return Err(refused());
            }
            kept.insert(hash(app, user, code));
        }
    }
    Ok(kept.into_iter().collect())
}

/// What is kept of a code, as an export tells it.
///
/// # Errors
/// Where it was sealed with another secret.
pub fn shown(app: &App, kept: &str) -> anyhow::Result<String> {
    match kept.strip_prefix(FOREIGN) {
        Some(sealed) => Ok(String::from_utf8(app.seal.open(PURPOSE, sealed)?)?),
        None => Ok(kept.to_owned()),
    }
}

/// What is kept of a code that an export tells of, if it is one.
///
/// # Errors
/// Where there are no random bytes.
pub fn restored(app: &App, told: &str) -> anyhow::Result<Option<String>> {
    if !told.starts_with('{') {
        let is_hash = told.len() == 43 && told.bytes().all(|it| it.is_ascii_graphic());
        return Ok(is_hash.then(|| told.to_owned()));
    }
    let found = Foreign::read_bearable(told).filter(|it| it.is_bcrypt_of(DEAREST));
    let Some(found) = found else { return Ok(None) };
    let sealed = app
        .seal
        .seal(PURPOSE, found.write()?.as_bytes(), &app.chance)?;
    Ok(Some([FOREIGN, &sealed].concat()))
}

/// Whether the hash of a code that an export tells of is only known again by the secret it was made with.
pub fn needs_secret(told: &str) -> bool {
    !told.starts_with('{')
}

/// New codes and their hashes.
///
/// # Errors
/// Where there are no random bytes.
pub fn draw(app: &App, user: &UserId) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let mut codes = Vec::with_capacity(MANY);
    for _ in 0..MANY {
        let random: [u8; LENGTH] = app.chance.bytes()?;
        let letters = random
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        codes.push(letters.collect::<String>());
    }
    let hashes = codes.iter().map(|code| hash(app, user, code)).collect();
    Ok((codes, hashes))
}

/// However it is typed: capitals, hyphens and spaces do not matter.
fn hash(app: &App, user: &UserId, typed: &str) -> String {
    let code: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    app.seal
        .recognise_text(PURPOSE, &[user.as_str(), " ", &code].concat())
}
