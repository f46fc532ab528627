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
use crate::verdict::Tried;

/// Compiles the listings in one call of cargo and runs all of them at the same time.
/// `ended` hears of each as soon as it has ended.
///
/// # Errors
/// If cargo can't be run or a program can't be started.
pub fn try_all(
    root: &Path,
    listings: &[&Listing],
    ended: impl Fn(&Listing, &Tried) + Sync,
) -> Result<BTreeMap<ListingName, Tried>> {
    let built = compile::compile(root, listings.iter().copied())?;
    at_once(listings, ended, |listing| try_one(root, listing, &built))
}

/// Runs a listing that was compiled before.
///
/// # Errors
/// If it was not, or the program can't be started.
pub fn try_one(
    root: &Path,
    listing: &Listing,
    built: &BTreeMap<ListingName, Built>,
) -> Result<Tried> {
    let built = built
        .get(&listing.name)
        .with_context(|| format!("{} was not compiled", listing.name))?;
    match built {
        Built::Failed(messages) => Ok(Tried::NotCompiled(messages.clone())),
        Built::Program(program) => {
            run(root, listing, Command::new(program)).map(Tried::Ran)
        }
    }
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
        run(root, listing, python).map(Tried::Ran)
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
