//! A server to measure, and people and sessions in it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::load::{self, Connection};
use crate::run::command;

/// Everybody's password, as a form has it.
pub const PASSWORD: &str = "correct+horse+battery+staple+42";

/// A running server; dropping it ends it.
pub struct Served {
    server: Child,
    folder: PathBuf,
    /// Where it listens.
    pub port: u16,
    /// How long it took to be ready.
    pub ready_ms: u128,
}

/// Somebody who is signed in.
pub struct Session {
    /// The session's id.
    pub id: String,
    /// The browser's cookie.
    pub cookie: String,
}

impl Served {
    /// Starts a release build on an empty database.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(program: &Path, database: Option<&str>, is_cheap: bool) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("frontdesk-bench-{port}"));
        std::fs::create_dir_all(&folder)?;
        let mut settings =
            "limits.writes_per_minute = 4000000000\nsign_up.captcha_after = 0\n".to_owned();
        if is_cheap {
            settings.push_str("password.memory_kib = 8\npassword.passes = 1\n");
        }
        let config = folder.join("frontdesk.toml");
        std::fs::write(&config, settings)?;
        let file = format!("sqlite:{}", folder.join("frontdesk.sqlite").display());
        let begun = Instant::now();
        let server = command(program)
            .args(["serve", "--development", "--database"])
            .arg(database.unwrap_or(&file))
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .arg("--config")
            .arg(&config)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start the server")?;
        let mut started = Self {
            server,
            folder,
            port,
            ready_ms: 0,
        };
        while !started.is_ready() {
            if begun.elapsed() > Duration::from_secs(30) || started.server.try_wait()?.is_some() {
                bail!("the server did not start");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        started.ready_ms = begun.elapsed().as_millis();
        Ok(started)
    }

    fn is_ready(&self) -> bool {
        let asked = Connection::open(self.port)
            .and_then(|mut connection| connection.ask(&load::get("/readyz", None)));
        asked.is_ok_and(|answer| answer.status == 200)
    }

    /// What it holds in memory.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn memory_mb(&self) -> Result<f64> {
        let path = format!("/proc/{}/status", self.server.id());
        let status = std::fs::read_to_string(path)?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib: u32 = line
            .and_then(|line| line.split_whitespace().next()?.parse().ok())
            .context("the system tells no memory")?;
        Ok(f64::from(kib) / 1024.0)
    }

    /// Signs people up, and answers with their addresses as a form has them.
    ///
    /// # Errors
    /// If a sign-up goes wrong.
    pub fn people(&self, many: usize) -> Result<Vec<String>> {
        (0..many)
            .map(|number| {
                let email = format!("bench{number}%2Bfrontdesk_test%40example.com");
                self.sign_up(&email)?;
                Ok(email)
            })
            .collect()
    }

    /// Signs many people in, each in a browser of their own.
    ///
    /// # Errors
    /// If a sign-in goes wrong.
    pub fn sessions(&self, many: usize) -> Result<Vec<Session>> {
        let people = self.people(100)?;
        let mut connection = Connection::open(self.port)?;
        (0..many)
            .map(|number| {
                let email = &people[number % people.len()];
                let form = format!("identifier={email}&strategy=password&password={PASSWORD}");
                let answer = connection.ask(&load::post("/v1/client/sign_ins", &form, None))?;
                let id = between(&answer.body, "\"created_session_id\":\"", "\"");
                let cookie = answer
                    .cookies
                    .into_iter()
                    .find(|it| it.starts_with("frontdesk_client="));
                match (id, cookie) {
                    (Some(id), Some(cookie)) => Ok(Session { id, cookie }),
                    _ => bail!("{}: {}", answer.status, answer.body),
                }
            })
            .collect()
    }

    fn sign_up(&self, email: &str) -> Result<()> {
        let mut connection = Connection::open(self.port)?;
        let form = format!("email_address={email}&password={PASSWORD}");
        let begun = connection.ask(&load::post("/v1/client/sign_ups", &form, None))?;
        let id = between(&begun.body, "\"id\":\"sua_", "\"").context(begun.body)?;
        let cookie = begun.cookies.first().cloned().unwrap_or_default();
        let path = format!("/v1/client/sign_ups/sua_{id}");
        for (verb, form) in [
            ("prepare_verification", "strategy=email_code"),
            ("attempt_verification", "strategy=email_code&code=424242"),
        ] {
            let request = load::post(&format!("{path}/{verb}"), form, Some(&cookie));
            let answer = connection.ask(&request)?;
            if answer.status != 200 {
                bail!("{}: {}", answer.status, answer.body);
            }
        }
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0.to_owned())
}
