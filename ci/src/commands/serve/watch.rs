//! Watching the files that the pages are made from.

use std::path::{Path, PathBuf};

use anyhow::Result;
use notify::{RecommendedWatcher, RecursiveMode};

use crate::watching;

/// Folders whose files make the pages, relative to the book's root.
const FOLDERS: [&str; 3] = ["src", "theme", "listings"];

/// Calls `changed`, on a thread of its own, with the files that were changed, relative
/// to `root`. Ends when the returned watcher is dropped.
///
/// # Errors
/// If the system can't watch the folders.
pub fn watch(
    root: &Path,
    changed: impl Fn(Vec<PathBuf>) + Send + 'static,
) -> Result<RecommendedWatcher> {
    let folders = FOLDERS.map(|folder| root.join(folder));
    let mut folders: Vec<_> = folders
        .into_iter()
        .filter(|folder| folder.is_dir())
        .map(|folder| (folder, RecursiveMode::Recursive))
        .collect();
    // The folder, not the file: editors put a new file in the place of the old one.
    folders.push((root.to_path_buf(), RecursiveMode::NonRecursive));
    watching::watch(root, &folders, makes_pages, changed)
}

/// Whether a page depends on the file.
fn makes_pages(path: &Path) -> bool {
    path == Path::new("book.toml")
        || FOLDERS.iter().any(|folder| path.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_makes_pages_counts() {
        for (path, counts) in [
            ("src/introduction.md", true),
            ("book.toml", true),
            ("listings/a/b/output.txt", true),
            ("theme/book.css", true),
            ("Cargo.lock", false),
            ("book", false),
        ] {
            assert_eq!(makes_pages(Path::new(path)), counts, "{path}");
        }
    }
}
