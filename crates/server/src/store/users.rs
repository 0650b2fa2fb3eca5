//! People.

use anyhow::{Context as _, Result};
use frontdesk_protocol::{
    EmailAddress, EmailAddressId, Metadata, PublicUserData, Timestamp, User, UserId,
};
use sqlx::any::AnyRow;

use super::emails::is_taken;
use super::{Cause, Store, emails, organizations, row};

/// Names to change; what is absent stays, and empty is none.
#[derive(Clone, Copy, Debug)]
pub struct UserChange<'a> {
    /// The first name.
    pub first_name: Option<&'a str>,
    /// The last name.
    pub last_name: Option<&'a str>,
    /// The user name, canonical.
    pub username: Option<&'a str>,
    /// What browsers wrote, as JSON.
    pub unsafe_metadata: Option<&'a str>,
}

/// Where a user is written to.
#[derive(Clone, Debug)]
pub struct Home {
    /// The primary address.
    pub email: Option<String>,
    /// The language.
    pub locale: Option<String>,
    /// When they last signed in.
    pub last_sign_in_at: Option<Timestamp>,
}

impl UserChange<'_> {
    /// Whether it changes nothing.
    pub const fn is_empty(&self) -> bool {
        self.first_name.is_none()
            && self.last_name.is_none()
            && self.username.is_none()
            && self.unsafe_metadata.is_none()
    }
}

/// What is shown of a user `u`, without the id, and of an address `e` of theirs; and how much there is of everything
/// else, so that only what is there is asked for.
macro_rules! user_columns {
    () => {
        "u.first_name, u.last_name, u.username, u.primary_email_address_id, u.primary_phone_number_id,
         u.external_id, u.last_sign_in_at, u.legal_accepted_at, u.public_metadata, u.unsafe_metadata,
         u.created_at AS user_created_at, u.updated_at AS user_updated_at,
         e.id AS address_id, e.email_address, e.verification,
         e.created_at AS address_created_at, e.updated_at AS address_updated_at,
         (SELECT COUNT(*) FROM credentials WHERE user_id = u.id AND factor = 'password') AS passwords,
         (SELECT COUNT(*) FROM credentials WHERE user_id = u.id AND factor = 'totp' AND verified_at IS NOT NULL) AS apps,
         (SELECT COUNT(*) FROM backup_codes WHERE user_id = u.id) AS backup_codes,
         (SELECT COUNT(*) FROM phone_numbers WHERE user_id = u.id) AS numbers,
         (SELECT COUNT(*) FROM phone_numbers
          WHERE user_id = u.id AND is_second_factor = 1 AND verified_at IS NOT NULL) AS second_numbers,
         (SELECT COUNT(*) FROM external_accounts WHERE user_id = u.id) AS accounts,
         (SELECT COUNT(*) FROM passkeys WHERE user_id = u.id) AS keys,
         (SELECT COUNT(*) FROM memberships WHERE user_id = u.id) AS memberships,
         (SELECT hash FROM pictures WHERE user_id = u.id) AS picture"
    };
}

pub(super) use user_columns;

impl Store {
    /// A user, as they see themselves.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn user(&self, id: &UserId) -> Result<Option<User>> {
        let rows = sqlx::query(concat!(
            "SELECT u.id AS user_id, ",
            user_columns!(),
            " FROM users u LEFT JOIN email_addresses e ON e.user_id = u.id WHERE u.id = $1
             ORDER BY e.created_at, e.id"
        ))
        .bind(id.as_str())
        .fetch_all(&self.reader)
        .await?;
        if rows.is_empty() {
            return Ok(None);
        }
        self.user_of(&rows).await.map(Some)
    }

    /// A user by their rows: one for each address, or one without any.
    pub(super) async fn user_of(&self, rows: &[AnyRow]) -> Result<User> {
        let found = rows.first().context("a user without a row")?;
        let mut user = read(found)?;
        (user.image_url, user.has_image) = self.picture_url(found)?;
        user.email_addresses = addresses(rows, &user)?;
        let id = user.id.clone();
        let has = |what| Ok::<_, anyhow::Error>(row::count(found, what)? > 0);
        if has("numbers")? {
            let numbers = self.phone_numbers(&id).await?;
            user.phone_numbers = numbers.into_iter().map(|number| number.shown).collect();
            let primary = user.primary_phone_number_id.clone();
            user.phone_numbers
                .sort_by_key(|number| Some(&number.id) != primary.as_ref());
        }
        if has("accounts")? {
            user.external_accounts = self.external_accounts(&id).await?;
        }
        if has("keys")? {
            user.passkeys = self.passkeys(&id).await?;
        }
        if has("memberships")? {
            user.organization_memberships = organizations::of_user(self, &public(&user)).await?;
        }
        user.two_factor_enabled = user.totp_enabled || has("second_numbers")?;
        Ok(user)
    }

    /// Who has this user name.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn owner_of_username(&self, username: &str) -> Result<Option<UserId>> {
        let found = sqlx::query("SELECT id FROM users WHERE username = $1")
            .bind(username)
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(|found| row::id(found, "id")).transpose()
    }

    /// Where a user is written to, and in which language.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn home(&self, user: &UserId) -> Result<Option<Home>> {
        let found = sqlx::query(
            "SELECT u.locale, u.last_sign_in_at, e.email_address
             FROM users u LEFT JOIN email_addresses e ON e.id = u.primary_email_address_id WHERE u.id = $1",
        )
        .bind(user.as_str())
        .fetch_optional(&self.reader)
        .await?;
        let read = |found: AnyRow| {
            Ok(Home {
                email: row::maybe_text(&found, "email_address")?,
                locale: row::maybe_text(&found, "locale")?,
                last_sign_in_at: row::maybe_time(&found, "last_sign_in_at")?,
            })
        };
        found.map(read).transpose()
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

    /// Changes a user's names; false if the user name is somebody else's.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn update_user(
        &self,
        id: &UserId,
        change: UserChange<'_>,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let updated = sqlx::query(
            "UPDATE users SET first_name = CASE WHEN $1 IS NULL THEN first_name WHEN $1 = '' THEN NULL ELSE $1 END,
             last_name = CASE WHEN $2 IS NULL THEN last_name WHEN $2 = '' THEN NULL ELSE $2 END,
             username = CASE WHEN $3 IS NULL THEN username WHEN $3 = '' THEN NULL ELSE $3 END,
             credentials_changed_at = CASE WHEN $3 IS NULL OR $3 = username THEN credentials_changed_at ELSE $5 END,
             unsafe_metadata = COALESCE($4, unsafe_metadata), updated_at = $5
             WHERE id = $6",
        )
        .bind(change.first_name)
        .bind(change.last_name)
        .bind(change.username)
        .bind(change.unsafe_metadata)
        .bind(cause.now.0)
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await;
        match updated {
            Ok(_) => {}
            Err(error) if is_taken(&error) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        cause
            .audit(&mut transaction, "user.updated", Some(id.as_str()), None)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// The primary address first.
fn addresses(rows: &[AnyRow], user: &User) -> Result<Vec<EmailAddress>> {
    const NAMES: [&str; 3] = ["address_id", "address_created_at", "address_updated_at"];
    let mut addresses = Vec::with_capacity(rows.len());
    for found in rows {
        if row::maybe_text(found, "address_id")?.is_some() {
            addresses.push(emails::shown(found, NAMES)?);
        }
    }
    let primary = user.primary_email_address_id.as_ref();
    addresses.sort_by_key(|address| Some(&address.id) != primary);
    Ok(addresses)
}

fn read(found: &AnyRow) -> Result<User> {
    let primary: Option<EmailAddressId> = row::maybe_id(found, "primary_email_address_id")?;
    Ok(User {
        id: row::id(found, "user_id")?,
        first_name: row::maybe_text(found, "first_name")?,
        last_name: row::maybe_text(found, "last_name")?,
        username: row::maybe_text(found, "username")?,
        image_url: String::new(),
        has_image: false,
        primary_email_address_id: primary,
        email_addresses: Vec::new(),
        organization_memberships: Vec::new(),
        password_enabled: row::count(found, "passwords")? > 0,
        two_factor_enabled: false,
        last_sign_in_at: row::maybe_time(found, "last_sign_in_at")?,
        create_organization_enabled: true,
        delete_self_enabled: false,
        created_at: row::time(found, "user_created_at")?,
        updated_at: row::time(found, "user_updated_at")?,
        external_id: row::maybe_text(found, "external_id")?,
        primary_phone_number_id: row::maybe_id(found, "primary_phone_number_id")?,
        phone_numbers: Vec::new(),
        external_accounts: Vec::new(),
        passkeys: Vec::new(),
        web3_wallets: Vec::new(),
        enterprise_accounts: Vec::new(),
        totp_enabled: row::count(found, "apps")? > 0,
        backup_code_enabled: row::count(found, "backup_codes")? > 0,
        legal_accepted_at: row::maybe_time(found, "legal_accepted_at")?,
        public_metadata: metadata(found, "public_metadata")?,
        unsafe_metadata: metadata(found, "unsafe_metadata")?,
    })
}

fn metadata(found: &AnyRow, column: &str) -> Result<Metadata> {
    let text = row::maybe_text(found, column)?;
    Ok(text
        .map(|text| serde_json::from_str(&text))
        .transpose()?
        .unwrap_or_default())
}

/// A user, as others see them.
pub fn public(user: &User) -> PublicUserData {
    PublicUserData {
        user_id: user.id.clone(),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        image_url: user.image_url.clone(),
        has_image: user.has_image,
        identifier: identifier(user).to_owned(),
    }
}

/// What a user is known by: the address, or else the name, or else the number.
fn identifier(user: &User) -> &str {
    let number = user
        .phone_numbers
        .first()
        .map(|number| number.phone_number.as_str());
    user.primary_email()
        .or(user.username.as_deref())
        .or(number)
        .unwrap_or_default()
}

/// Who somebody is, by a row with the columns of a user, their primary address and their picture.
pub(super) fn person(store: &Store, found: &AnyRow) -> Result<PublicUserData> {
    let (image_url, has_image) = store.picture_url(found)?;
    let email = row::maybe_text(found, "email_address")?;
    let identifier = match email {
        Some(email) => Some(email),
        None => row::maybe_text(found, "username")?,
    };
    Ok(PublicUserData {
        user_id: row::id(found, "user_id")?,
        first_name: row::maybe_text(found, "first_name")?,
        last_name: row::maybe_text(found, "last_name")?,
        image_url,
        has_image,
        identifier: identifier.unwrap_or_default(),
    })
}
