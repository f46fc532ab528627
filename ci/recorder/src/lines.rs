//! Which file is the listing.

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
