//! What goes with every change, in the same transaction: the line for the record, the event, and the letter.

use anyhow::Result;
use frontdesk_protocol::Timestamp;
use sqlx::{Any, Transaction};

use super::events;
use crate::chance::Chance;

/// When, from where and by what chance something is changed.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'a> {
    /// When.
    pub now: Timestamp,
    /// The address of the network the request came from.
    pub address: &'a str,
    /// What the ids of lines and letters are made of.
    pub chance: &'a Chance,
}

/// A letter to be sent, sealed; nobody's where only the time it takes must be the same.
#[derive(Clone, Debug)]
pub struct SealedMail(pub Option<String>);

impl Cause<'_> {
    pub(super) fn id(&self, prefix: &str) -> Result<String> {
        Ok(format!("{prefix}_{}", self.chance.token()?.expose()))
    }

    /// Writes a line for the record, and notes what webhooks tell of it.
    pub(super) async fn audit(
        &self,
        transaction: &mut Transaction<'static, Any>,
        action: &str,
        user: Option<&str>,
        subject: Option<&str>,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO audit (id, at, action, user_id, subject, client_address) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(self.id("aud")?)
        .bind(self.now.0)
        .bind(action)
        .bind(user)
        .bind(subject)
        .bind(self.address)
        .execute(&mut **transaction)
        .await?;
        events::note(transaction, action, user, subject, *self).await
    }

    /// Puts a letter on its way.
    pub(super) async fn post(
        &self,
        transaction: &mut Transaction<'static, Any>,
        mail: &SealedMail,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO outbox (id, sealed, tries, not_before, sent_at, created_at) VALUES ($1, $2, 0, $3, NULL, $3)",
        )
        .bind(self.id("mail")?)
        .bind(mail.0.as_deref())
        .bind(self.now.0)
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }
}
