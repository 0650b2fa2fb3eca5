//! What a change must keep to, apart from the tests.

use anyhow::{Result, bail, ensure};

use crate::install::from_crate;
use crate::run::{cargo, command, output, print, root, run, say};
use crate::toolchain::Toolchain;
use crate::{licences, package, sizes};

type Check = fn() -> Result<()>;

const CHECKS: [(&str, Check); 7] = [
    ("format", format),
    ("lints", lints),
    ("lints for WebAssembly", wasm_lints),
    ("tidiness", tidiness),
    ("sizes", package_sizes),
    ("trunk", trunk),
    ("licences and advisories", licences::check),
];

/// Runs the checks named, or all, also after one that failed, and prints `N passed, N failed` as its last line.
///
/// # Errors
/// If a check failed, or there is none of a name.
pub fn run_named(names: &[&str]) -> Result<()> {
    if let Some(unknown) = names
        .iter()
        .find(|name| CHECKS.iter().all(|(known, _)| known != *name))
    {
        bail!("there is no check `{unknown}`");
    }
    let chosen = CHECKS
        .iter()
        .filter(|(name, _)| names.is_empty() || names.contains(name));
    let mut passed = 0;
    let mut failed = Vec::new();
    for (name, check) in chosen {
        say(&format!("checking {name}"));
        match check() {
            Ok(()) => {
                print(&format!("ok      {name}"));
                passed += 1;
            }
            Err(error) => {
                print(&format!("FAILED  {name}: {error:#}"));
                failed.push(*name);
            }
        }
    }
    print(&format!("\n{passed} passed, {} failed", failed.len()));
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn format() -> Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

fn lints() -> Result<()> {
    const STRICT: [&str; 6] = [
        "--all-targets",
        "--locked",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ];
    let mut all = cargo();
    all.args(["clippy", "--workspace", "--exclude", "frontdesk-components"]);
    run(all.args(["--exclude", "frontdesk-elements"]).args(STRICT))?;
    // Outside a browser, components draw text.
    let mut drawn = cargo();
    drawn.args([
        "clippy",
        "--package",
        "frontdesk-components",
        "--no-default-features",
    ]);
    run(drawn.args(["--features", "ssr"]).args(STRICT))
}

/// The crates that the browser runs have code that only a browser sees.
fn wasm_lints() -> Result<()> {
    let toolchain = Toolchain::find()?;
    if let Some(mut clippy) = toolchain.clippy() {
        return run(clippy.args(["--quiet", "--", "-D", "warnings"]));
    }
    say("this toolchain has no clippy for WebAssembly: only the compiler's own lints are checked");
    run(toolchain
        .cargo("check")
        .args(["--quiet", "--config", "build.warnings=\"deny\""]))
}

fn tidiness() -> Result<()> {
    let tests = || {
        let mut tests = cargo();
        tests.args(["test", "--quiet", "--package", "frontdesk-tests"]);
        tests.args(["--test", "it", "tidy"]);
        tests
    };
    // A filter that fits no test passes.
    let list = output(tests().args(["--", "--list"]))?;
    ensure!(list.contains(": test"), "there is no test of that name");
    run(&mut tests())
}

fn package_sizes() -> Result<()> {
    package::build()?;
    sizes::check()
}

/// The demo page, as Trunk makes it.
fn trunk() -> Result<()> {
    package::build()?;
    // It fetches nothing here, so it needs to speak no TLS.
    let features = ["--no-default-features"];
    let mut trunk = command(from_crate("trunk", "0.21.14", &features)?);
    run(trunk.arg("build"))?;
    for file in [
        "index.html",
        "demo.js",
        "elements/define.js",
        "elements/core_bg.wasm",
    ] {
        let made = root().join("dist/demo").join(file);
        ensure!(made.is_file(), "there is no {}", made.display());
    }
    Ok(())
}
