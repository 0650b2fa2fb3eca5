//! How the app's server closes accounts, and takes away what somebody lost.

use anyhow::Result;
use frontdesk_protocol::UserId;

use super::row::pattern;
use super::{Cause, Rotation, SealedMail, Store, Transaction, events, row, tickets};

/// What became of a deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// The user is gone.
    Done,
    /// There is no such user.
    Unknown,
    /// The user alone runs the organizations of these names, which others are in.
    LastAdmin(Vec<String>),
}

impl Store {
    /// Closes a user's account and signs them out everywhere, or opens it again; false if there is no such user.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn ban(
        &self,
        id: &UserId,
        is_banned: bool,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<bool> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query("UPDATE users SET banned_at = $1, updated_at = $2 WHERE id = $3")
            .bind(is_banned.then_some(cause.now.0))
            .bind(cause.now.0)
            .bind(id.as_str())
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let action = if is_banned {
            end_sessions(&mut transaction, id, cause).await?;
            tickets::forget(&mut transaction, id.as_str()).await?;
            "user.banned"
        } else {
            "user.unbanned"
        };
        let user = Some(id.as_str());
        cause
            .audit(&mut transaction, action, user, Some(by))
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Takes every second factor of a user away, and tells them.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn forget_factors(
        &self,
        id: &UserId,
        notice: &SealedMail,
        by: &str,
        cause: Cause<'_>,
    ) -> Result<()> {
        const FACTORS: [&str; 4] = [
            "DELETE FROM credentials WHERE user_id = $1 AND factor = 'totp'",
            "DELETE FROM backup_codes WHERE user_id = $1",
            "UPDATE phone_numbers SET is_second_factor = 0, is_default_second_factor = 0 WHERE user_id = $1",
            "DELETE FROM trusted_clients WHERE user_id = $1",
        ];
        let mut transaction = self.begin().await?;
        for sql in FACTORS {
            sqlx::query(sql)
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        cause.post(&mut transaction, notice).await?;
        let user = Some(id.as_str());
        cause
            .audit(&mut transaction, "second_factor.removed", user, Some(by))
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Deletes a user with all that is theirs, and the organizations that nobody else is in.
    ///
    /// What stays is the record, which names nobody but by id, and what the app's server wrote of its own, such as an
    /// entry of the block list. Invitations that the user wrote stay too: they are their organization's.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn delete_person(
        &self,
        id: &UserId,
        rotation: Option<Rotation<'_>>,
        cause: Cause<'_>,
    ) -> Result<Deletion> {
        let mut transaction = self.begin().await?;
        // Holds the organizations, so that of two admins who leave at once one finds the other gone.
        sqlx::query(
            "UPDATE organizations SET updated_at = updated_at
             WHERE id IN (SELECT organization_id FROM memberships WHERE user_id = $1)",
        )
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        let needed = sqlx::query(
            "SELECT n.name FROM memberships m JOIN organizations n ON n.id = m.organization_id
             WHERE m.user_id = $1 AND m.role = 'org:admin'
               AND EXISTS (SELECT 1 FROM memberships o WHERE o.organization_id = m.organization_id AND o.user_id <> $1)
               AND NOT EXISTS (SELECT 1 FROM memberships o
                 WHERE o.organization_id = m.organization_id AND o.user_id <> $1 AND o.role = 'org:admin')
             ORDER BY n.name, n.id",
        )
        .bind(id.as_str())
        .fetch_all(&mut *transaction)
        .await?;
        if !needed.is_empty() {
            let names: Result<Vec<_>> = needed.iter().map(|it| row::text(it, "name")).collect();
            return Ok(Deletion::LastAdmin(names?));
        }
        forget_traces(&mut transaction, id).await?;
        let emptied = sqlx::query(
            "DELETE FROM organizations WHERE EXISTS (SELECT 1 FROM memberships m WHERE m.organization_id = organizations.id AND m.user_id = $1)
             AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.organization_id = organizations.id AND m.user_id <> $1)
             RETURNING id",
        )
        .bind(id.as_str())
        .fetch_all(&mut *transaction)
        .await?;
        sqlx::query(
            "UPDATE organizations SET members_count = members_count - 1
             WHERE id IN (SELECT organization_id FROM memberships WHERE user_id = $1)",
        )
        .bind(id.as_str())
        .execute(&mut *transaction)
        .await?;
        for emptied in emptied {
            let (action, emptied) = ("organization.deleted", row::text(&emptied, "id")?);
            let cause = Cause {
                organization: Some(&emptied),
                ..cause
            };
            cause
                .audit(&mut transaction, action, Some(id.as_str()), Some(&emptied))
                .await?;
        }
        let left =
            sqlx::query("DELETE FROM memberships WHERE user_id = $1 RETURNING id, organization_id")
                .bind(id.as_str())
                .fetch_all(&mut *transaction)
                .await?;
        for left in left {
            let (left, organization) = (
                row::text(&left, "id")?,
                row::text(&left, "organization_id")?,
            );
            let whose = (id.as_str(), organization.as_str());
            events::note_end_of_membership(&mut transaction, &left, whose, cause).await?;
        }
        events::forget(&mut transaction, id.as_str()).await?;
        let deleted = sqlx::query("DELETE FROM users WHERE id = $1")
            .bind(id.as_str())
            .execute(&mut *transaction)
            .await?;
        if deleted.rows_affected() == 0 {
            return Ok(Deletion::Unknown);
        }
        if let Some(rotation) = rotation {
            rotation.apply(&mut transaction, cause.now).await?;
        }
        cause
            .audit(
                &mut transaction,
                "user.deleted",
                Some(id.as_str()),
                cause.key,
            )
            .await?;
        transaction.commit().await?;
        Ok(Deletion::Done)
    }
}

/// Deletes what does not go with a user by itself: tickets, and what names them by their address or number.
async fn forget_traces(transaction: &mut Transaction, id: &UserId) -> Result<()> {
    const OF_ORGANIZATIONS: &str = "DELETE FROM tickets WHERE subject IN (SELECT i.id FROM invitations i
         JOIN memberships m ON m.organization_id = i.organization_id WHERE m.user_id = $1 AND NOT EXISTS (
           SELECT 1 FROM memberships n WHERE n.organization_id = m.organization_id AND n.user_id <> $1))";
    const OF_ADDRESS: [&str; 5] = [
        "DELETE FROM codes WHERE address = $1",
        "DELETE FROM tickets WHERE subject IN (SELECT id FROM invitations WHERE email_address = $1)",
        "DELETE FROM invitations WHERE email_address = $1",
        "DELETE FROM waitlist_entries WHERE email_address = $1",
        "UPDATE organization_domains SET affiliation_email_address = NULL WHERE affiliation_email_address = $1",
    ];
    const ATTEMPTS: [&str; 2] = [
        "DELETE FROM sign_ins WHERE step LIKE $1 ESCAPE '!' OR person LIKE $1 ESCAPE '!'",
        "DELETE FROM sign_ups WHERE step LIKE $1 ESCAPE '!' OR kept LIKE $1 ESCAPE '!'",
    ];
    sqlx::query(OF_ORGANIZATIONS)
        .bind(id.as_str())
        .execute(&mut **transaction)
        .await?;
    tickets::forget(transaction, id.as_str()).await?;
    let found = sqlx::query(
        "SELECT email_address AS name FROM email_addresses WHERE user_id = $1 AND verified_at IS NOT NULL
         UNION SELECT phone_number AS name FROM phone_numbers WHERE user_id = $1 AND verified_at IS NOT NULL",
    )
    .bind(id.as_str())
    .fetch_all(&mut **transaction)
    .await?;
    // As they stand in JSON.
    let mut quoted = vec![format!("\"{id}\"")];
    for found in found {
        let address = row::text(&found, "name")?;
        for sql in OF_ADDRESS {
            sqlx::query(sql)
                .bind(address.as_str())
                .execute(&mut **transaction)
                .await?;
        }
        quoted.push(format!("\"{address}\""));
    }
    let named = sqlx::query("SELECT username FROM users WHERE id = $1 AND username IS NOT NULL")
        .bind(id.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
    if let Some(named) = named {
        let name = row::text(&named, "username")?;
        // A user name may be anything else elsewhere.
        let members = ["identifier", "text", "username"];
        quoted.extend(members.map(|member| format!("\"{member}\":\"{name}\"")));
    }
    for quoted in quoted {
        for sql in ATTEMPTS {
            sqlx::query(sql)
                .bind(pattern(&quoted))
                .execute(&mut **transaction)
                .await?;
        }
    }
    Ok(())
}

/// Signs a user out everywhere.
pub(super) async fn end_sessions(
    transaction: &mut Transaction,
    id: &UserId,
    cause: Cause<'_>,
) -> Result<()> {
    let ended = sqlx::query("UPDATE sessions SET status = 'revoked', updated_at = $1 WHERE user_id = $2 AND status = 'active' RETURNING id")
        .bind(cause.now.0)
        .bind(id.as_str())
        .fetch_all(&mut **transaction)
        .await?;
    events::note_revoked(transaction, id, &ended, cause).await
}
