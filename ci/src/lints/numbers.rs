//! Numbers that a run could change: seconds, bytes, ratios, and how many of something. In
//! the prose they come from a directive, which takes them from the golden or from the
//! listing, so that they change with it. One that comes from elsewhere has a comment that
//! says so, on its line or alone on the line above: `<!-- typed: the reader counts -->`.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::{Checked, links};
use crate::message;
use crate::problem::Problems;
use crate::prose::{GAP, Stretch};
use crate::text::SOURCE;

/// The beginning of the comment that excepts the numbers of a line.
const TYPED: &str = "typed:";

/// Numbers, in digits and in words.
const NUMBER: &str = r"(?:\d[\d.,_]*|(?:(?:a|one|two|three|four|five|six|eight|nine|ten|few|several|twenty|fifty) )?(?:hundreds?|thousands?|millions?|billions?)(?: of)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|half)";

/// Those that are no more than a way of counting what stands in the code, as in "two
/// tasks", are left out of this.
const LARGE_NUMBER: &str = r"(?:\d[\d.,_]*|(?:(?:a|one|two|three|four|five|six|eight|nine|ten|few|several|twenty|fifty) )?(?:hundreds?|thousands?|millions?|billions?)(?: of)?|ten|eleven|twelve|thirteen|fifteen|sixteen|twenty|thirty|forty|fifty|sixty)";

const TIME: &str = r"(?:(?:milli|micro|nano)?seconds?|minutes?|hours?|ms|µs)";

const MEMORY: &str = r"(?:(?:kilo|mega|giga|tera)?bytes?|[kKMGT]i?B)";

const COUNTED: &str = r"(?:tasks?|threads?|polls?|times|lines|processes|parts|waiters|wakes|turns|futures|clients|requests)";

pub(super) fn check(checked: &Checked) -> Problems {
    let mut problems = Problems::new();
    let file = &checked.chapter.file;
    let excepted = |line: usize| -> bool {
        let comments = checked.prose.comments.iter();
        let mut near = comments.filter(|comment| comment.is_about(line));
        near.any(|comment| comment.gives_reason(TYPED))
    };
    let mut lines = Vec::new();
    for stretch in &checked.prose.stretches {
        for (at, number) in measured(stretch) {
            // The golden says which of the choices is right.
            if stretch.is_choice(at) {
                continue;
            }
            let line = stretch.line(at);
            lines.push(line);
            if !excepted(line) && !in_title(checked, stretch, at) {
                problems.push(message::typed_number(file, &number).at(line));
            }
        }
    }
    for comment in &checked.prose.comments {
        if !comment.text.starts_with(TYPED) {
            continue;
        }
        if !comment.gives_reason(TYPED) {
            let problem = message::exception_without_words(file);
            problems.push(problem.at(comment.line));
        } else if !lines.iter().any(|line| comment.is_about(*line)) {
            let problem = message::needless_exception(file);
            problems.push(problem.at(comment.line));
        }
    }
    problems
}

/// Whether the number is in the title of a chapter, which a link to it quotes.
fn in_title(checked: &Checked, stretch: &Stretch, at: usize) -> bool {
    let around = stretch.links.iter().find(|(range, _)| range.contains(&at));
    let Some((_, link)) = around else {
        return false;
    };
    let link = &checked.prose.links[*link];
    let folder = checked.chapter.file.parent().unwrap_or(Path::new(SOURCE));
    let path = link.target.split('#').next().unwrap_or_default();
    let linked = links::joined(folder, path);
    let title = |markdown: &str| -> Option<String> {
        let mut lines = markdown.lines();
        let line = lines.find_map(|line| line.strip_prefix("# "))?;
        Some(line.replace('`', ""))
    };
    let chapters = checked.manuscript.chapters.iter();
    let mut titles = chapters
        .filter(|chapter| chapter.file == linked)
        .filter_map(|chapter| title(&chapter.markdown));
    titles.any(|title| title == link.text.replace(GAP, ""))
}

/// The numbers in a text that look measured, each with the byte at which it begins.
fn measured(stretch: &Stretch) -> Vec<(usize, String)> {
    static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            // "5 seconds", "two more megabytes", "half a second"
            format!(r"\b{NUMBER}[ -](?:an? |of an? |more |whole )?(?:{TIME}|{MEMORY})\b"),
            // "a tenth of a second"
            format!(r"\b(?:half|third|quarter|tenth|twentieth|hundredth|thousandth) of an? {TIME}\b"),
            // "after a second": but not "a second task"
            format!(r"\b(?:after|for|within|takes|lasts|every|than|wait|waits|sleeps|each) an? {TIME}(?:[.,;:)!?\x01]|$| (?:and|or|as|before|after|later|at|in|to|for|each|is|long)\b)"),
            // "twice as fast", "three times longer", "50 percent"
            r"\b(?:twice|thrice|half|double) (?:as|the)\b".to_owned(),
            format!(r"\b{NUMBER} times (?:as|the|longer|shorter|faster|slower|more|less|larger|smaller)\b"),
            format!(r"\b{NUMBER} ?(?:percent\b|%)"),
            format!(r"\b{LARGE_NUMBER}[ -](?:lines?)(?:[ -](?:long|of code))?\b"),
            // "13 times", "ten thousand tasks"
            format!(r"\b{LARGE_NUMBER} {COUNTED}\b"),
            // "at 2.5": a time in a run
            r"\b\d+\.\d+\b".to_owned(),
        ]
        .iter()
        .map(|pattern| Regex::new(&format!("(?i){pattern}")).expect("a regex"))
        .collect()
    });
    let text = &stretch.text;
    let mut found: Vec<(usize, String)> = Vec::new();
    for pattern in PATTERNS.iter() {
        for hit in pattern.find_iter(text) {
            let again = found.iter().any(|(at, number)| {
                (*at..at + number.len()).contains(&hit.start())
            });
            if !again && !is_version(text, hit.start()) {
                let number = hit.as_str().trim_end_matches(GAP);
                found.push((hit.start(), number.to_owned()));
            }
        }
    }
    found
}

/// Whether the number is one of a version: "Rust 1.39".
fn is_version(text: &str, at: usize) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:Rust|Tokio|Python|mdBook|version|edition)[ \x01]$")
            .expect("a regex")
    });
    NAME.is_match(&text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;
    use crate::text::Chapter;

    fn numbers(markdown: &str) -> Vec<String> {
        let chapter = Chapter {
            file: "src/a.md".into(),
            markdown: markdown.into(),
        };
        let prose = Prose::of(&chapter);
        let stretches = prose.stretches.iter().flat_map(measured);
        stretches.map(|(_, number)| number).collect()
    }

    #[test]
    fn measured_numbers_are_found() {
        for (text, number) in [
            ("It takes 5 seconds.", "5 seconds"),
            ("It takes five\nseconds.", "five seconds"),
            ("This is twice as fast.", "twice as"),
            ("It is 1.7 times faster.", "1.7 times faster"),
            ("It waits for a second.", "for a second."),
            ("Half a second later", "Half a second"),
            ("about a tenth of a second", "tenth of a second"),
            ("It needs 64 kilobytes.", "64 kilobytes"),
            ("There are ten thousand tasks.", "ten thousand tasks"),
            ("It yields 13 times.", "13 times"),
            ("a hundred lines long", "a hundred lines long"),
            ("It is ready at 2.5, and", "2.5"),
            ("a 3-second wait", "3-second"),
            ("50 % of it", "50 %"),
        ] {
            assert_eq!(numbers(text), [number], "{text}");
        }
    }

    #[test]
    fn what_is_no_measured_number_is_left_alone() {
        for text in [
            "It takes {{#seconds a}}.",
            "`sleep(5.0)` seconds",
            "Two tasks on one thread.",
            "After a second task has begun",
            "since Rust 1.39",
            "the first two lines",
            "the second one",
        ] {
            assert_eq!(numbers(text), [""; 0], "{text}");
        }
    }
}
