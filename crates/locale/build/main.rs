//! Compiles `locales/*.ftl` into one typed function per message and one catalogue per language.
//!
//! Whatever would go wrong when a sentence is shown fails the build here instead.

mod encode;
mod generate;
#[path = "../src/opcode.rs"]
mod opcode;
mod signature;
mod source;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use encode::Compiler;
use signature::Signature;

/// What is wrong with the files; each line names the file and the message.
type Problems = BTreeSet<String>;

/// What cargo is to print.
#[derive(Default)]
struct Report {
    problems: Problems,
    warnings: Vec<String>,
}

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script speaks to cargo"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from("../../locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/opcode.rs");

    let mut report = Report::default();
    let code = compile(&folder, &mut report)?;
    for warning in report.warnings {
        println!("cargo::warning={warning}");
    }
    for problem in report.problems {
        println!("cargo::error={problem}");
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(folder.join("text.rs"), code)?;
    Ok(())
}

fn compile(folder: &Path, report: &mut Report) -> Result<String, Box<dyn Error>> {
    let problems = &mut report.problems;
    let text = fs::read_to_string(folder.join("en.ftl"))?;
    let english = source::read("en", &text, problems);
    let signatures: Vec<_> = english
        .iter()
        .map(|message| Signature::of(message, problems))
        .collect();

    let mut compiler = Compiler {
        english: &english,
        signatures: &signatures,
        report,
    };
    let mut catalogues = vec![
        ("en".to_owned(), compiler.catalogue("en", &english, plain)),
        (
            "en-XA".to_owned(),
            compiler.catalogue("en", &english, accented),
        ),
    ];
    for language in translations(folder)? {
        let text = fs::read_to_string(folder.join(format!("{language}.ftl")))?;
        let messages = source::read(&language, &text, &mut compiler.report.problems);
        let catalogue = compiler.catalogue(&language, &messages, plain);
        catalogues.push((language, catalogue));
    }
    Ok(generate::code(&signatures, &catalogues))
}

fn plain(text: &str) -> Cow<'_, str> {
    text.into()
}

/// Shows at a glance which words come from no catalogue, and which do not fit.
fn accented(text: &str) -> Cow<'_, str> {
    fluent_pseudo::transform(text, false, true)
}

/// The languages beside English, each a file.
fn translations(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut languages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_ftl = path.extension().is_some_and(|it| it == "ftl");
        let stem = path.file_stem().and_then(|it| it.to_str());
        languages.extend(stem.filter(|it| is_ftl && *it != "en").map(str::to_owned));
    }
    languages.sort();
    Ok(languages)
}
