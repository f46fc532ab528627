//! `preprocess`: the command that plain mdBook runs for `[preprocessor.book]`.

use std::io;

use anyhow::{Context, Result};
use mdbook_preprocessor::{Preprocessor, parse_input};

use crate::site::Directives;

/// Reads a book from standard input and writes it with its directives replaced, as
/// <https://rust-lang.github.io/mdBook/for_developers/preprocessors.html> has it.
///
/// # Errors
/// Everything that is wrong with the book, or input that is none.
pub fn preprocess() -> Result<()> {
    let (context, book) = parse_input(io::stdin().lock()).context(
        "mdBook runs this command by itself: `mdbook build` gives it the book on \
         standard input",
    )?;
    let book = Directives::default().run(&context, book)?;
    serde_json::to_writer(io::stdout().lock(), &book)
        .context("cannot hand the book back to mdBook")
}
