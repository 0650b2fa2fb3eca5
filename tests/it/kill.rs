//! The server killed in the middle of its work: what it acknowledged is there, and nothing is half there.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sqlx::Row as _;
use sqlx::sqlite::SqlitePoolOptions;

use crate::program::{Browser, Server};

const ROUNDS: u32 = 50;
const WRITERS: u32 = 16;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let acknowledged = Mutex::new(Vec::new());
    let count = AtomicU32::new(0);
    // Writing is what is tried here, so hashing must not be what takes the time.
    let settings = "[password]\nmemory_kib = 1024\npasses = 1\n";
    std::fs::write(folder.path().join("frontdesk.toml"), settings).unwrap();
    for round in 0..ROUNDS {
        let server = Server::start(folder.path(), None, None);
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..WRITERS {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        let number = count.fetch_add(1, Ordering::Relaxed);
                        if let Some(email) = sign_up(server.port, number) {
                            acknowledged.lock().unwrap().push(email);
                        }
                    }
                });
            }
            // Kills at another point of the work in each round, however fast the machine is.
            let enough =
                acknowledged.lock().unwrap().len() + 1 + usize::try_from(round % 7).unwrap();
            let begun = Instant::now();
            while acknowledged.lock().unwrap().len() < enough
                && begun.elapsed() < Duration::from_secs(20)
            {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_micros(u64::from(round * 7919 % 5000)));
            server.kill();
            is_over.store(true, Ordering::Relaxed);
        });
        let so_far = acknowledged.lock().unwrap().clone();
        inspect(folder.path(), &so_far).await;
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(
        acknowledged.len() > 50,
        "only {} people signed up in all",
        acknowledged.len()
    );
}

/// Signs somebody up and proves their address; the address, if the server said that it is done.
fn sign_up(port: u16, number: u32) -> Option<String> {
    let email = format!("writer{number}+frontdesk_test@example.com");
    let form = format!(
        "email_address={}&password=a+password+nobody+has",
        email.replace('+', "%2B").replace('@', "%40")
    );
    let mut browser = Browser::new(port, number);
    let answer = browser.post("/v1/client/sign_ups", &form)?;
    let id = answer
        .split("\"id\":\"")
        .find_map(|rest| rest.strip_prefix("sua_"))?
        .split('"')
        .next()?
        .to_owned();
    browser.post(
        &format!("/v1/client/sign_ups/sua_{id}/prepare_verification"),
        "strategy=email_code",
    )?;
    let path = format!("/v1/client/sign_ups/sua_{id}/attempt_verification");
    let answer = browser.post(&path, "strategy=email_code&code=424242")?;
    answer.contains("\"status\":\"complete\"").then_some(email)
}

/// Looks into the store of a killed server, as the next start would find it.
async fn inspect(folder: &Path, acknowledged: &[String]) {
    let address = format!("sqlite:{}", folder.join("frontdesk.sqlite").display());
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect(&address)
        .await
        .unwrap();
    let check: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(check, "ok");
    let whole = "SELECT e.email_address FROM email_addresses e JOIN users u ON u.id = e.user_id
        WHERE e.verified_at IS NOT NULL AND u.primary_email_address_id = e.id
        AND EXISTS (SELECT 1 FROM credentials c WHERE c.user_id = u.id)
        AND EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = u.id)";
    let rows = sqlx::query(whole).fetch_all(&pool).await.unwrap();
    let people: std::collections::HashSet<String> = rows.iter().map(|row| row.get(0)).collect();
    let users: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(
        usize::try_from(users).unwrap(),
        people.len(),
        "there is half a user"
    );
    for email in acknowledged {
        assert!(
            people.contains(email),
            "{email} was acknowledged and is lost"
        );
    }
    pool.close().await;
}
