//! All users as JSON lines, which `frontdesk import --from frontdesk` reads again.
//!
//! They are read and written some at a time, so that a million fit into little memory; whoever changes meanwhile is
//! told as before or as after.

use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use frontdesk_protocol::UserId;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::config::Base;
use crate::factor::{self, backup_code, totp};
use crate::flow;
use crate::import::sealed_by;
use crate::oauth::Tokens;
use crate::store::{Cause, Exported};

const AT_ONCE: i64 = 500;
/// Columns that are told as they are.
const SAME: [&str; 10] = [
    "external_id",
    "username",
    "first_name",
    "last_name",
    "locale",
    "legal_accepted_at",
    "last_sign_in_at",
    "locked_until",
    "password_compromised_at",
    "created_at",
];
/// Columns that are JSON.
const METADATA: [&str; 3] = ["public_metadata", "private_metadata", "unsafe_metadata"];

/// What is told, and where.
#[derive(Args, Clone, Debug)]
// The command has the group of the type's own name.
#[group(id = "export-file")]
pub struct Export {
    /// The file, which nobody else may read; the standard output without it.
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// With what people prove who they are by: password hashes, secrets of authenticator apps, hashes of backup codes,
    /// passkeys, accounts with providers and the tokens from there.
    #[arg(long)]
    pub with_secrets: bool,
}

/// Writes all users to the file that `export` names, or to `out`.
///
/// # Errors
/// In one line, why it cannot be done, or go on.
pub async fn run(base: Base, export: &Export, out: &mut impl Write) -> Result<()> {
    let app = crate::open(base).await?;
    let written = match &export.out {
        Some(path) => {
            let mut file = OpenOptions::new();
            // Never over another file: its rights, and whoever has it open, would stay.
            let file = file.write(true).create_new(true).mode(0o600).open(path);
            let file = file.with_context(|| format!("cannot make {}", path.display()))?;
            write(&app, export.with_secrets, &mut BufWriter::new(file)).await?
        }
        None => write(&app, export.with_secrets, &mut BufWriter::new(out)).await?,
    };
    tracing::info!("{written} users exported");
    app.store.close().await;
    Ok(())
}

/// Writes all users to `out`; how many there are.
///
/// # Errors
/// Where the store broke, was sealed with another secret, or `out` takes no more.
pub async fn write(app: &App, with_secrets: bool, out: &mut impl Write) -> Result<u64> {
    let cause = Cause::new(app.now(), "command line", &app.chance);
    app.store.note_export(cause).await?;
    let (mut written, mut after): (u64, Option<UserId>) = (0, None);
    loop {
        let page = app
            .store
            .exported(after.as_ref(), AT_ONCE, with_secrets)
            .await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        for user in &page {
            let line = line(app, user, with_secrets).with_context(|| user.id.to_string())?;
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
            written += 1;
        }
    }
    out.flush()?;
    Ok(written)
}

fn line(app: &App, user: &Exported, with_secrets: bool) -> Result<Map<String, Value>> {
    let mut line = Map::new();
    line.insert("id".to_owned(), json!(user.id));
    for name in SAME {
        tell(&mut line, name, user.row[name].clone());
    }
    for name in METADATA {
        if let Some(text) = user.row[name].as_str() {
            tell(&mut line, name, serde_json::from_str(text)?);
        }
    }
    if user.row["banned_at"].is_number() {
        tell(&mut line, "banned", json!(true));
    }
    let emails = user.emails.iter();
    let emails =
        emails.map(|(text, is_proven)| json!({ "email_address": text, "verified": is_proven }));
    tell(&mut line, "email_addresses", emails.collect());
    let phones = user.phones.iter().map(|it| {
        let mut phone = json!({ "phone_number": it.text, "verified": it.is_proven });
        if it.is_second {
            phone["second_factor"] = json!(true);
            phone["default_second_factor"] = json!(it.is_default);
        }
        phone
    });
    tell(&mut line, "phone_numbers", phones.collect());
    if with_secrets {
        secrets(app, user, &mut line)?;
    }
    Ok(line)
}

fn secrets(app: &App, user: &Exported, line: &mut Map<String, Value>) -> Result<()> {
    for (factor, sealed) in &user.credentials {
        match factor.as_str() {
            flow::PASSWORD => tell(
                line,
                "password_hash",
                json!(flow::open_password(app, sealed)?),
            ),
            "totp" => tell(line, "totp_secret", json!(totp::shown(app, sealed)?)),
            _ => {}
        }
    }
    let codes = user.backup_codes.iter();
    let codes: Result<Vec<_>> = codes.map(|kept| backup_code::shown(app, kept)).collect();
    let mut codes = codes?;
    codes.sort();
    tell(line, "backup_code_hashes", json!(codes));
    let passkeys = user.passkeys.iter().map(|row| passkey(app, row));
    tell(line, "passkeys", passkeys.collect::<Result<_>>()?);
    if !codes.is_empty() || !user.passkeys.is_empty() {
        tell(line, "sealed_by", json!(sealed_by(app)));
    }
    let accounts = user.external_accounts.iter();
    let accounts = accounts.map(|row| external_account(app, row));
    tell(line, "external_accounts", accounts.collect::<Result<_>>()?);
    Ok(())
}

fn passkey(app: &App, row: &Map<String, Value>) -> Result<Value> {
    let sealed = row["sealed"].as_str().unwrap_or_default();
    Ok(json!({
        "id": row["id"],
        "name": row["name"],
        "last_used_at": row["last_used_at"],
        "created_at": row["created_at"],
        "credential": factor::passkey::shown(app, sealed)?,
    }))
}

fn external_account(app: &App, row: &Map<String, Value>) -> Result<Value> {
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    let shown: Value = serde_json::from_str(text("shown"))?;
    Ok(json!({
        "provider": row["provider"],
        "issuer": row["issuer"],
        "subject": row["subject"],
        "shown": shown,
        "tokens": Tokens::open(app, text("sealed"))?,
    }))
}

/// What there is none of is not told.
fn tell(line: &mut Map<String, Value>, name: &str, value: Value) {
    let is_none = match &value {
        Value::Null => true,
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    if !is_none {
        line.insert(name.to_owned(), value);
    }
}
