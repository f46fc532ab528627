//! `flake`: check the listings again and again, to see whether the check ever cries wolf.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::Result;

use crate::commands::{chosen, clean_up_on_ctrl_c};
use crate::golden::Golden;
use crate::judge;
use crate::listing::{Listing, ListingName};
use crate::preprocess::Manuscript;
use crate::report;
use crate::runner::{self, Programs};

/// How often, and under what load.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// The listings to check; all of them if there is no name
    pub names: Vec<String>,
    /// How often to check them
    #[arg(long, default_value_t = 100)]
    pub runs: usize,
    /// How many of the runs have busy loops beside them; the last ones
    #[arg(long, default_value_t = 10)]
    pub loaded: usize,
    /// How many busy loops that are
    #[arg(long, default_value_t = 4)]
    pub loops: usize,
}

/// What happened to a listing over all runs.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    second_tries: usize,
    false_alarms: usize,
}

/// Checks the listings so often and says what was no clean agreement. Whether there was no
/// false alarm.
///
/// # Errors
/// What is wrong with the listings, or if cargo or a program can't be started.
pub fn flake(root: &Path, options: &Options) -> Result<bool> {
    let start = Instant::now();
    clean_up_on_ctrl_c()?;
    let (manuscript, problems) = Manuscript::collect(root);
    problems.or_ok(())?;
    let mut listings = chosen(&manuscript.listings, &options.names)?;
    runner::longest_first(root, &mut listings);
    let programs = Programs::compile(root, &listings)?;
    let golden = |listing: &Listing| -> &Golden {
        manuscript
            .golden(listing)
            .expect("a missing golden was reported before")
    };
    let mut seen: BTreeMap<ListingName, Seen> = BTreeMap::new();
    for run in 0..options.runs {
        let loops = match run + options.loaded >= options.runs {
            true => options.loops,
            false => 0,
        };
        let checked = beside(loops, || {
            judge::check(root, &programs, &listings, golden, |_, _| {})
        })?;
        let mut alarms = 0;
        for listing in &listings {
            let judged = &checked.judged[&listing.name];
            let seen = seen.entry(listing.name.clone()).or_default();
            seen.second_tries += usize::from(judged.first.is_some());
            seen.false_alarms += usize::from(!judged.agrees());
            alarms += usize::from(!judged.agrees());
            for fault in &judged.faults {
                anstream::println!("{}", report::fault(listing, fault));
            }
        }
        let (number, all) = (run + 1, options.runs);
        anstream::eprintln!(
            "run {number} of {all}, beside {loops} busy loops: {alarms} false alarms"
        );
    }
    let mut alarms = 0;
    for (name, seen) in &seen {
        alarms += seen.false_alarms;
        if seen.second_tries + seen.false_alarms > 0 {
            anstream::println!(
                "{name}: {} second tries, {} false alarms",
                seen.second_tries,
                seen.false_alarms
            );
        }
    }
    anstream::println!(
        "{} runs of {} listings in {:.0} s, {} of them beside {} busy loops: \
         {alarms} false alarms",
        options.runs,
        listings.len(),
        start.elapsed().as_secs_f64(),
        options.loaded.min(options.runs),
        options.loops
    );
    Ok(alarms == 0)
}

/// Does something while threads take as much of the processors as they can get.
fn beside<T>(loops: usize, work: impl FnOnce() -> T) -> T {
    /// Ends the loops, even if the work panics: the scope waits for them.
    struct Stop<'a>(&'a AtomicBool);
    impl Drop for Stop<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..loops {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let _stop = Stop(&stop);
        work()
    })
}
