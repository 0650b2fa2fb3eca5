//! Schemathesis against a running server: what `/openapi.json` allows, and much that it does not.
//!
//! Whatever is asked, nothing breaks, and every answer is one that the document says.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::run::{command, root};
use crate::{demo, install};

const PINS: &str = include_str!("requirements.txt");
const SETTINGS: &str = include_str!("frontdesk.toml");
const KEY: &str = "sk_test_a_key_that_is_allowed_everything";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/// What is made up for an operation in each phase, beside the edges of what it takes.
const EXAMPLES: &str = "8";
/// Of a hundred operations, how many must have let somebody through: a passkey, for one, takes a device.
const REACHED: usize = 85;

/// What is counted of verbs that an operation does not have.
const OTHERS: &str = "other verbs";

/// A server whose database is empty but for Ada; dropping it ends it and removes its folder.
struct Server {
    process: Child,
    folder: PathBuf,
    url: String,
}

/// Where Schemathesis is, installed where it is not there.
///
/// # Errors
/// If it is not to be had.
pub fn python() -> Result<PathBuf> {
    install::python("schemathesis", PINS)
}

/// Asks a server whatever Schemathesis makes up, and tells how much that was.
///
/// # Errors
/// If an answer was a server's error or not what the document says, or too few handlers were reached.
pub fn run(python: &Path, program: &Path, database: Option<&str>) -> Result<String> {
    let server = Server::start(program, database)?;
    let counts = server.folder.join("counts");
    let mut schemathesis = command(python.join("schemathesis"));
    schemathesis
        .args(["run", "--no-color", "--seed", "1", "--continue-on-failure"])
        // A failure is told as it was found: much can be done only once, so nothing is tried again.
        .args(["--no-shrink", "--generation-database", "none"])
        .args(["--checks", CHECKS, "--max-examples", EXAMPLES])
        .arg(format!("{}/openapi.json", server.url))
        .current_dir(&server.folder)
        .env("PYTHONPATH", root().join("xtask/src/fuzz"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("FUZZ_URL", &server.url)
        .env("FUZZ_KEY", KEY)
        .env("FUZZ_COUNTS", &counts);
    let done = schemathesis
        .stdin(Stdio::null())
        .output()
        .context("cannot start Schemathesis")?;
    if !done.status.success() {
        let (said, warned) = (done.stdout, done.stderr);
        let (said, warned) = (
            String::from_utf8_lossy(&said),
            String::from_utf8_lossy(&warned),
        );
        bail!("{said}{warned}\n{}", server.errors());
    }
    let counts = std::fs::read_to_string(counts).context("Schemathesis counted nothing")?;
    judge(&counts).with_context(|| server.errors())
}

/// Tells how the operations were answered, each line being `200=3,404=1 GET /v1/client`.
fn judge(counts: &str) -> Result<String> {
    let mut by_status = BTreeMap::<u16, usize>::new();
    let (mut operations, mut shut) = (0, Vec::new());
    for line in counts.lines() {
        let (statuses, operation) = line.split_once(' ').context("a line has no operation")?;
        let mut is_reached = false;
        for pair in statuses.split(',') {
            let (status, count) = pair.split_once('=').context("a status has no count")?;
            let (status, count) = (status.parse()?, count.parse::<usize>()?);
            *by_status.entry(status).or_default() += count;
            is_reached |= (200..300).contains(&status);
        }
        if operation != OTHERS {
            operations += 1;
            if !is_reached {
                shut.push(operation);
            }
        }
    }
    let count = |first: u16, last: u16| by_status.range(first..=last).map(|it| it.1).sum::<usize>();
    let (done, refused, broken) = (count(200, 399), count(400, 499), count(500, 599));
    ensure!(broken == 0, "{broken} answers were a server's errors");
    ensure!(
        count(429, 429) * 10 < refused,
        "it was mostly told to wait: {by_status:?}"
    );
    ensure!(
        shut.len() * 100 <= operations * (100 - REACHED),
        "{} of {operations} operations let nobody through:\n{}",
        shut.len(),
        shut.join("\n")
    );
    Ok(format!(
        "{operations} operations, {} of them reached; {done} requests done, {refused} refused, none broke",
        operations - shut.len()
    ))
}

/// Starts a name server that knows no name.
fn empty_zone() -> Result<SocketAddr> {
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    let address = socket.local_addr()?;
    std::thread::spawn(move || {
        let mut bytes = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut bytes) {
            // Behind the header of 12 bytes the name ends by a zero, before its type and class.
            let name = bytes[..length]
                .iter()
                .skip(12)
                .take_while(|byte| **byte != 0);
            let end = (12 + name.count() + 5).min(length);
            let mut answer = bytes[..2].to_vec();
            // An answer with authority, to one question: there is no such name (RFC 1035, 4.1.1).
            answer.extend([0x85, 0x83, 0, 1, 0, 0, 0, 0, 0, 0]);
            answer.extend(&bytes[12.min(end)..end]);
            socket.send_to(&answer, from).ok();
        }
    });
    Ok(address)
}

impl Server {
    fn start(program: &Path, database: Option<&str>) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("frontdesk-fuzz-{port}"));
        std::fs::create_dir_all(&folder)?;
        let domains = format!(
            "[organizations.domains]\nnameserver = \"{}\"\n",
            empty_zone()?
        );
        std::fs::write(folder.join("frontdesk.toml"), [SETTINGS, &domains].concat())?;
        let log = std::fs::File::create(folder.join("log"))?;
        let url = format!("http://localhost:{port}");
        let process = Command::new(program)
            .args(["serve", "--development", "--seed"])
            .args(["--secret-key", KEY, "--public-url", &url])
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .args(["--database", database.unwrap_or("sqlite:frontdesk.sqlite")])
            // It is told that every request comes from another network.
            .args(["--trusted-proxy", "127.0.0.1"])
            .current_dir(&folder)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start the server")?;
        let mut server = Self {
            process,
            folder,
            url,
        };
        demo::wait(&mut server.process, port).with_context(|| server.log())?;
        Ok(server)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// What the server said about what broke.
    fn errors(&self) -> String {
        let log = self.log();
        let errors = log
            .lines()
            .filter(|line| line.contains("ERROR") || line.contains("panicked"));
        errors.collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}
