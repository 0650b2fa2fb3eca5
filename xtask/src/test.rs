//! Every test: those of the workspace, what Schemathesis makes up, and those in a browser, each on SQLite and on
//! PostgreSQL.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::postgres::Cluster;
use crate::run::{cargo, command, on_path, print, root, run as obey, say, step};
use crate::{demo, fuzz, install, package};

/// What the example in Python takes.
const PYJWT: &str = include_str!("../../demo/python/requirements.txt");
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];

#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    /// Counts a part; one that did not come to its tests counts as one that failed.
    fn count(&mut self, part: &str, result: Result<Self>) {
        match result {
            Ok(counted) => {
                self.passed += counted.passed;
                self.failed += counted.failed;
            }
            Err(error) => {
                say(&format!("{part}: {error:#}"));
                self.failed += 1;
            }
        }
    }
}

/// Which tests to run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// Those that `cargo test` runs.
    Workspace,
    /// Those that a browser runs.
    Browser,
    /// Those that Schemathesis makes up.
    Fuzz,
}

/// Runs the tests and prints `N passed, N failed` as its last line.
///
/// # Errors
/// If a test failed, or what it needs is not to be had.
pub fn run(part: Part) -> Result<()> {
    let mut tally = Tally::default();
    let cluster = Cluster::start()?;
    if part == Part::All {
        prepare();
    }
    if matches!(part, Part::All | Part::Workspace) {
        tally.count("the workspace's tests", workspace(&cluster));
    }
    if matches!(part, Part::All | Part::Fuzz) {
        tally.count("Schemathesis", fuzzed(&cluster));
    }
    if matches!(part, Part::All | Part::Browser) {
        tally.count("the tests in a browser", browser(&cluster));
    }
    drop(cluster);
    let Tally { passed, failed } = tally;
    print(&format!("\n{passed} passed, {failed} failed"));
    if failed > 0 {
        bail!("{failed} failed");
    }
    Ok(())
}

/// Builds the tests, and beside them the package and whatever else is needed later: each keeps but one core busy for
/// minutes, or waits for the network.
///
/// What goes wrong is told where it is needed.
fn prepare() {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            drop(package::build());
            drop(browsers());
            drop(install::npm(&browser_folder(), &browser_folder()));
            drop(fuzz::python());
            drop(install::python("pyjwt", PYJWT));
        });
        for mut tests in [workspace_tests(), drawn_tests()] {
            drop(obey(tests.arg("--no-run")));
        }
    });
}

/// The crate that draws.
const DRAWING: &str = "frontdesk-components";

fn workspace_tests() -> Command {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]);
    for package in [DRAWING, "frontdesk-elements"] {
        tests.args(["--exclude", package]);
    }
    tests
}

/// Outside a browser, components draw text.
fn drawn_tests() -> Command {
    let mut tests = cargo();
    tests.args(["test", "--package", DRAWING]);
    tests.args(["--no-default-features", "--features", "ssr"]);
    tests
}

fn workspace(cluster: &Cluster) -> Result<Tally> {
    // One of the tests kills the program over and over.
    let server = demo::server(false)?;
    say("running the workspace's tests");
    let mut all = workspace_tests();
    equip(&mut all, cluster)?;
    let mut tally = rust_tests(all.env("FRONTDESK_SERVER", server))?;
    let more = rust_tests(&mut drawn_tests())?;
    tally.passed += more.passed;
    tally.failed += more.failed;
    Ok(tally)
}

/// One test on each database, both at once.
fn fuzzed(cluster: &Cluster) -> Result<Tally> {
    let server = demo::server(false)?;
    let python = fuzz::python()?;
    let databases = [
        ("SQLite", None),
        ("PostgreSQL", Some(cluster.database("fuzz")?)),
    ];
    let mut tally = Tally::default();
    step("asking both databases what Schemathesis makes up", || {
        std::thread::scope(|scope| {
            let asked = databases.each_ref().map(|(name, database)| {
                let (python, server) = (&python, &server);
                let ask = move || fuzz::run(python, server, database.as_deref());
                (name, scope.spawn(ask))
            });
            for (name, told) in asked {
                let told = told.join().unwrap_or_else(|_| bail!("it was broken off"));
                let told = told.map(|told| {
                    print(&format!("ok      Schemathesis on {name}: {told}"));
                    Tally {
                        passed: 1,
                        failed: 0,
                    }
                });
                tally.count(&format!("Schemathesis on {name}"), told);
            }
        });
        Ok(())
    })?;
    Ok(tally)
}

fn rust_tests(tests: &mut Command) -> Result<Tally> {
    follow(tests, |line, tally| {
        // test result: ok. 3 passed; 0 failed; 0 ignored; …
        let Some(counts) = line.strip_prefix("test result: ") else {
            return;
        };
        for part in counts.split(['.', ';']) {
            match number_and_word(part) {
                Some((number, "passed")) => tally.passed += number,
                Some((number, "failed")) => tally.failed += number,
                _ => {}
            }
        }
    })
}

fn browser_folder() -> PathBuf {
    root().join("tests/browser")
}

/// Chromium and Firefox, installed where there is none.
fn browsers() -> Result<[PathBuf; 2]> {
    let chromium = program("CHROMIUM", &CHROMIUM, || {
        install::debian(&["chromium", "fonts-dejavu", "fonts-noto-core"], "Chromium")
    })?;
    let firefox = program("FIREFOX", &FIREFOX, || {
        install::debian(&["firefox-esr"], "Firefox")
    })?;
    Ok([chromium, firefox])
}

fn browser(cluster: &Cluster) -> Result<Tally> {
    let folder = browser_folder();
    let [chromium, firefox] = browsers()?;
    install::npm(&folder, &folder)?;
    package::build()?;
    let server = demo::server(false)?;
    let app = demo::app()?;
    let python = install::python("pyjwt", PYJWT)?;
    say("running the tests in a browser");
    let mut tests = command("node");
    tests
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .current_dir(&folder);
    tests
        .env("CHROMIUM", chromium)
        .env("FIREFOX", firefox)
        .env("FRONTDESK_SERVER", server)
        .env("FRONTDESK_APP", app)
        .env("PYTHON", python.join("python"))
        .env("FRONTDESK_ELEMENTS", package::folder());
    equip(&mut tests, cluster)?;
    follow(&mut tests, |line, tally| match number_and_word(line) {
        Some((number, "passed")) => tally.passed += number,
        Some((number, "failed" | "flaky" | "interrupted" | "did")) => tally.failed += number,
        _ => {}
    })
}

/// Tells the tests where PostgreSQL is.
fn equip(tests: &mut Command, cluster: &Cluster) -> Result<()> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([cluster.programs().to_path_buf()]);
    let path: OsString = std::env::join_paths(folders)?;
    tests
        .env("PATH", path)
        .env("FRONTDESK_TEST_POSTGRES", cluster.url());
    Ok(())
}

/// `3 passed (2s)` is 3 and `passed`.
fn number_and_word(text: &str) -> Option<(u32, &str)> {
    let mut words = text.split_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?))
}

/// Passes on what a test runner prints and lets `count` look at each line.
fn follow(tests: &mut Command, count: impl Fn(&str, &mut Tally)) -> Result<Tally> {
    let mut running = tests
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the tests")?;
    let mut tally = Tally::default();
    let lines = running.stdout.take().context("the tests have no output")?;
    for line in BufReader::new(lines).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        print(&line);
        count(&line, &mut tally);
    }
    // One that does not compile, or crashes, counts no failure itself.
    if !running.wait()?.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// The browser that a variable names, or that is on the path, or that can be had.
fn program(variable: &str, names: &[&str], bring: impl FnOnce() -> Result<()>) -> Result<PathBuf> {
    if let Some(given) = std::env::var_os(variable) {
        return Ok(given.into());
    }
    let find = || names.iter().find_map(|name| on_path(name));
    if let Some(found) = find() {
        return Ok(found);
    }
    bring()?;
    find().with_context(|| format!("{} is installed, but not on the path", names[0]))
}
