//! The script around the module, without what wasm-bindgen gives it for other programs than ours.

use anyhow::{Context as _, Result};

/// What stands in for what is taken out.
const OURS: &str = include_str!("glue.js");

/// How each piece that is taken out starts; it ends with the first brace at the start of a line.
const OTHERS: [&str; 8] = [
    "function decodeText(",
    "if (!('encodeInto' in cachedTextEncoder)) {",
    "function passStringToWasm0(",
    "function __wbg_finalize_init(",
    "async function __wbg_load(",
    "function initSync(",
    "async function __wbg_init(",
    "async function __wbg_init_once(",
];

/// `script` with our own way to start the module and to exchange text with it.
///
/// # Errors
/// If a piece is not there: then wasm-bindgen has changed, and so must this.
pub fn trimmed(script: &str) -> Result<String> {
    const END: &str = "\n}\n";
    let mut script = script.to_owned();
    for start in OTHERS {
        let piece = script.find(&format!("\n{start}")).and_then(|from| {
            let length = script.get(from..)?.find(END)?;
            Some(from + 1..from + length + END.len())
        });
        let piece = piece.with_context(|| format!("the script has no `{start}`"))?;
        script.replace_range(piece, "");
    }
    let exports = "export { initSync, __wbg_init as default };\n";
    let end = script.find(exports).context("the script exports others")?;
    script.replace_range(end..end + exports.len(), OURS);
    Ok(script.replace(", wasm.__wbindgen_realloc)", ")"))
}
