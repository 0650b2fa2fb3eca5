//! Invitations to organizations, as those see them who invite and those who are invited.

use anyhow::Result;
use frontdesk_protocol::{
    InvitationId, InvitationStatus, List, OrganizationId, OrganizationInvitation,
    PublicOrganizationData, Timestamp, UserId, UserOrganizationInvitation,
};
use sqlx::any::AnyRow;

use super::{Store, row};

impl Store {
    /// Whether a user is in an organization, or could be; `most` is how many may be where it has no limit of its own.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn has_room(
        &self,
        organization: &OrganizationId,
        user: &UserId,
        most: u32,
    ) -> Result<bool> {
        let full = sqlx::query(
            "SELECT 1 FROM organizations WHERE id = $1
             AND COALESCE(max_memberships, $2) > 0 AND members_count >= COALESCE(max_memberships, $2)
             AND NOT EXISTS (SELECT 1 FROM memberships WHERE organization_id = $1 AND user_id = $3)",
        )
        .bind(organization.as_str())
        .bind(i64::from(most))
        .bind(user.as_str())
        .fetch_optional(&self.reader)
        .await?;
        Ok(full.is_none())
    }

    /// A page of an organization's invitations, the newest first, and how many there are; of these statuses or of all.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn organization_invitations(
        &self,
        organization: &OrganizationId,
        statuses: &[String],
        (limit, offset): (i64, i64),
        now: Timestamp,
    ) -> Result<List<OrganizationInvitation>> {
        let found = sqlx::query(
            "SELECT i.*, r.name AS role_name, COUNT(*) OVER () AS total FROM invitations i
             LEFT JOIN roles r ON r.key = i.role WHERE i.organization_id = $1 AND ($2 IS NULL OR REPLACE($2, ' '
               || CASE WHEN i.status = 'pending' AND i.expires_at <= $3 THEN 'expired' ELSE i.status END || ' ', '') <> $2)
             ORDER BY i.created_at DESC, i.id LIMIT $4 OFFSET $5",
        )
        .bind(organization.as_str())
        .bind(row::words(statuses))
        .bind(now.0)
        .bind(limit)
        .bind(offset)
        .fetch_all(&self.reader)
        .await?;
        row::page(&found, |found| read(found, now))
    }

    /// One invitation to an organization, by its id or, while it is open, by its address.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn organization_invitation(
        &self,
        organization: &OrganizationId,
        id_or_address: &str,
        now: Timestamp,
    ) -> Result<Option<OrganizationInvitation>> {
        let found = sqlx::query(
            "SELECT i.*, r.name AS role_name FROM invitations i LEFT JOIN roles r ON r.key = i.role
             WHERE i.organization_id = $1 AND (i.id = $2 OR i.email_address = $2 AND i.status = 'pending')",
        )
        .bind(organization.as_str())
        .bind(id_or_address)
        .fetch_optional(&self.reader)
        .await?;
        found.as_ref().map(|found| read(found, now)).transpose()
    }

    /// The invitations to addresses that a user has proven, the newest first; of these statuses or of all.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn invitations_of(
        &self,
        user: &UserId,
        statuses: &[String],
        (limit, offset): (i64, i64),
        now: Timestamp,
    ) -> Result<List<UserOrganizationInvitation>> {
        let found = sqlx::query(
            "SELECT i.*, r.name AS role_name, o.name, o.slug, 
             (SELECT x.hash FROM pictures x WHERE x.organization_id = o.id) AS picture, COUNT(*) OVER () AS total FROM invitations i
             JOIN organizations o ON o.id = i.organization_id
             JOIN email_addresses e ON e.email_address = i.email_address AND e.user_id = $1 AND e.verified_at IS NOT NULL
             LEFT JOIN roles r ON r.key = i.role WHERE ($2 IS NULL OR REPLACE($2, ' '
               || CASE WHEN i.status = 'pending' AND i.expires_at <= $3 THEN 'expired' ELSE i.status END || ' ', '') <> $2)
             ORDER BY i.created_at DESC, i.id LIMIT $4 OFFSET $5",
        )
        .bind(user.as_str())
        .bind(row::words(statuses))
        .bind(now.0)
        .bind(limit)
        .bind(offset)
        .fetch_all(&self.reader)
        .await?;
        row::page(&found, |found| read_own(self, found, now))
    }

    /// One invitation to an address that a user has proven.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn invitation_of(
        &self,
        user: &UserId,
        id: &InvitationId,
        now: Timestamp,
    ) -> Result<Option<UserOrganizationInvitation>> {
        let found = sqlx::query(
            "SELECT i.*, r.name AS role_name, o.name, o.slug, 
             (SELECT x.hash FROM pictures x WHERE x.organization_id = o.id) AS picture FROM invitations i
             JOIN organizations o ON o.id = i.organization_id
             JOIN email_addresses e ON e.email_address = i.email_address AND e.user_id = $1 AND e.verified_at IS NOT NULL
             LEFT JOIN roles r ON r.key = i.role WHERE i.id = $2",
        )
        .bind(user.as_str())
        .bind(id.as_str())
        .fetch_optional(&self.reader)
        .await?;
        found
            .as_ref()
            .map(|found| read_own(self, found, now))
            .transpose()
    }
}

fn status(found: &AnyRow, now: Timestamp) -> Result<InvitationStatus> {
    let status = InvitationStatus::parse(&row::text(found, "status")?);
    let is_over = row::time(found, "expires_at")? <= now;
    Ok(match status {
        Some(InvitationStatus::Pending) if !is_over => InvitationStatus::Pending,
        Some(InvitationStatus::Accepted) => InvitationStatus::Accepted,
        Some(InvitationStatus::Revoked) => InvitationStatus::Revoked,
        Some(InvitationStatus::Pending | InvitationStatus::Expired) | None => {
            InvitationStatus::Expired
        }
    })
}

fn read(found: &AnyRow, now: Timestamp) -> Result<OrganizationInvitation> {
    let role = row::text(found, "role")?;
    let role_name = row::maybe_text(found, "role_name")?;
    Ok(OrganizationInvitation {
        id: row::id(found, "id")?,
        email_address: row::text(found, "email_address")?,
        organization_id: row::id(found, "organization_id")?,
        role_name: role_name.unwrap_or_else(|| role.clone()),
        role,
        status: status(found, now)?,
        expires_at: row::time(found, "expires_at")?,
        public_metadata: row::metadata(found, "public_metadata")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}

fn read_own(store: &Store, found: &AnyRow, now: Timestamp) -> Result<UserOrganizationInvitation> {
    let (image_url, has_image) = store.picture_url(found)?;
    let shown = read(found, now)?;
    Ok(UserOrganizationInvitation {
        id: shown.id,
        email_address: shown.email_address,
        public_organization_data: PublicOrganizationData {
            id: shown.organization_id,
            name: row::text(found, "name")?,
            slug: row::text(found, "slug")?,
            image_url,
            has_image,
        },
        role: shown.role,
        role_name: shown.role_name,
        status: shown.status,
        expires_at: shown.expires_at,
        public_metadata: shown.public_metadata,
        created_at: shown.created_at,
        updated_at: shown.updated_at,
    })
}
