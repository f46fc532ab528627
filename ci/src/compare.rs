//! Comparing what a run printed with what the golden says.
//!
//! Lines, their order and every character must agree, except that a number with a
//! decimal point is a measured time in seconds and may differ by the tolerance.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::listing::Order;
use crate::seconds::Seconds;

/// A line of a comparison, in the order in which a diff shows it. The text keeps its
/// line ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// The run printed what the golden says.
    Same {
        /// The golden's line, counted from 1.
        line: usize,
        /// What the golden says.
        text: String,
    },
    /// The golden has a line that the run did not print there.
    Missing {
        /// The golden's line, counted from 1.
        line: usize,
        /// What the golden says.
        text: String,
    },
    /// The run printed a line that the golden does not have there.
    Extra {
        /// The golden's line, counted from 1, near which it stands.
        line: usize,
        /// What the run printed.
        text: String,
    },
}

impl Compared {
    /// Whether the line is the same on both sides.
    pub fn agrees(&self) -> bool {
        matches!(self, Compared::Same { .. })
    }

    /// The line of the golden, counted from 1.
    pub fn line(&self) -> usize {
        match self {
            Compared::Same { line, .. }
            | Compared::Missing { line, .. }
            | Compared::Extra { line, .. } => *line,
        }
    }
}

impl Compared {
    /// Counts the golden's lines in another way.
    pub fn renumber(&mut self, new: impl Fn(usize) -> usize) {
        let (Compared::Same { line, .. }
        | Compared::Missing { line, .. }
        | Compared::Extra { line, .. }) = self;
        *line = new(*line);
    }
}

/// Holds the printed text against the golden. The result names every line of both;
/// they agree if all of it is [`Compared::Same`].
///
/// ```
/// use book::compare::{Compared, compare};
/// use book::listing::Order;
/// use book::seconds::Seconds;
///
/// let agree = |golden: &str, printed: &str| {
///     let compared = compare(golden, printed, Order::Exact, Seconds(0.25));
///     compared.iter().all(Compared::agrees)
/// };
/// assert!(agree("Time: 2.0\n", "Time: 2.1\n"));
/// assert!(!agree("Time: 2.0\n", "Time: 3.0\n"));
/// assert!(!agree("Sum = 3\n", "Sum = 4\n"));
/// ```
pub fn compare(
    golden: &str,
    printed: &str,
    order: Order,
    tolerance: Seconds,
) -> Vec<Compared> {
    let golden: Vec<&str> = golden.split_inclusive('\n').collect();
    let printed: Vec<&str> = printed.split_inclusive('\n').collect();
    match order {
        Order::Exact => in_order(&golden, &printed, tolerance),
        Order::Any => in_any_order(&golden, &printed, tolerance),
    }
}

/// Whether everything that differs is a measured time, and everything else is the same:
/// the words of all lines, and their order if that counts.
pub fn only_times_differ(compared: &[Compared], order: Order) -> bool {
    let words = |text: &str| Measured::of(text).words;
    let mut missing: Vec<String> = Vec::new();
    let mut extra: Vec<String> = Vec::new();
    for line in compared {
        match line {
            Compared::Same { .. } => {
                // In order, a line stands right beside the one it should have been.
                if order == Order::Exact && missing != extra {
                    return false;
                }
            }
            Compared::Missing { text, .. } => missing.push(words(text)),
            Compared::Extra { text, .. } => extra.push(words(text)),
        }
    }
    if order == Order::Any {
        missing.sort();
        extra.sort();
    }
    missing == extra
}

fn in_order(
    golden: &[&str],
    printed: &[&str],
    tolerance: Seconds,
) -> Vec<Compared> {
    let golden_lines: Vec<Measured> = measured(golden);
    let printed_lines: Vec<Measured> = measured(printed);
    let words = |lines: &[Measured]| -> Vec<String> {
        lines.iter().map(|line| line.words.clone()).collect()
    };
    let ops = capture_diff_slices(
        Algorithm::Myers,
        &words(&golden_lines),
        &words(&printed_lines),
    );
    let mut compared = Vec::new();
    for op in ops {
        let same_words = matches!(op, DiffOp::Equal { .. });
        let (old, new) = (op.old_range(), op.new_range());
        if same_words {
            for (g, p) in old.zip(new) {
                let line = g + 1;
                if golden_lines[g].agrees(&printed_lines[p], tolerance) {
                    compared.push(Compared::Same {
                        line,
                        text: golden[g].into(),
                    });
                } else {
                    compared.push(Compared::Missing {
                        line,
                        text: golden[g].into(),
                    });
                    compared.push(Compared::Extra {
                        line,
                        text: printed[p].into(),
                    });
                }
            }
        } else {
            let line = (old.start + 1).min(golden.len().max(1));
            compared.extend(old.map(|g| Compared::Missing {
                line: g + 1,
                text: golden[g].into(),
            }));
            compared.extend(new.map(|p| Compared::Extra {
                line,
                text: printed[p].into(),
            }));
        }
    }
    compared
}

fn in_any_order(
    golden: &[&str],
    printed: &[&str],
    tolerance: Seconds,
) -> Vec<Compared> {
    let mut left: Vec<(Measured, &str)> = measured(printed)
        .into_iter()
        .zip(printed.iter().copied())
        .collect();
    let mut compared = Vec::new();
    for (number, (line, text)) in
        measured(golden).iter().zip(golden).enumerate()
    {
        let found = left
            .iter()
            .position(|(other, _)| line.agrees(other, tolerance));
        let (line, text) = (number + 1, (*text).to_owned());
        match found {
            Some(index) => {
                left.remove(index);
                compared.push(Compared::Same { line, text });
            }
            None => compared.push(Compared::Missing { line, text }),
        }
    }
    let line = golden.len().max(1);
    compared.extend(left.into_iter().map(|(_, text)| Compared::Extra {
        line,
        text: text.into(),
    }));
    compared
}

/// A line taken apart: its words, and the measured times in it.
#[derive(Debug, Clone, PartialEq)]
struct Measured {
    /// The line with a mark in place of each measured time.
    words: String,
    times: Vec<Seconds>,
}

fn measured(lines: &[&str]) -> Vec<Measured> {
    lines.iter().map(|line| Measured::of(line)).collect()
}

impl Measured {
    fn of(line: &str) -> Measured {
        let mut taken = Measured {
            words: String::new(),
            times: Vec::new(),
        };
        let mut rest = line;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let end = rest[start..]
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .map_or(rest.len(), |length| start + length);
            // The period that ends a sentence is no decimal point.
            let number = rest[start..end].trim_end_matches('.');
            let end = start + number.len();
            taken.words.push_str(&rest[..start]);
            match number.split('.').collect::<Vec<_>>()[..] {
                // As many decimals as in the golden: `1.0` for `1.00` is a change.
                [_, decimals] if !decimals.is_empty() => {
                    taken.words.push_str(&format!("\0{}", decimals.len()));
                    taken.times.push(Seconds(number.parse().unwrap_or(0.0)));
                }
                // An integer, or something like 127.0.0.1: that is text.
                _ => taken.words.push_str(number),
            }
            rest = &rest[end..];
        }
        taken.words.push_str(rest);
        taken
    }

    fn agrees(&self, other: &Measured, tolerance: Seconds) -> bool {
        self.words == other.words
            && self
                .times
                .iter()
                .zip(&other.times)
                .all(|(a, b)| a.agrees(*b, tolerance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: Seconds = Seconds(0.25);

    fn agree(golden: &str, printed: &str, order: Order) -> bool {
        compare(golden, printed, order, QUARTER)
            .iter()
            .all(Compared::agrees)
    }

    #[test]
    fn measured_times_may_differ_by_the_tolerance_and_nothing_else_may() {
        for (golden, printed, same) in [
            ("Time: 0.0\n", "Time: 0.2\n", true),
            ("Time: 0.0\n", "Time: 0.3\n", false),
            ("Time: 9.9\n", "Time: 10.1\n", true),
            ("Time: 1.0\n", "Time: 1.00\n", false),
            ("Sum = 3\n", "Sum = 4\n", false),
            ("Sum = 3\n", "sum = 3\n", false),
            ("in 1.0 s.\n", "in 1.1 s.\n", true),
            ("It took 1.0.\n", "It took 1.1.\n", true),
            ("at 127.0.0.1\n", "at 127.0.0.2\n", false),
            ("from 0.0 to 1.0\n", "from 0.1 to 2.0\n", false),
            ("end\n", "end", false),
            ("", "", true),
            ("", "more\n", false),
        ] {
            assert_eq!(
                agree(golden, printed, Order::Exact),
                same,
                "{golden:?} {printed:?}"
            );
        }
    }

    #[test]
    fn a_dropped_line_does_not_make_the_others_differ() {
        let compared = compare("a\nb\nc\n", "a\nc\n", Order::Exact, QUARTER);
        assert_eq!(
            compared,
            [
                Compared::Same {
                    line: 1,
                    text: "a\n".into()
                },
                Compared::Missing {
                    line: 2,
                    text: "b\n".into()
                },
                Compared::Same {
                    line: 3,
                    text: "c\n".into()
                },
            ]
        );
    }

    #[test]
    fn a_late_line_is_told_from_another_line() {
        for (golden, printed, order, only_times) in [
            ("a\nTime: 1.0\n", "a\nTime: 2.0\n", Order::Exact, true),
            ("a\n1.0\n2.0\n", "a\n1.9\n2.9\n", Order::Exact, true),
            ("a\n", "b\n", Order::Exact, false),
            ("a 1\n", "a 2\n", Order::Exact, false),
            ("a 1.0\nb\n", "b\na 9.0\n", Order::Exact, false),
            ("a 1.0\nb\n", "b\na 9.0\n", Order::Any, true),
            ("1.0\n", "9.0\n9.0\n", Order::Any, false),
            ("1.0\n", "", Order::Exact, false),
        ] {
            let compared = compare(golden, printed, order, QUARTER);
            assert_eq!(
                only_times_differ(&compared, order),
                only_times,
                "{golden:?} {printed:?}"
            );
        }
    }

    #[test]
    fn order_counts_unless_the_listing_says_otherwise() {
        assert!(!agree("a\nb\n", "b\na\n", Order::Exact));
        assert!(agree("a\nb\n", "b\na\n", Order::Any));
        assert!(!agree("a\na\n", "a\nb\n", Order::Any));
        assert!(agree("Time: 1.0\n1.0\n", "1.1\nTime: 0.9\n", Order::Any));
    }
}
