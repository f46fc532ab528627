//! The verdict on a run: what of it does not agree with the golden.

use crate::compare::{Compared, compare};
use crate::golden::Golden;
use crate::listing::Listing;
use crate::process::{End, Run};
use crate::seconds::Seconds;

/// A way in which a run and its golden differ.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The program does not compile; what the compiler said.
    DoesNotCompile(String),
    /// It ended differently.
    Ended(End),
    /// It printed bytes that are no text, in this line of its output.
    NotText {
        /// Counted from 1.
        line: usize,
    },
    /// It printed something else: both, line by line.
    Output(Vec<Compared>),
    /// It took another time, in seconds.
    Elapsed {
        /// What the golden says.
        golden: Seconds,
        /// What it took.
        run: Seconds,
    },
}

/// A program that was compiled and run, as far as that went.
#[derive(Debug, Clone)]
pub enum Tried {
    /// It does not compile; what the compiler said.
    NotCompiled(String),
    /// It ran.
    Ran(Run),
}

impl Tried {
    /// The elapsed time of the run, in seconds, if there was one.
    pub fn seconds(&self) -> Option<Seconds> {
        match self {
            Tried::NotCompiled(_) => None,
            Tried::Ran(run) => Some(run.seconds),
        }
    }

    /// Why this can't become a golden, whatever it printed.
    pub fn faults_of_itself(&self, listing: &Listing) -> Vec<Fault> {
        match self {
            Tried::NotCompiled(messages) => {
                vec![Fault::DoesNotCompile(messages.clone())]
            }
            Tried::Ran(run) => {
                let mut faults = Vec::new();
                if run.end != End::Exited(listing.metadata.exit) {
                    faults.push(Fault::Ended(run.end));
                }
                if let Err(line) = run.text() {
                    faults.push(Fault::NotText { line });
                }
                faults
            }
        }
    }

    /// Every way in which this differs from the golden; none if they agree.
    pub fn faults(&self, listing: &Listing, golden: &Golden) -> Vec<Fault> {
        let mut faults = self.faults_in_print(listing, golden);
        if let Tried::Ran(run) = self
            && matches!(run.end, End::Exited(_))
            && !run
                .seconds
                .agrees(golden.seconds(), listing.metadata.tolerance)
        {
            faults.push(Fault::Elapsed {
                golden: golden.seconds(),
                run: run.seconds,
            });
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
        let Tried::Ran(run) = self else { return faults };
        let tolerance = listing.metadata.tolerance;
        if let Ok(text) = run.text() {
            let order = listing.metadata.order;
            let compared = compare(&golden.output, &text, order, tolerance);
            if !compared.iter().all(Compared::agrees) {
                faults.push(Fault::Output(compared));
            }
        }
        faults
    }
}
