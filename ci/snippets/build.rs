//! Expands the chapters and lets skeptic make a test of each Rust snippet in them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use book::preprocess::Manuscript;

fn main() -> Result<()> {
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let root = here
        .ancestors()
        .nth(2)
        .context("the book's root is two levels up")?;
    for folder in ["src", "listings"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    // What is wrong with the text is for the tests of the chapters to say; a build that
    // fails here would keep them from running.
    let (manuscript, _) = Manuscript::collect(root);
    let mut files = Vec::new();
    for chapter in &manuscript.chapters {
        let markdown = match manuscript.expand(chapter) {
            Ok(expanded) => expanded.with_lines_kept,
            Err(_) => chapter.markdown.clone(),
        };
        files.push(write(&out, &chapter.file, &markdown)?);
    }
    skeptic::generate_doc_tests(&files);
    Ok(())
}

/// Writes a chapter into `out`, under a name that tells its path in the text.
fn write(out: &Path, file: &Path, markdown: &str) -> Result<PathBuf> {
    let name = file.to_string_lossy().replace(['/', '\\'], "-");
    let path = out.join(name);
    // skeptic watches these files: one that is written again makes it start again.
    if std::fs::read_to_string(&path).is_ok_and(|old| old == markdown) {
        return Ok(path);
    }
    std::fs::write(&path, markdown)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}
