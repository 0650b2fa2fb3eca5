//! Many users at once, from another system.

use std::collections::HashSet;

use anyhow::Result;
use frontdesk_protocol::{EventId, Timestamp, UserId};
use sqlx::{Any, AssertSqlSafe, Transaction};

use super::emails::is_taken;
use super::{Cause, Store, events, row};

/// The id of an address or number, its canonical text, and its verification where it was proven.
pub type Address = (String, String, Option<String>);

/// A user of another system.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// The id they get.
    pub id: UserId,
    /// What they are called in the other system.
    pub external_id: String,
    /// Addresses, the first one first.
    pub emails: Vec<Address>,
    /// Numbers, the first one first.
    pub phones: Vec<Address>,
    /// The user name.
    pub username: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The sealed hash of the password.
    pub password: Option<String>,
    /// The sealed secret of an authenticator app.
    pub totp: Option<String>,
    /// The hashes of backup codes.
    pub backup_codes: Vec<String>,
    /// What browsers may read, what they never see, and what they write, as JSON.
    pub metadata: [Option<String>; 3],
    /// When the user was made there.
    pub created_at: Timestamp,
    /// Whether the account is closed.
    pub is_banned: bool,
}

/// What of some users is somebody's already.
#[derive(Clone, Debug, Default)]
pub struct Occupied {
    /// Ids of the other system.
    pub external_ids: HashSet<String>,
    /// Proven addresses.
    pub emails: HashSet<String>,
    /// Proven numbers.
    pub phones: HashSet<String>,
    /// User names.
    pub usernames: HashSet<String>,
}

/// What became of some users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// All of them are there; with when webhooks are told of the next one, where they are told.
    Done(Option<Timestamp>),
    /// None of them are, because something of one is somebody else's.
    Taken,
}

/// How long after one user webhooks are told of the next.
const PACE_MS: i64 = 100;

enum Value {
    Text(Option<String>),
    Number(Option<i64>),
}

impl Store {
    /// What of these is somebody's already.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn occupied(&self, people: &[NewPerson]) -> Result<Occupied> {
        let texts = |addresses: fn(&NewPerson) -> &[Address]| {
            let all = people.iter().flat_map(|it| addresses(it).to_vec());
            all.map(|(_, text, _)| text).collect::<Vec<_>>()
        };
        let external_ids = people.iter().map(|it| it.external_id.clone()).collect();
        let usernames = people.iter().filter_map(|it| it.username.clone()).collect();
        Ok(Occupied {
            external_ids: self.among("users WHERE external_id", external_ids).await?,
            emails: self
                .among(
                    "email_addresses WHERE verified_at IS NOT NULL AND email_address",
                    texts(|it| &it.emails),
                )
                .await?,
            phones: self
                .among(
                    "phone_numbers WHERE verified_at IS NOT NULL AND phone_number",
                    texts(|it| &it.phones),
                )
                .await?,
            usernames: self.among("users WHERE username", usernames).await?,
        })
    }

    /// Which of `texts` are in the column that `place` ends with.
    async fn among(&self, place: &str, texts: Vec<String>) -> Result<HashSet<String>> {
        let column = place.rsplit(' ').next().unwrap_or_default();
        let mut found = HashSet::new();
        for texts in texts.chunks(1000) {
            let marks: Vec<String> = (1..=texts.len()).map(|it| format!("${it}")).collect();
            let marks = marks.join(", ");
            let sql = format!("SELECT {column} AS text FROM {place} IN ({marks})");
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for text in texts {
                query = query.bind(text.as_str());
            }
            for it in &query.fetch_all(&self.reader).await? {
                found.insert(row::text(it, "text")?);
            }
        }
        Ok(found)
    }

    /// Makes all of these users, or none of them; from `tells_at` on webhooks are told of one after the other.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn import(
        &self,
        people: &[NewPerson],
        tells_at: Option<Timestamp>,
        cause: Cause<'_>,
    ) -> Result<Imported> {
        let mut transaction = self.begin().await?;
        let mut told = Vec::new();
        let mut next = tells_at;
        if let Some(at) = &mut next
            && events::has_listeners(&mut transaction).await?
        {
            *at = (*at).max(cause.now);
            for person in people {
                told.push(event(person, *at, cause)?);
                at.0 += PACE_MS;
            }
        }
        let audit: Result<Vec<_>> = people
            .iter()
            .map(|it| Ok((format!("aud_{}", cause.chance.token()?.expose()), it)))
            .collect();
        let now = cause.now.0;
        let tables = [
            (USERS, users(people, now)),
            (
                EMAILS,
                addresses(people.iter().map(|it| (it, &it.emails)), now),
            ),
            (
                PHONES,
                addresses(people.iter().map(|it| (it, &it.phones)), now),
            ),
            (CREDENTIALS, credentials(people, now)),
            (BACKUP_CODES, backup_codes(people, now)),
            (AUDIT, record(audit?, cause)),
            (EVENTS, told),
        ];
        for (table, rows) in tables {
            for rows in rows.chunks(1000) {
                match insert(&mut transaction, table, rows).await {
                    Ok(()) => {}
                    Err(error) if is_taken(&error) => return Ok(Imported::Taken),
                    Err(error) => return Err(error.into()),
                }
            }
        }
        transaction.commit().await?;
        Ok(Imported::Done(next))
    }
}

const USER_CREATED: &str = "user.created";
const USERS: &str = "users (id, external_id, first_name, last_name, username, primary_email_address_id,
    primary_phone_number_id, public_metadata, private_metadata, unsafe_metadata, banned_at, created_at, updated_at)";
const EMAILS: &str = "email_addresses (id, user_id, email_address, verification, verified_at, created_at, updated_at)";
const PHONES: &str =
    "phone_numbers (id, user_id, phone_number, verification, verified_at, created_at, updated_at,
    is_second_factor, is_default_second_factor)";
const CREDENTIALS: &str =
    "credentials (user_id, factor, sealed, created_at, updated_at, verified_at)";
const BACKUP_CODES: &str = "backup_codes (user_id, hash, created_at)";
const EVENTS: &str = "events (id, kind, family, subject, user_id, not_before, created_at)";
const AUDIT: &str = "audit (id, at, action, user_id, subject, client_address)";

fn text(text: &str) -> Value {
    Value::Text(Some(text.to_owned()))
}

fn users(people: &[NewPerson], now: i64) -> Vec<Vec<Value>> {
    let proven = |addresses: &[Address]| {
        let first = addresses.iter().find(|(.., proof)| proof.is_some());
        Value::Text(first.map(|(id, ..)| id.clone()))
    };
    let row = |it: &NewPerson| {
        let [public, private, unsafe_] = it.metadata.clone();
        vec![
            text(it.id.as_str()),
            text(&it.external_id),
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
        ]
    };
    people.iter().map(row).collect()
}

fn addresses<'a>(
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
                row.extend([Value::Number(Some(0)), Value::Number(Some(0))]);
            }
            rows.push(row);
        }
    }
    rows
}

fn credentials(people: &[NewPerson], now: i64) -> Vec<Vec<Value>> {
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

fn backup_codes(people: &[NewPerson], now: i64) -> Vec<Vec<Value>> {
    let row =
        |id: &UserId, code: &str| vec![text(id.as_str()), text(code), Value::Number(Some(now))];
    people
        .iter()
        .flat_map(|it| it.backup_codes.iter().map(|code| row(&it.id, code)))
        .collect()
}

fn record(lines: Vec<(String, &NewPerson)>, cause: Cause<'_>) -> Vec<Vec<Value>> {
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
fn event(person: &NewPerson, at: Timestamp, cause: Cause<'_>) -> Result<Vec<Value>> {
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

async fn insert(
    transaction: &mut Transaction<'static, Any>,
    table: &str,
    rows: &[Vec<Value>],
) -> Result<(), sqlx::Error> {
    let mut mark = 0;
    let tuples: Vec<String> = rows
        .iter()
        .map(|row| {
            let marks: Vec<String> = row
                .iter()
                .map(|_| {
                    mark += 1;
                    format!("${mark}")
                })
                .collect();
            format!("({})", marks.join(", "))
        })
        .collect();
    let sql = format!("INSERT INTO {table} VALUES {}", tuples.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for value in rows.iter().flatten() {
        query = match value {
            Value::Text(text) => query.bind(text.as_deref()),
            Value::Number(number) => query.bind(*number),
        };
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}
