//! Mistakes: their pages are all on one plan.

use super::Checked;
use crate::directive::{self, Directive};
use crate::message;
use crate::mistakes::PLAN;
use crate::problem::Problems;

pub(super) fn check(checked: &Checked) -> Problems {
    let mut problems = Problems::new();
    let file = &checked.chapter.file;
    let (found, _) = directive::find(file, &checked.chapter.markdown);
    let is_page = |found: &&directive::Found| {
        matches!(found.directive, Directive::Who { .. })
    };
    let Some(page) = found.iter().find(is_page) else {
        return problems;
    };
    let stretches = checked.prose.stretches.iter();
    let headings = stretches.filter(|stretch| stretch.heading == Some(2));
    let headings: Vec<(&str, usize)> = headings
        .map(|stretch| (stretch.text.trim(), stretch.line(0)))
        .collect();
    let wrong = (0..PLAN.len().max(headings.len())).find(|&index| {
        let heading = headings.get(index).map(|(heading, _)| *heading);
        heading != PLAN.get(index).copied()
    });
    if let Some(index) = wrong {
        let line = headings.get(index).map_or(page.line, |(_, line)| *line);
        problems.push(message::not_on_plan(file, PLAN.get(index)).at(line));
    }
    problems
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::preprocess::Manuscript;
    use crate::prose::Prose;
    use crate::text::Chapter;

    #[test]
    fn each_page_of_a_mistake_is_on_the_plan() {
        let page = |headings: &[&str]| -> String {
            let sections = headings.iter().map(|h| format!("## {h}\n\n"));
            "# Title\n\n{{#who a}}\n\n".to_owned()
                + &sections.collect::<String>()
        };
        let mut more = PLAN.to_vec();
        more.push("In short");
        let mut other = PLAN.to_vec();
        other.swap(1, 2);
        for (markdown, says) in [
            (page(&PLAN), ""),
            (page(&PLAN).replace("{{#who a}}", ""), ""),
            (page(&PLAN[..5]), "src/a.md:3\n"),
            (page(&more), "src/a.md:17\n"),
            (page(&other), "src/a.md:7\n"),
            ("# Other\n\n## Anything\n".to_owned(), ""),
        ] {
            let chapter = Chapter {
                file: "src/a.md".into(),
                markdown,
            };
            let problems = check(&Checked {
                root: Path::new("."),
                manuscript: &Manuscript::default(),
                chapter: &chapter,
                prose: &Prose::of(&chapter),
            });
            let said = match problems.is_empty() {
                true => String::new(),
                false => problems.to_string(),
            };
            assert!(said.contains(says), "{said}");
            assert_eq!(said.is_empty(), says.is_empty(), "{said}");
        }
    }
}
