//! Users as an export tells them, page by page, so that as many as there are fit into memory.

use std::collections::HashMap;

use anyhow::Result;
use frontdesk_protocol::UserId;
use serde_json::{Map, Value};
use sqlx::any::AnyRow;

use super::export::members;
use super::{Cause, Store, row};

/// A user with all that an export tells.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The id.
    pub id: UserId,
    /// What the user's row says, by column.
    pub row: Map<String, Value>,
    /// Addresses, the primary one first, and whether they are proven.
    pub emails: Vec<(String, bool)>,
    /// Numbers, the primary one first.
    pub phones: Vec<ExportedNumber>,
    /// Factors and what they are proven with, sealed; nothing where no secrets are asked for.
    pub credentials: Vec<(String, String)>,
    /// What is kept of backup codes; nothing where no secrets are asked for.
    pub backup_codes: Vec<String>,
    /// The rows of passkeys, the oldest first; none where no secrets are asked for.
    pub passkeys: Vec<Map<String, Value>>,
    /// The rows of accounts with providers, the oldest first; none where no secrets are asked for.
    pub external_accounts: Vec<Map<String, Value>>,
}

/// A number of a user.
#[derive(Clone, Debug)]
pub struct ExportedNumber {
    /// The number.
    pub text: String,
    /// Whether it is proven.
    pub is_proven: bool,
    /// Whether it is a second factor.
    pub is_second: bool,
    /// Whether it is the second factor that is asked first.
    pub is_default: bool,
}

const USERS: &str = "SELECT id, external_id, username, first_name, last_name, locale, public_metadata, private_metadata,
    unsafe_metadata, legal_accepted_at, last_sign_in_at, banned_at, locked_until, password_compromised_at, created_at
    FROM users WHERE id > $1 ORDER BY id LIMIT $2";
const EMAILS: &str = "SELECT a.user_id, a.email_address, a.verified_at FROM email_addresses a JOIN users u ON u.id = a.user_id
    WHERE a.user_id > $1 AND a.user_id <= $2
    ORDER BY a.user_id, CASE WHEN a.id = u.primary_email_address_id THEN 0 ELSE 1 END, a.created_at, a.id";
const PHONES: &str = "SELECT a.user_id, a.phone_number, a.verified_at, a.is_second_factor, a.is_default_second_factor
    FROM phone_numbers a JOIN users u ON u.id = a.user_id WHERE a.user_id > $1 AND a.user_id <= $2
    ORDER BY a.user_id, CASE WHEN a.id = u.primary_phone_number_id THEN 0 ELSE 1 END, a.created_at, a.id";
const CREDENTIALS: &str = "SELECT user_id, factor, sealed FROM credentials
    WHERE user_id > $1 AND user_id <= $2 AND (factor = 'password' OR verified_at IS NOT NULL)";
const BACKUP_CODES: &str =
    "SELECT user_id, hash FROM backup_codes WHERE user_id > $1 AND user_id <= $2";
const PASSKEYS: &str = "SELECT user_id, id, name, sealed, last_used_at, created_at FROM passkeys
    WHERE user_id > $1 AND user_id <= $2 ORDER BY user_id, created_at, id";
// Without an issuer one is not connected yet.
const EXTERNAL_ACCOUNTS: &str =
    "SELECT user_id, provider, issuer, subject, shown, sealed FROM external_accounts
    WHERE user_id > $1 AND user_id <= $2 AND issuer <> '' ORDER BY user_id, created_at, id";

impl Store {
    /// The next users after one, in the order of their ids; with what they prove who they are by, or without.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn exported(
        &self,
        after: Option<&UserId>,
        most: i64,
        with_secrets: bool,
    ) -> Result<Vec<Exported>> {
        let after = after.map_or("", UserId::as_str);
        let found = sqlx::query(USERS)
            .bind(after)
            .bind(most)
            .fetch_all(&self.reader)
            .await?;
        let mut page = Page::default();
        for found in &found {
            page.add(found)?;
        }
        let Some(last) = page.users.last().map(|it| it.id.clone()) else {
            return Ok(Vec::new());
        };
        let between = (after, last.as_str());
        for found in &self.between(EMAILS, between).await? {
            let email = row::text(found, "email_address")?;
            let is_proven = row::maybe_time(found, "verified_at")?.is_some();
            page.edit(found, |user| user.emails.push((email, is_proven)))?;
        }
        for found in &self.between(PHONES, between).await? {
            let number = ExportedNumber {
                text: row::text(found, "phone_number")?,
                is_proven: row::maybe_time(found, "verified_at")?.is_some(),
                is_second: row::count(found, "is_second_factor")? == 1,
                is_default: row::count(found, "is_default_second_factor")? == 1,
            };
            page.edit(found, |user| user.phones.push(number))?;
        }
        if with_secrets {
            for found in &self.between(CREDENTIALS, between).await? {
                let credential = (row::text(found, "factor")?, row::text(found, "sealed")?);
                page.edit(found, |user| user.credentials.push(credential))?;
            }
            for found in &self.between(BACKUP_CODES, between).await? {
                let hash = row::text(found, "hash")?;
                page.edit(found, |user| user.backup_codes.push(hash))?;
            }
            for found in &self.between(PASSKEYS, between).await? {
                let row = members(found)?;
                page.edit(found, |user| user.passkeys.push(row))?;
            }
            for found in &self.between(EXTERNAL_ACCOUNTS, between).await? {
                let row = members(found)?;
                page.edit(found, |user| user.external_accounts.push(row))?;
            }
        }
        Ok(page.users)
    }

    /// Notes that all users were exported.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn note_export(&self, cause: Cause<'_>) -> Result<()> {
        let mut transaction = self.begin().await?;
        cause
            .audit(&mut transaction, "users.exported", None, None)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn between(&self, sql: &'static str, (after, last): (&str, &str)) -> Result<Vec<AnyRow>> {
        let found = sqlx::query(sql).bind(after).bind(last);
        Ok(found.fetch_all(&self.reader).await?)
    }
}

#[derive(Default)]
struct Page {
    users: Vec<Exported>,
    places: HashMap<String, usize>,
}

impl Page {
    fn add(&mut self, found: &AnyRow) -> Result<()> {
        let id: UserId = row::id(found, "id")?;
        self.places.insert(id.to_string(), self.users.len());
        let row = members(found)?;
        self.users.push(Exported {
            id,
            row,
            emails: Vec::new(),
            phones: Vec::new(),
            credentials: Vec::new(),
            backup_codes: Vec::new(),
            passkeys: Vec::new(),
            external_accounts: Vec::new(),
        });
        Ok(())
    }

    /// Whoever came in between is of a later page, or of none.
    fn edit(&mut self, found: &AnyRow, edit: impl FnOnce(&mut Exported)) -> Result<()> {
        let place = self.places.get(&row::text(found, "user_id")?);
        if let Some(user) = place.and_then(|it| self.users.get_mut(*it)) {
            edit(user);
        }
        Ok(())
    }
}
