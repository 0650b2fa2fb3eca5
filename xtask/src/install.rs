//! Brings what the machine lacks: Debian's packages, crates, npm packages and those of Python.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context as _, Result, bail};

use crate::run::{cargo, command, on_path, output, root, run, step, target};

/// True if packages of the system may be installed.
pub fn is_root() -> bool {
    static ROOT: OnceLock<bool> = OnceLock::new();
    *ROOT.get_or_init(|| output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0"))
}

/// Installs Debian's packages, or fails with the line that would.
///
/// # Errors
/// If this is no Debian, the user is not root, or the packages are not to be had.
pub fn debian(packages: &[&str], purpose: &str) -> Result<()> {
    let names = packages.join(" ");
    if !is_root() || on_path("apt-get").is_none() {
        bail!(
            "{purpose} is missing; on Debian: sudo apt-get install -y --no-install-recommends {names}"
        );
    }
    step(&format!("installing {purpose} ({names})"), || {
        let apt = || {
            let mut apt = Command::new("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive").arg("-q");
            apt
        };
        // An old list may name packages that are gone; an update that fails may still be recent enough.
        run(apt().arg("update")).ok();
        run(apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages))
    })
}

/// The program of a crate: the one on the path, or else one built once into the target folder, with `features` said as
/// cargo is told them.
///
/// # Errors
/// If it cannot be built.
pub fn from_crate(name: &str, version: &str, features: &[&str]) -> Result<PathBuf> {
    if let Some(found) = on_path(name) {
        return Ok(found);
    }
    let tools = target().join("tools");
    let program = tools.join("bin").join(name);
    if !program.is_file() {
        step(
            &format!("building {name} {version}, once; this takes some minutes"),
            || {
                let mut install = cargo();
                install.args([
                    "install",
                    name,
                    "--version",
                    version,
                    "--locked",
                    "--quiet",
                    // Run for seconds: what optimising takes would never come back.
                    "--debug",
                ]);
                install.args(features).env("CARGO_PROFILE_DEV_DEBUG", "0");
                run(install
                    .arg("--root")
                    .arg(&tools)
                    .arg("--target-dir")
                    .arg(tools.join("build")))
            },
        )?;
        std::fs::remove_dir_all(tools.join("build"))?;
    }
    Ok(program)
}

/// Installs what `folder/package-lock.json` names into `place`, unless that was done.
///
/// # Errors
/// If there is no npm, or a package is not to be had.
pub fn npm(folder: &Path, place: &Path) -> Result<()> {
    let lock = std::fs::read_to_string(folder.join("package-lock.json"))?;
    let stamp = place.join("node_modules/.frontdesk");
    if std::fs::read_to_string(&stamp).is_ok_and(|done| done == lock) {
        return Ok(());
    }
    if on_path("npm").is_none() {
        bail!("there is no npm on the path; Frontdesk needs Node.js 20 or newer");
    }
    let name = folder.strip_prefix(root()).unwrap_or(folder);
    step(
        &format!("installing the npm packages of {}", name.display()),
        || {
            std::fs::create_dir_all(place)?;
            if place != folder {
                for file in ["package.json", "package-lock.json"] {
                    std::fs::copy(folder.join(file), place.join(file))?;
                }
            }
            let mut npm = command("npm");
            npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(place);
            run(&mut npm)?;
            std::fs::write(&stamp, lock).context("cannot remember what is installed")
        },
    )
}

/// The folder of the programs of a Python of our own, with exactly the packages that `pins` names.
///
/// # Errors
/// If there is no Python that can be copied, or a package is not to be had.
pub fn python(name: &str, pins: &str) -> Result<PathBuf> {
    let place = target().join(name);
    let programs = place.join("bin");
    let stamp = place.join("pins");
    if std::fs::read_to_string(&stamp).is_ok_and(|done| done == pins) {
        return Ok(programs);
    }
    // Debian has the module apart, and without it half of a Python is made.
    let has_venv = || output(command("python3").args(["-c", "import venv, ensurepip"])).is_ok();
    if !has_venv() {
        debian(&["python3", "python3-venv"], "Python with venv")?;
    }
    step(&format!("installing the Python packages of {name}"), || {
        run(command("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&place))?;
        std::fs::write(place.join("requirements.txt"), pins)?;
        let mut pip = command(programs.join("python"));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        // Every package is pinned: what they ask for beside that is none of it.
        pip.args(["--no-deps", "--requirement"]);
        run(pip.arg(place.join("requirements.txt")))?;
        std::fs::write(&stamp, pins).context("cannot remember what is installed")
    })?;
    Ok(programs)
}
