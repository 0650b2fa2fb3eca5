//! Licences, sources and known weaknesses of what we depend on, by cargo-deny.

use std::process::Command;

use anyhow::Result;

use crate::install::from_crate;
use crate::run::{command, output, run, say};

const VERSION: &str = "0.20.2";

/// Checks the dependencies against `deny.toml`.
///
/// Without the database of advisories that part is left out, and that is said.
///
/// # Errors
/// If cargo-deny is not to be had, or finds something.
pub fn check() -> Result<()> {
    let program = from_crate("cargo-deny", VERSION, &[])?;
    let deny = |arguments: &[&str]| -> Command {
        let mut deny = command(&program);
        deny.args(["--log-level", "warn", "--workspace"])
            .args(arguments);
        deny
    };
    run(&mut deny(&[
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "bans",
        "sources",
    ]))?;
    if output(&mut deny(&["fetch", "db"])).is_err() {
        say("advisories are NOT checked: their database cannot be fetched from here");
        return Ok(());
    }
    run(&mut deny(&["check", "advisories"]))
}
