//! The style sheets of the widgets and themes as the files that a page links.

mod scope;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::run::{files, root, target};
use crate::script::Tools;

/// Whichever file arrives first settles the order for all.
const LAYERS: &str = "@layer frontdesk.themes, frontdesk.kit, frontdesk.widgets;\n";

/// What a sign-in needs; all else is in the account file.
const CORE: [&str; 2] = ["kit", "sign_in"];

/// The one sheet of the kit that no sign-in needs.
const MODAL: &str = "components/kit/modal.css";

/// Writes `css/core.css`, `css/account.css` and a file for each other theme than the default one into `folder`.
///
/// The default theme is in the core file, so that a page in it needs no other, and every theme has it to build on.
///
/// # Errors
/// If a sheet is missing, or has a selector outside its widget.
pub fn build(tools: &Tools, folder: &Path) -> Result<()> {
    let write = |name: &str, text: &str| {
        let work = target().join("css").join(name);
        create_parent(&work)?;
        std::fs::write(&work, format!("{LAYERS}{text}"))?;
        let to = folder.join(name);
        create_parent(&to)?;
        tools.minify(&work, &to)
    };
    let themes = root().join("themes");
    let default = themes.join("default.css");
    let mut core = theme(&default)?;
    for name in CORE {
        core += &widget(name)?;
    }
    write("css/core.css", &core)?;
    // Its way out is a button, also in a widget that has a style of its own for buttons.
    let mut account = scoped(&root().join(MODAL), "widgets", "fd-root")?;
    for name in widgets()?
        .iter()
        .filter(|name| !CORE.contains(&name.as_str()))
    {
        account += &widget(name)?;
    }
    write("css/account.css", &account)?;
    let all = files(&themes)?;
    for file in all.iter().filter(|file| **file != default) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        write(&format!("themes/{name}"), &theme(file)?)?;
    }
    Ok(())
}

fn create_parent(file: &Path) -> Result<()> {
    Ok(std::fs::create_dir_all(
        file.parent().context("a file without a folder")?,
    )?)
}

fn sheet(folder: &str) -> PathBuf {
    root().join("components").join(folder).join("style.css")
}

/// The folders that have a style sheet, sorted.
fn widgets() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in root().join("components").read_dir()? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if sheet(&name).is_file() {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

fn theme(file: &Path) -> Result<String> {
    Ok(layer("themes", &read(file)?))
}

fn widget(folder: &str) -> Result<String> {
    let (layer_name, class) = match folder {
        // What several widgets are made of.
        "kit" | "phone" | "picture" | "create_organization" => ("kit", "fd-root".to_owned()),
        _ => ("widgets", format!("fd-{}", folder.replace('_', "-"))),
    };
    scoped(&sheet(folder), layer_name, &class)
}

fn scoped(file: &Path, layer_name: &str, class: &str) -> Result<String> {
    let rules =
        scope::scope(&read(file)?, class).with_context(|| format!("in {}", file.display()))?;
    Ok(layer(layer_name, &rules))
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn layer(name: &str, rules: &str) -> String {
    let mut text = String::new();
    write!(text, "@layer frontdesk.{name} {{\n{rules}\n}}\n").ok();
    text
}
