//! The record of what was done and refused, as the app's server reads it.

use std::fmt::Write as _;

use anyhow::Result;
use frontdesk_protocol::{OrganizationId, Timestamp, UserId};
use serde::Serialize;
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use super::{Cause, Store, row};

/// What is written where somebody may not do what they asked for.
pub const REFUSED: &str = "authorization.refused";

/// A line of the record.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Always `audit_log_entry`.
    pub object: &'static str,
    /// Its id.
    pub id: String,
    /// When.
    pub created_at: Timestamp,
    /// What was done, e.g. `membership.updated`.
    pub action: String,
    /// Who did it, or whom it was done to where an app's server did.
    pub user_id: Option<String>,
    /// The organization that it is about.
    pub organization_id: Option<String>,
    /// The key of the app's server that did it.
    pub secret_key_id: Option<String>,
    /// The thing that it was done to, or why it was not done.
    pub subject: Option<String>,
    /// The address of the network that the request came from.
    pub client_address: Option<String>,
}

/// Which lines; what is absent is not asked for.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Of this user.
    pub user: Option<String>,
    /// About this organization.
    pub organization: Option<String>,
    /// Of this action.
    pub action: Option<String>,
    /// By this key.
    pub key: Option<String>,
    /// From then on.
    pub since: Option<Timestamp>,
    /// Before then.
    pub until: Option<Timestamp>,
    /// After this one, in the order in which they are shown.
    pub after: Option<String>,
}

impl Store {
    /// Lines of the record, the newest first; nothing where the one to go on from is not there.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn audit_lines(&self, lines: &Lines, limit: i64) -> Result<Option<Vec<Line>>> {
        let mut until = (lines.until.map_or(i64::MAX, |at| at.0), String::new());
        if let Some(after) = &lines.after {
            let found = sqlx::query("SELECT at FROM audit WHERE id = $1")
                .bind(after.as_str())
                .fetch_optional(&self.reader)
                .await?;
            let Some(found) = found else { return Ok(None) };
            until = until.min((row::time(&found, "at")?.0, after.clone()));
        }
        // What is not asked for is not written, so that the index of what is can be walked.
        let filters = [
            ("user_id", &lines.user),
            ("organization_id", &lines.organization),
            ("action", &lines.action),
            ("secret_key_id", &lines.key),
        ];
        let asked: Vec<(&str, &str)> = filters
            .into_iter()
            .filter_map(|(column, value)| Some((column, value.as_deref()?)))
            .collect();
        let mut sql = String::from(
            "SELECT * FROM audit WHERE at >= $1 AND at <= $2 AND (at < $2 OR id < $3)",
        );
        for (place, (column, _)) in asked.iter().enumerate() {
            write!(sql, " AND {column} = ${}", place + 5)?;
        }
        sql.push_str(" ORDER BY at DESC, id DESC LIMIT $4");
        let mut query = sqlx::query(AssertSqlSafe(sql))
            .bind(lines.since.map_or(0, |at| at.0))
            .bind(until.0)
            .bind(until.1)
            .bind(limit);
        for (_, value) in asked {
            query = query.bind(value);
        }
        let found = query.fetch_all(&self.reader).await?;
        let read: Result<Vec<_>> = found.iter().map(read).collect();
        Ok(Some(read?))
    }

    /// Notes that somebody asked for what they may not do: `permission` is what they lack.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn note_refusal(
        &self,
        user: Option<&UserId>,
        organization: Option<&OrganizationId>,
        permission: &str,
        cause: Cause<'_>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        let cause = match organization {
            Some(organization) => cause.within(organization),
            None => cause,
        };
        let user = user.map(UserId::as_str);
        cause
            .audit(&mut transaction, REFUSED, user, Some(permission))
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}

fn read(found: &AnyRow) -> Result<Line> {
    Ok(Line {
        object: "audit_log_entry",
        id: row::text(found, "id")?,
        created_at: row::time(found, "at")?,
        action: row::text(found, "action")?,
        user_id: row::maybe_text(found, "user_id")?,
        organization_id: row::maybe_text(found, "organization_id")?,
        secret_key_id: row::maybe_text(found, "secret_key_id")?,
        subject: row::maybe_text(found, "subject")?,
        client_address: row::maybe_text(found, "client_address")?,
    })
}
