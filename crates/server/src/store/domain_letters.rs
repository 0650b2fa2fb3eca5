//! Letters about invitations that domains made: due with the invitation, written a moment later.
//!
//! Whoever proves an address makes the invitation in their own transaction, which knows neither the words nor the
//! seal; and a domain that thousands are at must not hold up the letters of others.

use anyhow::Result;
use frontdesk_protocol::{InvitationId, Timestamp};

use super::tickets::{self, NewTicket, TicketPurpose};
use super::{Cause, SealedMail, Store, row};

/// An invitation that nobody was written of yet.
#[derive(Clone, Debug)]
pub struct Unwritten {
    /// Its id.
    pub id: InvitationId,
    /// For whom it is.
    pub email_address: String,
    /// The language of the account that has the address.
    pub locale: Option<String>,
    /// What the organization is called.
    pub organization: String,
    /// When the invitation ends.
    pub expires_at: Timestamp,
}

/// A letter about such an invitation.
#[derive(Clone, Debug)]
pub struct DomainLetter<'a> {
    /// Which one it is about.
    pub invitation: &'a InvitationId,
    /// The hash of the ticket in it.
    pub hash: &'a str,
    /// When the ticket ends.
    pub expires_at: Timestamp,
    /// The letter.
    pub mail: SealedMail,
}

impl Store {
    /// Invitations of domains that nobody was written of yet, the first to be made first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn unwritten(&self, most: i64) -> Result<Vec<Unwritten>> {
        let found = sqlx::query(
            "SELECT i.id, i.email_address, i.expires_at, o.name, u.locale FROM invitations i
             JOIN organizations o ON o.id = i.organization_id
             LEFT JOIN email_addresses e ON e.email_address = i.email_address AND e.verified_at IS NOT NULL
             LEFT JOIN users u ON u.id = e.user_id
             WHERE i.letter_due_at IS NOT NULL ORDER BY i.letter_due_at, i.id LIMIT $1",
        )
        .bind(most)
        .fetch_all(&self.reader)
        .await?;
        let read = found.iter().map(|found| {
            Ok(Unwritten {
                id: row::id(found, "id")?,
                email_address: row::text(found, "email_address")?,
                locale: row::maybe_text(found, "locale")?,
                organization: row::text(found, "name")?,
                expires_at: row::time(found, "expires_at")?,
            })
        });
        read.collect()
    }

    /// Puts the letter about an invitation on its way; none where another server did, or where it is not open any more.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn write_domain_letter(
        &self,
        letter: &DomainLetter<'_>,
        cause: Cause<'_>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        let id = letter.invitation.as_str();
        let taken = sqlx::query(
            "UPDATE invitations SET letter_due_at = NULL WHERE id = $1 AND letter_due_at IS NOT NULL RETURNING status",
        )
        .bind(id)
        .fetch_optional(&mut *transaction)
        .await?;
        let status = taken.map(|taken| row::text(&taken, "status")).transpose()?;
        if status.as_deref() == Some("pending") {
            let ticket = NewTicket {
                purpose: TicketPurpose::Invitation,
                hash: letter.hash,
                id,
                subject: id,
                expires_at: letter.expires_at,
            };
            tickets::insert(&mut transaction, ticket, cause.now).await?;
            cause.post(&mut transaction, &letter.mail).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
