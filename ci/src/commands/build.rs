//! `build`: write the finished pages.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::commands::{clean_up_on_ctrl_c, from_here};
use crate::{message, site, wasm};

/// The folder of the finished pages, relative to the book's root.
pub const PAGES: &str = "book";

/// What to write beside the pages.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Write the whole book as an EPUB as well, and offer it in the introduction
    #[arg(long)]
    pub epub: bool,
    /// Compile the listings for the pages as well, so that readers can run them there
    #[arg(long)]
    pub wasm: bool,
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
    let more = site::More {
        epub: options.epub,
        modules: options.wasm && modules_can_be_made(),
        live: false,
    };
    site::build(root, &pages, &more)?;
    let seconds = start.elapsed().as_secs_f64();
    let shown = from_here(&pages);
    anstream::println!("Built the book in {seconds:.1} s: {}", shown.display());
    Ok(())
}

/// Whether the compiler can make the modules of a page; it is said if not.
pub fn modules_can_be_made() -> bool {
    let can = wasm::is_there();
    if !can {
        anstream::eprintln!("{}", message::no_modules(wasm::TARGET));
    }
    can
}
