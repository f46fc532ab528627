//! `check`: run the listings and hold each against its golden.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::commands::{chosen, clean_up_on_ctrl_c};
use crate::golden::Golden;
use crate::judge::{self, Checked, Judged};
use crate::listing::Listing;
use crate::preprocess::Manuscript;
use crate::problem::Problems;
use crate::remembered::Remembered;
use crate::report::{self, Outcome};
use crate::runner::{self, Programs};
use crate::seconds::Seconds;

/// What is checked.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// The listings to check; all of them if there is no name
    pub names: Vec<String>,
    /// Leave out the listings that agreed and have not changed since
    #[arg(long)]
    pub changed: bool,
    /// Run the Python twins instead
    #[arg(long, conflicts_with = "changed")]
    pub twins: bool,
}

/// Checks the named listings, all by default. Whether everything agrees.
///
/// # Errors
/// What is wrong with the book before anything can be run, or if cargo or a program
/// can't be started.
pub fn check(root: &Path, options: &Options) -> Result<bool> {
    let start = Instant::now();
    clean_up_on_ctrl_c()?;
    let (manuscript, problems) = Manuscript::collect(root);
    let mut listings = chosen(&manuscript.listings, &options.names)?;
    let stale =
        faults_of_text(root, &manuscript, problems, &listings, options)?;
    let text: Seconds = start.elapsed().into();
    // They are known without running anything; how they differ will follow.
    if !stale.is_empty() {
        anstream::println!("{stale}\n");
    }

    let changed = Remembered::read(root)?.changed(&listings);
    let all = listings.len();
    if options.changed {
        listings.retain(|listing| changed.contains(&listing.name));
    }
    runner::longest_first(root, &mut listings);
    listings.sort_by_key(|listing| !changed.contains(&listing.name));
    let golden = |listing: &Listing| golden(&manuscript, listing);
    let checked = match options.twins {
        false => {
            let programs = Programs::compile(root, &listings)?;
            judge::check(root, &programs, &listings, golden, tell)?
        }
        true => judge::check_twins(root, &listings, golden, tell)?,
    };
    // Only now: cargo may have written the lock file.
    let mut remembered = Remembered::read(root)?;
    for listing in &listings {
        let Some(judged) = checked.judged.get(&listing.name) else {
            continue;
        };
        for fault in &judged.faults {
            let said = match options.twins {
                false => report::fault(listing, fault),
                true => report::twin_fault(listing, fault),
            };
            anstream::println!("\n{said}");
        }
        if !options.twins {
            remembered.learn(listing, judged.agrees());
        }
    }
    remembered.write()?;
    let skipped = match options.changed {
        true => all - listings.len(),
        false => 0,
    };
    let agree = say_summary(&checked, skipped, text, start.elapsed().into());
    Ok(agree && stale.is_empty())
}

/// What is wrong with the book, as far as it matters for these listings. The second
/// kind of fault leaves everything fit to be run: goldens of another program.
fn faults_of_text(
    root: &Path,
    manuscript: &Manuscript,
    mut problems: Problems,
    listings: &[&Listing],
    options: &Options,
) -> Result<Problems> {
    let mut stale = manuscript.stale_goldens();
    if options.names.is_empty() {
        // All of the book is meant, the text as well.
        problems.extend(manuscript.faults_of_text(root));
    } else {
        for problems in [&mut problems, &mut stale] {
            problems.retain(|problem| {
                listings
                    .iter()
                    .any(|listing| problem.file.starts_with(&listing.folder))
            });
        }
    }
    Ok(problems.or_ok(stale)?)
}

fn golden<'a>(manuscript: &'a Manuscript, listing: &Listing) -> &'a Golden {
    manuscript
        .golden(listing)
        .expect("a missing golden was reported before")
}

/// The line of a listing that was judged.
fn tell(listing: &Listing, judged: &Judged) {
    let outcome = match judged.agrees() {
        true => Outcome::Agrees,
        false if judged.again => Outcome::Late,
        false => Outcome::Differs,
    };
    let line = report::line(outcome, listing, judged.tried.seconds());
    let more = match &judged.first {
        Some(first) => report::second_try(first.first()),
        None if judged.again => report::WILL_BE_TRIED_AGAIN.to_owned(),
        None => String::new(),
    };
    anstream::println!("{}", format!("{line}  {more}").trim_end());
}

/// Says at the end how many agree, and what took how long. Whether all agree.
fn say_summary(
    checked: &Checked,
    skipped: usize,
    text: Seconds,
    all: Seconds,
) -> bool {
    let judged = checked.judged.values();
    let agree = judged.clone().filter(|judged| judged.agrees()).count();
    let again =
        judged.filter(|judged| judged.first.is_some() && judged.agrees());
    let again = again.count();
    let differ = checked.judged.len() - agree;
    let outcomes = [
        (Outcome::Agrees, agree),
        (Outcome::Differs, differ),
        (Outcome::Skipped, skipped),
    ];
    let mut phases = vec![("reading the text", text)];
    phases.extend(checked.phases.iter().copied());
    anstream::println!("\n{}", report::summary(&outcomes, all));
    if again > 0 {
        anstream::println!("{}", report::tried_again(again));
    }
    anstream::println!("{}", report::phases(&phases));
    differ == 0
}
