//! People.

use anyhow::Result;
use frontdesk_protocol::{
    ClientId, EmailAddressId, Metadata, OrganizationMembership, PublicUserData, Timestamp, User,
    UserId,
};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use super::cause::SealedMail;
use super::clients::Rotation;
use super::limits::{Budget, forgive};
use super::{Cause, Store, emails, organizations, row};

/// Names to change; what is absent stays, and empty is none.
#[derive(Clone, Copy, Debug)]
pub struct UserChange<'a> {
    /// The first name.
    pub first_name: Option<&'a str>,
    /// The last name.
    pub last_name: Option<&'a str>,
}

/// Another password.
#[derive(Clone, Debug)]
pub struct PasswordChange<'a> {
    /// Whose.
    pub user: &'a UserId,
    /// The hash in use, sealed as it was read; none where there is no password yet.
    pub before: Option<&'a str>,
    /// The next one, sealed.
    pub after: &'a str,
    /// Whether the user's sessions in all other browsers end.
    pub ends_others: bool,
    /// The browser's next secret.
    pub rotation: Rotation<'a>,
    /// What the user is told.
    pub notice: SealedMail,
}

impl Store {
    /// A user, as they see themselves.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn user(&self, id: &UserId) -> Result<Option<User>> {
        let found = sqlx::query(
            "SELECT u.*, (SELECT COUNT(*) FROM credentials c WHERE c.user_id = u.id AND c.factor = 'password') AS passwords
             FROM users u WHERE u.id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&self.reader)
        .await?;
        let Some(found) = found else { return Ok(None) };
        let addresses =
            sqlx::query("SELECT * FROM email_addresses WHERE user_id = $1 ORDER BY created_at, id")
                .bind(id.as_str())
                .fetch_all(&self.reader)
                .await?;
        let mut user = read(&found)?;
        for address in &addresses {
            user.email_addresses.push(emails::read(address)?.shown);
        }
        let primary = user.primary_email_address_id.clone();
        user.email_addresses
            .sort_by_key(|address| Some(&address.id) != primary.as_ref());
        user.organization_memberships = self.memberships_of(&public(&user)).await?;
        Ok(Some(user))
    }

    /// The language a user is written to in.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn locale(&self, user: &UserId) -> Result<Option<String>> {
        let found = sqlx::query("SELECT locale FROM users WHERE id = $1")
            .bind(user.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found
            .as_ref()
            .map_or(Ok(None), |found| row::maybe_text(found, "locale"))
    }

    /// What a user proves `factor` with, sealed.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn credential(&self, user: &UserId, factor: &str) -> Result<Option<String>> {
        let found =
            sqlx::query("SELECT sealed FROM credentials WHERE user_id = $1 AND factor = $2")
                .bind(user.as_str())
                .bind(factor)
                .fetch_optional(&self.reader)
                .await?;
        found
            .as_ref()
            .map(|found| row::text(found, "sealed"))
            .transpose()
    }

    /// Changes a user's names.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn update_user(
        &self,
        id: &UserId,
        change: UserChange<'_>,
        cause: Cause<'_>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "UPDATE users SET first_name = CASE WHEN $1 IS NULL THEN first_name WHEN $1 = '' THEN NULL ELSE $1 END,
             last_name = CASE WHEN $2 IS NULL THEN last_name WHEN $2 = '' THEN NULL ELSE $2 END, updated_at = $3
             WHERE id = $4",
        )
        .bind(change.first_name)
        .bind(change.last_name)
        .bind(cause.now.0)
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        cause
            .audit(&mut transaction, "user.updated", Some(id.as_str()), None)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Sets another password over the one that was proven; false if it was changed meanwhile.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn change_password(
        &self,
        change: &PasswordChange<'_>,
        forgiven: &[Budget],
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if !swap_password(&mut transaction, change, cause.now).await? {
            return Ok(false);
        }
        if change.ends_others {
            end_others(&mut transaction, change.user, change.rotation.client, cause).await?;
        }
        change.rotation.apply(&mut transaction, cause.now).await?;
        forgive(&mut transaction, forgiven).await?;
        cause.post(&mut transaction, &change.notice).await?;
        cause
            .audit(
                &mut transaction,
                "password.changed",
                Some(change.user.as_str()),
                None,
            )
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn memberships_of(&self, user: &PublicUserData) -> Result<Vec<OrganizationMembership>> {
        organizations::of_user(&self.reader, user).await
    }
}

async fn swap_password(
    transaction: &mut Transaction<'static, Any>,
    change: &PasswordChange<'_>,
    now: Timestamp,
) -> Result<bool> {
    let sql = if change.before.is_some() {
        "UPDATE credentials SET sealed = $1, updated_at = $2 WHERE user_id = $3 AND factor = 'password' AND sealed = $4"
    } else {
        "INSERT INTO credentials (user_id, factor, sealed, created_at, updated_at)
         SELECT $3, 'password', $1, $2, $2 WHERE $4 = '' ON CONFLICT DO NOTHING"
    };
    let changed = sqlx::query(sql)
        .bind(change.after)
        .bind(now.0)
        .bind(change.user.as_str())
        .bind(change.before.unwrap_or(""))
        .execute(&mut **transaction)
        .await?;
    Ok(changed.rows_affected() == 1)
}

async fn end_others(
    transaction: &mut Transaction<'static, Any>,
    user: &UserId,
    client: &ClientId,
    cause: Cause<'_>,
) -> Result<()> {
    sqlx::query("UPDATE sessions SET status = 'revoked', updated_at = $1 WHERE user_id = $2 AND client_id <> $3 AND status = 'active'")
        .bind(cause.now.0)
        .bind(user.as_str())
        .bind(client.as_str())
        .execute(&mut **transaction)
        .await?;
    cause
        .audit(
            transaction,
            "session.others_revoked",
            Some(user.as_str()),
            None,
        )
        .await
}

fn read(found: &AnyRow) -> Result<User> {
    let primary: Option<EmailAddressId> = row::maybe_id(found, "primary_email_address_id")?;
    Ok(User {
        id: row::id(found, "id")?,
        first_name: row::maybe_text(found, "first_name")?,
        last_name: row::maybe_text(found, "last_name")?,
        username: None,
        image_url: String::new(),
        has_image: false,
        primary_email_address_id: primary,
        email_addresses: Vec::new(),
        phone_numbers: Vec::new(),
        external_accounts: Vec::new(),
        passkeys: Vec::new(),
        web3_wallets: Vec::new(),
        enterprise_accounts: Vec::new(),
        organization_memberships: Vec::new(),
        password_enabled: row::count(found, "passwords")? > 0,
        two_factor_enabled: false,
        public_metadata: Metadata {},
        unsafe_metadata: Metadata {},
        last_sign_in_at: row::maybe_time(found, "last_sign_in_at")?,
        create_organization_enabled: true,
        delete_self_enabled: false,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}

/// A user, as others see them.
pub fn public(user: &User) -> PublicUserData {
    PublicUserData {
        user_id: user.id.clone(),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        image_url: user.image_url.clone(),
        has_image: user.has_image,
        identifier: user.primary_email().unwrap_or_default().to_owned(),
    }
}
