//! Many users at once, from another system.

use std::collections::HashSet;

use anyhow::Result;
use frontdesk_protocol::{PasskeyId, Timestamp, UserId};
use sqlx::AssertSqlSafe;

use super::emails::is_taken;
use super::imported::{
    AUDIT, BACKUP_CODES, CREDENTIALS, EMAILS, EVENTS, EXTERNAL_ACCOUNTS, PASSKEYS, PHONES, USERS,
    Value, addresses, backup_codes, credentials, event, external_accounts, passkeys, record, users,
};
use super::{Cause, NewExternalAccount, Store, Transaction, events, row};

/// The id of an address or number, its canonical text, and its verification where it was proven.
pub type Address = (String, String, Option<String>);

/// A user of another system.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// The id they get.
    pub id: UserId,
    /// What they are called in the other system, or by the app's server.
    pub external_id: Option<String>,
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
    /// Passkeys.
    pub passkeys: Vec<BroughtPasskey>,
    /// Accounts with providers.
    pub external_accounts: Vec<NewExternalAccount>,
    /// What browsers may read, what they never see, and what they write, as JSON.
    pub metadata: [Option<String>; 3],
    /// When the user was made there.
    pub created_at: Timestamp,
    /// Whether the account is closed.
    pub is_banned: bool,
    /// Numbers that are a second factor, the one that is asked first at the head.
    pub second_numbers: Vec<String>,
    /// The rest.
    pub standing: Standing,
}

/// What only this program tells of its users.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The language.
    pub locale: Option<String>,
    /// When the user agreed to the terms.
    pub legal_accepted_at: Option<Timestamp>,
    /// When the user signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// Until when the user cannot sign in.
    pub locked_until: Option<Timestamp>,
    /// When the password was found to be known to others.
    pub compromised_at: Option<Timestamp>,
}

/// A passkey that a user brings.
#[derive(Clone, Debug)]
pub struct BroughtPasskey {
    /// Its id.
    pub id: PasskeyId,
    /// What its authenticator calls it.
    pub credential: String,
    /// Its public key and counter, sealed.
    pub sealed: String,
    /// What the user calls it.
    pub name: String,
    /// When somebody last signed in with it.
    pub last_used_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
}

impl NewPerson {
    /// What they are called in a report.
    pub fn name(&self) -> &str {
        self.external_id.as_deref().unwrap_or(self.id.as_str())
    }
}

/// What of some users is somebody's already.
#[derive(Clone, Debug, Default)]
pub struct Occupied {
    /// Ids of users.
    pub ids: HashSet<String>,
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
        let ids = people.iter().map(|it| it.id.to_string()).collect();
        let external_ids = people.iter().filter_map(|it| it.external_id.clone());
        let external_ids = external_ids.collect();
        let usernames = people.iter().filter_map(|it| it.username.clone()).collect();
        Ok(Occupied {
            ids: self.among("users WHERE id", ids).await?,
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
            (PASSKEYS, passkeys(people, now)),
            (EXTERNAL_ACCOUNTS, external_accounts(people, now)?),
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

async fn insert(
    transaction: &mut Transaction,
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
