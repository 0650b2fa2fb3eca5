//! What a verified domain offers to people whose proven address is at it: an invitation, or a suggestion to ask.

use anyhow::Result;
use frontdesk_protocol::{
    EnrollmentMode, InvitationId, List, OrganizationDomainId, OrganizationSuggestion,
    PublicOrganizationData, SuggestionId, SuggestionStatus, UserId,
};
use sqlx::any::AnyRow;

use super::membership_requests::MembershipRequest;
use super::{Cause, Outcome, Store, Transaction, row};

/// How many people are offered something in one transaction.
const AT_ONCE: i64 = 500;
/// How long an invitation that a domain made can be accepted.
const OPEN_S: i64 = 365 * 86_400;

/// Those whom a domain is about to offer what its mode says; `$2` is what their addresses end with.
const SOUGHT: &str = "SELECT e.user_id, e.email_address FROM email_addresses e
    WHERE e.verified_at IS NOT NULL AND e.email_address LIKE $2
    AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.organization_id = $1 AND m.user_id = e.user_id)
    AND ($3 <> 'automatic_suggestion' OR NOT EXISTS (SELECT 1 FROM organization_suggestions s
      WHERE s.organization_id = $1 AND s.user_id = e.user_id))
    AND ($3 <> 'automatic_invitation' OR NOT EXISTS (SELECT 1 FROM invitations i
      WHERE i.organization_id = $1 AND i.email_address = e.email_address AND i.status IN ('pending', 'accepted')))
    LIMIT $4";

const SUGGESTIONS: &str = "SELECT s.*, o.name, o.slug,
    (SELECT x.hash FROM pictures x WHERE x.organization_id = o.id) AS picture, COUNT(*) OVER () AS total FROM organization_suggestions s
    JOIN organizations o ON o.id = s.organization_id
    WHERE s.user_id = $1 AND ($2 IS NULL OR REPLACE($2, ' ' || s.status || ' ', '') <> $2) AND ($3 IS NULL OR s.id = $3)
    AND EXISTS (SELECT 1 FROM email_addresses e
      WHERE e.user_id = $1 AND e.email_address = s.email_address AND e.verified_at IS NOT NULL)
    ORDER BY s.created_at DESC, s.id LIMIT $4 OFFSET $5";

/// A domain as far as it offers something.
struct Offer {
    domain: String,
    organization: String,
    role: String,
    mode: EnrollmentMode,
}

impl Store {
    /// Offers to those who are here already what a domain's mode says, some of them at once; false when all have it.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn enroll_some(&self, id: &OrganizationDomainId, cause: Cause<'_>) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let found = sqlx::query(
            "SELECT * FROM organization_domains WHERE id = $1 AND verified_at IS NOT NULL",
        )
        .bind(id.as_str())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(found) = found else {
            return Ok(false);
        };
        let offer = Offer::read(&found)?;
        if offer.mode == EnrollmentMode::ManualInvitation {
            return Ok(false);
        }
        let people = sqlx::query(SOUGHT)
            .bind(offer.organization.as_str())
            .bind(["%@", &row::text(&found, "name")?].concat())
            .bind(offer.mode.as_str())
            .bind(AT_ONCE)
            .fetch_all(&mut *transaction)
            .await?;
        for person in &people {
            let (user, email) = (
                row::text(person, "user_id")?,
                row::text(person, "email_address")?,
            );
            offer.make(&mut transaction, &user, &email, cause).await?;
        }
        transaction.commit().await?;
        Ok(i64::try_from(people.len())? == AT_ONCE)
    }

    /// A page of what is suggested to a user, the newest first, and how much there is; of these statuses or of all.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn suggestions(
        &self,
        user: &UserId,
        statuses: &[String],
        (limit, offset): (i64, i64),
    ) -> Result<List<OrganizationSuggestion>> {
        let found = sqlx::query(SUGGESTIONS)
            .bind(user.as_str())
            .bind(row::words(statuses))
            .bind(None::<&str>)
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.reader)
            .await?;
        row::page(&found, |found| read(self, found))
    }

    /// One suggestion to a user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn suggestion(
        &self,
        user: &UserId,
        id: &SuggestionId,
    ) -> Result<Option<OrganizationSuggestion>> {
        let found = sqlx::query(SUGGESTIONS)
            .bind(user.as_str())
            .bind(None::<&str>)
            .bind(id.as_str())
            .bind(1_i64)
            .bind(0_i64)
            .fetch_optional(&self.reader)
            .await?;
        found.as_ref().map(|found| read(self, found)).transpose()
    }

    /// Asks to join, as it was suggested to a user whose proven address is at the domain still.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn accept_suggestion(
        &self,
        user: &UserId,
        id: &SuggestionId,
        request: &MembershipRequest<'_>,
        cause: Cause<'_>,
    ) -> Result<Outcome> {
        let mut transaction = self.begin().await?;
        let accepted = sqlx::query(
            "UPDATE organization_suggestions SET status = 'accepted', updated_at = $1
             WHERE id = $2 AND user_id = $3 AND status = 'pending' AND EXISTS (SELECT 1 FROM email_addresses e
               WHERE e.user_id = $3 AND e.email_address = organization_suggestions.email_address
                 AND e.verified_at IS NOT NULL)
             RETURNING organization_id",
        )
        .bind(cause.now.0)
        .bind(id.as_str())
        .bind(user.as_str())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(accepted) = accepted else {
            return Ok(Outcome::Unknown);
        };
        let organization = row::text(&accepted, "organization_id")?;
        request
            .insert(&mut transaction, &organization, user, cause)
            .await?;
        transaction.commit().await?;
        Ok(Outcome::Done)
    }
}

/// Offers to a user what the domain of an address says that they have just proven.
pub(super) async fn enroll(
    transaction: &mut Transaction,
    (user, email): (&str, &str),
    cause: Cause<'_>,
) -> Result<()> {
    let Some((_, domain)) = email.split_once('@') else {
        return Ok(());
    };
    let found = sqlx::query(
        "SELECT d.* FROM organization_domains d WHERE d.name = $1 AND d.verified_at IS NOT NULL
         AND d.enrollment_mode <> 'manual_invitation'
         AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.organization_id = d.organization_id AND m.user_id = $2)",
    )
    .bind(domain)
    .bind(user)
    .fetch_optional(&mut **transaction)
    .await?;
    match found {
        Some(found) => {
            let offer = Offer::read(&found)?;
            offer.make(transaction, user, email, cause).await
        }
        None => Ok(()),
    }
}

impl Offer {
    fn read(found: &AnyRow) -> Result<Self> {
        let mode = EnrollmentMode::parse(&row::text(found, "enrollment_mode")?);
        Ok(Self {
            domain: row::text(found, "id")?,
            organization: row::text(found, "organization_id")?,
            role: row::text(found, "role")?,
            mode: mode.unwrap_or(EnrollmentMode::ManualInvitation),
        })
    }

    async fn make(
        &self,
        transaction: &mut Transaction,
        user: &str,
        email: &str,
        cause: Cause<'_>,
    ) -> Result<()> {
        match self.mode {
            EnrollmentMode::ManualInvitation => {}
            EnrollmentMode::AutomaticSuggestion => {
                let id = SuggestionId::from_random(cause.chance.bytes()?);
                sqlx::query(
                    "INSERT INTO organization_suggestions (id, organization_id, domain_id, user_id, email_address, status, created_at, updated_at)
                     VALUES ($1, $2, $3, $4, $5, 'pending', $6, $6) ON CONFLICT DO NOTHING",
                )
                .bind(id.as_str())
                .bind(self.organization.as_str())
                .bind(self.domain.as_str())
                .bind(user)
                .bind(email)
                .bind(cause.now.0)
                .execute(&mut **transaction)
                .await?;
            }
            EnrollmentMode::AutomaticInvitation => {
                let id = InvitationId::from_random(cause.chance.bytes()?);
                sqlx::query(
                    "INSERT INTO invitations (id, email_address, status, organization_id, role, domain_id, expires_at, created_at, updated_at, letter_due_at)
                     VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, $7, $7) ON CONFLICT DO NOTHING",
                )
                .bind(id.as_str())
                .bind(email)
                .bind(self.organization.as_str())
                .bind(self.role.as_str())
                .bind(self.domain.as_str())
                .bind(cause.now.plus_s(OPEN_S).0)
                .bind(cause.now.0)
                .execute(&mut **transaction)
                .await?;
            }
        }
        Ok(())
    }
}

fn read(store: &Store, found: &AnyRow) -> Result<OrganizationSuggestion> {
    let (image_url, has_image) = store.picture_url(found)?;
    let status = SuggestionStatus::parse(&row::text(found, "status")?);
    Ok(OrganizationSuggestion {
        id: row::id(found, "id")?,
        public_organization_data: PublicOrganizationData {
            id: row::id(found, "organization_id")?,
            name: row::text(found, "name")?,
            slug: row::text(found, "slug")?,
            image_url,
            has_image,
        },
        status: status.unwrap_or(SuggestionStatus::Accepted),
        created_at: row::time(found, "created_at")?,
        updated_at: row::time(found, "updated_at")?,
    })
}
