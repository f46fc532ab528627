//! Faults in programs: each listing is changed, compiled and run, one fault at a time, and
//! its golden is told the hash of the new source, so that only the run can tell.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::Result;
use regex::{Captures, Regex};

use super::{Copy, Tally};
use crate::golden::Golden;
use crate::listing::{Listing, Listings};
use crate::report;
use crate::runner::{self, Programs};
use crate::seconds::Seconds;
use crate::verdict::Tried;

const DURATION: &str = "a duration, by one second";

/// Faults that change nothing which a run could show: the listing, a part of the line, the
/// kinds of the faults, and the reason. One that is caught after all has to be taken from this list.
const NOT_SHOWN: [(&str, &str, &[&str], &str); 29] = [
    (
        "abort-is-asked",
        "sleep(Duration::from_secs(5))",
        &[DURATION],
        "it is aborted before",
    ),
    (
        "block-on-inside-wrong",
        "sleep(Duration::from_secs(1))",
        ALL,
        "it panics before",
    ),
    (
        "canceled-halfway-wrong",
        "sleep(Duration::from_secs(2))",
        &[DURATION],
        "it is canceled before",
    ),
    (
        "countdown",
        "sleep(Duration::from_secs(1))",
        ALL,
        "it is done after the first poll, and never comes to that line",
    ),
    (
        "ctrl-c",
        "sleep(Duration::from_secs(3))",
        &[DURATION],
        "somebody insists before",
    ),
    (
        "guard-across-await-wrong",
        "sleep(Duration::from_secs(1))",
        &[DURATION],
        "it hangs before that is over",
    ),
    (
        "guard-in-spawn-wrong",
        "sleep(Duration::from_secs(1))",
        ALL,
        "the compiler refuses it for another line",
    ),
    (
        "knock-once",
        "pending::<()>().await",
        ALL,
        "nobody polls it, which is to be mended",
    ),
    (
        "lost-wakeup",
        "from_secs(1)",
        ALL,
        "nobody is woken, whenever that would have been",
    ),
    (
        "main-returns-wrong",
        "tokio::spawn",
        ALL,
        "the program ends before",
    ),
    (
        "main-returns-wrong",
        "sleep(time)",
        ALL,
        "the program ends before",
    ),
    (
        "map-awaits-none-wrong",
        "sleep(Duration::from_secs(1))",
        ALL,
        "nobody polls it, which is its point",
    ),
    (
        "map-awaits-none-wrong",
        "save(city).await",
        ALL,
        "nobody polls it, which is its point",
    ),
    (
        "postcards",
        "sleep(Duration::from_secs(1))",
        ALL,
        "nobody polls it, which is to be mended",
    ),
    ("quiz-show", "const LIMIT", ALL, "no question takes so long"),
    (
        "recursion-without-box-wrong",
        "sleep(Duration::from_secs(1))",
        ALL,
        "the compiler refuses it for another line",
    ),
    (
        "retry-jitter",
        "1..=3",
        ALL,
        "the third attempt is the last one in any case",
    ),
    (
        "retry-together",
        "1..=3",
        ALL,
        "the third attempt is the last one in any case",
    ),
    (
        "select-restarts-timer-right",
        "1..=5",
        ALL,
        "nobody reads any longer by then",
    ),
    (
        "stalled-buffer-right",
        "let second",
        ALL,
        "no page takes so long",
    ),
    (
        "starve",
        "1..=13",
        ALL,
        "one part more is shorter than the tolerance",
    ),
    ("task-abort", "1..=3", ALL, "it is aborted before"),
    ("task-detached", "1..=3", ALL, "the program ends before"),
    ("tie", "0..100", ALL, "one draw more shows nothing new"),
    ("timeout-each", "let limit", ALL, "no step takes so long"),
    (
        "timeout-never-yields-wrong",
        "let time",
        ALL,
        "it computes for longer than that, and is not asked",
    ),
    (
        "timeout-never-yields-wrong",
        "1..=100",
        ALL,
        "one part more is shorter than the tolerance",
    ),
    (
        "which-starts",
        "set.join_all()",
        ALL,
        "the tasks of the set have printed all before",
    ),
    (
        "yield-now",
        "1..=13",
        ALL,
        "one part more is shorter than the tolerance",
    ),
];

/// The Python twin that prints nothing of what is changed.
const TWIN_NOT_SHOWN: (&str, &str) =
    ("never-awaited", "that line never runs, which is its point");

const BOUND: &str = "the bound of a loop, by one";

const BLOCKS: &str = "a sleep that blocks";

const AWAIT: &str = "an .await left out";

/// Every kind of fault.
const ALL: &[&str] = &[DURATION, BOUND, BLOCKS, AWAIT];

/// How much longer than its golden a changed program may run, in seconds.
const LONGER: f64 = 4.0;

/// What takes the place of something in a program.
type Change<'a> = &'a dyn Fn(&Captures) -> String;

/// A changed program.
struct Fault {
    kind: &'static str,
    /// The line that was changed, counted from 1.
    line: usize,
    /// How it read before.
    old: String,
    source: String,
}

/// Plants faults into the listings of the copy that are `chosen`, no more than `most` into
/// each, compiles them into `target`, and runs them. `told` hears how many rounds there
/// are, and which one begins: in each, every listing has one fault.
///
/// # Errors
/// If the copy can't be read or written, or cargo or a program can't be run.
pub fn plant(
    copy: &mut Copy,
    target: &Path,
    chosen: impl Fn(&Listing) -> bool,
    most: usize,
    told: impl Fn(usize, usize),
) -> Result<Tally> {
    let mut tally = Tally::default();
    let (listings, problems) = Listings::find(copy.root());
    problems.or_ok(())?;
    let mut goldens = BTreeMap::new();
    let mut faults: BTreeMap<_, Vec<Fault>> = BTreeMap::new();
    let all = listings.iter().enumerate();
    for (number, listing) in all.filter(|(_, listing)| chosen(listing)) {
        let golden = Golden::read(copy.root(), listing)?;
        goldens.insert(listing.name.clone(), golden);
        let mut all = faults_of(&listing.source);
        // So that each kind has its turn, if only some are planted.
        let first = number % all.len().max(1);
        all.rotate_left(first);
        all.truncate(most);
        faults.insert(listing.name.clone(), all);
    }
    let rounds = faults.values().map(Vec::len).max().unwrap_or_default();
    for round in 0..rounds {
        told(round + 1, rounds);
        let mut spoiled = Vec::new();
        for listing in listings.iter() {
            let faults = faults.get(&listing.name);
            let Some(fault) = faults.and_then(|faults| faults.get(round))
            else {
                continue;
            };
            copy.spoil(&listing.source_file(), &fault.source)?;
            let longest = goldens[&listing.name].seconds().0 + LONGER;
            let mut changed = listing.clone();
            changed.source = fault.source.clone();
            // What a run doesn't show is checked elsewhere.
            changed.exercise = None;
            changed.metadata.tests = false;
            changed.metadata.mistake = None;
            if changed.metadata.ends {
                changed.metadata.timeout =
                    Seconds(longest.min(changed.metadata.timeout.0));
            }
            spoiled.push((changed, fault));
        }
        let mut changed: Vec<&Listing> =
            spoiled.iter().map(|(listing, _)| listing).collect();
        runner::longest_first(copy.root(), &mut changed);
        let programs =
            Programs::compile_into(Some(target), copy.root(), &changed)?;
        let tried = runner::at_once(&changed, |listing| {
            programs.try_one(copy.root(), listing)
        })?;
        copy.mend()?;
        for (listing, fault) in &spoiled {
            let golden = &goldens[&listing.name];
            let mut said = said(listing, &tried[&listing.name], golden);
            let what =
                format!("{} {}:{}", fault.kind, listing.name, fault.line);
            // The message names a file of the listing: its source or its golden.
            let is_named = |said: &str| {
                let folder = format!("--> {}/", listing.folder.display());
                said.lines().any(|line| line.trim().starts_with(&folder))
            };
            let mut named = is_named(&said);
            // A surprise may have come of being late, as others ran.
            if named == reason_not_to_show(listing, fault, named).is_some() {
                let alone = programs.try_alone(copy.root(), listing)?;
                said = self::said(listing, &alone, golden);
                named = is_named(&said);
            }
            let places = [listing.folder.display().to_string()];
            let said = match named {
                true => format!("--> {}", places[0]),
                false => said,
            };
            match reason_not_to_show(listing, fault, named) {
                Some(reason) if !named => tally.excuse(fault.kind, reason),
                Some(_) => {
                    let what = format!("{what} was excused and caught");
                    tally.count(fault.kind, &what, "", &places);
                }
                None => tally.count(fault.kind, &what, &said, &places),
            }
        }
    }
    Ok(tally)
}

/// Why no run could show this fault, if none could. A tolerance of a second or more may
/// hide it, and need not.
fn reason_not_to_show(
    listing: &Listing,
    fault: &Fault,
    named: bool,
) -> Option<String> {
    let known = NOT_SHOWN.iter().find(|(name, line, kinds, _)| {
        *name == listing.name.0
            && fault.old.contains(line)
            && kinds.contains(&fault.kind)
    });
    let tolerance = listing.metadata.tolerance;
    match known {
        Some((name, .., reason)) => Some(format!("in {name}, {reason}")),
        None if fault.kind == DURATION && tolerance.0 >= 1.0 && !named => {
            Some(format!("its tolerance is {tolerance} s"))
        }
        None => None,
    }
}

/// Makes a printed word of every Python twin another one, and runs them all.
///
/// # Errors
/// If the copy can't be read or written, or `python3` can't be run.
pub fn plant_in_twins(copy: &mut Copy) -> Result<Tally> {
    static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"print\((?:[^"\n]*?)"[^"\n]*?([A-Za-z]{3,})"#)
            .expect("a regex")
    });
    let kind = "a twin that prints something else";
    let mut tally = Tally::default();
    let (listings, problems) = Listings::find(copy.root());
    problems.or_ok(())?;
    let mut spoiled = Vec::new();
    for listing in listings.iter() {
        let Some(python) = &listing.python else {
            continue;
        };
        let Some(word) =
            PRINTED.captures(python).and_then(|found| found.get(1))
        else {
            tally.excuse(kind, "it prints nothing that stands in a print call");
            continue;
        };
        let (before, after) = (&python[..word.start()], &python[word.end()..]);
        let other = format!("{before}Another{after}");
        copy.spoil(&listing.python_file(), &other)?;
        spoiled.push(listing);
    }
    let tried = runner::at_once(&spoiled, |listing| {
        runner::try_twin(copy.root(), listing)
    })?;
    copy.mend()?;
    for listing in spoiled {
        let golden = Golden::read(copy.root(), listing)?;
        let faults = tried[&listing.name].faults_in_print(listing, &golden);
        let said = faults.iter().map(|f| report::twin_fault(listing, f));
        let said = said.collect::<Vec<_>>().join("\n");
        let said = anstream::adapter::strip_str(&said).to_string();
        let place = listing.output_file().display().to_string();
        match TWIN_NOT_SHOWN {
            (name, reason) if name == listing.name.0 && said.is_empty() => {
                tally.excuse(kind, format!("in {name}, {reason}"));
            }
            _ => tally.count(kind, &listing.name.0, &said, &[place]),
        }
    }
    Ok(tally)
}

fn said(listing: &Listing, tried: &Tried, golden: &Golden) -> String {
    let faults = tried.faults(listing, golden);
    let said = faults.iter().map(|fault| report::fault(listing, fault));
    let said = said.collect::<Vec<_>>().join("\n");
    anstream::adapter::strip_str(&said).to_string()
}

/// Every fault that can be planted into a program.
fn faults_of(source: &str) -> Vec<Fault> {
    // Tests don't run when the program does.
    let program = source.split("#[cfg(test)]").next().unwrap_or(source);
    static DURATIONS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"from_(secs|millis)\(([\d_]+)\)").expect("a regex")
    });
    static BOUNDS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(\.\.=?)(\d+)\b").expect("a regex"));
    static SLEEP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:tokio::time::)?\bsleep\(((?:[^()]|\([^()]*\))*)\)\.await",
        )
        .expect("a regex")
    });
    static AWAITS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\s*\.await").expect("a regex"));
    let later = |found: &Captures| {
        let number: u64 = found[2].replace('_', "").parse().unwrap_or(0);
        match &found[1] {
            "secs" => format!("from_secs({})", number + 1),
            _ => format!("from_millis({})", number + 1000),
        }
    };
    let further = |found: &Captures| {
        let bound: u64 = found[2].parse().unwrap_or(0);
        format!("{}{}", &found[1], bound + 1)
    };
    let blocking =
        |found: &Captures| format!("std::thread::sleep({})", &found[1]);
    let nothing = |_: &Captures| String::new();
    let kinds: [(&str, &Regex, Change); 4] = [
        (DURATION, &DURATIONS, &later),
        (BOUND, &BOUNDS, &further),
        (BLOCKS, &SLEEP, &blocking),
        (AWAIT, &AWAITS, &nothing),
    ];
    let mut faults = Vec::new();
    for (kind, pattern, change) in kinds {
        for found in pattern.captures_iter(program) {
            let whole = found.get(0).expect("a match");
            let line_start =
                source[..whole.start()].rfind('\n').map_or(0, |n| n + 1);
            if source[line_start..].trim_start().starts_with("//") {
                continue;
            }
            let (before, after) =
                (&source[..whole.start()], &source[whole.end()..]);
            faults.push(Fault {
                kind,
                line: before.matches('\n').count() + 1,
                old: source[line_start..].lines().next().unwrap_or("").into(),
                source: format!("{before}{}{after}", change(&found)),
            });
        }
    }
    faults
}
