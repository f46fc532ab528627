//! A listing as its reader has changed it: compiled beside the book, run, and gone.
//!
//! ```text
//! target/edit/sum-async/
//!     recorded/       a package with what stands in for the listing's dependencies
//!     plain/          one with the dependencies themselves
//!         Cargo.toml, Cargo.lock
//!         listings/three-ways/sum-async/src/main.rs    the reader's text
//! target/edit/.running/                                programs that run now
//! ```
//!
//! The text has in its package the path that the listing has in the book, so that the
//! compiler and a panic call it by that name. The packages stay: a small change of a
//! program that was compiled before takes about a second. They share the target folder
//! with the book, so that crates which both need are compiled once.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, TryLockError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::compile::{self, Diagnostic, Watched};
use crate::files;
use crate::listing::Listing;
use crate::message;
use crate::process::{self, End, Limits, Line, Run, Stop};
use crate::recording::{self, Package, Profile};
use crate::runner;

/// How often it is asked whether another program has been compiled.
const ASK_AGAIN: Duration = Duration::from_millis(10);

/// What the compiler says about a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// `error`, `warning` and the like.
    pub level: String,
    /// The message in one line.
    pub message: String,
    /// All of it, as a terminal shows it, without color.
    pub rendered: String,
    /// The place in the text, where there is one.
    #[serde(flatten)]
    pub place: Option<Place>,
}

impl Remark {
    /// Whether the text can't be compiled for this reason.
    pub fn is_error(&self) -> bool {
        self.level.starts_with("error")
    }
}

/// A place in a text: lines and characters, both counted from 1. It ends before its last
/// character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "their names say it")]
pub struct Place {
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// What came of compiling a text.
#[derive(Debug)]
pub enum Compiled {
    /// A program, and the compiler's warnings.
    Program(Program, Vec<Remark>),
    /// It does not compile, for these reasons.
    Failed(Vec<Remark>),
    /// That took too long.
    TimedOut,
    /// Somebody stopped it.
    Stopped,
}

/// A compiled text. The file is gone when this is dropped.
#[derive(Debug)]
pub struct Program {
    path: PathBuf,
    recorded: bool,
}

impl Drop for Program {
    fn drop(&mut self) {
        // What can't be removed now is removed when a server starts the next time.
        let _ = std::fs::remove_file(&self.path);
        if let Some(folder) = self.path.parent() {
            // It is not empty while others run.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// A listing of the book at `root` with another text.
#[derive(Debug)]
pub struct Scratch<'a> {
    root: &'a Path,
    target: PathBuf,
    /// The listing, with that text for its source.
    listing: Listing,
}

/// What cargo made of a package.
enum Cargo {
    Built(PathBuf, Vec<Remark>),
    Failed(Vec<Remark>),
    TimedOut,
    Stopped,
}

impl<'a> Scratch<'a> {
    /// The listing with this text. Nothing is written yet.
    pub fn new(root: &'a Path, listing: &Listing, text: String) -> Scratch<'a> {
        Scratch {
            root,
            target: compile::target_folder(root, None),
            listing: Listing {
                source: text,
                ..listing.clone()
            },
        }
    }

    /// The listing, with the text for its source.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// Compiles it, to be recorded if the listing is; `told` hears what cargo does.
    ///
    /// # Errors
    /// If cargo can't be run, or fails for another reason than the text.
    pub fn compile(
        &self,
        limits: &Limits,
        stop: &Stop,
        mut told: impl FnMut(&str),
    ) -> Result<Compiled> {
        let Some(_turn) = turn(&self.target, stop)? else {
            return Ok(Compiled::Stopped);
        };
        let recorded = self.listing.metadata.record;
        let mut built = self.build(recorded, limits, stop, &mut told)?;
        let mut is_recorded = recorded;
        if recorded && matches!(built, Cargo::Failed(_)) {
            // Without what stands in for its dependencies, the messages are those that the
            // reader would get from cargo. And a stand-in may lack something that the crate
            // has.
            built = self.build(false, limits, stop, &mut told)?;
            is_recorded = false;
        }
        Ok(match built {
            Cargo::Failed(remarks) => Compiled::Failed(remarks),
            Cargo::TimedOut => Compiled::TimedOut,
            Cargo::Stopped => Compiled::Stopped,
            Cargo::Built(path, remarks) => {
                let path = self.own_copy(&path)?;
                let recorded = is_recorded;
                Compiled::Program(Program { path, recorded }, remarks)
            }
        })
    }

    /// A second name for the program, so that compiling the next text leaves it alone.
    fn own_copy(&self, program: &Path) -> Result<PathBuf> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let folder = running(&self.target);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name =
            format!("{}-{}-{number}", self.listing.name, std::process::id());
        let own = folder
            .join(name)
            .with_extension(std::env::consts::EXE_EXTENSION);
        // It may be left from a server that had this number.
        let _ = std::fs::remove_file(&own);
        std::fs::hard_link(program, &own)
            .or_else(|_| std::fs::copy(program, &own).map(|_| ()))
            .with_context(|| format!("cannot write {}", own.display()))?;
        Ok(own)
    }

    fn build(
        &self,
        recorded: bool,
        limits: &Limits,
        stop: &Stop,
        told: &mut impl FnMut(&str),
    ) -> Result<Cargo> {
        let package = self.write(recorded)?;
        let name = program_name(&self.listing, recorded);
        let mut cargo = compile::cargo();
        cargo
            .current_dir(package)
            .env("CARGO_TARGET_DIR", &self.target)
            .args(["build", "--color=never", "--message-format=json"])
            .args(["--bin", &name]);
        let Watched {
            end,
            messages,
            said,
        } = compile::watched(cargo, &name, limits, stop, told)?;
        if stop.is_stopped() {
            return Ok(Cargo::Stopped);
        }
        if end == End::TimedOut {
            return Ok(Cargo::TimedOut);
        }
        let mut remarks = Vec::new();
        let mut program = None;
        for message in messages {
            let said = message.message.as_ref();
            remarks.extend(said.and_then(|said| self.remark(said)));
            program = program.or(message.executable);
        }
        let has_errors = remarks.iter().any(Remark::is_error);
        match program {
            Some(path) if end == End::Exited(0) => {
                Ok(Cargo::Built(path, remarks))
            }
            _ if has_errors => Ok(Cargo::Failed(remarks)),
            _ => bail!("{}", message::cargo_failed(said.trim())),
        }
    }

    /// Writes the package for the text, as far as it isn't there yet.
    fn write(&self, recorded: bool) -> Result<PathBuf> {
        let listing = &self.listing;
        let kind = if recorded { "recorded" } else { "plain" };
        let folder = folder(&self.target).join(&listing.name.0).join(kind);
        let package = Package {
            name: &program_name(listing, recorded),
            program: match recorded {
                true => |listing| program_name(listing, true),
                false => |listing| program_name(listing, false),
            },
            sources: Path::new(""),
            recorded,
            profile: Profile::Dev,
        };
        package.write_into(&folder, self.root, &[listing])?;
        let source = listing.folder.join("src");
        let mut sources = files::below(&self.root.join(&source));
        sources
            .insert("main.rs".to_owned(), listing.source.clone().into_bytes());
        for (name, bytes) in sources {
            let file = folder.join(&source).join(name);
            // Cargo takes what was written anew for changed.
            if std::fs::read(&file).is_ok_and(|old| old == bytes) {
                continue;
            }
            let parent = file.parent().context("a file is in a folder")?;
            std::fs::create_dir_all(parent)
                .and_then(|()| std::fs::write(&file, bytes))
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(folder)
    }

    /// What the compiler said, with its place in the text.
    fn remark(&self, said: &Diagnostic) -> Option<Remark> {
        let rendered = said.rendered.as_deref().unwrap_or_default();
        let rendered = compile::tidy(rendered);
        // A count of what was said before.
        if rendered.is_empty() || said.level == "failure-note" {
            return None;
        }
        let main = self.listing.source_file();
        let mut own: Vec<_> = said
            .spans
            .iter()
            .filter(|span| span.file_name.ends_with(&main))
            .collect();
        own.sort_by_key(|span| !span.is_primary);
        Some(Remark {
            level: said.level.clone(),
            message: said.message.clone(),
            rendered,
            place: own.first().map(|span| Place {
                line: span.line_start,
                column: span.column_start,
                end_line: span.line_end,
                end_column: span.column_end,
            }),
        })
    }

    /// Runs the program with what the listing is given; `printed` hears of each line when
    /// it arrives.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn run(
        &self,
        program: &Program,
        limits: &Limits,
        stop: &Stop,
        mut printed: impl FnMut(&Line),
    ) -> Result<Run> {
        let mut command = Command::new(&program.path);
        // What it writes without saying where lands in its own folder.
        let folder = folder(&self.target).join(&self.listing.name.0);
        command
            .args(&self.listing.metadata.args)
            .current_dir(&folder);
        recording::record(&mut command, &self.listing.source_file());
        let stdin = &self.listing.metadata.stdin;
        let mut run =
            process::run_limited(command, stdin, limits, stop, |line| {
                printed(&settled(line, &folder));
            })?;
        for line in &mut run.lines {
            *line = settled(line, &folder);
        }
        Ok(run)
    }
}

impl Program {
    /// Whether its polls are recorded.
    pub fn is_recorded(&self) -> bool {
        self.recorded
    }
}

/// A line as a listing's own line would be.
fn settled(line: &Line, folder: &Path) -> Line {
    let mut line = line.clone();
    runner::settle(&mut line, folder);
    line
}

fn folder(target: &Path) -> PathBuf {
    target.join("edit")
}

/// The folder of the programs that this process runs.
fn running(target: &Path) -> PathBuf {
    all_running(target).join(std::process::id().to_string())
}

fn all_running(target: &Path) -> PathBuf {
    folder(target).join(".running")
}

/// Removes programs that were left by a server which was ended by force.
pub fn remove_left_programs(root: &Path) {
    let folder = all_running(&compile::target_folder(root, None));
    let servers = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for server in servers {
        let number = server.file_name().to_str().and_then(|n| n.parse().ok());
        if !number.is_some_and(process::lives) {
            // What can't be removed now will be the next time.
            let _ = std::fs::remove_dir_all(server.path());
        }
    }
}

/// A name of its own: other programs of the listing lie in the same folder.
fn program_name(listing: &Listing, recorded: bool) -> String {
    let kind = if recorded { "edited" } else { "edited-plain" };
    format!("{kind}-{}", listing.name)
}

/// That nobody else compiles a text.
struct Turn {
    _here: MutexGuard<'static, ()>,
    /// For other servers of the same book.
    _anywhere: File,
}

/// Waits until no other text is being compiled: cargo would wait just the same, but the
/// text could have become another by then. None if it was stopped meanwhile.
fn turn(target: &Path, stop: &Stop) -> Result<Option<Turn>> {
    static HERE: Mutex<()> = Mutex::new(());
    let folder = folder(target);
    let file = folder.join(".lock");
    let anywhere = std::fs::create_dir_all(&folder)
        .and_then(|()| File::create(&file))
        .with_context(|| format!("cannot write {}", file.display()))?;
    while !stop.is_stopped() {
        let here = match HERE.try_lock() {
            Ok(turn) => Some(turn),
            Err(TryLockError::Poisoned(turn)) => Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        if let Some(_here) = here
            && is_mine(&anywhere)
        {
            let _anywhere = anywhere;
            return Ok(Some(Turn { _here, _anywhere }));
        }
        thread::sleep(ASK_AGAIN);
    }
    Ok(None)
}

/// Locks the file if nobody else has it.
#[cfg(unix)]
fn is_mine(file: &File) -> bool {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    // A file system without locks is better than no editing.
    flock(file, FlockOperation::NonBlockingLockExclusive)
        != Err(Errno::WOULDBLOCK)
}

#[cfg(not(unix))]
fn is_mine(_: &File) -> bool {
    true
}
