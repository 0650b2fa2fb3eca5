//! Short names between the module and its script.
//!
//! wasm-bindgen marks each function that the module imports with a hash, which no compression makes
//! smaller and which is there twice; the two files belong together anyway.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use wasm_bindgen_cli_support::Output;

/// Writes the module and its script into `folder`, as `core_bg.wasm` and `core.js`, with short names between them.
///
/// # Errors
/// If the script does not give exactly what the module imports.
pub fn emit(mut bound: Output, folder: &Path) -> Result<()> {
    let mut names = Vec::new();
    for import in bound.wasm_mut().imports.iter_mut() {
        if import.module == "./core_bg.js" {
            let short = short(names.len());
            names.push((std::mem::replace(&mut import.name, short.clone()), short));
        }
    }
    bound.emit(folder)?;
    let file = folder.join("core.js");
    let mut script = fs::read_to_string(&file).context("cannot read the script of the module")?;
    for (long, short) in names {
        let key = format!("        {long}: function(");
        ensure!(
            script.matches(&key).count() == 1,
            "the script does not give `{long}` once"
        );
        script = script.replace(&key, &format!("        {short}: function("));
    }
    fs::write(file, script)?;
    Ok(())
}

/// `a` to `z`, then `a0` and so on: names without a meaning.
fn short(place: usize) -> String {
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[place % 26]);
    match place / 26 {
        0 => letter.to_string(),
        rest => format!("{letter}{}", rest - 1),
    }
}
