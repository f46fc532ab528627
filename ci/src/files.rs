//! Reading and writing files, with the path in every error.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Reads a text file.
///
/// # Errors
/// If it can't be read or is not UTF-8; the error names the path.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file whole or not at all: whoever reads it sees the old text or the
/// new one, and a full disk or a power cut leaves the old one.
///
/// # Errors
/// If the folder can't be written to; the error names the path.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let write = || -> Result<()> {
        let folder = path.parent().context("the path has no folder")?;
        let mut new = tempfile::Builder::new()
            .permissions(permissions(path))
            .tempfile_in(folder)?;
        new.write_all(text.as_bytes())?;
        new.as_file().sync_all()?;
        new.persist(path)?;
        Ok(())
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// Those of the old file, or the usual ones: temporary files are private otherwise.
fn permissions(path: &Path) -> std::fs::Permissions {
    if let Ok(old) = std::fs::metadata(path) {
        return old.permissions();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::Permissions::from_mode(0o644)
    }
    #[cfg(not(unix))]
    {
        std::fs::metadata(std::env::temp_dir())
            .map(|folder| folder.permissions())
            .expect("the temporary folder exists")
    }
}

/// All files below a folder, sorted by their path in it, which is written with `/`.
/// What can't be read is left out.
pub fn below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() {
            let inside = below(&path).into_iter();
            files.extend(
                inside.map(|(file, bytes)| (format!("{name}/{file}"), bytes)),
            );
        } else if let Ok(bytes) = std::fs::read(&path) {
            files.insert(name.into_owned(), bytes);
        }
    }
    files
}

/// The temporary folders that there are now, for [`remove_temporary_folders`].
static TEMPORARY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn temporary() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder that is gone when this is dropped, or when the program is ended early.
#[derive(Debug)]
pub struct TemporaryFolder(TempDir);

impl TemporaryFolder {
    /// Makes one in the folder `parent`; its name begins with `prefix`.
    ///
    /// # Errors
    /// If it can't be made; the error names the folder.
    pub fn new_in(parent: &Path, prefix: &str) -> Result<TemporaryFolder> {
        let folder = tempfile::Builder::new()
            .prefix(prefix)
            .tempdir_in(parent)
            .with_context(|| {
                format!("cannot make a folder in {}", parent.display())
            })?;
        temporary().insert(folder.path().to_owned());
        Ok(TemporaryFolder(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // Held until it is gone: another thread may be about to end this program, and
        // must neither miss the folder nor leave half of it behind.
        let mut folders = temporary();
        let _ = std::fs::remove_dir_all(self.0.path());
        folders.remove(self.0.path());
    }
}

/// Removes every temporary folder, for whoever ends this program early.
pub fn remove_temporary_folders() {
    for folder in temporary().iter() {
        // There is nobody left to be told if it can't be removed.
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// `path` as messages show it: relative to the book's root where it lies below it.
pub fn shown<'a>(root: &Path, path: &'a Path) -> &'a Path {
    path.strip_prefix(root).unwrap_or(path)
}
