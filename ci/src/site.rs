//! The pages: mdBook with the directives replaced, written whole or not at all.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem};
use mdbook_driver::config::{Config, HtmlConfig};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::epub;
use crate::files::TemporaryFolder;
use crate::highlight;
use crate::preprocess::Manuscript;
use crate::problem::Problems;
use crate::text::{Chapter, SOURCE};
use crate::wasm;
use crate::{scripts, search};

/// The name of the preprocessor in `book.toml`.
const NAME: &str = "book";

/// The preprocessor that plain mdBook runs as a command and this tool in its own
/// process.
#[derive(Debug, Default)]
pub struct Directives {
    /// The book, if it was read already.
    manuscript: Option<Manuscript>,
    /// The EPUB that the first chapter offers, if there will be one beside the pages.
    epub: Option<String>,
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
        manuscript.repository = repository(&context.config)?;
        let mut problems = Problems::new();
        let mut epub = self.epub.as_deref();
        book.for_each_mut(|item| {
            let BookItem::Chapter(chapter) = item else {
                return;
            };
            let Some(path) = chapter.source_path.clone() else {
                return;
            };
            let source = Chapter {
                file: Path::new(SOURCE).join(&path),
                markdown: std::mem::take(&mut chapter.content),
            };
            match manuscript.expand(&source) {
                Ok(expanded) => {
                    chapter.content = highlight::blocks(&search::with_words(
                        &expanded.markdown,
                    ));
                    if let Some(epub) = epub.take() {
                        chapter.content += &offer(&path, epub);
                    }
                }
                Err(found) => problems.extend(found),
            }
        });
        Ok(problems.or_ok(book)?)
    }
}

/// The address of the book's repository.
fn repository(config: &Config) -> Result<Option<String>> {
    let html = config.get::<HtmlConfig>("output.html")?;
    Ok(html.and_then(|html| html.git_repository_url))
}

/// Where a chapter offers the EPUB. No text does: then a link would lead nowhere in all
/// pages that were built without one.
fn offer(chapter: &Path, epub: &str) -> String {
    let up = "../".repeat(chapter.components().count().saturating_sub(1));
    format!(
        "\n\nThere is also [one file of the whole book]({up}{epub}), an EPUB for \
         e-readers.\n"
    )
}

/// What there can be beside the pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct More {
    /// An EPUB of the whole book.
    pub epub: bool,
    /// The listings as modules that the pages run.
    pub modules: bool,
    /// Somebody else tells of goldens that were recorded by another program than the one
    /// that stands there now: they are no fault.
    pub live: bool,
}

/// The folder of the modules, as in `theme/here.js`.
const MODULES: &str = "wasm";

/// Builds the pages of the book at `root` into the folder `to`, which is replaced only
/// if all of them could be made, and what else there shall be.
///
/// # Errors
/// Everything that is wrong with the book, or what mdBook says.
pub fn build(root: &Path, to: &Path, more: &More) -> Result<()> {
    let parent = to.parent().context("the pages need a folder")?;
    let new = TemporaryFolder::new_in(parent, ".book-")?;
    let pages = new.path().join("pages");
    render(root, &pages, more)?;
    let old = new.path().join("old");
    let replace = || {
        if to.exists() {
            std::fs::rename(to, &old)?;
        }
        std::fs::rename(&pages, to)
    };
    replace().with_context(|| format!("cannot replace {}", to.display()))
}

fn render(root: &Path, to: &Path, more: &More) -> Result<()> {
    let file = root.join("book.toml");
    let mut config = Config::from_disk(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    config.update_from_env()?;
    config.build.build_dir = absolute(to)?;
    // Said with file and line before mdBook stumbles over it without them.
    let mut manuscript = match more.live {
        true => Manuscript::read_unblessed(root)?,
        false => Manuscript::read(root)?,
    };
    manuscript.has_modules = more.modules;
    let mut book = MDBook::load_with_config(root, config)?;
    let epub = more.epub.then(|| epub::name(&book.config));
    // In the place of the command of the same name.
    book.with_preprocessor(Directives {
        manuscript: Some(manuscript.clone()),
        epub: epub.clone(),
    });
    book.build()?;
    scripts::shorten(root, to)?;
    if more.modules {
        let modules = wasm::modules(root, manuscript.listings.iter())?;
        let laboratory = match manuscript.has_laboratory() {
            true => {
                Some((wasm::LABORATORY.to_owned(), wasm::laboratory(root)?))
            }
            false => None,
        };
        let modules = modules
            .into_iter()
            .map(|(name, module)| (name.0, module))
            .chain(laboratory);
        let folder = to.join(MODULES);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        for (name, module) in modules {
            let file = folder.join(format!("{name}.wasm"));
            std::fs::write(&file, module)
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
    }
    if let Some(name) = epub {
        manuscript.repository = repository(&book.config)?;
        let bytes = epub::make(&manuscript, &book.book, &book.config)?;
        let file = to.join(name);
        std::fs::write(&file, bytes)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path)
        .with_context(|| format!("cannot find {}", path.display()))
}
