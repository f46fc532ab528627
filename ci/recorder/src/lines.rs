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

/// The line at which the listing is now: that of the innermost call in its file. For
/// an async function in the middle of a poll this is the line of its `.await`.
pub fn here() -> Option<u32> {
    let backtrace = Backtrace::force_capture().to_string();
    // "   5: sum::{{closure}}" is followed by "             at /…/main.rs:10:57".
    let places = backtrace
        .lines()
        .filter_map(|line| line.trim().strip_prefix("at "));
    places
        .filter_map(file_and_line)
        .find(|(file, _)| is_listing(file))
        .map(|(_, l)| l)
}

fn file_and_line(place: &str) -> Option<(&str, u32)> {
    let (place, _column) = place.rsplit_once(':')?;
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?))
}
