//! Reading and writing files, with the path in every error.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
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

/// Gives a file another name beside its own, which nothing has yet: `main.rs.old`, or with
/// a number behind it. The new name.
///
/// # Errors
/// If it can't be renamed; the error names the path.
pub fn set_aside(path: &Path) -> Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let names = (2..).map(|number| format!("{name}.old-{number}"));
    let kept = std::iter::once(format!("{name}.old"))
        .chain(names)
        .map(|name| path.with_file_name(name))
        .find(|path| !path.exists())
        .context("there are endlessly many names")?;
    std::fs::rename(path, &kept)
        .with_context(|| format!("cannot rename {}", path.display()))?;
    Ok(kept)
}

/// The beginning of the hash of a text, in hexadecimal: two texts will not have the same
/// one by chance.
pub fn short_hash(bytes: impl AsRef<[u8]>) -> String {
    let hash = Sha256::digest(bytes);
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
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

/// Files that are written together: all of them stay, or none. Unless [`Changes::keep`]
/// is called, everything is as it was when this is dropped, or when the program is ended
/// early.
#[derive(Debug)]
pub struct Changes {
    _private: (),
}

/// How to undo what was done, the last first.
static UNDO: Mutex<Vec<Undo>> = Mutex::new(Vec::new());

fn undo() -> MutexGuard<'static, Vec<Undo>> {
    UNDO.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How to undo a change.
#[derive(Debug)]
enum Undo {
    /// Remove a folder that was not there, with all that is in it.
    Folder(PathBuf),
    /// Give a file the bytes that it had; remove it if it wasn't there.
    File(PathBuf, Option<Vec<u8>>),
}

impl Changes {
    /// None yet. There is one of these at a time.
    pub fn begin() -> Changes {
        undo().clear();
        Changes { _private: () }
    }

    /// Writes a file, and makes the folders above it.
    ///
    /// # Errors
    /// If it can't be written; the error names the path.
    pub fn write(&mut self, path: &Path, text: &str) -> Result<()> {
        // Held until it is written: another thread may be about to end this program.
        let mut undo = undo();
        if let Some(folder) = path.parent() {
            let missing = folder.ancestors().take_while(|f| !f.exists());
            if let Some(first) = missing.last() {
                undo.push(Undo::Folder(first.to_owned()));
            }
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        undo.push(Undo::of(path));
        write(path, text)
    }

    /// Remembers a file that somebody else is about to write.
    pub fn foresee(&mut self, path: &Path) {
        undo().push(Undo::of(path));
    }

    /// Everything stays as it is now.
    pub fn keep(self) {
        undo().clear();
    }
}

impl Drop for Changes {
    fn drop(&mut self) {
        Undo::all(&mut undo());
    }
}

impl Undo {
    /// How a file becomes what it is now.
    fn of(file: &Path) -> Undo {
        Undo::File(file.to_owned(), std::fs::read(file).ok())
    }

    fn all(changes: &mut Vec<Undo>) {
        for change in changes.drain(..).rev() {
            // There is nobody left to be told if something can't be undone.
            let _ = match change {
                Undo::Folder(folder) => std::fs::remove_dir_all(folder),
                Undo::File(file, Some(old)) => std::fs::write(file, old),
                Undo::File(file, None) => std::fs::remove_file(file),
            };
        }
    }
}

/// Undoes what has been changed and not kept, for whoever ends this program early. Nothing
/// is changed anymore after it.
pub fn undo_changes() {
    let mut changes = undo();
    Undo::all(&mut changes);
    std::mem::forget(changes);
}

/// `path` as messages show it: relative to the book's root where it lies below it.
pub fn shown<'a>(root: &Path, path: &'a Path) -> &'a Path {
    path.strip_prefix(root).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stay_together_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        let change = |changes: &mut Changes| {
            changes
                .write(&root.join("a/b/new"), "new")
                .expect("it is new");
            changes
                .write(&root.join("old"), "changed")
                .expect("it is there");
        };
        write(&root.join("old"), "old").expect("a file");
        let mut changes = Changes::begin();
        change(&mut changes);
        drop(changes);
        let left: Vec<String> = below(root).into_keys().collect();
        assert_eq!(left, ["old"]);
        assert!(!root.join("a").exists());
        assert_eq!(read(&root.join("old")).expect("it stays"), "old");

        let mut changes = Changes::begin();
        change(&mut changes);
        changes.keep();
        assert_eq!(read(&root.join("a/b/new")).expect("it stays"), "new");
        assert_eq!(read(&root.join("old")).expect("it stays"), "changed");
    }
}
