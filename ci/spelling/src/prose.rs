//! What of a text in Markdown is prose: headings, paragraphs, tables, the texts of
//! links and pictures, and what stands between the tags of HTML. Code, directives,
//! addresses and what is within a tag are not.

use std::path::Path;

use book::directive;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::words;

/// What mdBook understands, but for smart punctuation: an apostrophe stays one.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// The elements of HTML in which there is no prose.
const NO_PROSE: &[&str] = &["code", "pre", "script", "style"];

/// A word and where it begins in the Markdown, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub offset: usize,
}

/// The words of the prose in a text, in their order.
pub fn words(markdown: &str) -> Vec<Word> {
    let prose = Prose::of(markdown);
    let (directives, _) = directive::find(Path::new(""), markdown);
    let is_prose = |word: &Word| {
        let mut marks = directives.iter().flat_map(|found| &found.marks);
        !marks.any(|mark| mark.contains(&word.offset))
    };
    words::split(&prose.text)
        .map(|(at, word)| Word {
            text: word.to_owned(),
            offset: prose.offset(at),
        })
        .filter(is_prose)
        .collect()
}

/// The prose of a text, with a space for all that was left out.
#[derive(Default)]
struct Prose {
    text: String,
    /// For each piece where it begins, here and in the Markdown.
    pieces: Vec<(usize, usize)>,
    /// How many elements without prose are open.
    hidden: usize,
}

impl Prose {
    fn of(markdown: &str) -> Prose {
        let mut prose = Prose::default();
        let parser = Parser::new_ext(markdown, OPTIONS);
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Text(text) => prose.push(&text, range.start),
                Event::Start(Tag::HtmlBlock) => {
                    prose.push_html(&markdown[range.clone()], range.start);
                }
                Event::InlineHtml(tag) => prose.push_tag(&tag),
                Event::Start(Tag::CodeBlock(_)) => prose.hidden += 1,
                Event::Start(tag) if is_inline(tag.to_end()) => {}
                Event::End(tag) if is_inline(tag) => {}
                Event::End(_) => prose.end_block(),
                _ => prose.text.push(' '),
            }
        }
        prose
    }

    /// What a tag has hidden is seen again in the next block, whether it was closed or
    /// not.
    fn end_block(&mut self) {
        self.hidden = 0;
        self.text.push(' ');
    }

    /// Adds what stands at `offset`, if it is prose.
    fn push(&mut self, text: &str, offset: usize) {
        if self.hidden == 0 {
            self.pieces.push((self.text.len(), offset));
            self.text.push_str(text);
        }
    }

    fn push_html(&mut self, html: &str, offset: usize) {
        let mut at = 0;
        while let Some(length) = html[at..].find('<') {
            let tag = at + length;
            self.push(&html[at..tag], offset + at);
            let end = html[tag..].find('>').map(|length| tag + length + 1);
            at = end.unwrap_or(html.len());
            self.push_tag(&html[tag..at]);
        }
        self.push(&html[at..], offset + at);
    }

    /// Follows a tag of HTML, such as `<code>` or `</code>`.
    fn push_tag(&mut self, tag: &str) {
        let tag = tag.trim_matches(['<', '>']);
        let name = tag.split_whitespace().next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) if NO_PROSE.contains(&name) => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            None if NO_PROSE.contains(&name) => self.hidden += 1,
            _ => {}
        }
        self.text.push(' ');
    }

    /// Where the text at `at` stands in the Markdown.
    fn offset(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|(start, _)| *start <= at);
        let (start, offset) = self.pieces[after - 1];
        offset + at - start
    }
}

/// Whether a word may go on where this begins or ends.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
    )
}
