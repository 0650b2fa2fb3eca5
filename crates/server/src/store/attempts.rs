//! Sign-ins and sign-ups under way: the step that is shown, and beside it what must not be.
//!
//! A step is saved only over the very step it was made from, so of two requests at once one moves
//! the attempt on and the other finds that it has moved.

use anyhow::{Context as _, Result};
use frontdesk_protocol::{
    ClientId, InvitationId, SignIn, SignInId, SignUp, SignUpId, Timestamp, UserId,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use super::clients::Opening;
use super::{Cause, Store, Transaction, row};

/// An attempt as it was read.
#[derive(Clone, Debug)]
pub struct Loaded<T: Flow> {
    /// What is shown.
    pub step: T,
    /// What is not.
    pub beside: T::Beside,
    text: String,
}

/// What people sign in by, canonical.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
pub enum Identifier {
    /// An e-mail address.
    Email(String),
    /// A phone number.
    Phone(String),
    /// A user name.
    Username(String),
}

/// Who a sign-in is about, which the browser is not told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// What was typed, canonical.
    pub identifier: Option<Identifier>,
    /// Whose it is, if it is anybody's.
    pub user: Option<UserId>,
    /// The language that the browser asked for.
    pub locale: Option<String>,
    /// An account with a provider, sealed, that nobody has here.
    pub external: Option<String>,
    /// The invitation to an organization that the person came with.
    pub invitation: Option<InvitationId>,
    /// When it was found out who it is; what changed of them since ends the attempt.
    pub as_of: Option<Timestamp>,
    /// When they proved it first.
    pub proven_at: Option<Timestamp>,
}

/// What a sign-up keeps beside its step, which the browser is not told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The password's hash, sealed.
    pub password: Option<String>,
    /// The account with a provider, sealed.
    pub external: Option<String>,
    /// The invitation that the person came with.
    pub invitation: Option<InvitationId>,
    /// Who turned out to have the account with the provider already.
    pub existing: Option<UserId>,
    /// What the person wrote, as it becomes `unsafe_metadata`.
    pub has_custom: bool,
}

/// A flow that is stored as a step and what is beside it.
pub trait Flow: Serialize + DeserializeOwned {
    /// What is beside the step.
    type Beside: std::fmt::Debug + Serialize + DeserializeOwned;
    /// The attempt's id.
    fn id(&self) -> &str;
    /// Over the step before, by its text: `$1` the step, `$2` what is beside it, `$3` the id, `$4` the step before.
    const SAVE: &'static str;
    /// A new one: `$1` its id, `$2` the browser, `$3` the step, `$4` what is beside it, `$5` when it ends.
    const CREATE: &'static str;
    /// One of a browser: `$1` its id, `$2` the browser, `$3` the time.
    const LOAD: &'static str;
    /// When it ends.
    fn abandon_at(&self) -> Timestamp;
}

/// A flow that a browser has one of at a time.
pub trait Entered: Flow {
    /// Into the browser: `$1` its id, `$2` the time, `$3` the browser.
    const ENTER: &'static str;
    /// Into a new browser: `$4` the hash of its secret, `$5` when that ends.
    const OPEN: &'static str;
}

impl Flow for SignIn {
    type Beside = Person;
    const SAVE: &'static str =
        "UPDATE sign_ins SET step = $1, person = COALESCE($2, person) WHERE id = $3 AND step = $4";
    const CREATE: &'static str = "INSERT INTO sign_ins (id, client_id, step, person, expires_at) VALUES ($1, $2, $3, $4, $5)";
    const LOAD: &'static str = "SELECT step, person AS beside FROM sign_ins WHERE id = $1 AND client_id = $2 AND expires_at > $3";

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn abandon_at(&self) -> Timestamp {
        self.abandon_at
    }
}

impl Entered for SignIn {
    const ENTER: &'static str = "UPDATE clients SET sign_in_id = $1, updated_at = $2 WHERE id = $3";
    const OPEN: &'static str =
        "INSERT INTO clients (sign_in_id, created_at, updated_at, id, token_hash, expires_at)
         VALUES ($1, $2, $2, $3, $4, $5)";
}

impl Flow for SignUp {
    type Beside = Kept;
    const SAVE: &'static str =
        "UPDATE sign_ups SET step = $1, kept = COALESCE($2, kept) WHERE id = $3 AND step = $4";
    const CREATE: &'static str =
        "INSERT INTO sign_ups (id, client_id, step, kept, expires_at) VALUES ($1, $2, $3, $4, $5)";
    const LOAD: &'static str = "SELECT step, kept AS beside FROM sign_ups WHERE id = $1 AND client_id = $2 AND expires_at > $3";

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn abandon_at(&self) -> Timestamp {
        self.abandon_at
    }
}

impl Entered for SignUp {
    const ENTER: &'static str = "UPDATE clients SET sign_up_id = $1, updated_at = $2 WHERE id = $3";
    const OPEN: &'static str =
        "INSERT INTO clients (sign_up_id, created_at, updated_at, id, token_hash, expires_at)
         VALUES ($1, $2, $2, $3, $4, $5)";
}

/// The step after, in the place of the step before.
#[derive(Clone, Debug)]
pub struct Move {
    sql: &'static str,
    id: String,
    before: String,
    after: String,
    beside: Option<String>,
}

impl<T: Flow> Loaded<T> {
    fn read(found: &AnyRow) -> Result<Self> {
        let text = row::text(found, "step")?;
        let step = serde_json::from_str(&text).context("a stored step")?;
        let beside = serde_json::from_str(&row::text(found, "beside")?).context("beside a step")?;
        Ok(Self { step, beside, text })
    }

    /// From this step to `after`.
    ///
    /// # Errors
    /// Never: a step can be written.
    pub fn to(&self, after: &T) -> Result<Move> {
        Ok(Move {
            sql: T::SAVE,
            id: self.step.id().to_owned(),
            before: self.text.clone(),
            after: serde_json::to_string(after)?,
            beside: None,
        })
    }

    /// From this step to `after`, with something else beside it.
    ///
    /// # Errors
    /// Never: a step can be written.
    pub fn to_with(&self, after: &T, beside: &T::Beside) -> Result<Move> {
        Ok(Move {
            beside: Some(serde_json::to_string(beside)?),
            ..self.to(after)?
        })
    }
}

impl Move {
    /// The attempt's id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// False if the attempt is not where it was any more.
    pub(super) async fn apply(&self, transaction: &mut Transaction) -> Result<bool> {
        let moved = sqlx::query(AssertSqlSafe(self.sql))
            .bind(self.after.as_str())
            .bind(self.beside.as_deref())
            .bind(self.id.as_str())
            .bind(self.before.as_str())
            .execute(&mut **transaction)
            .await?;
        Ok(moved.rows_affected() == 1)
    }
}

impl Store {
    /// Begins an attempt in a browser, in the place of the one before.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_attempt<T: Entered>(
        &self,
        opening: Opening<'_>,
        step: T,
        beside: T::Beside,
        cause: Cause<'_>,
    ) -> Result<Loaded<T>> {
        let text = serde_json::to_string(&step)?;
        let mut transaction = self.begin().await?;
        let mut entering = sqlx::query(opening.fresh.map_or(T::ENTER, |_| T::OPEN))
            .bind(step.id())
            .bind(cause.now.0)
            .bind(opening.id.as_str());
        if let Some((token_hash, expires_at)) = opening.fresh {
            entering = entering.bind(token_hash).bind(expires_at.0);
        }
        entering.execute(&mut *transaction).await?;
        sqlx::query(AssertSqlSafe(T::CREATE))
            .bind(step.id())
            .bind(opening.id.as_str())
            .bind(text.as_str())
            .bind(serde_json::to_string(&beside)?)
            .bind(step.abandon_at().0)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Loaded { step, beside, text })
    }

    /// A sign-in of a browser.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn sign_in(
        &self,
        id: &SignInId,
        client: &ClientId,
        now: Timestamp,
    ) -> Result<Option<Loaded<SignIn>>> {
        self.attempt(id.as_str(), client, now).await
    }

    /// A sign-up of a browser.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn sign_up(
        &self,
        id: &SignUpId,
        client: &ClientId,
        now: Timestamp,
    ) -> Result<Option<Loaded<SignUp>>> {
        self.attempt(id.as_str(), client, now).await
    }

    pub(super) async fn attempt<T: Flow>(
        &self,
        id: &str,
        client: &ClientId,
        now: Timestamp,
    ) -> Result<Option<Loaded<T>>> {
        let found = sqlx::query(AssertSqlSafe(T::LOAD))
            .bind(id)
            .bind(client.as_str())
            .bind(now.0)
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(Loaded::read).transpose()
    }

    /// Notes a wrong proof in an attempt and for the record, whether anybody is meant or not.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn refuse(
        &self,
        step: &Move,
        user: Option<&UserId>,
        (action, reason): (&str, &str),
        cause: Cause<'_>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        step.apply(&mut transaction).await?;
        let user = user.map(UserId::as_str);
        cause
            .audit(&mut transaction, action, user, Some(reason))
            .await?;
        transaction.commit().await?;
        Ok(())
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
}

impl Identifier {
    /// The text that is compared.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) | Self::Username(text) => text,
        }
    }
}

impl Person {
    /// What was typed, or else who it is.
    pub fn typed(&self) -> &str {
        let typed = self.identifier.as_ref().map(Identifier::as_str);
        typed.unwrap_or_else(|| self.user.as_ref().map_or("", UserId::as_str))
    }

    /// Who it is, or else what was typed.
    pub fn whose(&self) -> &str {
        let user = self.user.as_ref().map(UserId::as_str);
        user.unwrap_or_else(|| self.typed())
    }
}
