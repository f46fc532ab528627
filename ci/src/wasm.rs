//! Compiling listings for the page, unmodified: to WebAssembly, with the recorder in
//! their dependencies, as for a recording. `theme/host.js` runs them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use toml::Table;

use crate::compile::{self, Built};
use crate::listing::{Listing, ListingName};
use crate::places;
use crate::process;
use crate::recording::{self, Package, Profile};

/// What they are compiled for: the standard library works there, and Tokio's runtime of one
/// thread.
pub const TARGET: &str = "wasm32-wasip1";

/// The name of the program behind the laboratory, and of its module.
pub const LABORATORY: &str = "laboratory";

/// The variable with the toolchain that compiles for the page, where the one that compiles
/// all else can't: `ci/wasm/toolchain` makes one.
const TOOLCHAIN: &str = "BOOK_WASM_TOOLCHAIN";

/// Whether the compiler can compile for the page.
pub fn is_there() -> bool {
    let mut rustc = compile::rustc();
    if let Some(toolchain) = toolchain() {
        rustc = Command::new("rustc");
        rustc.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    let folder = match rustc.output() {
        Ok(output) if output.status.success() => output.stdout,
        _ => return false,
    };
    Path::new(String::from_utf8_lossy(&folder).trim()).is_dir()
}

fn toolchain() -> Option<std::ffi::OsString> {
    std::env::var_os(TOOLCHAIN).filter(|name| !name.is_empty())
}

/// Compiles those of the listings that run in a page, into the target folder of the book
/// at `root`, and returns their modules: each with the places of its calls instead of
/// debug information.
///
/// # Errors
/// If cargo can't be run, or a listing doesn't compile for the page: the error holds what
/// the compiler said, and what to do.
pub fn modules<'a>(
    root: &Path,
    listings: impl IntoIterator<Item = &'a Listing>,
) -> Result<BTreeMap<ListingName, Vec<u8>>> {
    let listings: Vec<&Listing> = listings
        .into_iter()
        .filter(|listing| listing.runs_in_page())
        .collect();
    let mut modules = BTreeMap::new();
    if listings.is_empty() {
        return Ok(modules);
    }
    let target = compile::target_folder(root, None);
    let package = Package {
        name: "wasm",
        program: |listing| listing.name.to_string(),
        sources: root,
        recorded: true,
        profile: Profile::Release(profile()),
    };
    let package = package.write(root, &target, &listings)?;
    let mut cargo = build_in(root, &package, &target);
    cargo.arg("--keep-going");
    let names = listings.iter().map(|listing| listing.name.to_string());
    let built = compile::build(cargo, &names.collect::<Vec<_>>())?;
    for listing in listings {
        let path = match built.get(&listing.name.0) {
            Some(Built::Program { path, .. }) => path,
            Some(Built::Failed(errors)) => {
                bail!(crate::message::not_for_a_page(listing, errors))
            }
            None => continue,
        };
        let module = std::fs::read(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let source = format!("/{}", listing.source_file().display());
        let module = places::instead_of_debug_information(
            &module,
            &source.replace('\\', "/"),
        )
        .with_context(|| format!("cannot use {}", path.display()))?;
        modules.insert(listing.name.clone(), module);
    }
    Ok(modules)
}

/// Compiles the program behind the laboratory, `ci/laboratory`, into the target folder of
/// the book at `root`, and returns its module.
///
/// # Errors
/// If cargo can't be run, or the program doesn't compile for the page.
pub fn laboratory(root: &Path) -> Result<Vec<u8>> {
    let target = compile::target_folder(root, None);
    let mut cargo = build_in(root, &recording::ci().join(LABORATORY), &target);
    for (name, value) in profile() {
        cargo.args(["--config", &format!("profile.release.{name}={value}")]);
    }
    let output = process::output(cargo)
        .context("cannot run cargo to compile the laboratory")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("cargo could not compile the laboratory:\n{}", said.trim());
    }
    let file = format!("{LABORATORY}.wasm");
    let path = target.join(TARGET).join("release").join(file);
    let module = std::fs::read(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    places::without_debug_information(&module)
        .with_context(|| format!("cannot use {}", path.display()))
}

/// A call of cargo that compiles the package in a folder for the page.
fn build_in(root: &Path, package: &Path, target: &Path) -> Command {
    let mut cargo = compile::cargo();
    if let Some(toolchain) = toolchain() {
        // The cargo of another toolchain would choose its own compiler.
        cargo = Command::new("cargo");
        cargo.env("RUSTUP_TOOLCHAIN", toolchain);
        cargo.env_remove("RUSTC");
    }
    cargo
        .current_dir(package)
        .env("CARGO_TARGET_DIR", target)
        .args(["build", "--release", "--target", TARGET])
        .args(["--config", &flags(root)]);
    cargo
}

/// A function that would grow by more than this is not put in the place of its call. Found by
/// trying: the compressed modules are 2 percent smaller than with what the compiler takes for
/// a small program, and with less than this they grow again.
const INLINE: &str = "-Cllvm-args=-inline-threshold=15";

/// A setting by which a module is small, and by which nothing in it tells in which folders this
/// machine keeps the book and other people's crates: a panic names the listing as it does in a
/// recorded run.
fn flags(root: &Path) -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let crates = home.map(|home| home.join("registry").join("src"));
    let folders = [Some(root.to_owned()), crates].into_iter().flatten();
    let flags: Vec<String> = folders
        .map(|folder| format!("--remap-path-prefix={}=", folder.display()))
        .chain([INLINE.to_owned()])
        .collect();
    let flags = toml::Value::from(flags);
    format!("target.{TARGET}.rustflags = {flags}")
}

/// Small, for a reader on a phone; with debug information, from which the places come.
fn profile() -> Table {
    recording::entries([
        ("opt-level", "s".into()),
        ("lto", "fat".into()),
        ("codegen-units", 1.into()),
        ("panic", "abort".into()),
        ("debug", "limited".into()),
    ])
}
