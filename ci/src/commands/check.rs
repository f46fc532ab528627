//! `check`: run the listings and hold each against its golden.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::commands::{chosen, end_runs_on_ctrl_c};
use crate::golden::Golden;
use crate::listing::Listing;
use crate::preprocess::Manuscript;
use crate::report::{self, Outcome};
use crate::runner;
use crate::verdict::{Fault, Tried};

/// Which programs of the listings are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Programs {
    /// The Rust programs.
    Rust,
    /// The Python twins.
    Twins,
}

/// Checks the named listings, all by default. Whether everything agrees.
///
/// # Errors
/// What is wrong with the book before anything can be run, or if cargo or a program
/// can't be started.
pub fn check(
    root: &Path,
    names: &[String],
    programs: Programs,
) -> Result<bool> {
    let start = Instant::now();
    end_runs_on_ctrl_c()?;
    let (manuscript, mut problems) = Manuscript::collect(root);
    if names.is_empty() {
        // All of the book is meant, the text as well.
        problems.extend(manuscript.faults_of_text(root));
    }
    let listings = chosen(&manuscript.listings, names)?;
    if !names.is_empty() {
        problems.retain(|problem| {
            listings
                .iter()
                .any(|listing| problem.file.starts_with(&listing.folder))
        });
    }
    problems.or_ok(())?;

    let told = |listing: &Listing, tried: &Tried| {
        let faults = faults(&manuscript, listing, tried, programs);
        let outcome = match faults.is_empty() {
            true => Outcome::Agrees,
            false => Outcome::Differs,
        };
        anstream::println!(
            "{}",
            report::line(outcome, listing, tried.seconds())
        );
    };
    let tried = match programs {
        Programs::Rust => runner::try_all(root, &listings, told)?,
        Programs::Twins => runner::try_twins(root, &listings, told)?,
    };
    let mut differ = 0;
    for (name, tried) in &tried {
        let Some(listing) = manuscript.listings.get(&name.0) else {
            continue;
        };
        let faults = faults(&manuscript, listing, tried, programs);
        differ += usize::from(!faults.is_empty());
        for fault in &faults {
            let said = match programs {
                Programs::Rust => report::fault(listing, fault),
                Programs::Twins => report::twin_fault(listing, fault),
            };
            anstream::println!("\n{said}");
        }
    }
    let outcomes = [
        (Outcome::Agrees, tried.len() - differ),
        (Outcome::Differs, differ),
    ];
    anstream::println!(
        "\n{}",
        report::summary(&outcomes, start.elapsed().into())
    );
    Ok(differ == 0)
}

fn faults(
    manuscript: &Manuscript,
    listing: &Listing,
    tried: &Tried,
    programs: Programs,
) -> Vec<Fault> {
    let golden: &Golden = manuscript
        .golden(listing)
        .expect("a missing golden was reported before");
    match programs {
        Programs::Rust => tried.faults(listing, golden),
        Programs::Twins => tried.faults_in_print(listing, golden),
    }
}
