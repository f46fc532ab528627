//! What can be wrong with the text itself: a link that leads nowhere, a fenced block of
//! which nobody knows what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::fences::{self, Place};
use crate::message;
use crate::problem::Problems;
use crate::text::{Chapter, SOURCE};

/// The places of each page that a link can lead to, by the chapter's file.
#[derive(Debug, Default)]
pub struct Anchors(BTreeMap<PathBuf, BTreeSet<String>>);

impl Anchors {
    /// Adds a chapter with its directives replaced.
    pub fn add(&mut self, file: &Path, expanded: &str) {
        static ID: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r#"\bid="([^"]+)""#).expect("a regex"));
        let mut anchors = BTreeSet::new();
        for line in fences::outside(expanded) {
            let line = line.text;
            let title = line.trim_start_matches('#');
            let level = line.len() - title.len();
            if (1..=6).contains(&level) && title.starts_with(' ') {
                let id = id_of(title);
                // mdBook numbers headings of one text from the second on.
                let numbered = (1..).map(|number| format!("{id}-{number}"));
                let free = std::iter::once(id.clone())
                    .chain(numbered)
                    .find(|id| !anchors.contains(id));
                anchors.extend(free);
            }
            anchors.extend(ID.captures_iter(line).map(|id| id[1].to_owned()));
        }
        self.0.insert(file.to_path_buf(), anchors);
    }
}

/// The id that mdBook gives a heading: letters, digits, `-` and `_` in lower case, and
/// `-` for each space.
fn id_of(title: &str) -> String {
    let kept = title.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}

/// All that is wrong with a chapter's links and blocks.
pub fn check(root: &Path, chapter: &Chapter, anchors: &Anchors) -> Problems {
    let mut problems = Problems::new();
    let (file, text) = (&chapter.file, &chapter.markdown);
    for line in fences::lines(text) {
        match line.place {
            Place::Opens("") => {
                problems.push(message::untagged_block(file).at(line.number));
            }
            Place::Outside => {
                for link in links(line.text) {
                    if let Some(why) = broken(root, file, &link, anchors) {
                        let problem = message::broken_link(file, &link, &why);
                        problems.push(problem.at(line.number));
                    }
                }
            }
            Place::Opens(_) | Place::Inside => {}
        }
    }
    problems
}

/// The targets of the Markdown links of a line that stay within the book.
fn links(line: &str) -> Vec<String> {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\]\(([^)\s]+)\)").expect("a regex"));
    let targets = LINK.captures_iter(line).map(|link| link[1].to_owned());
    targets.filter(|target| !target.contains("://")).collect()
}

/// What is wrong with a link, if anything.
fn broken(
    root: &Path,
    from: &Path,
    link: &str,
    anchors: &Anchors,
) -> Option<String> {
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link, None),
    };
    let to = match path {
        "" => from.to_path_buf(),
        path => joined(from.parent().unwrap_or(Path::new(SOURCE)), path),
    };
    if !root.join(&to).is_file() {
        return Some(format!("there is no file {}", to.display()));
    }
    let anchor = anchor?;
    let known = anchors.0.get(&to)?;
    (!known.contains(anchor)).then(|| {
        let known = known.iter().map(String::as_str);
        match message::closest(anchor, known) {
            Some(close) => format!("no heading or figure there is #{anchor}; did you mean #{close}?"),
            None => format!("no heading or figure there is #{anchor}"),
        }
    })
}

/// `path` seen from `folder`, without `..`.
fn joined(folder: &Path, path: &str) -> PathBuf {
    let mut joined = folder.to_path_buf();
    for component in Path::new(path).components() {
        match component {
            Component::ParentDir => {
                joined.pop();
            }
            Component::CurDir => {}
            component => joined.push(component),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_ids_that_mdbook_gives_them() {
        for (title, id) in [
            (" If you come from Python", "if-you-come-from-python"),
            (
                " The `.await`: where the turn can end",
                "the-await-where-the-turn-can-end",
            ),
            (" async fn", "async-fn"),
        ] {
            assert_eq!(id_of(title), id);
        }
        let mut anchors = Anchors::default();
        let text = "# A\n\n## Why\n\n```text\n## No\n```\n\n## Why\n\n<p id=\"here\">\n";
        anchors.add(Path::new("src/a.md"), text);
        let found: Vec<&str> = anchors.0[Path::new("src/a.md")]
            .iter()
            .map(String::as_str)
            .collect();
        assert_eq!(found, ["a", "here", "why", "why-1"]);
    }
}
