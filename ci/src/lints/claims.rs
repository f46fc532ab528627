//! Tables that claim something about programs. A row that names a listing quotes the line
//! of its golden that proves the claim, in the title of the link; if the line is not there
//! anymore, the claim has lost its proof. And if one row of a table has a proof, all of
//! them need one.

use std::path::Path;

use super::Checked;
use crate::golden::Golden;
use crate::message;
use crate::problem::Problems;
use crate::prose::{Link, Row};

/// The beginning of the comment by which a row says why no listing proves it.
const UNPROVED: &str = "unproved:";

pub(super) fn check(checked: &Checked) -> Problems {
    let mut problems = Problems::new();
    let file = &checked.chapter.file;
    let rows = &checked.prose.rows;
    let links = |row: &Row| -> Vec<&Link> {
        let links = checked.prose.links[row.links.clone()].iter();
        links.filter(|link| listing_of(link).is_some()).collect()
    };
    for row in rows {
        for link in links(row) {
            problems.extend(unproved(checked, link));
        }
        let others = rows.iter().filter(|other| other.table == row.table);
        let proof_is_wanted = others.clone().any(|row| !links(row).is_empty());
        let says_why = checked.prose.comments.iter().any(|comment| {
            comment.line == row.line && comment.gives_reason(UNPROVED)
        });
        if proof_is_wanted && links(row).is_empty() && !says_why {
            problems.push(message::row_without_proof(file).at(row.line));
        }
    }
    problems
}

/// The listing to whose figure a link leads.
fn listing_of(link: &Link) -> Option<&str> {
    let (_, anchor) = link.target.split_once('#')?;
    anchor.strip_prefix("listing-")
}

/// What is wrong with the proof that a link gives, if anything.
fn unproved(checked: &Checked, link: &Link) -> Problems {
    let mut problems = Problems::new();
    let file: &Path = &checked.chapter.file;
    let name = listing_of(link).unwrap_or_default();
    // Of a link to no listing, and of a missing golden, others tell.
    let Some(listing) = checked.manuscript.listings.get(name) else {
        return problems;
    };
    let Some(golden) = checked.manuscript.golden(listing) else {
        return problems;
    };
    let quoted = link.title.trim();
    if quoted.is_empty() {
        let problem = message::claim_without_quote(file, name);
        problems.push(problem.at(link.line));
    } else if !says(golden, quoted) {
        let problem = message::claim_without_proof(file, name, quoted);
        problems.push(problem.at(link.line));
    }
    problems
}

/// Whether this is a line of what the listing prints, or of what is said about it.
fn says(golden: &Golden, quoted: &str) -> bool {
    golden
        .texts()
        .any(|text| text.lines().any(|line| line.trim() == quoted))
}
