//! What is kept between a question and its answer: a provider's state, a passkey's challenge, a link.
//!
//! Each is sealed, bound to one purpose and one browser, and handed out once.

use anyhow::Result;
use frontdesk_protocol::Timestamp;

use super::{Store, row};

/// Something kept until it is answered.
#[derive(Clone, Copy, Debug)]
pub struct Ceremony<'a> {
    /// What it is for, e.g. `oauth`; part of the key, so that none serves for another.
    pub purpose: &'static str,
    /// The hash of the secret that comes back with the answer.
    pub hash: &'a str,
    /// The browser that it was begun in.
    pub client: &'a str,
}

impl Store {
    /// Keeps `sealed` until it is taken or ends.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn begin_ceremony(
        &self,
        ceremony: Ceremony<'_>,
        sealed: &str,
        expires_at: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO ceremonies (purpose, hash, client_id, sealed, expires_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (purpose, hash) DO UPDATE SET
               client_id = excluded.client_id, sealed = excluded.sealed, expires_at = excluded.expires_at",
        )
        .bind(ceremony.purpose)
        .bind(ceremony.hash)
        .bind(ceremony.client)
        .bind(sealed)
        .bind(expires_at.0)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// What was kept; whoever asks second, or in another browser, gets nothing.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn take_ceremony(
        &self,
        ceremony: Ceremony<'_>,
        now: Timestamp,
    ) -> Result<Option<String>> {
        let taken = sqlx::query(
            "DELETE FROM ceremonies WHERE purpose = $1 AND hash = $2 AND client_id = $3 AND expires_at > $4
             RETURNING sealed",
        )
        .bind(ceremony.purpose)
        .bind(ceremony.hash)
        .bind(ceremony.client)
        .bind(now.0)
        .fetch_optional(&self.writer)
        .await?;
        taken
            .as_ref()
            .map(|taken| row::text(taken, "sealed"))
            .transpose()
    }
}
