//! Who is in an organization, and how that changes.
//!
//! Every change holds the organization first, so that what is counted, such as its admins, stays true to the end.

use anyhow::Result;
use frontdesk_protocol::{MembershipId, Metadata, OrganizationId, SystemPermission, UserId};

use super::authority::{Actor, Outcome, hold};
use super::joining::join;
use super::{Cause, Store, Transaction, events, roles, row};

/// What somebody is in an organization.
#[derive(Clone, Debug)]
pub struct Member {
    /// The organization.
    pub organization: OrganizationId,
    /// Its part of an address.
    pub slug: String,
    /// The key of the role.
    pub role: String,
    /// What the role allows.
    pub permissions: Vec<String>,
}

/// Somebody about to be a member.
#[derive(Clone, Copy, Debug)]
pub struct NewMember<'a> {
    /// The id of the membership.
    pub id: &'a MembershipId,
    /// The organization.
    pub organization: &'a OrganizationId,
    /// Who.
    pub user: &'a UserId,
    /// The key of the role.
    pub role: &'a str,
    /// How many members there may be; 0 for no limit.
    pub most: u32,
}

impl Store {
    /// What `user` is in the organization of this id or slug; nothing where they are no member.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn member(&self, user: &UserId, id_or_slug: &str) -> Result<Option<Member>> {
        let found = sqlx::query(
            "SELECT o.id, o.slug, m.role,
             (SELECT string_agg(p.permission_key, ' ') FROM role_permissions p WHERE p.role_key = m.role) AS permissions
             FROM memberships m JOIN organizations o ON o.id = m.organization_id
             WHERE m.user_id = $1 AND (o.id = $2 OR o.slug = $2)",
        )
        .bind(user.as_str())
        .bind(id_or_slug)
        .fetch_optional(&self.reader)
        .await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some(Member {
            organization: row::id(&found, "id")?,
            slug: row::text(&found, "slug")?,
            role: row::text(&found, "role")?,
            permissions: roles::permissions(&found)?,
        }))
    }

    /// Takes a user into an organization without asking them.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn add_member(
        &self,
        actor: Actor<'_>,
        new: NewMember<'_>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::MembershipsManage;
        let refused = actor
            .enter(&mut transaction, new.organization, manage)
            .await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let refused = actor
            .handle(&mut transaction, new.organization, new.role)
            .await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let outcome = join(&mut transaction, new, cause).await?;
        if outcome == Outcome::Done {
            transaction.commit().await?;
        }
        Ok(outcome)
    }

    /// Gives a member another role, unless nobody would be left who runs the organization.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn set_role(
        &self,
        actor: Actor<'_>,
        organization: &OrganizationId,
        user: &UserId,
        role: &str,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::MembershipsManage;
        let refused = actor.enter(&mut transaction, organization, manage).await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let Some((id, before)) = of(&mut transaction, organization, user).await? else {
            return Ok(Outcome::Unknown);
        };
        for role in [before.as_str(), role] {
            let refused = actor.handle(&mut transaction, organization, role).await?;
            // A role that is gone allows nothing, so anybody may replace it.
            let is_gone = refused == Some(Outcome::UnknownRole) && role == before;
            if let Some(refused) = refused.filter(|_| !is_gone) {
                return Ok(refused);
            }
        }
        let changed = sqlx::query(
            "UPDATE memberships SET role = $1, updated_at = $2 WHERE organization_id = $3 AND user_id = $4
             AND ($1 = 'org:admin' OR role <> 'org:admin' OR EXISTS (SELECT 1 FROM memberships o
               WHERE o.organization_id = $3 AND o.user_id <> $4 AND o.role = 'org:admin'))",
        )
        .bind(role)
        .bind(cause.now.0)
        .bind(organization.as_str())
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(Outcome::LastAdmin);
        }
        actor
            .audit(
                &mut transaction,
                "membership.updated",
                &id,
                cause.within(organization),
            )
            .await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }

    /// Replaces what the app wrote of a member, as JSON; what is absent stays.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn set_membership_metadata(
        &self,
        (organization, user): (&OrganizationId, &UserId),
        (public, private): (Option<&str>, Option<&str>),
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE memberships SET public_metadata = COALESCE($1, public_metadata),
             private_metadata = COALESCE($2, private_metadata), updated_at = $3
             WHERE organization_id = $4 AND user_id = $5 RETURNING id",
        )
        .bind(public)
        .bind(private)
        .bind(cause.now.0)
        .bind(organization.as_str())
        .bind(user.as_str())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(changed) = changed else {
            return Ok(false);
        };
        let id = row::text(&changed, "id")?;
        Actor::Backend
            .audit(
                &mut transaction,
                "membership.updated",
                &id,
                cause.within(organization),
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// What only the app's server reads of a membership.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn private_membership_metadata(&self, id: &MembershipId) -> Result<Metadata> {
        let found = sqlx::query("SELECT private_metadata FROM memberships WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map_or(Ok(Metadata::default()), |found| {
            row::metadata(found, "private_metadata")
        })
    }

    /// Takes a member out, or lets them go; their sessions are not in the organization any more.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn remove_member(
        &self,
        actor: Actor<'_>,
        organization: &OrganizationId,
        user: &UserId,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        // Whoever leaves needs no permission for it.
        let is_leaving = matches!(actor, Actor::Member(who) if who == user);
        if is_leaving {
            if !hold(&mut transaction, organization).await? {
                return Ok(Outcome::Unknown);
            }
        } else {
            let manage = SystemPermission::MembershipsManage;
            let refused = actor.enter(&mut transaction, organization, manage).await?;
            if let Some(refused) = refused {
                return Ok(refused);
            }
        }
        let Some((id, role)) = of(&mut transaction, organization, user).await? else {
            return Ok(Outcome::Unknown);
        };
        let refused = actor.handle(&mut transaction, organization, &role).await?;
        if !is_leaving && refused == Some(Outcome::Forbidden) {
            return Ok(Outcome::Forbidden);
        }
        let removed = sqlx::query(
            "DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2
             AND (role <> 'org:admin' OR EXISTS (SELECT 1 FROM memberships o
               WHERE o.organization_id = $1 AND o.user_id <> $2 AND o.role = 'org:admin'))",
        )
        .bind(organization.as_str())
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await?;
        if removed.rows_affected() == 0 {
            return Ok(Outcome::LastAdmin);
        }
        sqlx::query("UPDATE organizations SET members_count = members_count - 1 WHERE id = $1")
            .bind(organization.as_str())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "UPDATE sessions SET organization_id = NULL, updated_at = $1 WHERE user_id = $2 AND organization_id = $3",
        )
        .bind(cause.now.0)
        .bind(user.as_str())
        .bind(organization.as_str())
        .execute(&mut *transaction)
        .await?;
        actor
            .audit(
                &mut transaction,
                "membership.deleted",
                &id,
                cause.within(organization),
            )
            .await?;
        let whose = (user.as_str(), organization.as_str());
        events::note_end_of_membership(&mut transaction, &id, whose, cause).await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }
}

/// The id of a membership, and its role.
pub(super) async fn of(
    transaction: &mut Transaction,
    organization: &OrganizationId,
    user: &UserId,
) -> Result<Option<(String, String)>> {
    let found =
        sqlx::query("SELECT id, role FROM memberships WHERE organization_id = $1 AND user_id = $2")
            .bind(organization.as_str())
            .bind(user.as_str())
            .fetch_optional(&mut **transaction)
            .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some((row::text(&found, "id")?, row::text(&found, "role")?)))
}
