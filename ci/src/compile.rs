//! Compiling listings: one call of cargo for all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use regex::Regex;
use serde::Deserialize;

use crate::listing::{Listing, ListingName};
use crate::message;
use crate::process::{self, Limits, Stop};

/// What came of compiling a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Built {
    /// The program.
    Program {
        /// Where it is.
        path: PathBuf,
        /// The compiler's warnings as a terminal shows them, without color.
        warnings: String,
    },
    /// It does not compile: the compiler's messages as a terminal shows them,
    /// without color.
    Failed(String),
}

/// Compiles the listings with `cargo build` in the workspace at `root`, into the folder
/// `target` if there is one. A listing that does not compile leaves the others alone.
///
/// # Errors
/// If cargo can't be run, or fails for another reason than a listing's source; the
/// error holds what cargo said.
pub fn compile<'a>(
    root: &Path,
    target: Option<&Path>,
    listings: impl IntoIterator<Item = &'a Listing>,
) -> Result<BTreeMap<ListingName, Built>> {
    let listings: Vec<&Listing> = listings.into_iter().collect();
    if listings.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut cargo = cargo();
    // Of the whole workspace: the crates that they need have the same features whichever are
    // chosen, and are compiled once.
    cargo
        .current_dir(root)
        .args(["build", "--keep-going", "--workspace"]);
    if let Some(target) = target {
        cargo.env("CARGO_TARGET_DIR", target);
    }
    for listing in &listings {
        cargo.args(["--bin", &listing.name.0]);
    }
    let names = listings.iter().map(|listing| listing.name.to_string());
    let built = build(cargo, &names.collect::<Vec<_>>())?;
    Ok(built
        .into_iter()
        .map(|(name, built)| (ListingName(name), built))
        .collect())
}

/// Compiles the tests of the listings, and those of the solutions of exercises among them,
/// as [`compile`] does the listings themselves: by the names of the programs.
///
/// # Errors
/// Those of [`compile`].
pub fn tests(
    root: &Path,
    target: Option<&Path>,
    listings: &[&Listing],
) -> Result<BTreeMap<String, Built>> {
    if listings.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut cargo = cargo();
    cargo.current_dir(root).args([
        "test",
        "--no-run",
        "--no-fail-fast",
        "--workspace",
    ]);
    if let Some(target) = target {
        cargo.env("CARGO_TARGET_DIR", target);
    }
    let mut names = Vec::new();
    for listing in listings {
        cargo.args(["--bin", &listing.name.0]);
        names.push(listing.name.to_string());
        if listing.exercise.is_some() {
            cargo.args(["--example", &listing.solution_name()]);
            names.push(listing.solution_name());
        }
    }
    build(cargo, &names)
}

/// Runs a `cargo build` and finds out what came of each of the programs.
pub(crate) fn build(
    mut cargo: Command,
    programs: &[String],
) -> Result<BTreeMap<String, Built>> {
    cargo.arg("--message-format=json");
    let (output, messages) = run(cargo)?;
    let mut about: BTreeMap<&str, Vec<&Message>> = BTreeMap::new();
    for message in &messages {
        let program = message.target.name.as_str();
        about.entry(program).or_default().push(message);
    }
    let mut built = BTreeMap::new();
    for program in programs {
        let about = about.get(program.as_str()).into_iter().flatten();
        if let Some(result) = result_of(about.copied()) {
            built.insert(program.clone(), result);
        }
    }
    let all_told = built.len() == programs.len();
    let one_failed = built.values().any(|b| matches!(b, Built::Failed(_)));
    if !all_told || (!output.status.success() && !one_failed) {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{}", message::listings_not_built(said.trim()));
    }
    Ok(built)
}

/// What clippy says about a listing: its own lints only, not the compiler's warnings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lints {
    /// What it warns of by itself, as a terminal shows it, without color.
    pub by_default: String,
    /// What it warns of when it is asked for [`GROUPS`] as well.
    pub more: Vec<Lint>,
}

/// A lint that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// Its name, such as `clippy::future_not_send`.
    pub name: String,
    /// Which of [`GROUPS`] it belongs to.
    pub group: &'static str,
    /// The line that it points at, counted from 1.
    pub line: u32,
}

/// The groups of lints that clippy leaves out unless it is asked. A third one,
/// `restriction`, is not meant to be turned on as a whole:
/// <https://doc.rust-lang.org/clippy/lints.html>.
pub const GROUPS: [&str; 2] = ["pedantic", "nursery"];

/// What clippy warns of in each of the listings, which are in these folders, relative to
/// the root.
///
/// # Errors
/// If clippy can't be run, or fails for another reason than a listing's source; the
/// error holds what cargo said.
pub fn clippy(
    root: &Path,
    target: Option<&Path>,
    folders: &BTreeMap<ListingName, PathBuf>,
) -> Result<BTreeMap<ListingName, Lints>> {
    if folders.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut cargo = cargo();
    cargo
        .current_dir(root)
        .args(["clippy", "--keep-going", "--workspace"]);
    if let Some(target) = target {
        cargo.env("CARGO_TARGET_DIR", target);
    }
    for name in folders.keys() {
        cargo.args(["--bin", &name.0]);
    }
    let groups = GROUPS.map(|group| format!("--warn=clippy::{group}"));
    cargo.args(["--message-format=json", "--"]).args(groups);
    let (output, messages) = run(cargo)?;
    let said_of = |folder: &Path| {
        let manifest = root.join(folder).join("Cargo.toml");
        messages
            .iter()
            .filter(move |message| message.manifest_path == manifest)
            .filter_map(|message| message.message.as_ref())
    };
    let all: BTreeMap<ListingName, Lints> = folders
        .iter()
        .map(|(name, folder)| (name.clone(), lints_of(said_of(folder))))
        .collect();
    // A program that doesn't compile, or a lint that is denied, makes clippy fail, and has
    // been heard.
    let silent = |folder: &PathBuf| said_of(folder).next().is_none();
    if !output.status.success() && folders.values().all(silent) {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "cargo could not run clippy (`rustup component add clippy` installs it):\n{}",
            said.trim()
        );
    }
    Ok(all)
}

/// What clippy said about one program.
fn lints_of<'a>(said: impl Iterator<Item = &'a Diagnostic>) -> Lints {
    static GROUP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"implied by `(?:-W |--warn=)clippy::(\w+)`")
            .expect("a regex")
    });
    // Only the first message of a lint says why it is on.
    let mut groups: BTreeMap<&str, Option<&'static str>> = BTreeMap::new();
    let mut lints = Lints::default();
    let mut by_default = String::new();
    for said in said {
        let Some(name) = said.clippy_lint() else {
            continue;
        };
        let rendered = said.rendered.as_deref().unwrap_or_default();
        let group = groups.entry(name).or_insert_with(|| {
            let named = GROUP.captures(rendered);
            let named = named.as_ref().map(|found| &found[1]);
            GROUPS.into_iter().find(|group| named == Some(*group))
        });
        let first = said.spans.iter().find(|span| span.is_primary);
        match *group {
            None => by_default.push_str(rendered),
            Some(group) => lints.more.push(Lint {
                name: name.to_owned(),
                group,
                line: first.map_or(1, |span| span.line_start),
            }),
        }
    }
    lints.by_default = tidy(&by_default);
    lints
}

/// Runs cargo, and reads its messages.
fn run(cargo: Command) -> Result<(Output, Vec<Message>)> {
    let output = process::output(cargo)
        .context("cannot run cargo to compile the listings")?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    Ok((output, messages))
}

/// How much cargo may say, in bytes; the messages about a small program are short, but
/// their number has no bound.
const MOST_SAID: usize = 4 << 20;

/// How the lines begin in which cargo says what it does, as far as that takes long.
const DOING: [&str; 4] = ["Blocking", "Compiling", "Downloading", "Updating"];

/// What cargo did for somebody who waits for it.
pub(crate) struct Watched {
    /// How it ended.
    pub(crate) end: process::End,
    /// What it and the compiler say about the package that was asked for.
    pub(crate) messages: Vec<Message>,
    /// What else it said.
    pub(crate) said: String,
}

/// Runs a cargo that is asked for messages, within limits. `told` hears what it does but
/// for compiling the program `own`: of that, who waits is told by others.
///
/// # Errors
/// If cargo can't be run.
pub(crate) fn watched(
    cargo: Command,
    own: &str,
    limits: &Limits,
    stop: &Stop,
    mut told: impl FnMut(&str),
) -> Result<Watched> {
    let limits = Limits {
        bytes: MOST_SAID,
        ..*limits
    };
    let mut said = String::new();
    let mut messages: Vec<Message> = Vec::new();
    let run = process::run_limited(cargo, "", &limits, stop, |line| {
        let line = String::from_utf8_lossy(&line.bytes);
        match serde_json::from_str(&line) {
            Ok(message) => messages.push(message),
            Err(_) if line.starts_with('{') => {}
            Err(_) => {
                let doing = line.trim();
                let is_own = doing.contains(own);
                if !is_own && DOING.iter().any(|d| doing.starts_with(d)) {
                    told(doing);
                }
                said.push_str(&line);
            }
        }
    })?;
    messages.retain(|message| message.target.name == own);
    Ok(Watched {
        end: run.end,
        messages,
        said,
    })
}

/// The cargo that started this program, or the one on the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The compiler that cargo would use.
pub fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// The folder into which cargo compiles: `target` if there is one, or that of the book at
/// `root`.
pub fn target_folder(root: &Path, target: Option<&Path>) -> PathBuf {
    match (target, std::env::var_os("CARGO_TARGET_DIR")) {
        (Some(target), _) => target.to_owned(),
        (None, Some(folder)) => root.join(folder),
        (None, None) => root.join("target"),
    }
}

/// The version of the compiler that builds the listings, such as `rustc 1.95.0`.
///
/// # Errors
/// If rustc can't be run.
pub fn toolchain() -> Result<String> {
    let output = rustc()
        .arg("--version")
        .output()
        .context("cannot run rustc to learn its version")?;
    let text = String::from_utf8_lossy(&output.stdout);
    // "rustc 1.95.0 (59807616e 2026-04-14)": the commit says nothing to a reader.
    Ok(text
        .split(" (")
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned())
}

/// A line of `cargo build --message-format=json`, as far as it is of use here:
/// <https://doc.rust-lang.org/cargo/reference/external-tools.html>.
#[derive(Deserialize)]
pub(crate) struct Message {
    #[serde(default)]
    pub(crate) manifest_path: PathBuf,
    #[serde(default)]
    pub(crate) target: Target,
    pub(crate) executable: Option<PathBuf>,
    pub(crate) message: Option<Diagnostic>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Target {
    pub(crate) name: String,
}

#[derive(Deserialize)]
pub(crate) struct Diagnostic {
    pub(crate) level: String,
    pub(crate) message: String,
    pub(crate) rendered: Option<String>,
    #[serde(default)]
    pub(crate) spans: Vec<Span>,
    code: Option<Code>,
}

/// A place that a message is about.
#[derive(Deserialize)]
pub(crate) struct Span {
    pub(crate) file_name: PathBuf,
    pub(crate) line_start: u32,
    pub(crate) line_end: u32,
    pub(crate) column_start: u32,
    pub(crate) column_end: u32,
    pub(crate) is_primary: bool,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

impl Diagnostic {
    /// The name of the lint, if it is one of clippy's.
    fn clippy_lint(&self) -> Option<&str> {
        let code = self.code.as_ref()?;
        let is_clippys = code.code.starts_with("clippy::");
        is_clippys.then_some(&*code.code)
    }
}

fn result_of<'a>(messages: impl Iterator<Item = &'a Message>) -> Option<Built> {
    let (mut errors, mut warnings) = (String::new(), String::new());
    let mut program = None;
    for message in messages {
        if let Some(path) = &message.executable {
            program = Some(path.clone());
        }
        if let Some(diagnostic) = &message.message {
            let rendered = diagnostic.rendered.as_deref().unwrap_or_default();
            match diagnostic.level.as_str() {
                "warning" => warnings.push_str(rendered),
                level if level.starts_with("error") => {
                    errors.push_str(rendered)
                }
                _ => {}
            }
        }
    }
    match program {
        Some(path) => Some(Built::Program {
            path,
            warnings: tidy(&warnings),
        }),
        None if errors.is_empty() => None,
        None => Some(Built::Failed(tidy(&errors))),
    }
}

/// Without the count at the end, which is about the call of the compiler and not about
/// the program, and without the folder in which cargo keeps crates on this machine.
pub(crate) fn tidy(messages: &str) -> String {
    static CRATES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\S*[/\\]registry[/\\]src[/\\][^/\\\s]+[/\\]")
            .expect("a regex")
    });
    let messages = CRATES.replace_all(messages, "");
    let about_the_program = |text: &&str| {
        !text.contains(" emitted") && !text.contains(": aborting due to ")
    };
    let texts: Vec<&str> = messages
        .split("\n\n")
        .map(str::trim_end)
        .filter(|text| !text.is_empty())
        .filter(about_the_program)
        .collect();
    match texts.is_empty() {
        true => String::new(),
        false => texts.join("\n\n") + "\n",
    }
}
