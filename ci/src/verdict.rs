//! The verdict on a run: what of it does not agree with the golden.

use std::path::PathBuf;

use crate::compare::{Compared, compare, only_times_differ};
use crate::diagnostics::{Messages, compare_messages};
use crate::golden::Golden;
use crate::listing::{Listing, Metadata, Order};
use crate::process::{End, Run};
use crate::seconds::Seconds;
use crate::timeline::Timeline;

/// A way in which a run and its golden differ.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The program does not compile; what the compiler said.
    DoesNotCompile(String),
    /// It compiles, and must not.
    Compiles,
    /// It ended differently.
    Ended {
        /// How.
        end: End,
        /// The last lines that it printed: they may say why.
        last: String,
    },
    /// It printed bytes that are no text, in this line of its output.
    NotText {
        /// Counted from 1.
        line: usize,
    },
    /// It printed something else: both, line by line.
    Output(Vec<Compared>),
    /// The recorder can't compile it; what the compiler said.
    NotRecorded(String),
    /// Recorded, it printed something else than its golden says.
    RecordedOutput(Vec<Compared>),
    /// It unfolded differently: lanes and events in words, with the lines of the
    /// golden's `timeline.json`.
    Timeline(Vec<Compared>),
    /// The compiler or clippy says something else than the golden.
    Messages {
        /// The golden's file, relative to the book's root.
        file: PathBuf,
        /// Both, line by line.
        compared: Vec<Compared>,
    },
    /// Its tests fail, or don't compile; what was said.
    TestsFail(String),
    /// It is an exercise, and its tests pass before anything is done.
    StartPasses,
    /// The tests of its solution fail, or don't compile; what was said.
    SolutionFails(String),
    /// Its tests print something else: both, line by line.
    Tests(Vec<Compared>),
    /// The compiler or clippy warns of a mistake, and its metadata don't say so.
    WarnedOf {
        /// The key that says so.
        key: &'static str,
        /// What was said.
        said: String,
    },
    /// It took another time, in seconds.
    Elapsed {
        /// What the golden says.
        golden: Seconds,
        /// What it took.
        run: Seconds,
    },
}

impl Fault {
    /// Whether it is about the run itself: then it can't become a golden, whatever the old
    /// one says.
    pub fn forbids_blessing(&self) -> bool {
        matches!(
            self,
            Fault::DoesNotCompile(_)
                | Fault::Compiles
                | Fault::Ended { .. }
                | Fault::NotText { .. }
                | Fault::NotRecorded(_)
                | Fault::TestsFail(_)
                | Fault::WarnedOf { .. }
        )
    }

    /// Whether only measured times differ, as they do on a machine that has too much to
    /// do. Another word or another order is none of its doing.
    pub fn is_of_time_only(&self, listing: &Listing) -> bool {
        match self {
            Fault::Elapsed { .. } => true,
            Fault::Tests(compared) => only_times_differ(compared, Order::Any),
            Fault::Output(compared)
            | Fault::RecordedOutput(compared)
            | Fault::Timeline(compared) => {
                only_times_differ(compared, listing.metadata.order)
                    || !listing.metadata.ends && was_cut_off(compared)
            }
            _ => false,
        }
    }
}

/// A program that was compiled and run, as far as that went.
#[derive(Debug, Clone)]
pub enum Tried {
    /// It does not compile; what the compiler said.
    NotCompiled(Messages),
    /// It ran.
    Ran(Box<Ran>),
}

/// What came of running a listing.
#[derive(Debug, Clone)]
pub struct Ran {
    /// The run of the plain program.
    pub run: Run,
    /// How the recorded run unfolded, or what the compiler said to recording it.
    pub timeline: Result<Timeline, String>,
    /// The compiler's warnings.
    pub warnings: Messages,
    /// Clippy's, if it was asked.
    pub clippy: Option<Messages>,
    /// What its other groups of lints say of a mistake, if it was asked: a line for each.
    pub lints: Option<String>,
    /// The run of its tests, or what the compiler said to them; nothing if it has none.
    pub tests: Option<Result<Run, String>>,
    /// The run of the tests of its solution, if it is an exercise.
    pub solution: Option<Result<Run, String>>,
}

impl Tried {
    /// The elapsed time of the run, in seconds, if there was one.
    pub fn seconds(&self) -> Option<Seconds> {
        match self {
            Tried::NotCompiled(_) => None,
            Tried::Ran(ran) => Some(ran.run.seconds),
        }
    }

    /// Why this can't become a golden, whatever it printed.
    pub fn faults_of_itself(&self, listing: &Listing) -> Vec<Fault> {
        match self {
            Tried::NotCompiled(_) if listing.must_not_compile() => Vec::new(),
            Tried::NotCompiled(messages) => {
                vec![Fault::DoesNotCompile(messages.text.clone())]
            }
            Tried::Ran(ran) => {
                let run = &ran.run;
                let mut faults = Vec::new();
                if listing.must_not_compile() {
                    return vec![Fault::Compiles];
                }
                if run.end != expected_end(listing) {
                    let end = run.end;
                    let last = last_lines(run);
                    faults.push(Fault::Ended { end, last });
                }
                if let Err(line) = run.text() {
                    faults.push(Fault::NotText { line });
                }
                if let Err(messages) = &ran.timeline {
                    faults.push(Fault::NotRecorded(messages.clone()));
                }
                faults.extend(warned_of(listing, ran));
                faults.extend(wrong_tests(listing, ran));
                faults
            }
        }
    }

    /// Whether the recorded program printed something else than the plain one. The two
    /// could not be the halves of one golden.
    pub fn differs_when_recorded(&self, listing: &Listing) -> Option<Fault> {
        let Tried::Ran(ran) = self else { return None };
        let (Ok(text), Ok(timeline)) = (ran.run.text(), &ran.timeline) else {
            return None;
        };
        let Metadata {
            order, tolerance, ..
        } = listing.metadata;
        // A line without an ending is a line in a timeline.
        let text = match text.is_empty() || text.ends_with('\n') {
            true => text,
            false => text + "\n",
        };
        let compared = compare(&text, &timeline.printed(), order, tolerance);
        let differs = !compared.iter().all(Compared::agrees);
        differs.then_some(Fault::RecordedOutput(compared))
    }

    /// Every way in which this differs from the golden; none if they agree.
    pub fn faults(&self, listing: &Listing, golden: &Golden) -> Vec<Fault> {
        let mut faults = self.faults_in_print(listing, golden);
        if listing.must_not_compile() {
            return faults;
        }
        let Tried::Ran(ran) = self else { return faults };
        let seconds = ran.run.seconds;
        if ran.run.end == expected_end(listing)
            && !seconds.agrees(golden.seconds(), listing.metadata.tolerance)
        {
            faults.push(Fault::Elapsed {
                golden: golden.seconds(),
                run: seconds,
            });
        }
        let compiler = (&golden.warnings, Some(&ran.warnings));
        let clippy = (&golden.clippy, ran.clippy.as_ref());
        faults.extend(fault_in_messages(
            golden,
            listing.warnings_file(),
            compiler,
        ));
        faults.extend(fault_in_messages(golden, listing.clippy_file(), clippy));
        if let (Some(old), Some(new)) = (&golden.lints, &ran.lints) {
            let compared = compare(old, new, Order::Exact, Seconds(0.0));
            let file = listing.lints_file();
            if !compared.iter().all(Compared::agrees) {
                faults.push(Fault::Messages { file, compared });
            }
        }
        if let (Some(old), Some(Ok(new))) = (&golden.tests, &ran.tests) {
            let new = new.text().unwrap_or_default();
            let tolerance = listing.metadata.tolerance;
            // Several threads run them, so their lines come in any order.
            let compared = compare(old, &new, Order::Any, tolerance);
            if !compared.iter().all(Compared::agrees) {
                faults.push(Fault::Tests(compared));
            }
        }
        // A program that does something else unfolds differently; once is enough.
        if faults.is_empty()
            && let Ok(timeline) = &ran.timeline
        {
            faults.extend(fault_in_timeline(listing, golden, timeline));
        }
        faults
    }

    /// The same without the elapsed time: a Python twin has to start its interpreter
    /// first.
    pub fn faults_in_print(
        &self,
        listing: &Listing,
        golden: &Golden,
    ) -> Vec<Fault> {
        let mut faults = self.faults_of_itself(listing);
        if let Tried::NotCompiled(said) = self {
            let errors = (&golden.errors, Some(said));
            faults.extend(fault_in_messages(
                golden,
                listing.errors_file(),
                errors,
            ));
        }
        let Tried::Ran(ran) = self else { return faults };
        if listing.must_not_compile() {
            return faults;
        }
        let tolerance = listing.metadata.tolerance;
        if let Ok(text) = ran.run.text() {
            let order = listing.metadata.order;
            let compared = compare(&golden.output, &text, order, tolerance);
            if !compared.iter().all(Compared::agrees) {
                faults.push(Fault::Output(compared));
            }
        }
        faults
    }
}

/// How many lines of a run that ended differently are shown.
const LAST_LINES: usize = 10;

fn last_lines(run: &Run) -> String {
    let first = run.lines.len().saturating_sub(LAST_LINES);
    let lines = run.lines[first..].iter();
    lines
        .map(|line| String::from_utf8_lossy(&line.bytes))
        .collect()
}

/// Whether only the end is missing: a program that never ends by itself was stopped before it
/// had come so far.
fn was_cut_off(compared: &[Compared]) -> bool {
    let is_missing =
        |line: &&Compared| matches!(line, Compared::Missing { .. });
    let printed = compared.iter().rev().skip_while(is_missing);
    printed.into_iter().all(Compared::agrees)
}

/// Who warns of a mistake though its metadata don't say so: the page would tell its reader
/// that nobody did.
fn warned_of(listing: &Listing, ran: &Ran) -> Vec<Fault> {
    let Metadata {
        mistake,
        warns,
        clippy,
        ..
    } = listing.metadata;
    let said = [
        ("warns", warns, Some(&ran.warnings)),
        ("clippy", clippy, ran.clippy.as_ref()),
    ];
    let untold = said
        .into_iter()
        .filter(|(_, told, _)| mistake.is_some() && !told);
    untold
        .filter_map(|(key, _, said)| Some((key, said?.text.clone())))
        .filter(|(_, said)| !said.is_empty())
        .map(|(key, said)| Fault::WarnedOf { key, said })
        .collect()
}

/// Tests of a listing that don't pass, and of an exercise that do.
fn wrong_tests(listing: &Listing, ran: &Ran) -> Vec<Fault> {
    let failure = |tests: &Result<Run, String>| match tests {
        Err(messages) => Some(messages.clone()),
        Ok(run) if run.end != End::Exited(0) => {
            Some(run.text().unwrap_or_default())
        }
        Ok(_) => None,
    };
    let solution = ran.solution.as_ref().and_then(failure);
    let solution = solution.map(Fault::SolutionFails);
    let start = match (&ran.tests, listing.exercise.is_some()) {
        (None, _) => None,
        // Without a program nobody can see what is wrong with it.
        (Some(Err(messages)), true) => Some(Fault::TestsFail(messages.clone())),
        (Some(tests), true) => match failure(tests) {
            Some(_) => None,
            None => Some(Fault::StartPasses),
        },
        (Some(tests), false) => failure(tests).map(Fault::TestsFail),
    };
    start.into_iter().chain(solution).collect()
}

/// How the messages of a compiler differ from those in the golden's `file`.
fn fault_in_messages(
    golden: &Golden,
    file: PathBuf,
    (old, new): (&Option<String>, Option<&Messages>),
) -> Option<Fault> {
    let (Some(old), Some(new)) = (old, new) else {
        return None;
    };
    let compared = compare_messages(old, &golden.timeline.toolchain, new);
    let differs = !compared.iter().all(Compared::agrees);
    differs.then_some(Fault::Messages { file, compared })
}

/// How a recorded run differs from the golden.
fn fault_in_timeline(
    listing: &Listing,
    golden: &Golden,
    recorded: &Timeline,
) -> Option<Fault> {
    let (order, tolerance) =
        (listing.metadata.order, listing.metadata.tolerance);
    let printed = recorded.printed();
    let compared =
        compare(&golden.timeline.printed(), &printed, order, tolerance);
    if !compared.iter().all(Compared::agrees) {
        return Some(Fault::RecordedOutput(compared));
    }
    let words = |timeline: &Timeline| -> String {
        timeline
            .told()
            .into_iter()
            .map(|(_, words)| words)
            .collect()
    };
    let (old, new) = (words(&golden.timeline), words(recorded));
    let mut compared = compare(&old, &new, order, tolerance);
    // The lines of the file, not of the words.
    let lines: Vec<usize> = golden
        .timeline
        .told()
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    for compared in &mut compared {
        compared.renumber(|line| lines.get(line - 1).copied().unwrap_or(1));
    }
    let differs = !compared.iter().all(Compared::agrees);
    differs.then_some(Fault::Timeline(compared))
}

/// How a run of this listing has to end.
pub fn expected_end(listing: &Listing) -> End {
    match listing.metadata.ends {
        true => End::Exited(listing.metadata.exit),
        false => End::TimedOut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::ListingName;

    #[test]
    fn what_lacks_its_end_only_was_cut_off() {
        let compared = |new: &str| {
            let exact = Seconds(0.0);
            compare("a\nb\nc\n", new, Order::Exact, exact)
        };
        for (new, is_cut_off) in [
            ("a\n", true),
            ("", true),
            ("a\nc\n", false),
            ("a\nx\n", false),
        ] {
            assert_eq!(was_cut_off(&compared(new)), is_cut_off, "{new}");
        }
    }

    use crate::process::Line;
    use crate::record;

    #[test]
    fn what_is_printed_only_when_recorded_can_be_no_golden() {
        let listing = Listing {
            name: ListingName("a".into()),
            part: "part".into(),
            folder: "listings/part/a".into(),
            source: String::new(),
            python: None,
            exercise: None,
            scenery: Default::default(),
            source_hash: String::new(),
            metadata: Metadata::default(),
        };
        let run = |text: &str| Run {
            lines: vec![Line {
                at: Seconds(0.0),
                bytes: text.into(),
            }],
            end: End::Exited(0),
            seconds: Seconds(0.0),
        };
        let tried = |plain: &str, recorded: &str| {
            let timeline =
                Ok(record::recorded(&run(recorded), &listing, "rustc"));
            Tried::Ran(Box::new(Ran {
                run: run(plain),
                timeline,
                warnings: Messages::default(),
                clippy: None,
                lints: None,
                tests: None,
                solution: None,
            }))
        };
        for (plain, recorded, differs) in [
            ("Time: 1.0\n", "Time: 1.1\n", false),
            ("no ending", "no ending", false),
            ("Time: 1.0\n", "Time: 2.0\n", true),
            ("a\n", "b\n", true),
        ] {
            let found = tried(plain, recorded).differs_when_recorded(&listing);
            assert_eq!(found.is_some(), differs, "{plain} {recorded}");
        }
    }
}
