//! From HTML to the stricter form of it that EPUB asks for: every element is closed, every
//! attribute has a value, drawings say that they are SVG, and scripts are left out.

use std::cell::RefCell;
use std::fmt::Write;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

use crate::figure::html;

/// Elements that have nothing in them and no end.
const EMPTY: [&str; 8] =
    ["br", "col", "hr", "img", "input", "link", "source", "wbr"];

/// Names with capitals; HTML makes no difference, and XML does.
const WITH_CAPITALS: [&str; 9] = [
    "clipPath",
    "linearGradient",
    "markerHeight",
    "markerWidth",
    "preserveAspectRatio",
    "refX",
    "refY",
    "textLength",
    "viewBox",
];

/// The HTML, whose elements must be nested, as XHTML. `linked` says where a link leads.
pub fn from_html(html: &str, linked: fn(&str) -> String) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let writer = Writer {
        linked,
        state: RefCell::default(),
    };
    let tokenizer = Tokenizer::new(writer, TokenizerOpts::default());
    // Nothing makes it stop before the end.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.state.into_inner().text
}

/// Writes down what the tokenizer finds.
struct Writer {
    linked: fn(&str) -> String,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    text: String,
    /// The element that is being left out, and how many of its name are open.
    left_out: Option<(String, usize)>,
}

impl TokenSink for Writer {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let starts_script =
                    tag.kind == TagKind::StartTag && &*tag.name == "script";
                match &mut state.left_out {
                    Some((name, open)) if **name == *tag.name => {
                        match tag.kind {
                            TagKind::StartTag => *open += 1,
                            TagKind::EndTag => *open -= 1,
                        }
                        if *open == 0 {
                            state.left_out = None;
                        }
                    }
                    Some(_) => {}
                    None if needs_script(&tag) => {
                        state.left_out = Some((tag.name.to_string(), 1));
                    }
                    None => self.tag(&mut state.text, &tag),
                }
                if starts_script {
                    return TokenSinkResult::RawData(RawKind::ScriptData);
                }
            }
            Token::CharacterTokens(text) if state.left_out.is_none() => {
                state.text.push_str(&html(&text));
            }
            // Comments are for those who write the book.
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Writer {
    fn tag(&self, text: &mut String, tag: &Tag) {
        let name = spelled(&tag.name);
        let is_empty = EMPTY.contains(&name);
        if tag.kind == TagKind::EndTag {
            if !is_empty {
                let _ = write!(text, "</{name}>");
            }
            return;
        }
        let _ = write!(text, "<{name}");
        if name == "svg" {
            text.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
        }
        for attribute in &tag.attrs {
            let key = spelled(&attribute.name.local);
            if key == "xmlns" {
                continue;
            }
            let value = match key {
                "href" | "src" => (self.linked)(&attribute.value),
                _ => attribute.value.to_string(),
            };
            let _ = write!(text, " {key}=\"{}\"", html(&value));
        }
        text.push_str(if is_empty || tag.self_closing {
            "/>"
        } else {
            ">"
        });
    }
}

/// Scripts, their data, and the place that one would fill.
fn needs_script(tag: &Tag) -> bool {
    let is_player = || {
        tag.attrs.iter().any(|attribute| {
            &*attribute.name.local == "class" && &*attribute.value == "player"
        })
    };
    tag.kind == TagKind::StartTag && (&*tag.name == "script" || is_player())
}

/// A name as XML spells it.
fn spelled(name: &str) -> &str {
    WITH_CAPITALS
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(name))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(target: &str) -> String {
        target.to_owned()
    }

    #[test]
    fn what_html_leaves_open_is_closed() {
        assert_eq!(
            from_html(
                "<p>a<br>b<img src=x alt=\"&lt;\"></p>\n<input disabled>",
                same
            ),
            "<p>a<br/>b<img src=\"x\" alt=\"&lt;\"/></p>\n<input disabled=\"\"/>"
        );
        assert_eq!(
            from_html("a &amp; b&#10;&nbsp;c", same),
            "a &amp; b\n\u{a0}c"
        );
    }

    #[test]
    fn drawings_are_told_to_be_svg_and_keep_their_capitals() {
        assert_eq!(
            from_html(
                "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>",
                same
            ),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">\
             <path d=\"M0 0\"/></svg>"
        );
    }

    #[test]
    fn what_needs_a_script_is_left_out() {
        let html = "a<script type=\"x\">[\"<b>\"]</script><!-- c -->\
                    <div class=\"player\"><div>p</div></div><div>d</div>";
        assert_eq!(from_html(html, same), "a<div>d</div>");
    }

    #[test]
    fn links_are_rewritten() {
        let up = |target: &str| target.to_uppercase();
        assert_eq!(from_html("<a href=\"b\">c</a>", up), "<a href=\"B\">c</a>");
    }
}
