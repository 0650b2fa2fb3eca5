//! What the tree must look like: the rules that no compiler knows.
//!
//! Each failure names file and line. Only tracked files count, so a rule bites when its file is added.

mod arrows;
mod looks;
mod shape;
mod words;

use std::path::PathBuf;
use std::process::Command;

struct File {
    path: String,
    text: String,
}

impl File {
    fn is(&self, end: &str) -> bool {
        self.path.ends_with(end)
    }

    fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(line, text)| (line + 1, text))
    }

    /// The lines in which `is_wrong` finds something, as `file:line: what`.
    fn wrong(&self, is_wrong: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let found = self
            .lines()
            .filter_map(|(line, text)| Some((line, is_wrong(text)?)));
        found
            .map(|(line, what)| format!("{}:{line}: {what}", self.path))
            .collect()
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The tracked files that are text.
fn tree() -> Vec<File> {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output()
        .expect("git runs");
    assert!(listed.status.success(), "git ls-files fails");
    let paths = String::from_utf8(listed.stdout).expect("paths are text");
    let mut files = Vec::new();
    for path in paths.split_terminator('\0') {
        if let Ok(text) = std::fs::read_to_string(root().join(path)) {
            files.push(File {
                path: path.to_owned(),
                text,
            });
        }
    }
    assert!(files.len() > 100, "the tree is not here");
    files
}

fn file<'a>(tree: &'a [File], path: &str) -> &'a File {
    tree.iter()
        .find(|file| file.path == path)
        .unwrap_or_else(|| panic!("there is no {path}"))
}

#[track_caller]
fn refuse(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}\n  {}", found.join("\n  "));
}
