//! Signing keys over time: one after the other, by another algorithm, in an emergency, on two servers.

use std::rc::Rc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_protocol::Timestamp;
use frontdesk_server::chance::Clock;
use frontdesk_server::routes;
use frontdesk_verify::{Jwks, Refusal, Rules, Verifier, check};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Row as _};
use tokio::task::LocalSet;
use tower::ServiceExt as _;

use crate::site::{Browser, NOW, ORIGIN, Site, fresh_email, options};

const DAY_S: i64 = 86_400;

/// A database of its own, because keys are everybody's who is on one, and the servers on it.
pub struct Ground {
    pub database: String,
    pub clock: Clock,
    pub folder: Rc<tempfile::TempDir>,
}

impl Ground {
    /// One on each engine.
    async fn all() -> Vec<Self> {
        sqlx::any::install_default_drivers();
        let folder = Rc::new(tempfile::tempdir().unwrap());
        let mut databases = vec![format!("sqlite:{}", folder.path().join("keys").display())];
        if let Ok(url) = std::env::var("FRONTDESK_TEST_POSTGRES") {
            let name = format!("keys_{}", fresh_email().split('@').next().unwrap());
            let name = name.to_lowercase();
            let mut connection = AnyConnection::connect(&url).await.unwrap();
            let create = format!("CREATE DATABASE {name}");
            sqlx::query(AssertSqlSafe(create))
                .execute(&mut connection)
                .await
                .unwrap();
            let (cluster, _) = url.rsplit_once('/').unwrap();
            databases.push(format!("{cluster}/{name}"));
        }
        let ground = |database| Self {
            database,
            clock: Clock::fixed(NOW),
            folder: Rc::clone(&folder),
        };
        databases.into_iter().map(ground).collect()
    }

    /// A server.
    pub async fn site(&self, toml: &str) -> Site {
        Site::open(toml, &self.database, self.clock.clone(), &self.folder).await
    }

    pub async fn connection(&self) -> AnyConnection {
        let url = self.database.replacen("sqlite:", "sqlite://", 1);
        let create = if url.starts_with("sqlite") {
            "?mode=rwc"
        } else {
            ""
        };
        AnyConnection::connect(&format!("{url}{create}"))
            .await
            .unwrap()
    }
}

/// Runs `test` on a database of its own on each engine.
pub async fn on_grounds<F: Future<Output = ()>>(test: impl Fn(Ground) -> F) {
    let tasks = LocalSet::new();
    let all = async {
        for ground in Ground::all().await {
            test(ground).await;
        }
    };
    tasks.run_until(Box::pin(all)).await;
}

/// The ids of what is published, and the key set itself.
pub async fn published(site: &Site) -> (Vec<String>, Jwks) {
    let (_, set) = site.browser().get("/.well-known/jwks.json").await;
    let ids = set["keys"].as_array().unwrap().iter();
    let ids = ids.map(|key| key["kid"].as_str().unwrap().to_owned());
    (ids.collect(), Jwks::parse(&set.to_string()).unwrap())
}

async fn tend(site: &Site) {
    site.app.keys.tend(site.app.workshop()).await.unwrap();
}

/// Asks for a token of the active session; `template` is empty, or a slash and a name.
pub async fn mint(browser: &Browser, template: &str) -> (u16, Value) {
    let client = browser.desk.client().unwrap();
    let session = client.last_active_session_id.clone().unwrap();
    let path = format!("/v1/client/sessions/{session}/tokens{template}");
    browser.post(&path, "").await
}

async fn token(browser: &Browser) -> String {
    let (_, body) = mint(browser, "").await;
    body["jwt"].as_str().unwrap().to_owned()
}

/// A part of a token: 0 is the header, 1 the claims.
pub fn part(token: &str, part: usize) -> Value {
    let text = token.split('.').nth(part).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

fn kid(token: &str) -> String {
    part(token, 0)["kid"].as_str().unwrap().to_owned()
}

/// Why a token is refused, if it is.
pub fn verdict(token: &str, keys: &Jwks, now: Timestamp) -> Option<Refusal> {
    check(token, keys, &Rules::new(ORIGIN), now).err()
}

#[tokio::test]
async fn a_key_is_published_a_day_before_it_signs_and_an_hour_after() {
    on_grounds(async |ground| {
        let site = ground.site("").await;
        let (first, _) = published(&site).await;
        assert_eq!(first.len(), 1);
        site.clock.advance_s(89 * DAY_S - 1);
        tend(&site).await;
        assert_eq!(published(&site).await.0, first);
        site.clock.advance_s(1);
        tend(&site).await;
        let (both, _) = published(&site).await;
        assert_eq!((both.len(), &both[0]), (2, &first[0]));
        let browser = site.signed_up().await;
        site.clock.advance_s(DAY_S - 1);
        tend(&site).await;
        let old = token(&browser).await;
        assert_eq!(kid(&old), both[0]);
        site.clock.advance_s(1);
        let new = token(&browser).await;
        assert_eq!(kid(&new), both[1]);
        tend(&site).await;
        let (still, keys) = published(&site).await;
        assert_eq!(still, both);
        for token in [&old, &new] {
            assert_eq!(verdict(token, &keys, site.clock.now()), None);
        }
        site.clock.advance_s(60 + 3600 - 1);
        tend(&site).await;
        assert_eq!(published(&site).await.0, both);
        site.clock.advance_s(1);
        tend(&site).await;
        assert_eq!(published(&site).await.0, both[1..]);
    })
    .await;
}

/// The key set as a backend elsewhere fetches it.
async fn fetch(router: Router) -> Result<String, std::io::Error> {
    let request = Request::get("/.well-known/jwks.json").body(Body::empty());
    let answer = router.oneshot(request.unwrap()).await.unwrap();
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    Ok(String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_verifier_accepts_every_token_across_a_rotation() {
    on_grounds(async |ground| {
        let site = ground.site("").await;
        let router = routes::router(&site.app);
        let verifier = Verifier::new(Rules::new(ORIGIN), move || fetch(router.clone()));
        let browser = site.signed_up().await;
        let accepts = async |token: &str| {
            let claims = verifier.verify(token, site.clock.now()).await.unwrap();
            claims.err()
        };
        let mut kids = Vec::new();
        site.app.keys.rotate(site.app.workshop()).await.unwrap();
        for _ in 0..5 {
            let token = token(&browser).await;
            assert_eq!(accepts(&token).await, None);
            kids.push(kid(&token));
            site.clock.advance_s(DAY_S / 4);
            assert_eq!(accepts(&token).await, Some(Refusal::Expired));
            tend(&site).await;
        }
        kids.dedup();
        assert_eq!(kids.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_rotation_that_is_under_way_is_not_begun_again() {
    on_grounds(async |ground| {
        let site = ground.site("").await;
        let signs_at = site.app.keys.rotate(site.app.workshop()).await.unwrap();
        assert_eq!(signs_at, NOW.plus_s(DAY_S));
        site.clock.advance_s(600);
        let again = site.app.keys.rotate(site.app.workshop()).await.unwrap();
        assert_eq!(again, signs_at);
        assert_eq!(published(&site).await.0.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_emergency_withdraws_every_key_at_once() {
    on_grounds(async |ground| {
        let (site, other) = (ground.site("").await, ground.site("").await);
        let browser = site.signed_up().await;
        let old = token(&browser).await;
        site.app.keys.rotate(site.app.workshop()).await.unwrap();
        let (before, _) = published(&site).await;
        site.app.keys.replace(site.app.workshop()).await.unwrap();
        tend(&other).await;
        let (after, keys) = published(&other).await;
        assert_eq!(published(&site).await.0, after);
        assert_eq!(after.len(), 1);
        assert!(!before.contains(&after[0]));
        let new = token(&browser).await;
        let now = site.clock.now();
        assert_eq!(verdict(&new, &keys, now), None);
        assert_eq!(verdict(&old, &keys, now), Some(Refusal::UnknownKey));
    })
    .await;
}

#[tokio::test]
async fn another_algorithm_comes_with_the_overlap() {
    on_grounds(async |ground| {
        ground.site("").await;
        let mut before = "ES256";
        for algorithm in ["EdDSA", "RS256", "ES256"] {
            let toml = format!("[tokens]\nalgorithm = \"{algorithm}\"\n");
            let site = ground.site(&toml).await;
            let browser = site.signed_up().await;
            let old = token(&browser).await;
            assert_eq!(part(&old, 0)["alg"], before);
            site.clock.advance_s(DAY_S);
            tend(&site).await;
            let new = token(&browser).await;
            assert_eq!(part(&new, 0)["alg"], algorithm);
            let (ids, keys) = published(&site).await;
            assert_eq!(ids.len(), 2);
            assert_eq!(verdict(&new, &keys, site.clock.now()), None);
            let then = site.clock.now().plus_s(-DAY_S);
            assert_eq!(verdict(&old, &keys, then), None);
            site.clock.advance_s(DAY_S);
            before = algorithm;
        }
    })
    .await;
}

#[tokio::test]
async fn two_servers_see_one_key_set() {
    on_grounds(async |ground| {
        let (one, other) = tokio::join!(Box::pin(ground.site("")), Box::pin(ground.site("")));
        for round in 1..4 {
            let (ids, keys) = published(&one).await;
            assert_eq!(published(&other).await.0, ids);
            let browser = other.signed_up().await;
            let token = token(&browser).await;
            assert_eq!(verdict(&token, &keys, ground.clock.now()), None);
            ground.clock.advance_s(90 * DAY_S);
            // Both notice at the same moment that a key is due; one of them makes it.
            tokio::join!(tend(&one), tend(&other));
            tokio::join!(tend(&one), tend(&other));
            assert_eq!(published(&one).await.0.len(), 2, "round {round}");
            ground.clock.advance_s(DAY_S + 7200);
            tokio::join!(tend(&one), tend(&other));
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_of_the_first_version_goes_on_signing() {
    const FIRST: &str = include_str!("../../crates/server/migrations/0001_foundation.sql");
    on_grounds(async |ground| {
        // A key of the same secret, made elsewhere.
        let elsewhere = Ground {
            database: format!("sqlite:{}", ground.folder.path().join("other").display()),
            clock: ground.clock.clone(),
            folder: Rc::clone(&ground.folder),
        };
        let (ids, _) = published(&elsewhere.site("").await).await;
        let made = sqlx::query("SELECT id, sealed, public_x, public_y FROM signing_keys")
            .fetch_one(&mut elsewhere.connection().await)
            .await
            .unwrap();
        let mut connection = ground.connection().await;
        let version = "CREATE TABLE migrations (version BIGINT PRIMARY KEY);\nINSERT INTO migrations VALUES (1);\n";
        let statements = format!("{FIRST}\n{version}");
        for statement in statements.split(";\n").filter(|it| !it.trim().is_empty()) {
            sqlx::query(AssertSqlSafe(statement))
                .execute(&mut connection)
                .await
                .unwrap();
        }
        let mut insert = sqlx::query("INSERT INTO signing_keys VALUES ($1, $2, $3, $4, $5)");
        for column in 0..4 {
            insert = insert.bind(made.get::<String, _>(column));
        }
        let insert = insert.bind(NOW.0);
        insert.execute(&mut connection).await.unwrap();
        drop(connection);

        let site = ground.site("").await;
        let (kept, keys) = published(&site).await;
        assert_eq!(kept, ids);
        let browser = site.signed_up().await;
        let token = token(&browser).await;
        assert_eq!(verdict(&token, &keys, NOW), None);
        site.clock.advance_s(89 * DAY_S);
        tend(&site).await;
        assert_eq!(published(&site).await.0.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_operator_rotates_by_the_command_line() {
    on_grounds(async |ground| {
        let clock = Clock::System;
        let site = Site::open("", &ground.database, clock, &ground.folder).await;
        let rotate = async |at_once| {
            let options = options(&["--development", "--database", &ground.database]);
            frontdesk_server::rotate_keys(options.base, at_once)
                .await
                .unwrap();
            tend(&site).await;
            published(&site).await.0
        };
        let (first, _) = published(&site).await;
        let both = rotate(false).await;
        assert_eq!((both.len(), &both[0]), (2, &first[0]));
        let last = rotate(true).await;
        assert!(last.len() == 1 && !both.contains(&last[0]));
    })
    .await;
}
