//! Browsers, and what they are known by.

use anyhow::Result;
use frontdesk_protocol::{ClientId, SessionId, SignInId, SignUpId, Strategy, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};

use super::{Store, StoredSession, row, sessions};

/// One browser, as it is stored.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Its id.
    pub id: ClientId,
    /// The sign-in under way.
    pub sign_in: Option<SignInId>,
    /// The sign-up under way.
    pub sign_up: Option<SignUpId>,
    /// The session last used.
    pub last_active_session: Option<SessionId>,
    /// The sessions that are live in it, the oldest first.
    pub live: Vec<StoredSession>,
    /// How somebody last signed in here.
    pub last_strategy: Option<Strategy>,
    /// When it is forgotten.
    pub expires_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The browser that something is begun in.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// Its id.
    pub id: &'a ClientId,
    /// The hash of its new secret and when that ends, where it has none yet.
    pub fresh: Option<(&'a str, Timestamp)>,
}

/// A browser and its live sessions: a row for each, or one without any.
macro_rules! browser_where {
    ($which:literal) => {
        concat!(
            "SELECT s.*, c.id AS browser_id, c.sign_in_id, c.sign_up_id, c.last_active_session_id, c.last_strategy,
               c.expires_at AS browser_expires_at, c.created_at AS browser_created_at, c.updated_at AS browser_updated_at,
               (SELECT password_compromised_at FROM users WHERE id = s.user_id) AS password_compromised_at,
               (SELECT is_super_admin FROM users WHERE id = s.user_id) AS is_super_admin,
               (SELECT COUNT(*) FROM credentials WHERE user_id = s.user_id AND factor = 'totp' AND verified_at IS NOT NULL)
               + (SELECT COUNT(*) FROM phone_numbers WHERE user_id = s.user_id AND is_second_factor = 1 AND verified_at IS NOT NULL)
               AS second_factors
             FROM clients c LEFT JOIN sessions s
               ON s.client_id = c.id AND s.status = 'active' AND s.abandon_at > $2 AND s.expire_at > $2
               AND (SELECT banned_at FROM users WHERE id = s.user_id) IS NULL
             WHERE ",
            $which,
            " ORDER BY s.created_at, s.id"
        )
    };
}

impl Store {
    /// The browser whose secret has this hash.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn browser(&self, token_hash: &str, now: Timestamp) -> Result<Option<Browser>> {
        let found = sqlx::query(browser_where!("c.token_hash = $1 AND c.expires_at > $2"))
            .bind(token_hash)
            .bind(now.0)
            .fetch_all(&self.reader)
            .await?;
        read(&found)
    }

    /// The browser `id` as it is now.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn browser_by_id(&self, id: &ClientId, now: Timestamp) -> Result<Option<Browser>> {
        let found = sqlx::query(browser_where!("c.id = $1"))
            .bind(id.as_str())
            .bind(now.0)
            .fetch_all(&self.reader)
            .await?;
        read(&found)
    }

    /// Makes a browser that nothing is begun in.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_browser(&self, opening: Opening<'_>, now: Timestamp) -> Result<()> {
        let mut transaction = self.begin().await?;
        open(&mut transaction, opening, now).await?;
        transaction.commit().await?;
        Ok(())
    }
}

fn read(rows: &[AnyRow]) -> Result<Option<Browser>> {
    let Some(found) = rows.first() else {
        return Ok(None);
    };
    let mut live = Vec::with_capacity(rows.len());
    for session in rows {
        if row::maybe_text(session, "id")?.is_some() {
            live.push(sessions::read(session)?);
        }
    }
    Ok(Some(Browser {
        id: row::id(found, "browser_id")?,
        live,
        sign_in: row::maybe_id(found, "sign_in_id")?,
        sign_up: row::maybe_id(found, "sign_up_id")?,
        last_active_session: row::maybe_id(found, "last_active_session_id")?,
        last_strategy: row::maybe_text(found, "last_strategy")?
            .and_then(|word| Strategy::parse(&word)),
        expires_at: row::time(found, "browser_expires_at")?,
        created_at: row::time(found, "browser_created_at")?,
        updated_at: row::time(found, "browser_updated_at")?,
    }))
}

/// Makes the browser, if it is a new one.
pub(super) async fn open(
    transaction: &mut Transaction<'static, Any>,
    opening: Opening<'_>,
    now: Timestamp,
) -> Result<()> {
    if let Some((token_hash, expires_at)) = opening.fresh {
        sqlx::query(
            "INSERT INTO clients (id, token_hash, expires_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)",
        )
        .bind(opening.id.as_str())
        .bind(token_hash)
        .bind(expires_at.0)
        .bind(now.0)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// A browser's next secret: whoever holds the one before holds nothing any more.
#[derive(Clone, Copy, Debug)]
pub struct Rotation<'a> {
    /// The browser.
    pub client: &'a ClientId,
    /// The hash of the next secret and when that ends; none where the browser is not the one that is answered.
    pub fresh: Option<(&'a str, Timestamp)>,
}

impl Rotation<'_> {
    pub(super) async fn apply(
        &self,
        transaction: &mut Transaction<'static, Any>,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "UPDATE clients SET token_hash = COALESCE($1, token_hash), expires_at = COALESCE($2, expires_at),
               updated_at = $3 WHERE id = $4",
        )
        .bind(self.fresh.map(|(token_hash, _)| token_hash))
        .bind(self.fresh.map(|(_, expires_at)| expires_at.0))
        .bind(now.0)
        .bind(self.client.as_str())
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }
}
