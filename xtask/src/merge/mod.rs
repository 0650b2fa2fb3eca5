//! Fewer and larger files: modules that parts share are put together where that costs little.
//!
//! The splitter makes one of whatever some parts share and no others do, so there are many, of a few
//! functions each. Again and again those two are put together that save the most, until none do: each
//! file less for a part saves [`FILE`] bytes, each byte of no use to it costs one, and [`HASTE`] before
//! somebody is signed in.

mod join;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_split_cli_support::SplitWasm;

use crate::wasm::PARTS;
use join::{Module, join};

/// What one more file costs a part, in bytes that are not yet optimised and compressed, to a quarter or so.
const FILE: usize = 5_000;

/// How much a byte counts that a sign-in or a sign-up fetches and does not need.
const HASTE: usize = 2;

/// Modules that are put together.
struct Group<'a> {
    names: Vec<&'a str>,
    /// The parts that fetch it.
    users: BTreeSet<&'a str>,
    size: usize,
}

impl Group<'_> {
    /// What all parts save when the two are one.
    fn saving(&self, other: &Self) -> usize {
        let apart = cost(&self.users, self.size) + cost(&other.users, other.size);
        let together = cost(self.users.union(&other.users), self.size + other.size);
        apart.saturating_sub(together)
    }

    fn take(&mut self, other: Self) {
        self.names.extend(other.names);
        self.users.extend(other.users);
        self.size += other.size;
    }
}

/// What a module costs the parts that fetch it.
fn cost<'a>(users: impl IntoIterator<Item = &'a &'a str>, size: usize) -> usize {
    let cost = |part: &&str| FILE + size * if part.starts_with("sign_") { HASTE } else { 1 };
    users.into_iter().map(cost).sum()
}

/// Puts modules of `split` together, in `folder` and in the list of parts, and tells which there are then.
///
/// # Errors
/// If the modules or the list are not as the splitter makes them.
pub fn merge(split: SplitWasm, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut users = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (part, names) in &split.prefetch_map {
        for name in names {
            users.entry(name).or_default().insert(part);
        }
    }
    let path = |name: &str| folder.join(format!("{name}.wasm"));
    let mut groups = Vec::new();
    for (name, users) in users {
        // What one part alone needs is a file of its own.
        if users.len() > 1 {
            let size = Module::read(&fs::read(path(name))?)?.size();
            let names = vec![name];
            groups.push(Group { names, users, size });
        }
    }
    let mut modules = split.split_modules;
    let mut homes = BTreeMap::new();
    for group in chosen(groups) {
        let read = |name: &&str| fs::read(path(name)).context("cannot read a shared module");
        let bytes: Vec<Vec<u8>> = group.names.iter().map(read).collect::<Result<_>>()?;
        let read: Result<Vec<Module>> = bytes.iter().map(|bytes| Module::read(bytes)).collect();
        for name in &group.names {
            homes.insert(*name, group.names[0]);
            fs::remove_file(path(name))?;
        }
        fs::write(path(group.names[0]), join(&read?)?)?;
    }
    modules.retain(|module| module.exists());
    let list = folder.join(PARTS);
    fs::write(&list, listed(&fs::read_to_string(&list)?, &homes)?)?;
    Ok(modules)
}

/// The groups that are best put together.
fn chosen(mut groups: Vec<Group>) -> Vec<Group> {
    while let Some((one, other)) = best(&groups) {
        let other = groups.remove(other);
        groups[one].take(other);
    }
    groups
}

/// The two groups that save the most.
fn best(groups: &[Group]) -> Option<(usize, usize)> {
    let pairs = (0..groups.len()).flat_map(|other| (0..other).map(move |one| (one, other)));
    let savings = pairs.map(|(one, other)| (groups[one].saving(&groups[other]), (one, other)));
    let (saving, pair) = savings.max()?;
    (saving > 0).then_some(pair)
}

/// The list of parts, with each module fetched as that which it is in, by `homes`.
fn listed(list: &str, homes: &BTreeMap<&str, &str>) -> Result<String> {
    let mut pieces = list.split(", [");
    let mut listed = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (names, rest) = piece.split_once(']').context("the list has no end")?;
        let mut fetched: Vec<String> = Vec::new();
        for name in names.split(", ").filter(|name| !name.is_empty()) {
            let home = homes.get(name.trim_start_matches('_'));
            let home = home.with_context(|| format!("there is no `{name}`"))?;
            let home = format!("__{home}");
            if !fetched.contains(&home) {
                fetched.push(home);
            }
        }
        listed.extend([", [", &fetched.join(", "), "]", rest]);
    }
    for (name, _) in homes.iter().filter(|(name, home)| name != home) {
        let start = listed.find(&format!("const __{name} = "));
        let start = start.with_context(|| format!("`{name}` is not fetched"))?;
        let end = listed[start..].find(";\n").context("the list ends early")?;
        listed.replace_range(start..start + end + 2, "");
    }
    Ok(listed)
}
