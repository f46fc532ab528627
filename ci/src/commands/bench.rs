//! `bench`: measure what the check costs, and write it down.

use std::path::Path;

use anyhow::Result;

use crate::bench::{growth, ways};
use crate::commands::clean_up_on_ctrl_c;
use crate::compile;
use crate::measured::{self, Measured};

/// What to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// Different ways to check this book
    Ways,
    /// Building and checking books of different sizes
    Growth,
}

/// Measures one thing, or all of them, and writes the files. Each table is shown.
///
/// # Errors
/// If the book can't be checked, cargo can't be run, or a file can't be written.
pub fn bench(root: &Path, what: Option<What>) -> Result<()> {
    clean_up_on_ctrl_c()?;
    let scratch = compile::target_folder(root, None).join("bench");
    if what != Some(What::Growth) {
        keep(root, &ways::measure(root, &scratch)?)?;
    }
    if what != Some(What::Ways) {
        keep(root, &growth::measure(root, &scratch)?)?;
    }
    Ok(())
}

fn keep<T: Measured>(root: &Path, measured: &T) -> Result<()> {
    measured::write(root, measured)?;
    let table = measured.table();
    anstream::println!("{}\n\n{table}", T::TOPIC.file());
    Ok(())
}
