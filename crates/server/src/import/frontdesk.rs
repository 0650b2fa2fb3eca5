//! The lines that `frontdesk export` writes.

use frontdesk_protocol::Timestamp;
use serde_json::Value;

use super::person::{Ours, Person, is, object, text, texts, time};
use super::records::Record;
use crate::store::Standing;

/// Who a line is of.
///
/// # Errors
/// In one line, why they are nobody who can be taken.
pub fn read(record: &Record) -> Result<Person, String> {
    let at = |name| Ok::<_, String>(time(record, name)?.map(Timestamp));
    let numbers = list(record, "phone_numbers");
    let mut second: Vec<&Value> = numbers
        .iter()
        .filter(|it| it["second_factor"] == true)
        .copied()
        .collect();
    second.sort_by_key(|it| it["default_second_factor"] != true);
    let standing = Standing {
        locale: text(record, "locale"),
        legal_accepted_at: at("legal_accepted_at")?,
        last_sign_in_at: at("last_sign_in_at")?,
        locked_until: at("locked_until")?,
        compromised_at: at("password_compromised_at")?,
    };
    Ok(Person {
        id: text(record, "id").unwrap_or_default(),
        emails: addresses(&list(record, "email_addresses"), "email_address"),
        phones: addresses(&numbers, "phone_number"),
        username: text(record, "username"),
        first_name: text(record, "first_name"),
        last_name: text(record, "last_name"),
        password: None,
        totp: text(record, "totp_secret"),
        backup_codes: Vec::new(),
        metadata: [
            object(record, "public_metadata")?,
            object(record, "private_metadata")?,
            object(record, "unsafe_metadata")?,
        ],
        created_at: time(record, "created_at")?,
        is_banned: is(record, "banned"),
        ours: Some(Ours {
            external_id: text(record, "external_id"),
            password: text(record, "password_hash"),
            backup_codes: texts(record, "backup_code_hashes"),
            passkeys: list(record, "passkeys").into_iter().cloned().collect(),
            sealed_by: text(record, "sealed_by"),
            external_accounts: list(record, "external_accounts")
                .into_iter()
                .cloned()
                .collect(),
            second_numbers: second
                .iter()
                .filter_map(|it| it["phone_number"].as_str().map(str::to_owned))
                .collect(),
            standing,
        }),
    })
}

fn list<'a>(record: &'a Record, name: &str) -> Vec<&'a Value> {
    let all = record.get(name).and_then(Value::as_array);
    all.into_iter().flatten().collect()
}

fn addresses(all: &[&Value], member: &str) -> Vec<(String, bool)> {
    let read = |it: &&Value| {
        let address = it[member].as_str()?.to_owned();
        Some((address, it["verified"] == true))
    };
    all.iter().filter_map(read).collect()
}
