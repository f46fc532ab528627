//! Faults in the text, and in how it and the listings hang together. No program has to run
//! to catch them: reading the book does, as it is read before every build.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};

use super::{Copy, Tally};
use crate::directive::{self, Directive, Found};
use crate::lints::links::Anchors;
use crate::lints::predict;
use crate::listing::Listing;
use crate::preprocess::Manuscript;
use crate::problem::Problems;
use crate::prose::{Prose, Stretch};
use crate::quiz::Quiz;
use crate::text::{Chapter, SOURCE};
use crate::timeline::SOURCE_LINE;

/// What takes the place of a word.
type Change<'a> = &'a dyn Fn(&str) -> String;

/// A fault of one chapter.
struct Fault {
    kind: &'static str,
    /// The chapter with the fault in it.
    markdown: String,
    /// Where the message must point, one of these.
    lines: Vec<usize>,
}

/// What is spoiled as a whole.
enum Whole<'a> {
    Chapter(&'a Chapter),
    Listing(&'a Listing),
}

/// Plants faults into every chapter of the copy, and between it and the listings: all of
/// them, or of each kind the first of `every` so many.
///
/// # Errors
/// If the copy can't be read or written, or something is wrong with it from the start.
pub fn plant(copy: &Copy, every: usize) -> Result<Tally> {
    let manuscript = Manuscript::read(copy.root())?;
    let anchors = manuscript.anchors();
    let root = copy.root().to_owned();
    let mut tally = Tally::at_once(&manuscript.chapters, |chapter| {
        let faults = faults_in(&manuscript, chapter);
        let faults = first_of(every, faults);
        Ok(in_chapter(&root, &manuscript, chapter, &anchors, faults))
    })?;
    // Each of these spoils the book in a way that all of it has to be read again, so a
    // copy of its own for each processor.
    let chapters = manuscript.chapters.iter().map(Whole::Chapter);
    let listings = manuscript.listings.iter().map(Whole::Listing);
    let all: Vec<Whole> = chapters.chain(listings).step_by(every).collect();
    let copies = thread::available_parallelism().map_or(1, usize::from);
    let shares: Vec<(usize, &[Whole])> =
        all.chunks(all.len().div_ceil(copies)).enumerate().collect();
    tally.extend(Tally::at_once(&shares, |(number, share)| {
        let folder = root.with_extension(number.to_string());
        let mut copy = Copy::of(&root, &folder)?;
        let mut tally = Tally::default();
        for whole in *share {
            match whole {
                Whole::Chapter(chapter) => {
                    out_of_summary(&mut copy, &mut tally, chapter)?;
                }
                Whole::Listing(listing) => {
                    renamed(&mut copy, &mut tally, &manuscript, listing)?;
                    changed(&mut copy, &mut tally, listing)?;
                }
            }
        }
        Ok(tally)
    })?);
    Ok(tally)
}

/// The faults that one chapter can have.
fn faults_in(manuscript: &Manuscript, chapter: &Chapter) -> Vec<Fault> {
    let prose = Prose::of(chapter);
    let mut faults = Vec::new();
    faults.extend(in_directives(manuscript, chapter));
    faults.extend(in_quizzes(manuscript, chapter));
    faults.extend(in_links(chapter, &prose));
    faults.extend(in_prose(chapter, &prose));
    faults.extend(in_headings(chapter, &prose));
    faults.extend(in_blocks(chapter, &prose));
    faults
}

/// Of each kind of faults, the first of `every` so many.
fn first_of(every: usize, mut faults: Vec<Fault>) -> Vec<Fault> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    faults.retain(|fault| {
        let number = seen.entry(fault.kind).or_default();
        *number += 1;
        (*number - 1).is_multiple_of(every)
    });
    faults
}

/// Plants faults into one chapter. What the check says of all others stays as it was.
fn in_chapter(
    root: &Path,
    manuscript: &Manuscript,
    chapter: &Chapter,
    anchors: &Anchors,
    faults: Vec<Fault>,
) -> Tally {
    let mut tally = Tally::default();
    let file = chapter.file.display();
    for fault in faults {
        let spoiled = Chapter {
            file: chapter.file.clone(),
            markdown: fault.markdown,
        };
        let problems = manuscript.faults_of_chapter(root, &spoiled, anchors);
        let said = match problems.is_empty() {
            true => String::new(),
            false => problems.to_string(),
        };
        let places = fault.lines.iter().map(|line| format!("{file}:{line}"));
        let places: Vec<String> = places.collect();
        tally.count(fault.kind, fault.kind, &said, &places);
    }
    tally
}

/// Reads the spoiled book as the check does, until the fault is told, and mends it.
fn count(
    copy: &mut Copy,
    tally: &mut Tally,
    kind: &'static str,
    places: &[String],
) -> Result<()> {
    let (manuscript, mut problems) = Manuscript::collect(copy.root());
    problems.extend(manuscript.stale_goldens());
    let words = |problems: &Problems| match problems.is_empty() {
        true => String::new(),
        false => Problems::to_string(problems),
    };
    let mut said = words(&problems);
    // To read all chapters takes by far the longest.
    if !places.iter().any(|place| said.contains(place)) {
        problems.extend(manuscript.faults_of_text(copy.root()));
        said = words(&problems);
    }
    copy.mend()?;
    tally.count(kind, kind, &said, places);
    Ok(())
}

fn replaced(text: &str, range: Range<usize>, other: &str) -> String {
    format!("{}{other}{}", &text[..range.start], &text[range.end..])
}

fn in_directives(manuscript: &Manuscript, chapter: &Chapter) -> Vec<Fault> {
    let (found, _) = directive::find(&chapter.file, &chapter.markdown);
    let mut faults = Vec::new();
    for Found {
        line,
        range,
        directive,
        ..
    } in found
    {
        let text = &chapter.markdown[range.clone()];
        let mut add = |kind, other: String| {
            faults.push(Fault {
                kind,
                markdown: replaced(&chapter.markdown, range.clone(), &other),
                lines: vec![line],
            });
        };
        add("a directive misspelt", text.replacen("{{#", "{{#x", 1));
        add("a directive not closed", text.replace("}}", ""));
        if let Some(name) = directive.names().first() {
            let misspelt =
                text.replacen(&format!(" {name}"), &format!(" {name}x"), 1);
            add("a listing's name misspelt", misspelt);
        }
        let is_measured = matches!(
            directive,
            Directive::Seconds { .. } | Directive::Duration { .. }
        );
        if is_measured {
            let alone = Chapter {
                file: chapter.file.clone(),
                markdown: text.to_owned(),
            };
            if let Ok(expanded) = manuscript.expand(&alone) {
                add("a directive replaced by what it says", expanded.markdown);
            }
        }
        if let Directive::Quote { text: quoted, .. } = &directive {
            let other = format!(" {quoted}x}}}}");
            let other = text.replacen(&format!(" {quoted}}}}}"), &other, 1);
            add("a quote that is none", other);
        }
        if let Directive::Part { anchor, .. } = &directive {
            let other = text.replacen(anchor, &format!("{anchor}x"), 1);
            add("the name of a part misspelt", other);
        }
    }
    faults
}

/// Spoils what a quiz lets its reader choose, and leaves it out.
fn in_quizzes(manuscript: &Manuscript, chapter: &Chapter) -> Vec<Fault> {
    let source = &chapter.markdown;
    let (found, _) = directive::find(&chapter.file, source);
    let shows = found.iter().find(|f| f.directive.shows_outcome());
    let is_quiz =
        |found: &&Found| matches!(found.directive, Directive::Predict { .. });
    let quizzes: Vec<&Found> = found.iter().filter(is_quiz).collect();
    let mut faults = Vec::new();
    for found in &quizzes {
        let mut add = |kind, range: Range<usize>, other: &str, line| {
            faults.push(Fault {
                kind,
                markdown: replaced(source, range, other),
                lines: vec![line],
            });
        };
        if let [_] = quizzes[..]
            && let Some(first) = shows.filter(|_| predict::asks(&chapter.file))
        {
            let lines = source[found.range.clone()].matches('\n').count();
            let gap = "\n".repeat(lines);
            add("a quiz left out", found.range.clone(), &gap, first.line);
        }
        let Some((quiz, right)) = quiz(manuscript, chapter, found) else {
            continue;
        };
        let right = &quiz.choices[right];
        for (index, choice) in quiz.choices.iter().enumerate() {
            let start = start_of_line(source, choice.line) + 2;
            let text = start..start + choice.text.len();
            if choice == right {
                let last = choice.text.rfind('`').unwrap_or(choice.text.len());
                let at = start + last;
                let kind = "the right choice of a quiz changed";
                add(kind, at..at, "x", found.line);
                continue;
            }
            let second = right.line.max(choice.line);
            let kind = "a second right choice of a quiz";
            add(kind, text.clone(), &right.text, second);
            let next = quiz.choices.get(index + 1).map(|next| next.line);
            let next = next.map(|line| start_of_line(source, line));
            let end = next.or_else(|| found.marks.last().map(|m| m.start));
            let sentence = text.end..end.unwrap_or(text.end);
            let kind = "a wrong choice without its sentence";
            add(kind, sentence, "\n", choice.line);
        }
    }
    faults
}

/// A quiz of a chapter, and the number of its right choice.
fn quiz(
    manuscript: &Manuscript,
    chapter: &Chapter,
    found: &Found,
) -> Option<(Quiz, usize)> {
    let Directive::Predict { name, proof, body } = &found.directive else {
        return None;
    };
    let listing = manuscript.listings.get(name)?;
    let golden = manuscript.golden(listing)?;
    let (file, line) = (&chapter.file, found.line);
    let quiz = Quiz::parse(file, line, body).ok()?;
    let right = quiz.right(file, line, *proof, listing, golden).ok()?;
    Some((quiz, right))
}

fn in_links(chapter: &Chapter, prose: &Prose) -> Vec<Fault> {
    let mut faults = Vec::new();
    let source = &chapter.markdown;
    for link in &prose.links {
        let target = link.target.as_str();
        let from = start_of_line(source, link.line);
        let Some(at) = source[from..].find(&format!("]({target}")) else {
            continue;
        };
        let target_at = from + at + 2..from + at + 2 + target.len();
        let mut add = |kind, other: String| {
            faults.push(Fault {
                kind,
                markdown: replaced(source, target_at.clone(), &other),
                lines: vec![link.line],
            });
        };
        if target.contains("://") {
            continue;
        }
        match target.split_once('#') {
            Some((path, anchor)) => {
                add("a link to another place", format!("{path}#{anchor}-x"));
                if !path.is_empty() {
                    add("a link to another file", format!("x-{path}#{anchor}"));
                }
            }
            None => add("a link to another file", format!("x-{target}")),
        }
    }
    // A row of a table and the line that proves it.
    for row in &prose.rows {
        for link in &prose.links[row.links.clone()] {
            let quoted = link.title.as_str();
            let from = start_of_line(source, link.line);
            let is_proof = link.target.contains("#listing-");
            let Some(at) = source[from..]
                .find(&format!("{quoted}\")"))
                .or_else(|| source[from..].find(&format!("{quoted}')")))
                .filter(|_| is_proof)
            else {
                continue;
            };
            let end = from + at + quoted.len();
            faults.push(Fault {
                kind: "the proof of a claim",
                markdown: replaced(source, end..end, " else"),
                lines: vec![link.line],
            });
        }
    }
    faults
}

/// Where a line begins, in bytes.
fn start_of_line(text: &str, line: usize) -> usize {
    let before = text.split_inclusive('\n').take(line - 1);
    before.map(str::len).sum()
}

/// Puts other words in the place of a word of each paragraph.
fn in_prose(chapter: &Chapter, prose: &Prose) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, stretch) in prose.stretches.iter().enumerate() {
        let typed = |word: &str| format!("{word} 5 seconds {word}");
        let ratio = |word: &str| format!("{word} is twice as fast as {word}");
        let twice = |word: &str| format!("{word} {word}");
        let kinds: [(&'static str, Change, &str); 3] = [
            ("a number typed", &typed, "5 seconds"),
            ("a ratio typed", &ratio, "twice as"),
            ("a word twice", &twice, ""),
        ];
        for (kind, change, mark) in kinds {
            let changed = with_word(chapter, index, stretch, change, mark);
            if let Some((markdown, line)) = changed {
                let lines = vec![line];
                faults.push(Fault {
                    kind,
                    markdown,
                    lines,
                });
            }
        }
    }
    faults
}

/// The chapter with a word of one stretch changed, and the line of that word. It is a word
/// of the prose, not one that stands in a piece of code or in a link's target as well.
fn with_word(
    chapter: &Chapter,
    index: usize,
    stretch: &Stretch,
    change: Change,
    mark: &str,
) -> Option<(String, usize)> {
    let source = &chapter.markdown;
    let is_word = |word: &&str| {
        word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase())
    };
    for word in stretch.text.split(' ').filter(is_word) {
        let at = stretch.text.find(&format!(" {word} "))? + 1;
        // A golden proves a choice right or wrong, whatever numbers are in it.
        if stretch.is_choice(at) {
            continue;
        }
        let line = stretch.line(at);
        let from = start_of_line(source, line);
        let Some(found) = source[from..].find(&format!(" {word} ")) else {
            continue;
        };
        let start = from + found + 1;
        let other = change(word);
        let markdown = replaced(source, start..start + word.len(), &other);
        let changed = Chapter {
            file: chapter.file.clone(),
            markdown: markdown.clone(),
        };
        let new = Prose::of(&changed);
        let new = new.stretches.get(index)?;
        let wanted = if mark.is_empty() {
            other.as_str()
        } else {
            mark
        };
        // An exception beside it would except the new number as well.
        let near = source[..start].lines().last().unwrap_or_default();
        let line_end = source[start..]
            .find('\n')
            .map_or(source.len(), |n| start + n);
        let beside = [near, &source[start..line_end]].concat();
        let above = source[..from].lines().last().unwrap_or_default();
        let above = Some(above).filter(|line| line.starts_with("<!--"));
        if new.text.contains(wanted)
            && !beside.contains("typed:")
            && !above.is_some_and(|line| line.contains("typed:"))
        {
            let line = source[..start].matches('\n').count() + 1;
            return Some((markdown, line));
        }
    }
    None
}

fn in_headings(chapter: &Chapter, prose: &Prose) -> Vec<Fault> {
    let mut faults = Vec::new();
    let source = &chapter.markdown;
    let headings = prose.stretches.iter().filter(|s| s.heading.is_some());
    let mut above = 1;
    for heading in headings {
        let line = heading.line(0);
        let at = start_of_line(source, line);
        let mut add = |kind, markdown| {
            faults.push(Fault {
                kind,
                markdown,
                lines: vec![line],
            });
        };
        match heading.heading {
            Some(1) => {
                let lower = replaced(source, at..at, "#");
                add("a title that is none", lower);
            }
            Some(level) => {
                // Below the one above it, and not directly.
                let deeper = "#".repeat(above + 2 - level);
                add(
                    "a level of headings left out",
                    replaced(source, at..at, &deeper),
                );
                above = level;
                let title = replaced(source, at..at + level, "#");
                add("a second title", title);
            }
            None => {}
        }
    }
    faults
}

fn in_blocks(chapter: &Chapter, prose: &Prose) -> Vec<Fault> {
    let mut faults = Vec::new();
    let source = &chapter.markdown;
    for block in &prose.blocks {
        let Some(tag) = &block.tag else { continue };
        let from = start_of_line(source, block.line);
        let Some(at) = source[from..].find(tag.as_str()) else {
            continue;
        };
        let range = from + at..from + at + tag.len();
        for (kind, other) in [
            ("a block of no kind", ""),
            ("a block of another kind", "python"),
        ] {
            faults.push(Fault {
                kind,
                markdown: replaced(source, range.clone(), other),
                lines: vec![block.line],
            });
        }
    }
    faults
}

/// Leaves the chapter out of the table of contents.
fn out_of_summary(
    copy: &mut Copy,
    tally: &mut Tally,
    chapter: &Chapter,
) -> Result<()> {
    let summary = Path::new(SOURCE).join("SUMMARY.md");
    let link = chapter.file.strip_prefix(SOURCE)?.display().to_string();
    let text = copy.read(&summary)?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.retain(|line| !line.contains(&format!("({link})")));
    // The page for what is not found stands in no table of contents.
    if lines.len() == text.lines().count() {
        return Ok(());
    }
    copy.spoil(&summary, &(lines.join("\n") + "\n"))?;
    let place = chapter.file.display().to_string();
    count(copy, tally, "a chapter left out of SUMMARY.md", &[place])
}

/// Gives the listing another name, as somebody does who forgets the text.
fn renamed(
    copy: &mut Copy,
    tally: &mut Tally,
    manuscript: &Manuscript,
    listing: &Listing,
) -> Result<()> {
    let manifest = listing.folder.join("Cargo.toml");
    let text = copy.read(&manifest)?;
    let new = format!("{}-x", listing.name);
    let renamed = text.replacen(
        &format!("name = \"{}\"", listing.name),
        &format!("name = \"{new}\""),
        1,
    );
    copy.spoil(&manifest, &renamed)?;
    let place = manifest.display().to_string();
    count(copy, tally, "a listing's crate renamed", &[place])?;

    // The folder as well: only the text has the old name now.
    let old = copy.root().join(&listing.folder);
    let folder: PathBuf = listing.folder.with_file_name(&new);
    std::fs::rename(&old, copy.root().join(&folder))?;
    copy.spoil(&folder.join("Cargo.toml"), &renamed)?;
    let places = manuscript.places(listing);
    let place = places.first().context("a listing is shown somewhere")?;
    let kind = "a listing renamed, but not in the text";
    let counted = count(copy, tally, kind, &[place.to_string()]);
    std::fs::rename(copy.root().join(&folder), &old)?;
    counted
}

/// Changes the source and leaves the golden as it is.
fn changed(
    copy: &mut Copy,
    tally: &mut Tally,
    listing: &Listing,
) -> Result<()> {
    let file = listing.source_file();
    let text = copy.read(&file)?;
    copy.spoil(&file, &format!("{text}// changed\n"))?;
    let place = format!("{}:{SOURCE_LINE}", listing.timeline_file().display());
    count(copy, tally, "a source changed after its golden", &[place])
}
