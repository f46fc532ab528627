//! Goldens: what the repository says a listing prints, and how its run unfolds.

use std::path::Path;

use anyhow::Result;

use crate::compare::{Compared, compare};
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
    /// `errors.txt`: what the compiler says, for a listing that must not compile. There
    /// is no run then, and the rest is empty.
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
                problems.push(if root.join(file).exists() {
                    message::unreadable_golden(listing, file, &why)
                } else {
                    message::missing_golden(listing, file)
                });
                None
            }
        };
        if listing.must_not_compile() {
            let errors = text(&listing.errors_file());
            return problems
                .or_ok(Golden::of_errors(errors.unwrap_or_default()));
        }
        let output = text(&listing.output_file());
        let timeline = text(&listing.timeline_file());
        let warnings = match listing.metadata.warns {
            true => text(&listing.warnings_file()).map(Some),
            false => Some(None),
        };
        let timeline = timeline.and_then(|text| match Timeline::parse(&text) {
            Ok(timeline) => Some(timeline),
            Err(fault) => {
                let (line, why) = (fault.line, fault.to_string());
                problems.push(message::bad_timeline(listing, line, &why));
                None
            }
        });
        let (Some(output), Some(timeline), Some(warnings)) =
            (output, timeline, warnings)
        else {
            return Err(problems);
        };
        let golden = Golden {
            output,
            timeline,
            warnings,
            errors: None,
        };
        if let Some(problem) = golden.halves_differ(listing) {
            problems.push(problem);
        }
        problems.or_ok(golden)
    }

    /// The golden of a listing that must not compile.
    pub fn of_errors(errors: String) -> Golden {
        Golden {
            output: String::new(),
            timeline: Timeline::none(),
            warnings: None,
            errors: Some(errors),
        }
    }

    /// Writes the files, each whole or not at all.
    ///
    /// # Errors
    /// If the listing's folder can't be written to.
    pub fn write(&self, root: &Path, listing: &Listing) -> Result<()> {
        if let Some(errors) = &self.errors {
            return files::write(&root.join(listing.errors_file()), errors);
        }
        files::write(
            &root.join(listing.timeline_file()),
            &self.timeline.to_text(),
        )?;
        if let Some(warnings) = &self.warnings {
            files::write(&root.join(listing.warnings_file()), warnings)?;
        }
        files::write(&root.join(listing.output_file()), &self.output)
    }

    /// The elapsed time of the run, in seconds.
    pub fn seconds(&self) -> Seconds {
        self.timeline.seconds
    }

    /// `timeline.json` must print the lines of `output.txt`.
    fn halves_differ(&self, listing: &Listing) -> Option<Problem> {
        let printed = self.timeline.printed();
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
