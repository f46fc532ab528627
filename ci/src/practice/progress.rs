//! What a learner has done so far: `practice/progress.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::files;

/// What stands above it in the file.
const HEADING: &str =
    "# What you have done so far. `cargo run -- practice --list` shows it.\n\n";

/// How far somebody has got.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The exercise that was worked on last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Each exercise that was begun, by its name.
    exercises: BTreeMap<String, State>,
}

/// How far somebody has got with an exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Whether it was solved, once.
    pub done: bool,
    /// How many of its hints were asked for.
    pub hints: usize,
    /// The hashes of its files as they were written last, by their names: so it is known
    /// later who has changed one, the learner or the book.
    pub written: BTreeMap<String, String>,
}

impl Progress {
    /// How far an exercise is; one that was never begun is not done.
    pub fn state(&self, name: &str) -> State {
        self.exercises.get(name).cloned().unwrap_or_default()
    }

    /// The same, to be changed.
    pub fn state_mut(&mut self, name: &str) -> &mut State {
        self.exercises.entry(name.to_owned()).or_default()
    }

    /// Reads the file; where there is none, nothing was done yet. If it is damaged, it is
    /// renamed, nothing was done, and the second value is its new name.
    ///
    /// # Errors
    /// If it can't be read for another reason, or not be renamed.
    pub(super) fn read(file: &Path) -> Result<(Progress, Option<PathBuf>)> {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
                return Ok((Progress::default(), None));
            }
            Err(why) => {
                return Err(why).with_context(|| {
                    format!("cannot read {}", file.display())
                });
            }
        };
        let text = String::from_utf8(bytes).ok();
        match text.and_then(|text| toml::from_str(&text).ok()) {
            Some(progress) => Ok((progress, None)),
            None => Ok((Progress::default(), Some(files::set_aside(file)?))),
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// If it can't be written.
    pub(super) fn write(&self, file: &Path) -> Result<()> {
        let text = HEADING.to_owned() + &toml::to_string(self)?;
        files::write(file, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("progress.toml");
        let nothing = Progress::read(&file).expect("no file is no fault");
        assert_eq!(nothing, (Progress::default(), None));
        let mut progress = Progress {
            at: Some("two".into()),
            ..Progress::default()
        };
        let state = progress.state_mut("one");
        state.done = true;
        state.written.insert("src/main.rs".into(), "12ab".into());
        progress.state_mut("two").hints = 2;
        progress.write(&file).expect("it can be written");
        let read = Progress::read(&file).expect("it can be read");
        assert_eq!(read, (progress, None));
    }

    #[test]
    fn a_damaged_file_is_kept_under_another_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("progress.toml");
        for damage in [&b"at = "[..], b"exercises = 3", b"\xff\xfe"] {
            std::fs::write(&file, damage).expect("a file");
            let (progress, kept) = Progress::read(&file).expect("it is told");
            assert_eq!(progress, Progress::default());
            let kept = kept.expect("it was renamed");
            assert_eq!(std::fs::read(kept).expect("a file"), damage);
            assert!(!file.exists());
        }
    }
}
