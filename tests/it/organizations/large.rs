//! An organization of ten thousand: every page of it is there at once, and the first costs what a small one's costs.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection as _};

use super::{Lab, me};
use crate::site::{Browser, Site, on_sites};

const MEMBERS: usize = 10_000;
const AT_ONCE: usize = 500;
const ROUNDS: usize = 31;
/// What an answer may take at the median; ten times that where nothing is optimised, SQLite itself neither.
const MOST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 });

/// Fills an organization with people, beside the one who is in it.
async fn fill(site: &Site, organization: &str) {
    let database = &site.app.config.options.database;
    let mut connection = sqlx::AnyConnection::connect(database).await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    for start in (0..MEMBERS - 1).step_by(AT_ONCE) {
        let numbers = start..(start + AT_ONCE).min(MEMBERS - 1);
        let (mut users, mut emails, mut members) = (String::new(), String::new(), String::new());
        for number in numbers {
            let comma = if users.is_empty() { "" } else { "," };
            let id = format!("{number:026}");
            write!(
                users,
                "{comma}('user_{id}','Ada{number}','Lovelace','idn_{id}',{number},0)"
            )
            .unwrap();
            write!(
                emails,
                "{comma}('idn_{id}','user_{id}','ada{number}@large.test-works.com',1,{number},0)"
            )
            .unwrap();
            write!(
                members,
                "{comma}('orgmem_{id}','{organization}','user_{id}','org:member',{},0)",
                1_900_000_000_000_usize + number
            )
            .unwrap();
        }
        for sql in [
            format!(
                "INSERT INTO users (id, first_name, last_name, primary_email_address_id, created_at, updated_at) VALUES {users}"
            ),
            format!(
                "INSERT INTO email_addresses (id, user_id, email_address, verified_at, created_at, updated_at) VALUES {emails}"
            ),
            format!(
                "INSERT INTO memberships (id, organization_id, user_id, role, created_at, updated_at) VALUES {members}"
            ),
        ] {
            sqlx::query(AssertSqlSafe(sql))
                .execute(&mut *transaction)
                .await
                .unwrap();
        }
    }
    sqlx::query("UPDATE organizations SET members_count = $1 WHERE id = $2")
        .bind(i64::try_from(MEMBERS).unwrap())
        .bind(organization)
        .execute(&mut *transaction)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    sqlx::query("ANALYZE")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// The median of many answers.
async fn median(browser: &Browser, path: &str) -> Duration {
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let (status, answer) = browser.get(path).await;
        times.push(start.elapsed());
        assert_eq!(status, 200, "{path}: {answer}");
    }
    times.sort();
    times[ROUNDS / 2]
}

#[tokio::test]
async fn pages_of_an_organization_of_ten_thousand_are_there_at_once() {
    on_sites(async |site| {
        let (small, large) = (Lab::new(&site).await, Lab::new(&site).await);
        for _ in 0..9 {
            small.member("org:member").await;
        }
        fill(&site, &large.id).await;
        let found = large.members(&large.owner, "limit=10").await;
        assert_eq!(found["total_count"], MEMBERS);
        assert_eq!(found["data"].as_array().unwrap().len(), 10);
        let found = large.members(&large.owner, "query=ada99").await;
        assert_eq!(found["total_count"], 110);
        let id = me(&large.owner).await;
        let (mut told, mut slow) = (String::new(), false);
        for (what, query) in [
            ("first page", "limit=10"),
            ("last page", "limit=10&offset=9990"),
            ("search by name", "limit=10&query=ada4242"),
            ("search by address", "limit=10&query=ada77%40large"),
            ("search by id", &format!("limit=10&query={id}")),
            ("one role", "limit=10&role=org:admin"),
        ] {
            let path = format!("{}/memberships?{query}", large.path);
            let took = median(&large.owner, &path).await;
            write!(told, "{what} {took:?}, ").unwrap();
            slow |= took >= MOST;
        }
        let switcher = median(&large.owner, "/v1/me/organization_memberships").await;
        write!(told, "switcher {switcher:?}, ").unwrap();
        slow |= switcher >= MOST;
        let first = |lab: &Lab| format!("{}/memberships?limit=10", lab.path);
        let (ten, many) = (
            median(&small.owner, &first(&small)).await,
            median(&large.owner, &first(&large)).await,
        );
        write!(told, "first page of ten {ten:?}, of {MEMBERS} {many:?}").unwrap();
        eprintln!("{told}");
        assert!(!slow && many < ten * 2, "{told}");
    })
    .await;
}
