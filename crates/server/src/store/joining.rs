//! How somebody becomes a member, whichever way led there.

use anyhow::Result;

use super::authority::Outcome;
use super::members::{NewMember, of};
use super::{Cause, Transaction};

/// What ends when somebody is in: what was suggested to them, and what they asked for.
const LED_THERE: [&str; 3] = [
    "DELETE FROM organization_suggestions WHERE organization_id = $1 AND user_id = $2 AND $3 > 0",
    "UPDATE membership_requests SET status = 'accepted', updated_at = $3
     WHERE organization_id = $1 AND user_id = $2 AND status = 'pending'",
    "UPDATE invitations SET status = 'accepted', updated_at = $3
     WHERE organization_id = $1 AND domain_id IS NOT NULL AND status = 'pending'
     AND email_address IN (SELECT email_address FROM email_addresses WHERE user_id = $2 AND verified_at IS NOT NULL)",
];

/// Takes a user into an organization that is held; whoever is in it stays what they are.
pub(super) async fn join(
    transaction: &mut Transaction,
    new: NewMember<'_>,
    cause: Cause<'_>,
) -> Result<Outcome> {
    if of(transaction, new.organization, new.user).await?.is_some() {
        return Ok(Outcome::AlreadyMember);
    }
    let known = sqlx::query("SELECT 1 FROM users WHERE id = $1")
        .bind(new.user.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
    if known.is_none() {
        return Ok(Outcome::Unknown);
    }
    let counted = sqlx::query(
        "UPDATE organizations SET members_count = members_count + 1 WHERE id = $1
         AND (COALESCE(max_memberships, $2) = 0 OR members_count < COALESCE(max_memberships, $2))",
    )
    .bind(new.organization.as_str())
    .bind(i64::from(new.most))
    .execute(&mut **transaction)
    .await?;
    if counted.rows_affected() == 0 {
        return Ok(Outcome::Full);
    }
    sqlx::query(
        "INSERT INTO memberships (id, organization_id, user_id, role, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(new.id.as_str())
    .bind(new.organization.as_str())
    .bind(new.user.as_str())
    .bind(new.role)
    .bind(cause.now.0)
    .execute(&mut **transaction)
    .await?;
    // Whoever is in needs nothing that leads there.
    for sql in LED_THERE {
        sqlx::query(sql)
            .bind(new.organization.as_str())
            .bind(new.user.as_str())
            .bind(cause.now.0)
            .execute(&mut **transaction)
            .await?;
    }
    let (user, subject) = (Some(new.user.as_str()), Some(new.id.as_str()));
    cause
        .within(new.organization)
        .audit(transaction, "membership.created", user, subject)
        .await?;
    Ok(Outcome::Done)
}
