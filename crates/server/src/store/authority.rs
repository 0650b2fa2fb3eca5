//! Who may change an organization: asked of the rows themselves, while nobody else can change them.

use anyhow::Result;
use frontdesk_protocol::{OrganizationId, SystemPermission, UserId};

use super::{Cause, Transaction};

/// Who asks for a change.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// Somebody signed in, who needs a permission for it.
    Member(&'a UserId),
    /// An app's server, which may do everything.
    Backend,
}

/// What became of a change in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was made.
    Done,
    /// There is no such organization, or no such thing in it.
    Unknown,
    /// The actor may not do it.
    Forbidden,
    /// There is no such role.
    UnknownRole,
    /// The name is somebody else's.
    Taken,
    /// Nobody would be left who runs the organization.
    LastAdmin,
    /// There are as many members as there may be.
    Full,
    /// The user is a member already.
    AlreadyMember,
    /// The domain is not proven.
    Unverified,
}

impl Actor<'_> {
    /// Begins a change in `organization`: nobody else changes it until the transaction ends. Tells why not, where
    /// the actor may not do what needs `permission`.
    pub(super) async fn enter(
        self,
        transaction: &mut Transaction,
        organization: &OrganizationId,
        permission: SystemPermission,
    ) -> Result<Option<Outcome>> {
        if !hold(transaction, organization).await? {
            return Ok(Some(Outcome::Unknown));
        }
        let Self::Member(user) = self else {
            return Ok(None);
        };
        let allowed = sqlx::query(
            "SELECT 1 FROM memberships m JOIN role_permissions p ON p.role_key = m.role
             WHERE m.organization_id = $1 AND m.user_id = $2 AND p.permission_key = $3
             UNION ALL SELECT 1 FROM users WHERE id = $2 AND is_super_admin = 1",
        )
        .bind(organization.as_str())
        .bind(user.as_str())
        .bind(permission.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
        Ok(allowed.is_none().then_some(Outcome::Forbidden))
    }

    /// Tells why the actor may not give or take `role`: there is none such, the organization is limited to
    /// others, or it allows more than the actor's own.
    pub(super) async fn handle(
        self,
        transaction: &mut Transaction,
        organization: &OrganizationId,
        role: &str,
    ) -> Result<Option<Outcome>> {
        // Holds the role, so that nobody deletes it meanwhile.
        let held = sqlx::query("UPDATE roles SET updated_at = updated_at WHERE key = $1")
            .bind(role)
            .execute(&mut **transaction)
            .await?;
        if held.rows_affected() == 0 {
            return Ok(Some(Outcome::UnknownRole));
        }
        if let Self::Member(user) = self
            && is_beyond(transaction, organization, role, user).await?
        {
            return Ok(Some(Outcome::Forbidden));
        }
        let excluded = sqlx::query(
            "SELECT 1 FROM organization_roles s WHERE s.organization_id = $1 AND NOT EXISTS (
               SELECT 1 FROM organization_roles r WHERE r.organization_id = $1 AND r.role_key = $2)",
        )
        .bind(organization.as_str())
        .bind(role)
        .fetch_optional(&mut **transaction)
        .await?;
        Ok(excluded.map(|_| Outcome::UnknownRole))
    }

    /// Writes a line for the record in the actor's name.
    pub(super) async fn audit(
        self,
        transaction: &mut Transaction,
        action: &str,
        subject: &str,
        cause: Cause<'_>,
    ) -> Result<()> {
        let user = match self {
            Self::Member(user) => Some(user.as_str()),
            Self::Backend => None,
        };
        cause.audit(transaction, action, user, Some(subject)).await
    }
}

/// Whether a role allows more than the user's own; an admin gives whatever the app allows besides.
async fn is_beyond(
    transaction: &mut Transaction,
    organization: &OrganizationId,
    role: &str,
    user: &UserId,
) -> Result<bool> {
    let beyond = sqlx::query(
        "SELECT 1 FROM role_permissions p WHERE p.role_key = $1
         AND (p.permission_key LIKE 'org:sys!_%' ESCAPE '!' OR NOT EXISTS (
           SELECT 1 FROM memberships a WHERE a.organization_id = $2 AND a.user_id = $3 AND a.role = 'org:admin'))
         AND NOT EXISTS (SELECT 1 FROM users WHERE id = $3 AND is_super_admin = 1)
         AND NOT EXISTS (SELECT 1 FROM memberships m JOIN role_permissions q ON q.role_key = m.role
           WHERE m.organization_id = $2 AND m.user_id = $3 AND q.permission_key = p.permission_key)",
    )
    .bind(role)
    .bind(organization.as_str())
    .bind(user.as_str())
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(beyond.is_some())
}

/// Holds an organization until the transaction ends, so that what is counted in it stays true; false if there is none.
pub(super) async fn hold(
    transaction: &mut Transaction,
    organization: &OrganizationId,
) -> Result<bool> {
    let held = sqlx::query("UPDATE organizations SET updated_at = updated_at WHERE id = $1")
        .bind(organization.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(held.rows_affected() == 1)
}
