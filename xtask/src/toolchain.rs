//! Finds a compiler for WebAssembly, or brings one.
//!
//! With the source of the standard library at hand it is built along, which makes the module a sixth smaller.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::install;
use crate::run::{cargo, command, output, root, say, target};

const TRIPLE: &str = "wasm32-unknown-unknown";
const DEBIAN: [&str; 3] = ["cargo-web", "rust-web-src", "rustc-web"];

/// What builds the WebAssembly module.
pub enum Toolchain {
    /// The toolchain that runs this, with the standard library's source.
    Source,
    /// The toolchain that runs this, with the standard library as it is delivered: a larger module.
    Prebuilt,
    /// Debian's compiler beside rustup's, with its source; the path is the linker's.
    Debian(PathBuf),
}

impl Toolchain {
    /// The toolchain that is there already or, failing that, can be had.
    ///
    /// # Errors
    /// If there is none; the message has the line that brings one.
    pub fn find() -> Result<Self> {
        let found = Self::present().map_or_else(Self::bring, Ok)?;
        say(&format!("compiling WebAssembly with {}", found.name()));
        Ok(found)
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Source => "rustup's toolchain and its rust-src component",
            Self::Prebuilt => "rustup's toolchain and its wasm32 target (without rust-src: larger)",
            Self::Debian(_) => "Debian's rustc-web and rust-web-src",
        }
    }

    fn present() -> Option<Self> {
        if has_source(&rustc()) {
            return Some(Self::Source);
        }
        Self::debian()
    }

    fn bring() -> Result<Self> {
        if rustup(&["component", "add", "rust-src"]) && has_source(&rustc()) {
            return Ok(Self::Source);
        }
        if has_target() || rustup(&["target", "add", TRIPLE]) && has_target() {
            return Ok(Self::Prebuilt);
        }
        say("rustup could bring neither rust-src nor the wasm32 target");
        if let Err(error) = Self::install_debian() {
            say(&format!("{error:#}"));
        }
        let Some(found) = Self::debian() else {
            bail!("no compiler for WebAssembly; run: rustup component add rust-src");
        };
        Ok(found)
    }

    fn install_debian() -> Result<()> {
        let purpose = "a compiler for WebAssembly";
        install::debian(&DEBIAN, purpose)?;
        if let Some(llvm) = llvm(Path::new("/usr/bin/rustc")) {
            install::debian(&[&format!("lld-{llvm}")], "its linker")?;
        }
        Ok(())
    }

    fn debian() -> Option<Self> {
        let rustc = Path::new("/usr/bin/rustc");
        if !Path::new("/usr/bin/cargo").is_file() || !has_source(rustc) {
            return None;
        }
        let linker = PathBuf::from(format!("/usr/lib/llvm-{}/bin/wasm-ld", llvm(rustc)?));
        linker.is_file().then_some(Self::Debian(linker))
    }

    /// `cargo <subcommand>` for the elements crate as it is shipped.
    ///
    /// Its target folder is its own, so that the two compilers do not undo each other's work.
    pub fn cargo(&self, subcommand: &str) -> Command {
        let mut cargo = match self {
            Self::Source | Self::Prebuilt => cargo(),
            Self::Debian(linker) => {
                let mut cargo = command("/usr/bin/cargo");
                Self::clear(&mut cargo);
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
                cargo
            }
        };
        cargo.arg(subcommand);
        self.configure(&mut cargo);
        cargo
    }

    /// Clippy for the elements crate, if this toolchain has or can get one.
    pub fn clippy(&self) -> Option<Command> {
        let Self::Debian(linker) = self else {
            return Some(self.cargo("clippy"));
        };
        let program = Path::new("/usr/bin/cargo-clippy");
        if !program.is_file() && install::is_root() {
            install::debian(&["rust-web-clippy"], "clippy for WebAssembly").ok()?;
        }
        if !program.is_file() {
            return None;
        }
        // Through cargo it would be rustup's clippy, which belongs to another compiler.
        let mut clippy = command(program);
        Self::clear(&mut clippy);
        clippy
            .env("CARGO", "/usr/bin/cargo")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
            .arg("clippy");
        self.configure(&mut clippy);
        Some(clippy)
    }

    /// Takes back what rustup's cargo has set for the programs that it runs.
    fn clear(command: &mut Command) {
        for name in [
            "CARGO",
            "LD_LIBRARY_PATH",
            "RUSTUP_TOOLCHAIN",
            "RUSTC_WRAPPER",
        ] {
            command.env_remove(name);
        }
        command
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTDOC", "/usr/bin/rustdoc");
    }

    fn configure(&self, command: &mut Command) {
        command
            .args([
                "--package",
                "frontdesk-elements",
                "--lib",
                "--profile",
                "wasm",
                "--target",
                TRIPLE,
            ])
            .env("CARGO_TARGET_DIR", target().join("wasm"))
            .env("CARGO_ENCODED_RUSTFLAGS", self.flags().join("\u{1f}"));
        if !matches!(self, Self::Prebuilt) {
            command
                .args([
                    "-Zbuild-std=std,panic_abort",
                    "-Zbuild-std-features=optimize_for_size",
                ])
                .env("RUSTC_BOOTSTRAP", "1");
        }
    }

    fn flags(&self) -> Vec<String> {
        // The splitter reads from the relocations what calls what.
        let mut flags = vec!["-Clink-args=--emit-relocs".to_owned()];
        if matches!(self, Self::Prebuilt) {
            // Panics name the file they are in; where that is on this machine is nobody's business.
            let home = std::env::var_os("HOME").map(PathBuf::from);
            for (folder, name) in [(home, "~"), (Some(root().to_path_buf()), ".")] {
                let remap =
                    |folder: PathBuf| format!("--remap-path-prefix={}={name}", folder.display());
                flags.extend(folder.map(remap));
            }
        } else {
            let unstable = [
                "-Zunstable-options",
                "-Cpanic=immediate-abort",
                "-Zlocation-detail=none",
                "-Zfmt-debug=none",
            ];
            flags.extend(unstable.map(str::to_owned));
        }
        flags
    }

    /// Where [`Toolchain::cargo`] leaves the module.
    pub fn module() -> PathBuf {
        target()
            .join("wasm")
            .join(TRIPLE)
            .join("wasm/frontdesk_elements.wasm")
    }

    /// What the module depends on besides our own files.
    pub fn fingerprint(&self) -> String {
        let rustc = if matches!(self, Self::Debian(_)) {
            "/usr/bin/rustc".into()
        } else {
            rustc()
        };
        let version = output(Command::new(rustc).arg("-vV")).unwrap_or_default();
        format!("{}\n{version}", self.name())
    }
}

fn rustc() -> PathBuf {
    std::env::var_os("RUSTC")
        .unwrap_or_else(|| "rustc".into())
        .into()
}

fn rustup(arguments: &[&str]) -> bool {
    say(&format!("trying `rustup {}`", arguments.join(" ")));
    output(command("rustup").args(arguments)).is_ok()
}

fn has_source(rustc: &Path) -> bool {
    output(command(rustc).args(["--print", "sysroot"])).is_ok_and(|root| {
        Path::new(&root)
            .join("lib/rustlib/src/rust/library/Cargo.lock")
            .is_file()
    })
}

fn has_target() -> bool {
    output(command(rustc()).args(["--print", "target-libdir", "--target", TRIPLE]))
        .is_ok_and(|folder| Path::new(&folder).is_dir())
}

/// The version of LLVM that a compiler is made with, whose linker understands what it writes.
fn llvm(rustc: &Path) -> Option<String> {
    let about = output(Command::new(rustc).arg("-vV")).ok()?;
    let version = about
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "))?;
    version.split('.').next().map(str::to_owned)
}
