//! The text of the book: `src/SUMMARY.md` and the chapters that it names.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use crate::files;
use crate::message;
use crate::problem::Problems;

/// The folder of the text, relative to the book's root.
pub const SOURCE: &str = "src";

/// The text for an address that leads nowhere, relative to [`SOURCE`]. mdBook makes a
/// page of it that stands in no table of contents, and expands no directives in it.
const NOT_FOUND: &str = "404.md";

/// A chapter as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its file, relative to the book's root, such as `src/introduction.md`.
    pub file: PathBuf,
    /// The Markdown in it.
    pub markdown: String,
}

impl Chapter {
    /// Its title: the words of its first heading.
    pub fn title(&self) -> &str {
        let mut lines = self.markdown.lines();
        let title = lines.find_map(|line| line.strip_prefix("# "));
        title.unwrap_or_default().trim()
    }
}

/// Reads every chapter below `src/`, sorted by file, and holds them against
/// `SUMMARY.md`. What is wrong is added to the second value.
pub fn chapters(root: &Path) -> (Vec<Chapter>, Problems) {
    let mut problems = Problems::new();
    let mut chapters = Vec::new();
    let summary = Path::new(SOURCE).join("SUMMARY.md");
    let named = match files::read(&root.join(&summary)) {
        Ok(text) => links(&text),
        Err(why) => {
            problems.push(message::no_summary(&summary, &why));
            return (chapters, problems);
        }
    };
    for (line, link) in &named {
        if !root.join(SOURCE).join(link).is_file() {
            problems.push(message::missing_chapter(&summary, *line, link));
        }
    }
    for file in markdown_files(root, Path::new(SOURCE)) {
        if file == summary {
            continue;
        }
        let link = file.strip_prefix(SOURCE).unwrap_or(&file);
        let is_named = named.iter().any(|(_, named)| Path::new(named) == link);
        if !is_named && link != Path::new(NOT_FOUND) {
            problems.push(message::unlisted_chapter(&file, &summary, link));
        }
        match files::read(&root.join(&file)) {
            Ok(markdown) => chapters.push(Chapter { file, markdown }),
            Err(why) => problems.push(message::unreadable_chapter(&file, &why)),
        }
    }
    (chapters, problems)
}

/// A part of the book: the chapters in a folder of their own, as the table of contents
/// has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its folder, below [`SOURCE`] and below `listings/`.
    pub folder: String,
    /// Its chapters, in order, relative to [`SOURCE`].
    pub chapters: Vec<String>,
    /// The line of the last of them in the table of contents, counted from 1.
    pub last_line: usize,
}

/// The parts that a table of contents names, in order. A chapter in no folder is in no
/// part.
pub fn parts(summary: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (line, link) in links(summary) {
        let Some((folder, _)) = link.split_once('/') else {
            continue;
        };
        match parts.iter_mut().find(|part| part.folder == folder) {
            Some(part) => {
                part.last_line = line;
                part.chapters.push(link);
            }
            None => parts.push(Part {
                folder: folder.to_owned(),
                chapters: vec![link],
                last_line: line,
            }),
        }
    }
    parts
}

/// The files of the chapters in the order of the book, relative to its root.
///
/// # Errors
/// If there is no table of contents.
pub fn in_order(root: &Path) -> Result<Vec<PathBuf>> {
    let source = Path::new(SOURCE);
    let summary = files::read(&root.join(source).join("SUMMARY.md"))?;
    let links = links(&summary).into_iter();
    Ok(links.map(|(_, link)| source.join(link)).collect())
}

/// Whether a text has these words, not as a part of longer ones: "2.5" is not in "12.5".
pub fn has_words(text: &str, words: &str) -> bool {
    let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        let mut next = after.chars();
        let is_decimal = next.next() == Some('.')
            && next.next().is_some_and(|c| c.is_ascii_digit());
        !goes_on(before.chars().next_back())
            && !before.ends_with('.')
            && !goes_on(after.chars().next())
            && !is_decimal
    })
}

/// The files that a table of contents links to, each with its line.
fn links(summary: &str) -> Vec<(usize, String)> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\]\(\s*<?([^)>]+?)>?\s*\)").expect("a regex")
    });
    let mut links = Vec::new();
    for (number, line) in summary.lines().enumerate() {
        for found in LINK.captures_iter(line) {
            let link = found[1].trim_start_matches("./").replace("%20", " ");
            links.push((number + 1, link));
        }
    }
    links
}

fn markdown_files(root: &Path, below: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(root.join(below))
        .into_iter()
        .flatten()
        .flatten();
    for entry in entries {
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            files.extend(markdown_files(root, &path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_a_whole() {
        assert!(has_words("Ready at 2.5.", "2.5"));
        assert!(has_words("polled: 128", "128"));
        for (text, words) in
            [("12.5", "2.5"), ("2.55", "2.5"), ("2.5", "5"), ("2.5", "2")]
        {
            assert!(!has_words(text, words), "{words} in {text}");
        }
    }

    #[test]
    fn only_the_page_for_what_is_not_found_needs_no_place_in_the_summary() {
        let book = tempfile::tempdir().expect("a temporary folder");
        let source = book.path().join(SOURCE);
        std::fs::create_dir_all(source.join("part")).expect("a folder");
        for file in ["SUMMARY.md", "404.md", "part/404.md", "lost.md"] {
            std::fs::write(source.join(file), "# Text\n").expect("a file");
        }
        let (chapters, problems) = chapters(book.path());
        assert_eq!(chapters.len(), 3);
        let said = problems.to_string();
        assert!(said.contains("lost.md"), "{said}");
        assert!(said.contains("part/404.md"), "{said}");
        assert!(!said.contains("src/404.md"), "{said}");
    }

    #[test]
    fn a_part_is_a_folder_of_chapters() {
        let summary = "# Summary\n\n[Start](start.md)\n\n# One\n\n- [A](one/a.md)\n\
                       - [B](one/b.md)\n\n# Two\n\n- [C](two/c.md)\n";
        let part = |folder: &str, chapters: &[&str], last_line| Part {
            folder: folder.to_owned(),
            chapters: chapters.iter().map(|&c| c.to_owned()).collect(),
            last_line,
        };
        assert_eq!(
            parts(summary),
            [
                part("one", &["one/a.md", "one/b.md"], 8),
                part("two", &["two/c.md"], 12)
            ]
        );
    }

    #[test]
    fn links_of_a_summary_have_their_lines() {
        let summary = "# Summary\n\n[Start](start.md)\n- [`a`](./one/a.md)\n  - [B](<b b.md>)\n";
        assert_eq!(
            links(summary),
            [
                (3, "start.md".to_owned()),
                (4, "one/a.md".to_owned()),
                (5, "b b.md".to_owned())
            ]
        );
    }
}
