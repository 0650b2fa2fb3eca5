//! Domains of organizations; a verified one is one organization's.

use anyhow::Result;
use frontdesk_protocol::{
    DomainStrategy, DomainVerification, EnrollmentMode, List, OrganizationDomain,
    OrganizationDomainId, OrganizationId, OwnershipVerification, SystemPermission, Timestamp,
    VerificationStatus,
};
use sqlx::any::AnyRow;

use super::authority::{Actor, Outcome};
use super::codes::MOST_TRIES;
use super::row::pattern;
use super::{Cause, Store, Transaction, row};

/// A domain about to be an organization's.
#[derive(Clone, Copy, Debug)]
pub struct NewDomain<'a> {
    /// Its id.
    pub id: &'a OrganizationDomainId,
    /// Whose it is.
    pub organization: &'a OrganizationId,
    /// The domain, canonical.
    pub name: &'a str,
    /// The key of the role that people at it will have.
    pub role: &'a str,
    /// How many domains there may be.
    pub most: u32,
}

/// What people whose address is at a domain get from then on.
#[derive(Clone, Copy, Debug)]
pub struct Enrollment<'a> {
    /// What.
    pub mode: EnrollmentMode,
    /// The key of the role they will have.
    pub role: &'a str,
    /// Whether what nobody has answered is taken back.
    pub delete_pending: bool,
}

/// The name that the record of a domain has before its own.
pub const RECORD: &str = "_frontdesk.";

const SHOWN: &str = "SELECT d.*, c.attempts AS code_attempts, c.expires_at AS code_expires_at,
    (SELECT COUNT(*) FROM invitations i WHERE i.domain_id = d.id AND i.status = 'pending') AS open_invitations,
    (SELECT COUNT(*) FROM organization_suggestions s WHERE s.domain_id = d.id AND s.status = 'pending') AS open_suggestions,
    COUNT(*) OVER () AS total FROM organization_domains d
    LEFT JOIN codes c ON c.purpose = 'organization_domain' AND c.subject = d.id
    WHERE d.organization_id = $1 AND ($2 IS NULL OR d.id = $2)
    AND ($3 IS NULL OR REPLACE($3, ' ' || d.enrollment_mode || ' ', '') <> $3)
    AND ($4 IS NULL OR d.name LIKE $4 ESCAPE '!')
    ORDER BY d.created_at, d.id LIMIT $5 OFFSET $6";

/// What takes back what a domain offered to those who have not answered.
const TAKE_BACK: [&str; 3] = [
    "DELETE FROM tickets WHERE $2 > 0 AND subject IN (SELECT id FROM invitations WHERE domain_id = $1 AND status = 'pending')",
    "UPDATE invitations SET status = 'revoked', updated_at = $2 WHERE domain_id = $1 AND status = 'pending'",
    "DELETE FROM organization_suggestions WHERE domain_id = $1 AND status = 'pending' AND $2 > 0",
];

impl Store {
    /// A page of an organization's domains, the first that was added first, and how many there are; in these
    /// enrollment modes or in any.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn domains(
        &self,
        organization: &OrganizationId,
        (modes, query): (&[String], Option<&str>),
        (limit, offset): (i64, i64),
        now: Timestamp,
    ) -> Result<List<OrganizationDomain>> {
        let found = sqlx::query(SHOWN)
            .bind(organization.as_str())
            .bind(None::<&str>)
            .bind(row::words(modes))
            .bind(query.map(pattern))
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.reader)
            .await?;
        row::page(&found, |found| read(found, now))
    }

    /// One domain of an organization.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn domain(
        &self,
        organization: &OrganizationId,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<OrganizationDomain>> {
        let found = sqlx::query(SHOWN)
            .bind(organization.as_str())
            .bind(id)
            .bind(None::<&str>)
            .bind(None::<&str>)
            .bind(1_i64)
            .bind(0_i64)
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(|found| read(found, now)).transpose()
    }

    /// Adds a domain that is to be proven.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_domain(
        &self,
        actor: Actor<'_>,
        new: NewDomain<'_>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::DomainsManage;
        let refused = actor
            .enter(&mut transaction, new.organization, manage)
            .await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let counted = sqlx::query(
            "SELECT COUNT(*) AS domains FROM organization_domains WHERE organization_id = $1",
        )
        .bind(new.organization.as_str())
        .fetch_one(&mut *transaction)
        .await?;
        if row::count(&counted, "domains")? >= new.most {
            return Ok(Outcome::Full);
        }
        let inserted = sqlx::query(
            "INSERT INTO organization_domains (id, organization_id, name, enrollment_mode, role, created_at, updated_at)
             VALUES ($1, $2, $3, 'manual_invitation', $4, $5, $5) ON CONFLICT DO NOTHING",
        )
        .bind(new.id.as_str())
        .bind(new.organization.as_str())
        .bind(new.name)
        .bind(new.role)
        .bind(cause.now.0)
        .execute(&mut *transaction)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(Outcome::Taken);
        }
        let (action, id) = ("organization_domain.created", new.id.as_str());
        let cause = cause.within(new.organization);
        actor.audit(&mut transaction, action, id, cause).await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }

    /// Removes a domain; what it offered to those who have not answered is taken back.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn remove_domain(
        &self,
        actor: Actor<'_>,
        organization: &OrganizationId,
        id: &OrganizationDomainId,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::DomainsManage;
        let refused = actor.enter(&mut transaction, organization, manage).await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let removed =
            sqlx::query("DELETE FROM organization_domains WHERE id = $1 AND organization_id = $2")
                .bind(id.as_str())
                .bind(organization.as_str())
                .execute(&mut *transaction)
                .await?;
        if removed.rows_affected() == 0 {
            return Ok(Outcome::Unknown);
        }
        take_back(&mut transaction, id, cause.now).await?;
        let (action, id) = ("organization_domain.deleted", id.as_str());
        let cause = cause.within(organization);
        actor.audit(&mut transaction, action, id, cause).await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }

    /// Says what people whose address is at a verified domain get from now on; `Unverified` where it is none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn set_enrollment(
        &self,
        actor: Actor<'_>,
        organization: &OrganizationId,
        id: &OrganizationDomainId,
        enrollment: Enrollment<'_>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::DomainsManage;
        let refused = actor.enter(&mut transaction, organization, manage).await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let changed = sqlx::query(
            "UPDATE organization_domains SET enrollment_mode = $1, role = $2, updated_at = $3
             WHERE id = $4 AND organization_id = $5 AND (verified_at IS NOT NULL OR $1 = 'manual_invitation')",
        )
        .bind(enrollment.mode.as_str())
        .bind(enrollment.role)
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(organization.as_str())
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(Outcome::Unverified);
        }
        if enrollment.delete_pending {
            take_back(&mut transaction, id, cause.now).await?;
        }
        let (action, id) = ("organization_domain.updated", id.as_str());
        let cause = cause.within(organization);
        actor.audit(&mut transaction, action, id, cause).await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }
}

async fn take_back(
    transaction: &mut Transaction,
    id: &OrganizationDomainId,
    now: Timestamp,
) -> Result<()> {
    for sql in TAKE_BACK {
        sqlx::query(sql)
            .bind(id.as_str())
            .bind(now.0)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

fn read(found: &AnyRow, now: Timestamp) -> Result<OrganizationDomain> {
    let name = row::text(found, "name")?;
    let mode = EnrollmentMode::parse(&row::text(found, "enrollment_mode")?);
    let proven = row::maybe_text(found, "strategy")?;
    let proven = proven.as_deref().and_then(DomainStrategy::parse);
    let is_verified = row::maybe_time(found, "verified_at")?.is_some();
    let status = |strategy, otherwise| {
        if is_verified && proven == Some(strategy) {
            VerificationStatus::Verified
        } else {
            otherwise
        }
    };
    let record = row::maybe_text(found, "txt_value")?;
    let tries = row::count(found, "txt_attempts")?;
    let ownership = record.map(|value| OwnershipVerification {
        status: status(DomainStrategy::Txt, VerificationStatus::Unverified),
        strategy: DomainStrategy::Txt,
        attempts: tries,
        expires_at: None,
        txt_record_name: [RECORD, &name].concat(),
        txt_record_value: value,
    });
    let verification = match (is_verified, row::maybe_time(found, "code_expires_at")?) {
        (true, _) => Some(DomainVerification {
            status: VerificationStatus::Verified,
            strategy: proven.unwrap_or(DomainStrategy::EmailCode),
            attempts: 0,
            expires_at: None,
        }),
        (false, Some(expires_at)) => {
            let attempts = row::count(found, "code_attempts")?;
            let is_failed = i64::from(attempts) >= MOST_TRIES;
            Some(DomainVerification {
                status: match (is_failed, expires_at <= now) {
                    (true, _) => VerificationStatus::Failed,
                    (false, true) => VerificationStatus::Expired,
                    (false, false) => VerificationStatus::Unverified,
                },
                strategy: DomainStrategy::EmailCode,
                attempts,
                expires_at: Some(expires_at),
            })
        }
        (false, None) => None,
    };
    Ok(OrganizationDomain {
        id: row::id(found, "id")?,
        name,
        organization_id: row::id(found, "organization_id")?,
        enrollment_mode: mode.unwrap_or(EnrollmentMode::ManualInvitation),
        affiliation_email_address: row::maybe_text(found, "affiliation_email_address")?,
        verification,
        ownership_verification: ownership,
        total_pending_invitations: row::count(found, "open_invitations")?,
        total_pending_suggestions: row::count(found, "open_suggestions")?,
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
