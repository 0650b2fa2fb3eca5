//! Sign-ins and sign-ups under way: the step that is shown, and beside it what must not be.
//!
//! A step is saved only over the very step it was made from, so of two requests at once one moves
//! the attempt on and the other finds that it has moved.

use anyhow::{Context as _, Result};
use frontdesk_protocol::{
    ClientId, EmailAddressId, SignIn, SignInId, SignUp, SignUpId, Timestamp, UserId,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use super::clients::{self, Opening};
use super::{Cause, Store, row};

/// A step as it was read.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    /// What is shown.
    pub step: T,
    text: String,
}

/// Who a sign-in is about, which the browser is not told.
#[derive(Clone, Debug)]
pub struct Person {
    /// The canonical address that was typed.
    pub email: String,
    /// Whose it is, if it is anybody's.
    pub owner: Option<(UserId, EmailAddressId)>,
    /// The language that the browser asked for.
    pub locale: Option<String>,
}

/// The step after, in the place of the step before.
#[derive(Clone, Debug)]
pub struct Move {
    table: &'static str,
    id: String,
    before: String,
    after: String,
}

impl<T: DeserializeOwned> Loaded<T> {
    fn read(found: &AnyRow) -> Result<Self> {
        let text = row::text(found, "step")?;
        let step = serde_json::from_str(&text).context("a stored step")?;
        Ok(Self { step, text })
    }
}

impl Loaded<SignIn> {
    /// From this step to `after`.
    ///
    /// # Errors
    /// Never: a step can be written.
    pub fn to(&self, after: &SignIn) -> Result<Move> {
        self.move_to("sign_ins", self.step.id.as_str(), after)
    }
}

impl Loaded<SignUp> {
    /// From this step to `after`.
    ///
    /// # Errors
    /// Never: a step can be written.
    pub fn to(&self, after: &SignUp) -> Result<Move> {
        self.move_to("sign_ups", self.step.id.as_str(), after)
    }
}

impl<T: Serialize> Loaded<T> {
    fn move_to(&self, table: &'static str, id: &str, after: &T) -> Result<Move> {
        Ok(Move {
            table,
            id: id.to_owned(),
            before: self.text.clone(),
            after: serde_json::to_string(after)?,
        })
    }
}

impl Move {
    /// False if the attempt is not where it was any more.
    pub(super) async fn apply(&self, transaction: &mut Transaction<'static, Any>) -> Result<bool> {
        let sql = match self.table {
            "sign_ins" => "UPDATE sign_ins SET step = $1 WHERE id = $2 AND step = $3",
            _ => "UPDATE sign_ups SET step = $1 WHERE id = $2 AND step = $3",
        };
        let moved = sqlx::query(sql)
            .bind(self.after.as_str())
            .bind(self.id.as_str())
            .bind(self.before.as_str())
            .execute(&mut **transaction)
            .await?;
        Ok(moved.rows_affected() == 1)
    }
}

impl Store {
    /// Begins a sign-in in a browser, in the place of the one before.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_sign_in(
        &self,
        opening: Opening<'_>,
        step: &SignIn,
        person: &Person,
        cause: Cause<'_>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        clients::open(&mut transaction, opening, cause.now).await?;
        let owner = person.owner.as_ref();
        sqlx::query(
            "INSERT INTO sign_ins (id, client_id, step, user_id, email_address_id, email_address, locale, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(step.id.as_str())
        .bind(opening.id.as_str())
        .bind(serde_json::to_string(step)?)
        .bind(owner.map(|(user, _)| user.as_str()))
        .bind(owner.map(|(_, address)| address.as_str()))
        .bind(person.email.as_str())
        .bind(person.locale.as_deref())
        .bind(step.abandon_at.0)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE clients SET sign_in_id = $1, updated_at = $2 WHERE id = $3")
            .bind(step.id.as_str())
            .bind(cause.now.0)
            .bind(opening.id.as_str())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// A sign-in of a browser, and who it is about.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn sign_in(
        &self,
        id: &SignInId,
        client: &ClientId,
        now: Timestamp,
    ) -> Result<Option<(Loaded<SignIn>, Person)>> {
        let found = sqlx::query(
            "SELECT * FROM sign_ins WHERE id = $1 AND client_id = $2 AND expires_at > $3",
        )
        .bind(id.as_str())
        .bind(client.as_str())
        .bind(now.0)
        .fetch_optional(&self.reader)
        .await?;
        let Some(found) = found else { return Ok(None) };
        let user: Option<UserId> = row::maybe_id(&found, "user_id")?;
        let address: Option<EmailAddressId> = row::maybe_id(&found, "email_address_id")?;
        let person = Person {
            email: row::text(&found, "email_address")?,
            owner: user.zip(address),
            locale: row::maybe_text(&found, "locale")?,
        };
        Ok(Some((Loaded::read(&found)?, person)))
    }

    /// Begins a sign-up in a browser, in the place of the one before; `password` is sealed.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_sign_up(
        &self,
        opening: Opening<'_>,
        step: &SignUp,
        password: Option<&str>,
        cause: Cause<'_>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        clients::open(&mut transaction, opening, cause.now).await?;
        sqlx::query("INSERT INTO sign_ups (id, client_id, step, password, expires_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(step.id.as_str())
            .bind(opening.id.as_str())
            .bind(serde_json::to_string(step)?)
            .bind(password)
            .bind(step.abandon_at.0)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("UPDATE clients SET sign_up_id = $1, updated_at = $2 WHERE id = $3")
            .bind(step.id.as_str())
            .bind(cause.now.0)
            .bind(opening.id.as_str())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// A sign-up of a browser, and its sealed password.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn sign_up(
        &self,
        id: &SignUpId,
        client: &ClientId,
        now: Timestamp,
    ) -> Result<Option<(Loaded<SignUp>, Option<String>)>> {
        let found = sqlx::query(
            "SELECT * FROM sign_ups WHERE id = $1 AND client_id = $2 AND expires_at > $3",
        )
        .bind(id.as_str())
        .bind(client.as_str())
        .bind(now.0)
        .fetch_optional(&self.reader)
        .await?;
        let Some(found) = found else { return Ok(None) };
        Ok(Some((
            Loaded::read(&found)?,
            row::maybe_text(&found, "password")?,
        )))
    }

    /// Moves an attempt on; false if somebody else did at the same time.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn advance(&self, step: &Move) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let is_moved = step.apply(&mut transaction).await?;
        transaction.commit().await?;
        Ok(is_moved)
    }

    /// Moves a sign-up on to a step with another password.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn fill_sign_up(&self, step: &Move, password: Option<&str>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let is_moved = step.apply(&mut transaction).await?;
        if let Some(password) = password.filter(|_| is_moved) {
            sqlx::query("UPDATE sign_ups SET password = $1 WHERE id = $2")
                .bind(password)
                .bind(step.id.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(is_moved)
    }
}
