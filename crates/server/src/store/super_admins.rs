//! Who stands above every organization of the instance.

use anyhow::Result;
use frontdesk_protocol::{OrganizationId, SystemPermission, UserId};

use super::members::Member;
use super::{Cause, Store, row};

impl Store {
    /// Puts a user above every organization, or takes them down again; false if there is no such user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn set_super_admin(
        &self,
        user: &UserId,
        is_above: bool,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let done =
            sqlx::query("UPDATE users SET is_super_admin = $1, updated_at = $2 WHERE id = $3")
                .bind(i64::from(is_above))
                .bind(cause.now.0)
                .bind(user.as_str())
                .execute(&mut *transaction)
                .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let action = if is_above {
            "super_admin.granted"
        } else {
            "super_admin.revoked"
        };
        let user = Some(user.as_str());
        cause
            .audit(&mut transaction, action, user, Some(by))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Everybody who stands above every organization, by id.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn super_admins(&self) -> Result<Vec<UserId>> {
        let found = sqlx::query("SELECT id FROM users WHERE is_super_admin = 1 ORDER BY id")
            .fetch_all(&self.reader)
            .await?;
        found.iter().map(|found| row::id(found, "id")).collect()
    }

    /// What a user who stands above every organization is in one: allowed everything that the server itself asks for.
    /// Every such look is in the record.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn member_from_above(
        &self,
        user: &UserId,
        organization: &OrganizationId,
        cause: Cause<'_>,
    ) -> Result<Option<Member>> {
        let found = sqlx::query(
            "SELECT o.slug FROM organizations o
             WHERE o.id = $1 AND EXISTS (SELECT 1 FROM users WHERE id = $2 AND is_super_admin = 1)",
        )
        .bind(organization.as_str())
        .bind(user.as_str())
        .fetch_optional(&self.reader)
        .await?;
        let Some(found) = found else { return Ok(None) };
        let mut transaction = self.begin().await?;
        let (who, subject) = (Some(user.as_str()), Some(organization.as_str()));
        cause
            .audit(&mut transaction, "super_admin.used", who, subject)
            .await?;
        transaction.commit().await?;
        let all = SystemPermission::ALL.iter();
        Ok(Some(Member {
            organization: organization.clone(),
            slug: row::text(&found, "slug")?,
            role: String::new(),
            permissions: all.map(|it| it.as_str().to_owned()).collect(),
        }))
    }
}
