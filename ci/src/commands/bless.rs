//! `bless`: run listings and make what they print the golden, on purpose.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::commands::{chosen, clean_up_on_ctrl_c};
use crate::golden::Golden;
use crate::listing::{Listing, ListingName, Listings, Order};
use crate::report::{self, Outcome};
use crate::runner::{self, Programs};
use crate::seconds::Seconds;
use crate::timeline::Timeline;
use crate::verdict::{Fault, Ran, Tried};

/// Blesses the named listings, all by default. A golden that agrees with the new run
/// is left alone, but for the hash of a source that has changed; a run that went wrong
/// leaves the old golden. Whether all went well.
///
/// # Errors
/// What is wrong with the listings themselves, or if cargo or a program can't be
/// started or a file can't be written.
pub fn bless(root: &Path, names: &[String]) -> Result<bool> {
    let start = Instant::now();
    clean_up_on_ctrl_c()?;
    let (listings, problems) = Listings::find(root);
    problems.or_ok(())?;
    let blessed = bless_all(root, &chosen(&listings, names)?)?;

    let mut counts = [0; 4];
    let mut refused = Vec::new();
    for (name, blessed) in &blessed {
        let Some(listing) = listings.get(&name.0) else {
            continue;
        };
        refused.extend(
            blessed
                .faults
                .iter()
                .map(|fault| report::fault(listing, fault)),
        );
        counts[OUTCOMES
            .iter()
            .position(|o| *o == blessed.outcome)
            .unwrap_or_default()] += 1;
        anstream::println!(
            "{}",
            report::line(blessed.outcome, listing, blessed.seconds)
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

const OUTCOMES: [Outcome; 4] = [
    Outcome::Unchanged,
    Outcome::Renewed,
    Outcome::Blessed,
    Outcome::Refused,
];

/// What came of blessing a listing.
#[derive(Debug)]
pub(super) struct Blessed {
    pub outcome: Outcome,
    /// Why its run can't become a golden.
    pub faults: Vec<Fault>,
    /// What the run took, if there was one.
    pub seconds: Option<Seconds>,
}

/// Blesses these listings, and says nothing.
pub(super) fn bless_all(
    root: &Path,
    listings: &[&Listing],
) -> Result<BTreeMap<ListingName, Blessed>> {
    let mut listings = listings.to_vec();
    runner::longest_first(root, &mut listings);
    let programs = Programs::compile(root, &listings)?;
    let tried =
        runner::at_once(&listings, |listing| programs.try_one(root, listing))?;
    let mut all = BTreeMap::new();
    for listing in listings {
        let Some(tried) = tried.get(&listing.name) else {
            continue;
        };
        let (outcome, faults) = bless_one(root, listing, tried)?;
        let seconds = tried.seconds();
        let blessed = Blessed {
            outcome,
            faults,
            seconds,
        };
        all.insert(listing.name.clone(), blessed);
    }
    Ok(all)
}

fn bless_one(
    root: &Path,
    listing: &Listing,
    tried: &Tried,
) -> Result<(Outcome, Vec<Fault>)> {
    let mut faults = tried.faults_of_itself(listing);
    let old = Golden::read(root, listing).ok();
    let agrees = old.filter(|old| tried.faults(listing, old).is_empty());
    if let Some(old) = agrees {
        if !old.is_stale(listing) {
            return Ok((Outcome::Unchanged, faults));
        }
        let source = listing.source_hash.clone();
        let timeline = Timeline {
            source,
            ..old.timeline
        };
        Golden { timeline, ..old }.write(root, listing)?;
        return Ok((Outcome::Renewed, faults));
    }
    faults.extend(tried.differs_when_recorded(listing));
    if !faults.is_empty() {
        return Ok((Outcome::Refused, faults));
    }
    let golden = match tried {
        Tried::NotCompiled(errors) => {
            Golden::of_errors(errors.clone(), listing)
        }
        Tried::Ran(ran) => golden_of(listing, ran),
    };
    golden.write(root, listing)?;
    Ok((Outcome::Blessed, faults))
}

/// What a run becomes that nothing is wrong with.
fn golden_of(listing: &Listing, ran: &Ran) -> Golden {
    let timeline = match &ran.timeline {
        Ok(timeline) => timeline.clone(),
        Err(_) => unreachable!("a run that can't be recorded has a fault"),
    };
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
    let warns = listing.metadata.warns;
    let warnings = warns.then(|| ran.warnings.text.clone());
    let said = ran.clippy.as_ref().filter(|_| listing.metadata.clippy);
    let clippy = said.map(|said| said.text.clone());
    let tests = ran.tests.as_ref().and_then(|run| run.as_ref().ok());
    let tests = tests.map(|run| run.text().unwrap_or_default());
    let lints = ran.lints.clone().filter(|_| listing.is_linted());
    Golden {
        output,
        timeline,
        warnings,
        clippy,
        lints,
        tests,
        errors: None,
    }
}
