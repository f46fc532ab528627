//! Compiling listings once more to record them, unmodified: a package with a program
//! for each listing, whose source is the listing's own `main.rs` and whose
//! dependencies `std`, `tokio`, `tokio-util`, `futures` and `mio` are those of
//! `ci/recorder`.
//!
//! The package is written to `target/recording`. It shares the target folder with the
//! book, so that crates which both need are compiled once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::compile::{self, Built};
use crate::files;
use crate::listing::{EDITION, Listing, ListingName};

/// The crates that are stood in for, each by `ci/recorder/NAME`.
const STAND_INS: [&str; 5] = ["std", "tokio", "tokio-util", "futures", "mio"];

/// The crate that turns on what the tool and the listings have in common, where a book has
/// one.
const FEATURES: &str = "ci/features";

/// The variable with the path of the listing's own file, as in `ci/recorder`.
const SOURCE: &str = "BOOK_RECORDED_SOURCE";

/// The variable with the number of this process, as in `ci/recorder`: what the listing
/// starts is not recorded.
const RECORDED_BY: &str = "BOOK_RECORDED_BY";

/// Tells a program that it is recorded by this process, and which file is the listing's
/// own.
pub(crate) fn record(command: &mut Command, source: &Path) {
    let source = source.to_string_lossy().replace('\\', "/");
    command
        .env(SOURCE, source)
        .env(RECORDED_BY, std::process::id().to_string());
}

/// Compiles the listings to be recorded, into the folder `target` or that of the book
/// at `root`; those that must not be recorded are left out.
///
/// # Errors
/// If cargo can't be run, or fails for another reason than a listing's source.
pub fn compile<'a>(
    root: &Path,
    target: Option<&Path>,
    listings: impl IntoIterator<Item = &'a Listing>,
) -> Result<BTreeMap<ListingName, Built>> {
    let listings: Vec<&Listing> = listings
        .into_iter()
        .filter(|listing| listing.metadata.record)
        .collect();
    if listings.is_empty() {
        return Ok(BTreeMap::new());
    }
    let target = compile::target_folder(root, target);
    let package = Package {
        name: "recording",
        program,
        sources: root,
        recorded: true,
        profile: Profile::Dev,
    };
    let package = package.write(root, &target, &listings)?;
    let mut cargo = compile::cargo();
    cargo
        .current_dir(package)
        .env("CARGO_TARGET_DIR", &target)
        .args(["build", "--keep-going"]);
    for listing in &listings {
        cargo.args(["--bin", &program(listing)]);
    }
    let programs: Vec<String> =
        listings.iter().map(|listing| program(listing)).collect();
    let mut built = compile::build(cargo, &programs)?;
    Ok(listings
        .into_iter()
        .zip(&programs)
        .filter_map(|(listing, program)| {
            Some((listing.name.clone(), built.remove(program)?))
        })
        .collect())
}

/// A name of its own: the plain program lies in the same folder.
fn program(listing: &Listing) -> String {
    format!("recorded-{}", listing.name)
}

/// Where this tool's own crates are.
pub(crate) fn ci() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the recorder's crates.
pub fn recorder() -> PathBuf {
    ci().join("recorder")
}

/// How cargo is to compile a package.
pub(crate) enum Profile {
    /// As the book compiles itself, so that crates which both need are compiled once; but
    /// the listing itself needs the full names of its functions.
    Dev,
    /// For another machine, with these settings of the profile `release`.
    Release(Table),
}

impl Profile {
    /// The name of the profile, and its settings in a book whose own Cargo.toml is
    /// `workspace` and where these crates are compiled for all.
    fn settings(
        &self,
        workspace: &Table,
        shared: &Table,
    ) -> (&'static str, Table) {
        match self {
            Profile::Dev => {
                let mut settings = workspace
                    .get("profile")
                    .and_then(|profiles| profiles.get("dev"))
                    .and_then(Value::as_table)
                    .cloned()
                    .unwrap_or_default();
                let packages = settings
                    .entry("package")
                    .or_insert(Value::Table(Table::new()));
                if let Some(packages) = packages.as_table_mut() {
                    // Cargo warns of settings for a crate that isn't there.
                    packages.retain(|krate, _| {
                        krate == "*" || shared.contains_key(krate)
                    });
                    packages
                        .entry("*")
                        .or_insert(table([("debug", false.into())]));
                }
                settings.insert("debug".to_owned(), "limited".into());
                settings.insert("incremental".to_owned(), false.into());
                ("dev", settings)
            }
            Profile::Release(settings) => ("release", settings.clone()),
        }
    }
}

/// A package with a program for each listing, whose dependencies may be stood in for.
pub(crate) struct Package<'a> {
    /// Its name, and that of its folder in the target folder.
    pub(crate) name: &'a str,
    /// The name of a listing's program.
    pub(crate) program: fn(&Listing) -> String,
    /// Where the source of the listings is, each by the path that it has in the book.
    pub(crate) sources: &'a Path,
    /// Whether their dependencies are stood in for.
    pub(crate) recorded: bool,
    /// How it is compiled.
    pub(crate) profile: Profile,
}

impl Package<'_> {
    /// Writes it into the folder `target`, and returns its own.
    ///
    /// # Errors
    /// If a manifest can't be read, or a file can't be written.
    pub(crate) fn write(
        &self,
        root: &Path,
        target: &Path,
        listings: &[&Listing],
    ) -> Result<PathBuf> {
        let folder = target.join(self.name);
        self.write_into(&folder, root, listings)?;
        Ok(folder)
    }

    /// Writes it into a folder of its own.
    ///
    /// # Errors
    /// Those of [`Package::write`].
    pub(crate) fn write_into(
        &self,
        folder: &Path,
        root: &Path,
        listings: &[&Listing],
    ) -> Result<()> {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let manifest = self.manifest(root, listings)?;
        files::write(&folder.join("Cargo.toml"), &toml::to_string(&manifest)?)?;
        // The versions that the book itself uses.
        let lock = ci()
            .parent()
            .context("ci is in a folder")?
            .join("Cargo.lock");
        files::write(&folder.join("Cargo.lock"), &files::read(&lock)?)
    }

    fn manifest(&self, root: &Path, listings: &[&Listing]) -> Result<Table> {
        let workspace: Table =
            toml::from_str(&files::read(&root.join("Cargo.toml"))?)?;
        let mut dependencies = dependencies(root, &workspace, listings)?;
        for name in STAND_INS.into_iter().filter(|_| self.recorded) {
            if name == "std" || dependencies.contains_key(name) {
                dependencies.insert(name.to_owned(), stand_in(name));
            }
        }
        let mut of_build = Table::new();
        let mut shared = Table::new();
        let features = root.join(FEATURES);
        if matches!(self.profile, Profile::Dev) && features.is_dir() {
            shared = own_dependencies(&features)?;
            let path = features.display().to_string();
            let features = table([("path", path.into())]);
            dependencies.insert("features".to_owned(), features.clone());
            // There is no build script here. This makes those of other crates ask for these
            // features, too.
            of_build.insert("features".to_owned(), features);
        }
        let programs = listings.iter().map(|listing| {
            let source = self.sources.join(listing.source_file());
            table([
                ("name", (self.program)(listing).into()),
                ("path", source.display().to_string().into()),
            ])
        });
        let package = table([
            ("name", self.name.into()),
            ("version", "0.0.0".into()),
            ("edition", EDITION.into()),
            ("autobins", false.into()),
        ]);
        let (profile, settings) = self.profile.settings(&workspace, &shared);
        Ok(entries([
            ("package", package),
            ("dependencies", Value::Table(dependencies)),
            ("build-dependencies", Value::Table(of_build)),
            ("bin", Value::Array(programs.collect())),
            ("profile", table([(profile, Value::Table(settings))])),
            ("workspace", Value::Table(Table::new())),
        ]))
    }
}

/// What the listings depend on, with what the workspace says about it.
pub(crate) fn dependencies(
    root: &Path,
    workspace: &Table,
    listings: &[&Listing],
) -> Result<Table> {
    let mut dependencies = Table::new();
    for listing in listings {
        for (name, wanted) in own_dependencies(&root.join(&listing.folder))? {
            let dependency = dependency(workspace, &name, &wanted);
            dependencies.insert(name, dependency);
        }
    }
    Ok(dependencies)
}

/// What the crate in a folder says it depends on.
fn own_dependencies(folder: &Path) -> Result<Table> {
    let mut own: Table =
        toml::from_str(&files::read(&folder.join("Cargo.toml"))?)?;
    Ok(match own.remove("dependencies") {
        Some(Value::Table(dependencies)) => dependencies,
        _ => Table::new(),
    })
}

fn stand_in(name: &str) -> Value {
    let path = recorder().join(name);
    table([
        ("package", format!("recorder-{name}").into()),
        ("path", path.display().to_string().into()),
    ])
}

/// What the workspace says about a dependency, if it is left to it.
pub(crate) fn dependency(
    workspace: &Table,
    name: &str,
    wanted: &Value,
) -> Value {
    let shared = wanted
        .get("workspace")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let of_all = workspace
        .get("workspace")
        .and_then(|table| table.get("dependencies"))
        .and_then(|table| table.get(name));
    match (shared, of_all) {
        (true, Some(dependency)) => dependency.clone(),
        _ => wanted.clone(),
    }
}

pub(crate) fn entries<const N: usize>(entries: [(&str, Value); N]) -> Table {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

fn table<const N: usize>(of: [(&str, Value); N]) -> Value {
    Value::Table(entries(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any difference would have all crates compiled once more.
    #[test]
    fn a_crate_is_compiled_as_the_book_compiles_it() {
        let ci = ci();
        let root = ci.parent().expect("ci is in the book's root");
        let manifest = std::fs::read_to_string(root.join("Cargo.toml"));
        let manifest: Table = manifest
            .expect("this book has a manifest")
            .parse()
            .expect("it is TOML");
        let shared = own_dependencies(&root.join(FEATURES));
        let shared = shared.expect("the crate features has some");
        let (name, settings) = Profile::Dev.settings(&manifest, &shared);
        assert_eq!(name, "dev");
        let of_book = manifest["profile"]["dev"].as_table().expect("a table");
        let own = ["debug", "incremental", "package"];
        for (key, value) in of_book {
            if !own.contains(&key.as_str()) {
                assert_eq!(settings.get(key), Some(value), "{key}");
            }
        }
        let of_book = of_book["package"].as_table().expect("a table");
        assert_eq!(settings["package"]["*"], of_book["*"]);
        assert_eq!(settings["package"]["tokio"], of_book["tokio"]);
    }
}
