//! Headings: a page has one title, at its top, and below it no level is left out.

use super::Checked;
use crate::message;
use crate::problem::Problems;

pub(super) fn check(checked: &Checked) -> Problems {
    let mut problems = Problems::new();
    let file = &checked.chapter.file;
    let headings = checked.prose.stretches.iter();
    let mut headings = headings.filter_map(|stretch| {
        stretch.heading.map(|level| (level, stretch.line(0)))
    });
    match headings.next() {
        Some((1, _)) => {}
        Some((_, line)) => problems.push(message::no_title(file).at(line)),
        None => problems.push(message::no_title(file).at(1)),
    }
    let mut last = 1;
    for (level, line) in headings {
        if level == 1 {
            problems.push(message::second_title(file).at(line));
        } else if level > last + 1 {
            problems.push(message::skipped_level(file, last, level).at(line));
        }
        last = level;
    }
    problems
}
