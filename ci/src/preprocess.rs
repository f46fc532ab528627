//! From the text to the pages' Markdown: every directive is replaced by what it asks
//! for, and everything that is wrong with the text is found on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use crate::directive::{self, Directive, Found};
use crate::figure;
use crate::golden::Golden;
use crate::lints::{self, links::Anchors};
use crate::listing::{Listing, ListingName, Listings, WRONG};
use crate::measured::Tables;
use crate::message;
use crate::mistakes::{self, Entry, Told};
use crate::problem::Problems;
use crate::quiz::Quiz;
use crate::text::{self, Chapter};

/// A book read from disk, with nothing wrong in it.
#[derive(Debug, Clone, Default)]
pub struct Manuscript {
    /// Its chapters, sorted by file.
    pub chapters: Vec<Chapter>,
    /// Its listings.
    pub listings: Listings,
    goldens: BTreeMap<ListingName, Golden>,
    uses: BTreeMap<String, Vec<Place>>,
    /// The chapter with the whole figure of a listing, by the listing's name.
    homes: BTreeMap<String, PathBuf>,
    /// The chapter that says who would have told of a mistake, by the mistake's name.
    pages: BTreeMap<String, PathBuf>,
    measured: Tables,
    /// The address of the book's repository, for links to the source.
    pub repository: Option<String>,
    /// Whether the pages can run the listings that a page can run.
    pub has_modules: bool,
}

/// A line of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The chapter's file, relative to the book's root.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

/// A chapter with its directives replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expanded {
    /// The Markdown as mdBook renders it.
    pub markdown: String,
    /// The same, with each line of the chapter at the line where it stands on disk:
    /// what a directive becomes follows after the chapter's last line. For tools that
    /// report lines.
    pub with_lines_kept: String,
}

/// What is known of a page while its directives are replaced, from top to bottom.
#[derive(Debug, Default)]
struct Page {
    /// The ids of its elements.
    ids: BTreeSet<String>,
    /// The listings that a quiz has asked about.
    asked: BTreeSet<String>,
}

impl Page {
    /// This id, or the first one like it that is free; it is taken from now on.
    fn id(&mut self, id: String) -> String {
        let twice = (2..).map(|n| format!("{id}-{n}"));
        let id = std::iter::once(id.clone())
            .chain(twice)
            .find(|id| !self.ids.contains(id))
            .unwrap_or_default();
        self.ids.insert(id.clone());
        id
    }
}

impl Manuscript {
    /// Reads the book at `root`.
    ///
    /// # Errors
    /// Everything that is wrong with its listings, goldens and chapters, together.
    pub fn read(root: &Path) -> Result<Manuscript, Problems> {
        let (manuscript, mut problems) = Manuscript::collect(root);
        problems.extend(manuscript.stale_goldens());
        problems.extend(manuscript.faults_of_text(root));
        problems.or_ok(manuscript)
    }

    /// Reads the book at `root`, whose listings may have changed since their goldens were
    /// recorded.
    ///
    /// # Errors
    /// Everything else that is wrong with it, together.
    pub fn read_unblessed(root: &Path) -> Result<Manuscript, Problems> {
        let (manuscript, mut problems) = Manuscript::collect(root);
        problems.extend(manuscript.faults_of_text(root));
        problems.or_ok(manuscript)
    }

    /// What is wrong with the chapters of the book at `root`: their directives, links,
    /// blocks and words, and listings that none of them shows.
    pub fn faults_of_text(&self, root: &Path) -> Problems {
        let anchors = self.anchors();
        let mut problems = Problems::new();
        for chapter in &self.chapters {
            problems.extend(self.faults_of_chapter(root, chapter, &anchors));
        }
        problems.extend(lints::glossary::check(&self.chapters));
        problems.extend(self.unused());
        problems
    }

    /// What is wrong with one chapter. `anchors` are those of the whole book.
    pub fn faults_of_chapter(
        &self,
        root: &Path,
        chapter: &Chapter,
        anchors: &Anchors,
    ) -> Problems {
        let mut problems = Problems::new();
        if let Err(found) = self.expand(chapter) {
            problems.extend(found);
        }
        problems.extend(lints::check(root, self, chapter, anchors));
        problems
    }

    /// Whether a chapter lets its reader set up experiments.
    pub fn has_laboratory(&self) -> bool {
        let is_laboratory = |chapter: &Chapter| {
            let (found, _) = directive::find(&chapter.file, &chapter.markdown);
            let mut found = found.iter();
            found.any(|found| found.directive == Directive::Laboratory)
        };
        self.chapters.iter().any(is_laboratory)
    }

    /// The places of each page that a link can lead to.
    pub fn anchors(&self) -> Anchors {
        let mut anchors = Anchors::default();
        for chapter in &self.chapters {
            if let Ok(expanded) = self.expand(chapter) {
                anchors.add(&chapter.file, &expanded.markdown);
            }
        }
        anchors
    }

    /// Reads the book at `root` as far as it goes: what is wrong with its files is in
    /// the second value, and its chapters have not been expanded yet.
    pub fn collect(root: &Path) -> (Manuscript, Problems) {
        let (listings, mut problems) = Listings::find(root);
        let (chapters, wrong) = text::chapters(root);
        problems.extend(wrong);
        let mut goldens = BTreeMap::new();
        for listing in listings.iter() {
            match Golden::read(root, listing) {
                Ok(golden) => {
                    goldens.insert(listing.name.clone(), golden);
                }
                Err(wrong) => problems.extend(wrong),
            }
        }
        let mut uses: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        let mut homes = BTreeMap::new();
        let mut pages = BTreeMap::new();
        for chapter in &chapters {
            let (found, _) = directive::find(&chapter.file, &chapter.markdown);
            for found in &found {
                if let Directive::Who { mistake } = &found.directive {
                    let page = pages.entry(mistake.clone());
                    page.or_insert_with(|| chapter.file.clone());
                }
            }
            for found in found.iter().filter(|f| f.directive.shows_code()) {
                if let Directive::Listing { name }
                | Directive::Exercise { name } = &found.directive
                {
                    let home = homes.entry(name.clone());
                    home.or_insert_with(|| chapter.file.clone());
                }
                for name in found.directive.names() {
                    uses.entry(name.to_owned()).or_default().push(Place {
                        file: chapter.file.clone(),
                        line: found.line,
                    });
                }
            }
        }
        let manuscript = Manuscript {
            chapters,
            listings,
            goldens,
            uses,
            homes,
            pages,
            measured: Tables::read(root),
            repository: None,
            has_modules: false,
        };
        (manuscript, problems)
    }

    /// The goldens that were recorded by another program than the one that stands there
    /// now. Nothing has to be run to know that.
    pub fn stale_goldens(&self) -> Problems {
        let mut problems = Problems::new();
        for listing in self.listings.iter() {
            if self.golden(listing).is_some_and(|g| g.is_stale(listing)) {
                problems.push(message::stale_golden(listing));
            }
        }
        problems
    }

    /// The golden of a listing, if it has one that can be read.
    pub fn golden(&self, listing: &Listing) -> Option<&Golden> {
        self.goldens.get(&listing.name)
    }

    /// Where the text shows the code of a listing, in the order of the files.
    pub fn places(&self, listing: &Listing) -> &[Place] {
        self.uses.get(&listing.name.0).map_or(&[], Vec::as_slice)
    }

    /// Replaces the directives of a chapter.
    ///
    /// # Errors
    /// Everything that is wrong with them. A golden that is missing is not among it:
    /// [`Manuscript::collect`] has told so already.
    pub fn expand(&self, chapter: &Chapter) -> Result<Expanded, Problems> {
        let (found, mut problems) =
            directive::find(&chapter.file, &chapter.markdown);
        let source = &chapter.markdown;
        let mut page = Page::default();
        let mut inline = String::new();
        let mut kept = String::new();
        let mut after = String::new();
        let mut end = 0;
        for found in found {
            let before = &source[end..found.range.start];
            inline.push_str(before);
            kept.push_str(before);
            let lines = source[found.range.clone()].matches('\n').count();
            kept.push_str(&"\n".repeat(lines));
            end = found.range.end;
            match self.replace(chapter, &found, &mut page) {
                Ok(text) => {
                    inline.push_str(&text);
                    let names = found.directive.names().join(" ");
                    after.push_str(&format!("\n\n## {names}\n\n{text}"));
                }
                Err(found) => problems.extend(found),
            }
        }
        inline.push_str(&source[end..]);
        kept.push_str(&source[end..]);
        kept.push_str(&after);
        problems.or_ok(Expanded {
            markdown: inline,
            with_lines_kept: kept,
        })
    }

    fn replace(
        &self,
        chapter: &Chapter,
        found: &Found,
        page: &mut Page,
    ) -> Result<String, Problems> {
        let file = &chapter.file;
        let listing = |name: &str| {
            self.listings.get(name).ok_or_else(|| {
                if self.listings.is_bad(name) {
                    return Problems::new();
                }
                let problem =
                    message::unknown_listing(file, name, &self.listings);
                Problems::from(problem.at(found.line))
            })
        };
        let repository = self.repository.as_deref();
        let names = found.directive.names();
        let asked = names.iter().find(|name| page.asked.contains(**name));
        let asked = asked.copied();
        Ok(match &found.directive {
            Directive::Listing { name } => {
                let listing = listing(name)?;
                if listing.exercise.is_some() {
                    let problem = message::only_an_exercise(file, listing);
                    return Err(problem.at(found.line).into());
                }
                self.with_golden(listing, |golden| {
                    let id = page.id(format!("listing-{name}"));
                    let way = figure::Way {
                        repository,
                        has_modules: self.has_modules,
                    };
                    figure::listing(listing, golden, &id, way, asked)
                })
            }
            Directive::Exercise { name } => {
                let listing = listing(name)?;
                let Some(exercise) = &listing.exercise else {
                    let problem = message::no_exercise(file, listing);
                    return Err(problem.at(found.line).into());
                };
                self.with_golden(listing, |golden| {
                    let id = page.id(format!("listing-{name}"));
                    figure::exercise(listing, exercise, golden, &id, repository)
                })
            }
            Directive::Part { name, anchor } => {
                let listing = listing(name)?;
                let lines = listing.part(anchor).ok_or_else(|| {
                    let problem =
                        message::unknown_anchor(file, listing, anchor);
                    Problems::from(problem.at(found.line))
                })?;
                let part = anchor.replace('.', "-");
                let id = page.id(format!("listing-{name}-{part}"));
                let scenery = listing.scenery.contains_key(anchor);
                let file = scenery.then_some(anchor.as_str());
                figure::part(listing, file, &lines, &id, repository)
            }
            Directive::Output { name } => {
                let listing = listing(name)?;
                self.with_golden(listing, |golden| {
                    let id = page.id(format!("output-{name}"));
                    figure::output_alone(
                        listing, golden, &id, repository, asked,
                    )
                })
            }
            Directive::Timeline { name } => {
                let listing = listing(name)?;
                self.with_golden(listing, |golden| {
                    let id = page.id(format!("timeline-{name}"));
                    figure::timeline(listing, golden, &id, repository, asked)
                })
            }
            Directive::Race { names } => {
                let mut runs = Vec::new();
                for name in names {
                    let listing = listing(name)?;
                    let link = self.link(&chapter.file, name);
                    runs.extend(
                        self.golden(listing)
                            .map(|golden| (listing, golden, link)),
                    );
                }
                figure::race(&runs, &page.id("race".to_owned()), asked)
            }
            Directive::Diff { old, new } => {
                let linked = |name: &str| {
                    let link = self.link(&chapter.file, name);
                    listing(name).map(|listing| (listing, link))
                };
                figure::diff(linked(old)?, linked(new)?)
            }
            Directive::Who { mistake } => {
                let listing = listing(&format!("{mistake}{WRONG}"))?;
                if listing.metadata.mistake.is_none() {
                    let problem = message::no_mistake(file, listing);
                    return Err(problem.at(found.line).into());
                }
                self.with_golden(listing, |golden| {
                    Told::of(listing, golden).table()
                })
            }
            Directive::Mistakes { order } => {
                mistakes::overview(&self.mistakes(&chapter.file), *order)
            }
            Directive::Laboratory => figure::laboratory(self.has_modules),
            Directive::Measured { topic } => {
                self.measured.table(*topic).map_err(|why| {
                    let problem = message::not_measured(file, *topic, &why);
                    Problems::from(problem.at(found.line))
                })?
            }
            Directive::Predict { name, proof, body } => {
                let listing = listing(name)?;
                page.asked.insert(name.clone());
                let body = self.replace_within(chapter, found.line, body)?;
                let quiz = Quiz::parse(file, found.line, &body)?;
                let Some(golden) = self.golden(listing) else {
                    return Ok(String::new());
                };
                let right =
                    quiz.right(file, found.line, *proof, listing, golden)?;
                let id = page.id(format!("predict-{name}"));
                figure::quiz(name, &quiz, right, &id)
            }
            Directive::Seconds { name } => {
                let listing = listing(name)?;
                self.with_golden(listing, |golden| golden.seconds().in_words())
            }
            Directive::Ratio { of, to } => {
                let (of, to) = (listing(of)?, listing(to)?);
                self.with_golden(of, |of| {
                    self.with_golden(to, |to| of.seconds().ratio(to.seconds()))
                })
            }
            Directive::Duration { name, call } => {
                let listing = listing(name)?;
                let duration = listing.duration(call).ok_or_else(|| {
                    let problem =
                        message::unknown_duration(file, listing, call);
                    Problems::from(problem.at(found.line))
                })?;
                duration.in_words()
            }
            Directive::Lines { name } => {
                listing(name)?.lines_of_code().to_string()
            }
            Directive::Quote { name, text } => {
                let listing = listing(name)?;
                let golden = self.golden(listing);
                let mut texts = golden.iter().flat_map(|golden| golden.texts());
                let mut sources = listing.sources();
                if !sources.any(|source| text::has_words(source, text))
                    && !texts.any(|said| text::has_words(said, text))
                {
                    let problem = message::unknown_quote(file, listing, text);
                    return Err(problem.at(found.line).into());
                }
                text.clone()
            }
        })
    }

    /// Replaces the directives within a quiz, whose first line is `line`.
    fn replace_within(
        &self,
        chapter: &Chapter,
        line: usize,
        body: &str,
    ) -> Result<String, Problems> {
        // What is wrong with their form was said when the quiz was found.
        let (found, _) = directive::find(&chapter.file, body);
        let mut problems = Problems::new();
        let mut text = String::new();
        let mut end = 0;
        for mut found in found {
            found.line += line;
            text.push_str(&body[end..found.range.start]);
            end = found.range.end;
            match self.replace(chapter, &found, &mut Page::default()) {
                Ok(other) => text.push_str(&other),
                Err(found) => problems.extend(found),
            }
        }
        text.push_str(&body[end..]);
        problems.or_ok(text)
    }

    /// A link from a chapter to the figure that shows the whole of a listing.
    fn link(&self, from: &Path, name: &str) -> Option<String> {
        let home = self.homes.get(name)?;
        if home == from {
            return Some(format!("#listing-{name}"));
        }
        Some(format!("{}#listing-{name}", address(from, home)))
    }

    /// All mistakes that have a page, by title, with their addresses from a chapter.
    fn mistakes(&self, from: &Path) -> Vec<Entry> {
        let entry = |listing: &Listing| {
            let symptom = listing.metadata.mistake?;
            let page = self.pages.get(listing.name.0.strip_suffix(WRONG)?)?;
            let chapter = self.chapters.iter().find(|c| c.file == *page)?;
            Some(Entry {
                symptom,
                told: Told::of(listing, self.golden(listing)?),
                title: chapter.title().to_owned(),
                link: address(from, page),
            })
        };
        let mut entries: Vec<Entry> =
            self.listings.iter().filter_map(entry).collect();
        entries.sort_by(|a, b| a.title.cmp(&b.title));
        entries
    }

    fn with_golden(
        &self,
        listing: &Listing,
        text: impl FnOnce(&Golden) -> String,
    ) -> String {
        self.golden(listing).map(text).unwrap_or_default()
    }

    fn unused(&self) -> Problems {
        let mut problems = Problems::new();
        for listing in self.listings.iter() {
            if self.places(listing).is_empty() {
                problems.push(message::unused_listing(listing));
            }
            let mistake = listing.name.0.strip_suffix(WRONG);
            let mistake =
                mistake.filter(|_| listing.metadata.mistake.is_some());
            if let Some(mistake) = mistake
                && !self.pages.contains_key(mistake)
            {
                problems.push(message::mistake_without_page(listing, mistake));
            }
        }
        problems
    }
}

/// The address of a chapter as another one writes it. Both are relative to the book's root.
fn address(from: &Path, to: &Path) -> String {
    let up = "../".repeat(from.components().count().saturating_sub(2));
    let to = to.strip_prefix(text::SOURCE).unwrap_or(to);
    // Markdown knows one kind of slash.
    let to = to.to_string_lossy().replace('\\', "/");
    format!("{up}{to}")
}
