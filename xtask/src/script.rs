//! The tools from npm: esbuild for scripts and stylesheets, wasm-opt for modules.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::install;
use crate::order;
use crate::run::{command, output, root, target};

/// What binaryen may assume a browser understands; all it knows of would make files that do not load.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The npm tools as they are installed.
pub struct Tools(PathBuf);

impl Tools {
    /// Installs the tools where they are not yet.
    ///
    /// # Errors
    /// If npm fails.
    pub fn find() -> Result<Self> {
        let place = target().join("tools/node");
        install::npm(&root().join("xtask/npm"), &place)?;
        Ok(Self(place.join("node_modules")))
    }

    /// Where the packages are.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    fn esbuild(&self) -> Command {
        let mut esbuild = command("node");
        esbuild.arg(self.0.join("esbuild/bin/esbuild"));
        esbuild.args([
            "--minify",
            "--log-level=warning",
            "--legal-comments=none",
            "--charset=utf8",
        ]);
        esbuild
    }

    /// Makes the scripts of `entries`, their shared parts and what they import anew in `folder`, as small as can be.
    ///
    /// `options` are further ones of esbuild.
    ///
    /// # Errors
    /// If a script is wrong.
    pub fn bundle(&self, entries: &[PathBuf], options: &[String], folder: &Path) -> Result<()> {
        let mut esbuild = self.esbuild();
        esbuild.args(["--bundle", "--format=esm", "--splitting", "--target=es2022"]);
        // Beside the others, because a file's address tells where the rest is.
        esbuild.arg("--chunk-names=[name]-[hash]");
        esbuild
            .args(options)
            .arg(format!("--outdir={}", folder.display()))
            .args(entries);
        output(&mut esbuild).map(drop)
    }

    /// Minifies the stylesheet `from` into `to`.
    ///
    /// # Errors
    /// If the stylesheet is wrong.
    pub fn minify(&self, from: &Path, to: &Path) -> Result<()> {
        let mut esbuild = self.esbuild();
        esbuild.arg(from).arg(format!("--outfile={}", to.display()));
        output(&mut esbuild).map(drop)
    }

    /// Optimises the module `from` for size into `to`, without its names.
    ///
    /// # Errors
    /// If the module is not understood.
    pub fn optimise(&self, from: &Path, to: &Path) -> Result<()> {
        let mut optimiser = self.optimiser();
        // The linker puts the stack at the bottom of a memory that is the module's own.
        optimiser.args(["--low-memory-unused", "--zero-filled-memory"]);
        optimiser.args(["--flatten", "--rereloop"]);
        // What is called once is not always smaller inside of its caller: small pieces are more alike.
        optimiser.arg("--one-caller-inline-max-function-size=20");
        optimiser.args(["-Oz", "-Oz"]);
        // Numbered so, alike functions call alike numbers.
        optimiser.arg("--reorder-functions-by-name");
        optimiser.args(["--strip-debug", "--strip-producers"]);
        output(optimiser.arg(from).arg("-o").arg(to))?;
        self.reorder(to)
    }

    /// Puts the functions of a module without names into the order that compresses best.
    fn reorder(&self, module: &Path) -> Result<()> {
        std::fs::write(module, order::named(&std::fs::read(module)?)?)?;
        let mut optimiser = self.optimiser();
        optimiser.args(["--reorder-functions-by-name", "--strip-debug"]);
        output(optimiser.arg(module).arg("-o").arg(module)).map(drop)
    }

    fn optimiser(&self) -> Command {
        let mut optimiser = command("node");
        optimiser
            .arg(self.0.join("binaryen/bin/wasm-opt"))
            .args(FEATURES);
        optimiser
    }

    /// Compiles the modules as a browser would.
    ///
    /// # Errors
    /// If one of them is not valid.
    pub fn compile(modules: &[PathBuf]) -> Result<()> {
        const PROGRAM: &str = "for (const file of process.argv.slice(1)) \
            new WebAssembly.Module(require('node:fs').readFileSync(file))";
        output(
            command("node")
                .args(["--eval", PROGRAM, "--"])
                .args(modules),
        )
        .map(drop)
    }
}
