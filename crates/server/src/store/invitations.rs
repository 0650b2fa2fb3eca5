//! Invitations to sign up, and the waiting list that some come from.

use anyhow::Result;
use frontdesk_protocol::{InvitationId, OrganizationId, Timestamp, WaitlistEntryId};
use sqlx::any::AnyRow;

use super::emails::is_taken;
use super::tickets::{self, NewTicket};
use super::{Cause, SealedMail, Store, Transaction, row};

/// An invitation as it is stored.
#[derive(Clone, Debug)]
pub struct StoredInvitation {
    /// Its id.
    pub id: InvitationId,
    /// Who is invited.
    pub email_address: String,
    /// `pending`, `accepted`, `revoked` or `expired`.
    pub status: String,
    /// The organization it leads into, if it does.
    pub organization: Option<OrganizationId>,
    /// What the user's public metadata will be, as JSON.
    pub public_metadata: Option<String>,
    /// Where the link leads.
    pub redirect_url: Option<String>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A place on the waiting list as it is stored.
#[derive(Clone, Debug)]
pub struct StoredEntry {
    /// Its id.
    pub id: WaitlistEntryId,
    /// Who waits.
    pub email_address: String,
    /// `pending`, `invited`, `completed` or `rejected`.
    pub status: String,
    /// The language.
    pub locale: Option<String>,
    /// When it was taken.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Store {
    /// Invites somebody, and notes it on the waiting list; false if an invitation is open already.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_invitation(
        &self,
        invitation: &StoredInvitation,
        ticket: NewTicket<'_>,
        mail: Option<&SealedMail>,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "UPDATE invitations SET status = 'expired', updated_at = $1
             WHERE email_address = $2 AND status = 'pending' AND expires_at <= $1 AND organization_id IS NULL",
        )
        .bind(cause.now.0)
        .bind(invitation.email_address.as_str())
        .execute(&mut *transaction)
        .await?;
        let inserted = sqlx::query(
            "INSERT INTO invitations (id, email_address, status, public_metadata, redirect_url, expires_at, created_at, updated_at)
             VALUES ($1, $2, 'pending', $3, $4, $5, $6, $6)",
        )
        .bind(invitation.id.as_str())
        .bind(invitation.email_address.as_str())
        .bind(invitation.public_metadata.as_deref())
        .bind(invitation.redirect_url.as_deref())
        .bind(invitation.expires_at.0)
        .bind(cause.now.0)
        .execute(&mut *transaction)
        .await;
        match inserted {
            Ok(_) => {}
            Err(error) if is_taken(&error) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        tickets::insert(&mut transaction, ticket, cause.now).await?;
        sqlx::query(
            "UPDATE waitlist_entries SET status = 'invited', updated_at = $1 WHERE email_address = $2",
        )
        .bind(cause.now.0)
        .bind(invitation.email_address.as_str())
        .execute(&mut *transaction)
        .await?;
        if let Some(mail) = mail {
            cause.post(&mut transaction, mail).await?;
        }
        let subject = Some(invitation.id.as_str());
        cause
            .audit(&mut transaction, "invitation.created", None, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// An invitation.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn invitation(&self, id: &InvitationId) -> Result<Option<StoredInvitation>> {
        let found = sqlx::query("SELECT * FROM invitations WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// A page of the invitations, the newest first, and how many there are; of one status or of all.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn invitations(
        &self,
        status: Option<&str>,
        (limit, offset): (i64, i64),
    ) -> Result<(Vec<StoredInvitation>, u32)> {
        let found = sqlx::query(
            "SELECT *, COUNT(*) OVER () AS total FROM invitations WHERE COALESCE($1, status) = status AND organization_id IS NULL
             ORDER BY created_at DESC, id LIMIT $2 OFFSET $3",
        )
        .bind(status)
        .bind(limit)
        .bind(offset)
        .fetch_all(&self.reader)
        .await?;
        let total = row::total(&found)?;
        let page: Result<Vec<_>> = found.iter().map(read).collect();
        Ok((page?, total))
    }

    /// Takes an invitation back; false if it is not open.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn revoke_invitation(&self, id: &InvitationId, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let revoked = sqlx::query(
            "UPDATE invitations SET status = 'revoked', updated_at = $1 WHERE id = $2 AND status = 'pending' AND organization_id IS NULL",
        )
        .bind(cause.now.0)
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        if revoked.rows_affected() == 0 {
            return Ok(false);
        }
        tickets::forget(&mut transaction, id.as_str()).await?;
        let subject = Some(id.as_str());
        cause
            .audit(&mut transaction, "invitation.revoked", None, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Takes a place on the waiting list; whoever has one keeps it.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn join_waitlist(
        &self,
        id: &WaitlistEntryId,
        email: &str,
        locale: Option<&str>,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO waitlist_entries (id, email_address, status, locale, created_at, updated_at)
             VALUES ($1, $2, 'pending', $3, $4, $4) ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(email)
        .bind(locale)
        .bind(now.0)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// One place on the waiting list.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn waitlist_entry(&self, id: &WaitlistEntryId) -> Result<Option<StoredEntry>> {
        let found = sqlx::query("SELECT * FROM waitlist_entries WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(read_entry).transpose()
    }

    /// A page of the waiting list, the oldest first, and how many wait; of one status or of all.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn waitlist(
        &self,
        status: Option<&str>,
        (limit, offset): (i64, i64),
    ) -> Result<(Vec<StoredEntry>, u32)> {
        let found = sqlx::query(
            "SELECT *, COUNT(*) OVER () AS total FROM waitlist_entries WHERE COALESCE($1, status) = status
             ORDER BY created_at, id LIMIT $2 OFFSET $3",
        )
        .bind(status)
        .bind(limit)
        .bind(offset)
        .fetch_all(&self.reader)
        .await?;
        let total = row::total(&found)?;
        let page: Result<Vec<_>> = found.iter().map(read_entry).collect();
        Ok((page?, total))
    }

    /// Turns somebody on the waiting list away; false if they are not waiting.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn reject_entry(&self, id: &WaitlistEntryId, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let rejected = sqlx::query(
            "UPDATE waitlist_entries SET status = 'rejected', updated_at = $1 WHERE id = $2 AND status = 'pending'",
        )
        .bind(cause.now.0)
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        if rejected.rows_affected() == 0 {
            return Ok(false);
        }
        let subject = Some(id.as_str());
        cause
            .audit(&mut transaction, "waitlist_entry.rejected", None, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// What an invitation comes to.
pub(super) enum Accepted {
    /// It is used up, and brings this public metadata.
    SignUp(Option<String>),
    /// It is open and leads into an organization, which is still to be joined.
    Organization,
    /// It is not open any more.
    Closed,
}

/// Uses up an invitation to sign up.
pub(super) async fn accept(
    transaction: &mut Transaction,
    id: &InvitationId,
    now: Timestamp,
) -> Result<Accepted> {
    let accepted = sqlx::query(
        "UPDATE invitations SET status = 'accepted', updated_at = $1
         WHERE id = $2 AND status = 'pending' AND expires_at > $1 AND organization_id IS NULL
         RETURNING email_address, public_metadata",
    )
    .bind(now.0)
    .bind(id.as_str())
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(accepted) = accepted else {
        let leads_on = sqlx::query(
            "SELECT 1 FROM invitations
             WHERE id = $2 AND status = 'pending' AND expires_at > $1 AND organization_id IS NOT NULL",
        )
        .bind(now.0)
        .bind(id.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
        return Ok(match leads_on {
            Some(_) => Accepted::Organization,
            None => Accepted::Closed,
        });
    };
    tickets::forget(transaction, id.as_str()).await?;
    sqlx::query(
        "UPDATE waitlist_entries SET status = 'completed', updated_at = $1 WHERE email_address = $2",
    )
    .bind(now.0)
    .bind(row::text(&accepted, "email_address")?)
    .execute(&mut **transaction)
    .await?;
    let metadata = row::maybe_text(&accepted, "public_metadata")?;
    Ok(Accepted::SignUp(metadata))
}

fn read(found: &AnyRow) -> Result<StoredInvitation> {
    Ok(StoredInvitation {
        id: row::id(found, "id")?,
        email_address: row::text(found, "email_address")?,
        status: row::text(found, "status")?,
        organization: row::maybe_id(found, "organization_id")?,
        public_metadata: row::maybe_text(found, "public_metadata")?,
        redirect_url: row::maybe_text(found, "redirect_url")?,
        expires_at: row::time(found, "expires_at")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}

fn read_entry(found: &AnyRow) -> Result<StoredEntry> {
    Ok(StoredEntry {
        id: row::id(found, "id")?,
        email_address: row::text(found, "email_address")?,
        status: row::text(found, "status")?,
        locale: row::maybe_text(found, "locale")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
