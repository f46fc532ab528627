//! What the tests of an exercise say, without what the test runner says around it.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::process::End;

/// What the judge says of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It does not compile.
    DoesNotCompile {
        /// What the compiler says, as a terminal shows it.
        messages: String,
        /// Whether all of it is about the judge, which asks for something that is not there.
        in_judge: bool,
    },
    /// Compiling it took too long.
    CompilingTimedOut,
    /// The program doesn't have the judge for a module.
    NoJudge,
    /// It was tried.
    Tried {
        /// What each test says.
        tests: Vec<Test>,
        /// What the compiler warns of.
        warnings: String,
    },
}

impl Verdict {
    /// Whether the exercise is solved.
    pub fn passes(&self) -> bool {
        match self {
            Verdict::Tried { tests, .. } => {
                tests.iter().all(|test| test.outcome == Outcome::Passed)
            }
            _ => false,
        }
    }
}

/// A test, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Its name in words: "it takes as long as the toast".
    pub name: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It did not pass.
    Failed(Failure),
    /// The program ended in the middle of it, or was stopped.
    Broken(End),
}

/// What a failed test says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failure {
    /// What was printed meanwhile.
    pub printed: String,
    /// The panics, in order.
    pub panics: Vec<Panic>,
}

/// A panic in a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panic {
    /// Its file and line, if that is not the judge's.
    pub place: Option<String>,
    /// Its message.
    pub says: String,
}

/// How the line begins with which a panic ends. It is no help to a learner.
pub(super) const ABOUT_BACKTRACES: &str = "note: run with `RUST_BACKTRACE";

/// The module with the tests of an exercise, as their names begin.
const JUDGE: &str = "judge::";

/// Reads what the tests of a copy in the folder `own` printed, run one after the other, and
/// how they ended. None if the judge's are not among them.
pub(super) fn read(printed: &str, end: End, own: &Path) -> Option<Vec<Test>> {
    static TEST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^test (\S+)(?: - should panic)? \.\.\. ?(.*)$")
            .expect("a regex")
    });
    let (lines, failures) =
        printed.split_once("\nfailures:\n").unwrap_or((printed, ""));
    let mut tests = Vec::new();
    let mut is_judged = false;
    for line in lines.lines() {
        let Some(found) = TEST.captures(line) else {
            continue;
        };
        let name = &found[1];
        let outcome = match &found[2] {
            "ok" => Outcome::Passed,
            word if word.starts_with("FAILED") => {
                Outcome::Failed(failure(failures, name, own))
            }
            word if word.starts_with("ignored") => continue,
            _ => Outcome::Broken(end),
        };
        is_judged |= name.starts_with(JUDGE);
        let name = name.strip_prefix(JUDGE).unwrap_or(name);
        tests.push(Test {
            name: name.replace('_', " "),
            outcome,
        });
    }
    // It may end between two tests as well, and then it has not passed.
    let ends_well = end == End::Exited(0) && lines.contains("test result: ok");
    let all_passed = tests.iter().all(|t| t.outcome == Outcome::Passed);
    if all_passed
        && !ends_well
        && let Some(last) = tests.last_mut()
    {
        last.outcome = Outcome::Broken(end);
    }
    is_judged.then_some(tests)
}

/// What a failed test printed. `failures` is the part of the output with those of all tests.
fn failure(failures: &str, name: &str, own: &Path) -> Failure {
    static PANIC: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^thread '.*' (?:\(\d+\) )?panicked at (.+):(\d+):\d+:$")
            .expect("a regex")
    });
    let heading = format!("---- {name} stdout ----");
    let own_lines = failures
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| {
            let is_next =
                line.starts_with("---- ") && line.ends_with(" stdout ----");
            !is_next && *line != "failures:"
        });
    let mut failure = Failure::default();
    for line in own_lines {
        if let Some(found) = PANIC.captures(line) {
            let file = Path::new(&found[1]);
            let is_judge = file.ends_with("src/judge.rs");
            let file = match own.file_name() {
                Some(name) if file.starts_with(name) => {
                    own.with_file_name("").join(file)
                }
                _ => file.to_owned(),
            };
            let place = format!("{}:{}", file.display(), &found[2]);
            failure.panics.push(Panic {
                place: (!is_judge).then_some(place),
                says: String::new(),
            });
            continue;
        }
        if line.starts_with(ABOUT_BACKTRACES) {
            continue;
        }
        let text = match failure.panics.last_mut() {
            Some(panic) => &mut panic.says,
            None => &mut failure.printed,
        };
        text.push_str(line);
        text.push('\n');
    }
    failure.printed = failure.printed.trim_matches('\n').to_owned();
    for panic in &mut failure.panics {
        panic.says = in_plain_words(panic.says.trim());
    }
    failure
}

/// A message of `assert_eq!` without its words for programmers of tests.
fn in_plain_words(says: &str) -> String {
    static EQUAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?s)^assertion `left == right` failed(?:: (.*?))?\n +left: (.*?)\n +right: (.*)$",
        )
        .expect("a regex")
    });
    let Some(found) = EQUAL.captures(says) else {
        return says.to_owned();
    };
    let (is, should) = (&found[2], &found[3]);
    let values = format!("it is:        {is}\nit should be: {should}");
    match found.get(1) {
        Some(words) => format!("{}\n{values}", words.as_str()),
        None => values,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "practice/breakfast";

    fn judged(printed: &str, end: End) -> Option<Vec<Test>> {
        read(printed, end, Path::new(OWN))
    }

    fn test(name: &str, outcome: Outcome) -> Test {
        Test {
            name: name.into(),
            outcome,
        }
    }

    #[test]
    fn a_failed_test_says_what_its_author_wrote() {
        let printed = "\nrunning 2 tests\n\
            test judge::it_is_tea_and_toast ... ok\n\
            test judge::it_takes_long ... FAILED\n\nfailures:\n\n\
            ---- judge::it_takes_long stdout ----\nfirst\n\n\
            thread 'a task' (12) panicked at breakfast/src/main.rs:7:9:\nno toast\n\
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n\n\
            thread 'judge::it_takes_long' panicked at breakfast/src/judge.rs:17:5:\n\
            assertion `left == right` failed: it took long\n  left: 5\n right: 3\n\n\n\
            failures:\n    judge::it_takes_long\n\n\
            test result: FAILED. 1 passed; 1 failed\n";
        let panic = |place: Option<&str>, says: &str| Panic {
            place: place.map(str::to_owned),
            says: says.to_owned(),
        };
        let failure = Failure {
            printed: "first".into(),
            panics: vec![
                panic(Some("practice/breakfast/src/main.rs:7"), "no toast"),
                panic(None, "it took long\nit is:        5\nit should be: 3"),
            ],
        };
        let expected = [
            test("it is tea and toast", Outcome::Passed),
            test("it takes long", Outcome::Failed(failure)),
        ];
        assert_eq!(judged(printed, End::Exited(101)).unwrap(), expected);
    }

    #[test]
    fn a_test_in_whose_middle_the_program_ends_has_not_passed() {
        let middle =
            "\nrunning 2 tests\ntest judge::a ... ok\ntest judge::b ... ";
        for end in [End::TimedOut, End::Exited(0)] {
            assert_eq!(
                judged(middle, end).unwrap(),
                [test("a", Outcome::Passed), test("b", Outcome::Broken(end))]
            );
        }
        let between = "\nrunning 2 tests\ntest judge::a ... ok\n";
        let end = End::Exited(0);
        assert_eq!(
            judged(between, end).unwrap(),
            [test("a", Outcome::Broken(end))]
        );
    }

    #[test]
    fn without_the_judge_there_is_no_verdict() {
        let ends = "\ntest result: ok. 1 passed\n";
        let nothing = format!("\nrunning 0 tests\n{ends}");
        assert_eq!(judged(&nothing, End::Exited(0)), None);
        let own = format!("\nrunning 1 test\ntest tests::mine ... ok\n{ends}");
        assert_eq!(judged(&own, End::Exited(0)), None);
        let judge = own.replace("tests::mine", "judge::a");
        let expected = [test("a", Outcome::Passed)];
        assert_eq!(judged(&judge, End::Exited(0)).unwrap(), expected);
    }
}
