//! Faults in goldens: each is held against a run that does what the true golden says. That
//! real runs do is what the check of the listings shows.

use std::path::Path;
use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use super::{Copy, Tally};
use crate::diagnostics::Messages;
use crate::golden::Golden;
use crate::listing::{Listing, Listings, Order};
use crate::process::{End, Line, Run};
use crate::report;
use crate::seconds::Seconds;
use crate::timeline::{Event, What};
use crate::verdict::{Ran, Tried, expected_end};

const A_TIME: &str = "a time, by one second";

const ALONE: &str = "a word in output.txt alone";

/// Makes another line of a line, if it has something to be changed.
type Change = fn(&str) -> Option<String>;

/// Plants faults into every golden of the copy.
///
/// # Errors
/// If the copy can't be read or written, or its goldens are no true ones.
pub fn plant(copy: &Copy) -> Result<Tally> {
    let (listings, problems) = Listings::find(copy.root());
    problems.or_ok(())?;
    let listings: Vec<&Listing> = listings.iter().collect();
    Tally::at_once(&listings, |listing| {
        let mut copy = copy.shared();
        let mut tally = Tally::default();
        let golden = Golden::read(copy.root(), listing)?;
        let planted = Planted {
            listing,
            golden: &golden,
            run: as_told(listing, &golden),
        };
        anyhow::ensure!(
            planted.run.faults(listing, &golden).is_empty(),
            "{} does not agree with itself",
            listing.name
        );
        planted.lines(&mut copy, &mut tally)?;
        planted.more_or_fewer_lines(&mut copy, &mut tally)?;
        planted.timeline(&mut copy, &mut tally)?;
        planted.messages(&mut copy, &mut tally)?;
        Ok(tally)
    })
}

/// A listing that does exactly what its golden says.
fn as_told(listing: &Listing, golden: &Golden) -> Tried {
    let said = |text: &Option<String>| Messages {
        text: text.clone().unwrap_or_default(),
        toolchain: golden.timeline.toolchain.clone(),
    };
    if golden.errors.is_some() {
        return Tried::NotCompiled(said(&golden.errors));
    }
    Tried::Ran(Box::new(Ran {
        run: Run {
            lines: lines_of(&golden.output),
            end: expected_end(listing),
            seconds: golden.seconds(),
        },
        timeline: Ok(golden.timeline.clone()),
        warnings: said(&golden.warnings),
        clippy: golden.clippy.as_ref().map(|_| said(&golden.clippy)),
        lints: golden.lints.clone(),
        tests: golden.tests.as_ref().map(|text| {
            let exit = if listing.exercise.is_some() { 101 } else { 0 };
            Ok(Run {
                lines: lines_of(text),
                end: End::Exited(exit),
                seconds: Seconds(0.0),
            })
        }),
        solution: None,
    }))
}

fn lines_of(text: &str) -> Vec<Line> {
    let lines = text.split_inclusive('\n').map(|line| Line {
        at: Seconds(0.0),
        bytes: line.as_bytes().to_owned(),
    });
    lines.collect()
}

/// What is planted into one listing's golden.
struct Planted<'a> {
    listing: &'a Listing,
    golden: &'a Golden,
    run: Tried,
}

impl Planted<'_> {
    /// Changes in a line, for each line.
    fn lines(&self, copy: &mut Copy, tally: &mut Tally) -> Result<()> {
        let kinds: [(&str, Change); 3] = [
            ("a word in an output", another_word),
            ("a digit in an integer", another_integer),
            (A_TIME, another_time),
        ];
        let tolerance = self.listing.metadata.tolerance;
        for index in 0..self.golden.output.lines().count() {
            for (kind, change) in kinds {
                let Some(false_golden) = self.with_line(index, change) else {
                    continue;
                };
                if kind == A_TIME && tolerance.0 >= 1.0 {
                    let reason = format!("its tolerance is {tolerance} s");
                    tally.excuse(kind, reason);
                    continue;
                }
                let place = self.output_at(index);
                self.judge(copy, tally, kind, &false_golden, &[place])?;
            }
            // The other half of the golden tells at once, without a run.
            if let Some(false_golden) = self.with_line(index, another_word) {
                let false_golden = Golden {
                    output: false_golden.output,
                    ..self.golden.clone()
                };
                let place = self.output_at(index);
                self.judge(copy, tally, ALONE, &false_golden, &[place])?;
            }
        }
        Ok(())
    }

    /// A line too many, a line too few, and two in the wrong order.
    fn more_or_fewer_lines(
        &self,
        copy: &mut Copy,
        tally: &mut Tally,
    ) -> Result<()> {
        let lines: Vec<&str> = self.golden.output.lines().collect();
        let near = |index: usize| {
            // Which one of several equal lines is left out, nobody can tell.
            let same = |other: &&&str| **other == lines[index];
            let before = lines[..index].iter().rev().take_while(same).count();
            let after = lines[index..].iter().take_while(same).count();
            let all = (index - before).saturating_sub(1)..=index + after;
            all.map(|i| self.output_at(i)).collect::<Vec<_>>()
        };
        for index in 0..lines.len() {
            let changed = self.with_lines(|lines| {
                lines.remove(index);
            });
            self.judge(copy, tally, "a line left out", &changed, &near(index))?;
            let changed = self.with_lines(|lines| {
                lines.insert(index, "One line more".to_owned());
            });
            self.judge(copy, tally, "a line added", &changed, &near(index))?;
            let kind = "two lines swapped";
            if lines
                .get(index + 1)
                .is_some_and(|next| *next != lines[index])
            {
                if self.listing.metadata.order == Order::Any {
                    tally.excuse(kind, "its lines may come in any order");
                    continue;
                }
                let changed =
                    self.with_lines(|lines| lines.swap(index, index + 1));
                if self
                    .differs_by_tolerance_only(lines[index], lines[index + 1])
                {
                    tally
                        .excuse(kind, "they differ by less than the tolerance");
                    continue;
                }
                self.judge(copy, tally, kind, &changed, &near(index))?;
            }
        }
        Ok(())
    }

    /// The elapsed time, and where and when a lane does what.
    fn timeline(&self, copy: &mut Copy, tally: &mut Tally) -> Result<()> {
        if self.golden.errors.is_some() {
            return Ok(());
        }
        let file = self.listing.timeline_file().display().to_string();
        let tolerance = self.listing.metadata.tolerance;
        let kind = "the elapsed time, by one second";
        let mut changed = self.golden.clone();
        changed.timeline.seconds.0 += 1.0;
        if tolerance.0 >= 1.0 {
            tally.excuse(kind, format!("its tolerance is {tolerance} s"));
        } else if self.listing.metadata.ends {
            self.judge(
                copy,
                tally,
                kind,
                &changed,
                std::slice::from_ref(&file),
            )?;
        } else {
            tally.excuse(kind, "it is stopped, since it never ends");
        }
        for index in 0..self.golden.timeline.events.len() {
            let mut changed = self.golden.clone();
            let event = &mut changed.timeline.events[index];
            let kind = match &mut event.what {
                What::Wait { lines } if !lines.is_empty() => {
                    lines[0] += 1;
                    "the line at which a lane waits"
                }
                What::Block { line: Some(line) } => {
                    *line += 1;
                    "the line at which a lane blocks"
                }
                _ => continue,
            };
            if !self.is_told(index) {
                tally.excuse(
                    kind,
                    "a poll that changes nothing is not compared",
                );
                continue;
            }
            self.judge(
                copy,
                tally,
                kind,
                &changed,
                std::slice::from_ref(&file),
            )?;
        }
        Ok(())
    }

    /// What a compiler says.
    fn messages(&self, copy: &mut Copy, tally: &mut Tally) -> Result<()> {
        let kind = "a word in a compiler's message";
        let files = [
            self.listing.warnings_file(),
            self.listing.clippy_file(),
            self.listing.lints_file(),
            self.listing.tests_file(),
            self.listing.errors_file(),
        ];
        for (which, file) in files.iter().enumerate() {
            let mut changed = self.golden.clone();
            let texts = [
                &mut changed.warnings,
                &mut changed.clippy,
                &mut changed.lints,
                &mut changed.tests,
                &mut changed.errors,
            ];
            let Some(text) =
                texts.into_iter().nth(which).and_then(Option::as_mut)
            else {
                continue;
            };
            let true_text = text.clone();
            for (number, line) in true_text.lines().enumerate() {
                let Some(other) = another_word(line) else {
                    continue;
                };
                let mut lines: Vec<&str> = true_text.lines().collect();
                lines[number] = &other;
                let mut changed = self.golden.clone();
                let text = Some(lines.join("\n") + "\n");
                match which {
                    0 => changed.warnings = text,
                    1 => changed.clippy = text,
                    2 => changed.lints = text,
                    3 => changed.tests = text,
                    _ => changed.errors = text,
                }
                let place = format!("{}:{}", file.display(), number + 1);
                self.judge(copy, tally, kind, &changed, &[place])?;
            }
        }
        Ok(())
    }

    /// The golden with a changed line in both of its halves, if the line can be changed.
    fn with_line(&self, index: usize, change: Change) -> Option<Golden> {
        let line = self.golden.output.lines().nth(index)?;
        change(line)?;
        Some(self.with_lines(|lines| {
            if let Some(other) = lines.get(index).and_then(|line| change(line))
            {
                lines[index] = other;
            }
        }))
    }

    /// The golden with other lines in both of its halves.
    fn with_lines(&self, change: impl Fn(&mut Vec<String>)) -> Golden {
        let mut golden = self.golden.clone();
        let mut lines: Vec<String> =
            golden.output.lines().map(str::to_owned).collect();
        change(&mut lines);
        let end = if lines.is_empty() { "" } else { "\n" };
        golden.output = lines.join("\n") + end;

        let events = &mut golden.timeline.events;
        let mut printed: Vec<String> = golden_lines(events);
        let old = printed.len();
        change(&mut printed);
        let mut new = printed.into_iter();
        let mut kept = Vec::new();
        let mut seen = 0;
        for mut event in std::mem::take(events) {
            if let What::Print { text, .. } = &mut event.what {
                seen += 1;
                match new.next() {
                    Some(line) => *text = line,
                    None => continue,
                }
                kept.push(event.clone());
                if seen == old {
                    kept.extend(new.by_ref().map(|text| Event {
                        what: What::Print { text, line: None },
                        ..event.clone()
                    }));
                }
                continue;
            }
            kept.push(event);
        }
        golden.timeline.events = kept;
        golden
    }

    /// The place of a line of the output. Where lines may come in any order, it can't be
    /// told which of two equal ones is false.
    fn output_at(&self, index: usize) -> String {
        let file = self.listing.output_file();
        match self.listing.metadata.order {
            Order::Exact => format!("{}:{}", file.display(), index + 1),
            Order::Any => file.display().to_string(),
        }
    }

    fn differs_by_tolerance_only(&self, one: &str, other: &str) -> bool {
        let tolerance = self.listing.metadata.tolerance;
        let compared =
            crate::compare::compare(one, other, Order::Exact, tolerance);
        compared.iter().all(crate::compare::Compared::agrees)
    }

    /// Whether an event is among those that are compared.
    fn is_told(&self, index: usize) -> bool {
        let told = self.golden.timeline.told();
        let first_event = crate::timeline::SECONDS_LINE
            + 5
            + self.golden.timeline.lanes.len();
        told.iter().any(|(line, _)| *line == first_event + index)
    }

    /// Writes the false golden, reads it as the check does, and holds the run against it.
    fn judge(
        &self,
        copy: &mut Copy,
        tally: &mut Tally,
        kind: &'static str,
        golden: &Golden,
        places: &[String],
    ) -> Result<()> {
        let listing = self.listing;
        copy.spoil(&listing.timeline_file(), &golden.timeline.to_text())?;
        let files = [
            (listing.output_file(), Some(&golden.output)),
            (listing.warnings_file(), golden.warnings.as_ref()),
            (listing.clippy_file(), golden.clippy.as_ref()),
            (listing.lints_file(), golden.lints.as_ref()),
            (listing.tests_file(), golden.tests.as_ref()),
            (listing.errors_file(), golden.errors.as_ref()),
        ];
        for (file, text) in files {
            if let Some(text) = text
                && !(golden.errors.is_some() && file == listing.output_file())
            {
                copy.spoil(&file, text)?;
            }
        }
        let said = said(copy.root(), listing, &self.run);
        copy.mend()?;
        let what = format!("{kind} of {}", listing.name);
        tally.count(kind, &what, &said, places);
        Ok(())
    }
}

fn golden_lines(events: &[Event]) -> Vec<String> {
    let printed = events.iter().filter_map(|event| match &event.what {
        What::Print { text, .. } => Some(text.clone()),
        _ => None,
    });
    printed.collect()
}

/// What the check says about a run and the golden that is in the copy now.
fn said(root: &Path, listing: &Listing, run: &Tried) -> String {
    let said = match Golden::read(root, listing) {
        Err(problems) => problems.to_string(),
        Ok(golden) => {
            let faults = run.faults(listing, &golden);
            let said = faults.iter().map(|fault| report::fault(listing, fault));
            said.collect::<Vec<_>>().join("\n")
        }
    };
    anstream::adapter::strip_str(&said).to_string()
}

/// The line with its last word changed.
fn another_word(line: &str) -> Option<String> {
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[A-Za-z]{2,}").expect("a regex"));
    let word = WORD.find_iter(line).last()?;
    let (before, after) = (&line[..word.start()], &line[word.end()..]);
    Some(format!("{before}another{after}"))
}

/// The line with another digit in its last integer.
fn another_integer(line: &str) -> Option<String> {
    static INTEGER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\d[\d.]*").expect("a regex"));
    let numbers = INTEGER.find_iter(line);
    let integer = numbers
        .filter(|number| !number.as_str().trim_end_matches('.').contains('.'))
        .last()?;
    let digit = line.as_bytes()[integer.start()] - b'0';
    let other = (digit + 1) % 10;
    let (before, after) =
        (&line[..integer.start()], &line[integer.start() + 1..]);
    Some(format!("{before}{other}{after}"))
}

/// The line with its last measured time one second later.
fn another_time(line: &str) -> Option<String> {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^\d.])(\d+)\.\d+(?:[^\d.]|\.$|$)").expect("a regex")
    });
    let whole = TIME.captures_iter(line).last()?.get(1)?;
    let later = whole.as_str().parse::<u64>().ok()? + 1;
    let (before, after) = (&line[..whole.start()], &line[whole.end()..]);
    Some(format!("{before}{later}{after}"))
}
