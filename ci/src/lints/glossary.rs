//! The glossary: its terms are in order, each is defined, the chapter in which it is first
//! met uses it, and at least one chapter leads back to it.

use std::path::{Path, PathBuf};

use super::links;
use crate::message;
use crate::problem::Problems;
use crate::prose::{Link, Prose};
use crate::text::{Chapter, SOURCE};

/// Where the glossary is, below the folder of the text.
pub(super) const FILE: &str = "reference/glossary.md";

/// How an entry ends.
const FIRST_MET: &str = "First met in";

/// A term with what is said about it.
struct Entry<'a> {
    term: &'a str,
    /// Of its heading, counted from 1.
    line: usize,
    text: String,
    /// Those in its text.
    links: Vec<&'a Link>,
}

/// All that is wrong with the glossary, if there is one among the chapters.
pub fn check(chapters: &[Chapter]) -> Problems {
    let mut problems = Problems::new();
    let all = chapters.iter().map(|chapter| (chapter, Prose::of(chapter)));
    let chapters: Vec<(&Chapter, Prose)> = all.collect();
    let file = Path::new(SOURCE).join(FILE);
    let glossary = chapters.iter().find(|(chapter, _)| chapter.file == file);
    let Some((_, prose)) = glossary else {
        return problems;
    };
    let entries = entries(prose);
    for pair in entries.windows(2) {
        if pair[0].term.to_lowercase() >= pair[1].term.to_lowercase() {
            let (before, term) = (pair[0].term, pair[1].term);
            let problem = message::term_out_of_order(&file, term, before);
            problems.push(problem.at(pair[1].line));
        }
    }
    for entry in &entries {
        let defined = entry.text.split(FIRST_MET).next().unwrap_or_default();
        if defined.split_whitespace().count() < 3 {
            let problem = message::term_without_words(&file, entry.term);
            problems.push(problem.at(entry.line));
        }
        let home = home(entry);
        let uses = |(chapter, _): &&(&Chapter, Prose)| {
            home.as_deref() == Some(&*chapter.file)
                && uses_term(chapter, entry.term)
        };
        if chapters.iter().find(uses).is_none() {
            let problem =
                message::term_not_met(&file, entry.term, home.as_deref());
            problems.push(problem.at(entry.line));
        }
        let anchor = format!("glossary.md#{}", links::id_of(entry.term));
        let is_linked = chapters.iter().any(|(chapter, prose)| {
            chapter.file != file
                && prose.links.iter().any(|l| l.target.ends_with(&anchor))
        });
        if !is_linked {
            let problem = message::term_never_linked(&file, entry.term);
            problems.push(problem.at(entry.line));
        }
    }
    problems
}

fn entries(prose: &Prose) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    for stretch in &prose.stretches {
        match (stretch.heading, entries.last_mut()) {
            (Some(2), _) => entries.push(Entry {
                term: stretch.text.trim(),
                line: stretch.line(0),
                text: String::new(),
                links: Vec::new(),
            }),
            (None, Some(entry)) => entry.text.push_str(&stretch.text),
            _ => {}
        }
    }
    for link in &prose.links {
        let entry = entries.iter_mut().rev().find(|e| e.line < link.line);
        if let Some(entry) = entry {
            entry.links.push(link);
        }
    }
    entries
}

/// The chapter in which the entry says that its term is first met.
fn home(entry: &Entry) -> Option<PathBuf> {
    if !entry.text.contains(FIRST_MET) {
        return None;
    }
    let link = entry.links.last()?;
    let folder = Path::new(SOURCE).join(FILE);
    let folder = folder.parent().unwrap_or(Path::new(SOURCE));
    let path = link.target.split('#').next().unwrap_or_default();
    Some(links::joined(folder, path))
}

/// Whether a chapter has the term, in this form or a longer one.
fn uses_term(chapter: &Chapter, term: &str) -> bool {
    let text = chapter.markdown.to_lowercase();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let term = term.to_lowercase();
    // "wake" is met as "woken" and "waking".
    let stem = match term.as_str() {
        "wake" => "woken",
        term => term,
    };
    words.contains(stem)
}
