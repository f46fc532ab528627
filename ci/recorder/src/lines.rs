//! Which file is the listing.

#[cfg(not(target_os = "wasi"))]
use std::sync::LazyLock;

/// The path of the listing's own file, as it ends.
#[cfg(not(target_os = "wasi"))]
static LISTING: LazyLock<String> =
    LazyLock::new(|| std::env::var(crate::SOURCE).unwrap_or_default());

/// Whether a file is the listing's own.
#[cfg(not(target_os = "wasi"))]
pub fn is_listing(file: &str) -> bool {
    !LISTING.is_empty() && file.replace('\\', "/").ends_with(LISTING.as_str())
}

/// Whether a file is the listing's own. A page has no variables; there, no other crate
/// is a program.
#[cfg(target_os = "wasi")]
pub fn is_listing(file: &str) -> bool {
    file.ends_with("main.rs")
}

/// Whether a file is another one of the listing, beside its own: the scenery in which it
/// plays, such as a service that it asks.
#[cfg(not(target_os = "wasi"))]
pub fn is_scenery(file: &str) -> bool {
    let folder = LISTING.trim_end_matches(|c| c != '/');
    let file = file.replace('\\', "/");
    !folder.is_empty() && file.contains(folder) && !is_listing(&file)
}

/// Whether a file is another one of the listing. None that has such files runs in a page.
#[cfg(target_os = "wasi")]
pub fn is_scenery(_: &str) -> bool {
    false
}
