//! Watching files that a person works on.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::files;

/// An editor may touch a file several times to save it once; so long nobody is told.
const QUIET: Duration = Duration::from_millis(50);

/// Calls `changed`, on a thread of its own, with the files in these folders that were
/// changed, relative to `root`, as far as they count. Ends when the returned watcher is
/// dropped.
///
/// # Errors
/// If the system can't watch the folders.
pub fn watch(
    root: &Path,
    folders: &[(PathBuf, RecursiveMode)],
    counts: impl Fn(&Path) -> bool + Send + 'static,
    changed: impl Fn(Vec<PathBuf>) + Send + 'static,
) -> Result<RecommendedWatcher> {
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        // Nobody listens anymore when the program ends.
        let _ = sender.send(event);
    })
    .context("cannot watch files")?;
    for (folder, mode) in folders {
        watcher
            .watch(folder, *mode)
            .with_context(|| format!("cannot watch {}", folder.display()))?;
    }
    let root = root.to_path_buf();
    thread::spawn(move || {
        let relevant = |event| relevant(&root, event, &counts);
        while let Ok(event) = receiver.recv() {
            let mut paths = relevant(event);
            while let Ok(event) = receiver.recv_timeout(QUIET) {
                paths.extend(relevant(event));
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

fn relevant(
    root: &Path,
    event: notify::Result<Event>,
    counts: &impl Fn(&Path) -> bool,
) -> Vec<PathBuf> {
    let Ok(event) = event else { return Vec::new() };
    // Building reads files, and that is an event, too.
    if event.kind.is_access() {
        return Vec::new();
    }
    let paths = event
        .paths
        .iter()
        .map(|path| files::shown(root, path).to_path_buf());
    paths
        .filter(|path| !is_an_editors_own(path) && counts(path))
        .collect()
}

/// Whether it is what editors put beside a file while it is being saved.
fn is_an_editors_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_writes_for_itself_does_not_count() {
        for (path, is_own) in [
            ("src/introduction.md", false),
            ("src/.introduction.md.swp", true),
            ("src/introduction.md~", true),
        ] {
            assert_eq!(is_an_editors_own(Path::new(path)), is_own, "{path}");
        }
    }
}
