//! What a learner reads who practices.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::{closest, did_you_mean, in_tenths};
use crate::listing::{Listing, ListingName};
use crate::practice::{
    Assignment, Course, Failure, Note, Outcome, Progress, Ran, Test, Verdict,
};
use crate::process::End;
use crate::seconds::Seconds;
use crate::terminal::{self, wrapped};
use crate::verdict::expected_end;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const WARM: Style = AnsiColor::Green.on_default().bold();
const NEW: Style = AnsiColor::Yellow.on_default();
const STRONG: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// A book without exercises.
pub fn no_exercises() -> &'static str {
    "the book has no exercise yet\n  help: CONTRIBUTING.md says how to add one"
}

/// A name that is no exercise's.
pub fn unknown_exercise<'a>(
    name: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> String {
    let help = did_you_mean(
        closest(name, names),
        "`cargo run -- practice --list` shows all exercises",
    );
    format!("there is no exercise named `{name}`\n  help: {help}")
}

/// How each of them stands: `next` is the one to go on with.
pub fn list(course: &Course, progress: &Progress, next: usize) -> String {
    let names = course.assignments.iter().map(|a| a.name().0.len());
    let width = names.max().unwrap_or(0);
    let mut text = String::new();
    let mut done = 0;
    for (index, assignment) in course.assignments.iter().enumerate() {
        let (style, mark, word) = match course.is_done(index, progress) {
            true => (GOOD, '✓', "done"),
            false if index == next => (NEW, '→', "next"),
            false => (QUIET, ' ', "open"),
        };
        done += usize::from(course.is_done(index, progress));
        let (name, chapter) = (assignment.name(), &assignment.chapter.title);
        let _ = writeln!(
            text,
            "{style}{mark} {word}{style:#}  {name:<width$}  {chapter}"
        );
    }
    let all = course.assignments.len();
    let _ = write!(text, "\n{done} of {all} done");
    text
}

/// The head of a page: which exercise it is, what is to be done, and where.
pub fn head(course: &Course, assignment: &Assignment, done: bool) -> String {
    let (number, all) = (assignment.number, course.assignments.len());
    let name = assignment.name();
    let done = match done {
        true => format!("  {GOOD}✓ done{GOOD:#}"),
        false => String::new(),
    };
    let task = wrapped(&assignment.task(), terminal::width(), 0);
    format!(
        "{STRONG}Exercise {number} of {all}: {name}{STRONG:#}{done}\n\n{task}\n\n\
         Chapter:    {} ({})\nYour file:  {}\n",
        assignment.chapter.title,
        assignment.chapter.file.display(),
        assignment.main_file().display(),
    )
}

/// Something that the learner has to know.
pub fn note(note: &Note, assignment: &Assignment) -> String {
    let name = assignment.name();
    let words = match note {
        Note::ProgressDamaged(kept) => format!(
            "What you have done so far could not be read, so it is counted anew; your \
             programs are as they were. The damaged file is {} now.",
            kept.display()
        ),
        Note::StartChanged => format!(
            "The book begins this exercise in another way than when you began it. Your \
             file stays as it is; `cargo run -- practice --reset {name}` brings the new \
             start."
        ),
        Note::SetAside(file, kept) => format!(
            "{} is the book's, and it is brought back each time. What you made of it is \
             {} now.",
            file.display(),
            kept.display()
        ),
        Note::Reset(kept) => format!(
            "This is the start again. What you made of it is {} now.",
            kept.display()
        ),
    };
    marked(NEW, "!", &words)
}

/// The start of an exercise was brought back.
pub fn reset(assignment: &Assignment) -> String {
    format!(
        "`{}` is at its start again: {}",
        assignment.name(),
        assignment.main_file().display()
    )
}

/// What the tests say.
pub fn verdict(verdict: &Verdict, patience: Seconds) -> String {
    match verdict {
        Verdict::DoesNotCompile { messages, in_judge } => {
            let words = match in_judge {
                false => "It does not compile yet.",
                true => {
                    "The judge can't try it: keep the names and the types that the start \
                     has. What the judge asks for is above."
                }
            };
            format!("{}\n\n{}", messages.trim_end(), marked(BAD, "✗", words))
        }
        Verdict::CompilingTimedOut => marked(
            BAD,
            "✗",
            "Compiling takes very long, and was stopped. What is compiled is kept: try \
             again.",
        ),
        Verdict::NoJudge => marked(
            BAD,
            "✗",
            "The judge is not part of the program: its file has to end with the two lines\n\
             \x20   #[cfg(test)]\n    mod judge;",
        ),
        Verdict::Tried { tests, warnings } => {
            let mut text = String::new();
            if !warnings.is_empty() {
                let _ = writeln!(text, "{}\n", warnings.trim_end());
            }
            let tests = tests.iter().map(|each| test(each, patience));
            text + &tests.collect::<Vec<_>>().join("\n")
        }
    }
}

fn test(test: &Test, patience: Seconds) -> String {
    let heading = |style, mark| marked(style, mark, &test.name);
    let says = match &test.outcome {
        Outcome::Passed => return heading(GOOD, "✓"),
        Outcome::Failed(failure) => self::failure(failure),
        Outcome::Broken(End::TimedOut) => format!(
            "It was stopped after {}: something in it never comes to an end.",
            patience.in_words()
        ),
        Outcome::Broken(End::Exited(status)) => format!(
            "The program ended in the middle of it, with exit status {status}."
        ),
        Outcome::Broken(End::Killed(signal)) => {
            format!("Signal {signal} ended the program in the middle of it.")
        }
        Outcome::Broken(End::TooMuchOutput) => {
            "It was stopped: it printed without end.".to_owned()
        }
        Outcome::Broken(End::TooMuchMemory) => {
            "It was stopped: it used up the memory.".to_owned()
        }
    };
    let says = wrapped(&says, terminal::width(), 4);
    format!("{}\n{says}", heading(BAD, "✗"))
}

fn failure(failure: &Failure) -> String {
    let mut parts = Vec::new();
    if !failure.printed.is_empty() {
        let lines = failure.printed.lines().map(|line| format!("│ {line}"));
        parts.push(lines.collect::<Vec<_>>().join("\n"));
    }
    for panic in &failure.panics {
        parts.push(match &panic.place {
            Some(place) => format!("It panicked at {place}: {}", panic.says),
            None => panic.says.clone(),
        });
    }
    parts.join("\n")
}

/// The exercise is solved.
pub fn done(assignment: &Assignment) -> String {
    format!(
        "{WARM}Well done!{WARM:#} `{}` does all that the judge asks for.",
        assignment.name()
    )
}

/// The drawing of a run, and how it ended.
pub fn ran(listing: &Listing, ran: &Ran, patience: Seconds) -> String {
    let drawing = terminal::draw(&ran.timeline, terminal::width());
    let ended = terminal::ended(ran.seconds, ran.end);
    let mut text = format!("\n{drawing}{ended}\n");
    if ran.end == End::TimedOut && expected_end(listing) != End::TimedOut {
        let words = format!(
            "Your program was stopped after {}. The timeline shows what it waits for, or \
             what keeps it busy.",
            patience.in_words()
        );
        text += &(marked(BAD, "✗", &words) + "\n");
    }
    text
}

/// How long it took and takes; nothing if that is the same.
pub fn times(before: Option<Seconds>, now: Seconds) -> Option<String> {
    let before = in_tenths(before?);
    let now = in_tenths(now);
    (before != now)
        .then(|| format!("It took {before} at the start, and takes {now} now."))
}

/// Where to go from an exercise that is solved. `next` is another one that is not;
/// `command` is what brings it.
pub fn where_to(
    assignment: &Assignment,
    next: Option<&Assignment>,
    command: &str,
) -> String {
    let mut text = String::from("\n");
    if let Some(chapter) = &assignment.next_chapter {
        let (title, file) = (&chapter.title, chapter.file.display());
        let _ = writeln!(text, "Read on:        {title} ({file})");
    }
    match next {
        Some(next) => {
            let _ = write!(text, "Next exercise:  {} ({command})", next.name());
        }
        None => text += "That was the last one: all exercises are done.",
    }
    text
}

/// How to go on without a terminal from an exercise that is not solved.
pub fn try_again(assignment: &Assignment) -> String {
    format!(
        "Change {}, and look again: cargo run -- practice {}",
        assignment.main_file().display(),
        assignment.name()
    )
}

/// How to go on in a terminal from an exercise that is not solved.
pub fn change_it() -> &'static str {
    "\nChange your file and save it: it is judged at once."
}

/// A hint, by its number counted from 1.
pub fn hint(number: usize, hint: &str) -> String {
    let text = wrapped(hint, terminal::width(), 4);
    format!("{NEW}Hint {number} of 3{NEW:#}\n{text}")
}

/// Somebody asks for more hints than there are.
pub fn no_more_hints(assignment: &Assignment) -> String {
    let chapter = &assignment.chapter;
    let words = format!(
        "There are no more hints. The chapter {} ({}) has a solution.",
        chapter.title,
        chapter.file.display()
    );
    wrapped(&words, terminal::width(), 0)
}

/// The book's solution.
pub fn solution(assignment: &Assignment) -> String {
    let name = assignment.name();
    format!(
        "{STRONG}The solution of the book for `{name}`{STRONG:#}\n\n{}",
        assignment.exercise.solution.trim_end()
    )
}

/// Somebody asks for the solution of an exercise that is not solved.
pub fn no_solution_yet() -> &'static str {
    "`s` shows the solution of the book once yours passes."
}

/// There is no other exercise to go to.
pub fn no_other(done: bool) -> &'static str {
    match done {
        true => "All exercises are done.",
        false => "This is the only exercise that is not done.",
    }
}

/// The question before the start is brought back.
pub fn ask_to_reset(name: &ListingName) -> String {
    format!("Bring the start of `{name}` back? Your file is kept.  y yes  n no")
}

/// The start stays away.
pub fn not_reset() -> &'static str {
    "Your file stays as it is."
}

/// The learner's file is gone.
pub fn no_file(assignment: &Assignment) -> String {
    let file = assignment.main_file();
    format!("{} is gone; `x` brings the start back.", file.display())
}

/// The keys, with what is being done now.
pub fn keys(done: bool, doing: &str) -> String {
    let next = match done {
        true => "n next  s solution",
        false => "h hint  n skip",
    };
    let doing = match doing {
        "" => String::new(),
        doing => format!("{doing} …   "),
    };
    format!("{doing}{next}  r run again  l list  x start over  q quit")
}

/// The program runs.
pub fn runs() -> String {
    format!("\n{QUIET}Your program:{QUIET:#}")
}

/// Somebody leaves.
pub fn goodbye(assignment: &Assignment) -> String {
    format!(
        "Until next time: `cargo run -- practice` goes on with `{}`.",
        assignment.name()
    )
}

/// A mark, and words behind it.
fn marked(style: Style, mark: &str, words: &str) -> String {
    let words = wrapped(words, terminal::width(), 2);
    format!("{style}{mark}{style:#} {}", words.trim_start())
}
