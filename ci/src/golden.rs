//! Goldens: what the repository says a listing prints, and how its run unfolds.

use std::path::Path;

use anyhow::Result;

use crate::compare::{Compared, compare};
use crate::diagnostics::Messages;
use crate::files;
use crate::listing::{Listing, Order};
use crate::message;
use crate::problem::{Problem, Problems};
use crate::seconds::Seconds;
use crate::timeline::Timeline;

/// The golden files of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct Golden {
    /// `output.txt`: what a terminal shows, to the letter.
    pub output: String,
    /// `timeline.json`: the events of the run.
    pub timeline: Timeline,
    /// `warnings.txt`: what the compiler warns of, if that is part of the golden.
    pub warnings: Option<String>,
    /// `clippy.txt`: what clippy warns of, if that is part of the golden.
    pub clippy: Option<String>,
    /// `lints.txt`: what clippy's other groups of lints say of a mistake, a line for each.
    pub lints: Option<String>,
    /// `tests.txt`: what its tests print, if it has some.
    pub tests: Option<String>,
    /// `errors.txt`: what the compiler says, for a listing that must not compile. There
    /// is no run then: no output, and no lane in the timeline.
    pub errors: Option<String>,
}

impl Golden {
    /// Reads the golden of a listing from the book at `root`.
    ///
    /// # Errors
    /// All that is wrong with the files, or with how they fit together.
    pub fn read(root: &Path, listing: &Listing) -> Result<Golden, Problems> {
        let mut problems = Problems::new();
        let mut text = |file: &Path| match files::read(&root.join(file)) {
            Ok(text) => Some(text),
            Err(why) => {
                if root.join(file).exists() {
                    let problem =
                        message::unreadable_golden(listing, file, &why);
                    problems.push(problem);
                } else if problems.is_empty() {
                    // Of one that isn't there, the first file stands for all.
                    problems.push(message::missing_golden(listing, file));
                }
                None
            }
        };
        let mut text_if = |wanted: bool, file: &Path| match wanted {
            true => text(file).map(Some),
            false => Some(None),
        };
        let fails = listing.must_not_compile();
        let errors = text_if(fails, &listing.errors_file());
        let output = text_if(!fails, &listing.output_file());
        let warns = listing.metadata.warns && !fails;
        let warnings = text_if(warns, &listing.warnings_file());
        let lints = listing.metadata.clippy && !fails;
        let clippy = text_if(lints, &listing.clippy_file());
        let lints = text_if(listing.is_linted(), &listing.lints_file());
        let tested = listing.has_tests() && !fails;
        let tests = text_if(tested, &listing.tests_file());
        let timeline = text(&listing.timeline_file());
        let timeline = timeline.and_then(|text| match Timeline::parse(&text) {
            Ok(timeline) => Some(timeline),
            Err(fault) => {
                let (line, why) = (fault.line, fault.to_string());
                problems.push(message::bad_timeline(listing, line, &why));
                None
            }
        });
        let (
            Some(output),
            Some(timeline),
            Some(warnings),
            Some(clippy),
            Some(lints),
            Some(tests),
            Some(errors),
        ) = (output, timeline, warnings, clippy, lints, tests, errors)
        else {
            return Err(problems);
        };
        let golden = Golden {
            output: output.unwrap_or_default(),
            timeline,
            warnings,
            clippy,
            lints,
            tests,
            errors,
        };
        if let Some(problem) = golden.halves_differ(listing) {
            problems.push(problem);
        }
        problems.or_ok(golden)
    }

    /// The golden of a listing that must not compile.
    pub fn of_errors(errors: Messages, listing: &Listing) -> Golden {
        let source = &listing.source_hash;
        Golden {
            output: String::new(),
            timeline: Timeline::none(source, &errors.toolchain),
            warnings: None,
            clippy: None,
            lints: None,
            tests: None,
            errors: Some(errors.text),
        }
    }

    /// All that is printed, and said about the program.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let said = [&self.warnings, &self.clippy, &self.tests, &self.errors];
        let said = said.into_iter().flatten().map(String::as_str);
        std::iter::once(self.output.as_str()).chain(said)
    }

    /// Whether it was recorded by another program than the one that stands there now.
    pub fn is_stale(&self, listing: &Listing) -> bool {
        self.timeline.source != listing.source_hash
    }

    /// Writes the files, each whole or not at all.
    ///
    /// # Errors
    /// If the listing's folder can't be written to.
    pub fn write(&self, root: &Path, listing: &Listing) -> Result<()> {
        let write =
            |file: &Path, text: &str| files::write(&root.join(file), text);
        write(&listing.timeline_file(), &self.timeline.to_text())?;
        for (file, messages) in [
            (listing.warnings_file(), &self.warnings),
            (listing.clippy_file(), &self.clippy),
            (listing.lints_file(), &self.lints),
            (listing.tests_file(), &self.tests),
            (listing.errors_file(), &self.errors),
        ] {
            if let Some(messages) = messages {
                write(&file, messages)?;
            }
        }
        match self.errors {
            Some(_) => Ok(()),
            None => write(&listing.output_file(), &self.output),
        }
    }

    /// The elapsed time of the run, in seconds.
    pub fn seconds(&self) -> Seconds {
        self.timeline.seconds
    }

    /// `timeline.json` must print the lines of `output.txt`.
    fn halves_differ(&self, listing: &Listing) -> Option<Problem> {
        let printed = self.timeline.printed();
        if self.output.contains("\r\n") && !printed.contains('\r') {
            return Some(message::carriage_returns(listing));
        }
        let tolerance = listing.metadata.tolerance;
        // A run without a newline at its end has the same lines as one with it.
        let output = match self.output.is_empty() || self.output.ends_with('\n')
        {
            true => self.output.clone(),
            false => format!("{}\n", self.output),
        };
        compare(&output, &printed, Order::Exact, tolerance)
            .iter()
            .find(|line| !line.agrees())
            .map(Compared::line)
            .map(|line| message::golden_halves_differ(listing, line))
    }
}
