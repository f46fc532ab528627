//! The pages: mdBook with the directives replaced, written whole or not at all.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem};
use mdbook_driver::config::{Config, HtmlConfig};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::files::TemporaryFolder;
use crate::highlight;
use crate::preprocess::Manuscript;
use crate::problem::Problems;
use crate::search;
use crate::text::{Chapter, SOURCE};

/// The name of the preprocessor in `book.toml`.
const NAME: &str = "book";

/// The preprocessor that plain mdBook runs as a command and this tool in its own
/// process.
#[derive(Debug, Default)]
pub struct Directives {
    /// The book, if it was read already.
    manuscript: Option<Manuscript>,
}

impl Preprocessor for Directives {
    fn name(&self) -> &str {
        NAME
    }

    fn run(
        &self,
        context: &PreprocessorContext,
        mut book: Book,
    ) -> Result<Book> {
        let mut manuscript = match &self.manuscript {
            Some(manuscript) => manuscript.clone(),
            None => Manuscript::read(&context.root)?,
        };
        manuscript.repository = context
            .config
            .get::<HtmlConfig>("output.html")?
            .and_then(|html| html.git_repository_url);
        let mut problems = Problems::new();
        book.for_each_mut(|item| {
            let BookItem::Chapter(chapter) = item else {
                return;
            };
            let Some(path) = &chapter.source_path else {
                return;
            };
            let source = Chapter {
                file: Path::new(SOURCE).join(path),
                markdown: std::mem::take(&mut chapter.content),
            };
            match manuscript.expand(&source) {
                Ok(expanded) => {
                    chapter.content = highlight::blocks(&search::with_words(
                        &expanded.markdown,
                    ));
                }
                Err(found) => problems.extend(found),
            }
        });
        Ok(problems.or_ok(book)?)
    }
}

/// Builds the pages of the book at `root` into the folder `to`, which is replaced only
/// if all of them could be made.
///
/// # Errors
/// Everything that is wrong with the book, or what mdBook says.
pub fn build(root: &Path, to: &Path) -> Result<()> {
    let parent = to.parent().context("the pages need a folder")?;
    let new = TemporaryFolder::new_in(parent, ".book-")?;
    let pages = new.path().join("pages");
    render(root, &pages)?;
    let old = new.path().join("old");
    let replace = || {
        if to.exists() {
            std::fs::rename(to, &old)?;
        }
        std::fs::rename(&pages, to)
    };
    replace().with_context(|| format!("cannot replace {}", to.display()))
}

fn render(root: &Path, to: &Path) -> Result<()> {
    let file = root.join("book.toml");
    let mut config = Config::from_disk(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    config.update_from_env()?;
    config.build.build_dir = absolute(to)?;
    // Said with file and line before mdBook stumbles over it without them.
    let manuscript = Some(Manuscript::read(root)?);
    let mut book = MDBook::load_with_config(root, config)?;
    // In the place of the command of the same name.
    book.with_preprocessor(Directives { manuscript });
    book.build()
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path)
        .with_context(|| format!("cannot find {}", path.display()))
}
