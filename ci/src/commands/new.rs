//! `new`: a working start for a listing or a chapter, which the check agrees with at once.
//!
//! What cannot be made is refused before anything is written. What fails later, because
//! cargo or the disk does, or because of ctrl-c, leaves no trace either.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use regex::Regex;

use crate::commands::bless;
use crate::commands::clean_up_on_ctrl_c;
use crate::directive::{self, Directive};
use crate::files::{self, Changes};
use crate::lints::{exercises, predict};
use crate::listing::{JUDGE, Listings, RIGHT, SOLUTION, WRONG};
use crate::message;
use crate::names;
use crate::report;
use crate::text::{self, Part, SOURCE};

mod skeleton;

/// The part whose chapters are on the plan of all mistakes.
const MISTAKES: &str = "mistakes";

/// How the name of the exercise in a new chapter ends.
const EXERCISE: &str = "-exercise";

/// Headings of a chapter's end; a new listing is shown above the first of them.
const ENDINGS: [&str; 2] = ["## Change it", "## In short"];

/// What to make.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum What {
    /// A program with its golden, shown in a chapter
    Listing {
        /// The part and the name, such as pieces/two-greetings
        #[arg(value_name = "PART/NAME")]
        place: String,
        /// The chapter that shows it, such as src/pieces/join.md; the last one of the part
        /// by default
        #[arg(long)]
        chapter: Option<String>,
    },
    /// A chapter with a program of the same name, at the end of a part
    Chapter {
        /// The part and the name, such as pieces/two-greetings
        #[arg(value_name = "PART/NAME")]
        place: String,
        /// The title
        title: String,
        /// The name of the program, if it isn't that of the chapter
        #[arg(long, value_name = "NAME")]
        listing: Option<String>,
        /// The title of the part, if the chapter is the first one of a new part
        #[arg(long, value_name = "TITLE")]
        part: Option<String>,
    },
}

/// Makes it, and says what was made.
///
/// # Errors
/// If a name is bad or taken, or if cargo or the disk fails: nothing is written then.
pub fn new(root: &Path, what: &What) -> Result<()> {
    clean_up_on_ctrl_c()?;
    let book = Book::read(root)?;
    let start = match what {
        What::Listing { place, chapter } => {
            book.listing(place, chapter.as_deref())?
        }
        What::Chapter {
            place,
            title,
            listing,
            part,
        } => book.chapter(place, title, listing.as_deref(), part.as_deref())?,
    };
    start.make(root)?;
    anstream::println!("{}", start.in_words());
    Ok(())
}

/// What of the book has to be known.
struct Book<'a> {
    root: &'a Path,
    summary: String,
    parts: Vec<Part>,
    listings: Listings,
    /// The names of all crates that the book is made of or uses.
    crates: BTreeSet<String>,
}

/// What is about to be written.
struct Start {
    /// The files, relative to the root of the book, with their new texts.
    files: Vec<(PathBuf, String)>,
    /// The listings among them.
    listings: Vec<String>,
    /// The chapter that shows them, with the line.
    shown: (PathBuf, usize),
}

impl<'a> Book<'a> {
    fn read(root: &'a Path) -> Result<Book<'a>> {
        static NAME: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r#"(?m)^name = "([^"]+)""#).expect("a regex")
        });
        let summary = files::read(&root.join(summary_file()))?;
        let lock = files::read(&root.join("Cargo.lock")).unwrap_or_default();
        let crates = NAME.captures_iter(&lock);
        Ok(Book {
            root,
            parts: text::parts(&summary),
            summary,
            // What is wrong with others doesn't matter here.
            listings: Listings::find(root).0,
            crates: crates.map(|found| found[1].to_owned()).collect(),
        })
    }

    /// Why no listing can have this name, if so.
    fn taken(&self, name: &str) -> Option<String> {
        if let Some(listing) = self.listings.get(name) {
            return Some(format!(
                "the listing in {}",
                listing.folder.display()
            ));
        }
        let parts = self.root.join("listings").read_dir();
        let folder = parts.into_iter().flatten().flatten().find_map(|part| {
            let folder = part.path().join(name);
            folder.exists().then_some(folder)
        });
        if let Some(folder) = folder {
            let folder = files::shown(self.root, &folder).display();
            return Some(format!("the folder {folder}"));
        }
        let is_crate = self.crates.contains(name);
        is_crate.then(|| "a crate that the book uses".to_owned())
    }

    /// The part and the name of a place, if both are good.
    fn place<'p>(
        &self,
        place: &'p str,
        is_new: bool,
    ) -> Result<(&'p str, &'p str)> {
        let Some((part, name)) = place.split_once('/') else {
            bail!("{}", message::no_place(place, &self.parts));
        };
        let is_part = self.parts.iter().any(|known| known.folder == part);
        match (is_part, is_new) {
            (false, false) => {
                bail!("{}", message::unknown_part(part, &self.parts))
            }
            (true, true) => bail!("{}", message::known_part(part)),
            (false, true) => good(part, |_| true)?,
            (true, false) => {}
        }
        Ok((part, name))
    }

    fn listing(&self, place: &str, chapter: Option<&str>) -> Result<Start> {
        let (part, name) = self.place(place, false)?;
        let is_free = |name: &str| self.taken(name).is_none();
        good(name, is_free)?;
        if let Some(by) = self.taken(name) {
            let other = names::like(name, is_free);
            bail!("{}", message::taken_name(name, &by, other.as_deref()));
        }
        let file = self.chapter_to_show(part, chapter)?;
        let markdown = files::read(&self.root.join(&file))?;
        let (markdown, line) = shown(&file, &markdown, name);
        let mut start = Start {
            files: vec![(file.clone(), markdown)],
            listings: Vec::new(),
            shown: (file, line),
        };
        start.add(part, name, "", skeleton::program(name));
        Ok(start)
    }

    /// The chapter that is to show a new listing, relative to the root.
    fn chapter_to_show(
        &self,
        part: &str,
        chapter: Option<&str>,
    ) -> Result<PathBuf> {
        let chapters = || self.parts.iter().flat_map(|part| &part.chapters);
        let link = match chapter {
            Some(chapter) => {
                let link = chapter.trim_start_matches("./");
                let link = link.strip_prefix("src/").unwrap_or(link);
                let known = chapters().find(|known| *known == link);
                known.with_context(|| {
                    let known = chapters().map(String::as_str);
                    message::no_chapter_to_show(chapter, link, known)
                })?
            }
            None => {
                let part = self.parts.iter().find(|p| p.folder == part);
                part.and_then(|part| part.chapters.last())
                    .context("a part has a chapter")?
            }
        };
        Ok(Path::new(SOURCE).join(link))
    }

    fn chapter(
        &self,
        place: &str,
        title: &str,
        listing: Option<&str>,
        new_part: Option<&str>,
    ) -> Result<Start> {
        let (part, name) = self.place(place, new_part.is_some())?;
        let is_mistake = part == MISTAKES;
        let program = listing.unwrap_or(name);
        let file = |name: &str| {
            Path::new(SOURCE).join(part).join(format!("{name}.md"))
        };
        let is_free = |name: &str| !self.root.join(file(name)).exists();
        good(name, is_free)?;
        let chapter = file(name);
        if !is_free(name) {
            let by = format!("the chapter {}", chapter.display());
            let other = names::like(name, is_free);
            bail!("{}", message::taken_name(name, &by, other.as_deref()));
        }
        let ends: &[&str] = match is_mistake {
            true => &[WRONG, RIGHT],
            false if exercises::teaches(&chapter) => &["", EXERCISE],
            false => &[""],
        };
        let taken = |name: &str| {
            let programs = ends.iter().map(|end| format!("{name}{end}"));
            programs
                .filter_map(|program| Some((self.taken(&program)?, program)))
                .next()
        };
        let is_free = |name: &str| taken(name).is_none();
        good(program, is_free)?;
        if let Some((by, taken)) = taken(program) {
            let other = names::like(program, is_free);
            let other = other.as_deref();
            bail!("{}", message::taken_by_program(&taken, &by, other));
        }
        let programs: Vec<String> =
            ends.iter().map(|end| format!("{program}{end}")).collect();
        for title in [Some(title), new_part].into_iter().flatten() {
            if let Some(why) = fault_of_title(title) {
                bail!("{}", message::bad_title(title, why));
            }
        }
        if self.summary.contains(&format!("[{title}](")) {
            bail!("{}", message::taken_title(title));
        }
        let markdown = match is_mistake {
            true => skeleton::mistake(title, program),
            false => {
                let exercise = programs.get(1).map(String::as_str);
                skeleton::chapter(title, program, exercise)
            }
        };
        let figure = format!("{{{{#listing {}}}}}", programs[0]);
        let line = markdown.lines().position(|line| line == figure);
        let summary = self.summary_with(part, name, title, new_part);
        let mut start = Start {
            files: vec![(chapter.clone(), markdown), (summary_file(), summary)],
            listings: Vec::new(),
            shown: (chapter, line.unwrap_or(0) + 1),
        };
        match programs.as_slice() {
            [wrong, right] if is_mistake => {
                let (mistake, program) =
                    (skeleton::MISTAKE, skeleton::WRONG_PROGRAM);
                start.add(part, wrong, mistake, program.to_owned());
                let program = skeleton::RIGHT_PROGRAM;
                start.add(part, right, "", program.to_owned());
            }
            _ => start.add(part, program, "", skeleton::program(program)),
        }
        if let [_, exercise] = programs.as_slice()
            && !is_mistake
        {
            start.add_exercise(part, exercise);
        }
        Ok(start)
    }

    /// The table of contents with a new chapter at the end of a part. A new part stands
    /// before the one for looking things up.
    fn summary_with(
        &self,
        part: &str,
        name: &str,
        title: &str,
        new_part: Option<&str>,
    ) -> String {
        let entry = format!("- [{title}]({part}/{name}.md)\n");
        let (after, text) = match new_part {
            None => {
                let part = self.parts.iter().find(|p| p.folder == part);
                (part, entry)
            }
            Some(title) => {
                let is_told = |p: &&Part| p.folder != predict::REFERENCE;
                let last = self.parts.iter().rev().find(is_told);
                (last, format!("\n# {title}\n\n{entry}"))
            }
        };
        let lines = self.summary.lines().count();
        let after = after.map_or(lines, |part| part.last_line);
        with_text_after(&self.summary, after, &text)
    }
}

impl Start {
    /// Adds a listing without a golden.
    fn add(&mut self, part: &str, name: &str, metadata: &str, source: String) {
        let folder = Path::new("listings").join(part).join(name);
        let manifest = skeleton::manifest(name, metadata);
        self.files.push((folder.join("Cargo.toml"), manifest));
        self.files.push((folder.join("src/main.rs"), source));
        self.listings.push(name.to_owned());
    }

    /// Adds an exercise without a golden.
    fn add_exercise(&mut self, part: &str, name: &str) {
        let tables = skeleton::exercise(name);
        self.add(part, name, &tables, skeleton::START.to_owned());
        let source = Path::new("listings").join(part).join(name).join("src");
        let others = [(JUDGE, skeleton::TESTS), (SOLUTION, skeleton::SOLVED)];
        for (file, text) in others {
            self.files.push((source.join(file), text.to_owned()));
        }
    }

    /// Writes all of it and records the listings, or leaves everything as it was.
    fn make(&self, root: &Path) -> Result<()> {
        let mut changes = Changes::begin();
        // Cargo adds the new crate to it.
        changes.foresee(&root.join("Cargo.lock"));
        for (file, text) in &self.files {
            changes.write(&root.join(file), text)?;
        }
        let (listings, _) = Listings::find(root);
        let made = self.listings.iter().filter_map(|name| listings.get(name));
        let made: Vec<_> = made.collect();
        for (name, blessed) in bless::bless_all(root, &made)? {
            let listing = listings.get(&name.0);
            let fault = blessed.faults.first();
            if let (Some(listing), Some(fault)) = (listing, fault) {
                bail!("{}", report::fault(listing, fault));
            }
        }
        changes.keep();
        Ok(())
    }

    fn in_words(&self) -> String {
        let files = self.files.iter().map(|(file, _)| file.as_path());
        let (chapter, line) = &self.shown;
        message::made(files, &self.listings, chapter, *line)
    }
}

fn summary_file() -> PathBuf {
    Path::new(SOURCE).join("SUMMARY.md")
}

/// Nothing if the name is good; why not, and a good one, otherwise.
fn good(name: &str, is_free: impl Fn(&str) -> bool) -> Result<()> {
    match names::fault(name) {
        None => Ok(()),
        Some(why) => {
            let other = names::like(name, is_free);
            bail!("{}", message::bad_name(name, &why, other.as_deref()))
        }
    }
}

/// Why something can't have this title, if so, as the end of a sentence.
fn fault_of_title(title: &str) -> Option<&'static str> {
    if title.trim().is_empty() {
        return Some("it is empty");
    }
    if title.trim() != title {
        return Some("a space stands before or after it");
    }
    if title.contains(char::is_control) {
        return Some("it is of more than one line, or has a tab");
    }
    let has_marks = title.contains(['[', ']', '<', '>', '\\', '{', '}', '#']);
    has_marks.then_some("signs such as [ < { # \\ have a meaning in it")
}

/// A chapter that shows one more listing, and the line where it does. If nothing in it
/// has been asked yet, the reader is asked.
fn shown(file: &Path, markdown: &str, name: &str) -> (String, usize) {
    let (found, _) = directive::find(file, markdown);
    let asks = found
        .iter()
        .any(|found| matches!(found.directive, Directive::Predict { .. }));
    let figure = skeleton::figure(name);
    let quiz = match predict::asks(file) && !asks {
        true => skeleton::quiz(name),
        false => String::new(),
    };
    let mut markdown = markdown.to_owned();
    if !markdown.ends_with('\n') {
        markdown.push('\n');
    }
    let ending = markdown.lines().position(|line| ENDINGS.contains(&line));
    let (after, text) = match ending {
        Some(line) => (line, format!("{quiz}{figure}")),
        None => {
            let end = format!("\n{quiz}{figure}");
            let lines = markdown.lines().count();
            (lines, format!("{}\n", end.trim_end()))
        }
    };
    let before = text.lines().take_while(|l| *l != figure.trim_end()).count();
    (with_text_after(&markdown, after, &text), after + before + 1)
}

/// A text with another one after so many of its lines.
fn with_text_after(text: &str, lines: usize, more: &str) -> String {
    let (before, after): (Vec<_>, Vec<_>) = text
        .split_inclusive('\n')
        .enumerate()
        .partition(|(index, _)| *index < lines);
    let of = |lines: Vec<(usize, &str)>| -> String {
        lines.into_iter().map(|(_, line)| line).collect()
    };
    let mut before = of(before);
    if !before.is_empty() && !before.ends_with('\n') {
        before.push('\n');
    }
    before + more + &of(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_shown_above_the_end_of_a_chapter() {
        let file = Path::new("src/a/b.md");
        let asked = "# B\n\n{{#predict x first}}\nWhat?\n\n- 1\n- 2 | No.\n{{#end}}\n\n\
                     {{#listing x}}\n";
        for (markdown, expected, at) in [
            (
                format!("{asked}\n## Change it\n\nIt.\n"),
                format!(
                    "{asked}\n{{{{#listing new}}}}\n\n## Change it\n\nIt.\n"
                ),
                12,
            ),
            (
                asked.to_owned(),
                format!("{asked}\n{{{{#listing new}}}}\n"),
                12,
            ),
            (
                "# B".to_owned(),
                format!(
                    "# B\n\n{}{{{{#listing new}}}}\n",
                    skeleton::quiz("new")
                ),
                10,
            ),
        ] {
            let (text, line) = shown(file, &markdown, "new");
            assert_eq!(text, expected);
            assert_eq!(line, at, "{text}");
            let found = text.lines().nth(line - 1);
            assert_eq!(found, Some("{{#listing new}}"));
        }
    }

    #[test]
    fn in_a_part_for_looking_things_up_nobody_is_asked() {
        let file = Path::new("src/reference/b.md");
        let (text, _) = shown(file, "# B\n", "new");
        assert_eq!(text, "# B\n\n{{#listing new}}\n");
    }
}
