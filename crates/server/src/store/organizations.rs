//! Organizations.

use anyhow::Result;
use frontdesk_protocol::{
    ADMIN, List, MembershipId, Organization, OrganizationId, OrganizationMembership,
    PublicUserData, SystemPermission, UserId,
};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use super::authority::{Actor, Outcome};
use super::emails::is_taken;
use super::row::pattern;
use super::{Cause, Store, Transaction, people, roles, row};

/// What is changed of an organization; what is absent stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganizationChange<'a> {
    /// What people call it.
    pub name: Option<&'a str>,
    /// Its part of an address.
    pub slug: Option<&'a str>,
    /// What browsers may read, as JSON.
    pub public_metadata: Option<&'a str>,
    /// What browsers never see, as JSON.
    pub private_metadata: Option<&'a str>,
    /// How many members it may have, whatever the settings say; 0 for no limit.
    pub max_memberships: Option<u32>,
    /// The keys of the roles that it is limited to; none for no limit.
    pub roles: Option<&'a [String]>,
}

/// Of an organization whose members the settings limit.
pub const BY_SETTINGS: u32 = u32::MAX;

/// What an organization is, by a row with `o.*` of these names.
const SHOWN: &str = "o.id AS organization_id, o.name, o.slug, o.public_metadata,
    o.created_at AS organization_created_at, o.updated_at AS organization_updated_at,
    o.members_count, o.max_memberships,
    (SELECT COUNT(*) FROM invitations i WHERE i.organization_id = o.id AND i.status = 'pending' AND i.domain_id IS NULL) AS invitations_count,
    (SELECT x.hash FROM pictures x WHERE x.organization_id = o.id) AS picture";

impl Store {
    /// Makes an organization with `user` as its admin: `Taken` if the slug is another's, `Full` if they made as many
    /// as `most` says already.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_organization(
        &self,
        id: &OrganizationId,
        membership: &MembershipId,
        user: &UserId,
        (name, slug): (&str, &str),
        most: Option<u32>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        if let Some(most) = most {
            // Holds the user, so that of two made at once the second finds the first.
            people::hold(&mut transaction, user).await?;
            let found =
                sqlx::query("SELECT COUNT(*) AS created FROM organizations WHERE created_by = $1")
                    .bind(user.as_str())
                    .fetch_one(&mut *transaction)
                    .await?;
            if row::count(&found, "created")? >= most {
                return Ok(Outcome::Full);
            }
        }
        let made = sqlx::query(
            "INSERT INTO organizations (id, name, slug, created_by, members_count, created_at, updated_at)
             VALUES ($1, $2, $3, $4, 1, $5, $5) ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(name)
        .bind(slug)
        .bind(user.as_str())
        .bind(cause.now.0)
        .execute(&mut *transaction)
        .await?;
        if made.rows_affected() == 0 {
            return Ok(Outcome::Taken);
        }
        sqlx::query(
            "INSERT INTO memberships (id, organization_id, user_id, role, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)",
        )
        .bind(membership.as_str())
        .bind(id.as_str())
        .bind(user.as_str())
        .bind(ADMIN)
        .bind(cause.now.0)
        .execute(&mut *transaction)
        .await?;
        let (user, subject) = (Some(user.as_str()), Some(id.as_str()));
        cause
            .within(id)
            .audit(&mut transaction, "organization.created", user, subject)
            .await?;
        let subject = Some(membership.as_str());
        cause
            .audit(&mut transaction, "membership.created", user, subject)
            .await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }

    /// One organization.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>> {
        let sql = format!("SELECT {SHOWN} FROM organizations o WHERE o.id = $1");
        let found = sqlx::query(AssertSqlSafe(sql))
            .bind(id.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(|found| read(self, found)).transpose()
    }

    /// What only the app's server reads of an organization, as JSON.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn private_metadata(&self, id: &OrganizationId) -> Result<Option<String>> {
        let found = sqlx::query("SELECT private_metadata FROM organizations WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found
            .as_ref()
            .map_or(Ok(None), |found| row::maybe_text(found, "private_metadata"))
    }

    /// The keys of the roles that an organization is limited to; none where it is not.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn role_limit(&self, id: &OrganizationId) -> Result<Vec<String>> {
        let sql =
            "SELECT role_key FROM organization_roles WHERE organization_id = $1 ORDER BY role_key";
        let found = sqlx::query(sql)
            .bind(id.as_str())
            .fetch_all(&self.reader)
            .await?;
        found
            .iter()
            .map(|found| row::text(found, "role_key"))
            .collect()
    }

    /// A page of the organizations, the newest first, and how many there are; `query` is a part of a name, a slug or an id.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn organizations(
        &self,
        query: Option<&str>,
        (limit, offset): (i64, i64),
    ) -> Result<List<Organization>> {
        let sql = format!(
            "SELECT {SHOWN}, COUNT(*) OVER () AS total FROM organizations o
             WHERE $1 IS NULL OR LOWER(o.name || ' ' || o.slug || ' ' || o.id) LIKE LOWER($1) ESCAPE '!'
             ORDER BY o.created_at DESC, o.id LIMIT $2 OFFSET $3"
        );
        let found = sqlx::query(AssertSqlSafe(sql))
            .bind(query.map(pattern))
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.reader)
            .await?;
        row::page(&found, |found| read(self, found))
    }

    /// Changes an organization.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn update_organization(
        &self,
        actor: Actor<'_>,
        id: &OrganizationId,
        change: OrganizationChange<'_>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::ProfileManage;
        if let Some(refused) = actor.enter(&mut transaction, id, manage).await? {
            return Ok(refused);
        }
        let changed = sqlx::query(
            "UPDATE organizations SET name = COALESCE($1, name), slug = COALESCE($2, slug),
             public_metadata = COALESCE($3, public_metadata), private_metadata = COALESCE($4, private_metadata),
             max_memberships = COALESCE($7, max_memberships), updated_at = $5 WHERE id = $6",
        )
        .bind(change.name)
        .bind(change.slug)
        .bind(change.public_metadata)
        .bind(change.private_metadata)
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(change.max_memberships.map(i64::from))
        .execute(&mut *transaction)
        .await;
        match changed {
            Ok(_) => {}
            Err(error) if is_taken(&error) => return Ok(Outcome::Taken),
            Err(error) => return Err(error.into()),
        }
        if let Some(roles) = change.roles
            && !limit_roles(&mut transaction, id, roles).await?
        {
            return Ok(Outcome::UnknownRole);
        }
        actor
            .audit(
                &mut transaction,
                "organization.updated",
                id.as_str(),
                cause.within(id),
            )
            .await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }

    /// Deletes an organization with its memberships and invitations; nobody's session is in it any more.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn delete_organization(
        &self,
        actor: Actor<'_>,
        id: &OrganizationId,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        const STEPS: [&str; 3] = [
            "DELETE FROM tickets WHERE subject IN (SELECT id FROM invitations WHERE organization_id = $1)",
            "UPDATE sessions SET organization_id = NULL WHERE organization_id = $1",
            "DELETE FROM organizations WHERE id = $1",
        ];
        let mut transaction = self.begin().await?;
        let delete = SystemPermission::ProfileDelete;
        if let Some(refused) = actor.enter(&mut transaction, id, delete).await? {
            return Ok(refused);
        }
        for sql in STEPS {
            sqlx::query(sql)
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        actor
            .audit(
                &mut transaction,
                "organization.deleted",
                id.as_str(),
                cause.within(id),
            )
            .await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }
}

/// Limits an organization to roles, of which one must run it; false if one of them is none.
async fn limit_roles(
    transaction: &mut Transaction,
    id: &OrganizationId,
    roles: &[String],
) -> Result<bool> {
    if !roles.is_empty() && !roles.iter().any(|role| role == ADMIN) {
        return Ok(false);
    }
    sqlx::query("DELETE FROM organization_roles WHERE organization_id = $1")
        .bind(id.as_str())
        .execute(&mut **transaction)
        .await?;
    for role in roles {
        let known = sqlx::query("SELECT 1 FROM roles WHERE key = $1")
            .bind(role.as_str())
            .fetch_optional(&mut **transaction)
            .await?;
        if known.is_none() {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO organization_roles (organization_id, role_key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(role.as_str())
        .execute(&mut **transaction)
        .await?;
    }
    Ok(true)
}

/// The organizations that a user is in, by name.
pub(super) async fn of_user(
    store: &Store,
    user: &PublicUserData,
) -> Result<Vec<OrganizationMembership>> {
    let sql = format!(
        "SELECT m.id, m.role, m.created_at, m.updated_at, m.public_metadata AS own_metadata, r.name AS role_name,
         (SELECT string_agg(p.permission_key, ' ') FROM role_permissions p WHERE p.role_key = m.role) AS permissions,
         {SHOWN} FROM memberships m JOIN organizations o ON o.id = m.organization_id
         LEFT JOIN roles r ON r.key = m.role WHERE m.user_id = $1 ORDER BY o.name, o.id"
    );
    let found = sqlx::query(AssertSqlSafe(sql))
        .bind(user.user_id.as_str())
        .fetch_all(&store.reader)
        .await?;
    let whole = |found| membership(found, read(store, found)?, user.clone());
    found.iter().map(whole).collect()
}

fn read(store: &Store, found: &AnyRow) -> Result<Organization> {
    let (image_url, has_image) = store.picture_url(found)?;
    Ok(Organization {
        id: row::id(found, "organization_id")?,
        name: row::text(found, "name")?,
        slug: row::text(found, "slug")?,
        image_url,
        has_image,
        members_count: row::count(found, "members_count")?,
        pending_invitations_count: row::count(found, "invitations_count")?,
        // The settings say the rest; `resource::organization` fills it in.
        max_allowed_memberships: row::maybe_count(found, "max_memberships")?
            .map_or(Ok(BY_SETTINGS), u32::try_from)?,
        admin_delete_enabled: false,
        public_metadata: row::metadata(found, "public_metadata")?,
        created_at: row::time(found, "organization_created_at")?,
        updated_at: row::time(found, "organization_updated_at")?,
    })
}

/// A membership, by a row with its columns and those of its role.
pub(super) fn membership(
    found: &AnyRow,
    organization: Organization,
    user: PublicUserData,
) -> Result<OrganizationMembership> {
    let role = row::text(found, "role")?;
    let role_name = row::maybe_text(found, "role_name")?;
    Ok(OrganizationMembership {
        id: row::id(found, "id")?,
        organization,
        role_name: role_name.unwrap_or_else(|| role.clone()),
        role,
        permissions: roles::permissions(found)?,
        public_user_data: user,
        public_metadata: row::metadata(found, "own_metadata")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
