//! A user of another system as their record is read, before it is checked.

use chrono::DateTime;
use serde_json::Value;

use super::records::Record;
use crate::foreign::{Foreign, Refused};
use crate::store::Standing;

/// Who a record is of.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// What they are called there.
    pub id: String,
    /// Addresses, the first one first, and whether they were proven.
    pub emails: Vec<(String, bool)>,
    /// Numbers, the first one first, and whether they were proven.
    pub phones: Vec<(String, bool)>,
    /// The user name.
    pub username: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The password's hash.
    pub password: Option<Foreign>,
    /// The secret of an authenticator app, in base 32.
    pub totp: Option<String>,
    /// Backup codes.
    pub backup_codes: Vec<String>,
    /// What browsers may read, what they never see, and what they write.
    pub metadata: [Option<Record>; 3],
    /// When they were made, in milliseconds since 1970.
    pub created_at: Option<i64>,
    /// Whether the account is closed.
    pub is_banned: bool,
    /// What only an export of ours tells.
    pub ours: Option<Ours>,
}

/// What only an export of ours tells.
#[derive(Clone, Debug, Default)]
pub struct Ours {
    /// What the app's server calls the user.
    pub external_id: Option<String>,
    /// The password's hash, as it is stored.
    pub password: Option<String>,
    /// Backup codes, as they are stored.
    pub backup_codes: Vec<String>,
    /// Passkeys.
    pub passkeys: Vec<Value>,
    /// By which secret those two were made.
    pub sealed_by: Option<String>,
    /// Accounts with providers.
    pub external_accounts: Vec<Value>,
    /// Numbers that are a second factor, the one that is asked first at the head.
    pub second_numbers: Vec<String>,
    /// The rest of the user's row.
    pub standing: Standing,
}

/// The text in a member; empty is none, and so is what databases write for none.
pub fn text(record: &Record, name: &str) -> Option<String> {
    let text = match record.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let is_none = matches!(text.as_str(), "" | "\\N" | "null" | "NULL");
    (!is_none).then_some(text)
}

/// Whether a member says yes.
pub fn is(record: &Record, name: &str) -> bool {
    match record.get(name) {
        Some(Value::Bool(is)) => *is,
        Some(Value::String(text)) => matches!(text.as_str(), "true" | "t" | "TRUE" | "1"),
        _ => false,
    }
}

/// The object in a member, or in the text there; an empty one is none.
///
/// # Errors
/// What is wrong with it.
pub fn object(record: &Record, name: &str) -> Result<Option<Record>, String> {
    let found = match record.get(name) {
        Some(Value::Object(object)) => Some(object.clone()),
        _ => match text(record, name) {
            Some(text) => {
                serde_json::from_str(&text).map_err(|_| format!("{name} is no object"))?
            }
            None => None,
        },
    };
    Ok(found.filter(|object| !object.is_empty()))
}

/// The time in a member: RFC 3339, as databases write it, or milliseconds since 1970.
///
/// # Errors
/// That it is none.
pub fn time(record: &Record, name: &str) -> Result<Option<i64>, String> {
    let Some(text) = text(record, name) else {
        return Ok(None);
    };
    if let Ok(ms) = text.parse() {
        return Ok(Some(ms));
    }
    // PostgreSQL writes `2026-01-01 00:00:00.000+00`, some tools ` UTC` or nothing for the last part.
    let mut whole = text.replace(" UTC", "+00:00");
    let tail = whole.get(19..).unwrap_or_default();
    if let Some(place) = tail.rfind(['+', '-']) {
        if tail.len() - place == 3 {
            whole.push_str(":00");
        }
    } else if !whole.ends_with(['Z', 'z']) {
        whole.push('Z');
    }
    DateTime::parse_from_rfc3339(&whole)
        .map(|time| Some(time.timestamp_millis()))
        .map_err(|_| format!("{name} is no time: {text}"))
}

/// The texts of a member: an array, or one text with `|` or `,` between them.
pub fn texts(record: &Record, name: &str) -> Vec<String> {
    if let Some(Value::Array(all)) = record.get(name) {
        let all = all.iter().filter_map(Value::as_str);
        return all.map(str::to_owned).collect();
    }
    let text = text(record, name).unwrap_or_default();
    let all = text.split(['|', ',']).map(str::trim);
    all.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// A hash, or why there is none.
///
/// # Errors
/// That it is of no kind there is, or costs too much.
pub fn hash(hasher: &str, found: Result<Foreign, Refused>) -> Result<Option<Foreign>, String> {
    found.map(Some).map_err(|refused| match refused {
        Refused::Hasher => format!("passwords cannot be checked by {hasher}"),
        Refused::Digest => {
            format!("the password's hash is none of {hasher}, or costs too much to check")
        }
    })
}
