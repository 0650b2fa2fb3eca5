//! Tickets: secrets that the app's server gives to somebody, by their hashes; each works once.
//!
//! The purpose is part of the key, so that no ticket serves for another.

use anyhow::Result;
use frontdesk_protocol::{SignInTokenId, Timestamp};

use super::{Cause, Store, Transaction, row};

/// What a ticket is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketPurpose {
    /// Signs a user in; a second factor is asked for all the same.
    SignIn,
    /// Signs a user in, and nothing more is asked.
    SignInAlone,
    /// Lets whoever was invited sign up.
    Invitation,
}

impl TicketPurpose {
    /// The purpose as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignInAlone => "sign_in_alone",
            Self::Invitation => "invitation",
        }
    }
}

/// A ticket about to be given.
#[derive(Clone, Copy, Debug)]
pub struct NewTicket<'a> {
    /// What it is for.
    pub purpose: TicketPurpose,
    /// Its hash.
    pub hash: &'a str,
    /// What it is called.
    pub id: &'a str,
    /// The user or the invitation.
    pub subject: &'a str,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Store {
    /// Keeps a ticket to sign in with.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_ticket(&self, ticket: NewTicket<'_>, cause: Cause<'_>) -> Result<()> {
        let mut transaction = self.begin().await?;
        insert(&mut transaction, ticket, cause.now).await?;
        let (user, subject) = (Some(ticket.subject), Some(ticket.id));
        cause
            .audit(&mut transaction, "sign_in_token.created", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whom or what a ticket is about, as long as it works.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn ticket(
        &self,
        purpose: TicketPurpose,
        hash: &str,
        now: Timestamp,
    ) -> Result<Option<String>> {
        let found = sqlx::query(
            "SELECT subject FROM tickets WHERE purpose = $1 AND hash = $2 AND expires_at > $3",
        )
        .bind(purpose.as_str())
        .bind(hash)
        .bind(now.0)
        .fetch_optional(&self.reader)
        .await?;
        found.map(|found| row::text(&found, "subject")).transpose()
    }

    /// Makes a ticket to sign in with worthless; false if it was spent, or there is none such.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn revoke_ticket(&self, id: &SignInTokenId, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let revoked = sqlx::query(
            "DELETE FROM tickets WHERE id = $1 AND purpose IN ('sign_in', 'sign_in_alone') AND expires_at > $2",
        )
        .bind(id.as_str())
        .bind(cause.now.0)
        .execute(&mut *transaction)
        .await?;
        if revoked.rows_affected() == 0 {
            return Ok(false);
        }
        let subject = Some(id.as_str());
        cause
            .audit(&mut transaction, "sign_in_token.revoked", None, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

pub(super) async fn insert(
    transaction: &mut Transaction,
    ticket: NewTicket<'_>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO tickets (purpose, hash, id, subject, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(ticket.purpose.as_str())
    .bind(ticket.hash)
    .bind(ticket.id)
    .bind(ticket.subject)
    .bind(ticket.expires_at.0)
    .bind(now.0)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Makes every ticket about `subject` worthless.
pub(super) async fn forget(transaction: &mut Transaction, subject: &str) -> Result<()> {
    sqlx::query("DELETE FROM tickets WHERE subject = $1")
        .bind(subject)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
