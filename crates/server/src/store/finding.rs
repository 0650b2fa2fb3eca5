//! Users as the app's server looks for them.

use anyhow::Result;
use frontdesk_protocol::UserId;
use sqlx::Any;

use super::{Store, row};

/// Whom to look for; what is absent is not asked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// A proven address.
    pub email: Option<String>,
    /// A proven number.
    pub phone: Option<String>,
    /// A user name.
    pub username: Option<String>,
    /// What the app's server calls the user.
    pub external_id: Option<String>,
    /// A part of a name, an id, an address or a number.
    pub query: Option<String>,
}

/// By what users are put in order; whoever lacks it comes before everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderBy {
    /// When they were made.
    CreatedAt,
    /// When they were changed.
    UpdatedAt,
    /// When they signed in.
    LastSignInAt,
    /// The primary address.
    EmailAddress,
    /// The user name.
    Username,
}

/// How users are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: OrderBy,
    /// Whether the last comes first.
    pub is_descending: bool,
}

impl OrderBy {
    /// What there is an index of, but for the address, which is in another table.
    const fn column(self) -> &'static str {
        match self {
            Self::CreatedAt => "u.created_at",
            Self::UpdatedAt => "u.updated_at",
            Self::LastSignInAt => "COALESCE(u.last_sign_in_at, 0)",
            Self::EmailAddress => {
                "COALESCE((SELECT e.email_address FROM email_addresses e WHERE e.id = u.primary_email_address_id), '')"
            }
            Self::Username => "COALESCE(u.username, '')",
        }
    }
}

impl Order {
    /// The newest first.
    pub const USUAL: Self = Self {
        by: OrderBy::CreatedAt,
        is_descending: true,
    };

    /// Reads it as [`row::order`] says.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, is_descending) = row::order(text);
        let by = match name {
            "created_at" => OrderBy::CreatedAt,
            "updated_at" => OrderBy::UpdatedAt,
            "last_sign_in_at" => OrderBy::LastSignInAt,
            "email_address" => OrderBy::EmailAddress,
            "username" => OrderBy::Username,
            _ => return None,
        };
        Some(Self { by, is_descending })
    }
}

const FOUND: &str = "FROM users u WHERE
    ($1 IS NULL OR EXISTS (SELECT 1 FROM email_addresses e
      WHERE e.user_id = u.id AND e.email_address = $1 AND e.verified_at IS NOT NULL))
    AND ($2 IS NULL OR EXISTS (SELECT 1 FROM phone_numbers p
      WHERE p.user_id = u.id AND p.phone_number = $2 AND p.verified_at IS NOT NULL))
    AND ($3 IS NULL OR u.username = $3)
    AND ($4 IS NULL OR u.external_id = $4)
    AND ($5 IS NULL OR LOWER(COALESCE(u.first_name, '') || ' ' || COALESCE(u.last_name, '') || ' '
        || COALESCE(u.username, '') || ' ' || COALESCE(u.external_id, '') || ' ' || u.id) LIKE LOWER($5) ESCAPE '!'
      OR EXISTS (SELECT 1 FROM email_addresses e WHERE e.user_id = u.id AND e.email_address LIKE LOWER($5) ESCAPE '!')
      OR EXISTS (SELECT 1 FROM phone_numbers p WHERE p.user_id = u.id AND p.phone_number LIKE LOWER($5) ESCAPE '!'))";

impl Store {
    /// The ids of a page of users, in some order.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn find_users(
        &self,
        search: &Search,
        order: Order,
        (limit, offset): (i64, i64),
    ) -> Result<Vec<UserId>> {
        let (key, way) = (
            order.by.column(),
            if order.is_descending { "DESC" } else { "ASC" },
        );
        let sql =
            format!("SELECT u.id {FOUND} ORDER BY {key} {way}, u.id {way} LIMIT $6 OFFSET $7");
        let found = search
            .bind(&sql)
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.reader)
            .await?;
        found.iter().map(|found| row::id(found, "id")).collect()
    }

    /// How many users there are.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn count_users(&self, search: &Search) -> Result<u32> {
        let sql = format!("SELECT COUNT(*) AS total {FOUND}");
        let found = search.bind(&sql).fetch_one(&self.reader).await?;
        row::count(&found, "total")
    }
}

impl Search {
    fn bind<'q>(
        &self,
        sql: &'q str,
    ) -> sqlx::query::Query<'q, Any, <Any as sqlx::Database>::Arguments> {
        let pattern = self.query.as_ref().map(|query| {
            let literal = query
                .replace('!', "!!")
                .replace('%', "!%")
                .replace('_', "!_");
            format!("%{literal}%")
        });
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
            .bind(self.email.clone())
            .bind(self.phone.clone())
            .bind(self.username.clone())
            .bind(self.external_id.clone())
            .bind(pattern)
    }
}
