//! The only automation: `cargo xtask demo | test | check | npm | bench`.
//!
//! Each command sets up what it needs and the machine lacks, and says so; a second run finds it done.

mod bench;
mod check;
mod css;
mod demo;
mod fuzz;
mod glue;
mod install;
mod licences;
mod merge;
mod names;
mod order;
mod package;
mod postgres;
mod run;
mod script;
mod sizes;
mod test;
mod toolchain;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask demo [--port PORT] [--data-dir DIR] [--release]
                      builds everything and serves the product on this machine
cargo xtask test [workspace|fuzz|browser]
                      builds everything and runs every test, or one part, on SQLite and on PostgreSQL
cargo xtask check [NAME]...
                      format, lints, tidiness, sizes, licences and advisories, or those named
cargo xtask npm       builds the npm package into dist/elements
cargo xtask bench     measures the server beside the bare machine, on SQLite and on PostgreSQL";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match obey(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            run::say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn obey(arguments: &[&str]) -> Result<()> {
    match arguments {
        _ if arguments.iter().any(|it| ["--help", "-h"].contains(it)) => {
            run::print(HELP);
            Ok(())
        }
        ["demo", options @ ..] => demo::serve(&demo::Options::parse(options)?),
        ["test"] => test::run(test::Part::All),
        ["test", "workspace"] => test::run(test::Part::Workspace),
        ["test", "fuzz"] => test::run(test::Part::Fuzz),
        ["test", "browser"] => test::run(test::Part::Browser),
        ["check", names @ ..] => check::run_named(names),
        ["npm"] => package::build(),
        ["bench"] => bench::run(),
        [] | ["help"] => {
            run::print(HELP);
            Ok(())
        }
        unknown => bail!("no command `{}`\n{HELP}", unknown.join(" ")),
    }
}
