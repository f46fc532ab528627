//! Words for the search. mdBook's index cuts text at spaces and hyphens alone and finds what
//! begins like a word, so that `asyncio.gather(f(), g())` would never be found by "gather".
//!
//! ```text
//! `asyncio.gather(f(), g())`   →   `asyncio.gather(f(), g())`<span hidden>gather</span>
//! ```
//!
//! A hidden word is in the index and nowhere else: it is not shown, read aloud or copied.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Shorter names, such as `f`, are not worth finding.
const SHORTEST: usize = 3;

/// A chapter's Markdown, with the names that the index would not have behind the code that
/// they stand in; each once in a section.
pub fn with_words(markdown: &str) -> String {
    let mut result = String::with_capacity(markdown.len());
    let mut end = 0;
    let mut known = BTreeSet::new();
    // In a heading they would become part of its address, in a picture of its description,
    // and in a quiz of a choice.
    let mut barred = 0;
    for (event, range) in
        Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter()
    {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                barred += 1;
                known.clear();
            }
            Event::Start(Tag::Image { .. }) => barred += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::Image) => barred -= 1,
            Event::Html(html) if html.contains("<section") => barred += 1,
            Event::Html(html) if html.contains("</section>") => barred -= 1,
            Event::Code(code) if barred == 0 => {
                let words: Vec<&str> = unfound(&code)
                    .into_iter()
                    .filter(|word| known.insert((*word).to_owned()))
                    .collect();
                if !words.is_empty() {
                    let words = words.join(" ");
                    result.push_str(&markdown[end..range.end]);
                    result.push_str(&format!("<span hidden>{words}</span>"));
                    end = range.end;
                }
            }
            _ => {}
        }
    }
    result.push_str(&markdown[end..]);
    result
}

/// The names in a piece of code that none of its words in the index begins with.
fn unfound(code: &str) -> Vec<&str> {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    let indexed: Vec<&str> = code
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|word| word.trim_matches(|c| !in_name(c)))
        .collect();
    code.split(|c| !in_name(c))
        .filter(|name| name.len() >= SHORTEST)
        .filter(|name| name.starts_with(|c: char| c.is_alphabetic()))
        .filter(|name| !indexed.iter().any(|word| word.starts_with(name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_word_if_the_index_would_not_have_it() {
        assert_eq!(unfound("asyncio.gather(f(), g())"), ["gather"]);
        assert_eq!(
            unfound("tokio::time::sleep(Duration::from_secs(1))"),
            ["time", "sleep", "Duration", "from_secs"]
        );
        assert_eq!(unfound("join_all(list)"), ["list"]);
        for found in ["join_all", ".await", "sum-async", "async fn f()"] {
            assert!(unfound(found).is_empty(), "{found}");
        }
    }

    #[test]
    fn a_word_comes_once_in_a_section_and_in_no_heading_or_quiz() {
        let markdown = "# A `x.one`\n\n<section>\n\n- `x.one`\n\n</section>\n\n`x.one`, `x.one`\n\n| a |\n| --- |\n\
                        | [`x.two`](#a) |\n\n# B\n\n`x.one` ![`x.two`](p.svg)\n";
        assert_eq!(
            with_words(markdown),
            "# A `x.one`\n\n<section>\n\n- `x.one`\n\n</section>\n\n`x.one`<span hidden>one</span>, `x.one`\n\n| a |\n| --- |\n\
             | [`x.two`<span hidden>two</span>](#a) |\n\n# B\n\n\
             `x.one`<span hidden>one</span> ![`x.two`](p.svg)\n"
        );
    }
}
