//! Requests to join an organization.

use anyhow::Result;
use frontdesk_protocol::{
    List, MembershipRequestId, OrganizationId, OrganizationMembershipRequest, RequestStatus,
    SystemPermission, UserId,
};
use sqlx::any::AnyRow;

use super::authority::{Actor, Outcome};
use super::joining::join;
use super::members::NewMember;
use super::users::person;
use super::{Cause, Store, Transaction, row};

/// A request about to be made.
#[derive(Clone, Copy, Debug)]
pub struct MembershipRequest<'a> {
    /// Its id.
    pub id: &'a MembershipRequestId,
}

/// How a request is answered.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// The user becomes this member; the user's id is the request's to know.
    Accept(NewMember<'a>),
    /// The user does not.
    Reject,
}

const SHOWN: &str = "SELECT q.*, u.first_name, u.last_name, e.email_address, u.username,
    (SELECT x.hash FROM pictures x WHERE x.user_id = u.id) AS picture, COUNT(*) OVER () AS total
    FROM membership_requests q JOIN users u ON u.id = q.user_id
    LEFT JOIN email_addresses e ON e.id = u.primary_email_address_id
    WHERE q.organization_id = $1 AND ($2 IS NULL OR REPLACE($2, ' ' || q.status || ' ', '') <> $2)
    AND ($3 IS NULL OR q.id = $3) ORDER BY q.created_at DESC, q.id LIMIT $4 OFFSET $5";

impl MembershipRequest<'_> {
    /// Writes the request down, unless the user asks already.
    pub(super) async fn insert(
        &self,
        transaction: &mut Transaction,
        organization: &str,
        user: &UserId,
        cause: Cause<'_>,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO membership_requests (id, organization_id, user_id, status, created_at, updated_at)
             SELECT $1, $2, $3, 'pending', $4, $4
             WHERE NOT EXISTS (SELECT 1 FROM memberships WHERE organization_id = $2 AND user_id = $3)
             ON CONFLICT DO NOTHING",
        )
        .bind(self.id.as_str())
        .bind(organization)
        .bind(user.as_str())
        .bind(cause.now.0)
        .execute(&mut **transaction)
        .await?;
        let (action, id) = ("membership_request.created", self.id.as_str());
        let cause = Cause {
            organization: Some(organization),
            ..cause
        };
        Actor::Member(user)
            .audit(transaction, action, id, cause)
            .await
    }
}

impl Store {
    /// A page of the requests to join an organization, the newest first, and how many there are; of these statuses or
    /// of all.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn membership_requests(
        &self,
        organization: &OrganizationId,
        statuses: &[String],
        (limit, offset): (i64, i64),
    ) -> Result<List<OrganizationMembershipRequest>> {
        let found = sqlx::query(SHOWN)
            .bind(organization.as_str())
            .bind(row::words(statuses))
            .bind(None::<&str>)
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.reader)
            .await?;
        row::page(&found, |found| read(self, found))
    }

    /// One request to join an organization.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn membership_request(
        &self,
        organization: &OrganizationId,
        id: &MembershipRequestId,
    ) -> Result<Option<OrganizationMembershipRequest>> {
        let found = sqlx::query(SHOWN)
            .bind(organization.as_str())
            .bind(None::<&str>)
            .bind(id.as_str())
            .bind(1_i64)
            .bind(0_i64)
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(|found| read(self, found)).transpose()
    }

    /// Answers a request that is open; of two answers at once one is too late.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn answer_request(
        &self,
        actor: Actor<'_>,
        organization: &OrganizationId,
        id: &MembershipRequestId,
        answer: Answer<'_>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::MembershipsManage;
        let refused = actor.enter(&mut transaction, organization, manage).await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let (status, action) = match answer {
            Answer::Accept(_) => ("accepted", "membership_request.accepted"),
            Answer::Reject => ("rejected", "membership_request.rejected"),
        };
        let answered = sqlx::query(
            "UPDATE membership_requests SET status = $1, updated_at = $2
             WHERE id = $3 AND organization_id = $4 AND status = 'pending'",
        )
        .bind(status)
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(organization.as_str())
        .execute(&mut *transaction)
        .await?;
        if answered.rows_affected() == 0 {
            return Ok(Outcome::Unknown);
        }
        if let Answer::Accept(new) = answer {
            let refused = actor
                .handle(&mut transaction, organization, new.role)
                .await?;
            if let Some(refused) = refused {
                return Ok(refused);
            }
            let outcome = join(&mut transaction, new, cause).await?;
            if outcome != Outcome::Done && outcome != Outcome::AlreadyMember {
                return Ok(outcome);
            }
        }
        actor
            .audit(
                &mut transaction,
                action,
                id.as_str(),
                cause.within(organization),
            )
            .await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }
}

fn read(store: &Store, found: &AnyRow) -> Result<OrganizationMembershipRequest> {
    let status = RequestStatus::parse(&row::text(found, "status")?);
    Ok(OrganizationMembershipRequest {
        id: row::id(found, "id")?,
        organization_id: row::id(found, "organization_id")?,
        status: status.unwrap_or(RequestStatus::Rejected),
        public_user_data: person(store, found)?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
