//! Listings: the crates under `listings/` that the text shows.
//!
//! ```text
//! listings/three-ways/sum-async/
//!     Cargo.toml      its name, and what is not normal about checking it
//!     src/main.rs     what the reader sees
//!     src/service.rs  its scenery, if it needs some: what it asks, or who asks it
//!     output.txt      the golden: what a run prints
//!     timeline.json   the golden: how a run unfolds
//!     warnings.txt    the golden: what the compiler warns of, if it does
//!     clippy.txt      the golden: what clippy warns of, if it does
//!     lints.txt       the golden of a mistake: what clippy could warn of, if it were asked
//!     tests.txt       the golden: what its tests print, if it has some
//!     src/judge.rs    the tests of an exercise, which its start must fail
//!     src/solution.rs and its solution must pass
//!     errors.txt      the golden of a listing that must not compile: its messages
//!     main.py         the same program in Python, where there is one
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use crate::files;
use crate::message;
use crate::names;
use crate::problem::{Problem, Problems};
use crate::seconds::Seconds;

/// The edition of Rust that all listings are of.
pub const EDITION: &str = "2024";

/// The most lines of code that a listing may have. Nearly all have fewer than 40.
pub const MOST_LINES: usize = 120;

/// How the name of a listing ends that makes a mistake on purpose, and that of the same
/// one without it.
pub const WRONG: &str = "-wrong";
/// See [`WRONG`].
pub const RIGHT: &str = "-right";

/// The name of a listing, which is also its crate's, its program's and its folder's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListingName(pub String);

impl fmt::Display for ListingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One listing, as its folder describes it.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Its name, unique in the book.
    pub name: ListingName,
    /// The folder of the part that it belongs to, such as `three-ways`.
    pub part: String,
    /// Its own folder, relative to the book's root.
    pub folder: PathBuf,
    /// The program as the reader sees it.
    pub source: String,
    /// The same program in Python.
    pub python: Option<String>,
    /// The other files beside `src/main.rs`, by name: its scenery.
    pub scenery: BTreeMap<String, String>,
    /// The hash of its sources, in hexadecimal: all files below `src/`.
    pub source_hash: String,
    /// What is not normal about checking it.
    pub metadata: Metadata,
    /// What makes an exercise of it, if it is one.
    pub exercise: Option<Exercise>,
}

/// What makes an exercise of a listing. Its program is the start, and says in its doc
/// comment what is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Three hints, each of which says more than the one before it.
    pub hints: [String; 3],
    /// The tests that judge it: `src/judge.rs`, which start and solution have as a module.
    pub judge: String,
    /// A program that passes them: `src/solution.rs`.
    pub solution: String,
}

/// The file with the tests of an exercise, below `src/`.
pub const JUDGE: &str = "judge.rs";

/// The file with the solution of an exercise, below `src/`.
pub const SOLUTION: &str = "solution.rs";

impl Listing {
    /// `src/main.rs`, relative to the book's root.
    pub fn source_file(&self) -> PathBuf {
        self.folder.join("src/main.rs")
    }

    /// `main.py`, relative to the book's root, whether it exists or not.
    pub fn python_file(&self) -> PathBuf {
        self.folder.join("main.py")
    }

    /// `output.txt`, relative to the book's root.
    pub fn output_file(&self) -> PathBuf {
        self.folder.join("output.txt")
    }

    /// `timeline.json`, relative to the book's root.
    pub fn timeline_file(&self) -> PathBuf {
        self.folder.join("timeline.json")
    }

    /// Whether it must not compile.
    pub fn must_not_compile(&self) -> bool {
        self.metadata.compile == Compile::Fail
    }

    /// Whether it runs in a page as well, compiled to WebAssembly.
    pub fn runs_in_page(&self) -> bool {
        let is_shown_only = self.exercise.is_some() || self.must_not_compile();
        !is_shown_only && self.metadata.cargo_only.is_none()
    }

    /// `errors.txt`, relative to the book's root.
    pub fn errors_file(&self) -> PathBuf {
        self.folder.join("errors.txt")
    }

    /// `warnings.txt`, relative to the book's root.
    pub fn warnings_file(&self) -> PathBuf {
        self.folder.join("warnings.txt")
    }

    /// `clippy.txt`, relative to the book's root.
    pub fn clippy_file(&self) -> PathBuf {
        self.folder.join("clippy.txt")
    }

    /// `lints.txt`, relative to the book's root.
    pub fn lints_file(&self) -> PathBuf {
        self.folder.join("lints.txt")
    }

    /// Whether it has tests: its own, or those that judge an exercise.
    pub fn has_tests(&self) -> bool {
        self.metadata.tests || self.exercise.is_some()
    }

    /// The name of the program that solves it, if it is an exercise.
    pub fn solution_name(&self) -> String {
        format!("{}-solution", self.name)
    }

    /// `src/solution.rs`, relative to the book's root.
    pub fn solution_file(&self) -> PathBuf {
        self.folder.join("src").join(SOLUTION)
    }

    /// `tests.txt`, relative to the book's root.
    pub fn tests_file(&self) -> PathBuf {
        self.folder.join("tests.txt")
    }

    /// Whether it makes a mistake on purpose, and what else clippy could say of that is
    /// part of its golden.
    pub fn is_linted(&self) -> bool {
        self.metadata.mistake.is_some() && !self.must_not_compile()
    }

    /// The name of the listing without the mistake that this one makes; none if it isn't
    /// named as the one with it.
    pub fn right(&self) -> Option<ListingName> {
        let mistake = self.name.0.strip_suffix(WRONG)?;
        Some(ListingName(format!("{mistake}{RIGHT}")))
    }

    /// What its doc comment says, in one paragraph; empty if there is none.
    pub fn watch_for(&self) -> String {
        let comment = self
            .source
            .lines()
            .map_while(|line| line.strip_prefix("//!"));
        comment.map(str::trim).collect::<Vec<_>>().join(" ")
    }

    /// The source as the text shows it: without the marks of anchors.
    pub fn shown_source(&self) -> String {
        let lines = self.source.split_inclusive('\n');
        lines.filter(|line| anchor_of(line).is_none()).collect()
    }

    /// The lines of the source, counted from 1, that the text doesn't show.
    pub fn hidden_lines(&self) -> Vec<usize> {
        let lines = self.source.lines().zip(1..);
        lines
            .filter(|(line, _)| anchor_of(line).is_some())
            .map(|(_, n)| n)
            .collect()
    }

    /// The source as the text shows it, without its doc comment.
    pub fn program(&self) -> String {
        let source = self.shown_source();
        let lines = source.split_inclusive('\n');
        lines
            .skip_while(|line| {
                line.starts_with("//!") || line.trim().is_empty()
            })
            .collect()
    }

    /// How many lines of code it has: blank lines and comments don't count.
    pub fn lines_of_code(&self) -> usize {
        let lines = self.source.lines().map(str::trim);
        let code = |line: &&str| !line.is_empty() && !line.starts_with("//");
        lines.filter(code).count()
    }

    /// Its source, and that of its scenery.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        let scenery = self.scenery.values().map(String::as_str);
        std::iter::once(self.source.as_str()).chain(scenery)
    }

    /// How long a `Duration` is that it makes with this call, such as `from_secs(1)`;
    /// nothing if there is no such call.
    pub fn duration(&self, call: &str) -> Option<Seconds> {
        let text = format!("Duration::{call}");
        if !self.sources().any(|source| source.contains(&text)) {
            return None;
        }
        let (unit, number) = call.strip_suffix(')')?.split_once('(')?;
        let number: f64 = number.replace('_', "").parse().ok()?;
        let units_in_a_second = match unit {
            "from_secs" | "from_secs_f64" => 1.0,
            "from_millis" => 1e3,
            "from_micros" => 1e6,
            _ => return None,
        };
        Some(Seconds(number / units_in_a_second))
    }

    /// The lines between `// ANCHOR: name` and `// ANCHOR_END: name`, moved to the
    /// left as far as they go together; or all of its scenery in the file of that name.
    pub fn part(&self, name: &str) -> Option<String> {
        if let Some(scenery) = self.scenery.get(name) {
            return Some(scenery.clone());
        }
        let mut lines = self.source.lines();
        lines.find(|line| anchor_of(line) == Some(("ANCHOR", name)))?;
        let inside: Vec<&str> = lines
            .by_ref()
            .take_while(|line| anchor_of(line) != Some(("ANCHOR_END", name)))
            .filter(|line| anchor_of(line).is_none())
            .collect();
        let indent = |line: &&str| line.len() - line.trim_start().len();
        let least = inside
            .iter()
            .filter(|l| !l.trim().is_empty())
            .map(indent)
            .min()?;
        let moved = inside
            .iter()
            .map(|line| line.get(least..).unwrap_or_default());
        Some(moved.map(|line| format!("{line}\n")).collect())
    }
}

/// The kind and name of an anchor, if the line marks one.
fn anchor_of(line: &str) -> Option<(&str, &str)> {
    let (kind, name) = line.trim().strip_prefix("// ")?.split_once(':')?;
    matches!(kind, "ANCHOR" | "ANCHOR_END").then_some((kind, name.trim()))
}

/// The table `[package.metadata.listing]` of a listing's `Cargo.toml`. It says only
/// what differs from the normal, and each line of it has a comment that says why.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Metadata {
    /// How far a measured time may be off, in seconds.
    pub tolerance: Seconds,
    /// Whether the order of the printed lines is part of the golden.
    pub order: Order,
    /// The exit status that the program must end with.
    pub exit: i32,
    /// Whether it compiles. If it must not, what the compiler says is its golden.
    pub compile: Compile,
    /// Whether it ends by itself; if not, it must still be running when its time is up.
    pub ends: bool,
    /// Whether the compiler warns, and its warnings are part of the golden.
    pub warns: bool,
    /// Whether clippy warns, and its warnings are part of the golden.
    pub clippy: bool,
    /// Whether it has tests, and what they print is part of the golden.
    pub tests: bool,
    /// Arguments for the program.
    pub args: Vec<String>,
    /// What the program reads from standard input, which is empty otherwise.
    pub stdin: String,
    /// After how long a run is stopped, in seconds.
    pub timeout: Seconds,
    /// Whether it runs after all others, as it would be in their way.
    pub alone: bool,
    /// Whether its polls are recorded.
    pub record: bool,
    /// Why it can't run in a page, as the end of a sentence; none if it can.
    pub cargo_only: Option<String>,
    /// What its reader sees, if it makes a mistake on purpose.
    pub mistake: Option<Symptom>,
}

impl Default for Metadata {
    fn default() -> Self {
        Metadata {
            tolerance: Seconds(0.25),
            order: Order::Exact,
            exit: 0,
            compile: Compile::Good,
            ends: true,
            warns: false,
            clippy: false,
            tests: false,
            args: Vec::new(),
            stdin: String::new(),
            timeout: Seconds(30.0),
            alone: false,
            record: true,
            cargo_only: None,
            mistake: None,
        }
    }
}

/// What somebody sees who has made a mistake.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize,
)]
pub enum Symptom {
    /// It takes longer than it has to.
    #[serde(rename = "it is slow")]
    Slow,
    /// It never comes to an end.
    #[serde(rename = "it hangs")]
    Hangs,
    /// The compiler refuses it.
    #[serde(rename = "it does not compile")]
    DoesNotCompile,
    /// A task or the program panics.
    #[serde(rename = "it panics")]
    Panics,
    /// Something that should have been done was not.
    #[serde(rename = "work is lost")]
    LosesWork,
    /// It needs more and more memory.
    #[serde(rename = "memory grows")]
    Grows,
}

/// Whether a listing compiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compile {
    /// It does.
    Good,
    /// It must not.
    Fail,
}

/// Whether the order of the printed lines is part of the golden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Lines come in the golden's order.
    Exact,
    /// Lines may come in any order, as from several threads.
    Any,
}

/// All listings of a book by name.
#[derive(Debug, Clone, Default)]
pub struct Listings {
    good: BTreeMap<String, Listing>,
    /// The folders of those that can't be read.
    bad: BTreeSet<String>,
}

impl Listings {
    /// Finds and reads all listings below `root/listings`. What is wrong with one of
    /// them is added to the second value; the others are returned all the same.
    pub fn find(root: &Path) -> (Listings, Problems) {
        let mut problems = Problems::new();
        let mut found: BTreeMap<String, Listing> = BTreeMap::new();
        let mut bad = BTreeSet::new();
        let workspace = Workspace::read(root);
        for manifest in manifests(root) {
            let listing = match read(root, &manifest, &workspace) {
                Ok(listing) => listing,
                Err(problem) => {
                    problems.push(*problem);
                    let folder = manifest.parent().and_then(Path::file_name);
                    let folder = folder.unwrap_or_default().to_string_lossy();
                    bad.insert(folder.into_owned());
                    continue;
                }
            };
            let reasons = missing_reasons(root, &manifest);
            problems.extend(reasons);
            match found.get(&listing.name.0) {
                Some(first) => problems
                    .push(message::two_listings_of_one_name(&listing, first)),
                None => {
                    found.insert(listing.name.0.clone(), listing);
                }
            }
        }
        for listing in found.values() {
            let lines = listing.lines_of_code();
            if lines > MOST_LINES {
                problems.push(message::too_long(listing, lines));
            }
            let is_mistake = listing.metadata.mistake.is_some();
            let right = listing.right();
            let is_paired = right.is_some_and(|right| {
                let right = found.get(&right.0);
                right.is_some_and(|right| right.part == listing.part)
            });
            if is_mistake && !is_paired {
                problems.push(message::mistake_alone(listing));
            }
        }
        (Listings { good: found, bad }, problems)
    }

    /// The listing of that name.
    pub fn get(&self, name: &str) -> Option<&Listing> {
        self.good.get(name)
    }

    /// Whether there is a listing of that name which can't be read: what is wrong with it
    /// has been said.
    pub fn is_bad(&self, name: &str) -> bool {
        self.bad.contains(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Listing> {
        self.good.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.good.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.good.is_empty()
    }

    /// The name that a misspelt one was probably meant to be.
    pub fn closest(&self, name: &str) -> Option<&str> {
        message::closest(name, self.good.keys().map(String::as_str))
    }
}

/// `listings/*/*/Cargo.toml`, sorted, relative to the root.
fn manifests(root: &Path) -> Vec<PathBuf> {
    let folders = |below: &Path| -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = std::fs::read_dir(root.join(below))
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .map(|entry| below.join(entry.file_name()))
            .collect();
        folders.sort();
        folders
    };
    folders(Path::new("listings"))
        .iter()
        .flat_map(|part| folders(part))
        .map(|folder| folder.join("Cargo.toml"))
        .collect()
}

/// What a listing's manifest tells; cargo reads the rest of it.
#[derive(Deserialize)]
struct Manifest {
    package: Package,
    #[serde(default)]
    bin: Vec<Spanned<toml::Table>>,
    #[serde(default)]
    dependencies: BTreeMap<Spanned<String>, toml::Value>,
}

#[derive(Deserialize)]
struct Package {
    name: Spanned<String>,
    #[serde(default)]
    edition: Option<Spanned<toml::Value>>,
    #[serde(default)]
    metadata: Tables,
}

#[derive(Deserialize, Default)]
struct Tables {
    #[serde(default)]
    listing: Metadata,
    exercise: Option<ExerciseTable>,
}

/// The table `[package.metadata.exercise]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExerciseTable {
    hints: [String; 3],
}

/// What the manifest of the whole book tells.
#[derive(Deserialize, Default)]
struct Workspace {
    #[serde(default)]
    workspace: Shared,
}

#[derive(Deserialize, Default)]
struct Shared {
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
}

impl Workspace {
    /// What can't be read is for cargo to tell.
    fn read(root: &Path) -> Workspace {
        let text = files::read(&root.join("Cargo.toml")).unwrap_or_default();
        toml::from_str(&text).unwrap_or_default()
    }

    /// What is wrong with a dependency of a listing, if anything.
    fn fault(
        &self,
        file: &Path,
        name: &str,
        wanted: &toml::Value,
    ) -> Option<Problem> {
        let known = &self.workspace.dependencies;
        if !known.contains_key(name) {
            let known = known.keys().map(String::as_str);
            return Some(message::unknown_dependency(file, name, known));
        }
        let inherits = wanted.get("workspace").and_then(toml::Value::as_bool);
        (inherits != Some(true)).then(|| message::own_version(file, name))
    }
}

fn read(
    root: &Path,
    manifest_file: &Path,
    workspace: &Workspace,
) -> Result<Listing, Box<Problem>> {
    let unreadable = |file: &Path, why: anyhow::Error| {
        Box::new(message::unreadable_listing(file, &why))
    };
    let text = files::read(&root.join(manifest_file))
        .map_err(|why| unreadable(manifest_file, why))?;
    let line = |start: usize| text[..start].lines().count().max(1);
    let manifest: Manifest = toml::from_str(&text).map_err(|error| {
        let at = error.span().map(|span| line(span.start + 1));
        Box::new(message::bad_manifest(manifest_file, at, error.message()))
    })?;
    let folder = manifest_file.parent().expect("a file has a folder");
    let folder_name = folder.file_name().unwrap_or_default().to_string_lossy();
    let part = folder
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    let name = manifest.package.name;
    if *name.get_ref() != folder_name {
        return Err(Box::new(message::name_is_not_the_folder(
            manifest_file,
            line(name.span().start),
            name.get_ref(),
            &folder_name,
        )));
    }
    if let Some(why) = names::fault(&folder_name) {
        let problem = message::bad_listing_name(
            manifest_file,
            &folder_name,
            &why,
            names::like(&folder_name, |_| true).as_deref(),
        );
        return Err(Box::new(problem.at(line(name.span().start))));
    }
    if let Some(edition) = &manifest.package.edition
        && edition.get_ref().is_str()
        && edition.get_ref().as_str() != Some(EDITION)
    {
        let problem = message::another_edition(manifest_file);
        return Err(Box::new(problem.at(line(edition.span().start + 1))));
    }
    for (name, wanted) in &manifest.dependencies {
        let fault = workspace.fault(manifest_file, name.get_ref(), wanted);
        if let Some(problem) = fault {
            return Err(Box::new(problem.at(line(name.span().start + 1))));
        }
    }
    if let Some(bin) = manifest.bin.first() {
        let at = line(bin.span().start + 1);
        return Err(Box::new(message::more_than_one_program(
            manifest_file,
            at,
        )));
    }
    let main = folder.join("src/main.rs");
    let source =
        files::read(&root.join(&main)).map_err(|why| unreadable(&main, why))?;
    let twin = folder.join("main.py");
    let python = match root.join(&twin).exists() {
        true => Some(
            files::read(&root.join(&twin))
                .map_err(|why| unreadable(&twin, why))?,
        ),
        false => None,
    };
    let mut scenery = scenery(&root.join(folder).join("src"));
    let exercise = match manifest.package.metadata.exercise {
        None => None,
        Some(ExerciseTable { hints }) => {
            let mut file = |name: &str| {
                scenery.remove(name).ok_or_else(|| {
                    let file = folder.join("src").join(name);
                    Box::new(message::exercise_without(manifest_file, &file))
                })
            };
            let (judge, solution) = (file(JUDGE)?, file(SOLUTION)?);
            Some(Exercise {
                hints,
                judge,
                solution,
            })
        }
    };
    Ok(Listing {
        name: ListingName(name.into_inner()),
        part: part.to_string_lossy().into_owned(),
        folder: folder.to_path_buf(),
        source,
        python,
        scenery,
        exercise,
        source_hash: source_hash(&root.join(folder).join("src")),
        metadata: manifest.package.metadata.listing,
    })
}

/// All files below a folder but for the program itself.
fn scenery(folder: &Path) -> BTreeMap<String, String> {
    let files = files::below(folder).into_iter();
    files
        .filter(|(name, _)| name != "main.rs")
        .map(|(name, bytes)| {
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            (name, text)
        })
        .collect()
}

/// The hash of all files below a folder, whatever line endings a checkout gave them.
fn source_hash(folder: &Path) -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in files::below(folder) {
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        hash.update(format!("{name}\0{}\0{text}", text.len()));
    }
    // Two of them will not be the same by chance, and a person can compare them.
    hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The keys of [`Metadata::cargo_only`], [`Metadata::mistake`] and [`Metadata::tests`],
/// which need no reason: they are one themselves, or no exception.
const SELF_EXPLAINING: [&str; 3] = ["cargo-only", "mistake", "tests"];

/// Every exception to the normal carries its reason: a comment on its line or on the
/// line above.
fn missing_reasons(root: &Path, manifest_file: &Path) -> Problems {
    let mut problems = Problems::new();
    let Ok(text) = files::read(&root.join(manifest_file)) else {
        return problems;
    };
    let mut inside = false;
    let mut above = "";
    for (number, line) in text.lines().map(str::trim).enumerate() {
        if line.starts_with('[') {
            inside = line.starts_with("[package.metadata.listing]");
        } else if inside
            && let Some((key, value)) = line.split_once('=')
            && !line.starts_with('#')
            && !SELF_EXPLAINING.contains(&key.trim())
            && !value.contains('#')
            && !above.starts_with('#')
        {
            let key = key.trim();
            problems.push(
                message::exception_without_reason(manifest_file, key)
                    .at(number + 1),
            );
        }
        above = line;
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(source: &str) -> Listing {
        Listing {
            name: ListingName("a".into()),
            part: "part".into(),
            folder: "listings/part/a".into(),
            source: source.into(),
            python: None,
            scenery: BTreeMap::new(),
            source_hash: String::new(),
            exercise: None,
            metadata: Metadata::default(),
        }
    }

    #[test]
    fn durations_and_lines_are_taken_from_the_source() {
        let listing = listing(
            "//! One.\n\nfn main() {\n    // Why.\n    \
             wait(Duration::from_millis(1_500));\n}\n",
        );
        assert_eq!(listing.lines_of_code(), 3);
        let seconds = |call| listing.duration(call);
        assert_eq!(seconds("from_millis(1_500)"), Some(Seconds(1.5)));
        assert_eq!(seconds("from_millis(1)"), None);
        assert_eq!(seconds("from_secs(1)"), None);
    }

    #[test]
    fn scenery_is_a_part_and_its_durations_count() {
        let mut listing = listing("mod service;\n");
        let service = "sleep(Duration::from_millis(100));\n";
        listing
            .scenery
            .insert("service.rs".into(), service.to_owned());
        assert_eq!(listing.part("service.rs").unwrap(), service);
        assert_eq!(listing.part("service"), None);
        assert_eq!(listing.duration("from_millis(100)"), Some(Seconds(0.1)));
        assert_eq!(listing.lines_of_code(), 1);
    }

    #[test]
    fn anchors_mark_parts_and_are_never_shown() {
        let listing = listing(
            "//! One.\n//! Two.\n\nfn main() {\n    // ANCHOR: x\n    if true {\n        \
             go();\n    }\n    // ANCHOR_END: x\n}\n",
        );
        assert_eq!(listing.part("x").unwrap(), "if true {\n    go();\n}\n");
        assert_eq!(listing.part("y"), None);
        assert_eq!(listing.watch_for(), "One. Two.");
        assert_eq!(
            listing.program(),
            "fn main() {\n    if true {\n        go();\n    }\n}\n"
        );
        assert!(!listing.shown_source().contains("ANCHOR"));
        assert_eq!(listing.hidden_lines(), [5, 9]);
    }
}
