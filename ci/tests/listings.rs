//! A test for each listing, by its name: it must do what its golden says. `cargo test
//! sum` runs those with "sum" in their names. All of them run at the same time.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use book::golden::Golden;
use book::judge::{self, Judged};
use book::listing::{Listing, ListingName, Listings};
use book::report;
use book::runner::{self, Programs};
use libtest_mimic::{Arguments, Failed, Trial};

/// What came of running the listings, or why they were not run.
type All = OnceLock<Result<BTreeMap<ListingName, Judged>, String>>;

fn main() {
    let mut arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a root");
    let (listings, problems) = Listings::find(root);
    let listings = Arc::new(listings);
    // A test waits for its listing; all of them wait at the same time.
    arguments.test_threads.get_or_insert(listings.len() + 1);

    let chosen: Arc<Vec<ListingName>> = Arc::new(
        listings
            .iter()
            .filter(|listing| is_chosen(&arguments, &listing.name.0))
            .map(|listing| listing.name.clone())
            .collect(),
    );
    let all = Arc::new(All::new());
    let mut trials: Vec<Trial> = listings
        .iter()
        .map(|listing| {
            let listing = listing.clone();
            let (all, listings) = (all.clone(), listings.clone());
            let chosen = chosen.clone();
            Trial::test(listing.name.0.clone(), move || {
                let all = all.get_or_init(|| {
                    run(root, &listings, &chosen)
                        .map_err(|error| format!("{error:#}"))
                });
                let all = all.as_ref().map_err(Failed::from)?;
                match all.get(&listing.name) {
                    Some(judged) => judge(&listing, judged),
                    None => Ok(Golden::read(root, &listing).map(|_| ())?),
                }
            })
        })
        .collect();
    trials.push(Trial::test("every-listing-can-be-read", move || {
        problems
            .or_ok(())
            .map_err(|problems| Failed::from(problems.to_string()))
    }));
    libtest_mimic::run(&arguments, trials).exit();
}

/// Whether the command line asks for this test: what nobody asked for isn't compiled.
fn is_chosen(arguments: &Arguments, name: &str) -> bool {
    let matches = |filter: &str| match arguments.exact {
        true => name == filter,
        false => name.contains(filter),
    };
    arguments.filter.as_deref().is_none_or(matches)
        && !arguments.skip.iter().any(|skip| matches(skip))
}

/// Runs the chosen listings and holds them against their goldens.
fn run(
    root: &Path,
    listings: &Listings,
    chosen: &[ListingName],
) -> anyhow::Result<BTreeMap<ListingName, Judged>> {
    let chosen = chosen.iter().filter_map(|name| listings.get(&name.0));
    let mut chosen: Vec<&Listing> = chosen.collect();
    runner::longest_first(root, &mut chosen);
    let mut goldens = BTreeMap::new();
    chosen.retain(|listing| match Golden::read(root, listing) {
        Ok(golden) => goldens.insert(listing.name.clone(), golden).is_none(),
        // Its own test tells why.
        Err(_) => false,
    });
    let golden = |listing: &Listing| &goldens[&listing.name];
    let programs = Programs::compile(root, &chosen)?;
    Ok(judge::check(root, &programs, &chosen, golden, |_, _| {})?.judged)
}

fn judge(listing: &Listing, judged: &Judged) -> Result<(), Failed> {
    if let Some(first) = &judged.first {
        let said = report::second_try(first.first());
        eprintln!("{}: {said}", listing.name);
    }
    if judged.agrees() {
        return Ok(());
    }
    let said: Vec<String> = judged
        .faults
        .iter()
        .map(|fault| report::fault(listing, fault))
        .collect();
    // The test runner's output is no place for colors of our own.
    Err(Failed::from(
        anstream::adapter::strip_str(&said.join("\n")).to_string(),
    ))
}
