//! Everything that is held of a user beside the user, as it stands: without what they prove who they are with.

use anyhow::Result;
use frontdesk_protocol::UserId;
use serde_json::{Map, Value};
use sqlx::any::AnyRow;
use sqlx::{Column as _, Row as _};

use super::{Cause, Store};

/// What it is called, and what asks for it. Of the record, the newest ten thousand lines.
const HELD: [(&str, &str); 9] = [
    (
        "settings",
        "SELECT locale, banned_at, password_compromised_at FROM users WHERE id = $1",
    ),
    (
        "credentials",
        "SELECT factor, verified_at, created_at, updated_at FROM credentials WHERE user_id = $1",
    ),
    (
        "backup_codes",
        "SELECT created_at FROM backup_codes WHERE user_id = $1",
    ),
    (
        "sessions",
        "SELECT id, client_id, status, organization_id, client_address, user_agent, first_factor_at, second_factor_at,
         last_active_at, abandon_at, expire_at, created_at, updated_at FROM sessions WHERE user_id = $1 ORDER BY created_at, id",
    ),
    (
        "trusted_browsers",
        "SELECT client_id, skips_second_factor, expires_at FROM trusted_clients WHERE user_id = $1",
    ),
    (
        "invitations",
        "SELECT i.id, i.email_address, i.status, i.organization_id, i.role, i.expires_at, i.created_at, i.updated_at
         FROM invitations i JOIN email_addresses e ON e.email_address = i.email_address
         WHERE e.user_id = $1 AND e.verified_at IS NOT NULL ORDER BY i.created_at, i.id",
    ),
    (
        "invitations_written",
        "SELECT id, organization_id, role, status, expires_at, created_at, updated_at
         FROM invitations WHERE inviter_id = $1 ORDER BY created_at, id",
    ),
    (
        "waitlist_entries",
        "SELECT w.id, w.email_address, w.status, w.locale, w.created_at, w.updated_at
         FROM waitlist_entries w JOIN email_addresses e ON e.email_address = w.email_address
         WHERE e.user_id = $1 AND e.verified_at IS NOT NULL",
    ),
    (
        "audit_log",
        "SELECT id, at AS created_at, action, organization_id, secret_key_id, subject, client_address
         FROM audit WHERE user_id = $1 ORDER BY at DESC, id DESC LIMIT 10000",
    ),
];

impl Store {
    /// What is held of a user in other places than the user, each a list; that it was asked for is noted.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn export(&self, user: &UserId, cause: Cause<'_>) -> Result<Map<String, Value>> {
        let mut transaction = self.begin().await?;
        cause
            .audit(
                &mut transaction,
                "user.exported",
                Some(user.as_str()),
                cause.key,
            )
            .await?;
        transaction.commit().await?;
        let mut held = Map::new();
        for (name, sql) in HELD {
            let found = sqlx::query(sql)
                .bind(user.as_str())
                .fetch_all(&self.reader)
                .await?;
            let rows: Result<Vec<_>> = found.iter().map(members).collect();
            held.insert(name.to_owned(), rows?.into());
        }
        Ok(held)
    }

    /// The kind and the bytes of a user's picture.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn picture_of(&self, user: &UserId) -> Result<Option<(String, Vec<u8>)>> {
        let found = sqlx::query("SELECT kind, bytes FROM pictures WHERE user_id = $1")
            .bind(user.as_str())
            .fetch_optional(&self.reader)
            .await?;
        let read = |found: AnyRow| Ok((found.try_get("kind")?, found.try_get("bytes")?));
        found.map(read).transpose()
    }
}

/// A row of texts and numbers.
pub(super) fn members(row: &AnyRow) -> Result<Map<String, Value>> {
    let mut members = Map::new();
    for (place, column) in row.columns().iter().enumerate() {
        let value = match row.try_get::<Option<String>, _>(place) {
            Ok(text) => Value::from(text),
            Err(_) => Value::from(row.try_get::<Option<i64>, _>(place)?),
        };
        members.insert(column.name().to_owned(), value);
    }
    Ok(members)
}
