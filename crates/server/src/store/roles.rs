//! Roles in organizations, and the permissions they are made of.
//!
//! Those that the migration seeds stay: the app's server changes what the app's own permissions add to them.

use anyhow::Result;
use frontdesk_protocol::{OrganizationId, Permission, Role};
use sqlx::any::AnyRow;

use super::emails::is_taken;
use super::{Cause, Store, Transaction, row};

/// What became of a change of a role or a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleChanged {
    /// It was made.
    Done,
    /// There is none such.
    Unknown,
    /// The key is another one's.
    Taken,
    /// It is one of those that stay, or somebody has it.
    InUse,
    /// A permission that is named is none.
    UnknownPermission,
}

/// What is changed of a role; what is absent stays.
#[derive(Clone, Copy, Debug)]
pub struct RoleChange<'a> {
    /// What it is called.
    pub name: Option<&'a str>,
    /// What it is for.
    pub description: Option<&'a str>,
    /// The keys of what it allows; of a role that is there always, those of the app alone are changed.
    pub permissions: Option<&'a [String]>,
}

impl Store {
    /// Every role, those that are there always first; those alone that an organization may have, where one is named.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn roles(&self, of: Option<&OrganizationId>) -> Result<Vec<Role>> {
        let found = sqlx::query(
            "SELECT * FROM roles WHERE NOT EXISTS (SELECT 1 FROM organization_roles s WHERE s.organization_id = $1)
             OR EXISTS (SELECT 1 FROM organization_roles s WHERE s.organization_id = $1 AND s.role_key = roles.key)
             ORDER BY created_at, id",
        )
            .bind(of.map(OrganizationId::as_str))
            .fetch_all(&self.reader)
            .await?;
        let granted = sqlx::query(
            "SELECT g.role_key, p.* FROM role_permissions g JOIN permissions p ON p.key = g.permission_key
             ORDER BY p.created_at, p.id",
        )
        .fetch_all(&self.reader)
        .await?;
        let mut roles = Vec::with_capacity(found.len());
        for found in &found {
            let key = row::text(found, "key")?;
            let mut permissions = Vec::new();
            for granted in &granted {
                if row::text(granted, "role_key")? == key {
                    permissions.push(permission(granted)?);
                }
            }
            roles.push(Role {
                id: row::id(found, "id")?,
                key,
                name: row::text(found, "name")?,
                description: row::text(found, "description")?,
                permissions,
                created_at: row::time(found, "created_at")?,
                updated_at: row::time(found, "updated_at")?,
            });
        }
        Ok(roles)
    }

    /// Every permission, the server's own first.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn permissions(&self) -> Result<Vec<Permission>> {
        let found = sqlx::query("SELECT * FROM permissions ORDER BY created_at, id")
            .fetch_all(&self.reader)
            .await?;
        found.iter().map(permission).collect()
    }

    /// Makes a role.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_role(
        &self,
        (id, key): (&str, &str),
        change: RoleChange<'_>,
        cause: Cause<'_>,
    ) -> Result<RoleChanged> {
        const INSERT: &str =
            "INSERT INTO roles (key, id, name, description, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $5)";
        let mut transaction = self.begin().await?;
        let words = (change.name, change.description);
        if !insert(&mut transaction, INSERT, (id, key), words, cause).await? {
            return Ok(RoleChanged::Taken);
        }
        let permissions = change.permissions.unwrap_or_default();
        if !grant(&mut transaction, key, permissions).await? {
            return Ok(RoleChanged::UnknownPermission);
        }
        cause
            .audit(&mut transaction, "role.created", None, Some(id))
            .await?;
        transaction.commit().await?;
        Ok(RoleChanged::Done)
    }

    /// Changes a role.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn update_role(
        &self,
        id: &str,
        change: RoleChange<'_>,
        cause: Cause<'_>,
    ) -> Result<RoleChanged> {
        let mut transaction = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE roles SET name = COALESCE($1, name), description = COALESCE($2, description), updated_at = $3
             WHERE id = $4 RETURNING key",
        )
        .bind(change.name)
        .bind(change.description)
        .bind(cause.now.0)
        .bind(id)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(changed) = changed else {
            return Ok(RoleChanged::Unknown);
        };
        if let Some(permissions) = change.permissions {
            let key = row::text(&changed, "key")?;
            sqlx::query(
                "DELETE FROM role_permissions WHERE role_key = $1
                 AND ($1 NOT IN ('org:admin', 'org:member') OR permission_key NOT LIKE 'org:sys!_%' ESCAPE '!')",
            )
            .bind(key.as_str())
            .execute(&mut *transaction)
            .await?;
            let is_fixed =
                [frontdesk_protocol::ADMIN, frontdesk_protocol::MEMBER].contains(&key.as_str());
            let granted: Vec<String> = permissions
                .iter()
                .filter(|key| !is_fixed || !is_system(key))
                .cloned()
                .collect();
            if !grant(&mut transaction, &key, &granted).await? {
                return Ok(RoleChanged::UnknownPermission);
            }
        }
        cause
            .audit(&mut transaction, "role.updated", None, Some(id))
            .await?;
        transaction.commit().await?;
        Ok(RoleChanged::Done)
    }

    /// Deletes a role that nobody has and nobody is invited to.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn delete_role(&self, id: &str, cause: Cause<'_>) -> Result<RoleChanged> {
        let mut transaction = self.begin().await?;
        // Holds the role, so that nobody is given it meanwhile.
        let held = sqlx::query("UPDATE roles SET updated_at = updated_at WHERE id = $1")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        if held.rows_affected() == 0 {
            return Ok(RoleChanged::Unknown);
        }
        let deleted = sqlx::query(
            "DELETE FROM roles WHERE id = $1 AND key NOT IN ('org:admin', 'org:member')
             AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.role = roles.key)
             AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.role = roles.key AND i.status = 'pending')",
        )
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        if deleted.rows_affected() == 0 {
            return Ok(RoleChanged::InUse);
        }
        cause
            .audit(&mut transaction, "role.deleted", None, Some(id))
            .await?;
        transaction.commit().await?;
        Ok(RoleChanged::Done)
    }

    /// Makes a permission.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_permission(
        &self,
        (id, key): (&str, &str),
        (name, description): (&str, &str),
        cause: Cause<'_>,
    ) -> Result<RoleChanged> {
        const INSERT: &str =
            "INSERT INTO permissions (key, id, name, description, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $5)";
        let mut transaction = self.begin().await?;
        let words = (Some(name), Some(description));
        if !insert(&mut transaction, INSERT, (id, key), words, cause).await? {
            return Ok(RoleChanged::Taken);
        }
        cause
            .audit(&mut transaction, "permission.created", None, Some(id))
            .await?;
        transaction.commit().await?;
        Ok(RoleChanged::Done)
    }

    /// Changes what a permission is called; false if there is none such.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn update_permission(
        &self,
        id: &str,
        (name, description): (Option<&str>, Option<&str>),
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE permissions SET name = COALESCE($1, name), description = COALESCE($2, description), updated_at = $3
             WHERE id = $4",
        )
        .bind(name)
        .bind(description)
        .bind(cause.now.0)
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        cause
            .audit(&mut transaction, "permission.updated", None, Some(id))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Deletes a permission of the app's, wherever it is granted.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn delete_permission(&self, id: &str, cause: Cause<'_>) -> Result<RoleChanged> {
        let mut transaction = self.begin().await?;
        let deleted = sqlx::query("DELETE FROM permissions WHERE id = $1 RETURNING key")
            .bind(id)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(deleted) = deleted else {
            return Ok(RoleChanged::Unknown);
        };
        if is_system(&row::text(&deleted, "key")?) {
            return Ok(RoleChanged::InUse);
        }
        cause
            .audit(&mut transaction, "permission.deleted", None, Some(id))
            .await?;
        transaction.commit().await?;
        Ok(RoleChanged::Done)
    }
}

/// Whether a permission is one that the server itself asks for.
pub fn is_system(key: &str) -> bool {
    key.starts_with("org:sys_")
}

/// The keys in a row's `permissions`, in order.
pub(super) fn permissions(found: &AnyRow) -> Result<Vec<String>> {
    let keys = row::maybe_text(found, "permissions")?.unwrap_or_default();
    let mut keys: Vec<String> = keys.split_whitespace().map(str::to_owned).collect();
    keys.sort();
    Ok(keys)
}

/// False if the key is another one's.
async fn insert(
    transaction: &mut Transaction,
    sql: &'static str,
    (id, key): (&str, &str),
    (name, description): (Option<&str>, Option<&str>),
    cause: Cause<'_>,
) -> Result<bool> {
    let inserted = sqlx::query(sql)
        .bind(key)
        .bind(id)
        .bind(name.unwrap_or_default())
        .bind(description.unwrap_or_default())
        .bind(cause.now.0)
        .execute(&mut **transaction)
        .await;
    match inserted {
        Ok(_) => Ok(true),
        Err(error) if is_taken(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// False if one of the permissions is none.
async fn grant(transaction: &mut Transaction, role: &str, permissions: &[String]) -> Result<bool> {
    for key in permissions {
        let known = sqlx::query("SELECT 1 FROM permissions WHERE key = $1")
            .bind(key.as_str())
            .fetch_optional(&mut **transaction)
            .await?;
        if known.is_none() {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO role_permissions (role_key, permission_key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(role)
        .bind(key.as_str())
        .execute(&mut **transaction)
        .await?;
    }
    Ok(true)
}

fn permission(found: &AnyRow) -> Result<Permission> {
    Ok(Permission {
        key: row::text(found, "key")?,
        name: row::text(found, "name")?,
        id: row::id(found, "id")?,
        description: row::text(found, "description")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
