//! How fast the server is, beside what this machine can do at all, measured in the same run.

mod bare;
mod load;
mod served;

use anyhow::Result;

use crate::demo;
use crate::postgres::Cluster;
use crate::run::{print, say};
use load::Report;
use served::Served;

/// Sessions that are live when minting and reading are measured.
const SESSIONS: usize = 10_000;

/// Measures and prints everything, on SQLite and on PostgreSQL.
///
/// # Errors
/// If something does not start, or answers what it should not.
pub fn run() -> Result<()> {
    let program = demo::server(true)?;
    say("measuring the machine");
    print(&format!(
        "{:<44}{:>12.1}",
        "bare durable writes per second",
        bare::writes_per_second()?
    ));
    let cluster = Cluster::start()?;
    for database in [None, Some(&cluster)] {
        let name = if database.is_some() {
            "PostgreSQL"
        } else {
            "SQLite"
        };
        print(&format!("\n{name}"));
        measure(&program, database)?;
    }
    Ok(())
}

fn measure(program: &std::path::Path, cluster: Option<&Cluster>) -> Result<()> {
    let empty = |name: &str| cluster.map(|cluster| cluster.database(name)).transpose();
    say("password sign-ins, at the least cost that production allows");
    let server = Served::start(program, empty("sign_ins")?.as_deref(), false)?;
    print(&format!(
        "{:<44}{:>9} ms",
        "start to ready", server.ready_ms
    ));
    print(&format!(
        "{:<44}{:>9.1} MB",
        "memory, idle",
        server.memory_mb()?
    ));
    let bare = load::run(&server, 8, &|_| load::get("/healthz", None))?;
    line("bare answers", &bare);
    let people = server.people(16)?;
    // A machine is not as fast at every moment.
    let before = bare::hashes_per_second();
    let sign_ins = load::run(&server, 8, &|turn| {
        let email = &people[turn % people.len()];
        load::post(
            "/v1/client/sign_ins",
            &format!(
                "identifier={email}&strategy=password&password={}",
                served::PASSWORD
            ),
            None,
        )
    })?;
    let hashes = f64::midpoint(before, bare::hashes_per_second());
    print(&format!(
        "{:<44}{hashes:>12.1}",
        "bare password hashes per second"
    ));
    line("password sign-ins", &sign_ins);
    print(&format!(
        "{:<44}{:>10.0} %",
        "  of the bare hash rate",
        100.0 * sign_ins.per_second / hashes
    ));
    drop(server);
    say(&format!(
        "{SESSIONS} live sessions, made with hashes that cost nothing"
    ));
    let server = Served::start(program, empty("sessions")?.as_deref(), true)?;
    let sessions = server.sessions(SESSIONS)?;
    print(&format!(
        "{:<44}{:>9.1} MB",
        format!("memory, {SESSIONS} live sessions"),
        server.memory_mb()?
    ));
    let minted = load::run(&server, 8, &|turn| {
        let session = &sessions[turn % sessions.len()];
        let path = format!("/v1/client/sessions/{}/tokens", session.id);
        load::post(&path, "", Some(&session.cookie))
    })?;
    line("tokens minted", &minted);
    for (what, path) in [
        ("current session and user read", "/v1/me?_client=false"),
        ("  with the whole client beside them", "/v1/me"),
    ] {
        let read = load::run(&server, 8, &|turn| {
            load::get(path, Some(&sessions[turn % sessions.len()].cookie))
        })?;
        line(what, &read);
    }
    Ok(())
}

fn line(what: &str, report: &Report) {
    print(&format!(
        "{:<44}{:>10.1}/s   p50 {:.1} ms   p99 {:.1} ms",
        format!("{what} per second"),
        report.per_second,
        report.p50_ms,
        report.p99_ms
    ));
}
