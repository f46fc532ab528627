//! The folder `practice/` with the learner's copies of the exercises.
//!
//! There are two kinds of files in it. `src/main.rs` of a copy is the learner's: it is
//! written once, and from then on only when the start is asked for again. Everything else
//! is the book's, and written anew when it is another than that of the book. Whatever had
//! been made of a file is kept beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::files;
use crate::practice::{Assignment, Course, Progress};
use crate::recording::entries;

/// The folder, relative to the book's root.
pub const FOLDER: &str = "practice";

/// The learner's file of a copy, relative to its folder.
pub const MAIN: &str = "src/main.rs";

/// What stands above the manifests.
const HEADING: &str = "# `cargo run -- practice` writes this file.\n\n";

/// The folder with the learner's copies, and what is done of them.
#[derive(Debug, Clone)]
pub struct Workshop {
    root: PathBuf,
}

/// Something that the learner has to know. Paths are relative to the book's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// What was done so far could not be read; the file has this name now.
    ProgressDamaged(PathBuf),
    /// The start is another one in the book than the one that was copied.
    StartChanged,
    /// A file of the book was edited in the copy, and what was made of it has the second
    /// name now.
    SetAside(PathBuf, PathBuf),
    /// The start was brought back, and what was made of it has this name now.
    Reset(PathBuf),
}

impl Workshop {
    /// That of the book at `root`.
    pub fn of(root: &Path) -> Workshop {
        Workshop {
            root: root.to_owned(),
        }
    }

    /// Its folder.
    pub fn folder(&self) -> PathBuf {
        self.root.join(FOLDER)
    }

    /// What is done so far.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn progress(&self) -> Result<(Progress, Option<Note>)> {
        let (progress, kept) = Progress::read(&self.progress_file())?;
        let note = kept.map(|kept| Note::ProgressDamaged(self.shown(&kept)));
        Ok((progress, note))
    }

    /// Remembers something. The file is read before: another practice may have gone on.
    ///
    /// # Errors
    /// If the file can't be read or written.
    pub fn remember(&self, change: impl FnOnce(&mut Progress)) -> Result<()> {
        let file = self.progress_file();
        let (mut progress, _) = Progress::read(&file)?;
        change(&mut progress);
        std::fs::create_dir_all(self.folder())
            .with_context(|| format!("cannot make {FOLDER}"))?;
        progress.write(&file)
    }

    fn progress_file(&self) -> PathBuf {
        self.folder().join("progress.toml")
    }

    /// Makes a copy of an exercise, or what is missing of it, and the workspace around it.
    ///
    /// # Errors
    /// If a file can't be read or written.
    pub fn open(
        &self,
        course: &Course,
        assignment: &Assignment,
    ) -> Result<Vec<Note>> {
        let mut notes = Vec::new();
        let name = &assignment.name().0;
        let main = self.root.join(assignment.main_file());
        let start = hash(&assignment.listing.source);
        let state = self.progress()?.0.state(name);
        if main.exists() {
            let copied = state.written.get(MAIN);
            if copied.is_some_and(|copied| *copied != start) {
                notes.push(Note::StartChanged);
            }
        } else {
            self.write(&main, &assignment.listing.source)?;
            self.remember(|progress| {
                let written = &mut progress.state_mut(name).written;
                written.insert(MAIN.to_owned(), start);
            })?;
        }
        // All of them: cargo reads every manifest of a workspace, and one that asks for what
        // the book has no more would be in the way of the others.
        let mut copies = Vec::new();
        for assignment in &course.assignments {
            if self.root.join(assignment.main_file()).exists() {
                notes.extend(self.refresh(assignment)?);
                copies.push(assignment.name().to_string());
            }
        }
        self.write_workspace(copies)?;
        Ok(notes)
    }

    /// Writes those files of a copy anew that are the book's.
    ///
    /// # Errors
    /// If a file can't be read or written.
    pub fn refresh(&self, assignment: &Assignment) -> Result<Vec<Note>> {
        let mut notes = Vec::new();
        let name = &assignment.name().0;
        let known = self.progress()?.0.state(name).written;
        let mut written = known.clone();
        for (file, text) in self.of_the_book(assignment)? {
            let path = self.root.join(assignment.folder()).join(&file);
            let old = std::fs::read(&path).ok();
            let is_edited = old.as_ref().is_some_and(|old| {
                *old != text.as_bytes()
                    && known.get(&file) != Some(&files::short_hash(old))
            });
            if is_edited {
                let kept = files::set_aside(&path)?;
                let (path, kept) = (self.shown(&path), self.shown(&kept));
                notes.push(Note::SetAside(path, kept));
            }
            if old.is_none_or(|old| old != text.as_bytes()) {
                self.write(&path, &text)?;
            }
            written.insert(file, hash(&text));
        }
        if written != known {
            self.remember(|progress| {
                progress.state_mut(name).written.extend(written);
            })?;
        }
        Ok(notes)
    }

    /// Brings the start of an exercise back, which is not done then. What was made of it is
    /// kept.
    ///
    /// # Errors
    /// If a file can't be read or written.
    pub fn reset(
        &self,
        course: &Course,
        assignment: &Assignment,
    ) -> Result<Vec<Note>> {
        let mut notes = Vec::new();
        let main = self.root.join(assignment.main_file());
        let start = assignment.listing.source.as_bytes();
        if main.exists() && std::fs::read(&main).ok().as_deref() != Some(start)
        {
            let kept = files::set_aside(&main)?;
            notes.push(Note::Reset(self.shown(&kept)));
        }
        self.write(&main, &assignment.listing.source)?;
        self.remember(|progress| {
            let state = progress.state_mut(&assignment.name().0);
            (state.done, state.hints) = (false, 0);
            let start = hash(&assignment.listing.source);
            state.written.insert(MAIN.to_owned(), start);
        })?;
        notes.extend(self.open(course, assignment)?);
        Ok(notes)
    }

    /// The hash of all that is judged of a copy; none while the learner's file is away, as it
    /// is for a moment when some editors save it.
    pub fn version(&self, assignment: &Assignment) -> Option<String> {
        let folder = self.root.join(assignment.folder());
        let manifest = std::fs::read(folder.join("Cargo.toml"));
        let mut all = manifest.unwrap_or_default();
        let sources = files::below(&folder.join("src"));
        sources.get("main.rs")?;
        let sources = sources.into_iter();
        for (name, bytes) in sources.filter(|(name, _)| name.ends_with(".rs")) {
            all.extend(format!("\0{name}\0{}\0", bytes.len()).into_bytes());
            all.extend(bytes);
        }
        Some(files::short_hash(all))
    }

    /// The files of a copy that are the book's, by their names in it.
    fn of_the_book(
        &self,
        assignment: &Assignment,
    ) -> Result<BTreeMap<String, String>> {
        let listing = &assignment.listing;
        let scenery = listing.scenery.iter();
        let mut all: BTreeMap<String, String> = scenery
            .map(|(name, text)| (format!("src/{name}"), text.clone()))
            .collect();
        let judge = assignment.exercise.judge.clone();
        all.insert(format!("src/{}", crate::listing::JUDGE), judge);
        let manifest = self.root.join(&listing.folder).join("Cargo.toml");
        let mut manifest: Table = toml::from_str(&files::read(&manifest)?)?;
        // The solution is not copied, and the hints are for who asks for them.
        manifest.remove("example");
        if let Some(package) = table_in(&mut manifest, "package") {
            package.remove("metadata");
        }
        let manifest = HEADING.to_owned() + &toml::to_string(&manifest)?;
        all.insert("Cargo.toml".to_owned(), manifest);
        Ok(all)
    }

    /// Makes a workspace of the copies, so that they compile as they do in the book.
    fn write_workspace(&self, mut copies: Vec<String>) -> Result<()> {
        let folder = self.folder();
        copies.sort();
        let book = files::read(&self.root.join("Cargo.toml"))?;
        let manifest = workspace(toml::from_str(&book)?, copies);
        let manifest = HEADING.to_owned() + &toml::to_string(&manifest)?;
        self.write(&folder.join("Cargo.toml"), &manifest)?;
        // A person's own cargo has a folder of its own there, so that the judge doesn't have
        // to wait for an editor that checks the program at the same time.
        let config = "[build]\ntarget-dir = \"../target/practice\"\n";
        let config = HEADING.to_owned() + config;
        self.write(&folder.join(".cargo/config.toml"), &config)?;
        // The versions that the book uses are there already; cargo leaves the others out.
        match files::read(&self.root.join("Cargo.lock")) {
            Ok(lock) => self.write(&folder.join("Cargo.lock"), &lock),
            Err(_) => Ok(()),
        }
    }

    /// Writes a file, unless it is like that already: cargo takes what was written anew for
    /// changed.
    fn write(&self, file: &Path, text: &str) -> Result<()> {
        if std::fs::read(file).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        let folder = file.parent().context("a file is in a folder")?;
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        files::write(file, text)
    }

    fn shown(&self, path: &Path) -> PathBuf {
        files::shown(&self.root, path).to_owned()
    }
}

fn hash(text: &str) -> String {
    files::short_hash(text)
}

fn table_in<'a>(table: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    table.get_mut(key).and_then(Value::as_table_mut)
}

/// The manifest of a workspace with these members, like that of the book.
fn workspace(mut book: Table, members: Vec<String>) -> Table {
    let mut own = Table::new();
    let mut workspace = table_in(&mut book, "workspace");
    for key in ["resolver", "package", "dependencies", "lints"] {
        let value = workspace.as_mut().and_then(|table| table.remove(key));
        own.extend(value.map(|value| (key.to_owned(), value)));
    }
    let dependencies = table_in(&mut own, "dependencies").into_iter();
    for (_, dependency) in dependencies.flatten() {
        if let Some(Value::String(path)) = dependency.get_mut("path") {
            *path = format!("../{path}");
        }
    }
    let members = members.into_iter().map(Value::String).collect();
    own.insert("members".to_owned(), Value::Array(members));
    let mut manifest = entries([("workspace", Value::Table(own))]);
    // What the book says of its crates, so that they are not compiled once more. What it
    // says of crates that no exercise uses, cargo would warn of.
    let dev = table_in(&mut book, "profile")
        .and_then(|profile| profile.remove("dev"));
    if let Some(Value::Table(mut dev)) = dev {
        if let Some(packages) = table_in(&mut dev, "package") {
            packages.retain(|name, _| name == "*");
        }
        let profile = entries([("dev", Value::Table(dev))]);
        manifest.insert("profile".to_owned(), Value::Table(profile));
    }
    manifest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_like_that_of_the_book() {
        let book = "[workspace]\nresolver = \"3\"\nmembers = [\"a\"]\n\
                    default-members = [\"a\"]\n\
                    [workspace.package]\nedition = \"2024\"\n\
                    [workspace.dependencies]\ntokio = \"1\"\n\
                    own = { path = \"ci/own\", version = \"1\" }\n\
                    [workspace.lints.rust]\nmissing_docs = \"warn\"\n\
                    [profile.dev]\ndebug = false\n\
                    [profile.dev.package.\"*\"]\ndebug = 1\n\
                    [profile.dev.package.other]\nopt-level = 2\n";
        let book = toml::from_str(book).expect("a manifest");
        let copies = vec!["breakfast".to_owned()];
        let expected = "[workspace]\nresolver = \"3\"\nmembers = [\"breakfast\"]\n\
                        [workspace.package]\nedition = \"2024\"\n\
                        [workspace.dependencies]\ntokio = \"1\"\n\
                        own = { path = \"../ci/own\", version = \"1\" }\n\
                        [workspace.lints.rust]\nmissing_docs = \"warn\"\n\
                        [profile.dev]\ndebug = false\n\
                        [profile.dev.package.\"*\"]\ndebug = 1\n";
        let expected: Table = toml::from_str(expected).expect("a manifest");
        assert_eq!(workspace(book, copies), expected);
    }
}
