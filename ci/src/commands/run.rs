//! `run`: a listing in the terminal, with the second of each line, and its timeline.

use std::path::Path;

use anyhow::{Context, Result};

use crate::commands::{chosen, clean_up_on_ctrl_c};
use crate::listing::Listings;
use crate::report;
use crate::runner::Programs;
use crate::terminal::{self, Lines};
use crate::verdict::{Fault, expected_end};

/// Runs a listing, prints its lines as they come, and draws its timeline. Whether it
/// ended as it should.
///
/// # Errors
/// If there is no such listing, or it can't be compiled or started.
pub fn run(root: &Path, name: &str) -> Result<bool> {
    clean_up_on_ctrl_c()?;
    let (listings, problems) = Listings::find(root);
    let names = [name.to_owned()];
    let found = chosen(&listings, &names)?;
    let mut problems = problems;
    problems.retain(|problem| {
        found.iter().any(|l| problem.file.starts_with(&l.folder))
    });
    problems.or_ok(())?;
    let listing = *found.first().context("a name names a listing")?;
    let programs = Programs::compile(root, &found)?;
    let mut lines = Lines::default();
    let watched = programs.watch(root, listing, |line| {
        if let Some(line) = lines.arrived(line) {
            anstream::println!("{line}");
        }
    })?;
    let (end, timeline) = match watched {
        Ok(watched) => watched,
        Err(messages) => {
            let fault = Fault::DoesNotCompile(messages);
            anstream::println!("{}", report::fault(listing, &fault));
            return Ok(false);
        }
    };
    if let Some(line) = lines.rest() {
        anstream::println!("{line}");
    }
    let drawing = terminal::draw(&timeline, terminal::width());
    anstream::println!("\n{drawing}");
    anstream::println!("{}", terminal::ended(timeline.seconds, end));
    Ok(end == expected_end(listing))
}
