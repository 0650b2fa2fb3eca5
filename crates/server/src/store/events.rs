//! What happened, as webhooks tell it: noted in the transaction of the change, written out and spread a moment later.

use anyhow::Result;
use frontdesk_protocol::{EventId, MembershipId, OrganizationId, Timestamp, UserId, WebhookId};
use sqlx::any::AnyRow;

use super::{Cause, Store, Transaction, row};

/// For how long what happened is kept, and can be sent again.
const KEPT_S: i64 = 14 * 86_400;

/// What is told under the name that the record has for it, or under another.
const TOLD: [(&str, &str); 19] = [
    ("user.created", "user.created"),
    ("user.deleted", "user.deleted"),
    ("session.created", "session.created"),
    ("session.ended", "session.ended"),
    ("session.removed", "session.removed"),
    ("session.revoked", "session.revoked"),
    ("organization.created", "organization.created"),
    ("organization.updated", "organization.updated"),
    ("organization.deleted", "organization.deleted"),
    ("membership.created", "organizationMembership.created"),
    ("membership.updated", "organizationMembership.updated"),
    // It takes more than the record has; see `note_end_of_membership`.
    ("membership.deleted", ""),
    ("organization_domain.created", "organizationDomain.created"),
    ("organization_domain.updated", "organizationDomain.updated"),
    ("organization_domain.verified", "organizationDomain.updated"),
    ("organization_domain.deleted", "organizationDomain.deleted"),
    (
        "organization_invitation.created",
        "organizationInvitation.created",
    ),
    (
        "organization_invitation.accepted",
        "organizationInvitation.accepted",
    ),
    (
        "organization_invitation.revoked",
        "organizationInvitation.revoked",
    ),
];
/// Changes of a user, as far as the table does not name them.
const OF_USERS: [&str; 7] = [
    "user",
    "email_address",
    "phone_number",
    "passkey",
    "password",
    "second_factor",
    "external_account",
];
const USER_UPDATED: &str = "user.updated";
const MEMBERSHIP_DELETED: &str = "organizationMembership.deleted";

/// Every kind of event there is.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    let told = TOLD.iter().map(|(_, kind)| *kind);
    told.filter(|kind| !kind.is_empty())
        .chain([USER_UPDATED, MEMBERSHIP_DELETED])
}

/// The part of a kind that says what it is about.
pub fn family(kind: &str) -> &str {
    kind.split('.').next().unwrap_or(kind)
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id, the same however often it is sent.
    pub id: EventId,
    /// What it is called, e.g. `user.created`.
    pub kind: String,
    /// The id of what it happened to.
    pub subject: String,
    /// The user it is about, where that is known.
    pub user: Option<UserId>,
    /// The organization it is about, where that is known.
    pub organization: Option<OrganizationId>,
    /// When it happened.
    pub created_at: Timestamp,
}

/// Notes what the record is told as an event too, if there is anybody to tell.
pub(super) async fn note(
    transaction: &mut Transaction,
    action: &str,
    user: Option<&str>,
    subject: Option<&str>,
    cause: Cause<'_>,
) -> Result<()> {
    let told = TOLD.iter().find(|(name, _)| *name == action);
    let kind = match told {
        Some((_, kind)) => kind,
        None if OF_USERS.contains(&family(action)) => USER_UPDATED,
        None => return Ok(()),
    };
    let (subject, user) = match (family(kind), subject, user) {
        ("user", _, Some(user)) => (user, Some(user)),
        ("session", Some(session), _) => (session, user),
        // The user of the record is the one who did it.
        (family, Some(it), _) if family.starts_with("organization") => (it, None),
        _ => return Ok(()),
    };
    insert(transaction, kind, subject, (user, None), cause).await
}

/// Notes that somebody is not in an organization any more; nothing is left that could be read later.
pub(super) async fn note_end_of_membership(
    transaction: &mut Transaction,
    membership: &str,
    (user, organization): (&str, &str),
    cause: Cause<'_>,
) -> Result<()> {
    let whose = (Some(user), Some(organization));
    insert(transaction, MEMBERSHIP_DELETED, membership, whose, cause).await
}

/// Notes that sessions of a user were ended all at once, by the rows with their ids.
pub(super) async fn note_revoked(
    transaction: &mut Transaction,
    user: &UserId,
    sessions: &[AnyRow],
    cause: Cause<'_>,
) -> Result<()> {
    for session in sessions {
        let session = row::text(session, "id")?;
        let whose = (Some(user.as_str()), None);
        insert(transaction, "session.revoked", &session, whose, cause).await?;
    }
    Ok(())
}

/// Whether there is anybody to tell.
pub(super) async fn has_listeners(transaction: &mut Transaction) -> Result<bool> {
    let found = sqlx::query("SELECT 1 FROM webhooks")
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(found.is_some())
}

async fn insert(
    transaction: &mut Transaction,
    kind: &str,
    subject: &str,
    (user, organization): (Option<&str>, Option<&str>),
    cause: Cause<'_>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO events (id, kind, family, subject, user_id, organization_id, not_before, created_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $7 WHERE EXISTS (SELECT 1 FROM webhooks)",
    )
    .bind(EventId::from_random(cause.chance.bytes()?).as_str())
    .bind(kind)
    .bind(family(kind))
    .bind(subject)
    .bind(user)
    .bind(organization)
    .bind(cause.now.0)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Forgets what shows a user who is about to be deleted, sent or not.
pub(super) async fn forget(transaction: &mut Transaction, user: &str) -> Result<()> {
    sqlx::query(
        "DELETE FROM events WHERE user_id = $1 AND kind IN
         ('user.created', 'user.updated', 'organizationMembership.created', 'organizationMembership.updated')",
    )
    .bind(user)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

impl Store {
    /// Takes one event that is to be written out, for as long as `lease_s`: no other replica does it meanwhile.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn take_event(&self, now: Timestamp, lease_s: i64) -> Result<Option<Event>> {
        let taken = sqlx::query(
            "UPDATE events SET not_before = $1 WHERE spread_at IS NULL AND not_before <= $2 AND id = (
               SELECT id FROM events WHERE spread_at IS NULL AND not_before <= $2
               ORDER BY not_before, id LIMIT 1)
             RETURNING *",
        )
        .bind(now.plus_s(lease_s).0)
        .bind(now.0)
        .fetch_optional(&self.writer)
        .await?;
        taken.as_ref().map(read).transpose()
    }

    /// Keeps what is sent of an event, sealed, and has it sent to everybody who asked for its kind before it happened.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn spread_event(&self, event: &Event, sealed: &str, now: Timestamp) -> Result<()> {
        let mut transaction = self.begin().await?;
        let written = sqlx::query(
            "UPDATE events SET sealed = $1, user_id = $2, spread_at = $3 WHERE id = $4 AND spread_at IS NULL",
        )
        .bind(sealed)
        .bind(event.user.as_ref().map(UserId::as_str))
        .bind(now.0)
        .bind(event.id.as_str())
        .execute(&mut *transaction)
        .await?;
        if written.rows_affected() == 0 {
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO deliveries (webhook_id, event_id, status, tries, not_before, created_at, updated_at)
             SELECT w.id, e.id, 'pending', 0, $1, $1, $1 FROM webhooks w, events e
             WHERE e.id = $2 AND w.disabled_at IS NULL AND w.created_at <= e.created_at
               AND (' ' || w.events || ' ' LIKE '% * %' OR ' ' || w.events || ' ' LIKE '% ' || e.family || '.* %'
                 OR ' ' || w.events || ' ' LIKE '% ' || e.kind || ' %')",
        )
        .bind(now.0)
        .bind(event.id.as_str())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Keeps an event that is one webhook's alone, and has it sent there.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn post_event(&self, event: &Event, sealed: &str, to: &WebhookId) -> Result<()> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO events (id, kind, family, subject, sealed, not_before, spread_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6, $6)",
        )
        .bind(event.id.as_str())
        .bind(event.kind.as_str())
        .bind(family(&event.kind))
        .bind(event.subject.as_str())
        .bind(sealed)
        .bind(event.created_at.0)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO deliveries (webhook_id, event_id, status, tries, not_before, created_at, updated_at)
             VALUES ($1, $2, 'pending', 0, $3, $3, $3)",
        )
        .bind(to.as_str())
        .bind(event.id.as_str())
        .bind(event.created_at.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Forgets an event that there is nothing to tell of any more.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn drop_event(&self, id: &EventId) -> Result<()> {
        sqlx::query("DELETE FROM events WHERE id = $1")
            .bind(id.as_str())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Forgets the events of long ago, with all that became of them.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn forget_events(&self, now: Timestamp) -> Result<()> {
        sqlx::query("DELETE FROM events WHERE created_at <= $1")
            .bind(now.plus_s(-KEPT_S).0)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Who is in which organization by a membership.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn parties(&self, id: &MembershipId) -> Result<Option<(OrganizationId, UserId)>> {
        let found = sqlx::query("SELECT organization_id, user_id FROM memberships WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.reader)
            .await?;
        let Some(found) = found else { return Ok(None) };
        let organization = row::id(&found, "organization_id")?;
        Ok(Some((organization, row::id(&found, "user_id")?)))
    }

    /// The organization that an invitation leads into, or that a domain is of.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn host_of(&self, id: &str) -> Result<Option<OrganizationId>> {
        const SQL: &str = "SELECT organization_id FROM invitations WHERE id = $1
            UNION ALL SELECT organization_id FROM organization_domains WHERE id = $1";
        let found = sqlx::query(SQL)
            .bind(id)
            .fetch_optional(&self.reader)
            .await?;
        found
            .as_ref()
            .map_or(Ok(None), |found| row::maybe_id(found, "organization_id"))
    }
}

fn read(found: &AnyRow) -> Result<Event> {
    Ok(Event {
        id: row::id(found, "id")?,
        kind: row::text(found, "kind")?,
        subject: row::text(found, "subject")?,
        user: row::maybe_id(found, "user_id")?,
        organization: row::maybe_id(found, "organization_id")?,
        created_at: row::time(found, "created_at")?,
    })
}
