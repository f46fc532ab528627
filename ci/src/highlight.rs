//! Colors of code, made when the book is built: the pages need no script for them.
//!
//! A fenced block becomes the HTML that mdBook would make of it, with a `span` around each
//! piece that has a color. Their classes are few: `hl-comment`, `hl-string`, `hl-number`,
//! `hl-keyword`, `hl-type`, `hl-function`, `hl-macro`, `hl-attribute`, `hl-prompt`,
//! `hl-added`, `hl-removed`. `theme/highlight.css` gives them their colors.

use std::fmt::Write;
use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use crate::figure::html;

/// Which scopes of the grammars have which class; the first that fits counts. A scope
/// without a class keeps the words inside it from those that follow.
const CLASSES: &[(&str, Option<&str>)] = &[
    ("comment", Some("hl-comment")),
    ("string", Some("hl-string")),
    ("constant.character", Some("hl-string")),
    ("constant.numeric", Some("hl-number")),
    ("constant.language", Some("hl-keyword")),
    ("keyword.operator", None),
    ("keyword", Some("hl-keyword")),
    ("storage", Some("hl-keyword")),
    ("variable.language", Some("hl-keyword")),
    ("support.macro", Some("hl-macro")),
    ("entity.name.macro", Some("hl-macro")),
    ("variable.annotation", Some("hl-attribute")),
    ("meta.annotation", Some("hl-attribute")),
    ("entity.name.function", Some("hl-function")),
    ("support.function", Some("hl-function")),
    ("variable.function", Some("hl-function")),
    ("entity.name", Some("hl-type")),
    ("support.type", Some("hl-type")),
];

static SYNTAXES: LazyLock<SyntaxSet> =
    LazyLock::new(SyntaxSet::load_defaults_newlines);

/// The Markdown with its fenced blocks as HTML in color. Blocks in a list or a quote stay
/// as they are: HTML would end the list.
pub fn blocks(markdown: &str) -> String {
    let mut text = String::new();
    let mut done = 0;
    let mut block: Option<(usize, String, String)> = None;
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(tag))) => {
                let at = range.start;
                if at == 0 || markdown[..at].ends_with('\n') {
                    block = Some((at, tag.to_string(), String::new()));
                }
            }
            Event::Text(code) => {
                if let Some((_, _, inside)) = &mut block {
                    inside.push_str(&code);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((start, tag, code)) = block.take() {
                    text.push_str(&markdown[done..start]);
                    text.push_str(&element(&tag, &code));
                    done = range.end;
                }
            }
            _ => {}
        }
    }
    text.push_str(&markdown[done..]);
    text
}

/// A block as HTML.
fn element(tag: &str, code: &str) -> String {
    let language = tag.split([',', ' ']).next().unwrap_or_default();
    let inside = match language {
        "rust" => colored(code, "rs"),
        "python" => colored(code, "py"),
        "diff" => line_by_line(code, |line| match line.chars().next() {
            Some('+') => Some("hl-added"),
            Some('-') => Some("hl-removed"),
            _ => None,
        }),
        "console" => line_by_line(code, |line| {
            line.starts_with("$ ").then_some("hl-prompt")
        }),
        _ => html(code),
    };
    format!("<pre><code class=\"language-{language}\">{inside}</code></pre>")
}

/// Each line with the class that it has as a whole, if it has one.
fn line_by_line(
    code: &str,
    class: impl Fn(&str) -> Option<&'static str>,
) -> String {
    let mut spans = Spans::default();
    for line in code.split_inclusive('\n') {
        spans.add(line, class(line));
    }
    spans.finish()
}

/// The code with the colors of the grammar for files that end in `ending`.
fn colored(code: &str, ending: &str) -> String {
    let syntax: &SyntaxReference = SYNTAXES
        .find_syntax_by_extension(ending)
        .unwrap_or_else(|| SYNTAXES.find_syntax_plain_text());
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans = Spans::default();
    for line in code.split_inclusive('\n') {
        // A grammar that fails leaves the line without colors.
        let operations = state.parse_line(line, &SYNTAXES).unwrap_or_default();
        let mut from = 0;
        for (at, operation) in operations {
            spans.add(&line[from..at], class_of(&stack));
            from = at;
            let _ = stack.apply(&operation);
        }
        spans.add(&line[from..], class_of(&stack));
    }
    spans.finish()
}

/// The class of the innermost scope that has one.
fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    for scope in stack.as_slice().iter().rev() {
        let name = scope.build_string();
        let fits = |prefix: &str| {
            name.strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if let Some((_, class)) =
            CLASSES.iter().find(|(prefix, _)| fits(prefix))
        {
            return *class;
        }
    }
    None
}

/// Pieces of code as HTML, with one element around those that follow each other and have
/// the same class.
#[derive(Default)]
struct Spans {
    text: String,
    open: Option<&'static str>,
}

impl Spans {
    fn add(&mut self, code: &str, class: Option<&'static str>) {
        if code.is_empty() {
            return;
        }
        if self.open != class {
            self.close();
            if let Some(class) = class {
                let _ = write!(self.text, "<span class=\"{class}\">");
            }
            self.open = class;
        }
        self.text.push_str(&html(code));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.text.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_gets_colors_and_stays_the_same_text() {
        let text = blocks(
            "a\n\n```rust,ignore\nlet x = \"<\"; // two\n\nf(1);\n```\n\nb\n",
        );
        assert_eq!(
            text,
            "a\n\n<pre><code class=\"language-rust\">\
             <span class=\"hl-keyword\">let</span> x = \
             <span class=\"hl-string\">&quot;&lt;&quot;</span>; \
             <span class=\"hl-comment\">// two\n</span>\n\
             <span class=\"hl-function\">f</span>(<span class=\"hl-number\">1</span>);\n\
             </code></pre>\n\nb\n"
        );
    }

    #[test]
    fn what_has_no_grammar_stays_plain() {
        assert_eq!(
            blocks("```text\n<&>\n```\n"),
            "<pre><code class=\"language-text\">&lt;&amp;&gt;\n</code></pre>\n"
        );
        let diff = blocks("```diff\n+a\n b\n-c\n```\n");
        assert!(
            diff.contains("<span class=\"hl-added\">+a\n</span> b\n"),
            "{diff}"
        );
        assert!(
            diff.contains("<span class=\"hl-removed\">-c\n</span>"),
            "{diff}"
        );
        let list = "- a\n\n  ```rust\n  fn main() {}\n  ```\n";
        assert_eq!(blocks(list), list);
    }
}
