//! From the elements crate to the modules a browser loads: compile, split, bind, optimise.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, anyhow};
use frontdesk_locale::Text;
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, SplitWasm, transform};

use crate::merge::merge;
use crate::names;
use crate::run::{root, run, step, target};
use crate::script::Tools;
use crate::toolchain::Toolchain;

/// The script that names every part; made for one instance of the module, of which a page may come to load another.
pub const PARTS: &str = "parts.js";

/// A part that does not come is told of as the splitter's own loader tells of it.
const LOAD: &str = r#"
let parts;
const load = (name) => async (callback, data) => {
    try {
        parts ??= import("./parts.js").then(({ make }) => make(initSync));
        await (await parts)[name](callback, data);
    } catch (error) {
        console.error(error);
        parts = undefined;
        initSync().__indirect_function_table.get(callback)(data, false);
    }
};
"#;

/// Writes `core.js`, `core_bg.wasm` and a module for each part loaded on demand into `folder`.
///
/// # Errors
/// If a step fails.
pub fn build(toolchain: &Toolchain, tools: &Tools, folder: &Path) -> Result<()> {
    step("compiling the components to WebAssembly", || {
        run(&mut toolchain.cargo("build"))
    })?;
    let work = target().join("wasm/parts");
    if work.exists() {
        std::fs::remove_dir_all(&work)?;
    }
    std::fs::create_dir_all(&work)?;
    let parts = step("splitting the module", || {
        split(&Toolchain::module(), &work)
    })?;
    let mut modules = step("putting small modules together", || merge(parts, &work))?;
    step("binding the module to JavaScript", || bind(&work))?;
    modules.push(work.join("core_bg.wasm"));
    step("optimising the modules", || {
        optimise(tools, &modules, folder)
    })?;
    // Bundled, because the part that loads the others must be the same instance's if the page loads a second one;
    // each by itself, as they share nothing.
    for entry in ["core.js", PARTS] {
        let entry = work.join(entry);
        tools.bundle(&[entry], &[format!("--external:./{PARTS}")], folder)?;
    }
    Ok(())
}

fn split(module: &Path, work: &Path) -> Result<SplitWasm> {
    let bytes =
        std::fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let main = work.join("main.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = work;
    options.main_out_path = &main;
    options.main_module = "./core.js";
    let parts = transform(options).map_err(|error| anyhow!("{error:#}"))?;
    let path = work.join("__wasm_split.js");
    let (loader, list) = apart(&shared(&std::fs::read_to_string(&path)?)?)?;
    std::fs::write(&path, loader)?;
    std::fs::write(work.join(PARTS), list)?;
    Ok(parts)
}

/// What core.js has of `loader`, and the rest, which names every part: that is fetched with the first of them.
fn apart(loader: &str) -> Result<(String, String)> {
    const FIRST: &str = "import { initSync } from \"./core.js\";\n";
    const EXPORT: &str = "export const ";
    let body = loader
        .strip_prefix(FIRST)
        .context("the loader begins otherwise")?;
    let names: Vec<&str> = body
        .split(EXPORT)
        .skip(1)
        .filter_map(|rest| rest.split(' ').next())
        .collect();
    let mut own = FIRST.to_owned() + LOAD;
    for name in &names {
        writeln!(own, "{EXPORT}{name} = load(\"{name}\");")?;
    }
    let body = body.replace(EXPORT, "const ");
    let list = format!(
        "export const make = (initSync) => {{\n{body}\nreturn {{ {} }};\n}};\n",
        names.join(", ")
    );
    Ok((own, list))
}

/// `loader` with what fetches a module once, instead of once for each module.
fn shared(loader: &str) -> Result<String> {
    const START: &str = "() => {\n    const src = fetch(new URL(";
    const END: &str = ");\n    src.catch(() => {});\n    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}";
    let mut pieces = loader.split(START);
    let mut shared = pieces.next().unwrap_or_default().to_owned();
    for (begin, end) in [
        (
            "const instantiate = fetcher();",
            "const src = fetch(fetcher());\n        src.catch(() => {});",
        ),
        (
            "return instantiate(imports);",
            "return WebAssembly.instantiateStreaming(src, imports);",
        ),
    ] {
        anyhow::ensure!(shared.contains(begin), "the loader has no `{begin}`");
        shared = shared.replace(begin, end);
    }
    for piece in pieces {
        let (address, rest) = piece.split_once(END).context("the loader fetches others")?;
        // Bundlers find a file by this alone.
        shared.extend(["() => new URL(", address, rest]);
    }
    Ok(shared)
}

fn bind(work: &Path) -> Result<()> {
    let bound = Bindgen::new()
        .input_path(work.join("main.wasm"))
        .out_name("core")
        .web(true)?
        .typescript(false)
        .demangle(false)
        // The other parts import what the linker exports.
        .keep_lld_exports(true)
        .remove_producers_section(true)
        .generate_output()?;
    names::emit(bound, work)
}

fn optimise(tools: &Tools, modules: &[PathBuf], folder: &Path) -> Result<()> {
    let optimise = |module: &PathBuf| -> Result<PathBuf> {
        let name = module.file_name().context("a module without a name")?;
        let to = folder.join(name);
        tools.optimise(module, &to)?;
        Ok(to)
    };
    // Each optimiser wants a core and 200 MB.
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<PathBuf>> {
        let taken = std::iter::from_fn(|| modules.get(next.fetch_add(1, Ordering::Relaxed)));
        taken.map(&optimise).collect()
    };
    let optimised: Result<Vec<Vec<PathBuf>>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, Result<Vec<PathBuf>>>| {
            worker
                .join()
                .unwrap_or_else(|_| Err(anyhow!("wasm-opt could not be watched")))
        };
        workers.into_iter().map(join).collect()
    });
    Tools::compile(&optimised?.concat())
}

/// Makes the hand-written scripts of the package small, their shared part a file of its own.
///
/// # Errors
/// If a script is wrong.
pub fn scripts(tools: &Tools, folder: &Path) -> Result<()> {
    let source = root().join("crates/elements/js");
    let entries = ["index.js", "define.js"].map(|name| source.join(name));
    let english = Text::english();
    // What the fallback says when not even a catalogue can be had.
    let define = |name: &str, sentence: &str| format!("--define:{name}={sentence:?}");
    let options = [
        "--external:./core.js".to_owned(),
        "--external:./messages.js".to_owned(),
        define("ERROR_INTERNAL_ERROR", &english.error_internal_error()),
        define("ACTION_TRY_AGAIN", &english.action_try_again()),
    ];
    tools.bundle(&entries, &options, folder)
}
