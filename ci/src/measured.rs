//! What was measured of the check itself: files that a person looks at and commits, and
//! the tables that chapters make of them with `{{#measured ways}}` and its like.
//!
//! | file in `ci/measured/` | holds | comes from |
//! | --- | --- | --- |
//! | `ways.json` | [`Ways`] | `cargo run --release -- bench ways` |
//! | `growth.json` | [`Growth`] | `cargo run --release -- bench growth` |
//! | `faults.json` | [`Faults`] | `cargo run -- self-test --write` |

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::files;
use crate::preprocess::Manuscript;
use crate::seconds::Seconds;

/// The folder of the files, relative to the book's root.
pub const FOLDER: &str = "ci/measured";

const SECONDS_IN_A_DAY: u64 = 24 * 60 * 60;

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Different ways to check this book.
    Ways,
    /// Books of different sizes.
    Growth,
    /// Faults that were planted, and those that were caught.
    Faults,
}

impl Topic {
    /// All there are.
    pub const ALL: [Topic; 3] = [Topic::Ways, Topic::Growth, Topic::Faults];

    /// As a directive names it.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Ways => "ways",
            Topic::Growth => "growth",
            Topic::Faults => "faults",
        }
    }

    /// The topic of this name.
    pub fn named(name: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.name() == name)
    }

    /// Its file, relative to the book's root.
    pub fn file(self) -> String {
        format!("{FOLDER}/{}.json", self.name())
    }

    /// The command that measures it and writes the file.
    pub fn command(self) -> &'static str {
        match self {
            Topic::Ways => "cargo run --release -- bench ways",
            Topic::Growth => "cargo run --release -- bench growth",
            Topic::Faults => "cargo run -- self-test --write",
        }
    }
}

/// The content of a file.
pub trait Measured: Serialize + DeserializeOwned {
    /// What it is about.
    const TOPIC: Topic;

    /// The table in Markdown, and below it a sentence that says on what it was measured.
    fn table(&self) -> String;
}

/// On what something was measured, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// The compiler, such as `rustc 1.95.0`.
    pub toolchain: String,
    /// How many listings the book had.
    pub listings: usize,
    /// How many chapters it had.
    pub chapters: usize,
    /// The day in UTC, such as 2026-01-31.
    pub date: String,
}

impl Conditions {
    /// Those of now.
    pub fn now(manuscript: &Manuscript, toolchain: String) -> Conditions {
        Conditions {
            toolchain,
            listings: manuscript.listings.len(),
            chapters: manuscript.chapters.len(),
            date: today(),
        }
    }

    /// As prose: the processors only if their number matters.
    fn in_words(&self, processors: Option<usize>) -> String {
        let Conditions {
            toolchain,
            listings,
            chapters,
            date,
        } = self;
        let processors = match processors {
            Some(1) => " on one processor".to_owned(),
            Some(n) => format!(" on {n} processors"),
            None => String::new(),
        };
        format!(
            "Measured on {date}{processors} with {toolchain}, when this book had {listings} \
             programs in {chapters} chapters."
        )
    }
}

/// Different ways to check this book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ways {
    /// On what they were measured.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// How many processors there were.
    pub processors: usize,
    /// The ways.
    pub ways: Vec<Way>,
}

/// One way to check this book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// What it is called, in Markdown.
    pub name: String,
    /// How long it takes, with everything compiled before that can be.
    pub seconds: Seconds,
    /// How many programs it checks.
    pub programs: usize,
    /// How many of them are good by its measure.
    pub passed: usize,
    /// How many programs it can't check: those that never end, or must not compile.
    pub left_out: usize,
    /// What it looks at, in a few words.
    pub compares: String,
}

impl Measured for Ways {
    const TOPIC: Topic = Topic::Ways;

    fn table(&self) -> String {
        let rows = self.ways.iter().map(|way| {
            let programs = match way.left_out {
                0 => way.programs.to_string(),
                n => format!("{} ({n} left out)", way.programs),
            };
            vec![
                way.name.clone(),
                way.seconds.to_string(),
                programs,
                way.passed.to_string(),
                way.compares.clone(),
            ]
        });
        let rows: Vec<_> = rows.collect();
        let heads = ["way", "seconds", "programs", "passed", "compares"]
            .map(str::to_owned);
        let left_out = match self.ways.iter().any(|way| way.left_out > 0) {
            true => {
                " Left out are programs that never end or must not compile."
            }
            false => "",
        };
        format!(
            "{}\n{}{left_out}\n",
            markdown(&heads, &rows),
            self.conditions.in_words(Some(self.processors))
        )
    }
}

/// Books of different sizes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Growth {
    /// On what they were measured; the listings and chapters are those of this book.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// How many processors there were.
    pub processors: usize,
    /// The sizes, from the smallest up.
    pub sizes: Vec<Size>,
}

/// A book of a size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// How many chapters it has, and as many listings.
    pub chapters: usize,
    /// Building its pages.
    pub build: Cost,
    /// Building them again when one chapter has changed.
    pub rebuild: Cost,
    /// How long it takes to compile its listings, each twice.
    pub compile: Seconds,
    /// Checking it when everything is compiled and its listings wait for no time.
    pub check: Cost,
    /// The same when each of its listings waits for a second.
    pub check_waiting: Cost,
}

/// What a command of the tool takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// How long it runs.
    pub seconds: Seconds,
    /// How much memory the tool itself has at most; none where that can't be known. What
    /// cargo and the listings have is not in it.
    pub peak: Option<Megabytes>,
}

/// An amount of memory in millions of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Megabytes(pub u64);

impl Measured for Growth {
    const TOPIC: Topic = Topic::Growth;

    fn table(&self) -> String {
        /// What a row says of each size.
        type Value = fn(&Size) -> String;
        fn memory(cost: Cost) -> String {
            cost.peak
                .map_or("unknown".to_owned(), |peak| thousands(peak.0))
        }
        let rows: [(&str, Value); 8] = [
            ("building the pages, seconds", |s| {
                s.build.seconds.to_string()
            }),
            ("its memory, megabytes", |s| memory(s.build)),
            ("building again after a change, seconds", |s| {
                s.rebuild.seconds.to_string()
            }),
            ("compiling, seconds", |s| s.compile.to_string()),
            ("checking programs that don't wait, seconds", |s| {
                s.check.seconds.to_string()
            }),
            ("its memory, megabytes", |s| memory(s.check)),
            ("checking programs that wait one second, seconds", |s| {
                s.check_waiting.seconds.to_string()
            }),
            ("its memory, megabytes", |s| memory(s.check_waiting)),
        ];
        let rows = rows.iter().map(|(name, value)| {
            let mut row = vec![(*name).to_owned()];
            row.extend(self.sizes.iter().map(value));
            row
        });
        let rows: Vec<_> = rows.collect();
        let mut heads = vec!["chapters and programs".to_owned()];
        let sizes = self.sizes.iter();
        heads.extend(sizes.map(|size| thousands(size.chapters as u64)));
        format!(
            "{}\nThe memory is that of the tool, without cargo and the programs. {}\n",
            markdown(&heads, &rows),
            self.conditions.in_words(Some(self.processors))
        )
    }
}

/// Faults that were planted into this book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Faults {
    /// On what they were planted.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// The kinds of faults.
    pub kinds: Vec<FaultKind>,
}

/// A kind of fault.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaultKind {
    /// What it is, in a few words.
    pub kind: String,
    /// How many were planted.
    pub planted: usize,
    /// How many of them were caught.
    pub caught: usize,
    /// Those that can't be caught, and are not counted as planted.
    pub excused: Vec<Excused>,
}

/// Faults that can't be caught.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Excused {
    /// Why not.
    pub reason: String,
    /// How many there are.
    pub count: usize,
}

impl Measured for Faults {
    const TOPIC: Topic = Topic::Faults;

    fn table(&self) -> String {
        let row = |kind: &str, planted: usize, caught: usize| {
            let [planted, caught] =
                [planted, caught].map(|n| thousands(n as u64));
            vec![kind.to_owned(), planted, caught]
        };
        let kinds = self.kinds.iter();
        let planted = kinds.clone().map(|kind| kind.planted).sum();
        let caught = kinds.clone().map(|kind| kind.caught).sum();
        let rows = kinds
            .map(|kind| row(&kind.kind, kind.planted, kind.caught))
            .chain([row("**all**", planted, caught)]);
        let heads = ["kind", "planted", "caught"].map(str::to_owned);
        let mut text = markdown(&heads, &rows.collect::<Vec<_>>());
        let mut excused = String::new();
        for kind in &self.kinds {
            for Excused { reason, count } in &kind.excused {
                let _ = writeln!(excused, "- {}, {count}: {reason}", kind.kind);
            }
        }
        if !excused.is_empty() {
            let _ = write!(text, "\nNot planted were:\n\n{excused}");
        }
        let _ = writeln!(text, "\n{}", self.conditions.in_words(None));
        text
    }
}

/// Writes a file into the book at `root`.
///
/// # Errors
/// If it can't be written.
pub fn write<T: Measured>(root: &Path, measured: &T) -> Result<()> {
    let text = serde_json::to_string_pretty(measured)?;
    std::fs::create_dir_all(root.join(FOLDER))?;
    files::write(&root.join(T::TOPIC.file()), &format!("{text}\n"))
}

/// The tables of a book, each in Markdown, or why there is none.
#[derive(Debug, Clone, Default)]
pub struct Tables(BTreeMap<Topic, Result<String, String>>);

impl Tables {
    /// Reads the files of the book at `root`.
    pub fn read(root: &Path) -> Tables {
        let tables = Topic::ALL.map(|topic| {
            let table = match topic {
                Topic::Ways => table::<Ways>(root),
                Topic::Growth => table::<Growth>(root),
                Topic::Faults => table::<Faults>(root),
            };
            (topic, table.map_err(|why| why.root_cause().to_string()))
        });
        Tables(BTreeMap::from(tables))
    }

    /// The table about a topic.
    ///
    /// # Errors
    /// Why there is none, in a few words.
    pub fn table(&self, topic: Topic) -> Result<String, String> {
        let table = self.0.get(&topic).cloned();
        table.unwrap_or_else(|| Err("it was not read".to_owned()))
    }
}

fn table<T: Measured>(root: &Path) -> Result<String> {
    let text = files::read(&root.join(T::TOPIC.file()))?;
    Ok(serde_json::from_str::<T>(&text)?.table())
}

/// A table in Markdown. Columns of numbers are aligned at their right.
fn markdown(heads: &[String], rows: &[Vec<String>]) -> String {
    let is_number = |column: usize| {
        let mut cells = rows.iter().filter_map(|row| row.get(column));
        cells.any(|cell| cell.starts_with(|c: char| c.is_ascii_digit()))
    };
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let ruler = (0..heads.len()).map(|column| match is_number(column) {
        true => "---:".to_owned(),
        false => "---".to_owned(),
    });
    let rows: String = rows.iter().map(|row| line(row)).collect();
    format!("{}{}{rows}", line(heads), line(&ruler.collect::<Vec<_>>()))
}

/// A number as a person reads it: "1,000".
fn thousands(number: u64) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (more, rest) => format!("{},{rest:03}", thousands(more)),
    }
}

/// The day in UTC by the system's clock.
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    date(since.map_or(0, |since| since.as_secs() / SECONDS_IN_A_DAY))
}

/// The day so many days after 1970-01-01.
fn date(days: u64) -> String {
    let is_leap = |year: u64| {
        year.is_multiple_of(4)
            && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let (mut year, mut day) = (1970, days);
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if day < length {
            break;
        }
        day -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", day + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conditions() -> Conditions {
        Conditions {
            toolchain: "rustc 1.95.0".into(),
            listings: 46,
            chapters: 23,
            date: "2026-11-25".into(),
        }
    }

    /// The table of a file with the same content, so that reading it is tried as well.
    fn table_of<T: Measured>(measured: &T) -> String {
        let book = tempfile::tempdir().expect("a temporary folder");
        write(book.path(), measured).expect("it can be written");
        let table = Tables::read(book.path()).table(T::TOPIC);
        table.expect("it can be read")
    }

    #[test]
    fn each_way_is_a_row() {
        let way = |name: &str, seconds, left_out| Way {
            name: name.into(),
            seconds: Seconds(seconds),
            programs: 46,
            passed: 45,
            left_out,
            compares: "exit status".into(),
        };
        let ways = Ways {
            conditions: conditions(),
            processors: 2,
            ways: vec![way("`a`", 12.25, 0), way("b", 100.0, 2)],
        };
        assert_eq!(
            table_of(&ways),
            "| way | seconds | programs | passed | compares |\n\
             | --- | ---: | ---: | ---: | --- |\n\
             | `a` | 12.25 | 46 | 45 | exit status |\n\
             | b | 100 | 46 (2 left out) | 45 | exit status |\n\n\
             Measured on 2026-11-25 on 2 processors with rustc 1.95.0, when this book had \
             46 programs in 23 chapters. Left out are programs that never end or must not \
             compile.\n"
        );
    }

    #[test]
    fn each_size_is_a_column() {
        let cost = |seconds, peak| Cost {
            seconds: Seconds(seconds),
            peak,
        };
        let size = |chapters: usize| Size {
            chapters,
            build: cost(0.5, Some(Megabytes(1234))),
            rebuild: cost(0.25, None),
            compile: Seconds(60.0),
            check: cost(1.5, None),
            check_waiting: cost(2.5, Some(Megabytes(30))),
        };
        let growth = Growth {
            conditions: conditions(),
            processors: 1,
            sizes: vec![size(10), size(1_000)],
        };
        let table = table_of(&growth);
        for expected in [
            "| chapters and programs | 10 | 1,000 |\n| --- | ---: | ---: |\n",
            "| building the pages, seconds | 0.5 | 0.5 |\n\
             | its memory, megabytes | 1,234 | 1,234 |\n",
            "| its memory, megabytes | unknown | unknown |\n",
            "on one processor",
        ] {
            assert!(table.contains(expected), "{expected}\nnot in\n{table}");
        }
    }

    #[test]
    fn faults_have_a_sum_and_reasons() {
        let kind = |kind: &str, planted, excused| FaultKind {
            kind: kind.into(),
            planted,
            caught: 2,
            excused,
        };
        let reason = Excused {
            reason: "nobody could see it".into(),
            count: 3,
        };
        let faults = Faults {
            conditions: conditions(),
            kinds: vec![
                kind("a word", 999, vec![]),
                kind("b", 2, vec![reason]),
            ],
        };
        assert_eq!(
            table_of(&faults),
            "| kind | planted | caught |\n| --- | ---: | ---: |\n\
             | a word | 999 | 2 |\n| b | 2 | 2 |\n| **all** | 1,001 | 4 |\n\n\
             Not planted were:\n\n- b, 3: nobody could see it\n\n\
             Measured on 2026-11-25 with rustc 1.95.0, when this book had 46 programs in \
             23 chapters.\n"
        );
    }

    #[test]
    fn days_are_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_787, "2026-11-30"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(days), expected);
        }
    }
}
