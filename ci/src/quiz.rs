//! Quizzes: what a listing does, asked before its figure shows it.
//!
//! ```text
//! {{#predict sum-sync seconds}}
//! How long does the program take?
//!
//! - 5 seconds | Two waits and three waits, one after the other.
//! - 3 seconds | The waits could overlap, but nothing here makes them.
//! {{#end}}
//! ```
//!
//! Nobody marks the right choice: it is the one that the golden proves.
//!
//! | how | a choice is right if |
//! | --- | --- |
//! | `seconds` | it is the elapsed time, as "3 seconds" |
//! | `first`, `line N` | its lines, with `→` between them, are those of the output from there on |
//! | `last` | it is the last line of the output |
//! | `order` | its pieces, with `→` between them, are printed in this order |
//! | `prints` | it is a line that the program prints, or that is said about it |
//!
//! Behind ` | ` a choice says in a sentence why it is right, or, if it is wrong, why
//! somebody would think so.

use std::ops::RangeInclusive;
use std::path::Path;

use pulldown_cmark::{Event, Parser};

use crate::golden::Golden;
use crate::listing::{Listing, Order};
use crate::message;
use crate::problem::{Problem, Problems};
use crate::text;

/// How many choices a quiz may have.
pub const CHOICES: RangeInclusive<usize> = 2..=5;

/// What a choice begins with, at the start of its line.
const BULLET: &str = "- ";

/// What stands between a choice and its sentence.
pub const BAR: &str = " | ";

/// What of the golden tells which choice is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The elapsed time.
    Seconds,
    /// The lines of the output from this one on, counted from 1.
    Line(usize),
    /// The last line of the output.
    Last,
    /// The order in which lines are printed.
    Order,
    /// A line, wherever it stands.
    Prints,
}

impl Proof {
    /// Reads the words behind a listing's name.
    pub fn parse(words: &[&str]) -> Option<Proof> {
        Some(match words {
            ["seconds"] => Proof::Seconds,
            ["first"] => Proof::Line(1),
            ["line", number] => {
                let number = number.parse().ok().filter(|n| *n > 0)?;
                Proof::Line(number)
            }
            ["last"] => Proof::Last,
            ["order"] => Proof::Order,
            ["prints"] => Proof::Prints,
            _ => return None,
        })
    }

    /// Why no run of this listing can prove anything in this way, if so.
    fn useless(self, listing: &Listing) -> Option<&'static str> {
        let any_order = listing.metadata.order == Order::Any;
        match self {
            Proof::Prints => None,
            _ if listing.must_not_compile() => Some("it never runs"),
            Proof::Seconds if !listing.metadata.ends => {
                Some("it never ends by itself")
            }
            Proof::Line(_) | Proof::Last | Proof::Order if any_order => {
                Some("its lines may come in any order")
            }
            _ => None,
        }
    }

    /// Whether the golden says what a choice says.
    fn holds(self, choice: &str, golden: &Golden) -> bool {
        let pieces = || choice.split('→').map(str::trim);
        let lines = || golden.output.lines().map(str::trim);
        match self {
            Proof::Seconds => golden.seconds().in_words() == choice,
            Proof::Line(number) => {
                let mut lines = lines().skip(number - 1);
                pieces().all(|piece| lines.next() == Some(piece))
            }
            Proof::Last => lines().next_back() == Some(choice),
            Proof::Order => {
                let mut lines = lines();
                pieces()
                    .all(|piece| lines.any(|line| text::has_words(line, piece)))
            }
            Proof::Prints => {
                let mut lines = golden.texts().flat_map(str::lines);
                lines.any(|line| line.trim() == choice)
            }
        }
    }
}

/// A quiz as it stands in a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// The question, a paragraph in Markdown.
    pub question: String,
    /// What to choose from, in order.
    pub choices: Vec<Choice>,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The chapter's line, counted from 1.
    pub line: usize,
    /// What it says, in Markdown.
    pub text: String,
    /// Why it is right, or why somebody would think so; empty if nothing is said.
    pub reason: String,
}

/// Whether a line within a quiz begins a choice.
pub fn begins_choice(line: &str) -> bool {
    line.starts_with(BULLET)
}

impl Quiz {
    /// Reads what stands between the first line of a quiz and its last one. `line` is
    /// that of the first, counted from 1.
    ///
    /// # Errors
    /// All that is wrong with its form.
    pub fn parse(
        file: &Path,
        line: usize,
        body: &str,
    ) -> Result<Quiz, Problems> {
        let mut problems = Problems::new();
        let mut question = String::new();
        let mut asked = false;
        let mut choices: Vec<(usize, String)> = Vec::new();
        for (number, text) in (line + 1..).zip(body.lines()) {
            let goes_on = text.starts_with("  ");
            match choices.last_mut() {
                _ if text.trim().is_empty() => asked = !question.is_empty(),
                _ if begins_choice(text) => {
                    let text = text.trim_start_matches(BULLET).trim();
                    choices.push((number, text.to_owned()));
                }
                Some((_, choice)) if goes_on => {
                    choice.push(' ');
                    choice.push_str(text.trim());
                }
                None if !asked => {
                    question.push_str(text.trim_end());
                    question.push('\n');
                }
                _ => problems.push(message::stray_in_quiz(file).at(number)),
            }
        }
        if question.is_empty() {
            problems.push(message::quiz_without_question(file).at(line));
        }
        if !CHOICES.contains(&choices.len()) {
            let problem = message::quiz_of_choices(file, choices.len());
            problems.push(problem.at(line));
        }
        let choices = choices.into_iter().map(|(line, source)| {
            let (text, reason) = parts(&source);
            let (text, reason) = (text.to_owned(), reason.to_owned());
            Choice { line, text, reason }
        });
        let choices = choices.collect();
        let question = question.trim_end().to_owned();
        problems.or_ok(Quiz { question, choices })
    }

    /// Which choice is right, counted from 0. `line` is the first one of the quiz.
    ///
    /// # Errors
    /// If none or more than one is, if the listing can't prove any, or if a wrong one
    /// does not say why somebody would think so.
    pub fn right(
        &self,
        file: &Path,
        line: usize,
        proof: Proof,
        listing: &Listing,
        golden: &Golden,
    ) -> Result<usize, Problems> {
        if let Some(why) = proof.useless(listing) {
            let problem = message::quiz_without_proof(file, listing, why);
            return Err(problem.at(line).into());
        }
        let (right, wrong): (Vec<_>, Vec<_>) =
            self.choices.iter().enumerate().partition(|(_, choice)| {
                proof.holds(&plain(&choice.text), golden)
            });
        let mut problems = Problems::new();
        if right.is_empty() {
            let problem: Problem = message::no_right_choice(file, listing);
            problems.push(problem.at(line));
        }
        for (_, choice) in right.iter().skip(1) {
            let problem = message::two_right_choices(file, listing);
            problems.push(problem.at(choice.line));
        }
        for (_, choice) in wrong {
            if choice.reason.is_empty() {
                let problem = message::choice_without_reason(file);
                problems.push(problem.at(choice.line));
            }
        }
        let right = right.first().map_or(0, |(index, _)| *index);
        problems.or_ok(right)
    }
}

/// A choice and its sentence. A bar in a code span divides nothing.
fn parts(source: &str) -> (&str, &str) {
    let mut bars = source.match_indices(BAR);
    let outside =
        |at: usize| source[..at].matches('`').count().is_multiple_of(2);
    match bars.find(|(at, _)| outside(*at)) {
        Some((at, bar)) => {
            (source[..at].trim(), source[at + bar.len()..].trim())
        }
        None => (source.trim_end_matches('|').trim(), ""),
    }
}

/// What a piece of Markdown says, without its marks.
fn plain(markdown: &str) -> String {
    let words = Parser::new(markdown).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        _ => None,
    });
    words.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Timeline;

    fn golden(output: &str) -> Golden {
        let mut timeline = Timeline::none("", "");
        timeline.seconds = crate::seconds::Seconds(3.0);
        Golden {
            output: output.to_owned(),
            timeline,
            warnings: None,
            clippy: None,
            lints: None,
            tests: None,
            errors: None,
        }
    }

    fn parsed(body: &str) -> Result<Quiz, String> {
        let quiz = Quiz::parse(Path::new("a.md"), 7, body);
        quiz.map_err(|problems| problems.to_string())
    }

    #[test]
    fn a_quiz_is_a_question_and_choices_with_their_sentences() {
        let quiz = parsed(
            "Which\nline?\n\n- `a | b` → c | It is\n  so.\n- d\n\n- e | No.\n",
        );
        let quiz = quiz.expect("a quiz");
        assert_eq!(quiz.question, "Which\nline?");
        let choices: Vec<(usize, &str, &str)> = quiz
            .choices
            .iter()
            .map(|c| (c.line, c.text.as_str(), c.reason.as_str()))
            .collect();
        assert_eq!(
            choices,
            [
                (11, "`a | b` → c", "It is so."),
                (13, "d", ""),
                (15, "e", "No.")
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_its_form_is_said_with_the_line() {
        for (body, expected) in [
            ("- a\n- b\n", "asks nothing\n  --> a.md:7\n"),
            ("Why?\n\n- a\n", "1 choice\n  --> a.md:7\n"),
            ("Why?\n", "no choice\n  --> a.md:7\n"),
            (
                "Why?\n- a\n- b\n- c\n- d\n- e\n- f\n",
                "6 choices\n  --> a.md:7\n",
            ),
            (
                "Why?\n\nAnd how?\n\n- a\n- b\n",
                "of a choice\n  --> a.md:10\n",
            ),
            ("Why?\n\n- a\n- b\nc\n", "of a choice\n  --> a.md:12\n"),
        ] {
            let said = parsed(body).expect_err(body);
            assert!(said.contains(expected), "{expected}\nis not in\n{said}");
        }
    }

    #[test]
    fn the_golden_tells_which_choice_is_right() {
        let output = "one\ntwo: 2.5\n\none\nlast\n";
        for (how, choice, expected) in [
            ("seconds", "3 seconds", true),
            ("seconds", "3.5 seconds", false),
            ("first", "one", true),
            ("first", "one → two: 2.5", true),
            ("first", "two: 2.5", false),
            ("line 4", "one → last", true),
            ("line 4", "one → one", false),
            ("line 9", "one", false),
            ("last", "last", true),
            ("last", "one", false),
            ("order", "two → one → last", true),
            ("order", "one → one → one", false),
            ("order", "last → one", false),
            ("order", "two: 2 → last", false),
            ("prints", "two: 2.5", true),
            ("prints", "two", false),
        ] {
            let words: Vec<&str> = how.split(' ').collect();
            let proof = Proof::parse(&words).expect(how);
            let holds = proof.holds(choice, &golden(output));
            assert_eq!(holds, expected, "{how}: {choice}");
        }
        for how in ["", "second", "line", "line 0", "line x", "first 2"] {
            let words: Vec<&str> = how.split_whitespace().collect();
            assert_eq!(Proof::parse(&words), None, "{how}");
        }
    }

    #[test]
    fn a_choice_is_compared_without_its_marks() {
        assert_eq!(plain("`a_b` → *c*"), "a_b → c");
        assert_eq!(plain("`` ` `` and `*x*`"), "` and *x*");
    }
}
