//! Who is in an organization, as lists show it.

use anyhow::Result;
use frontdesk_protocol::{List, Organization, OrganizationMembership, UserId};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use super::organizations::membership;
use super::users::person;
use super::{Store, row};

/// Which members.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    /// A part of a name, an address or an id.
    pub query: Option<&'a str>,
    /// Keys of roles; of any where there are none.
    pub roles: &'a [String],
    /// What comes first.
    pub order: MemberOrder,
    /// How many.
    pub limit: i64,
    /// After how many.
    pub offset: i64,
}

/// How members are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberOrder {
    by: MemberOrderBy,
    is_descending: bool,
}

/// What members are put in order by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum MemberOrderBy {
    #[default]
    CreatedAt,
    Name,
    EmailAddress,
    Username,
    Role,
}

impl MemberOrder {
    /// Reads it as [`row::order`] says.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, is_descending) = row::order(text);
        let by = match name {
            "created_at" => MemberOrderBy::CreatedAt,
            "name" => MemberOrderBy::Name,
            "email_address" => MemberOrderBy::EmailAddress,
            "username" => MemberOrderBy::Username,
            "role" => MemberOrderBy::Role,
            _ => return None,
        };
        Some(Self { by, is_descending })
    }

    /// The columns; who joined first decides between equals.
    fn columns(self) -> String {
        let way = if self.is_descending { "DESC" } else { "ASC" };
        let column = match self.by {
            MemberOrderBy::CreatedAt => return format!("m.created_at {way}, m.id {way}"),
            // As it is shown: the address where there is no name.
            MemberOrderBy::Name => {
                "LOWER(COALESCE(NULLIF(TRIM(COALESCE(u.first_name, '') || ' ' || COALESCE(u.last_name, '')), ''),
                 e.email_address, u.username, ''))"
            }
            MemberOrderBy::EmailAddress => "COALESCE(e.email_address, '')",
            MemberOrderBy::Username => "COALESCE(u.username, '')",
            MemberOrderBy::Role => "m.role",
        };
        format!("{column} {way}, m.created_at, m.id")
    }

    /// Whether it is read off the memberships alone.
    fn is_own(self) -> bool {
        matches!(self.by, MemberOrderBy::CreatedAt | MemberOrderBy::Role)
    }
}

const COLUMNS: &str = "m.id, m.role, m.created_at, m.updated_at, m.public_metadata AS own_metadata, r.name AS role_name,
    (SELECT string_agg(p.permission_key, ' ') FROM role_permissions p WHERE p.role_key = m.role) AS permissions,
    u.id AS user_id, u.first_name, u.last_name, e.email_address, u.username,
    (SELECT x.hash FROM pictures x WHERE x.user_id = u.id) AS picture";

const JOINED: &str = "JOIN users u ON u.id = m.user_id
    LEFT JOIN roles r ON r.key = m.role
    LEFT JOIN email_addresses e ON e.id = u.primary_email_address_id";

const PEOPLE: &str = "JOIN users u ON u.id = m.user_id
    LEFT JOIN email_addresses e ON e.id = u.primary_email_address_id";

const SOUGHT: &str = "($2 IS NULL OR LOWER(COALESCE(u.first_name, '') || ' ' || COALESCE(u.last_name, '') || ' '
      || COALESCE(u.username, '') || ' ' || COALESCE(e.email_address, '') || ' ' || u.id) LIKE $2 ESCAPE '!')
    AND ($3 IS NULL OR REPLACE($3, ' ' || m.role || ' ', '') <> $3)";

impl Store {
    /// A page of an organization's members, and how many there are.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn members(
        &self,
        organization: &Organization,
        sought: Sought<'_>,
    ) -> Result<List<OrganizationMembership>> {
        let is_all = sought.query.is_none() && sought.roles.is_empty();
        // Nobody counts rows to show who came first; what is shown of a member is looked up for the page alone.
        let order = sought.order.columns();
        let found = if is_all {
            let people = if sought.order.is_own() { "" } else { PEOPLE };
            format!(
                "SELECT m.id, (SELECT members_count FROM organizations WHERE id = $1) AS total FROM memberships m {people}
                 WHERE m.organization_id = $1 ORDER BY {order} LIMIT $2 OFFSET $3"
            )
        } else {
            format!(
                "SELECT m.id, COUNT(*) OVER () AS total FROM memberships m {PEOPLE}
                 WHERE m.organization_id = $1 AND {SOUGHT} ORDER BY {order} LIMIT $4 OFFSET $5"
            )
        };
        let sql = format!(
            "SELECT {COLUMNS}, p.total FROM ({found}) p JOIN memberships m ON m.id = p.id {JOINED} ORDER BY {order}"
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(organization.id.as_str());
        if !is_all {
            query = query
                .bind(
                    sought
                        .query
                        .map(|query| row::pattern(&query.to_lowercase())),
                )
                .bind(row::words(sought.roles));
        }
        let found = query
            .bind(sought.limit)
            .bind(sought.offset)
            .fetch_all(&self.reader)
            .await?;
        row::page(&found, |found| shown(self, found, organization))
    }

    /// One member of an organization.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn membership(
        &self,
        organization: &Organization,
        user: &UserId,
    ) -> Result<Option<OrganizationMembership>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM memberships m {JOINED} WHERE m.organization_id = $1 AND m.user_id = $2"
        );
        let found = sqlx::query(AssertSqlSafe(sql))
            .bind(organization.id.as_str())
            .bind(user.as_str())
            .fetch_optional(&self.reader)
            .await?;
        found
            .as_ref()
            .map(|found| shown(self, found, organization))
            .transpose()
    }
}

fn shown(
    store: &Store,
    found: &AnyRow,
    organization: &Organization,
) -> Result<OrganizationMembership> {
    membership(found, organization.clone(), person(store, found)?)
}
