//! Mistakes that are made on purpose, and who would have told you: the compiler, clippy, or
//! the run itself. All of it comes from the goldens, so the pages can't claim anything else.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostics::{Head, heads};
use crate::golden::Golden;
use crate::listing::{Listing, Symptom};
use crate::seconds::Seconds;

/// The headings of a mistake's page, below its title.
pub const PLAN: [&str; 6] = [
    "What you see",
    "The wrong run",
    "Why",
    "The right run",
    "Who would have told you",
    "Change it",
];

/// Where clippy's lints are explained.
const LINTS: &str = "https://rust-lang.github.io/rust-clippy/stable/index.html";

/// Who is the first to tell you of a mistake, the earliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Teller {
    /// The compiler, which refuses the program.
    Error,
    /// The compiler, which warns.
    Warning,
    /// Clippy as it comes.
    Clippy,
    /// Clippy, if it is asked for more lints.
    MoreLints,
    /// The run: it panics.
    Panic,
    /// The run: it does not end.
    Hang,
    /// Nobody: it ends as if all were well.
    Nobody,
}

impl Teller {
    const ALL: [Teller; 7] = [
        Teller::Error,
        Teller::Warning,
        Teller::Clippy,
        Teller::MoreLints,
        Teller::Panic,
        Teller::Hang,
        Teller::Nobody,
    ];

    fn in_words(self) -> &'static str {
        match self {
            Teller::Error => "the compiler, by an error",
            Teller::Warning => "the compiler, by a warning",
            Teller::Clippy => "Clippy",
            Teller::MoreLints => "Clippy, asked for more",
            Teller::Panic => "a panic",
            Teller::Hang => "a program that doesn't end",
            Teller::Nobody => "nobody",
        }
    }
}

impl Symptom {
    const ALL: [Symptom; 6] = [
        Symptom::DoesNotCompile,
        Symptom::Panics,
        Symptom::Hangs,
        Symptom::Slow,
        Symptom::LosesWork,
        Symptom::Grows,
    ];

    fn in_words(self) -> &'static str {
        match self {
            Symptom::DoesNotCompile => "It does not compile",
            Symptom::Panics => "It panics",
            Symptom::Hangs => "It hangs",
            Symptom::Slow => "It is slow",
            Symptom::LosesWork => "Work is lost",
            Symptom::Grows => "Memory grows",
        }
    }
}

/// By what a table of all mistakes is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By what its reader sees.
    Symptom,
    /// By who tells.
    Teller,
}

impl Order {
    /// The order of that name.
    pub fn named(word: &str) -> Option<Order> {
        match word {
            "symptom" => Some(Order::Symptom),
            "teller" => Some(Order::Teller),
            _ => None,
        }
    }
}

/// What everybody says of one mistake.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    errors: Vec<Head>,
    warnings: Vec<Head>,
    clippy: Vec<Head>,
    /// Lines such as `clippy::future_not_send (nursery) at line 3`.
    more: Vec<String>,
    run: Outcome,
}

/// How the run of a mistake ends.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    /// There is none: it does not compile.
    None,
    /// A thread or a task panics, with these words.
    Panic(String),
    /// It had not ended after so long.
    Hang(Seconds),
    /// It ends, with this exit status.
    End(i32),
}

impl Told {
    /// What they say of this listing, whose golden is given.
    pub fn of(listing: &Listing, golden: &Golden) -> Told {
        let heads_of = |text: &Option<String>| {
            text.as_deref().map(heads).unwrap_or_default()
        };
        let lines = golden.lints.iter().flat_map(|lints| lints.lines());
        Told {
            errors: heads_of(&golden.errors),
            warnings: heads_of(&golden.warnings),
            clippy: heads_of(&golden.clippy),
            more: lines.map(str::to_owned).collect(),
            run: outcome(listing, golden),
        }
    }

    /// Who is the first to tell.
    pub fn first(&self) -> Teller {
        match self {
            Told { errors, .. } if !errors.is_empty() => Teller::Error,
            Told { warnings, .. } if !warnings.is_empty() => Teller::Warning,
            Told { clippy, .. } if !clippy.is_empty() => Teller::Clippy,
            Told { more, .. } if !more.is_empty() => Teller::MoreLints,
            Told { run, .. } => match run {
                Outcome::Panic(_) => Teller::Panic,
                Outcome::Hang(_) => Teller::Hang,
                Outcome::None | Outcome::End(_) => Teller::Nobody,
            },
        }
    }

    /// A table of what each of them says.
    pub fn table(&self) -> String {
        let compiler = match self.errors.is_empty() {
            true => self.warnings.iter().map(message).collect(),
            false => self.errors.iter().map(message).collect(),
        };
        let clippy = self.clippy.iter().map(lint_with_message).collect();
        let more = self.more.iter().map(|line| lint_by_name(line)).collect();
        let rows = [
            ("The compiler", said(compiler)),
            ("Clippy, as it comes", self.if_compiled(said(clippy))),
            (
                "Clippy, asked for `pedantic` and `nursery` as well",
                self.if_compiled(said(more)),
            ),
            ("The run", self.run.in_words()),
        ];
        let rows = rows.map(|(who, what)| format!("| {who} | {what} |\n"));
        format!("| who | says |\n| --- | --- |\n{}", rows.concat())
    }

    fn if_compiled(&self, said: String) -> String {
        match self.run {
            Outcome::None => "is not reached".to_owned(),
            _ => said,
        }
    }
}

impl Outcome {
    fn in_words(&self) -> String {
        match self {
            Outcome::None => "is not reached".to_owned(),
            Outcome::Panic(words) => format!("panics: “{}”", marked_up(words)),
            Outcome::Hang(limit) => {
                format!("never ends: it was stopped after {}", limit.in_words())
            }
            Outcome::End(0) => "ends as if all were well".to_owned(),
            Outcome::End(status) => format!("ends with exit status {status}"),
        }
    }
}

fn outcome(listing: &Listing, golden: &Golden) -> Outcome {
    if golden.errors.is_some() {
        return Outcome::None;
    }
    if !listing.metadata.ends {
        return Outcome::Hang(listing.metadata.timeout);
    }
    let mut lines = golden.output.lines();
    match lines.find(|line| line.contains(" panicked at ")) {
        Some(_) => Outcome::Panic(lines.next().unwrap_or_default().to_owned()),
        None => Outcome::End(listing.metadata.exit),
    }
}

/// What was said, piece by piece, or that nothing was.
fn said(pieces: Vec<String>) -> String {
    match pieces.is_empty() {
        true => "nothing".to_owned(),
        false => pieces.join("<br>"),
    }
}

/// `error[E0277]`: “words”, line 3.
fn message(head: &Head) -> String {
    let kind = match head.kind.as_str() {
        "warning" => head.lint.as_deref(),
        kind => Some(kind),
    };
    let kind = kind.map(|kind| format!("`{kind}`: ")).unwrap_or_default();
    format!("{kind}“{}”{}", marked_up(&head.says), at_line(head))
}

fn lint_with_message(head: &Head) -> String {
    let lint = head.lint.as_deref().map(linked).unwrap_or_default();
    format!("{lint}: “{}”{}", marked_up(&head.says), at_line(head))
}

/// A line of `lints.txt` for a reader.
fn lint_by_name(line: &str) -> String {
    match line.split_once(' ') {
        Some((name, rest)) => format!("{} {rest}", linked(name)),
        None => line.to_owned(),
    }
}

/// A lint's name with a link to what clippy's authors say of it.
fn linked(lint: &str) -> String {
    let short = lint.strip_prefix("clippy::").unwrap_or(lint);
    format!("[`{lint}`]({LINTS}#{short})")
}

fn at_line(head: &Head) -> String {
    let place = head.place.as_deref();
    match place.and_then(|place| place.rsplit_once(':')) {
        Some((_, line)) => format!(", line {line}"),
        None => String::new(),
    }
}

/// Words of a compiler in a cell of a table. What stands between backticks is code there
/// and here.
fn marked_up(words: &str) -> String {
    static SPECIAL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"`[^`]*`|[<>*_\[\]]").expect("a regex"));
    let marked =
        SPECIAL.replace_all(words, |found: &regex::Captures| match &found[0] {
            code if code.starts_with('`') => code.to_owned(),
            sign => format!("\\{sign}"),
        });
    marked.replace('|', "\\|")
}

/// A mistake and its page.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What its reader sees.
    pub symptom: Symptom,
    /// What everybody says of it.
    pub told: Told,
    /// The title of its page.
    pub title: String,
    /// The address of its page, relative to the page of the table.
    pub link: String,
}

impl Entry {
    fn linked(&self) -> String {
        format!("[{}]({})", self.title, self.link)
    }
}

/// A table of all mistakes, in this order.
pub fn overview(entries: &[Entry], order: Order) -> String {
    match order {
        Order::Symptom => by_symptom(entries),
        Order::Teller => by_teller(entries),
    }
}

fn by_symptom(entries: &[Entry]) -> String {
    let mut table =
        "| what you see | the mistake | who tells first |\n| --- | --- | --- |\n"
            .to_owned();
    for symptom in Symptom::ALL {
        let mut words = symptom.in_words();
        for entry in entries.iter().filter(|e| e.symptom == symptom) {
            let (mistake, teller) =
                (entry.linked(), entry.told.first().in_words());
            table += &format!("| {words} | {mistake} | {teller} |\n");
            words = "";
        }
    }
    table
}

fn by_teller(entries: &[Entry]) -> String {
    let mut by: BTreeMap<Teller, Vec<String>> = BTreeMap::new();
    for entry in entries {
        let told = by.entry(entry.told.first()).or_default();
        told.push(entry.linked());
    }
    let mut table =
        "| who tells first | how many | of what |\n| --- | --- | --- |\n"
            .to_owned();
    for teller in Teller::ALL {
        let words = teller.in_words();
        let none = Vec::new();
        let mistakes = by.get(&teller).unwrap_or(&none);
        let (count, list) = (mistakes.len(), mistakes.join(" · "));
        table += &format!("| {words} | {count} | {list} |\n");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Told {
        Told {
            errors: Vec::new(),
            warnings: Vec::new(),
            clippy: Vec::new(),
            more: Vec::new(),
            run: Outcome::End(0),
        }
    }

    fn head(kind: &str, says: &str, lint: Option<&str>) -> Head {
        Head {
            line: 1,
            kind: kind.into(),
            says: says.into(),
            place: Some("listings/a/b/src/main.rs:7".into()),
            lint: lint.map(str::to_owned),
        }
    }

    #[test]
    fn the_first_who_tells_is_the_earliest() {
        let nobody = told();
        assert_eq!(nobody.first(), Teller::Nobody);
        let hang = Told {
            run: Outcome::Hang(Seconds(2.0)),
            ..told()
        };
        assert_eq!(hang.first(), Teller::Hang);
        let more = Told {
            more: vec!["clippy::a (nursery) at line 3".into()],
            ..hang
        };
        assert_eq!(more.first(), Teller::MoreLints);
        let clippy = Told {
            clippy: vec![head("warning", "b", Some("clippy::b"))],
            ..more
        };
        assert_eq!(clippy.first(), Teller::Clippy);
        let warned = Told {
            warnings: vec![head("warning", "c", Some("unused"))],
            ..clippy
        };
        assert_eq!(warned.first(), Teller::Warning);
    }

    #[test]
    fn what_was_said_stands_in_the_table_as_code_and_as_text() {
        let table = Told {
            clippy: vec![head(
                "warning",
                "a `Vec<u8>` of [x] | y",
                Some("clippy::a_b"),
            )],
            more: vec!["clippy::c_d (nursery) at line 3".into()],
            run: Outcome::Panic("already borrowed".into()),
            ..told()
        }
        .table();
        for line in [
            "| The compiler | nothing |".to_owned(),
            format!(
                "| Clippy, as it comes | [`clippy::a_b`]({LINTS}#a_b): “a `Vec<u8>` of \
                 \\[x\\] \\| y”, line 7 |"
            ),
            format!("[`clippy::c_d`]({LINTS}#c_d) (nursery) at line 3 |"),
            "| The run | panics: “already borrowed” |".to_owned(),
        ] {
            assert!(table.contains(&line), "{line}\n{table}");
        }
    }

    #[test]
    fn of_what_does_not_compile_nobody_else_is_asked() {
        let told = Told {
            errors: vec![head("error[E0277]", "no `Send`", None)],
            run: Outcome::None,
            ..told()
        };
        assert_eq!(told.first(), Teller::Error);
        let table = told.table();
        assert!(
            table.contains("`error[E0277]`: “no `Send`”, line 7"),
            "{table}"
        );
        assert_eq!(table.matches("is not reached").count(), 3, "{table}");
    }

    #[test]
    fn a_symptom_stands_beside_its_first_mistake_only() {
        let entry = |title: &str| Entry {
            symptom: Symptom::Hangs,
            told: told(),
            title: title.into(),
            link: format!("{title}.md"),
        };
        let table = by_symptom(&[entry("a"), entry("b")]);
        assert!(
            table.contains("| It hangs | [a](a.md) | nobody |"),
            "{table}"
        );
        assert!(table.contains("|  | [b](b.md) | nobody |"), "{table}");
        let table = by_teller(&[entry("a"), entry("b")]);
        assert!(
            table.contains("| nobody | 2 | [a](a.md) · [b](b.md) |"),
            "{table}"
        );
    }
}
