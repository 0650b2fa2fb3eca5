//! The allow list and the block list.

use anyhow::Result;
use frontdesk_protocol::{RestrictionId, Timestamp};
use sqlx::any::AnyRow;

use super::{Cause, Store, row};

/// A list of addresses, numbers and patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Who alone may sign up.
    Allow,
    /// Who may not.
    Block,
}

/// An entry of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: RestrictionId,
    /// An address, a number or a pattern.
    pub identifier: String,
    /// When it was added.
    pub created_at: Timestamp,
}

impl List {
    /// The list as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Block => "block",
        }
    }
}

impl Store {
    /// Whether one of `patterns` is on a list.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn is_listed(&self, list: List, patterns: &[String]) -> Result<bool> {
        for pattern in patterns {
            let found =
                sqlx::query("SELECT 1 FROM restrictions WHERE list = $1 AND identifier = $2")
                    .bind(list.as_str())
                    .bind(pattern.as_str())
                    .fetch_optional(&self.reader)
                    .await?;
            if found.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Everything on a list, the oldest first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn listed(&self, list: List) -> Result<Vec<Listed>> {
        let found =
            sqlx::query("SELECT * FROM restrictions WHERE list = $1 ORDER BY created_at, id")
                .bind(list.as_str())
                .fetch_all(&self.reader)
                .await?;
        found.iter().map(read).collect()
    }

    /// Adds an entry; false if it is on the list already.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn list(&self, list: List, entry: &Listed, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let inserted = sqlx::query(
            "INSERT INTO restrictions (id, list, identifier, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(entry.id.as_str())
        .bind(list.as_str())
        .bind(entry.identifier.as_str())
        .bind(entry.created_at.0)
        .execute(&mut *transaction)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(false);
        }
        let subject = Some(entry.id.as_str());
        cause
            .audit(&mut transaction, "restriction.created", None, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Takes an entry off a list; false if it is not on it.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn unlist(&self, list: List, id: &RestrictionId, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let removed = sqlx::query("DELETE FROM restrictions WHERE list = $1 AND id = $2")
            .bind(list.as_str())
            .bind(id.as_str())
            .execute(&mut *transaction)
            .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        let subject = Some(id.as_str());
        cause
            .audit(&mut transaction, "restriction.removed", None, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn read(found: &AnyRow) -> Result<Listed> {
    Ok(Listed {
        id: row::id(found, "id")?,
        identifier: row::text(found, "identifier")?,
        created_at: row::time(found, "created_at")?,
    })
}
