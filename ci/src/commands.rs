//! What a person can ask of the tool, a file each.

pub mod bench;
pub mod bless;
pub mod build;
pub mod check;
pub mod flake;
pub mod list;
pub mod new;
pub mod practice;
pub mod preprocess;
pub mod run;
pub mod self_test;
pub mod serve;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::files;
use crate::listing::{Listing, Listings};
use crate::message;
use crate::process;

/// The root of the book: the folder with `book.toml`, from here upward.
///
/// # Errors
/// If there is none.
pub fn root() -> Result<PathBuf> {
    let here = std::env::current_dir()?;
    let root = here
        .ancestors()
        .find(|folder| folder.join("book.toml").is_file());
    match root {
        Some(root) => Ok(root.to_path_buf()),
        None => bail!("{}", message::no_book(&here)),
    }
}

/// The named listings, or all of them if there are no names.
///
/// # Errors
/// A name that is no listing's; all such names are reported together.
pub fn chosen<'a>(
    listings: &'a Listings,
    names: &[String],
) -> Result<Vec<&'a Listing>> {
    if names.is_empty() {
        return Ok(listings.iter().collect());
    }
    let mut chosen: Vec<&Listing> = Vec::new();
    let mut unknown = Vec::new();
    for name in names {
        match listings.get(name) {
            Some(listing)
                if chosen.iter().any(|other| other.name == listing.name) => {}
            Some(listing) => chosen.push(listing),
            None => unknown.push(message::unknown_name(name, listings)),
        }
    }
    match unknown.is_empty() {
        true => Ok(chosen),
        false => bail!("{}", unknown.join("\n")),
    }
}

/// Ends all running listings when the person presses ctrl-c, removes temporary folders
/// and what is half written, so that nothing is left, and then ends this program.
///
/// # Errors
/// If the signal can't be handled.
pub fn clean_up_on_ctrl_c() -> Result<()> {
    ctrlc::set_handler(|| {
        process::end_all();
        files::remove_temporary_folders();
        files::undo_changes();
        // As a shell counts it: 128 and the number of the signal.
        std::process::exit(130);
    })?;
    Ok(())
}

/// `path` as a person types it: relative to the folder that they are in.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_path_buf()
}
