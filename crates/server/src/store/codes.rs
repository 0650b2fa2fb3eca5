//! Single-use secrets: issued, tried, and spent.
//!
//! The purpose is part of every key, so that no secret serves for another; the browser is too, so
//! that a code read over a shoulder is worth nothing elsewhere.

use anyhow::Result;
use frontdesk_protocol::Timestamp;
use sqlx::Row as _;

use super::attempts::Move;
use super::cause::SealedMail;
use super::{Cause, Store, Transaction, domain_proofs, emails, phones};

/// Tries after which a code is worth nothing.
pub(super) const MOST_TRIES: i64 = 5;

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Proves who signs in.
    SignIn,
    /// Proves it once more.
    SecondFactor,
    /// Proves once more who is signed in.
    StepUp,
    /// The same, by a second factor.
    StepUpSecond,
    /// Lets somebody choose another password.
    ResetPassword,
    /// Proves the address of a sign-up.
    SignUpEmail,
    /// Proves the number of a sign-up.
    SignUpPhone,
    /// Proves an address that a user added.
    EmailAddress,
    /// Proves a number that a user added.
    PhoneNumber,
    /// Proves that a domain is an organization's.
    Domain,
}

impl Purpose {
    /// The purpose as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SecondFactor => "second_factor",
            Self::StepUp => "step_up",
            Self::StepUpSecond => "step_up_second",
            Self::ResetPassword => "reset_password",
            Self::SignUpEmail => "sign_up",
            Self::SignUpPhone => "sign_up_phone",
            Self::EmailAddress => "email_address",
            Self::PhoneNumber => "phone_number",
            Self::Domain => "organization_domain",
        }
    }
}

/// A code that was sent.
#[derive(Clone, Debug)]
pub struct Code {
    /// What it is for.
    pub purpose: Purpose,
    /// The id of what it proves something about.
    pub subject: String,
    /// The id of the browser that asked for it.
    pub client: String,
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The try is counted; this is the hash to compare with.
    Counted {
        /// The hash of the code that was sent.
        hash: String,
        /// Whether no try is left after this one.
        is_last: bool,
    },
    /// The code was tried too often.
    Exhausted,
    /// The code is too old.
    Expired,
    /// There is no such code: it was never sent, or is spent.
    Unknown,
}

/// A code on its way to an address.
#[derive(Clone, Debug)]
pub struct Sending<'a> {
    /// What it proves, and to whom.
    pub code: &'a Code,
    /// The address it goes to.
    pub address: &'a str,
    /// Its hash.
    pub hash: &'a str,
    /// When another may be asked for.
    pub resend_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The letter that carries it.
    pub mail: SealedMail,
    /// What the attempt or address is told of it.
    pub told: Told<'a>,
}

/// What is told of a code that was sent.
#[derive(Clone, Debug)]
pub enum Told<'a> {
    /// An attempt, by its next step.
    Attempt(Move),
    /// An address of a user, by its id and verification.
    EmailAddress(&'a str, &'a str),
    /// A number of a user, by its id and verification.
    PhoneNumber(&'a str, &'a str),
    /// A domain of an organization, by its id and the address.
    Domain(&'a str, &'a str),
}

impl Told<'_> {
    /// What is told.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Attempt(step) => step.id(),
            Self::EmailAddress(id, _) | Self::PhoneNumber(id, _) | Self::Domain(id, _) => id,
        }
    }

    /// False if it is not where it was any more.
    pub(super) async fn apply(
        &self,
        transaction: &mut Transaction,
        now: Timestamp,
    ) -> Result<bool> {
        match self {
            Self::Attempt(step) => step.apply(transaction).await,
            Self::EmailAddress(id, verification) => {
                emails::tell(transaction, id, verification, now).await
            }
            Self::PhoneNumber(id, verification) => {
                phones::tell(transaction, id, verification, now).await
            }
            Self::Domain(id, address) => domain_proofs::tell(transaction, id, address, now).await,
        }
    }
}

/// What became of a code that was to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is on its way.
    Done,
    /// The one before is too young to be replaced, until then.
    TooEarly(Timestamp),
    /// The attempt moved on meanwhile.
    Stale,
}

impl Store {
    /// Keeps the hash of a new code in the place of the one before, which is dead from then on, and posts the letter.
    ///
    /// One statement looks at the age of the one before and replaces it, so two requests at once send one letter.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn send_code(&self, sending: &Sending<'_>, cause: Cause<'_>) -> Result<Sent> {
        let code = sending.code;
        let mut transaction = self.begin().await?;
        let issued = sqlx::query(
            "INSERT INTO codes (purpose, subject, client_id, address, hash, attempts, created_at, resend_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8)
             ON CONFLICT (purpose, subject) DO UPDATE SET
               client_id = excluded.client_id, address = excluded.address, hash = excluded.hash, attempts = 0,
               created_at = excluded.created_at, resend_at = excluded.resend_at, expires_at = excluded.expires_at
             WHERE codes.resend_at <= excluded.created_at OR codes.address <> excluded.address",
        )
        .bind(code.purpose.as_str())
        .bind(code.subject.as_str())
        .bind(code.client.as_str())
        .bind(sending.address)
        .bind(sending.hash)
        .bind(cause.now.0)
        .bind(sending.resend_at.0)
        .bind(sending.expires_at.0)
        .execute(&mut *transaction)
        .await?;
        if issued.rows_affected() == 0 {
            let before =
                sqlx::query("SELECT resend_at FROM codes WHERE purpose = $1 AND subject = $2")
                    .bind(code.purpose.as_str())
                    .bind(code.subject.as_str())
                    .fetch_optional(&mut *transaction)
                    .await?;
            let resend_at = before.map_or(Ok(cause.now.0), |row| row.try_get(0))?;
            return Ok(Sent::TooEarly(Timestamp(resend_at)));
        }
        let is_told = sending.told.apply(&mut transaction, cause.now).await?;
        if !is_told {
            return Ok(Sent::Stale);
        }
        cause.post(&mut transaction, &sending.mail).await?;
        cause
            .audit(&mut transaction, "code.sent", None, Some(&code.subject))
            .await?;
        transaction.commit().await?;
        Ok(Sent::Done)
    }

    /// Counts a try before anything is compared, and only then says what to compare with.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn try_code(&self, code: &Code, now: Timestamp) -> Result<Tried> {
        let counted = sqlx::query(
            "UPDATE codes SET attempts = attempts + 1
             WHERE purpose = $1 AND subject = $2 AND client_id = $3 AND attempts < $4 AND expires_at > $5
             RETURNING hash, attempts",
        )
        .bind(code.purpose.as_str())
        .bind(code.subject.as_str())
        .bind(code.client.as_str())
        .bind(MOST_TRIES)
        .bind(now.0)
        .fetch_optional(&self.writer)
        .await?;
        if let Some(row) = counted {
            let attempts: i64 = row.try_get(1)?;
            return Ok(Tried::Counted {
                hash: row.try_get(0)?,
                is_last: attempts >= MOST_TRIES,
            });
        }
        let refused = sqlx::query(
            "SELECT attempts FROM codes WHERE purpose = $1 AND subject = $2 AND client_id = $3",
        )
        .bind(code.purpose.as_str())
        .bind(code.subject.as_str())
        .bind(code.client.as_str())
        .fetch_optional(&self.reader)
        .await?;
        let Some(row) = refused else {
            return Ok(Tried::Unknown);
        };
        let attempts: i64 = row.try_get(0)?;
        Ok(if attempts >= MOST_TRIES {
            Tried::Exhausted
        } else {
            Tried::Expired
        })
    }
}

/// True if `hash` was the live code; it is spent from then on, whoever else asks at the same time.
pub(super) async fn spend(
    transaction: &mut Transaction,
    code: &Code,
    hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let spent = sqlx::query(
        "DELETE FROM codes
         WHERE purpose = $1 AND subject = $2 AND client_id = $3 AND hash = $4 AND expires_at > $5",
    )
    .bind(code.purpose.as_str())
    .bind(code.subject.as_str())
    .bind(code.client.as_str())
    .bind(hash)
    .bind(now.0)
    .execute(&mut **transaction)
    .await?;
    Ok(spent.rows_affected() == 1)
}
