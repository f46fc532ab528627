//! Commands that a reader may type. Each is one that the checks really run: a listing, or
//! this tool, whose `console` blocks `ci/tests/console.rs` runs.

use std::path::Path;

use super::Checked;
use crate::listing::Listings;
use crate::message;
use crate::problem::{Problem, Problems};

pub(super) fn check(checked: &Checked) -> Problems {
    let mut problems = Problems::new();
    let blocks = checked.prose.blocks.iter();
    for block in blocks.filter(|block| block.tag.as_deref() == Some("console"))
    {
        for (line, number) in block.text.lines().zip(block.line + 1..) {
            let Some(command) = line.strip_prefix("$ ") else {
                continue;
            };
            let (file, listings) =
                (&checked.chapter.file, &checked.manuscript.listings);
            let problem = fault_of(command, file, listings);
            problems.extend_one(problem.map(|problem| problem.at(number)));
        }
    }
    problems
}

/// What is wrong with a command, if anything.
fn fault_of(
    command: &str,
    file: &Path,
    listings: &Listings,
) -> Option<Problem> {
    let command = command.split('#').next().unwrap_or_default().trim();
    let words: Vec<&str> = command.split_whitespace().collect();
    match words[..] {
        ["cargo", "run", "-p", name] => match listings.get(name) {
            Some(_) => None,
            None if listings.is_bad(name) => None,
            None => Some(message::unknown_listing(file, name, listings)),
        },
        ["cargo", "run" | "test"] | ["cargo", "run", "--", ..] => None,
        _ => Some(message::command_never_run(file, command)),
    }
}
