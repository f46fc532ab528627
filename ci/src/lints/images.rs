//! Pictures: each has words for who can't see it.

use std::sync::LazyLock;

use regex::Regex;

use super::Checked;
use crate::message;
use crate::problem::Problems;

pub(super) fn check(checked: &Checked) -> Problems {
    static IMAGE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<img\b[^>]*>").expect("a regex"));
    static ALT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"\balt="[^"]+""#).expect("a regex"));
    static DRAWING: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<svg\b[^>]*>").expect("a regex"));
    let mut problems = Problems::new();
    let file = &checked.chapter.file;
    for link in checked.prose.links.iter().filter(|link| link.image) {
        if link.text.trim().is_empty() {
            problems.push(message::no_alt(file, &link.target).at(link.line));
        }
    }
    for html in &checked.prose.html {
        let images = IMAGE.find_iter(&html.text);
        for image in images.filter(|image| !ALT.is_match(image.as_str())) {
            let line = html.line + lines_before(&html.text, image.start());
            problems.push(message::no_alt(file, image.as_str()).at(line));
        }
    }
    // A drawing may stretch over several pieces of HTML, one for each line.
    let all = &checked.chapter.markdown;
    for drawing in DRAWING.find_iter(all) {
        let rest = &all[drawing.end()..];
        let inside = rest.split("</svg>").next().unwrap_or_default();
        let has_words = drawing.as_str().contains("aria-label")
            || drawing.as_str().contains("aria-hidden")
            || inside.contains("<title>");
        if !has_words {
            let line = lines_before(all, drawing.start()) + 1;
            problems.push(message::no_alt(file, "<svg>").at(line));
        }
    }
    problems
}

fn lines_before(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count()
}
