//! `self-test`: plant faults into a copy of the book and see that the check catches them.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::commands::{chosen, clean_up_on_ctrl_c};
use crate::compile;
use crate::listing::{Listing, Listings};
use crate::measured::{self, Conditions, Excused, FaultKind, Faults};
use crate::preprocess::Manuscript;
use crate::report;
use crate::self_test::{Copy, Tally, goldens, programs, texts};

/// What to plant.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Leave out the faults in programs, which have to be compiled and run
    #[arg(long)]
    pub quick: bool,
    /// Leave out all others, of which `cargo test` plants some
    #[arg(long, conflicts_with_all = ["quick", "write"])]
    pub programs: bool,
    /// The listings into which to plant, all by default
    #[arg(value_name = "NAME", requires = "programs")]
    pub names: Vec<String>,
    /// Plant no more than so many faults into each program
    #[arg(long, value_name = "N", conflicts_with_all = ["quick", "write"])]
    pub most: Option<usize>,
    /// Write what came of it to ci/measured/, for the chapter about the checks
    #[arg(long, conflicts_with = "quick")]
    pub write: bool,
}

/// Plants the faults and says what came of each kind. Whether all were caught.
///
/// # Errors
/// If something is wrong with the book from the start, cargo can't be run, or the file
/// can't be written.
pub fn self_test(root: &Path, options: &Options) -> Result<bool> {
    let start = Instant::now();
    let (listings, problems) = Listings::find(root);
    problems.or_ok(())?;
    let chosen = chosen(&listings, &options.names)?;
    clean_up_on_ctrl_c()?;
    let target = compile::target_folder(root, None).join("self-test");
    let mut copy = Copy::of(root, &target.join("book"))?;
    let mut tally = Tally::default();
    if !options.programs {
        tally.extend(goldens::plant(&copy)?);
        tally.extend(texts::plant(&copy, 1)?);
    }
    if !options.quick {
        let most = options.most.unwrap_or(usize::MAX);
        let told = |round, rounds| {
            anstream::eprintln!("programs, round {round} of {rounds}");
        };
        let chosen = |listing: &Listing| {
            chosen.iter().any(|one| one.name == listing.name)
        };
        tally.extend(programs::plant(&mut copy, &target, chosen, most, told)?);
        match has_python() {
            _ if !options.names.is_empty() => {}
            true => tally.extend(programs::plant_in_twins(&mut copy)?),
            false => anstream::eprintln!("python3 is not there: no twins"),
        }
    }
    anstream::println!("{}", report::tally(&tally, start.elapsed().into()));
    if options.write {
        measured::write(root, &faults(root, &tally)?)?;
    }
    Ok(tally.all_caught())
}

/// The tally as it is kept.
fn faults(root: &Path, tally: &Tally) -> Result<Faults> {
    let (manuscript, _) = Manuscript::collect(root);
    let kinds = tally.0.iter().map(|(kind, count)| FaultKind {
        kind: kind.0.to_owned(),
        planted: count.planted,
        caught: count.caught,
        excused: count
            .excused
            .iter()
            .map(|(reason, count)| Excused {
                reason: reason.clone(),
                count: *count,
            })
            .collect(),
    });
    Ok(Faults {
        conditions: Conditions::now(&manuscript, compile::toolchain()?),
        kinds: kinds.collect(),
    })
}

fn has_python() -> bool {
    let version = Command::new("python3").arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}
