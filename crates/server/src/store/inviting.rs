//! Inviting people to organizations, and what comes of it: rows of `invitations` that name one.

use anyhow::Result;
use frontdesk_protocol::{
    InvitationId, MembershipId, OrganizationId, SessionId, SystemPermission, Timestamp, UserId,
};

use super::authority::{Actor, Outcome, hold};
use super::joining::join;
use super::members::NewMember;
use super::tickets::{self, NewTicket, TicketPurpose};
use super::{Cause, SealedMail, Store, Transaction, row};

/// Somebody about to be invited.
#[derive(Clone, Debug)]
pub struct NewInvitee {
    /// The id of the invitation, and of its ticket.
    pub id: InvitationId,
    /// Who, canonical.
    pub email_address: String,
    /// The hash of the ticket.
    pub hash: String,
    /// The letter.
    pub mail: SealedMail,
}

/// What several people are about to be invited to.
#[derive(Clone, Copy, Debug)]
pub struct Inviting<'a> {
    /// The organization.
    pub organization: &'a OrganizationId,
    /// The key of the role.
    pub role: &'a str,
    /// In whose name.
    pub host: Option<&'a UserId>,
    /// What browsers may read of the invitations, and what they never see, as JSON.
    pub metadata: (Option<&'a str>, Option<&'a str>),
    /// When the invitations end.
    pub expires_at: Timestamp,
    /// How many members there may be; 0 for no limit.
    pub most_members: u32,
    /// How many invitations may be open; 0 for no limit.
    pub most_open: u32,
}

/// What became of inviting people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// They are, all of them.
    Done,
    /// Nobody is, because these are members already.
    Members(Vec<String>),
    /// Nobody is, because there would be more open invitations than there may be.
    TooMany,
    /// Nobody is, because of that.
    Refused(Outcome),
}

/// Who accepts an invitation, and what comes of it.
#[derive(Clone, Copy, Debug)]
pub struct Accepting<'a> {
    /// The invitation.
    pub id: &'a InvitationId,
    /// Who.
    pub user: &'a UserId,
    /// The id of the membership.
    pub membership: &'a MembershipId,
    /// The session that is in the organization from then on.
    pub session: Option<&'a SessionId>,
    /// How many members there may be; 0 for no limit.
    pub most: u32,
}

const OPEN: &str = "UPDATE invitations SET status = 'expired', updated_at = $1
    WHERE organization_id = $2 AND status = 'pending' AND expires_at <= $1";

impl Store {
    /// Invites people to an organization, all of them or nobody; whoever is invited already gets another letter, and
    /// the one before is worth nothing any more.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn invite(
        &self,
        actor: Actor<'_>,
        inviting: Inviting<'_>,
        invitees: &[NewInvitee],
        cause: Cause<'_>,
    ) -> Result<Invited> {
        let organization = inviting.organization;
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::MembershipsManage;
        let refused = actor.enter(&mut transaction, organization, manage).await?;
        if let Some(refused) = refused {
            return Ok(Invited::Refused(refused));
        }
        let refused = actor
            .handle(&mut transaction, organization, inviting.role)
            .await?;
        if let Some(refused) = refused {
            return Ok(Invited::Refused(refused));
        }
        let mut members = Vec::new();
        for invitee in invitees {
            if is_member(&mut transaction, organization, &invitee.email_address).await? {
                members.push(invitee.email_address.clone());
            }
        }
        if !members.is_empty() {
            return Ok(Invited::Members(members));
        }
        sqlx::query(OPEN)
            .bind(cause.now.0)
            .bind(organization.as_str())
            .execute(&mut *transaction)
            .await?;
        for invitee in invitees {
            let id = put(&mut transaction, inviting, invitee, cause).await?;
            let ticket = NewTicket {
                purpose: TicketPurpose::Invitation,
                hash: &invitee.hash,
                id: &id,
                subject: &id,
                expires_at: inviting.expires_at,
            };
            tickets::forget(&mut transaction, &id).await?;
            tickets::insert(&mut transaction, ticket, cause.now).await?;
            cause.post(&mut transaction, &invitee.mail).await?;
            actor
                .audit(
                    &mut transaction,
                    "organization_invitation.created",
                    &id,
                    cause.within(organization),
                )
                .await?;
        }
        let counted = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM invitations WHERE organization_id = $1 AND status = 'pending' AND domain_id IS NULL) AS pending,
             o.members_count AS members, COALESCE(o.max_memberships, $2) AS most FROM organizations o WHERE o.id = $1",
        )
        .bind(organization.as_str())
        .bind(i64::from(inviting.most_members))
        .fetch_one(&mut *transaction)
        .await?;
        let open = row::count(&counted, "pending")?;
        let seats = open + row::count(&counted, "members")?;
        let is_beyond = |count: u32, most: u32| most > 0 && count > most;
        if is_beyond(open, inviting.most_open) {
            return Ok(Invited::TooMany);
        }
        if is_beyond(seats, row::count(&counted, "most")?) {
            return Ok(Invited::Refused(Outcome::Full));
        }
        transaction.commit().await?;
        Ok(Invited::Done)
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn revoke_organization_invitation(
        &self,
        actor: Actor<'_>,
        organization: &OrganizationId,
        id: &InvitationId,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::MembershipsManage;
        let refused = actor.enter(&mut transaction, organization, manage).await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let revoked = sqlx::query(
            "UPDATE invitations SET status = 'revoked', updated_at = $1
             WHERE id = $2 AND organization_id = $3 AND status = 'pending' AND expires_at > $1",
        )
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(organization.as_str())
        .execute(&mut *transaction)
        .await?;
        if revoked.rows_affected() == 0 {
            return Ok(Outcome::Unknown);
        }
        tickets::forget(&mut transaction, id.as_str()).await?;
        let (action, id) = ("organization_invitation.revoked", id.as_str());
        let cause = cause.within(organization);
        actor.audit(&mut transaction, action, id, cause).await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }

    /// Accepts an invitation for somebody who has proven the address that it is for.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn accept_invitation(
        &self,
        accepting: Accepting<'_>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let outcome = accept(&mut transaction, accepting, cause).await?;
        if outcome == Outcome::Done || outcome == Outcome::AlreadyMember {
            transaction.commit().await?;
        }
        Ok(outcome)
    }
}

/// Accepts an invitation; whoever is a member already stays what they are, and the invitation is used up.
pub(super) async fn accept(
    transaction: &mut Transaction,
    accepting: Accepting<'_>,
    cause: Cause<'_>,
) -> Result<Outcome> {
    let found = sqlx::query("SELECT organization_id FROM invitations WHERE id = $1")
        .bind(accepting.id.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
    let organization: Option<OrganizationId> = match found {
        Some(found) => row::maybe_id(&found, "organization_id")?,
        None => None,
    };
    let Some(organization) = organization else {
        return Ok(Outcome::Unknown);
    };
    // Held before the invitation, as everywhere, so that two who wait for each other cannot be.
    if !hold(transaction, &organization).await? {
        return Ok(Outcome::Unknown);
    }
    let accepted = sqlx::query(
        "UPDATE invitations SET status = 'accepted', updated_at = $1
         WHERE id = $2 AND status = 'pending' AND expires_at > $1 AND EXISTS (SELECT 1 FROM email_addresses e
           WHERE e.user_id = $3 AND e.email_address = invitations.email_address AND e.verified_at IS NOT NULL)
         RETURNING role, public_metadata, private_metadata",
    )
    .bind(cause.now.0)
    .bind(accepting.id.as_str())
    .bind(accepting.user.as_str())
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(accepted) = accepted else {
        return Ok(Outcome::Unknown);
    };
    tickets::forget(transaction, accepting.id.as_str()).await?;
    let new = NewMember {
        id: accepting.membership,
        organization: &organization,
        user: accepting.user,
        role: &row::text(&accepted, "role")?,
        most: accepting.most,
    };
    let outcome = join(transaction, new, cause).await?;
    if outcome == Outcome::Done {
        sqlx::query(
            "UPDATE memberships SET public_metadata = $1, private_metadata = $2 WHERE id = $3",
        )
        .bind(row::maybe_text(&accepted, "public_metadata")?)
        .bind(row::maybe_text(&accepted, "private_metadata")?)
        .bind(accepting.membership.as_str())
        .execute(&mut **transaction)
        .await?;
    }
    sqlx::query("UPDATE sessions SET organization_id = $1 WHERE id = $2 AND user_id = $3")
        .bind(organization.as_str())
        .bind(accepting.session.map(SessionId::as_str))
        .bind(accepting.user.as_str())
        .execute(&mut **transaction)
        .await?;
    let (action, id) = ("organization_invitation.accepted", accepting.id.as_str());
    Actor::Member(accepting.user)
        .audit(transaction, action, id, cause.within(&organization))
        .await?;
    Ok(outcome)
}

/// Writes an invitation down, over the open one for the same address; answers with its id.
async fn put(
    transaction: &mut Transaction,
    inviting: Inviting<'_>,
    invitee: &NewInvitee,
    cause: Cause<'_>,
) -> Result<String> {
    let written = sqlx::query(
        "INSERT INTO invitations (id, email_address, status, organization_id, role, inviter_id, expires_at, created_at, updated_at,
           public_metadata, private_metadata)
         VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, $7, $8, $9)
         ON CONFLICT (organization_id, email_address) WHERE status = 'pending' AND organization_id IS NOT NULL
         DO UPDATE SET role = excluded.role, inviter_id = excluded.inviter_id, expires_at = excluded.expires_at,
           public_metadata = excluded.public_metadata, private_metadata = excluded.private_metadata, domain_id = NULL, updated_at = excluded.updated_at
         RETURNING id",
    )
    .bind(invitee.id.as_str())
    .bind(invitee.email_address.as_str())
    .bind(inviting.organization.as_str())
    .bind(inviting.role)
    .bind(inviting.host.map(UserId::as_str))
    .bind(inviting.expires_at.0)
    .bind(cause.now.0)
    .bind(inviting.metadata.0)
    .bind(inviting.metadata.1)
    .fetch_one(&mut **transaction)
    .await?;
    row::text(&written, "id")
}

async fn is_member(
    transaction: &mut Transaction,
    organization: &OrganizationId,
    email: &str,
) -> Result<bool> {
    let found = sqlx::query(
        "SELECT 1 FROM memberships m JOIN email_addresses e ON e.user_id = m.user_id
         WHERE m.organization_id = $1 AND e.email_address = $2 AND e.verified_at IS NOT NULL",
    )
    .bind(organization.as_str())
    .bind(email)
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(found.is_some())
}
