//! Pictures of users and organizations; each goes with whom it belongs to.

use anyhow::Result;
use frontdesk_protocol::{OrganizationId, SystemPermission, UserId};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::authority::{Actor, Outcome};
use super::{Cause, Store, row};
use crate::picture::Picture;

impl Store {
    /// Gives a user another picture, or none; false if there is no such user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn set_picture(
        &self,
        user: &UserId,
        picture: Option<&Picture>,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let held = sqlx::query("UPDATE users SET updated_at = $1 WHERE id = $2")
            .bind(cause.now.0)
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        if held.rows_affected() == 0 {
            return Ok(false);
        }
        let changed = match picture {
            Some(picture) => bind(
                "INSERT INTO pictures (hash, kind, bytes, created_at, user_id) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (user_id) DO UPDATE SET hash = $1, kind = $2, bytes = $3, created_at = $4",
                picture,
                cause,
            ),
            None => sqlx::query("DELETE FROM pictures WHERE user_id = $1"),
        };
        changed
            .bind(user.as_str())
            .execute(&mut *transaction)
            .await?;
        cause
            .audit(
                &mut transaction,
                "user.updated",
                Some(user.as_str()),
                Some("picture"),
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Gives an organization another logo, or none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn set_logo(
        &self,
        actor: Actor<'_>,
        id: &OrganizationId,
        picture: Option<&Picture>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::ProfileManage;
        if let Some(refused) = actor.enter(&mut transaction, id, manage).await? {
            return Ok(refused);
        }
        sqlx::query("UPDATE organizations SET updated_at = $1 WHERE id = $2")
            .bind(cause.now.0)
            .bind(id.as_str())
            .execute(&mut *transaction)
            .await?;
        let changed = match picture {
            Some(picture) => bind(
                "INSERT INTO pictures (hash, kind, bytes, created_at, organization_id) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (organization_id) DO UPDATE SET hash = $1, kind = $2, bytes = $3, created_at = $4",
                picture,
                cause,
            ),
            None => sqlx::query("DELETE FROM pictures WHERE organization_id = $1"),
        };
        changed.bind(id.as_str()).execute(&mut *transaction).await?;
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

    /// The kind and the bytes of a picture, whosever it is.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn picture(&self, hash: &str) -> Result<Option<(String, Vec<u8>)>> {
        let found = sqlx::query("SELECT kind, bytes FROM pictures WHERE hash = $1 LIMIT 1")
            .bind(hash)
            .fetch_optional(&self.reader)
            .await?;
        let read = |found: AnyRow| Ok((row::text(&found, "kind")?, found.try_get("bytes")?));
        found.map(read).transpose()
    }

    /// Where the picture is whose hash is in the column `picture`, and whether there is one.
    pub(super) fn picture_url(&self, found: &AnyRow) -> Result<(String, bool)> {
        let hash = row::maybe_text(found, "picture")?;
        let is_there = hash.is_some();
        let url = hash.map(|hash| self.picture_at(&hash));
        Ok((url.unwrap_or_default(), is_there))
    }

    /// Where the picture of a hash is.
    pub fn picture_at(&self, hash: &str) -> String {
        [&*self.pictures_at, hash].concat()
    }
}

fn bind<'q>(
    sql: &'static str,
    picture: &'q Picture,
    cause: Cause<'_>,
) -> sqlx::query::Query<'q, sqlx::Any, <sqlx::Any as sqlx::Database>::Arguments> {
    sqlx::query(sql)
        .bind(picture.hash.as_str())
        .bind(picture.kind)
        .bind(picture.bytes.as_slice())
        .bind(cause.now.0)
}
