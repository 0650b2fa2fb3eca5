//! Browsers, and what they are known by.

use anyhow::Result;
use frontdesk_protocol::{ClientId, SessionId, SignInId, SignUpId, Strategy, Timestamp, User};
use sqlx::Any;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;

use super::users::user_columns;
use super::{Store, StoredSession, Transaction, row, sessions};

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

/// A browser, and whoever is signed in to it.
#[derive(Clone, Debug)]
pub struct Peopled {
    /// The browser.
    pub browser: Browser,
    /// The user of each live session, in their order, as they see themselves.
    pub users: Vec<User>,
}

/// A browser and its live sessions: a row for each, or one without any.
macro_rules! browser_where {
    ($which:literal) => {
        browser_where!($which, "", "", "")
    };
    // With each session's user: a row for each of their addresses, or one without any.
    ($which:literal, users) => {
        browser_where!(
            $which,
            concat!(", ", user_columns!()),
            " LEFT JOIN email_addresses e ON e.user_id = u.id",
            ", e.created_at, e.id"
        )
    };
    ($which:literal, $columns:expr, $joins:expr, $order:expr) => {
        concat!(
            "SELECT s.id, s.user_id, s.status, s.organization_id, s.first_factor_at, s.second_factor_at,
               s.last_active_at, s.abandon_at, s.expire_at, s.created_at, s.updated_at,
               c.id AS browser_id, c.sign_in_id, c.sign_up_id, c.last_active_session_id, c.last_strategy,
               c.expires_at AS browser_expires_at, c.created_at AS browser_created_at, c.updated_at AS browser_updated_at,
               u.password_compromised_at, u.is_super_admin,
               (SELECT COUNT(*) FROM credentials WHERE user_id = s.user_id AND factor = 'totp' AND verified_at IS NOT NULL)
               + (SELECT COUNT(*) FROM phone_numbers WHERE user_id = s.user_id AND is_second_factor = 1 AND verified_at IS NOT NULL)
               AS second_factors",
            $columns,
            " FROM clients c LEFT JOIN sessions s
               ON s.client_id = c.id AND s.status = 'active' AND s.abandon_at > $2 AND s.expire_at > $2
               AND (SELECT banned_at FROM users WHERE id = s.user_id) IS NULL
             LEFT JOIN users u ON u.id = s.user_id",
            $joins,
            " WHERE ",
            $which,
            " ORDER BY s.created_at, s.id",
            $order
        )
    };
}

const BY_SECRET: &str = browser_where!("c.token_hash = $1 AND c.expires_at > $2");
const BY_ID: &str = browser_where!("c.id = $1");
const PEOPLED_BY_SECRET: &str = browser_where!("c.token_hash = $1 AND c.expires_at > $2", users);
const PEOPLED_BY_ID: &str = browser_where!("c.id = $1", users);

impl Store {
    /// The browser whose secret has this hash.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn browser(&self, token_hash: &str, now: Timestamp) -> Result<Option<Browser>> {
        read(&self.browsers(BY_SECRET, token_hash, now).await?)
    }

    /// The browser `id` as it is now.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn browser_by_id(&self, id: &ClientId, now: Timestamp) -> Result<Option<Browser>> {
        read(&self.browsers(BY_ID, id.as_str(), now).await?)
    }

    /// The browser whose secret has this hash, and whoever is signed in to it.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn peopled(&self, token_hash: &str, now: Timestamp) -> Result<Option<Peopled>> {
        let rows = self.browsers(PEOPLED_BY_SECRET, token_hash, now).await?;
        self.read_peopled(&rows).await
    }

    /// The browser `id` as it is now, and whoever is signed in to it.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn peopled_by_id(&self, id: &ClientId, now: Timestamp) -> Result<Option<Peopled>> {
        let rows = self.browsers(PEOPLED_BY_ID, id.as_str(), now).await?;
        self.read_peopled(&rows).await
    }

    async fn browsers(&self, sql: &'static str, key: &str, now: Timestamp) -> Result<Vec<AnyRow>> {
        let found = sqlx::query(sql).bind(key).bind(now.0);
        Ok(found.fetch_all(&self.reader).await?)
    }

    async fn read_peopled(&self, rows: &[AnyRow]) -> Result<Option<Peopled>> {
        let Some(browser) = read(rows)? else {
            return Ok(None);
        };
        let mut users = Vec::with_capacity(browser.live.len());
        if !browser.live.is_empty() {
            for rows in rows.chunk_by(is_of_one_session) {
                users.push(self.user_of(rows).await?);
            }
        }
        Ok(Some(Peopled { browser, users }))
    }

    /// Makes a browser that nothing is begun in.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn create_browser(&self, opening: Opening<'_>, now: Timestamp) -> Result<()> {
        if let Some((token_hash, expires_at)) = opening.fresh {
            sqlx::query(
                "INSERT INTO clients (id, token_hash, expires_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)",
            )
            .bind(opening.id.as_str())
            .bind(token_hash)
            .bind(expires_at.0)
            .bind(now.0)
            .execute(&self.writer)
            .await?;
        }
        Ok(())
    }
}

fn is_of_one_session(one: &AnyRow, next: &AnyRow) -> bool {
    let id = |row| row::maybe_text(row, "id").ok();
    id(one) == id(next)
}

fn read(rows: &[AnyRow]) -> Result<Option<Browser>> {
    let Some(found) = rows.first() else {
        return Ok(None);
    };
    let mut live = Vec::with_capacity(rows.len());
    for session in rows.chunk_by(is_of_one_session) {
        if row::maybe_text(&session[0], "id")?.is_some() {
            live.push(sessions::read(&session[0])?);
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

/// A browser's next secret: whoever holds the one before holds nothing any more.
#[derive(Clone, Copy, Debug)]
pub struct Rotation<'a> {
    /// The browser.
    pub client: &'a ClientId,
    /// The hash of the next secret and when that ends; none where the browser is not the one that is answered.
    pub fresh: Option<(&'a str, Timestamp)>,
}

impl Rotation<'_> {
    /// Gives the browser its next secret.
    pub(super) async fn apply(&self, transaction: &mut Transaction, now: Timestamp) -> Result<()> {
        const SQL: &str = "UPDATE clients SET token_hash = COALESCE($1, token_hash),
            expires_at = COALESCE($2, expires_at), updated_at = $3 WHERE id = $4";
        self.bound(SQL, now).execute(&mut **transaction).await?;
        Ok(())
    }

    /// The same, with a session that was just begun; nothing is under way any more.
    pub(super) async fn enter(
        &self,
        transaction: &mut Transaction,
        (session, strategy): (&SessionId, Strategy),
        now: Timestamp,
    ) -> Result<()> {
        const SQL: &str = "UPDATE clients SET token_hash = COALESCE($1, token_hash),
            expires_at = COALESCE($2, expires_at), updated_at = $3,
            last_active_session_id = $5, last_strategy = $6, sign_in_id = NULL, sign_up_id = NULL WHERE id = $4";
        self.bound(SQL, now)
            .bind(session.as_str())
            .bind(strategy.as_str())
            .execute(&mut **transaction)
            .await?;
        Ok(())
    }

    fn bound<'q>(&'q self, sql: &'static str, now: Timestamp) -> Query<'q, Any, AnyArguments> {
        sqlx::query(sql)
            .bind(self.fresh.map(|(token_hash, _)| token_hash))
            .bind(self.fresh.map(|(_, expires_at)| expires_at.0))
            .bind(now.0)
            .bind(self.client.as_str())
    }
}
