//! A code kept for the day when nothing else is at hand; each works once.

use frontdesk_protocol::{ErrorCode, Secret, UserId};

use super::totp::budgets;
use super::{Attempt, Checked, Proved, Proving, Refusal};
use crate::app::App;
use crate::error::Error;
use crate::store::Spend;
use crate::wire::Caller;

/// How many are drawn at once.
const MANY: usize = 10;
/// No two of them look alike.
const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";
const LENGTH: usize = 10;

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
    let budgets = budgets(app, &user);
    if let Some(wait_s) = app.store.count_use(&budgets, caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let hash = hash(app, &user, code.expose());
    if !app.store.has_backup_code(&user, &hash).await? {
        return Ok(Err(refused));
    }
    Ok(Ok(Proved {
        spends: vec![Spend::BackupCode(user.clone(), hash)],
        user,
        forgiven: budgets.to_vec(),
        is_double: false,
    }))
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
        .recognise_text("backup-code", &[user.as_str(), " ", &code].concat())
}
