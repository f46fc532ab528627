//! Directives: `{{#listing sum-async}}` and its like in a chapter.
//!
//! | directive | becomes |
//! | --- | --- |
//! | `{{#listing NAME}}` | the figure: code, how to run it, output, timeline |
//! | `{{#listing NAME:ANCHOR}}` | the code between two anchors of the listing |
//! | `{{#listing NAME:service.rs}}` | another file of the listing |
//! | `{{#exercise NAME}}` | the figure of an exercise: its start, hints, solution |
//! | `{{#output NAME}}` | what the listing prints |
//! | `{{#timeline NAME}}` | how its run unfolds |
//! | `{{#race A B C}}` | how several runs unfold, under one axis |
//! | `{{#diff A B}}` | what changes from one listing to the other |
//! | `{{#laboratory}}` | where a reader sets up experiments: see [`crate::laboratory`] |
//! | `{{#who MISTAKE}}` | who would have told you of it: see [`crate::mistakes`] |
//! | `{{#mistakes symptom}}` | a table of all mistakes, by what is seen or by who tells |
//! | `{{#measured ways}}` | a table of what was measured: see [`crate::measured`] |
//! | `{{#predict NAME HOW}}` … `{{#end}}` | what is between them as a [`quiz`](crate::quiz) |
//! | `{{#seconds NAME}}` | the elapsed time as prose: "3 seconds" |
//! | `{{#ratio A B}}` | how many times as long as B A took: "1.7" |
//! | `{{#duration NAME from_secs(1)}}` | the length of a `Duration` of the listing: "1 second" |
//! | `{{#lines NAME}}` | how many lines of code the listing has, comments not counted |
//! | `{{#quote NAME TEXT}}` | the text, which must stand in the listing or its output |
//!
//! The last five stand within a sentence, the others alone on their line. In a fenced
//! block, in a `code span` and after a backslash a directive is text.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::fences::{self, Line, Place};
use crate::measured::Topic;
use crate::message;
use crate::mistakes::Order;
use crate::problem::{Problem, Problems};
use crate::quiz::Proof;

/// The last line of a quiz.
const END: &str = "{{#end}}";

/// What a chapter can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directive {
    /// The whole figure of a listing.
    Listing {
        /// The listing's name.
        name: String,
    },
    /// The figure of an exercise.
    Exercise {
        /// The listing's name.
        name: String,
    },
    /// A part of a listing's code.
    Part {
        /// The listing's name.
        name: String,
        /// The name of the anchors around the part, or of a file beside `main.rs`.
        anchor: String,
    },
    /// The output of a listing.
    Output {
        /// The listing's name.
        name: String,
    },
    /// The timeline of a listing.
    Timeline {
        /// The listing's name.
        name: String,
    },
    /// The timelines of several listings under one axis.
    Race {
        /// The listings' names.
        names: Vec<String>,
    },
    /// The difference between two listings.
    Diff {
        /// The name of the listing before the change.
        old: String,
        /// The name of the listing after it.
        new: String,
    },
    /// Where a reader sets up experiments.
    Laboratory,
    /// Who would have told of a mistake.
    Who {
        /// The name of its listing, without the end that says that it is wrong.
        mistake: String,
    },
    /// A table of all mistakes.
    Mistakes {
        /// How it is sorted.
        order: Order,
    },
    /// A table of what was measured of the check itself.
    Measured {
        /// What it is about.
        topic: Topic,
    },
    /// A quiz about what a listing does.
    Predict {
        /// The listing's name.
        name: String,
        /// What proves which choice is right.
        proof: Proof,
        /// The lines between the first and the last one, as [`Quiz`](crate::quiz::Quiz) reads them.
        body: String,
    },
    /// The elapsed seconds of a listing in words.
    Seconds {
        /// The listing's name.
        name: String,
    },
    /// How many times as long as another listing one took.
    Ratio {
        /// The name of the one.
        of: String,
        /// The name of the other.
        to: String,
    },
    /// The length of a `Duration` in a listing, in words.
    Duration {
        /// The listing's name.
        name: String,
        /// The call that makes it, such as `from_secs(1)`.
        call: String,
    },
    /// How many lines of code a listing has.
    Lines {
        /// The listing's name.
        name: String,
    },
    /// Text that stands in a listing or in what it prints.
    Quote {
        /// The listing's name.
        name: String,
        /// The text.
        text: String,
    },
}

/// A directive and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The line, counted from 1.
    pub line: usize,
    /// The bytes of the chapter that it replaces.
    pub range: Range<usize>,
    /// Those of them that are no prose: all, or of a quiz its first and its last line
    /// and the directives in between.
    pub marks: Vec<Range<usize>>,
    /// What is asked for.
    pub directive: Directive,
}

impl Directive {
    /// The names of the listings that it speaks of.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Directive::Listing { name }
            | Directive::Exercise { name }
            | Directive::Part { name, .. }
            | Directive::Output { name }
            | Directive::Timeline { name }
            | Directive::Predict { name, .. }
            | Directive::Seconds { name }
            | Directive::Duration { name, .. }
            | Directive::Lines { name }
            | Directive::Quote { name, .. } => vec![name],
            Directive::Race { names } => {
                names.iter().map(String::as_str).collect()
            }
            Directive::Diff { old, new } => vec![old, new],
            Directive::Ratio { of, to } => vec![of, to],
            Directive::Laboratory
            | Directive::Who { .. }
            | Directive::Mistakes { .. }
            | Directive::Measured { .. } => Vec::new(),
        }
    }

    /// Whether it shows the code of the listings that it names.
    pub fn shows_code(&self) -> bool {
        matches!(
            self,
            Directive::Listing { .. }
                | Directive::Exercise { .. }
                | Directive::Part { .. }
                | Directive::Diff { .. }
        )
    }

    /// Whether it shows what the listings that it names do.
    pub fn shows_outcome(&self) -> bool {
        matches!(
            self,
            Directive::Listing { .. }
                | Directive::Output { .. }
                | Directive::Timeline { .. }
                | Directive::Race { .. }
        )
    }

    fn stands_alone(&self) -> bool {
        !matches!(
            self,
            Directive::Seconds { .. }
                | Directive::Ratio { .. }
                | Directive::Duration { .. }
                | Directive::Lines { .. }
                | Directive::Quote { .. }
        )
    }

    fn parse(words: &[&str]) -> Result<Directive, Fault> {
        let owned = |word: &str| word.to_owned();
        Ok(match words {
            ["listing", name] => match name.split_once(':') {
                None => Directive::Listing { name: owned(name) },
                Some((name, anchor)) => Directive::Part {
                    name: owned(name),
                    anchor: owned(anchor),
                },
            },
            ["exercise", name] => Directive::Exercise { name: owned(name) },
            ["output", name] => Directive::Output { name: owned(name) },
            ["timeline", name] => Directive::Timeline { name: owned(name) },
            ["race", names @ ..] if names.len() > 1 => {
                let names = names.iter().copied().map(owned).collect();
                Directive::Race { names }
            }
            ["diff", old, new] => Directive::Diff {
                old: owned(old),
                new: owned(new),
            },
            ["laboratory"] => Directive::Laboratory,
            ["who", mistake] => Directive::Who {
                mistake: owned(mistake),
            },
            ["mistakes", word] => match Order::named(word) {
                Some(order) => Directive::Mistakes { order },
                None => return Err(Fault::Order(owned(word))),
            },
            ["measured", word] => match Topic::named(word) {
                Some(topic) => Directive::Measured { topic },
                None => return Err(Fault::Topic(owned(word))),
            },
            ["predict", name, how @ ..] => match Proof::parse(how) {
                Some(proof) => Directive::Predict {
                    name: owned(name),
                    proof,
                    body: String::new(),
                },
                None => return Err(Fault::Proof),
            },
            ["seconds", name] => Directive::Seconds { name: owned(name) },
            ["ratio", of, to] => Directive::Ratio {
                of: owned(of),
                to: owned(to),
            },
            ["duration", name, call] => Directive::Duration {
                name: owned(name),
                call: owned(call),
            },
            ["lines", name] => Directive::Lines { name: owned(name) },
            ["quote", name, text @ ..] if !text.is_empty() => {
                Directive::Quote {
                    name: owned(name),
                    text: text.join(" "),
                }
            }
            [word, ..] => {
                match USAGES.iter().find(|(known, _)| known == word) {
                    Some((_, usage)) => return Err(Fault::Arguments(usage)),
                    None => return Err(Fault::Unknown(owned(word))),
                }
            }
            [] => return Err(Fault::Unknown(String::new())),
        })
    }
}

/// How each directive is written.
const USAGES: &[(&str, &str)] = &[
    ("listing", "{{#listing NAME}} or {{#listing NAME:ANCHOR}}"),
    ("exercise", "{{#exercise NAME}}"),
    ("output", "{{#output NAME}}"),
    ("timeline", "{{#timeline NAME}}"),
    ("race", "{{#race NAME NAME …}}"),
    ("diff", "{{#diff OLD NEW}}"),
    ("laboratory", "{{#laboratory}}"),
    ("who", "{{#who MISTAKE}}"),
    ("mistakes", "{{#mistakes symptom}} or {{#mistakes teller}}"),
    ("measured", "{{#measured TOPIC}}"),
    ("predict", "{{#predict NAME seconds}} or another proof"),
    ("seconds", "{{#seconds NAME}}"),
    ("ratio", "{{#ratio NAME NAME}}"),
    ("duration", "{{#duration NAME from_secs(1)}}"),
    ("lines", "{{#lines NAME}}"),
    ("quote", "{{#quote NAME TEXT}}"),
];

enum Fault {
    Unknown(String),
    Arguments(&'static str),
    Topic(String),
    Order(String),
    Proof,
}

/// Finds the directives of a chapter; what is wrong with any of them is added to the
/// second value.
pub fn find(file: &Path, markdown: &str) -> (Vec<Found>, Problems) {
    let mut found: Vec<Found> = Vec::new();
    let mut problems = Problems::new();
    // Of a quiz that has no last line yet.
    let mut open: Option<Found> = None;
    for line in fences::lines(markdown) {
        if line.place != Place::Outside {
            if open.is_some() && matches!(line.place, Place::Opens(_)) {
                problems.push(message::stray_in_quiz(file).at(line.number));
            }
            continue;
        }
        if line.text.trim() == END {
            match open.take() {
                Some(quiz) => found.push(closed(quiz, markdown, line)),
                None => {
                    problems.push(message::end_of_no_quiz(file).at(line.number))
                }
            }
            continue;
        }
        for result in in_line(file, line.text) {
            let (range, directive) = match result {
                Ok(found) => found,
                Err(problem) => {
                    problems.push(problem.at(line.number));
                    continue;
                }
            };
            let range = line.start + range.start..line.start + range.end;
            let is_quiz = matches!(directive, Directive::Predict { .. });
            let is_within = !directive.stands_alone();
            let new = Found {
                line: line.number,
                marks: vec![range.clone()],
                range,
                directive,
            };
            match &mut open {
                Some(quiz) if is_within => quiz.marks.extend(new.marks),
                quiz => {
                    // A forgotten end is one mistake, and hides no figure below it.
                    if let Some(quiz) = quiz.take() {
                        let problem = message::quiz_without_end(file);
                        problems.push(problem.at(quiz.line));
                    }
                    match is_quiz {
                        true => open = Some(new),
                        false => found.push(new),
                    }
                }
            }
        }
    }
    if let Some(quiz) = open {
        problems.push(message::quiz_without_end(file).at(quiz.line));
    }
    (found, problems)
}

/// A quiz with all that is between its first line and its last one.
fn closed(mut quiz: Found, markdown: &str, last: Line) -> Found {
    let first = quiz.range.clone();
    let end = last.start + last.text.trim_end().len();
    if let Directive::Predict { body, .. } = &mut quiz.directive {
        // From the line below the first one.
        let between = &markdown[first.end..last.start];
        let below = between.find('\n').map_or(0, |at| at + 1);
        body.push_str(&between[below..]);
    }
    quiz.range.end = end;
    quiz.marks.push(last.start..end);
    quiz
}

type InLine = Result<(Range<usize>, Directive), Problem>;

fn in_line(file: &Path, line: &str) -> Vec<InLine> {
    static APART: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\{\{\s+#|\{\s+\{\s*#").expect("a regex"));
    let mut results = Vec::new();
    if let Some(apart) = APART.find(line)
        && line[..apart.start()].matches('`').count().is_multiple_of(2)
    {
        let shown = line[apart.start()..].trim_end();
        results.push(Err(message::spaced_directive(file, shown)));
    }
    let mut from = 0;
    while let Some(at) = line[from..].find("{{#") {
        let start = from + at;
        let before = &line[..start];
        from = start + 3;
        if before.ends_with('\\') || before.matches('`').count() % 2 == 1 {
            continue;
        }
        let Some(length) = line[start..].find("}}") else {
            let shown = line[start..].trim_end();
            results.push(Err(message::unclosed_directive(file, shown)));
            break;
        };
        let range = start..start + length + 2;
        from = range.end;
        let inside = &line[start + 3..start + length];
        let words: Vec<&str> = inside.split_whitespace().collect();
        let shown = &line[range.clone()];
        results.push(match Directive::parse(&words) {
            Err(Fault::Unknown(word)) => {
                let known: Vec<&str> =
                    USAGES.iter().map(|(name, _)| *name).collect();
                Err(message::unknown_directive(file, &word, &known))
            }
            Err(Fault::Arguments(usage)) => {
                Err(message::wrong_arguments(file, shown, usage))
            }
            Err(Fault::Topic(word)) => Err(message::unknown_topic(file, &word)),
            Err(Fault::Order(word)) => Err(message::unknown_order(file, &word)),
            Err(Fault::Proof) => Err(message::unknown_proof(file, shown)),
            Ok(directive)
                if directive.stands_alone() && line.trim() != shown =>
            {
                Err(message::not_alone(file, shown))
            }
            Ok(directive) => Ok((range, directive)),
        });
    }
    results
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directives(markdown: &str) -> Vec<(usize, Directive)> {
        let (found, problems) = find(Path::new("a.md"), markdown);
        assert!(problems.is_empty(), "{problems}");
        found
            .into_iter()
            .map(|found| (found.line, found.directive))
            .collect()
    }

    fn faults(markdown: &str) -> String {
        find(Path::new("a.md"), markdown).1.to_string()
    }

    #[test]
    fn each_kind_is_found_with_its_line() {
        let found = directives(
            "{{#listing a}}\n\n{{#listing a:part}}\n{{#output a}}\n{{#diff a b}}\n{{#timeline a}}\n{{#race a b c}}\nIn {{#seconds a}}, not {{#seconds b}}.\n{{#measured growth}}\n",
        );
        let name = || "a".to_owned();
        assert_eq!(
            found,
            [
                (1, Directive::Listing { name: name() }),
                (
                    3,
                    Directive::Part {
                        name: name(),
                        anchor: "part".into()
                    }
                ),
                (4, Directive::Output { name: name() }),
                (
                    5,
                    Directive::Diff {
                        old: name(),
                        new: "b".into()
                    }
                ),
                (6, Directive::Timeline { name: name() }),
                (
                    7,
                    Directive::Race {
                        names: ["a", "b", "c"].map(String::from).into()
                    }
                ),
                (8, Directive::Seconds { name: name() }),
                (8, Directive::Seconds { name: "b".into() }),
                (
                    9,
                    Directive::Measured {
                        topic: Topic::Growth
                    }
                ),
            ]
        );
    }

    #[test]
    fn a_quiz_goes_from_its_first_line_to_its_last() {
        let text = "a\n\n{{#predict a line 2}}\nIs {{#seconds b}}?\n\n- c\n{{#end}}\n\n{{#output a}}\n";
        let (found, problems) = find(Path::new("a.md"), text);
        assert!(problems.is_empty(), "{problems}");
        assert_eq!(found.len(), 2);
        let quiz = &found[0];
        assert_eq!(
            quiz.directive,
            Directive::Predict {
                name: "a".into(),
                proof: Proof::Line(2),
                body: "Is {{#seconds b}}?\n\n- c\n".into()
            }
        );
        assert_eq!(quiz.line, 3);
        assert!(text[quiz.range.clone()].ends_with("- c\n{{#end}}"));
        let marks: Vec<&str> =
            quiz.marks.iter().map(|mark| &text[mark.clone()]).collect();
        assert_eq!(
            marks,
            ["{{#predict a line 2}}", "{{#seconds b}}", "{{#end}}"]
        );
    }

    #[test]
    fn what_is_wrong_with_the_lines_of_a_quiz_is_said() {
        let said = faults(
            "{{#predict a luck}}\n{{#end}}\n{{#predict a first}}\n{{#predict b first}}\n```text\n```\n{{#output b}}\n",
        );
        for expected in [
            "a.md:1\n  help: write {{#predict NAME seconds}}",
            "ends no quiz\n  --> a.md:2\n",
            "has no end\n  --> a.md:3\n",
            "has no end\n  --> a.md:4\n",
            "of a choice\n  --> a.md:5\n",
        ] {
            assert!(said.contains(expected), "{expected}\nis not in\n{said}");
        }
    }

    #[test]
    fn code_and_escapes_are_text() {
        assert_eq!(
            directives(
                "```text\n{{#listing a}}\n~~~\n```\n`{{#x}}` and \\{{#y}}\n"
            ),
            []
        );
        assert_eq!(
            directives("````md\n```\n{{#x}}\n```\n````\n{{#output a}}\n").len(),
            1
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_the_line() {
        let said = faults(
            "x {{#listing a}}\n{{#listnig a}}\n{{#diff a}}\n{{#output a\n{{#race a}}\n{{#measured way}}\n{{#measured}}\nA {{#measured ways}}\n",
        );
        for expected in [
            "`{{#listing a}}` must stand alone on its line\n  --> a.md:1\n",
            "no directive `{{#listnig}}`\n  --> a.md:2\n  help: did you mean `listing`?",
            "`{{#diff a}}` has the wrong number of names\n  --> a.md:3\n  help: write it as {{#diff OLD NEW}}",
            "write it as {{#race NAME NAME …}}",
            "`{{#output a` is not closed\n  --> a.md:4\n",
            "nothing named `way` is measured\n  --> a.md:6\n  help: did you mean `ways`?",
            "write it as {{#measured TOPIC}}",
            "`{{#measured ways}}` must stand alone on its line\n  --> a.md:8\n",
        ] {
            assert!(said.contains(expected), "{expected}\nis not in\n{said}");
        }
    }
}
