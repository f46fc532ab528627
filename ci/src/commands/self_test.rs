//! `self-test`: plant faults into a copy of the book and see that the check catches them.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::commands::clean_up_on_ctrl_c;
use crate::compile;
use crate::report;
use crate::self_test::{Copy, goldens, programs, texts};

/// What to plant.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Leave out the faults in programs, which have to be compiled and run
    #[arg(long)]
    pub quick: bool,
}

/// Plants the faults and says what came of each kind. Whether all were caught.
///
/// # Errors
/// If something is wrong with the book from the start, or cargo can't be run.
pub fn self_test(root: &Path, options: &Options) -> Result<bool> {
    let start = Instant::now();
    clean_up_on_ctrl_c()?;
    let target = compile::target_folder(root, None).join("self-test");
    let mut copy = Copy::of(root, &target.join("book"))?;
    let mut tally = goldens::plant(&copy)?;
    tally.extend(texts::plant(&copy)?);
    if !options.quick {
        tally.extend(programs::plant(&mut copy, &target, |round, rounds| {
            anstream::eprintln!("programs, round {round} of {rounds}");
        })?);
        match has_python() {
            true => tally.extend(programs::plant_in_twins(&mut copy)?),
            false => anstream::eprintln!("python3 is not there: no twins"),
        }
    }
    anstream::println!("{}", report::tally(&tally, start.elapsed().into()));
    Ok(tally.all_caught())
}

fn has_python() -> bool {
    let version = Command::new("python3").arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}
