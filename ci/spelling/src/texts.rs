//! All texts of the book that somebody has typed.

use std::path::{Path, PathBuf};

use book::files;
use book::listing::Listings;
use book::text;

/// A file and the text in it.
pub struct Text {
    /// The file, relative to the book's root.
    pub file: PathBuf,
    /// Its Markdown. A line of another kind of file is empty if there is no prose in it.
    pub markdown: String,
}

/// The chapters.
pub fn chapters(root: &Path) -> Vec<Text> {
    // What can't be read is for the tests of the chapters to say, and those of the
    // listings.
    let (chapters, _) = text::chapters(root);
    chapters
        .into_iter()
        .map(|chapter| Text {
            file: chapter.file,
            markdown: chapter.markdown,
        })
        .collect()
}

/// The chapters, the pages beside them, the book's title, and the comments in the
/// listings and in their twins.
pub fn all(root: &Path) -> Vec<Text> {
    let mut texts = chapters(root);
    for page in ["README.md", "CONTRIBUTING.md", "src/SUMMARY.md"] {
        texts.push(Text {
            file: page.into(),
            markdown: files::read(&root.join(page)).expect("a page"),
        });
    }
    let settings = files::read(&root.join("book.toml")).expect("a book");
    texts.push(Text {
        file: "book.toml".into(),
        markdown: each_line(&settings, title),
    });
    for listing in Listings::find(root).0.iter() {
        texts.push(Text {
            file: listing.source_file(),
            markdown: each_line(&listing.source, rust_comment),
        });
        texts.extend(listing.python.as_ref().map(|twin| Text {
            file: listing.python_file(),
            markdown: each_line(twin, python_comment),
        }));
    }
    texts
}

/// The prose of each line, with lines that have none left empty.
fn each_line(text: &str, prose: impl Fn(&str) -> Option<&str>) -> String {
    let lines = text.lines().map(|line| prose(line.trim()));
    lines
        .map(|prose| format!("{}\n", prose.unwrap_or_default()))
        .collect()
}

/// A title, or what stands below it where somebody finds the book.
fn title(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(" = ")?;
    matches!(key, "title" | "description").then_some(value)
}

/// A comment, alone on its line or behind code.
fn rust_comment(line: &str) -> Option<&str> {
    let behind = || line.split_once(" // ").map(|(_, comment)| comment);
    let comment = line.strip_prefix("//").or_else(behind)?;
    let comment = comment.trim_start_matches(['/', '!']).trim();
    (!comment.starts_with("ANCHOR")).then_some(comment)
}

/// A comment, or a docstring of one line.
fn python_comment(line: &str) -> Option<&str> {
    let comment = line.split_once("# ").map(|(_, comment)| comment);
    comment.or_else(|| line.strip_prefix("\"\"\"")?.strip_suffix("\"\"\""))
}

#[test]
fn prose_stays_on_its_line() {
    let rust = "//! A `b`.\n\n// ANCHOR: c\nd(); // E.\n    /// F.\n\"://g\"\n";
    let prose = each_line(rust, rust_comment);
    assert_eq!(prose, "A `b`.\n\n\nE.\nF.\n\n");
    let python = "\"\"\"A b.\"\"\"\n\nc()  # D.\n    # E.\n";
    let prose = each_line(python, python_comment);
    assert_eq!(prose, "A b.\n\nD.\nE.\n");
    let settings = "[book]\ntitle = \"A b\"\nlanguage = \"en\"\n";
    assert_eq!(each_line(settings, title), "\n\"A b\"\n\n");
}
