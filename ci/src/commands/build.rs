//! `build`: write the finished pages.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::commands::{clean_up_on_ctrl_c, from_here};
use crate::site;

/// The folder of the finished pages, relative to the book's root.
pub const PAGES: &str = "book";

/// What to write beside the pages.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Write the whole book as an EPUB as well, and offer it in the introduction
    #[arg(long)]
    pub epub: bool,
}

/// Builds the pages into `book/`.
///
/// # Errors
/// Everything that is wrong with the book, or if signals can't be handled; the old pages
/// stay then.
pub fn build(root: &Path, options: &Options) -> Result<()> {
    let start = Instant::now();
    clean_up_on_ctrl_c()?;
    let pages = root.join(PAGES);
    match options.epub {
        true => site::build_with_epub(root, &pages)?,
        false => site::build(root, &pages)?,
    }
    let seconds = start.elapsed().as_secs_f64();
    let shown = from_here(&pages);
    anstream::println!("Built the book in {seconds:.1} s: {}", shown.display());
    Ok(())
}
