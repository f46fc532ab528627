//! `bless`: run listings and make what they print the golden, on purpose.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::commands::{chosen, end_runs_on_ctrl_c};
use crate::golden::Golden;
use crate::listing::{Listing, Listings, Order};
use crate::report::{self, Outcome};
use crate::runner;
use crate::timeline::Timeline;
use crate::verdict::{Fault, Tried};

/// Blesses the named listings, all by default. A golden that agrees with the new run
/// is left alone, and a run that went wrong leaves the old golden. Whether all went
/// well.
///
/// # Errors
/// What is wrong with the listings themselves, or if cargo or a program can't be
/// started or a file can't be written.
pub fn bless(root: &Path, names: &[String]) -> Result<bool> {
    let start = Instant::now();
    end_runs_on_ctrl_c()?;
    let (listings, problems) = Listings::find(root);
    problems.or_ok(())?;
    let chosen = chosen(&listings, names)?;
    let tried = runner::try_all(root, &chosen, |_, _| {})?;

    let mut counts = [0; 3];
    let mut refused = Vec::new();
    for (name, tried) in &tried {
        let Some(listing) = listings.get(&name.0) else {
            continue;
        };
        let (outcome, faults) = bless_one(root, listing, tried)?;
        refused
            .extend(faults.iter().map(|fault| report::fault(listing, fault)));
        counts[OUTCOMES
            .iter()
            .position(|o| *o == outcome)
            .unwrap_or_default()] += 1;
        anstream::println!(
            "{}",
            report::line(outcome, listing, tried.seconds())
        );
    }
    for said in &refused {
        anstream::println!("\n{said}");
    }
    let outcomes: Vec<_> = OUTCOMES.into_iter().zip(counts).collect();
    anstream::println!(
        "\n{}",
        report::summary(&outcomes, start.elapsed().into())
    );
    Ok(refused.is_empty())
}

const OUTCOMES: [Outcome; 3] =
    [Outcome::Unchanged, Outcome::Blessed, Outcome::Refused];

fn bless_one(
    root: &Path,
    listing: &Listing,
    tried: &Tried,
) -> Result<(Outcome, Vec<Fault>)> {
    let mut faults = tried.faults_of_itself(listing);
    let old = Golden::read(root, listing);
    let agrees = old.is_ok_and(|old| tried.faults(listing, &old).is_empty());
    if !agrees {
        faults.extend(tried.differs_when_recorded(listing));
    }
    let ran = match tried {
        Tried::Ran(ran) => ran,
        Tried::NotCompiled(_) if !listing.must_not_compile() => {
            return Ok((Outcome::Refused, faults));
        }
        Tried::NotCompiled(_) if agrees => {
            return Ok((Outcome::Unchanged, faults));
        }
        Tried::NotCompiled(errors) => {
            Golden::of_errors(errors.clone()).write(root, listing)?;
            return Ok((Outcome::Blessed, faults));
        }
    };
    let Ok(timeline) = ran.timeline.clone() else {
        return Ok((Outcome::Refused, faults));
    };
    if !faults.is_empty() {
        return Ok((Outcome::Refused, faults));
    }
    if agrees {
        return Ok((Outcome::Unchanged, faults));
    }
    let output = match listing.metadata.order {
        Order::Exact => ran.run.text().unwrap_or_default(),
        // The recorded run may have another order; a golden shows one of the two.
        Order::Any => timeline.printed(),
    };
    // What the recorder costs is not the listing's.
    let seconds = ran.run.seconds.snapped();
    let timeline = Timeline {
        seconds,
        ..timeline
    };
    let warnings = listing.metadata.warns.then(|| ran.warnings.clone());
    let golden = Golden {
        output,
        timeline,
        warnings,
        errors: None,
    };
    golden.write(root, listing)?;
    Ok((Outcome::Blessed, faults))
}
