//! What `check` and `bless` say about runs, calm and aligned: a line for each listing,
//! then each difference with its file and line and what to do, then a summary.

use std::fmt::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::compare::Compared;
use crate::listing::Listing;
use crate::process::End;
use crate::seconds::Seconds;
use crate::self_test::Tally;
use crate::verdict::Fault;

/// Lines of the golden that stay around a difference.
const CONTEXT: usize = 2;

/// A diff longer than this, in lines, is cut: nobody reads more of it.
const LONGEST: usize = 60;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Yellow.on_default();
const STRONG: Style = Style::new().bold();

/// What came of a listing, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The run agrees with the golden.
    Agrees,
    /// It does not.
    Differs,
    /// It agrees but for its times, and will be tried again.
    Late,
    /// It agreed before, and nothing has changed since.
    Skipped,
    /// The run became the golden.
    Blessed,
    /// It agrees, and the golden was left alone.
    Unchanged,
    /// It agrees, and the golden knows now that the source has changed.
    Renewed,
    /// It can't become a golden.
    Refused,
}

impl Outcome {
    fn word_and_style(self) -> (&'static str, Style) {
        match self {
            Outcome::Agrees => ("agrees", GOOD),
            Outcome::Differs => ("differs", BAD),
            Outcome::Late => ("late", NEW),
            Outcome::Skipped => ("unchanged", STRONG),
            Outcome::Blessed => ("blessed", NEW),
            Outcome::Unchanged => ("unchanged", GOOD),
            Outcome::Renewed => ("renewed", NEW),
            Outcome::Refused => ("refused", BAD),
        }
    }
}

/// The line of one listing: outcome, name, seconds.
pub fn line(
    outcome: Outcome,
    listing: &Listing,
    seconds: Option<Seconds>,
) -> String {
    let (word, style) = outcome.word_and_style();
    let name = &listing.name;
    let time = seconds.map(|s| format!("{:.2} s", s.0)).unwrap_or_default();
    format!("{style}{word:>9}{style:#}  {name:<24} {time:>8}")
        .trim_end()
        .to_owned()
}

/// The last line: how many of each outcome, and how long it all took.
pub fn summary(outcomes: &[(Outcome, usize)], seconds: Seconds) -> String {
    let total: usize = outcomes.iter().map(|(_, count)| count).sum();
    let listings = if total == 1 { "listing" } else { "listings" };
    let mut text = format!(
        "{STRONG}{total} {listings} in {:.1} s:{STRONG:#}",
        seconds.0
    );
    for (index, (outcome, count)) in
        outcomes.iter().filter(|(_, count)| *count > 0).enumerate()
    {
        let (word, style) = outcome.word_and_style();
        let comma = if index == 0 { "" } else { "," };
        let word = match (word, count) {
            ("agrees", 2..) => "agree",
            ("differs", 2..) => "differ",
            (word, _) => word,
        };
        let _ = write!(text, "{comma} {style}{count} {word}{style:#}");
    }
    text
}

/// A listing was late.
pub const WILL_BE_TRIED_AGAIN: &str =
    "will be tried again, alone, when the others have ended";

/// A listing was late, and has been tried again when nothing else ran.
pub fn second_try(first: Option<&Fault>) -> String {
    let late = match first {
        Some(Fault::Elapsed { golden, run }) => {
            format!("it took {:.2} s instead of {golden} s", run.0)
        }
        _ => "its lines came late".to_owned(),
    };
    format!("at the second try, alone; at the first, {late}")
}

/// Some listings were late.
pub fn tried_again(count: usize) -> String {
    let listings = if count == 1 { "listing" } else { "listings" };
    format!(
        "{count} {listings} agreed only at the second try, alone: the machine was busy \
         with something else"
    )
}

/// What came of planting faults: a line for each kind, those that were missed, and a sum.
pub fn tally(tally: &Tally, seconds: Seconds) -> String {
    let mut text = String::new();
    let width = tally.0.keys().map(|kind| kind.0.len()).max().unwrap_or(0);
    for (kind, count) in &tally.0 {
        let style = match count.caught == count.planted {
            true => GOOD,
            false => BAD,
        };
        let (caught, planted) = (count.caught, count.planted);
        let kind = kind.0;
        let _ = writeln!(
            text,
            "{kind:<width$}  {style}{caught:>5} of {planted:>5}{style:#}"
        );
        for (reason, number) in &count.excused {
            let _ = writeln!(
                text,
                "{:<width$}  and {number} not planted: {reason}",
                ""
            );
        }
    }
    for count in tally.0.values() {
        for missed in &count.missed {
            let _ = writeln!(text, "{BAD}missed:{BAD:#} {missed}");
        }
    }
    let (planted, caught) = tally.total();
    let _ = write!(
        text,
        "\n{STRONG}{caught} of {planted} faults caught in {:.1} s{STRONG:#}",
        seconds.0
    );
    text
}

/// What each part of a command took.
pub fn phases(phases: &[(&str, Seconds)]) -> String {
    let each = phases
        .iter()
        .map(|(phase, s)| format!("{phase} {:.1} s", s.0));
    each.collect::<Vec<_>>().join(", ")
}

/// A fault of the Rust program against its golden.
pub fn fault(listing: &Listing, fault: &Fault) -> String {
    let accept = format!(
        "if this is right, accept it: cargo run -- bless {}",
        listing.name
    );
    let who = format!("`{}`", listing.name);
    Said {
        listing,
        fault,
        who,
        file: listing.source_file(),
        accept,
    }
    .to_string()
}

/// A fault of the Python twin against the golden of the Rust program.
pub fn twin_fault(listing: &Listing, fault: &Fault) -> String {
    let python = listing.python_file();
    let accept = format!(
        "both programs must print the same lines; change {} or the listing",
        python.display()
    );
    let who = format!("the Python twin of `{}`", listing.name);
    Said {
        listing,
        fault,
        who,
        file: python,
        accept,
    }
    .to_string()
}

struct Said<'a> {
    listing: &'a Listing,
    fault: &'a Fault,
    /// The program that ran, in words.
    who: String,
    /// Its source.
    file: std::path::PathBuf,
    /// What to do if the run is right.
    accept: String,
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = &self.who;
        let file = self.file.display();
        let error = format!("{BAD}error:{BAD:#}");
        match self.fault {
            Fault::DoesNotCompile(messages) => {
                let messages = messages.trim_end();
                writeln!(f, "{error} {who} does not compile\n  --> {file}")?;
                writeln!(f, "{}", indented(messages))?;
                write!(
                    f,
                    "  help: mend the program; what the compiler says is above"
                )
            }
            Fault::Compiles => write!(
                f,
                "{error} {who} compiles, and must not\n  --> {file}\n  help: bring the \
                 mistake back, or remove `compile = \"fail\"` from \
                 [package.metadata.listing]"
            ),
            Fault::Ended { end, last } => {
                let expected = self.listing.metadata.exit;
                let limit = self.listing.metadata.timeout;
                let (what, help) = match end {
                    End::TimedOut => (
                        format!("{who} had not ended after {}", limit.in_words()),
                        "find out what it waits for; if it needs longer, say so with \
                         `timeout` in [package.metadata.listing]"
                            .to_owned(),
                    ),
                    End::TooMuchOutput => (
                        format!("{who} printed more than a megabyte and was stopped"),
                        "let it end by itself, or print less".to_owned(),
                    ),
                    End::TooMuchMemory => (
                        format!("{who} used up the memory and was stopped"),
                        "let it use less".to_owned(),
                    ),
                    End::Killed(signal) => (
                        format!("{who} was ended by signal {signal}"),
                        "run it by hand to see what happens".to_owned(),
                    ),
                    End::Exited(_) if !self.listing.metadata.ends => (
                        format!("{who} ended, and it should not end by itself"),
                        "remove `ends = false` from [package.metadata.listing] if that \
                         is right"
                            .to_owned(),
                    ),
                    End::Exited(status) => (
                        format!(
                            "{who} ended with exit status {status}, not {expected}"
                        ),
                        format!(
                            "if that is the point, say so with `exit = {status}` in \
                             [package.metadata.listing]"
                        ),
                    ),
                };
                writeln!(f, "{error} {what}\n  --> {file}")?;
                if !last.trim().is_empty() {
                    let last = indented(last.trim_matches('\n'));
                    writeln!(f, "  the last that it printed:\n{last}")?;
                }
                write!(f, "  help: {help}")
            }
            Fault::NotText { line } => write!(
                f,
                "{error} line {line} of what {who} printed is not UTF-8\n  --> {file}\n  \
                 help: print text; `String::from_utf8_lossy` shows what can't be read"
            ),
            Fault::Output(compared) => {
                let first = compared.iter().find(|line| !line.agrees());
                let line = first.map_or(1, Compared::line);
                let golden = self.listing.output_file();
                let golden = golden.display();
                writeln!(f, "{error} {who} printed something else")?;
                writeln!(f, "  --> {golden}:{line}")?;
                f.write_str(&diff(compared, "printed"))?;
                write!(f, "  help: {}", self.accept)
            }
            Fault::NotRecorded(messages) => {
                writeln!(f, "{error} {who} compiles, but not to be recorded")?;
                writeln!(f, "  --> {file}\n{}", indented(messages.trim_end()))?;
                write!(
                    f,
                    "  help: add what is missing to ci/recorder, or say \
                     `record = false` in [package.metadata.listing]"
                )
            }
            Fault::RecordedOutput(compared) => {
                let first = compared.iter().find(|line| !line.agrees());
                let line = first.map_or(1, Compared::line);
                let golden = self.listing.output_file();
                let golden = golden.display();
                writeln!(
                    f,
                    "{error} {who} prints something else when it is recorded"
                )?;
                writeln!(f, "  --> {golden}:{line}")?;
                f.write_str(&diff(compared, "printed"))?;
                write!(
                    f,
                    "  help: run it a few times: if its lines vary by themselves, let no two \
                     things end in one moment, or say `order = \"any\"`; if not, mend \
                     ci/recorder"
                )
            }
            Fault::Messages { file, compared } => {
                let first = compared.iter().find(|line| !line.agrees());
                let line = first.map_or(1, Compared::line);
                let clippys =
                    [self.listing.clippy_file(), self.listing.lints_file()];
                let speaker = match clippys.contains(file) {
                    true => "clippy",
                    false => "the compiler",
                };
                writeln!(
                    f,
                    "{error} {speaker} says something else about {who}"
                )?;
                writeln!(f, "  --> {}:{line}", file.display())?;
                f.write_str(&diff(compared, "said"))?;
                write!(f, "  help: {}", self.accept)
            }
            Fault::TestsFail(said) => write!(
                f,
                "{error} the tests of {who} fail\n  --> {file}\n{}\n  help: \
                 `cargo test -p {}` runs them",
                indented(said.trim_end()),
                self.listing.name
            ),
            Fault::StartPasses => write!(
                f,
                "{error} the exercise {who} passes its tests before anything is done\n  \
                 --> {file}\n  help: let src/judge.rs see what is wrong with it"
            ),
            Fault::SolutionFails(said) => {
                let solution = self.listing.solution_file();
                write!(
                    f,
                    "{error} the solution of {who} fails its tests\n  --> {}\n{}\n  \
                     help: `cargo test -p {} --example {}` runs them",
                    solution.display(),
                    indented(said.trim_end()),
                    self.listing.name,
                    self.listing.solution_name()
                )
            }
            Fault::Tests(compared) => {
                let first = compared.iter().find(|line| !line.agrees());
                let line = first.map_or(1, Compared::line);
                let golden = self.listing.tests_file();
                writeln!(f, "{error} the tests of {who} print something else")?;
                writeln!(f, "  --> {}:{line}", golden.display())?;
                f.write_str(&diff(compared, "printed"))?;
                write!(f, "  help: {}", self.accept)
            }
            Fault::WarnedOf { key, said } => {
                let speaker = match *key {
                    "clippy" => "clippy",
                    _ => "the compiler",
                };
                writeln!(
                    f,
                    "{error} {speaker} warns of {who}, and its page would not say so"
                )?;
                writeln!(f, "  --> {file}\n{}", indented(said.trim_end()))?;
                write!(
                    f,
                    "  help: if that is the mistake, say `{key} = true` in \
                     [package.metadata.listing]; if not, mend it"
                )
            }
            Fault::Timeline(compared) => {
                let first = compared.iter().find(|line| !line.agrees());
                let line = first.map_or(1, Compared::line);
                let timeline = self.listing.timeline_file();
                let timeline = timeline.display();
                writeln!(f, "{error} {who} unfolds differently")?;
                writeln!(f, "  --> {timeline}:{line}")?;
                f.write_str(&diff(compared, "recorded"))?;
                write!(f, "  help: {}", self.accept)
            }
            Fault::Elapsed { golden, run } => {
                let timeline = self.listing.timeline_file();
                let tolerance = self.listing.metadata.tolerance;
                write!(
                    f,
                    "{error} {who} took {:.2} s, not {golden} s\n  --> {}:{}\n  \
                     help: it may differ by {tolerance} s; {}",
                    run.0,
                    timeline.display(),
                    crate::timeline::SECONDS_LINE,
                    self.accept
                )
            }
        }
    }
}

/// Expected and actual side by side: `-` is the golden, `+` is the new run.
fn diff(compared: &[Compared], new: &str) -> String {
    let near = |index: usize| {
        let range = index.saturating_sub(CONTEXT)
            ..compared.len().min(index + CONTEXT + 1);
        compared[range].iter().any(|line| !line.agrees())
    };
    let mut text =
        format!("      {BAD}- expected{BAD:#}  {GOOD}+ {new}{GOOD:#}\n");
    let mut skipped = false;
    let mut shown = 0;
    for (index, line) in compared.iter().enumerate() {
        if !near(index) {
            skipped = true;
            continue;
        }
        if std::mem::take(&mut skipped) {
            text += "      …\n";
        }
        if shown == LONGEST {
            let more = compared.len() - index;
            return format!("{text}      … and {more} more lines\n");
        }
        shown += 1;
        text += &diff_line(line);
    }
    if skipped {
        text += "      …\n";
    }
    text
}

fn diff_line(line: &Compared) -> String {
    let (mark, style, number, line) = match line {
        Compared::Same { line, text } => (' ', Style::new(), Some(line), text),
        Compared::Missing { line, text } => ('-', BAD, Some(line), text),
        Compared::Extra { text, .. } => ('+', GOOD, None, text),
    };
    let number = number.map(ToString::to_string).unwrap_or_default();
    // An empty line and a missing line ending are differences that can be seen.
    let (shown, end) = match line.strip_suffix('\n') {
        Some("") => ("(an empty line)", ""),
        Some(shown) => (shown, ""),
        None => (line.as_str(), " (without a line ending)"),
    };
    format!("  {number:>3} {style}{mark} {shown}{end}{style:#}\n")
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}
