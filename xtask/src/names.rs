//! What the module and its script give each other: under short names, and nothing that neither needs.
//!
//! wasm-bindgen marks each function that the module imports with a hash and exports others under their
//! mangled names, which no compression makes smaller and which are there twice; the two files belong
//! together anyway.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use walrus::{ConstExpr, ElementItems, ExportItem, FunctionId, Module};
use wasm_bindgen_cli_support::Output;

use crate::glue;

/// Exports for tools, which neither the script nor a part asks for.
const UNUSED: [&str; 5] = [
    "__abort_handler",
    "__data_end",
    "__heap_base",
    "__instance_terminated",
    "__wbindgen_realloc",
];

/// Writes the module and its script into `folder`, as `core_bg.wasm` and `core.js`, with short names between them.
///
/// # Errors
/// If the script does not give exactly what the module imports.
pub fn emit(mut bound: Output, folder: &Path) -> Result<()> {
    let module = bound.wasm_mut();
    forget_closures(module);
    forget_places(module);
    for name in UNUSED {
        module.exports.remove(name)?;
    }
    let imports = imports(module);
    let exports = exports(module);
    bound.emit(folder)?;
    let file = folder.join("core.js");
    let script = fs::read_to_string(&file).context("cannot read the script of the module")?;
    let mut script = glue::trimmed(&script)?;
    for (long, short) in imports {
        let key = format!("        {long}: function(");
        ensure!(
            script.matches(&key).count() == 1,
            "the script does not give `{long}` once"
        );
        script = script.replace(&key, &format!("        {short}: function("));
    }
    for (long, short) in exports {
        script = renamed(&script, &format!("wasm.{long}"), &format!("wasm.{short}"));
    }
    fs::write(file, script)?;
    Ok(())
}

/// Shortens what the module takes from the script, and tells the names before and after.
fn imports(module: &mut Module) -> Vec<(String, String)> {
    let ours = module.imports.iter_mut();
    let ours = ours.filter(|import| import.module == "./core_bg.js");
    shortened(ours.map(|import| &mut import.name))
}

/// Shortens what the script takes from the module, and tells the names before and after.
fn exports(module: &mut Module) -> Vec<(String, String)> {
    let functions = module.exports.iter_mut();
    let functions = functions.filter(|export| matches!(export.item, ExportItem::Function(_)));
    shortened(functions.map(|export| &mut export.name))
}

fn shortened<'a>(names: impl Iterator<Item = &'a mut String>) -> Vec<(String, String)> {
    let shorten = |(place, name): (usize, &mut String)| {
        let short = short(place);
        (std::mem::replace(name, short.clone()), short)
    };
    names.enumerate().map(shorten).collect()
}

/// `a` to `z`, then `a0` and so on: names without a meaning.
fn short(place: usize) -> String {
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[place % 26]);
    match place / 26 {
        0 => letter.to_string(),
        rest => format!("{letter}{}", rest - 1),
    }
}

/// `script` with `to` for each `from` that is not the start of a longer name.
fn renamed(script: &str, from: &str, to: &str) -> String {
    let mut pieces = script.split(from);
    let mut renamed = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_longer = piece.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '_');
        renamed.push_str(if is_longer { from } else { to });
        renamed.push_str(piece);
    }
    renamed
}

/// Takes out of the table what runs the closures of functions that nobody calls.
///
/// Each function of js-sys that takes a closure has put its own there for wasm-bindgen to see. The script
/// calls those that are needed by their exports, so no place in the table has to be right.
fn forget_closures(module: &mut Module) {
    let functions = &module.funcs;
    let is_closure = |id: &FunctionId| {
        let name = functions.get(*id).name.as_deref();
        name.is_some_and(|name| {
            name.starts_with("_RINvNvNtNtC") && name.contains("12wasm_bindgen7convert8closures")
        })
    };
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(items) = &mut element.items
            && let Some(other) = items.iter().copied().find(|id| !is_closure(id))
        {
            for item in items.iter_mut().filter(|id| is_closure(id)) {
                *item = other;
            }
        }
    }
}

/// Leaves out what is written into the table where a part will write its functions.
///
/// The splitter keeps those places free so until the module is bound; the table itself is as large, and empty there.
fn forget_places(module: &mut Module) {
    let is_place = |items: &ElementItems| match items {
        ElementItems::Functions(items) => items.is_empty(),
        ElementItems::Expressions(_, items) => {
            items.iter().all(|it| matches!(it, ConstExpr::RefNull(_)))
        }
    };
    let places: Vec<_> = module
        .elements
        .iter()
        .filter(|it| is_place(&it.items))
        .map(walrus::Element::id)
        .collect();
    for table in module.tables.iter_mut() {
        table.elem_segments.retain(|id| !places.contains(id));
    }
    for place in places {
        module.elements.delete(place);
    }
}
