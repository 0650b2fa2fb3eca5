//! The server killed in the middle of its work: what it acknowledged is there, and nothing is half there.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sqlx::Row as _;
use sqlx::sqlite::SqlitePoolOptions;

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
        let server = Server::start(folder.path());
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
    let mut browser = Browser {
        port,
        number,
        cookie: None,
    };
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

struct Server {
    process: Mutex<Child>,
    port: u16,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut process = Command::new(binary())
            .args(["serve", "--development", "--trusted-proxy", "127.0.0.1"])
            .args([
                "--listen",
                &format!("127.0.0.1:{port}"),
                "--public-url",
                &format!("http://localhost:{port}"),
            ])
            .args([
                "--database",
                &format!("sqlite:{}", folder.join("frontdesk.sqlite").display()),
            ])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the `frontdesk` binary is built before the tests run");
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                process.try_wait().unwrap().is_none(),
                "the server did not start"
            );
            assert!(
                begun.elapsed() < Duration::from_secs(10),
                "the server does not listen"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        Self {
            process: Mutex::new(process),
            port,
        }
    }

    /// Ends the process as a power cut would: no signal it could handle.
    fn kill(&self) {
        let mut process = self.process.lock().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

/// The binary beside the folder this test runs from, or the one that is named.
fn binary() -> PathBuf {
    std::env::var_os("FRONTDESK_SERVER").map_or_else(
        || {
            std::env::current_exe()
                .unwrap()
                .ancestors()
                .nth(2)
                .unwrap()
                .join("frontdesk")
        },
        PathBuf::from,
    )
}

/// A browser of its own address, so that limits per address do not slow the writers.
struct Browser {
    port: u16,
    number: u32,
    cookie: Option<String>,
}

impl Browser {
    /// The body of the answer to a form; nothing where it was refused or the connection broke.
    fn post(&mut self, path: &str, form: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .ok()?;
        let [_, high, middle, low] = self.number.to_be_bytes();
        let cookie = self
            .cookie
            .as_ref()
            .map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: 10.{high}.{middle}.{low}\r\n{cookie}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        )
        .ok()?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let is_success = line.starts_with("HTTP/1.1 200");
        let mut length = 0;
        loop {
            line.clear();
            reader.read_line(&mut line).ok()?;
            if line.trim().is_empty() {
                break;
            }
            let (name, value) = line.split_once(':')?;
            if name.eq_ignore_ascii_case("set-cookie") && value.contains("frontdesk_client=") {
                self.cookie = value.trim().split(';').next().map(str::to_owned);
            } else if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        is_success.then(|| String::from_utf8(body).ok())?
    }
}
