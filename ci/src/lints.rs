//! What can be wrong with the text itself, a file for each kind of fault.
//!
//! | lint | asks |
//! | --- | --- |
//! | [`blocks`] | does each block of code say what it is, and is it run or checked? |
//! | [`claims`] | does each row of a table that names a listing quote what proves it? |
//! | [`commands`] | is each command that a reader may type really run? |
//! | [`exercises`] | can its reader practice what a chapter teaches? |
//! | [`glossary`] | is each term in order, defined, and used where it says? |
//! | [`headings`] | has the page one title, and no level left out? |
//! | [`images`] | can each picture be read by who can't see it? |
//! | [`links`] | does each link lead somewhere? |
//! | [`mistakes`] | is the page of each mistake on the one plan? |
//! | [`numbers`] | does each number that a run could change come from one? |
//! | [`predict`] | is the reader asked before a figure shows what a program does? |
//! | [`repeats`] | does a word stand there twice? |

pub mod blocks;
pub mod claims;
pub mod commands;
pub mod exercises;
pub mod glossary;
pub mod headings;
pub mod images;
pub mod links;
pub mod mistakes;
pub mod numbers;
pub mod predict;
pub mod repeats;

use std::path::Path;

use crate::preprocess::Manuscript;
use crate::problem::Problems;
use crate::prose::Prose;
use crate::text::Chapter;

/// A chapter that is being checked.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// The root of the book.
    pub root: &'a Path,
    /// The whole book.
    pub manuscript: &'a Manuscript,
    /// The chapter.
    pub chapter: &'a Chapter,
    /// The same, taken apart.
    pub prose: &'a Prose,
}

/// All that is wrong with a chapter by itself. `anchors` are the places that a link can
/// lead to.
pub fn check(
    root: &Path,
    manuscript: &Manuscript,
    chapter: &Chapter,
    anchors: &links::Anchors,
) -> Problems {
    let checked = Checked {
        root,
        manuscript,
        chapter,
        prose: &Prose::of(chapter),
    };
    let mut problems = links::check(&checked, anchors);
    for lint in [
        blocks::check,
        claims::check,
        commands::check,
        exercises::check,
        headings::check,
        images::check,
        mistakes::check,
        numbers::check,
        predict::check,
        repeats::check,
    ] {
        problems.extend(lint(&checked));
    }
    problems
}
