//! Watching the files that the pages are made from.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::files;

/// An editor may touch a file several times to save it once; so long nothing is built.
const QUIET: Duration = Duration::from_millis(50);

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
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        // Nobody listens any more when the server ends.
        let _ = sender.send(event);
    })
    .context("cannot watch files")?;
    let folders = FOLDERS.iter().map(|folder| root.join(folder));
    for folder in folders.filter(|folder| folder.is_dir()) {
        watcher
            .watch(&folder, RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch {}", folder.display()))?;
    }
    // The folder, not the file: editors put a new file in the place of the old one.
    watcher
        .watch(root, RecursiveMode::NonRecursive)
        .with_context(|| format!("cannot watch {}", root.display()))?;
    let root = root.to_path_buf();
    thread::spawn(move || {
        while let Ok(event) = receiver.recv() {
            let mut paths = relevant(&root, event);
            while let Ok(event) = receiver.recv_timeout(QUIET) {
                paths.extend(relevant(&root, event));
            }
            paths.sort();
            paths.dedup();
            if !paths.is_empty() {
                changed(paths);
            }
        }
    });
    Ok(watcher)
}

fn relevant(root: &Path, event: notify::Result<Event>) -> Vec<PathBuf> {
    let Ok(event) = event else { return Vec::new() };
    // Building reads files, and that is an event, too.
    if event.kind.is_access() {
        return Vec::new();
    }
    let paths = event
        .paths
        .iter()
        .map(|path| files::shown(root, path).to_path_buf());
    paths.filter(|path| makes_pages(path)).collect()
}

/// Whether a page depends on the file.
fn makes_pages(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // What editors put beside a file while it is being saved.
    if name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") {
        return false;
    }
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
            ("src/.introduction.md.swp", false),
            ("src/introduction.md~", false),
            ("Cargo.lock", false),
            ("book", false),
        ] {
            assert_eq!(makes_pages(Path::new(path)), counts, "{path}");
        }
    }
}
