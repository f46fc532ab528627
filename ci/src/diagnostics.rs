//! What the compiler says about a program, and how that is held against a golden.
//!
//! The same toolchain says the same to the letter. Another one may word it otherwise or
//! draw it otherwise, so there only the gist must agree: of each message its kind, its
//! code and the place that it points at first.

use std::sync::LazyLock;

use regex::Regex;

use crate::compare::{Compared, compare};
use crate::listing::Order;
use crate::seconds::Seconds;

/// The messages of a compiler, or of clippy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages {
    /// As a terminal shows them, without color; a blank line between two.
    pub text: String,
    /// Who said it, such as `rustc 1.95.0`.
    pub toolchain: String,
}

/// Holds messages against those of a golden, which were said by `toolchain`.
///
/// ```
/// use book::compare::Compared;
/// use book::diagnostics::{Messages, compare_messages};
///
/// let golden = "error[E0308]: mismatched types\n --> src/main.rs:2:9\n";
/// let agrees = |text: &str, toolchain: &str| {
///     let (text, toolchain) = (text.into(), toolchain.into());
///     let new = Messages { text, toolchain };
///     let compared = compare_messages(golden, "rustc 1.95.0", &new);
///     compared.iter().all(Compared::agrees)
/// };
/// let reworded = "error[E0308]: types differ\n --> src/main.rs:2:7\n";
/// assert!(!agrees(reworded, "rustc 1.95.0"));
/// assert!(agrees(reworded, "rustc 1.96.0"));
/// let elsewhere = "error[E0308]: mismatched types\n --> src/main.rs:3:9\n";
/// assert!(!agrees(elsewhere, "rustc 1.96.0"));
/// ```
pub fn compare_messages(
    golden: &str,
    toolchain: &str,
    new: &Messages,
) -> Vec<Compared> {
    let exact = Seconds(0.0);
    if toolchain == new.toolchain {
        return compare(golden, &new.text, Order::Exact, exact);
    }
    let (old, new) = (gist(golden), gist(&new.text));
    let words = |gist: &[(usize, String)]| -> String {
        gist.iter().map(|(_, words)| words.as_str()).collect()
    };
    let mut compared = compare(&words(&old), &words(&new), Order::Exact, exact);
    for compared in &mut compared {
        compared.renumber(|line| old.get(line - 1).map_or(1, |(at, _)| *at));
    }
    compared
}

/// The first words of a message, and what it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The line of the text at which it begins, counted from 1.
    pub line: usize,
    /// Its kind with its code, such as `error[E0308]`.
    pub kind: String,
    /// What it says in its first line.
    pub says: String,
    /// The file and the line that it points at first, such as `src/main.rs:2`.
    pub place: Option<String>,
    /// The lint that it comes from, such as `unused_variables`.
    pub lint: Option<String>,
}

/// The heads of the messages in a text.
pub fn heads(text: &str) -> Vec<Head> {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(error(?:\[\w+\])?|warning(?:\[\w+\])?): (.*)")
            .expect("a regex")
    });
    static PLACE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^ *--> (.+:\d+):\d+$").expect("a regex"));
    // Why a lint is on: by itself, or because it was asked for.
    static LINT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"note: `(?:#\[(?:warn|deny|forbid)\(([\w:]+)\)\]|-[WD] ([\w:-]+))`",
        )
        .expect("a regex")
    });
    let mut messages: Vec<Head> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if let Some(head) = HEAD.captures(line) {
            messages.push(Head {
                line: number,
                kind: head[1].to_owned(),
                says: head[2].to_owned(),
                place: None,
                lint: None,
            });
        }
        let Some(message) = messages.last_mut() else {
            continue;
        };
        if let Some(place) = PLACE.captures(line)
            && message.place.is_none()
        {
            message.place = Some(place[1].to_owned());
        }
        if let Some(lint) = LINT.captures(line) {
            let lint = lint.get(1).or_else(|| lint.get(2));
            message.lint = lint.map(|lint| lint.as_str().replace('-', "_"));
        }
    }
    messages
}

/// Each message in a line: `error[E0308] at src/main.rs:2`, with the line, counted from
/// 1, where it begins in the text.
fn gist(text: &str) -> Vec<(usize, String)> {
    let in_words = |head: Head| {
        let lint = head.lint.map(|lint| format!(" ({lint})"));
        let place = head.place.map(|place| format!(" at {place}"));
        let [lint, place] = [lint, place].map(Option::unwrap_or_default);
        (head.line, format!("{}{lint}{place}\n", head.kind))
    };
    heads(text).into_iter().map(in_words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_known_by_its_code_its_lint_and_its_first_place() {
        let text = "\
error[E0373]: closure may outlive
  --> src/main.rs:7:5
   |
note: required here
  --> src/other.rs:1:1

warning: unused variable: `x`
 --> src/main.rs:2:9
  = note: `#[warn(unused_variables)]` on by default
";
        assert_eq!(
            gist(text),
            [
                (1, "error[E0373] at src/main.rs:7\n".to_owned()),
                (
                    7,
                    "warning (unused_variables) at src/main.rs:2\n".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn a_difference_is_told_at_the_line_of_the_golden() {
        let golden = "error[E0001]: a\n --> m.rs:1:1\n\nerror[E0002]: b\n --> m.rs:2:1\n";
        let new = Messages {
            text: golden.replace("E0002", "E0003"),
            toolchain: "rustc 2".into(),
        };
        let compared = compare_messages(golden, "rustc 1", &new);
        let lines: Vec<usize> = compared
            .iter()
            .filter(|line| !line.agrees())
            .map(Compared::line)
            .collect();
        assert_eq!(lines, [4, 4]);
    }
}
