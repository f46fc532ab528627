//! The prose of a chapter, taken out of its Markdown: paragraphs, headings and cells as
//! plain text that knows its lines, and with them the links, images and blocks.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use crate::directive::{self, Directive};
use crate::quiz;
use crate::text::Chapter;

/// What stands in a stretch of prose where code, a directive or a piece of HTML was.
pub const GAP: char = '\u{1}';

/// Everything of a chapter that can be checked by itself.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// Paragraphs, headings, cells and the like, in order.
    pub stretches: Vec<Stretch>,
    /// Links and images.
    pub links: Vec<Link>,
    /// Blocks of code.
    pub blocks: Vec<Block>,
    /// Rows of tables, each with the numbers of its links in [`Prose::links`].
    pub rows: Vec<Row>,
    /// Comments, as in `<!-- typed: it is a name -->`.
    pub comments: Vec<Comment>,
    /// Pieces of HTML other than comments.
    pub html: Vec<Html>,
}

/// Text without a break.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The level of a heading; none if it is no heading.
    pub heading: Option<usize>,
    /// The text, with a [`GAP`] for everything that is no prose.
    pub text: String,
    /// Which bytes of the text are those of a link, as a number of [`Prose::links`].
    pub links: Vec<(Range<usize>, usize)>,
    /// How many bytes of the text are a choice of a quiz, which a golden proves right or
    /// wrong. The rest of it is the choice's sentence.
    choice: usize,
    /// Where in the text which line of the chapter begins, both in order.
    lines: Vec<(usize, usize)>,
}

impl Stretch {
    /// The chapter's line, counted from 1, on which this byte of the text stands.
    pub fn line(&self, at: usize) -> usize {
        let before = self.lines.iter().take_while(|(start, _)| *start <= at);
        before
            .last()
            .or(self.lines.first())
            .map_or(1, |(_, line)| *line)
    }

    /// Whether this byte of the text is of a choice of a quiz.
    pub fn is_choice(&self, at: usize) -> bool {
        at < self.choice
    }
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Counted from 1.
    pub line: usize,
    /// Where it leads.
    pub target: String,
    /// What is said when a pointer rests on it.
    pub title: String,
    /// Its text, or what stands for the image if that can't be seen.
    pub text: String,
    /// Whether it is an image.
    pub image: bool,
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Counted from 1.
    pub line: usize,
    /// What stands behind the fence; none if the block is made by indenting.
    pub tag: Option<String>,
    /// What is in it.
    pub text: String,
}

/// A row of a table, but for its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1.
    pub line: usize,
    /// The table that it is in, counted from 0.
    pub table: usize,
    /// Its links, as a range of [`Prose::links`].
    pub links: Range<usize>,
}

/// A comment in the Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Counted from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
    /// Whether nothing else stands on its line: then it is about the next one.
    pub alone: bool,
}

impl Comment {
    /// Whether it is of this kind, such as `typed:`, and gives a reason of two words or
    /// more.
    pub fn gives_reason(&self, kind: &str) -> bool {
        let reason = self.text.strip_prefix(kind);
        reason.is_some_and(|reason| reason.trim().contains(' '))
    }

    /// Whether it is about something on this line.
    pub fn is_about(&self, line: usize) -> bool {
        line == self.line + usize::from(self.alone)
    }
}

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// Counted from 1.
    pub line: usize,
    /// As it stands there.
    pub text: String,
}

impl Prose {
    /// Takes a chapter apart.
    pub fn of(chapter: &Chapter) -> Prose {
        let (source, choices) = without_directives(chapter);
        let mut reader = Reader::new(&source, choices);
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        for (event, range) in
            Parser::new_ext(&source, options).into_offset_iter()
        {
            reader.read(event, range);
        }
        reader.prose
    }
}

/// The chapter with gaps in the place of its directives, byte for byte as long, and the
/// lines that begin a choice of a quiz.
fn without_directives(chapter: &Chapter) -> (String, BTreeSet<usize>) {
    let (found, _) = directive::find(&chapter.file, &chapter.markdown);
    let mut source = chapter.markdown.clone();
    let mut choices = BTreeSet::new();
    for found in found {
        if matches!(found.directive, Directive::Predict { .. }) {
            let lines = source[found.range].lines().zip(found.line..);
            let begin = lines.filter(|(line, _)| quiz::begins_choice(line));
            choices.extend(begin.map(|(_, number)| number));
        }
        for mark in found.marks {
            let gap = GAP.to_string().repeat(mark.len());
            source.replace_range(mark, &gap);
        }
    }
    (source, choices)
}

/// Follows the events of the parser.
struct Reader<'a> {
    source: &'a str,
    /// Where each line of the chapter begins.
    line_starts: Vec<usize>,
    /// The lines that begin a choice of a quiz.
    choices: BTreeSet<usize>,
    prose: Prose,
    stretch: Stretch,
    /// Links that are open, as numbers of [`Prose::links`].
    open: Vec<usize>,
    in_block: bool,
    tables: usize,
    row: Option<Row>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, choices: BTreeSet<usize>) -> Self {
        let ends = source.match_indices('\n').map(|(at, _)| at + 1);
        Reader {
            source,
            line_starts: std::iter::once(0).chain(ends).collect(),
            choices,
            prose: Prose::default(),
            stretch: Stretch::default(),
            open: Vec::new(),
            in_block: false,
            tables: 0,
            row: None,
        }
    }

    fn read(&mut self, event: Event, range: Range<usize>) {
        let line = self.line(range.start);
        match event {
            Event::Start(tag) => self.start(tag, line),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_block => {
                if let Some(block) = self.prose.blocks.last_mut() {
                    block.text.push_str(&text);
                }
            }
            Event::Text(text) => self.add(&text, line),
            Event::SoftBreak | Event::HardBreak => self.add(" ", line),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.html(&text, line);
                self.add(&GAP.to_string(), line);
            }
            Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => self.add(&GAP.to_string(), line),
            Event::Rule => self.close(),
        }
    }

    fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }

    fn add(&mut self, text: &str, line: usize) {
        for &open in &self.open {
            self.prose.links[open].text.push_str(text);
        }
        if self
            .stretch
            .lines
            .last()
            .is_none_or(|(_, last)| *last != line)
        {
            self.stretch.lines.push((self.stretch.text.len(), line));
        }
        self.stretch.text.push_str(text);
    }

    fn start(&mut self, tag: Tag, line: usize) {
        match tag {
            Tag::Heading { level, .. } => {
                self.close();
                self.stretch.heading = Some(number(level));
            }
            Tag::CodeBlock(kind) => {
                self.close();
                self.in_block = true;
                let tag = match kind {
                    CodeBlockKind::Fenced(tag) => Some(tag.to_string()),
                    CodeBlockKind::Indented => None,
                };
                let text = String::new();
                self.prose.blocks.push(Block { line, tag, text });
            }
            Tag::Link {
                dest_url, title, ..
            } => self.link(line, &dest_url, &title, false),
            Tag::Image {
                dest_url, title, ..
            } => self.link(line, &dest_url, &title, true),
            Tag::TableRow => {
                let first = self.prose.links.len();
                self.row = Some(Row {
                    line,
                    table: self.tables,
                    links: first..first,
                });
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            _ => self.close(),
        }
    }

    fn link(&mut self, line: usize, target: &str, title: &str, image: bool) {
        self.open.push(self.prose.links.len());
        self.prose.links.push(Link {
            line,
            target: target.to_owned(),
            title: title.to_owned(),
            text: String::new(),
            image,
        });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link | TagEnd::Image => {
                if let Some(open) = self.open.pop() {
                    let end = self.stretch.text.len();
                    let text = &self.prose.links[open].text;
                    let start = end.saturating_sub(text.len());
                    self.stretch.links.push((start..end, open));
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::CodeBlock => self.in_block = false,
            TagEnd::TableRow => {
                self.close();
                if let Some(mut row) = self.row.take() {
                    row.links.end = self.prose.links.len();
                    self.prose.rows.push(row);
                }
            }
            TagEnd::Table => self.tables += 1,
            _ => self.close(),
        }
    }

    fn html(&mut self, text: &str, line: usize) {
        let comment = text
            .trim()
            .strip_prefix("<!--")
            .and_then(|text| text.strip_suffix("-->"));
        match comment {
            Some(text) => {
                let start = self.line_starts[line - 1];
                let end = self.line_starts.get(line).copied();
                let end = end.unwrap_or(self.source.len());
                let whole = self.source[start..end].trim();
                self.prose.comments.push(Comment {
                    line,
                    text: text.trim().to_owned(),
                    alone: whole.starts_with("<!--")
                        && whole.find("-->") == Some(whole.len() - 3),
                });
            }
            None => self.prose.html.push(Html {
                line,
                text: text.to_owned(),
            }),
        }
    }

    /// Ends a stretch.
    fn close(&mut self) {
        let mut stretch = std::mem::take(&mut self.stretch);
        if self.choices.contains(&stretch.line(0)) {
            let bar = stretch.text.find(quiz::BAR);
            stretch.choice = bar.unwrap_or(stretch.text.len());
        }
        let is_empty = stretch.text.trim().is_empty();
        if !is_empty || stretch.heading.is_some() {
            self.prose.stretches.push(stretch);
        }
    }
}

fn number(level: HeadingLevel) -> usize {
    level as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(markdown: &str) -> Prose {
        Prose::of(&Chapter {
            file: "src/a.md".into(),
            markdown: markdown.into(),
        })
    }

    #[test]
    fn a_choice_of_a_quiz_is_told_from_its_sentence() {
        let prose = prose(
            "{{#predict a first}}\nIs it 5 s?\n\n- `a | b` 5 s | It is\n  5 s.\n{{#end}}\n\n- no | 5 s\n",
        );
        let texts = prose.stretches.iter().map(|stretch| {
            let is_choice = |(at, _): (usize, char)| stretch.is_choice(at);
            let choice =
                stretch.text.char_indices().take_while(|c| is_choice(*c));
            let choice: String = choice.map(|(_, c)| c).collect();
            (stretch.line(0), choice.replace(GAP, ""))
        });
        let texts: Vec<(usize, String)> = texts.collect();
        let expected = [(1, ""), (4, " 5 s"), (8, "")];
        assert_eq!(texts, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_chapter_is_taken_apart_and_everything_knows_its_line() {
        let prose = prose(
            "# A `b`\n\nOne *two*\nthree {{#seconds x}} <!-- typed: so -->\n\n\
             | a |\n| - |\n| [c](d.md \"e\") f |\n\n```text\nin\n```\n\n    indented\n\n\
             ![alt](i.svg)\n\n<p id=\"x\">\n",
        );
        let text = |stretch: &Stretch| stretch.text.replace(GAP, "");
        let texts: Vec<String> = prose.stretches.iter().map(text).collect();
        assert_eq!(texts, ["A ", "One two three  ", "a", "c f", "alt", ""]);
        assert_eq!(prose.stretches[0].heading, Some(1));
        let three = prose.stretches[1].text.find("three").unwrap();
        assert_eq!(prose.stretches[1].line(three), 4);
        assert_eq!(prose.stretches[1].line(0), 3);
        let link = &prose.links[0];
        let found = (link.line, &*link.target, &*link.title, &*link.text);
        assert_eq!(found, (8, "d.md", "e", "c"));
        assert!(prose.links[1].image && prose.links[1].text == "alt");
        assert_eq!(prose.rows[0].links, 0..1);
        let blocks: Vec<_> = prose
            .blocks
            .iter()
            .map(|b| (b.line, b.tag.as_deref(), b.text.as_str()))
            .collect();
        assert_eq!(
            blocks,
            [(10, Some("text"), "in\n"), (14, None, "indented\n")]
        );
        let comment = &prose.comments[0];
        assert_eq!((comment.line, &*comment.text), (4, "typed: so"));
        assert_eq!(prose.html[0].line, 18);
    }
}
