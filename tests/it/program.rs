//! The program itself, as a process of its own, and browsers that reach it over the network.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The program, running.
pub struct Server {
    process: Mutex<Child>,
    pub port: u16,
}

impl Server {
    /// Starts it in `folder`, on `database` or on SQLite there, telling everything in `log` if there is one.
    pub fn start(folder: &Path, database: Option<&str>, log: Option<File>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let file = format!("sqlite:{}", folder.join("frontdesk.sqlite").display());
        let level = if log.is_some() { "trace" } else { "error" };
        let mut process = Command::new(binary())
            .env("RUST_LOG", level)
            .args(["serve", "--development", "--trusted-proxy", "127.0.0.1"])
            .args([
                "--listen",
                &format!("127.0.0.1:{port}"),
                "--public-url",
                &format!("http://localhost:{port}"),
            ])
            .arg("--database")
            .arg(database.unwrap_or(&file))
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(log.map_or_else(Stdio::null, Stdio::from))
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
    pub fn kill(&self) {
        let mut process = self.process.lock().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

/// The binary beside the folder this test runs from, or the one that is named.
pub fn binary() -> PathBuf {
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
pub struct Browser {
    pub port: u16,
    number: u32,
    pub cookie: Option<String>,
    /// The head of the last answer.
    pub head: String,
}

impl Browser {
    /// The browser of that number.
    pub const fn new(port: u16, number: u32) -> Self {
        Self {
            port,
            number,
            cookie: None,
            head: String::new(),
        }
    }

    /// The body of a page; nothing where it was refused or the connection broke.
    pub fn get(&mut self, path: &str) -> Option<String> {
        self.ask("GET", path, "")
    }

    /// The body of the answer to a form; nothing where it was refused or the connection broke.
    pub fn post(&mut self, path: &str, form: &str) -> Option<String> {
        self.ask("POST", path, form)
    }

    fn ask(&mut self, method: &str, path: &str, form: &str) -> Option<String> {
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
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: 10.{high}.{middle}.{low}\r\n{cookie}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        )
        .ok()?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let is_success = line.starts_with("HTTP/1.1 200");
        self.head.clone_from(&line);
        let mut length = 0;
        loop {
            line.clear();
            reader.read_line(&mut line).ok()?;
            self.head.push_str(&line);
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

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
