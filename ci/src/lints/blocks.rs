//! Blocks of code: each says what it is. A listing comes by a directive; a snippet is
//! compiled and run; commands are run; anything else is plain text and says so.

use super::Checked;
use crate::message;
use crate::problem::Problems;

/// What may stand behind a fence, and nothing else.
pub const TAGS: [&str; 3] = ["rust", "console", "text"];

/// What may follow after `rust`, if a comment above says why.
const EXCEPTIONS: [&str; 4] =
    ["no_run", "should_panic", "compile_fail", "ignore"];

/// The beginning of that comment.
const REASON: &str = "not run:";

pub(super) fn check(checked: &Checked) -> Problems {
    let mut problems = Problems::new();
    let file = &checked.chapter.file;
    for block in &checked.prose.blocks {
        let problem = match block.tag.as_deref().map(str::trim) {
            None => message::indented_block(file),
            Some("") => message::untagged_block(file),
            Some(tag) => {
                let mut words =
                    tag.split([',', ' ']).filter(|word| !word.is_empty());
                let first = words.next().unwrap_or_default();
                let unknown = words.clone().find(|w| !EXCEPTIONS.contains(w));
                let is_exception = words.next().is_some();
                match () {
                    () if !TAGS.contains(&first) => {
                        message::unknown_block(file, first)
                    }
                    () if is_exception && first != "rust" => {
                        message::unknown_block(file, tag)
                    }
                    () if unknown.is_some() => {
                        message::unknown_block(file, tag)
                    }
                    () if is_exception && !has_reason(checked, block.line) => {
                        message::block_without_reason(file, tag)
                    }
                    () => continue,
                }
            }
        };
        problems.push(problem.at(block.line));
    }
    problems
}

/// Whether the comment above says why a snippet is not run like any other.
fn has_reason(checked: &Checked, line: usize) -> bool {
    checked.prose.comments.iter().any(|comment| {
        let above = comment.line + 1 == line || comment.line + 2 == line;
        above && comment.gives_reason(REASON)
    })
}
