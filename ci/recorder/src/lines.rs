//! Which line of the listing is meant.

use std::panic::Location;

/// Whether a file is the listing's own.
#[cfg(not(target_os = "wasi"))]
pub fn is_listing(file: &str) -> bool {
    use std::sync::LazyLock;

    static LISTING: LazyLock<String> =
        LazyLock::new(|| std::env::var(crate::SOURCE).unwrap_or_default());
    !LISTING.is_empty() && file.replace('\\', "/").ends_with(LISTING.as_str())
}

/// Whether a file is the listing's own. A page has no variables; there, no other crate
/// is a program.
#[cfg(target_os = "wasi")]
pub fn is_listing(file: &str) -> bool {
    file.ends_with("main.rs")
}

/// The line of a place in the listing's file; 0 for a place in another file.
pub fn of(at: &Location<'_>) -> u32 {
    if is_listing(at.file()) { at.line() } else { 0 }
}
