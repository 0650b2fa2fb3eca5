//! Two programs on one PostgreSQL: started together on an empty database, one of them killed in use, and the database
//! lost for a moment.

use serde_json::Value;
use sqlx::{Connection as _, PgConnection};

use crate::program::{Browser, Server};
use crate::site::{Database, PASSWORD};

fn json(answer: Option<String>) -> Value {
    serde_json::from_str(&answer.expect("an answer")).unwrap()
}

/// Signs a new person up at `one`, with the code typed at `other`, and answers with where their session's tokens are.
fn sign_up(browser: &mut Browser, one: u16, other: u16) -> String {
    browser.port = one;
    let password = PASSWORD.replace(' ', "+");
    let email = "ada%2Bfrontdesk_test%40example.com";
    let form = format!("email_address={email}&password={password}");
    let begun = json(browser.post("/v1/client/sign_ups", &form));
    let id = begun["response"]["id"].as_str().unwrap();
    let path = |verb: &str| format!("/v1/client/sign_ups/{id}/{verb}_verification");
    json(browser.post(&path("prepare"), "strategy=email_code"));
    browser.port = other;
    let done = json(browser.post(&path("attempt"), "strategy=email_code&code=424242"));
    assert_eq!(done["response"]["status"], "complete");
    let session = done["response"]["created_session_id"].as_str().unwrap();
    format!("/v1/client/sessions/{session}/tokens")
}

/// A server on a database of its own, somebody who has signed up there, and where their tokens are.
struct Used {
    database: Database,
    /// What the server has there is gone with it.
    _folder: tempfile::TempDir,
    server: Server,
    browser: Browser,
    token: String,
    /// A connection beside those of the server.
    another: PgConnection,
}

impl Used {
    /// Nothing where there is no PostgreSQL.
    async fn start() -> Option<Self> {
        let database = Database::create().await?;
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(folder.path(), Some(&database.url), None);
        let mut browser = Browser::new(server.port, 1);
        let token = sign_up(&mut browser, server.port, server.port);
        let another = PgConnection::connect(&database.url).await.unwrap();
        Some(Self {
            database,
            _folder: folder,
            server,
            browser,
            token,
            another,
        })
    }

    async fn end(self) {
        drop(self.server);
        self.another.close().await.unwrap();
        self.database.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_the_database_ended_are_replaced_and_nobody_is_signed_out() {
    let Some(mut used) = Used::start().await else {
        return;
    };
    let ended = sqlx::query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .fetch_all(&mut used.another)
    .await
    .unwrap();
    assert!(!ended.is_empty(), "the server had connections");
    // Each that was just in use is noticed by whoever uses it next.
    let mut minted = || used.browser.post(&used.token, "").is_some();
    let is_back = (0..=ended.len()).any(|_| minted());
    assert!(is_back, "it did not come back");
    for _ in 0..20 {
        assert!(minted(), "it is back for good");
    }
    used.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_breaks_off_may_be_asked_again() {
    let Some(mut used) = Used::start().await else {
        return;
    };
    let mut held = used.another.begin().await.unwrap();
    sqlx::query("SELECT id FROM users FOR UPDATE")
        .fetch_one(&mut *held)
        .await
        .unwrap();
    let mut browser = used.browser;
    let change = std::thread::spawn(move || {
        let changed = browser.post("/v1/me?_method=PATCH", "first_name=Ada");
        assert_eq!(changed, None, "it waits, and is broken off");
        browser
    });
    let ended = async {
        loop {
            let ended = sqlx::query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'",
            )
            .fetch_optional(&mut *held)
            .await
            .unwrap();
            if ended.is_some() {
                return;
            }
        }
    };
    let waited = tokio::time::timeout(std::time::Duration::from_secs(4), ended).await;
    waited.expect("the change waits for the row");
    used.browser = change.join().unwrap();
    assert!(
        used.browser.head.starts_with("HTTP/1.1 503"),
        "{}",
        used.browser.head
    );
    assert!(
        used.browser.head.contains("\r\nretry-after: 1\r\n"),
        "{}",
        used.browser.head
    );
    held.rollback().await.unwrap();
    let changed = json(used.browser.post("/v1/me?_method=PATCH", "first_name=Ada"));
    assert_eq!(changed["response"]["first_name"], "Ada");
    assert!(
        used.browser.post(&used.token, "").is_some(),
        "and nobody is signed out"
    );
    used.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_notices_that_one_of_two_servers_is_killed_but_by_a_retry() {
    let Some(database) = Database::create().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let start = || Server::start(folder.path(), Some(&database.url), None);
    let (one, other) = std::thread::scope(|scope| {
        let (one, other) = (scope.spawn(start), scope.spawn(start));
        (one.join().unwrap(), other.join().unwrap())
    });
    let keys = |port| json(Browser::new(port, 0).get("/.well-known/jwks.json"));
    assert_eq!(keys(one.port), keys(other.port), "one set of keys");
    let mut browser = Browser::new(one.port, 1);
    // The code is asked for at one of them, and typed at the other.
    let token = sign_up(&mut browser, one.port, other.port);
    one.kill();
    browser.port = one.port;
    assert!(browser.post(&token, "").is_none(), "it is gone");
    browser.port = other.port;
    assert!(
        json(browser.post(&token, ""))["jwt"].is_string(),
        "the retry"
    );
    drop((one, other));
    database.remove().await;
}
