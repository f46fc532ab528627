//! Running listings and holding each against its golden, calmly: all at the same time but
//! for those that have to be alone, and alone once more those that were merely late.
//!
//! A machine that has too much to do, or too little memory, makes programs late. So a
//! listing whose measured times are all that differs is tried a second time when
//! everything else has ended. That is told, never done in silence. Another word or
//! another order is no matter of time: such a listing gets no second try.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::golden::Golden;
use crate::listing::{Listing, ListingName};
use crate::runner::{self, Programs};
use crate::seconds::Seconds;
use crate::verdict::{Fault, Tried};

/// A listing that was tried and held against its golden.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What came of running it, the last time.
    pub tried: Tried,
    /// How that differs from the golden; nothing if they agree.
    pub faults: Vec<Fault>,
    /// How the first try differed, if this is the second.
    pub first: Option<Vec<Fault>>,
    /// Whether there will be a second try.
    pub again: bool,
}

impl Judged {
    /// Whether it does what its golden says.
    pub fn agrees(&self) -> bool {
        self.faults.is_empty()
    }
}

/// What a check did, and how long each part of it took, in the order in which it was
/// done.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Each listing by its name.
    pub judged: BTreeMap<ListingName, Judged>,
    /// The parts of the check, each with its time in seconds.
    pub phases: Vec<(&'static str, Seconds)>,
}

/// Runs the listings, which `programs` has compiled, and holds each against its golden.
/// `told` hears of each as soon as it is judged; of one that was late, twice.
///
/// # Errors
/// If a program can't be started.
pub fn check<'a>(
    root: &Path,
    programs: &Programs,
    listings: &[&Listing],
    golden: impl Fn(&Listing) -> &'a Golden + Sync,
    told: impl Fn(&Listing, &Judged) + Sync,
) -> Result<Checked> {
    let mut checked = judge(
        listings,
        |listing, alone| match alone {
            false => programs.try_one(root, listing),
            true => programs.try_alone(root, listing),
        },
        |listing, tried| tried.faults(listing, golden(listing)),
        // A program that has changed may well take another time.
        |listing| golden(listing).is_stale(listing),
        told,
    )?;
    checked.phases.splice(0..0, programs.phases.iter().copied());
    Ok(checked)
}

/// The same with the Python twins; listings without one are left out. Their elapsed
/// times are not compared: a twin has to start its interpreter first.
///
/// # Errors
/// If `python3` can't be started.
pub fn check_twins<'a>(
    root: &Path,
    listings: &[&Listing],
    golden: impl Fn(&Listing) -> &'a Golden + Sync,
    told: impl Fn(&Listing, &Judged) + Sync,
) -> Result<Checked> {
    let twins = listings.iter().copied();
    let twins: Vec<&Listing> = twins.filter(|l| l.python.is_some()).collect();
    judge(
        &twins,
        |listing, _| runner::try_twin(root, listing),
        |listing, tried| tried.faults_in_print(listing, golden(listing)),
        |_| false,
        told,
    )
}

/// Runs the listings as `run` does, which hears whether a listing is alone.
fn judge(
    listings: &[&Listing],
    run: impl Fn(&Listing, bool) -> Result<Tried> + Sync,
    faults: impl Fn(&Listing, &Tried) -> Vec<Fault> + Sync,
    has_changed: impl Fn(&Listing) -> bool + Sync,
    told: impl Fn(&Listing, &Judged) + Sync,
) -> Result<Checked> {
    let start = Instant::now();
    let judge =
        |listing: &Listing, first: Option<Vec<Fault>>| -> Result<Judged> {
            let alone = first.is_some() || listing.metadata.alone;
            let tried = run(listing, alone)?;
            let faults = faults(listing, &tried);
            let late = |fault: &Fault| fault.is_of_time_only(listing);
            let again = first.is_none()
                && !faults.is_empty()
                && faults.iter().all(late)
                && !has_changed(listing);
            let judged = Judged {
                tried,
                faults,
                first,
                again,
            };
            told(listing, &judged);
            Ok(judged)
        };
    let mut judged = runner::at_once(listings, |listing| judge(listing, None))?;
    let running = start.elapsed();
    let late = listings.iter().filter(|listing| {
        judged.get(&listing.name).is_some_and(|judged| judged.again)
    });
    let late: Vec<&Listing> = late.copied().collect();
    for listing in &late {
        let first = judged.remove(&listing.name).map(|judged| judged.faults);
        judged.insert(listing.name.clone(), judge(listing, first)?);
    }
    let mut phases = vec![("running", running.into())];
    if !late.is_empty() {
        let again = (start.elapsed() - running).into();
        phases.push(("trying again, alone", again));
    }
    Ok(Checked { judged, phases })
}
