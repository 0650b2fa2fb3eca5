//! The npm package: the modules, scripts, stylesheets, languages and what describes them, in `dist/elements`.

use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use frontdesk_locale::{CATALOGUES, MESSAGES};
use serde_json::Value;

use crate::run::{files, root, say, step, target};
use crate::script::Tools;
use crate::toolchain::Toolchain;
use crate::{css, wasm};

/// What the package is made of, by files and folders of the workspace.
const SOURCES: [&str; 13] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "components",
    "crates/client",
    "crates/elements",
    "crates/locale",
    "crates/protocol",
    "locales",
    "themes",
    "xtask",
];

/// The providers that the server knows by name, and what their marks are called where they come from.
const MARKS: [(&str, &str); 13] = [
    ("apple", "apple"),
    ("discord", "discord-icon"),
    ("facebook", "facebook"),
    ("github", "github-icon"),
    ("gitlab", "gitlab-icon"),
    ("google", "google-icon"),
    ("linkedin_oidc", "linkedin-icon"),
    ("microsoft", "microsoft-icon"),
    ("notion", "notion-icon"),
    ("slack", "slack-icon"),
    ("spotify", "spotify-icon"),
    ("twitch", "twitch"),
    ("x", "x"),
];

/// Where the package is.
pub fn folder() -> PathBuf {
    root().join("dist/elements")
}

/// Builds the package, unless it is there already as these sources make it.
///
/// # Errors
/// If a source is wrong, or a tool is not to be had.
pub fn build() -> Result<()> {
    let toolchain = Toolchain::find()?;
    let stamp = target().join("elements.stamp");
    let fingerprint = fingerprint(&toolchain)?;
    if folder().is_dir() && fs::read_to_string(&stamp).is_ok_and(|last| last == fingerprint) {
        say("dist/elements is as its sources make it");
        return Ok(());
    }
    let tools = Tools::find()?;
    // Nobody is served half a package: it is made beside, then put in place.
    let draft = root().join("dist/.elements");
    if draft.exists() {
        fs::remove_dir_all(&draft)?;
    }
    fs::create_dir_all(&draft)?;
    wasm::build(&toolchain, &tools, &draft)?;
    step("making the scripts and stylesheets small", || {
        wasm::scripts(&tools, &draft)?;
        css::build(&tools, &draft)
    })?;
    languages(&draft)?;
    descriptions(&draft)?;
    marks(&tools, &draft)?;
    step("compressing the package", || compress(&draft))?;
    if folder().exists() {
        fs::remove_dir_all(folder())?;
    }
    fs::rename(&draft, folder())?;
    fs::write(stamp, fingerprint)?;
    say("dist/elements is built");
    Ok(())
}

fn fingerprint(toolchain: &Toolchain) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    toolchain.fingerprint().hash(&mut hasher);
    for source in SOURCES {
        let path = root().join(source);
        let found = if path.is_dir() {
            files(&path)?
        } else {
            vec![path]
        };
        for file in found {
            file.strip_prefix(root())?.hash(&mut hasher);
            let bytes =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            bytes.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// A catalogue for each language, and the table by which a page's own messages find their places.
fn languages(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder.join("locales"))?;
    for (language, catalogue) in CATALOGUES {
        fs::write(folder.join(format!("locales/{language}.txt")), catalogue)?;
    }
    let mut table = String::from("export default [");
    for (place, (id, names)) in MESSAGES.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        write!(table, "{comma}[\"{id}\",[{}]]", names.join(","))?;
    }
    fs::write(folder.join("messages.js"), table + "];\n")?;
    Ok(())
}

/// The marks of the providers that the server knows by name.
fn marks(tools: &Tools, folder: &Path) -> Result<()> {
    let text = fs::read_to_string(tools.folder().join("@iconify-json/logos/icons.json"))?;
    let all: Value = serde_json::from_str(&text).context("the marks are not understood")?;
    let place = folder.join("providers");
    fs::create_dir_all(&place)?;
    for (id, name) in MARKS {
        let mark = &all["icons"][name];
        let body = mark["body"].as_str();
        let body = body.with_context(|| format!("there is no mark {name}"))?;
        let side = |name: &str| mark[name].as_u64().or_else(|| all[name].as_u64());
        let (width, height) = (side("width").unwrap_or(256), side("height").unwrap_or(256));
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>"#
        );
        fs::write(place.join(format!("{id}.svg")), svg)?;
    }
    Ok(())
}

/// Everything of the package that is read rather than run.
fn descriptions(folder: &Path) -> Result<()> {
    let js = root().join("crates/elements/js");
    let texts = files(&js)?
        .into_iter()
        .filter(|file| !is_kind(file, &["js"]));
    let licences = ["LICENSE-APACHE", "LICENSE-MIT"].map(|name| root().join(name));
    for file in texts.chain(licences) {
        let name = file.file_name().context("a file without a name")?;
        fs::copy(&file, folder.join(name))?;
    }
    Ok(())
}

fn is_kind(file: &Path, kinds: &[&str]) -> bool {
    file.extension()
        .is_some_and(|kind| kinds.iter().any(|known| kind == *known))
}

/// Puts a `.br` and a `.gz` beside each file that a browser loads.
fn compress(folder: &Path) -> Result<()> {
    for file in files(folder)?
        .iter()
        .filter(|file| is_kind(file, &["css", "js", "svg", "txt", "wasm"]))
    {
        let bytes = fs::read(file)?;
        let beside = |kind: &str| {
            let mut name = file.clone().into_os_string();
            name.push(kind);
            PathBuf::from(name)
        };
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), bytes.len().max(1), 11, 22);
        brotli.write_all(&bytes)?;
        fs::write(beside(".br"), brotli.into_inner())?;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&bytes)?;
        fs::write(beside(".gz"), gzip.finish()?)?;
    }
    Ok(())
}
