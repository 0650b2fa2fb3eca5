//! What goes with every change, in the same transaction: the line for the record, the event, and the letter.

use anyhow::Result;
use frontdesk_protocol::{OrganizationId, SecretKeyId, Timestamp};

use super::{Transaction, events};
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
    /// The key of the app's server that asks for it; nothing where somebody signed in does.
    pub key: Option<&'a str>,
    /// The organization that it is about.
    pub organization: Option<&'a str>,
}

/// A letter to be sent, sealed; nobody's where only the time it takes must be the same.
#[derive(Clone, Debug)]
pub struct SealedMail(pub Option<String>);

impl<'a> Cause<'a> {
    /// A cause that is about no organization, and no app's server's.
    pub const fn new(now: Timestamp, address: &'a str, chance: &'a Chance) -> Self {
        Self {
            now,
            address,
            chance,
            key: None,
            organization: None,
        }
    }

    /// The same, by a key of the app's server.
    #[must_use]
    pub fn by(self, key: &'a SecretKeyId) -> Self {
        Self {
            key: Some(key.as_str()),
            ..self
        }
    }

    /// The same, about an organization.
    #[must_use]
    pub fn within(self, organization: &'a OrganizationId) -> Self {
        Self {
            organization: Some(organization.as_str()),
            ..self
        }
    }

    pub(super) fn id(&self, prefix: &str) -> Result<String> {
        Ok(format!("{prefix}_{}", self.chance.token()?.expose()))
    }

    /// Writes a line for the record, and notes what webhooks tell of it.
    pub(super) async fn audit(
        &self,
        transaction: &mut Transaction,
        action: &str,
        user: Option<&str>,
        subject: Option<&str>,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO audit (id, at, action, user_id, subject, client_address, secret_key_id, organization_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.id("aud")?)
        .bind(self.now.0)
        .bind(action)
        .bind(user)
        .bind(subject)
        .bind(self.address)
        .bind(self.key)
        .bind(self.organization)
        .execute(&mut **transaction)
        .await?;
        events::note(transaction, action, user, subject, *self).await
    }

    /// Puts a letter on its way.
    pub(super) async fn post(
        &self,
        transaction: &mut Transaction,
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
