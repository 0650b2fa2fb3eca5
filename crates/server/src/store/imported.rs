//! Users from elsewhere as rows.

use anyhow::Result;
use frontdesk_protocol::{EventId, Timestamp, UserId};

use super::importing::{Address, BroughtPasskey, NewPerson};
use super::{Cause, events};

/// What a column has.
pub enum Value {
    /// A text.
    Text(Option<String>),
    /// A number.
    Number(Option<i64>),
}

const USER_CREATED: &str = "user.created";
pub(super) const USERS: &str = "users (id, external_id, first_name, last_name, username, primary_email_address_id,
    primary_phone_number_id, public_metadata, private_metadata, unsafe_metadata, banned_at, created_at, updated_at,
    locale, legal_accepted_at, last_sign_in_at, locked_until, password_compromised_at)";
pub(super) const EMAILS: &str = "email_addresses (id, user_id, email_address, verification, verified_at, created_at, updated_at)";
pub(super) const PHONES: &str =
    "phone_numbers (id, user_id, phone_number, verification, verified_at, created_at, updated_at,
    is_second_factor, is_default_second_factor)";
pub(super) const CREDENTIALS: &str =
    "credentials (user_id, factor, sealed, created_at, updated_at, verified_at)";
pub(super) const BACKUP_CODES: &str = "backup_codes (user_id, hash, created_at)";
pub(super) const PASSKEYS: &str = "passkeys (id, user_id, credential_id, sealed, name, counter, last_used_at, created_at, updated_at)";
pub(super) const EXTERNAL_ACCOUNTS: &str = "external_accounts (id, user_id, provider, issuer, subject, shown, sealed, created_at, updated_at)";
pub(super) const EVENTS: &str =
    "events (id, kind, family, subject, user_id, not_before, created_at)";
pub(super) const AUDIT: &str = "audit (id, at, action, user_id, subject, client_address)";

fn text(text: &str) -> Value {
    Value::Text(Some(text.to_owned()))
}

pub(super) fn users(people: &[NewPerson], now: i64) -> Vec<Vec<Value>> {
    let proven = |addresses: &[Address]| {
        let first = addresses.iter().find(|(.., proof)| proof.is_some());
        Value::Text(first.map(|(id, ..)| id.clone()))
    };
    let row = |it: &NewPerson| {
        let [public, private, unsafe_] = it.metadata.clone();
        let at = |time: Option<Timestamp>| Value::Number(time.map(|time| time.0));
        vec![
            text(it.id.as_str()),
            Value::Text(it.external_id.clone()),
            Value::Text(it.first_name.clone()),
            Value::Text(it.last_name.clone()),
            Value::Text(it.username.clone()),
            proven(&it.emails),
            proven(&it.phones),
            Value::Text(public),
            Value::Text(private),
            Value::Text(unsafe_),
            Value::Number(it.is_banned.then_some(now)),
            Value::Number(Some(it.created_at.0)),
            Value::Number(Some(now)),
            Value::Text(it.standing.locale.clone()),
            at(it.standing.legal_accepted_at),
            at(it.standing.last_sign_in_at),
            at(it.standing.locked_until),
            at(it.standing.compromised_at),
        ]
    };
    people.iter().map(row).collect()
}

pub(super) fn addresses<'a>(
    of: impl Iterator<Item = (&'a NewPerson, &'a Vec<Address>)>,
    now: i64,
) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (person, addresses) in of {
        for (id, address, proof) in addresses {
            let mut row = vec![text(id), text(person.id.as_str()), text(address)];
            row.push(Value::Text(proof.clone()));
            row.push(Value::Number(proof.is_some().then_some(now)));
            row.extend([Value::Number(Some(now)), Value::Number(Some(now))]);
            if id.starts_with("phn_") {
                let second = &person.second_numbers;
                let is_second = proof.is_some() && second.contains(address);
                let is_first = is_second && second.first() == Some(address);
                row.extend([is_second, is_first].map(|it| Value::Number(Some(i64::from(it)))));
            }
            rows.push(row);
        }
    }
    rows
}

pub(super) fn credentials(people: &[NewPerson], now: i64) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for person in people {
        let verified_at = [
            ("password", &person.password, None),
            ("totp", &person.totp, Some(now)),
        ];
        for (factor, sealed, verified_at) in verified_at {
            let Some(sealed) = sealed else { continue };
            let mut row = vec![text(person.id.as_str()), text(factor), text(sealed)];
            row.extend([Some(now), Some(now), verified_at].map(Value::Number));
            rows.push(row);
        }
    }
    rows
}

pub(super) fn backup_codes(people: &[NewPerson], now: i64) -> Vec<Vec<Value>> {
    let row =
        |id: &UserId, code: &str| vec![text(id.as_str()), text(code), Value::Number(Some(now))];
    people
        .iter()
        .flat_map(|it| it.backup_codes.iter().map(|code| row(&it.id, code)))
        .collect()
}

pub(super) fn passkeys(people: &[NewPerson], now: i64) -> Vec<Vec<Value>> {
    let row = |user: &UserId, it: &BroughtPasskey| {
        let texts = [
            it.id.as_str(),
            user.as_str(),
            &it.credential,
            &it.sealed,
            &it.name,
        ];
        let last_used_at = it.last_used_at.map(|time| time.0);
        let numbers = [Some(0), last_used_at, Some(it.created_at.0), Some(now)];
        let texts = texts.into_iter().map(text);
        texts
            .chain(numbers.into_iter().map(Value::Number))
            .collect()
    };
    people
        .iter()
        .flat_map(|person| person.passkeys.iter().map(|it| row(&person.id, it)))
        .collect()
}

pub(super) fn external_accounts(people: &[NewPerson], now: i64) -> Result<Vec<Vec<Value>>> {
    let mut rows = Vec::new();
    for person in people {
        for it in &person.external_accounts {
            let shown = serde_json::to_string(&it.shown)?;
            let texts = [
                it.id.as_str(),
                person.id.as_str(),
                &it.key.provider,
                &it.key.issuer,
                &it.key.subject,
                &shown,
                &it.sealed,
            ];
            let mut row: Vec<Value> = texts.into_iter().map(text).collect();
            row.extend([it.shown.created_at.0, now].map(|at| Value::Number(Some(at))));
            rows.push(row);
        }
    }
    Ok(rows)
}

pub(super) fn record(lines: Vec<(String, &NewPerson)>, cause: Cause<'_>) -> Vec<Vec<Value>> {
    let row = |(id, person): (String, &NewPerson)| {
        vec![
            Value::Text(Some(id)),
            Value::Number(Some(cause.now.0)),
            text(USER_CREATED),
            text(person.id.as_str()),
            text("import"),
            text(cause.address),
        ]
    };
    lines.into_iter().map(row).collect()
}

/// That a user was made, to be told at a time.
pub(super) fn event(person: &NewPerson, at: Timestamp, cause: Cause<'_>) -> Result<Vec<Value>> {
    let id = EventId::from_random(cause.chance.bytes()?);
    let user = person.id.as_str();
    let texts = [
        id.as_str(),
        USER_CREATED,
        events::family(USER_CREATED),
        user,
        user,
    ];
    let mut row: Vec<Value> = texts.into_iter().map(text).collect();
    row.extend([at.0, cause.now.0].map(|it| Value::Number(Some(it))));
    Ok(row)
}
