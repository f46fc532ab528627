//! Running many listings at the same time: they mostly sleep, so all of them together
//! take little longer than the longest.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use regex::Regex;

use crate::compile::{self, Built};
use crate::diagnostics::Messages;
use crate::golden::Golden;
use crate::listing::{Listing, ListingName};
use crate::process::{self, End, Line, Run};
use crate::record;
use crate::recording;
use crate::seconds::Seconds;
use crate::timeline::Timeline;
use crate::verdict::{Ran, Tried};

/// How much later one program is started than another.
const START_APART: Duration = Duration::from_millis(20);

/// The compiled listings.
#[derive(Debug, Clone, Default)]
pub struct Programs {
    /// Those that the reader runs.
    plain: BTreeMap<ListingName, Built>,
    /// The same, to be recorded.
    recorded: BTreeMap<ListingName, Built>,
    /// What clippy says of those whose golden has it.
    clippy: BTreeMap<ListingName, String>,
    toolchain: String,
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
        let plain = compile::compile(root, target, listings.iter().copied())?;
        let good = listings.iter().filter(|listing| {
            matches!(plain.get(&listing.name), Some(Built::Program { .. }))
        });
        let recorded = recording::compile(root, target, good.copied())?;
        let lints = listings.iter().filter(|listing| {
            listing.metadata.clippy && !listing.must_not_compile()
        });
        let clippy = compile::clippy(root, target, lints.copied())?;
        Ok(Programs {
            plain,
            recorded,
            clippy,
            toolchain: compile::toolchain()?,
        })
    }

    /// Runs a listing twice at the same time: as it is, and recorded.
    ///
    /// # Errors
    /// If it was not compiled, or a program can't be started.
    pub fn try_one(&self, root: &Path, listing: &Listing) -> Result<Tried> {
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
        let (run, recorded) = thread::scope(|scope| {
            let recorded = scope.spawn(|| self.record(root, listing));
            let run = run(root, listing, Command::new(plain), |_| {});
            (run, recorded.join().expect("a recording never panics"))
        });
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
            clippy: clippy.map(|text| self.messages(text)),
        })))
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
    ) -> Result<Option<Result<Run, String>>> {
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

/// Compiles the listings and runs all of them at the same time. `ended` hears of each
/// as soon as it has ended.
///
/// # Errors
/// If cargo can't be run or a program can't be started.
pub fn try_all(
    root: &Path,
    listings: &[&Listing],
    ended: impl Fn(&Listing, &Tried) + Sync,
) -> Result<BTreeMap<ListingName, Tried>> {
    let programs = Programs::compile(root, listings)?;
    at_once(root, listings, ended, |listing| {
        programs.try_one(root, listing)
    })
}

/// Runs the Python twins of the listings, all at the same time; those without a twin
/// are left out.
///
/// # Errors
/// If `python3` can't be started.
pub fn try_twins(
    root: &Path,
    listings: &[&Listing],
    ended: impl Fn(&Listing, &Tried) + Sync,
) -> Result<BTreeMap<ListingName, Tried>> {
    let twins = listings
        .iter()
        .copied()
        .filter(|listing| listing.python.is_some());
    let twins: Vec<&Listing> = twins.collect();
    at_once(root, &twins, ended, |listing| {
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
        })))
    })
}

/// The program of a listing, which knows what its source is called if it is recorded.
fn command(program: &Path, listing: &Listing) -> Command {
    let mut command = Command::new(program);
    let source = listing.source_file().to_string_lossy().replace('\\', "/");
    command.env(recording::SOURCE, source);
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
    settle(&mut run, root);
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

/// Takes out of the lines what is another in each run and says nothing to a reader: the
/// number of the thread in a panic's message, and the folder in which the book lies.
fn settle(run: &mut Run, root: &Path) {
    static THREAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(thread '.*') \(\d+\) panicked at ").expect("a regex")
    });
    let root = format!("{}{}", root.display(), std::path::MAIN_SEPARATOR);
    for line in &mut run.lines {
        let Ok(text) = std::str::from_utf8(&line.bytes) else {
            continue;
        };
        let settled =
            THREAD.replace(text, "$1 panicked at ").replace(&root, "");
        if settled != text {
            line.bytes = settled.into_bytes();
        }
    }
}

fn at_once(
    root: &Path,
    listings: &[&Listing],
    ended: impl Fn(&Listing, &Tried) + Sync,
    run: impl Fn(&Listing) -> Result<Tried> + Sync,
) -> Result<BTreeMap<ListingName, Tried>> {
    let (ended, run) = (&ended, &run);
    // Those that take longest first: all the others have ended by then.
    let mut listings = listings.to_vec();
    let seconds = |listing: &Listing| {
        Golden::read(root, listing)
            .map_or(Seconds(0.0), |golden| golden.seconds())
    };
    listings.sort_by(|a, b| seconds(b).0.total_cmp(&seconds(a).0));
    thread::scope(|scope| {
        let threads: Vec<_> = listings
            .iter()
            .map(|listing| {
                // In this order, not in the one in which threads happen to begin.
                thread::sleep(START_APART);
                scope.spawn(move || {
                    let tried = run(listing)?;
                    ended(listing, &tried);
                    Ok((listing.name.clone(), tried))
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a run never panics"))
            .collect()
    })
}
