//! Which line of the listing is meant.

use std::backtrace::Backtrace;
use std::panic::Location;
use std::sync::LazyLock;

use crate::SOURCE;

static LISTING: LazyLock<String> =
    LazyLock::new(|| std::env::var(SOURCE).unwrap_or_default());

fn is_listing(file: &str) -> bool {
    !LISTING.is_empty() && file.replace('\\', "/").ends_with(LISTING.as_str())
}

/// The line of a place in the listing's file; 0 for a place in another file.
pub fn of(at: &Location<'_>) -> u32 {
    if is_listing(at.file()) { at.line() } else { 0 }
}

/// Where the listing is: the calls in its file, the outermost first. For an async
/// function in the middle of a poll, the place is that of its `.await`.
#[derive(Debug, PartialEq)]
pub struct Path(Vec<Call>);

#[derive(Debug, PartialEq)]
struct Call {
    function: String,
    line: u32,
    column: u32,
}

impl Path {
    /// The line of the innermost call, if there is one.
    pub fn line(&self) -> Option<u32> {
        self.0.last().map(|call| call.line)
    }

    /// Whether whoever is at `now` can no longer be here: the same async function has
    /// moved on to another place. Another function that polls several futures may
    /// still wait for all of them.
    pub fn is_left(&self, now: &Path) -> bool {
        let mut calls = self.0.iter().zip(&now.0);
        calls
            .find(|(old, new)| old != new)
            .is_some_and(|(old, new)| {
                // They are called "sum::{{closure}}" or "sum::{closure#0}".
                old.function == new.function && old.function.ends_with('}')
            })
    }
}

/// Where the listing is now.
pub fn here() -> Path {
    let backtrace = Backtrace::force_capture().to_string();
    let mut calls = Vec::new();
    let mut function = "";
    // "   5: sum::{{closure}}" is followed by "             at /…/main.rs:10:57".
    for line in backtrace.lines().map(str::trim) {
        match line.strip_prefix("at ").and_then(place) {
            Some((file, line, column)) if is_listing(file) => {
                calls.push(Call {
                    function: function.to_owned(),
                    line,
                    column,
                });
            }
            Some(_) => {}
            None => function = line.split_once(": ").unwrap_or_default().1,
        }
    }
    calls.reverse();
    Path(calls)
}

fn place(place: &str) -> Option<(&str, u32, u32)> {
    let (place, column) = place.rsplit_once(':')?;
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?, column.parse().ok()?))
}
