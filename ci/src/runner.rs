//! Running many listings at the same time: they mostly sleep, so all of them together
//! take little longer than the longest.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result};

use crate::compile::{self, Built};
use crate::listing::{Listing, ListingName};
use crate::process::{self, Run};
use crate::record;
use crate::recording;
use crate::verdict::{Ran, Tried};

/// The compiled listings.
#[derive(Debug, Clone, Default)]
pub struct Programs {
    /// Those that the reader runs.
    plain: BTreeMap<ListingName, Built>,
    /// The same, to be recorded.
    recorded: BTreeMap<ListingName, Built>,
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
            matches!(plain.get(&listing.name), Some(Built::Program(_)))
        });
        let recorded = recording::compile(root, target, good.copied())?;
        Ok(Programs {
            plain,
            recorded,
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
                return Ok(Tried::NotCompiled(messages.clone()));
            }
            Built::Program(program) => program,
        };
        let toolchain = &self.toolchain;
        let (run, recorded) = thread::scope(|scope| {
            let recorded = scope.spawn(|| self.record(root, listing));
            let run = run(root, listing, Command::new(plain));
            (run, recorded.join().expect("a recording never panics"))
        });
        let run = run?;
        let timeline = match recorded? {
            Some(Ok(recorded)) => {
                Ok(record::recorded(&recorded, listing, toolchain))
            }
            Some(Err(messages)) => Err(messages),
            None => Ok(record::unrecorded(&run, toolchain)),
        };
        Ok(Tried::Ran(Box::new(Ran { run, timeline })))
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
            Some(Built::Program(program)) => program,
        };
        let mut command = Command::new(program);
        let source = listing.source_file().to_string_lossy().replace('\\', "/");
        command.env(recording::SOURCE, source);
        run(root, listing, command).map(|run| Some(Ok(run)))
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
    at_once(listings, ended, |listing| programs.try_one(root, listing))
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
    at_once(&twins, ended, |listing| {
        let mut python = Command::new("python3");
        // Unbuffered, as in a terminal; and nothing is left behind.
        python.args(["-u", "-B"]).arg(listing.python_file());
        let run = run(root, listing, python)?;
        let timeline = Ok(record::unrecorded(&run, "python3"));
        Ok(Tried::Ran(Box::new(Ran { run, timeline })))
    })
}

fn run(root: &Path, listing: &Listing, mut command: Command) -> Result<Run> {
    let metadata = &listing.metadata;
    command.args(&metadata.args).current_dir(root);
    process::run(command, &metadata.stdin, metadata.timeout)
}

fn at_once(
    listings: &[&Listing],
    ended: impl Fn(&Listing, &Tried) + Sync,
    run: impl Fn(&Listing) -> Result<Tried> + Sync,
) -> Result<BTreeMap<ListingName, Tried>> {
    let (ended, run) = (&ended, &run);
    thread::scope(|scope| {
        let threads: Vec<_> = listings
            .iter()
            .map(|listing| {
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
