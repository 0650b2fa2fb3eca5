//! How attempts end: a code is spent, a user made, a session begun, all or nothing.

use anyhow::Result;
use frontdesk_protocol::{InvitationId, MembershipId, Timestamp, UserId};
use sqlx::AssertSqlSafe;

use super::attempts::Move;
use super::authority::Outcome;
use super::cause::SealedMail;
use super::emails::is_taken;
use super::enrolling::enroll;
use super::external_accounts::{self, NewExternalAccount};
use super::invitations::Accepted;
use super::inviting::{self, Accepting};
use super::limits::{Budget, forgive};
use super::sessions::{self, NewSession};
use super::spend::{Spend, spend_all};
use super::{Cause, Store, Transaction, factors, invitations};

/// Somebody about to have an account.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    /// The user's id.
    pub id: &'a UserId,
    /// The address, if there is one.
    pub email: Option<NewAddress<'a>>,
    /// The phone number, if there is one.
    pub phone: Option<NewAddress<'a>>,
    /// The user name.
    pub username: Option<&'a str>,
    /// The first name.
    pub first_name: Option<&'a str>,
    /// The last name.
    pub last_name: Option<&'a str>,
    /// The language.
    pub locale: Option<&'a str>,
    /// The sealed password.
    pub password: Option<&'a str>,
    /// The sealed secret of an authenticator app that counts at once.
    pub totp: Option<&'a str>,
    /// The hashes of backup codes.
    pub backup_codes: &'a [String],
    /// The account with a provider.
    pub external: Option<NewExternalAccount>,
    /// When the person agreed to the terms.
    pub legal_accepted_at: Option<Timestamp>,
    /// What browsers wrote, as JSON.
    pub unsafe_metadata: Option<&'a str>,
    /// What the app's server wrote, as JSON.
    pub public_metadata: Option<&'a str>,
    /// What browsers never see, as JSON.
    pub private_metadata: Option<&'a str>,
    /// What the app's server calls the user.
    pub external_id: Option<&'a str>,
    /// The invitation that the person came with; it is accepted.
    pub invitation: Option<&'a InvitationId>,
    /// The id of the membership that it may lead to, and how many members there may be.
    pub membership: Option<(&'a MembershipId, u32)>,
}

impl<'a> NewUser<'a> {
    /// Somebody who is known by nothing yet.
    pub const fn of(id: &'a UserId) -> Self {
        Self {
            id,
            email: None,
            phone: None,
            username: None,
            first_name: None,
            last_name: None,
            locale: None,
            password: None,
            totp: None,
            backup_codes: &[],
            external: None,
            legal_accepted_at: None,
            unsafe_metadata: None,
            public_metadata: None,
            private_metadata: None,
            external_id: None,
            invitation: None,
            membership: None,
        }
    }
}

/// An address or number of somebody about to have an account, proven.
#[derive(Clone, Copy, Debug)]
pub struct NewAddress<'a> {
    /// Its id.
    pub id: &'a str,
    /// The address or number, canonical.
    pub text: &'a str,
    /// Its verification, as it is shown.
    pub verification: &'a str,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As it was meant to.
    Done,
    /// The code was spent, or the attempt moved on, by another request.
    Stale,
    /// The address, number, name or account is somebody else's.
    Taken,
    /// The app closed the account.
    Banned,
    /// The app lets nobody sign in to the account for a while.
    Locked,
    /// The organization that the person is invited to has as many members as it may have.
    Full,
}

/// How an attempt is to end, beside its session.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'a> {
    /// The step after.
    pub step: &'a Move,
    /// What is used up.
    pub spends: &'a [Spend],
    /// Budgets to give back.
    pub forgiven: &'a [Budget],
    /// Letters to be sent.
    pub notices: &'a [SealedMail],
}

impl Store {
    /// Ends a sign-in in a session.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn complete_sign_in(
        &self,
        ending: Ending<'_>,
        session: &NewSession<'_>,
        cause: Cause<'_>,
    ) -> Result<Ended> {
        let mut transaction = self.begin().await?;
        if !ending.settle(&mut transaction, cause).await? {
            return Ok(Ended::Stale);
        }
        if let Some(refused) = sessions::begin(&mut transaction, session, cause).await? {
            return Ok(refused);
        }
        transaction.commit().await?;
        Ok(Ended::Done)
    }

    /// Moves an attempt on by a proof that was right, without an end; false if it was used up or the attempt moved on.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn settle(&self, ending: Ending<'_>, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        if !ending.settle(&mut transaction, cause).await? {
            return Ok(false);
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Ends a sign-up in a user and a session.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn complete_sign_up(
        &self,
        ending: Ending<'_>,
        user: &NewUser<'_>,
        session: &NewSession<'_>,
        cause: Cause<'_>,
    ) -> Result<Ended> {
        let mut transaction = self.begin().await?;
        if !ending.settle(&mut transaction, cause).await? {
            return Ok(Ended::Stale);
        }
        let mut user = user.clone();
        let brought;
        let mut leads_on = None;
        if let Some(invitation) = user.invitation {
            match invitations::accept(&mut transaction, invitation, cause.now).await? {
                Accepted::SignUp(metadata) => {
                    brought = metadata;
                    user.public_metadata = user.public_metadata.or(brought.as_deref());
                }
                Accepted::Organization => {
                    leads_on = user.membership.map(|membership| (invitation, membership));
                }
                Accepted::Closed => return Ok(Ended::Stale),
            }
        }
        if !create_user(&mut transaction, &user, cause).await? {
            return Ok(Ended::Taken);
        }
        if let Some(refused) = sessions::begin(&mut transaction, session, cause).await? {
            return Ok(refused);
        }
        if let Some((id, (membership, most))) = leads_on {
            let accepting = Accepting {
                id,
                user: user.id,
                membership,
                session: Some(session.id),
                most,
            };
            match inviting::accept(&mut transaction, accepting, cause).await? {
                Outcome::Done | Outcome::AlreadyMember => {}
                Outcome::Full => return Ok(Ended::Full),
                Outcome::Unknown
                | Outcome::Forbidden
                | Outcome::UnknownRole
                | Outcome::Taken
                | Outcome::LastAdmin
                | Outcome::Unverified => return Ok(Ended::Stale),
            }
        }
        transaction.commit().await?;
        Ok(Ended::Done)
    }

    /// Makes a user who signs in for the first time later; false if something of it is somebody else's.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_user(&self, user: &NewUser<'_>, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let is_created = create_user(&mut transaction, user, cause).await?;
        if is_created {
            transaction.commit().await?;
        }
        Ok(is_created)
    }
}

impl Ending<'_> {
    pub(super) async fn settle(
        &self,
        transaction: &mut Transaction,
        cause: Cause<'_>,
    ) -> Result<bool> {
        if !spend_all(transaction, self.spends, cause.now).await?
            || !self.step.apply(transaction).await?
        {
            return Ok(false);
        }
        forgive(transaction, self.forgiven).await?;
        for notice in self.notices {
            cause.post(transaction, notice).await?;
        }
        Ok(true)
    }
}

/// False if something of it is somebody else's; the transaction is worth nothing then.
pub(super) async fn create_user(
    transaction: &mut Transaction,
    user: &NewUser<'_>,
    cause: Cause<'_>,
) -> Result<bool> {
    let now = cause.now.0;
    let inserted = sqlx::query(
        "INSERT INTO users (id, first_name, last_name, username, primary_email_address_id, primary_phone_number_id,
           locale, legal_accepted_at, unsafe_metadata, public_metadata, private_metadata, external_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
    )
    .bind(user.id.as_str())
    .bind(user.first_name)
    .bind(user.last_name)
    .bind(user.username)
    .bind(user.email.map(|email| email.id))
    .bind(user.phone.map(|phone| phone.id))
    .bind(user.locale)
    .bind(user.legal_accepted_at.map(|at| at.0))
    .bind(user.unsafe_metadata)
    .bind(user.public_metadata)
    .bind(user.private_metadata)
    .bind(user.external_id)
    .bind(now)
    .execute(&mut **transaction)
    .await;
    match inserted {
        Ok(_) => {}
        Err(error) if is_taken(&error) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    if !insert_addresses(transaction, user, cause).await? {
        return Ok(false);
    }
    if let Some(external) = &user.external
        && !external_accounts::insert(transaction, user.id, external, now).await?
    {
        return Ok(false);
    }
    if let Some(password) = user.password {
        sqlx::query("INSERT INTO credentials (user_id, factor, sealed, created_at, updated_at) VALUES ($1, 'password', $2, $3, $3)")
            .bind(user.id.as_str())
            .bind(password)
            .bind(now)
            .execute(&mut **transaction)
            .await?;
    }
    if let Some(totp) = user.totp {
        sqlx::query(
            "INSERT INTO credentials (user_id, factor, sealed, created_at, updated_at, verified_at)
             VALUES ($1, 'totp', $2, $3, $3, $3)",
        )
        .bind(user.id.as_str())
        .bind(totp)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    }
    if !user.backup_codes.is_empty() {
        factors::replace_backup_codes(transaction, user.id, user.backup_codes, cause.now).await?;
    }
    let subject = user.email.map(|email| email.id);
    cause
        .audit(transaction, "user.created", Some(user.id.as_str()), subject)
        .await?;
    Ok(true)
}

pub(super) async fn insert_addresses(
    transaction: &mut Transaction,
    user: &NewUser<'_>,
    cause: Cause<'_>,
) -> Result<bool> {
    let addresses = [
        (
            "INSERT INTO email_addresses (id, user_id, email_address, verification, verified_at, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $5, $5) ON CONFLICT DO NOTHING",
            user.email
                .map(|email| (email.id, email.text, email.verification)),
        ),
        (
            "INSERT INTO phone_numbers (id, user_id, phone_number, verification, verified_at, created_at, updated_at,
               is_second_factor, is_default_second_factor)
             VALUES ($1, $2, $3, $4, $5, $5, $5, 0, 0) ON CONFLICT DO NOTHING",
            user.phone
                .map(|phone| (phone.id, phone.text, phone.verification)),
        ),
    ];
    for (sql, address) in addresses {
        let Some((id, text, verification)) = address else {
            continue;
        };
        let inserted = sqlx::query(AssertSqlSafe(sql))
            .bind(id)
            .bind(user.id.as_str())
            .bind(text)
            .bind(verification)
            .bind(cause.now.0)
            .execute(&mut **transaction)
            .await?;
        if inserted.rows_affected() == 0 {
            return Ok(false);
        }
    }
    if let Some(email) = user.email {
        enroll(transaction, (user.id.as_str(), email.text), cause).await?;
    }
    Ok(true)
}
