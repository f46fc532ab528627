//! Links within the book: each leads to a file, and to a heading or figure in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::{Checked, glossary};
use crate::fences;
use crate::laboratory;
use crate::message;
use crate::problem::Problems;
use crate::text::SOURCE;

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
pub(crate) fn id_of(title: &str) -> String {
    let kept = title.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}

pub(super) fn check(checked: &Checked, anchors: &Anchors) -> Problems {
    let mut problems = Problems::new();
    let file = &checked.chapter.file;
    for link in &checked.prose.links {
        let target = link.target.as_str();
        if target.contains("://") || target.starts_with("mailto:") {
            continue;
        }
        if let Some(why) = broken(checked, target, anchors) {
            let problem = message::broken_link(file, target, &why);
            problems.push(problem.at(link.line));
        }
    }
    problems
}

/// What is wrong with a link, if anything.
fn broken(checked: &Checked, link: &str, anchors: &Anchors) -> Option<String> {
    let from = &checked.chapter.file;
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link, None),
    };
    let to = match path {
        "" => from.clone(),
        path => joined(from.parent().unwrap_or(Path::new(SOURCE)), path),
    };
    if !checked.root.join(&to).is_file() {
        return Some(format!("there is no file {}", to.display()));
    }
    let anchor = anchor?;
    if to == Path::new(laboratory::CHAPTER) && laboratory::is_setup(anchor) {
        let listings = checked.manuscript.listings.iter();
        let names = listings.map(|listing| listing.name.0.as_str());
        return laboratory::fault(anchor, names);
    }
    let known = anchors.0.get(&to)?;
    (!known.contains(anchor)).then(|| {
        let known = known.iter().map(String::as_str);
        match message::closest(anchor, known) {
            Some(close) => format!("no heading or figure there is #{anchor}; did you mean #{close}?"),
            None if to.ends_with(glossary::FILE) => format!(
                "the glossary has no term #{anchor}; explain it there, under a heading of its own"
            ),
            None => format!("no heading or figure there is #{anchor}"),
        }
    })
}

/// `path` seen from `folder`, without `..`.
pub(super) fn joined(folder: &Path, path: &str) -> PathBuf {
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
