//! Quizzes: a chapter that shows what a program does lets its reader predict it before. The
//! reference, and what stands directly in the folder of the text, need not ask.

use std::path::Path;

use super::Checked;
use crate::directive::{self, Directive, Found};
use crate::message;
use crate::problem::Problems;
use crate::text::SOURCE;

/// The part of the book that is for looking things up, below the folder of the text.
pub const REFERENCE: &str = "reference";

pub(super) fn check(checked: &Checked) -> Problems {
    let mut problems = Problems::new();
    let chapter = checked.chapter;
    let file = &chapter.file;
    let (found, faults) = directive::find(file, &chapter.markdown);
    // They are told elsewhere, and a quiz may be among them.
    if !faults.is_empty() {
        return problems;
    }
    let figures: Vec<&Found> = found
        .iter()
        .filter(|f| f.directive.shows_outcome())
        .collect();
    let is_quiz =
        |found: &&Found| matches!(found.directive, Directive::Predict { .. });
    for quiz in found.iter().filter(is_quiz) {
        let name = quiz.directive.names()[0];
        let mut shown = figures
            .iter()
            .filter(|figure| figure.directive.names().contains(&name));
        if shown.next().is_none_or(|first| first.line < quiz.line) {
            let problem = message::quiz_without_figure(file, name);
            problems.push(problem.at(quiz.line));
        }
    }
    if let Some(first) = figures.first()
        && asks(file)
        && !found.iter().any(|found| is_quiz(&found))
    {
        problems.push(message::chapter_without_quiz(file).at(first.line));
    }
    problems
}

/// Whether a chapter has to ask.
pub fn asks(file: &Path) -> bool {
    let source = Path::new(SOURCE);
    let folder = file.parent().unwrap_or(source);
    folder != source && folder != source.join(REFERENCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::Manuscript;
    use crate::prose::Prose;
    use crate::text::Chapter;

    fn said(file: &str, markdown: &str) -> String {
        let chapter = Chapter {
            file: file.into(),
            markdown: markdown.into(),
        };
        let problems = check(&Checked {
            root: Path::new("."),
            manuscript: &Manuscript::default(),
            chapter: &chapter,
            prose: &Prose::of(&chapter),
        });
        match problems.is_empty() {
            true => String::new(),
            false => problems.to_string(),
        }
    }

    #[test]
    fn a_chapter_asks_before_it_shows() {
        let figure = "{{#listing a}}\n";
        let quiz = "{{#predict a first}}\nWhat?\n\n- b\n- c | d\n{{#end}}\n";
        for (file, markdown, expected) in [
            ("src/part/a.md", [quiz, figure].concat(), ""),
            ("src/part/a.md", "{{#listing a:b}}\n".to_owned(), ""),
            ("src/a.md", figure.to_owned(), ""),
            ("src/reference/a.md", figure.to_owned(), ""),
            (
                "src/part/a.md",
                ["\n", figure].concat(),
                "src/part/a.md:2\n",
            ),
            ("src/part/a.md", "{{#race a b}}\n".to_owned(), "a.md:1\n"),
            ("src/a.md", [figure, quiz].concat(), "src/a.md:2\n"),
            ("src/a.md", [figure, quiz, figure].concat(), "src/a.md:2\n"),
            ("src/a.md", [quiz, "{{#listing b}}\n"].concat(), "a.md:1\n"),
        ] {
            let said = said(file, &markdown);
            assert!(said.contains(expected), "{markdown}: {said}");
            assert_eq!(said.is_empty(), expected.is_empty(), "{said}");
        }
    }
}
