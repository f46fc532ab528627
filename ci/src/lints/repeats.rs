//! Words that stand there twice, as in "the the".

use std::sync::LazyLock;

use regex::Regex;

use super::Checked;
use crate::message;
use crate::problem::Problems;

pub(super) fn check(checked: &Checked) -> Problems {
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[\p{L}']+").expect("a regex"));
    let mut problems = Problems::new();
    for stretch in &checked.prose.stretches {
        let text = &stretch.text;
        let words: Vec<_> = WORD.find_iter(text).collect();
        for pair in words.windows(2) {
            let (first, second) = (pair[0], pair[1]);
            let only_space = text[first.end()..second.start()]
                .chars()
                .all(char::is_whitespace);
            // "The the" is a slip, "in [In order]" is none.
            let (word, again) = (first.as_str(), second.as_str());
            let same = word == again || word.to_lowercase() == again;
            if only_space && same {
                let problem = message::repeated_word(
                    &checked.chapter.file,
                    second.as_str(),
                );
                problems.push(problem.at(stretch.line(second.start())));
            }
        }
    }
    problems
}
