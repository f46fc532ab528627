//! Exercises: a chapter that teaches something lets its reader practice it.

use std::path::Path;

use super::Checked;
use crate::directive::{self, Directive};
use crate::message;
use crate::problem::Problems;
use crate::text::SOURCE;

/// The parts of the book whose chapters have exercises, as folders of the text. The first
/// part is for looking on, and in the mistakes everything is wrong already.
const PARTS: [&str; 4] = ["pieces", "inside", "waiting", "patterns"];

pub(super) fn check(checked: &Checked) -> Problems {
    let mut problems = Problems::new();
    let file = &checked.chapter.file;
    let (found, faults) = directive::find(file, &checked.chapter.markdown);
    let has_exercise = found
        .iter()
        .any(|found| matches!(found.directive, Directive::Exercise { .. }));
    // What is wrong with a directive is told elsewhere, and may be the exercise.
    if teaches(file) && faults.is_empty() && !has_exercise {
        problems.push(message::chapter_without_exercise(file).at(1));
    }
    problems
}

/// Whether a chapter teaches something, and so needs an exercise.
pub fn teaches(file: &Path) -> bool {
    let folder = file.parent().unwrap_or(Path::new(""));
    PARTS
        .iter()
        .any(|part| folder == Path::new(SOURCE).join(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::Manuscript;
    use crate::prose::Prose;
    use crate::text::Chapter;

    #[test]
    fn each_chapter_of_a_part_that_teaches_has_an_exercise() {
        for (file, markdown, is_right) in [
            ("src/pieces/a.md", "# A\n\n{{#exercise b}}\n", true),
            ("src/pieces/a.md", "# A\n\n{{#listing b}}\n", false),
            ("src/pieces/a.md", "# A\n\n{{#exercise}}\n", true),
            ("src/mistakes/a.md", "# A\n", true),
            ("src/a.md", "# A\n", true),
        ] {
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
            assert_eq!(problems.is_empty(), is_right, "{file}: {markdown}");
        }
    }
}
