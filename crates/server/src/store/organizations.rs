//! Organizations and who is in them.

use anyhow::Result;
use frontdesk_protocol::{
    List, MembershipId, Metadata, Organization, OrganizationId, OrganizationMembership,
    PublicUserData, Role, UserId,
};
use sqlx::AnyPool;
use sqlx::any::AnyRow;
use sqlx::error::DatabaseError;

use super::{Cause, Store, row};

/// What somebody is in an organization.
#[derive(Clone, Debug)]
pub struct Member {
    /// The organization.
    pub organization: OrganizationId,
    /// Its part of an address.
    pub slug: String,
    /// The role.
    pub role: Role,
}

impl Store {
    /// What `user` is in the organization of this id or slug; nothing where they are no member.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn member(&self, user: &UserId, id_or_slug: &str) -> Result<Option<Member>> {
        let found = sqlx::query(
            "SELECT o.id, o.slug, m.role FROM memberships m JOIN organizations o ON o.id = m.organization_id
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
            role: role(&found)?,
        }))
    }

    /// Makes an organization with `user` as its admin; false if the slug is taken.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_organization(
        &self,
        id: &OrganizationId,
        membership: &MembershipId,
        user: &UserId,
        (name, slug): (&str, &str),
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let made = sqlx::query(
            "INSERT INTO organizations (id, name, slug, created_by, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(name)
        .bind(slug)
        .bind(user.as_str())
        .bind(cause.now.0)
        .execute(&mut *transaction)
        .await?;
        if made.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO memberships (id, organization_id, user_id, role, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)",
        )
        .bind(membership.as_str())
        .bind(id.as_str())
        .bind(user.as_str())
        .bind(Role::Admin.as_str())
        .bind(cause.now.0)
        .execute(&mut *transaction)
        .await?;
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "organization.created", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// How many organizations `user` has created.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn created_organizations(&self, user: &UserId) -> Result<u32> {
        let found =
            sqlx::query("SELECT COUNT(*) AS created FROM organizations WHERE created_by = $1")
                .bind(user.as_str())
                .fetch_one(&self.reader)
                .await?;
        row::count(&found, "created")
    }

    /// One organization.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>> {
        let found = sqlx::query(
            "SELECT o.id AS organization_id, o.name, o.slug, o.created_at AS organization_created_at,
             o.updated_at AS organization_updated_at,
             (SELECT COUNT(*) FROM memberships n WHERE n.organization_id = o.id) AS members_count
             FROM organizations o WHERE o.id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&self.reader)
        .await?;
        found.as_ref().map(read).transpose()
    }

    /// Changes name and slug, if `user` is an admin at that moment; false if the slug is taken or they are none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn update_organization(
        &self,
        id: &OrganizationId,
        user: &UserId,
        (name, slug): (Option<&str>, Option<&str>),
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE organizations SET name = COALESCE($1, name), slug = COALESCE($2, slug), updated_at = $3
             WHERE id = $4 AND EXISTS (SELECT 1 FROM memberships WHERE organization_id = $4 AND user_id = $5 AND role = 'org:admin')",
        )
        .bind(name)
        .bind(slug)
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(user.as_str())
        .execute(&mut *transaction)
        .await;
        match changed {
            Ok(changed) if changed.rows_affected() == 1 => {}
            Ok(_) => return Ok(false),
            Err(error)
                if error
                    .as_database_error()
                    .is_some_and(DatabaseError::is_unique_violation) =>
            {
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .audit(&mut transaction, "organization.updated", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// A page of an organization's members, the first to join first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn members(
        &self,
        organization: &Organization,
        limit: u32,
        offset: u32,
    ) -> Result<List<OrganizationMembership>> {
        let found = sqlx::query(
            "SELECT m.id, m.role, m.created_at, m.updated_at, u.id AS user_id, u.first_name, u.last_name, e.email_address
             FROM memberships m JOIN users u ON u.id = m.user_id
             LEFT JOIN email_addresses e ON e.id = u.primary_email_address_id
             WHERE m.organization_id = $1 ORDER BY m.created_at, m.id LIMIT $2 OFFSET $3",
        )
        .bind(organization.id.as_str())
        .bind(i64::from(limit))
        .bind(i64::from(offset))
        .fetch_all(&self.reader)
        .await?;
        let mut data = Vec::with_capacity(found.len());
        for found in &found {
            let user = PublicUserData {
                user_id: row::id(found, "user_id")?,
                first_name: row::maybe_text(found, "first_name")?,
                last_name: row::maybe_text(found, "last_name")?,
                image_url: String::new(),
                has_image: false,
                identifier: row::maybe_text(found, "email_address")?.unwrap_or_default(),
            };
            data.push(membership(found, organization.clone(), user)?);
        }
        Ok(List {
            data,
            total_count: organization.members_count,
        })
    }
}

/// The organizations that a user is in, by name.
pub(super) async fn of_user(
    pool: &AnyPool,
    user: &PublicUserData,
) -> Result<Vec<OrganizationMembership>> {
    let found = sqlx::query(
        "SELECT m.id, m.role, m.created_at, m.updated_at,
         o.id AS organization_id, o.name, o.slug, o.created_at AS organization_created_at,
         o.updated_at AS organization_updated_at,
         (SELECT COUNT(*) FROM memberships n WHERE n.organization_id = o.id) AS members_count
         FROM memberships m JOIN organizations o ON o.id = m.organization_id WHERE m.user_id = $1 ORDER BY o.name, o.id",
    )
    .bind(user.user_id.as_str())
    .fetch_all(pool)
    .await?;
    let whole = |found| membership(found, read(found)?, user.clone());
    found.iter().map(whole).collect()
}

fn read(found: &AnyRow) -> Result<Organization> {
    Ok(Organization {
        id: row::id(found, "organization_id")?,
        name: row::text(found, "name")?,
        slug: row::text(found, "slug")?,
        image_url: String::new(),
        has_image: false,
        members_count: row::count(found, "members_count")?,
        pending_invitations_count: 0,
        max_allowed_memberships: 0,
        admin_delete_enabled: false,
        public_metadata: Metadata::default(),
        created_at: row::time(found, "organization_created_at")?,
        updated_at: row::time(found, "organization_updated_at")?,
    })
}

fn membership(
    found: &AnyRow,
    organization: Organization,
    user: PublicUserData,
) -> Result<OrganizationMembership> {
    let role = role(found)?;
    let permissions = match role {
        Role::Admin => vec![
            "org:sys_profile:manage".to_owned(),
            "org:sys_memberships:read".to_owned(),
        ],
        Role::Member => vec!["org:sys_memberships:read".to_owned()],
    };
    Ok(OrganizationMembership {
        id: row::id(found, "id")?,
        organization,
        role,
        role_name: role_name(role).to_owned(),
        permissions,
        public_user_data: user,
        public_metadata: Metadata::default(),
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Admin => "Admin",
        Role::Member => "Member",
    }
}

/// A role that is not known allows what the least does.
fn role(found: &AnyRow) -> Result<Role> {
    Ok(Role::parse(&row::text(found, "role")?).unwrap_or(Role::Member))
}
