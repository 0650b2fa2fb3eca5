//! What a browser downloads, and how much of it is allowed.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::package;
use crate::run::{files, print, target};
use crate::wasm::PARTS;

/// All that a page with a sign-in loads until the first card can be used, when nothing is cached, in bytes of brotli.
///
/// The cards after it are fetched while somebody types; what they cost is printed beside it, and has
/// the limit of a part.
const COLD_SIGN_IN: u64 = 75_000;

/// Any one part that is loaded on demand, in bytes of brotli.
const PART: u64 = 30_000;

/// Prints the size of every file of the package and fails if a budget is exceeded.
///
/// # Errors
/// If the package is not built, or too large.
pub fn check() -> Result<()> {
    let folder = package::folder();
    print(&format!(
        "{:<34}{:>9}{:>9}{:>9}",
        "bytes", "raw", "gzip", "brotli"
    ));
    let mut large = Vec::new();
    for file in files(&folder)? {
        let name = file.strip_prefix(&folder)?.to_string_lossy().into_owned();
        if [".br", ".gz"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let raw = file.metadata()?.len();
        let packed = |kind: &str| {
            folder
                .join(format!("{name}{kind}"))
                .metadata()
                .map(|file| file.len())
        };
        let (Ok(gzip), Ok(brotli)) = (packed(".gz"), packed(".br")) else {
            print(&format!("{name:<34}{raw:>9}"));
            continue;
        };
        print(&format!("{name:<34}{raw:>9}{gzip:>9}{brotli:>9}"));
        let is_part = file.extension().is_some_and(|kind| kind == "wasm") && name != "core_bg.wasm";
        if is_part && brotli > PART {
            large.push(format!("{name} is larger than {PART} bytes"));
        }
    }
    let cold = cold_sign_in(&folder)?;
    let total = sum(&folder, &cold)?;
    print(&format!(
        "cold sign-in: {total} of {COLD_SIGN_IN} bytes in {} files: {}",
        cold.len(),
        names(&cold)
    ));
    let steps = sign_in_steps()?;
    let later = sum(&folder, &steps)?;
    print(&format!(
        "whole sign-in: {} bytes, {later} of them after the first card in {} files: {}",
        total + later,
        steps.len(),
        names(&steps)
    ));
    if total > COLD_SIGN_IN {
        large.push(format!(
            "a cold sign-in is larger than {COLD_SIGN_IN} bytes"
        ));
    }
    if !large.is_empty() {
        bail!("{}", large.join("; "));
    }
    Ok(())
}

/// The bytes of brotli of some files.
fn sum(folder: &Path, names: &BTreeSet<String>) -> Result<u64> {
    let mut total = 0;
    for name in names {
        let packed = folder.join(format!("{name}.br"));
        total += packed
            .metadata()
            .with_context(|| format!("there is no {}", packed.display()))?
            .len();
    }
    Ok(total)
}

fn names(files: &BTreeSet<String>) -> String {
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    names.join(", ")
}

/// The modules with the cards after the first one, as the splitter's loader names them.
fn sign_in_steps() -> Result<BTreeSet<String>> {
    const STEPS: &str = "split_sign_in_steps.wasm";
    let loader = target().join("wasm/parts").join(PARTS);
    let text = std::fs::read_to_string(&loader)
        .with_context(|| format!("cannot read {}", loader.display()))?;
    let shared = text
        .split_once(STEPS)
        .and_then(|(_, rest)| rest.split_once(", [")?.1.split_once(']'))
        .with_context(|| format!("{STEPS} is not loaded"))?
        .0;
    let shared = shared.split(", ").filter(|name| !name.is_empty());
    let shared = shared.map(|name| format!("{}.wasm", name.trim_start_matches('_')));
    Ok(shared.chain([STEPS.to_owned()]).collect())
}

/// The files of the first card of a sign-in in English and the default theme.
fn cold_sign_in(folder: &Path) -> Result<BTreeSet<String>> {
    let loaded = ["core_bg.wasm", "css/core.css"];
    let mut found = BTreeSet::from(loaded.map(str::to_owned));
    let mut open = vec!["define.js".to_owned(), "core.js".to_owned()];
    while let Some(name) = open.pop() {
        let text = std::fs::read_to_string(folder.join(&name))?;
        open.extend(imports(&text).filter(|import| !found.contains(import)));
        found.insert(name);
    }
    Ok(found)
}

/// What a minified script imports before it runs.
fn imports(script: &str) -> impl Iterator<Item = String> {
    let starts = ["from\"./", "import\"./"]
        .into_iter()
        .flat_map(|start| script.split(start).skip(1));
    starts.filter_map(|rest| rest.split('"').next().map(str::to_owned))
}
