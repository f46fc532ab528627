//! Is the check itself any good? Faults are planted, one at a time, into a copy of the book,
//! over every listing and every chapter, and the check has to catch each with a message
//! that names the right file and line.
//!
//! | planted into | how it is caught |
//! | --- | --- |
//! | [`goldens`] | a run that does what the true golden says is held against the false one |
//! | [`texts`] | the text is read, as before every build |
//! | [`programs`] | the programs are compiled and run; their goldens know the new source |

pub mod goldens;
pub mod programs;
pub mod texts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::files;
use crate::measured;

/// A kind of fault, over the whole book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind(pub &'static str);

/// What came of planting faults, kind by kind.
#[derive(Debug, Clone, Default)]
pub struct Tally(pub BTreeMap<Kind, Count>);

/// What came of one kind.
#[derive(Debug, Clone, Default)]
pub struct Count {
    /// How many were planted.
    pub planted: usize,
    /// How many of them were caught.
    pub caught: usize,
    /// Those that were not, each in a line.
    pub missed: Vec<String>,
    /// Those that can't be caught, by the reason.
    pub excused: BTreeMap<String, usize>,
}

impl Tally {
    fn of(&mut self, kind: &'static str) -> &mut Count {
        self.0.entry(Kind(kind)).or_default()
    }

    /// Counts a fault that was planted: it was caught if `said` names one of the places.
    fn count(
        &mut self,
        kind: &'static str,
        what: &str,
        said: &str,
        places: &[String],
    ) {
        let count = self.of(kind);
        count.planted += 1;
        // "a.md:1" is not the place of "a.md:12".
        let names = |place: &String| {
            said.lines().any(|line| {
                let named = line.trim().strip_prefix("--> ");
                named.is_some_and(|named| {
                    named == place || named.starts_with(&format!("{place}:"))
                })
            })
        };
        if places.iter().any(names) {
            count.caught += 1;
        } else {
            let said = said.trim();
            let said = said.lines().next().unwrap_or("nothing was said");
            count
                .missed
                .push(format!("{what}, at {}: {said}", places.join(" or ")));
        }
    }

    /// Counts a fault that can't be caught.
    fn excuse(&mut self, kind: &'static str, reason: impl Into<String>) {
        *self.of(kind).excused.entry(reason.into()).or_default() += 1;
    }

    /// Plants faults into several things at the same time, on each processor into another.
    ///
    /// # Errors
    /// The first error of planting.
    fn at_once<T: Sync>(
        things: &[T],
        plant: impl Fn(&T) -> Result<Tally> + Sync,
    ) -> Result<Tally> {
        let next = AtomicUsize::new(0);
        let take_turns = || -> Result<Tally> {
            let mut tally = Tally::default();
            while let Some(thing) =
                things.get(next.fetch_add(1, Ordering::Relaxed))
            {
                tally.extend(plant(thing)?);
            }
            Ok(tally)
        };
        let processors = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            let threads: Vec<_> =
                (0..processors).map(|_| scope.spawn(take_turns)).collect();
            let mut tally = Tally::default();
            for thread in threads {
                tally.extend(thread.join().expect("planting never panics")?);
            }
            Ok(tally)
        })
    }

    /// Adds what came of other faults.
    pub fn extend(&mut self, other: Tally) {
        for (kind, other) in other.0 {
            let count = self.0.entry(kind).or_default();
            count.planted += other.planted;
            count.caught += other.caught;
            count.missed.extend(other.missed);
            for (reason, number) in other.excused {
                *count.excused.entry(reason).or_default() += number;
            }
        }
    }

    /// Whether every fault that was planted has been caught.
    pub fn all_caught(&self) -> bool {
        self.0.values().all(|count| count.planted == count.caught)
    }

    /// How many faults were planted, and how many of them were caught.
    pub fn total(&self) -> (usize, usize) {
        let planted = self.0.values().map(|count| count.planted).sum();
        (planted, self.0.values().map(|count| count.caught).sum())
    }
}

/// A copy of the book, to be spoiled.
#[derive(Debug)]
pub struct Copy {
    folder: PathBuf,
    /// What stands in each file that was ever spoiled.
    true_texts: BTreeMap<PathBuf, Option<String>>,
}

impl Copy {
    /// Copies the text, the listings, what was measured and what cargo needs from `root` to
    /// `folder`, which is emptied of an older copy first.
    ///
    /// # Errors
    /// If something can't be read or written.
    pub fn of(root: &Path, folder: &Path) -> Result<Copy> {
        for name in ["src", "listings", measured::FOLDER] {
            let copied = files::below(&folder.join(name));
            let own = files::below(&root.join(name));
            for gone in copied.keys().filter(|file| !own.contains_key(*file)) {
                std::fs::remove_file(folder.join(name).join(gone))?;
            }
            for (file, bytes) in own {
                // cargo takes a file that wasn't written for unchanged.
                if copied.get(&file) != Some(&bytes) {
                    write(&folder.join(name).join(file), &bytes)?;
                }
            }
        }
        for name in ["book.toml", "Cargo.lock"] {
            write(
                &folder.join(name),
                files::read(&root.join(name))?.as_bytes(),
            )?;
        }
        let manifest = without_tool(&files::read(&root.join("Cargo.toml"))?)?;
        write(&folder.join("Cargo.toml"), manifest.as_bytes())?;
        Ok(Copy {
            folder: folder.to_owned(),
            true_texts: BTreeMap::new(),
        })
    }

    /// The same copy, for somebody who spoils other files of it at the same time.
    fn shared(&self) -> Copy {
        Copy {
            folder: self.folder.clone(),
            true_texts: BTreeMap::new(),
        }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.folder
    }

    /// Reads a file of the copy.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn read(&self, file: &Path) -> Result<String> {
        files::read(&self.folder.join(file))
    }

    /// Puts another text into a file.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn spoil(&mut self, file: &Path, text: &str) -> Result<()> {
        let path = self.folder.join(file);
        self.true_texts
            .entry(file.to_owned())
            .or_insert_with(|| files::read(&path).ok());
        write(&path, text.as_bytes())
    }

    /// Makes everything true again.
    ///
    /// # Errors
    /// If a file can't be written.
    pub fn mend(&mut self) -> Result<()> {
        for (file, text) in std::mem::take(&mut self.true_texts) {
            let path = self.folder.join(file);
            match text {
                Some(text) => write(&path, text.as_bytes())?,
                None => std::fs::remove_file(&path)?,
            }
        }
        Ok(())
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file is in a folder")?;
    std::fs::create_dir_all(folder)?;
    std::fs::write(path, bytes)
        .with_context(|| format!("cannot write {}", path.display()))
}

/// The workspace's manifest with the listings as its only members.
fn without_tool(manifest: &str) -> Result<String> {
    let mut manifest: Table = toml::from_str(manifest)?;
    let workspace = manifest.get_mut("workspace").and_then(Value::as_table_mut);
    let workspace = workspace.context("the book is a workspace")?;
    let members = Value::Array(vec!["listings/*/*".into()]);
    workspace.insert("members".to_owned(), members);
    workspace.remove("default-members");
    if let Some(Value::Table(dependencies)) = workspace.get_mut("dependencies")
    {
        dependencies.retain(|_, dependency| dependency.get("path").is_none());
    }
    Ok(toml::to_string(&manifest)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_caught_only_where_it_is() {
        let said = "error: wrong\n  --> a.md:12\n  help: mend it";
        for (place, caught) in
            [("a.md:12", 1), ("a.md:1", 0), ("a.md", 1), ("b.md", 0)]
        {
            let mut tally = Tally::default();
            tally.count("a kind", "it", said, &[place.to_owned()]);
            assert_eq!(tally.total(), (1, caught), "{place}");
            assert_eq!(tally.all_caught(), caught == 1, "{place}");
        }
    }

    #[test]
    fn what_is_excused_is_not_planted() {
        let mut tally = Tally::default();
        tally.excuse("a kind", "so it is");
        assert_eq!(tally.total(), (0, 0));
        assert!(tally.all_caught());
    }
}
