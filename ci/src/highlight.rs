//! Colors for code, made with the pages: each fenced block of a chapter becomes HTML in
//! which the words carry their kind, so that no script has to find it out in the browser.
//!
//! ````text
//! ```rust,ignore                <pre><code class="language-rust">
//! fn main() {}          →       <span class="hl-keyword">fn</span>
//! ```                           <span class="hl-function">main</span>() {}</code></pre>
//! ````
//!
//! The text of a block stays exactly what it was. `theme/highlight.css` gives each kind its
//! color.

use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use tree_sitter_highlight::{
    HighlightConfiguration, HighlightEvent, Highlighter,
};

use crate::figure::html;

/// What the grammars call a piece of code, and the class that it gets. Names that are not
/// here, such as variables and operators, stay as they are: less color, more calm.
const KINDS: [(&str, &str); 13] = [
    ("attribute", "attribute"),
    ("comment", "comment"),
    // Rust's grammar names numbers and truth values so.
    ("constant.builtin", "number"),
    ("constructor", "type"),
    ("function", "function"),
    ("function.macro", "macro"),
    ("keyword", "keyword"),
    ("label", "lifetime"),
    ("number", "number"),
    ("string", "string"),
    ("type", "type"),
    // Rust's `self`.
    ("variable.builtin", "keyword"),
    // What stands between the braces of a formatted string in Python.
    ("embedded", "plain"),
];

/// Operators that are words, which Python's grammar counts among the signs, and functions
/// of a module, which it counts among the properties.
const MORE_OF_PYTHON: &str = r#"
    ["and" "in" "is" "not" "or" "is not" "not in"] @keyword
    (call function: (attribute attribute: (identifier) @function))
"#;

static RUST: LazyLock<HighlightConfiguration> = LazyLock::new(|| {
    configuration(
        tree_sitter_rust::LANGUAGE.into(),
        "rust",
        tree_sitter_rust::HIGHLIGHTS_QUERY,
        // What is handed to a macro is code as well.
        tree_sitter_rust::INJECTIONS_QUERY,
    )
});

static PYTHON: LazyLock<HighlightConfiguration> = LazyLock::new(|| {
    configuration(
        tree_sitter_python::LANGUAGE.into(),
        "python",
        &format!("{}{MORE_OF_PYTHON}", tree_sitter_python::HIGHLIGHTS_QUERY),
        "",
    )
});

fn configuration(
    language: tree_sitter::Language,
    name: &str,
    highlights: &str,
    injections: &str,
) -> HighlightConfiguration {
    let mut configuration =
        HighlightConfiguration::new(language, name, highlights, injections, "")
            .expect("a grammar comes with queries that fit it");
    configuration.configure(&KINDS.map(|(name, _)| name));
    configuration
}

/// A chapter's Markdown, directives replaced, with HTML in the place of each fenced block.
pub fn blocks(markdown: &str) -> String {
    // Those of mdBook that decide where a block is.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut result = String::with_capacity(2 * markdown.len());
    let mut end = 0;
    let mut block: Option<(String, String)> = None;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter()
    {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _) => {
                let language = info.split([' ', ',']).next().unwrap_or("");
                block = Some((language.to_owned(), String::new()));
            }
            (Event::Text(text), Some((_, code))) => code.push_str(&text),
            (Event::End(TagEnd::CodeBlock), Some((language, code))) => {
                result.push_str(&markdown[end..range.start]);
                // One line, which needs no indentation in a list and has no empty line in
                // it, at which Markdown might end the HTML.
                let html = pre(language, code).replace('\n', "&#10;");
                result.push_str(&html);
                end = range.start + markdown[range].trim_end().len();
                block = None;
            }
            _ => {}
        }
    }
    result.push_str(&markdown[end..]);
    result
}

/// A block of code in HTML.
fn pre(language: &str, code: &str) -> String {
    let class = match language {
        "" => String::new(),
        language => format!(" class=\"language-{}\"", html(language)),
    };
    let code = inner(language, code);
    format!("<pre><code{class}>{code}</code></pre>")
}

/// Code in HTML, each piece of it in a `span` that tells its kind.
fn inner(language: &str, code: &str) -> String {
    match language {
        "rust" => parsed(&RUST, code),
        "python" => parsed(&PYTHON, code),
        "diff" => by_line(code, |line| match line.chars().next() {
            Some('+') => ("added", line.len()),
            Some('-') => ("removed", line.len()),
            _ => ("", 0),
        }),
        "console" => by_line(code, |line| match line {
            command if command.starts_with("$ ") => ("prompt", 1),
            comment if comment.starts_with('#') => ("comment", comment.len()),
            _ => ("", 0),
        }),
        _ => html(code),
    }
}

/// Code of a language with a grammar. What the grammar can't make sense of, such as a part
/// of a program, has fewer colors.
fn parsed(language: &HighlightConfiguration, code: &str) -> String {
    let same =
        |name: &str| (name == language.language_name).then_some(language);
    let mut highlighter = Highlighter::new();
    let events = highlighter
        .highlight(language, code.as_bytes(), None, same)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let Ok(events) = events else {
        return html(code);
    };
    let mut result = String::with_capacity(4 * code.len());
    for event in events {
        match event {
            HighlightEvent::HighlightStart(kind) => {
                result.push_str(&open(KINDS[kind.0].1));
            }
            HighlightEvent::Source { start, end } => {
                result.push_str(&html(&code[start..end]));
            }
            HighlightEvent::HighlightEnd => result.push_str("</span>"),
        }
    }
    // A macro's name and its exclamation mark are two pieces of one kind.
    result.replace("</span><span class=\"hl-macro\">", "")
}

/// Code of which each line is something else: `kind` says what a line is, and how many
/// bytes of it are that.
fn by_line(code: &str, kind: impl Fn(&str) -> (&'static str, usize)) -> String {
    let mut result = String::new();
    for line in code.split_inclusive('\n') {
        let (kind, length) = kind(line.trim_end());
        let (marked, rest) = line.split_at(length);
        if !marked.is_empty() {
            result.push_str(&format!("{}{}</span>", open(kind), html(marked)));
        }
        result.push_str(&html(rest));
    }
    result
}

fn open(kind: &str) -> String {
    format!("<span class=\"hl-{kind}\">")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each piece of code with a kind, and the kind.
    fn kinds(language: &str, code: &str) -> Vec<String> {
        let html = inner(language, code);
        html.split("<span class=\"hl-")
            .skip(1)
            .filter_map(|piece| {
                let (kind, rest) = piece.split_once("\">")?;
                let text = rest.split('<').next()?;
                Some(format!("{kind}: {text}"))
            })
            .collect()
    }

    #[test]
    fn rust_has_kinds_within_macros_too() {
        let code = "#[tokio::main]\nasync fn f<'a>(x: &'a u8) -> Option<u8> {\n    \
                    println!(\"{}\", g(1).await); // done\n}\n";
        assert_eq!(
            kinds("rust", code),
            [
                "attribute: #[tokio::main]",
                "keyword: async",
                "keyword: fn",
                "function: f",
                "lifetime: a",
                "lifetime: a",
                "type: u8",
                "type: Option",
                "type: u8",
                "macro: println!",
                "string: &quot;{}&quot;",
                "function: g",
                "number: 1",
                "keyword: await",
                "comment: // done",
            ]
        );
    }

    #[test]
    fn python_has_kinds() {
        let code =
            "async def f():\n    if not x:\n        await g.h(1)  # done\n";
        assert_eq!(
            kinds("python", code),
            [
                "keyword: async",
                "keyword: def",
                "function: f",
                "keyword: if",
                "keyword: not",
                "keyword: await",
                "function: h",
                "number: 1",
                "comment: # done",
            ]
        );
    }

    #[test]
    fn lines_of_commands_and_differences_have_kinds() {
        let console = "$ cargo run\n# a comment\nTime: 3.0\n";
        assert_eq!(
            kinds("console", console),
            ["prompt: $", "comment: # a comment"]
        );
        let diff = " same\n-old\n+new\n";
        assert_eq!(kinds("diff", diff), ["removed: -old", "added: +new"]);
        assert!(kinds("text", "fn main() {}\n").is_empty());
    }

    #[test]
    fn a_block_becomes_one_line_wherever_it_stands() {
        let markdown = "a\n\n- b\n\n  ```text,x\n  1 < 2\n\n  3\n  ```\n\n  c\n\n\
                        ````\n```\n````\nd\n";
        assert_eq!(
            blocks(markdown),
            "a\n\n- b\n\n  <pre><code class=\"language-text\">1 &lt; \
             2&#10;&#10;3&#10;</code></pre>\n\n  c\n\n\
             <pre><code>```&#10;</code></pre>\nd\n"
        );
    }
}
