//! Practicing: the exercises of the book in their order, the learner's copies of them, and
//! what the judge says of those.
//!
//! ```text
//! practice/                   a workspace of its own, which git ignores
//!     Cargo.toml, Cargo.lock  as the book's
//!     .cargo/config.toml      where it compiles to
//!     progress.toml           what is done so far
//!     breakfast/
//!         Cargo.toml
//!         src/main.rs         the learner's: nobody else writes to it
//!         src/judge.rs        the book's: what is edited there is set aside
//! ```

mod judging;
mod progress;
mod verdict;
mod workshop;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::directive::{self, Directive};
use crate::listing::{Exercise, Listing, ListingName};
use crate::message;
use crate::preprocess::Manuscript;
use crate::seconds::Seconds;
use crate::text::{self, Chapter};

pub use judging::{Judging, Ran, Said};
pub use progress::{Progress, State};
pub use verdict::{Failure, Outcome, Panic, Test, Verdict};
pub use workshop::{FOLDER, MAIN, Note, Workshop};

/// The exercises of a book in the order in which a reader meets them.
#[derive(Debug, Clone)]
pub struct Course {
    /// They, never none.
    pub assignments: Vec<Assignment>,
}

/// An exercise at its place in the book.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Its number, counted from 1.
    pub number: usize,
    /// The listing, whose source is the start.
    pub listing: Listing,
    /// What helps, what judges, and a solution.
    pub exercise: Exercise,
    /// How long the start takes.
    pub before: Option<Seconds>,
    /// The chapter that shows it.
    pub chapter: Page,
    /// The chapter after that one.
    pub next_chapter: Option<Page>,
}

/// A chapter that a reader is sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its file, relative to the book's root.
    pub file: PathBuf,
}

impl Page {
    fn of(chapter: &Chapter) -> Page {
        Page {
            title: chapter.title().to_owned(),
            file: chapter.file.clone(),
        }
    }
}

impl Assignment {
    /// Its name.
    pub fn name(&self) -> &ListingName {
        &self.listing.name
    }

    /// What is to be done.
    pub fn task(&self) -> String {
        let said = self.listing.watch_for();
        let Some(task) = said.strip_prefix("Exercise:") else {
            return said;
        };
        let mut letters = task.trim_start().chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect()
    }

    /// The learner's file, relative to the book's root.
    pub fn main_file(&self) -> PathBuf {
        self.folder().join(MAIN)
    }

    /// How long its tests and its program may take: longer than the start does, even on a
    /// machine that has much to do. Nobody wants to wait for minutes for a program that hangs.
    pub fn patience(&self) -> Seconds {
        let metadata = &self.listing.metadata;
        match self.before {
            Some(Seconds(before)) if metadata.ends => {
                let patience = (2.0 * before + 5.0).max(10.0);
                Seconds(patience.min(metadata.timeout.0))
            }
            _ => metadata.timeout,
        }
    }

    /// The folder of the learner's copy, relative to the book's root.
    pub fn folder(&self) -> PathBuf {
        Path::new(FOLDER).join(&self.listing.name.0)
    }
}

impl Course {
    /// Finds the exercises of the book at `root`.
    ///
    /// # Errors
    /// If there is no table of contents, or no exercise.
    pub fn read(root: &Path) -> Result<Course> {
        // What else is wrong with the book is for its authors to hear.
        let (manuscript, _) = Manuscript::collect(root);
        let order = text::in_order(root)?;
        let chapters: Vec<&Chapter> = order
            .iter()
            .filter_map(|file| {
                let mut all = manuscript.chapters.iter();
                all.find(|chapter| chapter.file == *file)
            })
            .collect();
        let mut assignments: Vec<Assignment> = Vec::new();
        for (index, chapter) in chapters.iter().enumerate() {
            let (found, _) = directive::find(&chapter.file, &chapter.markdown);
            for found in found {
                let Directive::Exercise { name } = found.directive else {
                    continue;
                };
                let Some(listing) = manuscript.listings.get(&name) else {
                    continue;
                };
                let is_known = assignments.iter().any(|a| a.name().0 == name);
                let Some(exercise) = &listing.exercise else {
                    continue;
                };
                if is_known {
                    continue;
                }
                let golden = manuscript.golden(listing);
                assignments.push(Assignment {
                    number: assignments.len() + 1,
                    listing: listing.clone(),
                    exercise: exercise.clone(),
                    before: golden.map(|golden| golden.seconds()),
                    chapter: Page::of(chapter),
                    next_chapter: chapters.get(index + 1).map(|c| Page::of(c)),
                });
            }
        }
        if assignments.is_empty() {
            bail!("{}", message::practice::no_exercises());
        }
        Ok(Course { assignments })
    }

    /// The index of the exercise of that name.
    ///
    /// # Errors
    /// If there is none.
    pub fn index(&self, name: &str) -> Result<usize> {
        let mut all = self.assignments.iter();
        match all.position(|assignment| assignment.name().0 == name) {
            Some(index) => Ok(index),
            None => {
                let names = self.assignments.iter().map(|a| &*a.name().0);
                bail!("{}", message::practice::unknown_exercise(name, names))
            }
        }
    }

    /// The index of the exercise to go on with: the one that was worked on last, or else the
    /// first that is not done; the last of all if everything is done.
    pub fn next(&self, progress: &Progress) -> usize {
        let last = progress.at.as_deref();
        let last = last.and_then(|name| self.index(name).ok());
        last.filter(|index| !self.is_done(*index, progress))
            .or_else(|| self.open_after(self.assignments.len(), progress))
            .unwrap_or(self.assignments.len() - 1)
    }

    /// The index of the first exercise after this one that is not done, or else of the first
    /// at all; none if there is no other.
    pub fn open_after(
        &self,
        index: usize,
        progress: &Progress,
    ) -> Option<usize> {
        let count = self.assignments.len();
        let after = index.saturating_add(1).min(count)..count;
        after
            .chain(0..index.min(count))
            .find(|index| !self.is_done(*index, progress))
    }

    /// Whether the exercise with this index is done.
    pub fn is_done(&self, index: usize, progress: &Progress) -> bool {
        let assignment = self.assignments.get(index);
        assignment.is_some_and(|a| progress.state(&a.name().0).done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> Course {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let book = Course::read(root.expect("a folder")).expect("exercises");
        let first = &book.assignments[0];
        let named = |(name, number): (&str, usize)| {
            let mut assignment = Assignment {
                number,
                ..first.clone()
            };
            assignment.listing.name = ListingName(name.to_owned());
            assignment
        };
        let names = [("one", 1), ("two", 2), ("three", 3)];
        Course {
            assignments: names.map(named).into(),
        }
    }

    fn progress(at: Option<&str>, done: &[&str]) -> Progress {
        let mut progress = Progress::default();
        progress.at = at.map(str::to_owned);
        for name in done {
            progress.state_mut(name).done = true;
        }
        progress
    }

    #[test]
    fn the_next_one_is_the_last_one_if_it_is_open_or_the_first_open_one() {
        let course = course();
        for (at, done, next) in [
            (None, &[][..], 0),
            (None, &["one"], 1),
            (Some("three"), &[], 2),
            (Some("three"), &["three"], 0),
            (Some("removed"), &["one"], 1),
            (None, &["one", "two", "three"], 2),
        ] {
            assert_eq!(course.next(&progress(at, done)), next, "{at:?}");
        }
    }

    #[test]
    fn after_the_last_one_come_those_that_were_left_out() {
        let course = course();
        for (after, done, open) in [
            (0, &[][..], Some(1)),
            (2, &["one"], Some(1)),
            (2, &["one", "two"], None),
            (0, &["two", "three"], None),
        ] {
            assert_eq!(course.open_after(after, &progress(None, done)), open);
        }
    }

    #[test]
    fn a_task_begins_without_the_word_exercise() {
        let mut course = course();
        let first = &mut course.assignments[0];
        first.listing.source = "//! Exercise: let it\n//! draw.\n".to_owned();
        assert_eq!(first.task(), "Let it draw.");
    }
}
