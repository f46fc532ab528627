//! What is wrong with the book, said with file and line.
//!
//! Reading the book never stops at the first fault: every room adds what it
//! finds to a [`Problems`], and the command reports them all together.

use std::fmt;
use std::path::{Path, PathBuf};

/// One fault: what happened, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the book's root.
    pub file: PathBuf,
    /// The line in that file, counted from 1; none where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong, in one sentence without a period.
    pub what: String,
    /// What the reader of the message can do.
    pub help: String,
}

impl Problem {
    /// A fault of a whole file.
    pub fn in_file(
        file: impl AsRef<Path>,
        what: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Problem {
            file: file.as_ref().to_path_buf(),
            line: None,
            what: what.into(),
            help: help.into(),
        }
    }

    /// The same fault, at a line counted from 1.
    pub fn at(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.what)?;
        write!(f, "  --> {}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, "\n  help: {}", self.help)
    }
}

/// All faults found so far. As an error it prints every one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fault.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds a fault, if there is one.
    pub fn extend_one(&mut self, problem: Option<Problem>) {
        self.0.extend(problem);
    }

    /// Adds all faults of another list.
    pub fn extend(&mut self, others: Problems) {
        self.0.extend(others.0);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps only what `keep` says yes to.
    pub fn retain(&mut self, keep: impl FnMut(&Problem) -> bool) {
        self.0.retain(keep);
    }

    /// The faults, sorted by file and line, each once.
    pub fn sorted(&self) -> Vec<&Problem> {
        let mut all: Vec<_> = self.0.iter().collect();
        all.sort();
        all.dedup();
        all
    }

    /// `value` if nothing is wrong, otherwise all faults as the error.
    ///
    /// # Errors
    /// Whenever there is at least one fault.
    pub fn or_ok<T>(self, value: T) -> Result<T, Problems> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.sorted();
        for problem in &all {
            writeln!(f, "{problem}\n")?;
        }
        match all.len() {
            1 => write!(f, "1 error in the book"),
            n => write!(f, "{n} errors in the book"),
        }
    }
}

impl std::error::Error for Problems {}
