//! The allow list and the block list.

use anyhow::Result;

use super::Store;

/// A list of addresses, numbers and patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Who alone may sign up.
    Allow,
    /// Who may not.
    Block,
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
}
