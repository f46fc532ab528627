//! Running many listings at the same time: they mostly sleep, so all of them together
//! take little longer than the longest.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use regex::Regex;

use crate::compile::{self, Built, Lint, Lints};
use crate::diagnostics::Messages;
use crate::golden::Golden;
use crate::listing::{Listing, ListingName};
use crate::process::{self, End, Line, Run};
use crate::record;
use crate::recording;
use crate::seconds::Seconds;
use crate::timeline::Timeline;
use crate::verdict::{Ran, Tried};

/// How much later one program is started than another. A program that is recorded first
/// reads where its functions and lines are, which takes a processor nearly a tenth of a
/// second; those that begin in the meantime make each other late.
const START_APART: Duration = Duration::from_millis(35);

/// How many listings run at the same time, each as two programs. They mostly sleep, and a
/// book has fewer; but one with a thousand would run out of processes and of memory.
const MOST_AT_ONCE: usize = 64;

/// The folders of the listings that clippy is asked about, relative to the root: those
/// whose golden holds what it says, and for each mistake the listing without it.
fn to_lint(listings: &[&Listing]) -> BTreeMap<ListingName, PathBuf> {
    let mut folders = BTreeMap::new();
    for listing in listings {
        let is_asked = listing.metadata.clippy || listing.is_linted();
        if !is_asked || listing.must_not_compile() {
            continue;
        }
        folders.insert(listing.name.clone(), listing.folder.clone());
        if let Some(right) = listing.right().filter(|_| listing.is_linted()) {
            let folder = listing.folder.with_file_name(&right.0);
            folders.insert(right, folder);
        }
    }
    folders
}

/// A recorded run, or what the compiler said to recording it.
type Recorded = Result<Run, String>;

/// The compiled listings.
#[derive(Debug, Clone, Default)]
pub struct Programs {
    /// Those that the reader runs.
    plain: BTreeMap<ListingName, Built>,
    /// The same, to be recorded.
    recorded: BTreeMap<ListingName, Built>,
    /// What clippy says of those whose golden has it, and of those that are their like
    /// without the mistake.
    clippy: BTreeMap<ListingName, Lints>,
    /// The tests of those that have some, and of the solutions of exercises, by the names
    /// of the programs.
    tests: BTreeMap<String, Built>,
    toolchain: String,
    /// What compiling them took, in seconds.
    pub phases: Vec<(&'static str, Seconds)>,
}

impl Programs {
    /// Compiles the listings, as they are and to be recorded.
    ///
    /// # Errors
    /// If cargo can't be run, or fails for another reason than a listing's source.
    pub fn compile(root: &Path, listings: &[&Listing]) -> Result<Programs> {
        Programs::compile_into(None, root, listings)
    }

    /// The same, into another target folder than the usual one.
    ///
    /// # Errors
    /// Those of [`Programs::compile`].
    pub fn compile_into(
        target: Option<&Path>,
        root: &Path,
        listings: &[&Listing],
    ) -> Result<Programs> {
        let mut phases = Vec::new();
        let mut start = Instant::now();
        let mut ended = |phase| {
            phases.push((phase, start.elapsed().into()));
            start = Instant::now();
        };
        let plain = compile::compile(root, target, listings.iter().copied())?;
        ended("compiling");
        let good = listings.iter().filter(|listing| {
            matches!(plain.get(&listing.name), Some(Built::Program { .. }))
        });
        let recorded = recording::compile(root, target, good.copied())?;
        ended("compiling to record");
        let clippy = compile::clippy(root, target, &to_lint(listings))?;
        if !clippy.is_empty() {
            ended("clippy");
        }
        let has_tests = |listing: &&&Listing| {
            listing.has_tests() && !listing.must_not_compile()
        };
        let tested: Vec<&Listing> =
            listings.iter().filter(has_tests).copied().collect();
        let tests = compile::tests(root, target, &tested)?;
        if !tests.is_empty() {
            ended("compiling tests");
        }
        Ok(Programs {
            tests,
            plain,
            recorded,
            clippy,
            toolchain: compile::toolchain()?,
            phases,
        })
    }

    /// Runs a listing twice at the same time: as it is, and recorded.
    ///
    /// # Errors
    /// If it was not compiled, or a program can't be started.
    pub fn try_one(&self, root: &Path, listing: &Listing) -> Result<Tried> {
        self.try_with(root, listing, |plain| {
            thread::scope(|scope| {
                let recorded = scope.spawn(|| self.record(root, listing));
                let run = run(root, listing, Command::new(plain), |_| {});
                (run, recorded.join().expect("a recording never panics"))
            })
        })
    }

    /// Runs a listing twice, one after the other, so that nothing is in its way.
    ///
    /// # Errors
    /// If it was not compiled, or a program can't be started.
    pub fn try_alone(&self, root: &Path, listing: &Listing) -> Result<Tried> {
        self.try_with(root, listing, |plain| {
            let run = run(root, listing, Command::new(plain), |_| {});
            (run, self.record(root, listing))
        })
    }

    /// Makes a trial of the plain run and the recorded one.
    fn try_with(
        &self,
        root: &Path,
        listing: &Listing,
        run: impl FnOnce(&Path) -> (Result<Run>, Result<Option<Recorded>>),
    ) -> Result<Tried> {
        let plain = self
            .plain
            .get(&listing.name)
            .with_context(|| format!("{} was not compiled", listing.name))?;
        let plain = match plain {
            Built::Failed(messages) => {
                return Ok(Tried::NotCompiled(self.messages(messages)));
            }
            Built::Program { path, warnings } => (path, warnings),
        };
        let (plain, warnings) = plain;
        let toolchain = &self.toolchain;
        let (run, recorded) = run(plain);
        let run = run?;
        let timeline = match recorded? {
            Some(Ok(recorded)) => {
                Ok(record::recorded(&recorded, listing, toolchain))
            }
            Some(Err(messages)) => Err(messages),
            None => Ok(record::unrecorded(&run, listing, toolchain)),
        };
        let clippy = self.clippy.get(&listing.name);
        Ok(Tried::Ran(Box::new(Ran {
            run,
            timeline,
            warnings: self.messages(warnings),
            clippy: clippy.map(|said| self.messages(&said.by_default)),
            lints: clippy.map(|said| self.lints(listing, said)),
            tests: self.run_tests(root, listing, &listing.name.0)?,
            solution: self.run_tests(
                root,
                listing,
                &listing.solution_name(),
            )?,
        })))
    }

    /// What the tests of a listing print and whether they pass, or what the compiler said;
    /// nothing if it has none. `program` is the one that they test.
    fn run_tests(
        &self,
        root: &Path,
        listing: &Listing,
        program: &str,
    ) -> Result<Option<Result<Run, String>>> {
        let program = match self.tests.get(program) {
            None => return Ok(None),
            Some(Built::Failed(messages)) => {
                return Ok(Some(Err(messages.clone())));
            }
            Some(Built::Program { path, .. }) => path,
        };
        let mut command = Command::new(program);
        // As many at once on each machine, whatever it has: so they take as long together.
        command.env("RUST_TEST_THREADS", "4");
        let run = run(root, listing, command, |_| {})?;
        Ok(Some(Ok(run)))
    }

    /// What clippy's other groups say of a mistake and not of the listing without it: a line
    /// for each lint.
    fn lints(&self, listing: &Listing, wrong: &Lints) -> String {
        let right = listing.right().and_then(|right| self.clippy.get(&right));
        let of_both = |lint: &Lint| {
            let right = right.iter().flat_map(|right| &right.more);
            right.into_iter().any(|other| other.name == lint.name)
        };
        let told = wrong.more.iter().filter(|lint| !of_both(lint));
        told.map(|Lint { name, group, line }| {
            format!("{name} ({group}) at line {line}\n")
        })
        .collect()
    }

    fn messages(&self, text: &str) -> Messages {
        Messages {
            text: text.to_owned(),
            toolchain: self.toolchain.clone(),
        }
    }

    /// Runs a listing once, recorded if it may be; `printed` hears of each line when it
    /// arrives, marked lines included. What came of it, or what the compiler said.
    ///
    /// # Errors
    /// If it was not compiled, or the program can't be started.
    pub fn watch(
        &self,
        root: &Path,
        listing: &Listing,
        printed: impl FnMut(&Line),
    ) -> Result<Result<(End, Timeline), String>> {
        let recorded = self.recorded.get(&listing.name);
        let built = recorded.or_else(|| self.plain.get(&listing.name));
        let program = match built
            .with_context(|| format!("{} was not compiled", listing.name))?
        {
            Built::Failed(messages) => return Ok(Err(messages.clone())),
            Built::Program { path, .. } => path,
        };
        let command = command(program, listing);
        let run = run(root, listing, command, printed)?;
        let timeline = match recorded {
            Some(_) => record::recorded(&run, listing, &self.toolchain),
            None => record::unrecorded(&run, listing, &self.toolchain),
        };
        Ok(Ok((run.end, timeline)))
    }

    /// The recorded run, or what the compiler said; nothing if it must not be recorded.
    fn record(
        &self,
        root: &Path,
        listing: &Listing,
    ) -> Result<Option<Recorded>> {
        let program = match self.recorded.get(&listing.name) {
            None => return Ok(None),
            Some(Built::Failed(messages)) => {
                return Ok(Some(Err(messages.clone())));
            }
            Some(Built::Program { path, .. }) => path,
        };
        let run = run(root, listing, command(program, listing), |_| {});
        run.map(|run| Some(Ok(run)))
    }
}

/// Runs the Python twin of a listing.
///
/// # Errors
/// If `python3` can't be started.
pub fn try_twin(root: &Path, listing: &Listing) -> Result<Tried> {
    let mut python = Command::new("python3");
    // Unbuffered, as in a terminal; and nothing is left behind.
    python.args(["-u", "-B"]).arg(listing.python_file());
    let run = run(root, listing, python, |_| {})?;
    let timeline = Ok(record::unrecorded(&run, listing, "python3"));
    Ok(Tried::Ran(Box::new(Ran {
        run,
        timeline,
        warnings: Messages::default(),
        clippy: None,
        lints: None,
        tests: None,
        solution: None,
    })))
}

/// The program of a listing, which may be one that is recorded.
fn command(program: &Path, listing: &Listing) -> Command {
    let mut command = Command::new(program);
    recording::record(&mut command, &listing.source_file());
    command
}

fn run(
    root: &Path,
    listing: &Listing,
    mut command: Command,
    printed: impl FnMut(&Line),
) -> Result<Run> {
    let metadata = &listing.metadata;
    command.args(&metadata.args).current_dir(root);
    wait_for_own_start();
    let mut run = process::run_and_tell(
        command,
        &metadata.stdin,
        metadata.timeout,
        printed,
    )?;
    for line in &mut run.lines {
        settle(line, root);
    }
    Ok(run)
}

/// Holds back others for as long as a program needs to get going: if many begin in the
/// same moment, they share the processors with each other's beginning, and their clocks
/// tell that instead of what they do.
fn wait_for_own_start() {
    static START: Mutex<()> = Mutex::new(());
    let _turn = START.lock().unwrap_or_else(PoisonError::into_inner);
    thread::sleep(START_APART);
}

/// Takes out of a line what is another in each run and says nothing to a reader: the
/// number of the thread in a panic's message, and the folder in which the book lies.
pub(crate) fn settle(line: &mut Line, root: &Path) {
    static THREAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(thread '.*') \(\d+\) panicked at ").expect("a regex")
    });
    let Ok(text) = std::str::from_utf8(&line.bytes) else {
        return;
    };
    let root = format!("{}{}", root.display(), std::path::MAIN_SEPARATOR);
    let settled = THREAD.replace(text, "$1 panicked at ").replace(&root, "");
    if settled != text {
        line.bytes = settled.into_bytes();
    }
}

/// Puts those first that take longest by their goldens: all the others have ended by
/// then.
pub fn longest_first(root: &Path, listings: &mut [&Listing]) {
    listings.sort_by_cached_key(|listing| {
        let golden = Golden::read(root, listing);
        let seconds = golden.map_or(Seconds(0.0), |golden| golden.seconds());
        // Times are compared on a grid, so that equal ones stay in order.
        Reverse((seconds.0 * 100.0).round() as u64)
    });
}

/// Runs the listings in this order and at the same time, up to `MOST_AT_ONCE` of them;
/// those that have to be alone afterwards, one by one.
///
/// # Errors
/// The first error of a run.
pub fn at_once<T: Send>(
    listings: &[&Listing],
    run: impl Fn(&Listing) -> Result<T> + Sync,
) -> Result<BTreeMap<ListingName, T>> {
    let (alone, together): (Vec<&Listing>, Vec<&Listing>) =
        listings.iter().partition(|listing| listing.metadata.alone);
    let next = AtomicUsize::new(0);
    let take_turns = || -> Result<Vec<(ListingName, T)>> {
        let mut done = Vec::new();
        while let Some(listing) =
            together.get(next.fetch_add(1, Ordering::Relaxed))
        {
            done.push((listing.name.clone(), run(listing)?));
        }
        Ok(done)
    };
    let mut all = thread::scope(|scope| -> Result<BTreeMap<_, _>> {
        let threads: Vec<_> = (0..together.len().min(MOST_AT_ONCE))
            .map(|_| {
                // In their order, not in the one in which threads happen to begin.
                thread::sleep(START_APART);
                scope.spawn(take_turns)
            })
            .collect();
        let mut all = BTreeMap::new();
        for thread in threads {
            all.extend(thread.join().expect("a run never panics")?);
        }
        Ok(all)
    })?;
    for listing in alone {
        all.insert(listing.name.clone(), run(listing)?);
    }
    Ok(all)
}
