//! A PostgreSQL of our own for as long as the tests run.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::install::{debian, is_root};
use crate::run::{on_path, output, run, step};

/// A running cluster in a temporary folder; dropping it ends it and removes the folder.
pub struct Cluster {
    server: Child,
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts an empty cluster, installing PostgreSQL if there is none.
    ///
    /// # Errors
    /// If PostgreSQL is not to be had or does not start.
    pub fn start() -> Result<Self> {
        let programs = if let Some(found) = programs() {
            found
        } else {
            debian(&["postgresql"], "PostgreSQL")?;
            programs().context("PostgreSQL is installed, but not where it should be")?
        };
        step("starting PostgreSQL", || Self::start_with(programs))
    }

    fn start_with(programs: PathBuf) -> Result<Self> {
        let folder =
            std::env::temp_dir().join(format!("frontdesk-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        if is_root() {
            run(Command::new("chown").arg(user()).arg(&folder))?;
        }
        let data = folder.join("data");
        let mut init = unprivileged(&programs.join("initdb"), &folder);
        init.args([
            "--username=frontdesk",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        output(init.arg(&data))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = std::fs::File::create(folder.join("log"))?;
        let mut server = unprivileged(&programs.join("postgres"), &folder);
        server.arg("-D").arg(&data).arg("-k").arg(&folder).args([
            "-h",
            "127.0.0.1",
            "-p",
            &port.to_string(),
        ]);
        // What a crash of the machine would destroy is thrown away anyway.
        for setting in [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=300",
        ] {
            server.args(["-c", setting]);
        }
        let server = server
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut cluster = Self {
            server,
            programs,
            folder,
            port,
        };
        cluster.wait()?;
        Ok(cluster)
    }

    fn wait(&mut self) -> Result<()> {
        let start = Instant::now();
        loop {
            let mut question = Command::new(self.programs.join("pg_isready"));
            question.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
            if question.status()?.success() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() || start.elapsed() > Duration::from_mins(1) {
                let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL did not start:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// The address of a database in which further ones may be made.
    pub fn url(&self) -> String {
        format!("postgres://frontdesk@127.0.0.1:{}/postgres", self.port)
    }

    /// The address of a new database.
    ///
    /// # Errors
    /// If there is one of that name.
    pub fn database(&self, name: &str) -> Result<String> {
        let mut create = Command::new(self.programs.join("createdb"));
        output(create.args(["--maintenance-db", &self.url(), name]))?;
        Ok(format!(
            "postgres://frontdesk@127.0.0.1:{}/{name}",
            self.port
        ))
    }

    /// Where `psql` and its like are.
    pub fn programs(&self) -> &Path {
        &self.programs
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = unprivileged(&self.programs.join("pg_ctl"), &self.folder);
        let stop = stop
            .args(["stop", "-m", "immediate", "-D"])
            .arg(self.folder.join("data"));
        if output(stop).is_err() {
            self.server.kill().ok();
        }
        self.server.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn programs() -> Option<PathBuf> {
    if let Some(initdb) = on_path("initdb") {
        return initdb.canonicalize().ok()?.parent().map(Path::to_path_buf);
    }
    let versions = Path::new("/usr/lib/postgresql")
        .read_dir()
        .ok()?
        .filter_map(Result::ok);
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.map(|entry| entry.path()).max_by_key(number)?;
    let programs = newest.join("bin");
    programs.join("initdb").is_file().then_some(programs)
}

/// PostgreSQL refuses to run as root.
fn unprivileged(program: &Path, folder: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", user(), "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder);
    command
}

fn user() -> &'static str {
    let has_postgres = output(Command::new("id").arg("postgres")).is_ok();
    if has_postgres { "postgres" } else { "nobody" }
}
