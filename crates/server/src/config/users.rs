//! `[users]`: what people may do with their own account.

use serde::{Deserialize, Serialize};

/// `[users]`: what people may do with their own account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Users {
    /// Whether people may delete their account.
    pub delete_self: bool,
}

impl Default for Users {
    fn default() -> Self {
        Self { delete_self: true }
    }
}
