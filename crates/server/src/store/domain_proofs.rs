//! How a domain becomes an organization's: by a code, or by a record in its zone.

use anyhow::Result;
use frontdesk_protocol::{
    DomainStrategy, OrganizationDomainId, OrganizationId, SystemPermission, Timestamp,
};

use super::authority::{Actor, Outcome};
use super::emails::is_taken;
use super::limits::forgive;
use super::spend::spend_all;
use super::{Budget, Cause, Spend, Store, Transaction};

/// How a domain is proven.
#[derive(Clone, Copy, Debug)]
pub struct DomainProof<'a> {
    /// By which means.
    pub strategy: DomainStrategy,
    /// What is used up.
    pub spends: &'a [Spend],
    /// What was counted before it turned out to be right.
    pub forgiven: &'a [Budget],
}

impl Store {
    /// Gives a domain what its record must say, unless it has that already.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn name_record(
        &self,
        actor: Actor<'_>,
        organization: &OrganizationId,
        (id, value): (&OrganizationDomainId, &str),
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::DomainsManage;
        let refused = actor.enter(&mut transaction, organization, manage).await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        let named = sqlx::query(
            "UPDATE organization_domains SET txt_value = COALESCE(txt_value, $1), updated_at = $2
             WHERE id = $3 AND organization_id = $4 AND verified_at IS NULL",
        )
        .bind(value)
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(organization.as_str())
        .execute(&mut *transaction)
        .await?;
        if named.rows_affected() == 0 {
            return Ok(Outcome::Unknown);
        }
        transaction.commit().await?;
        Ok(Outcome::Done)
    }

    /// Counts a look for a domain's record that did not find it.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn miss_record(&self, id: &OrganizationDomainId) -> Result<()> {
        sqlx::query(
            "UPDATE organization_domains SET txt_attempts = txt_attempts + 1 WHERE id = $1",
        )
        .bind(id.as_str())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Makes a domain the organization's, and nobody else's; `Taken` where it is another's already.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn verify_domain(
        &self,
        actor: Actor<'_>,
        organization: &OrganizationId,
        id: &OrganizationDomainId,
        proof: DomainProof<'_>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let manage = SystemPermission::DomainsManage;
        let refused = actor.enter(&mut transaction, organization, manage).await?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        if !spend_all(&mut transaction, proof.spends, cause.now).await? {
            return Ok(Outcome::Unknown);
        }
        let verified = sqlx::query(
            "UPDATE organization_domains SET verified_at = $1, strategy = $2, updated_at = $1
             WHERE id = $3 AND organization_id = $4 AND verified_at IS NULL",
        )
        .bind(cause.now.0)
        .bind(proof.strategy.as_str())
        .bind(id.as_str())
        .bind(organization.as_str())
        .execute(&mut *transaction)
        .await;
        match verified {
            Ok(done) if done.rows_affected() == 0 => return Ok(Outcome::Unknown),
            Ok(_) => {}
            Err(error) if is_taken(&error) => return Ok(Outcome::Taken),
            Err(error) => return Err(error.into()),
        }
        forgive(&mut transaction, proof.forgiven).await?;
        let (action, id) = ("organization_domain.verified", id.as_str());
        let cause = cause.within(organization);
        actor.audit(&mut transaction, action, id, cause).await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }
}

/// Notes the address that a code for a domain goes to; false if the domain is proven, or gone.
pub(super) async fn tell(
    transaction: &mut Transaction,
    id: &str,
    address: &str,
    now: Timestamp,
) -> Result<bool> {
    let told = sqlx::query(
        "UPDATE organization_domains SET affiliation_email_address = $1, updated_at = $2
         WHERE id = $3 AND verified_at IS NULL",
    )
    .bind(address)
    .bind(now.0)
    .bind(id)
    .execute(&mut **transaction)
    .await?;
    Ok(told.rows_affected() == 1)
}
