//! What is said about a wrong word, and about a wrong line of the list.

use std::path::Path;

use book::problem::Problem;

use crate::WORDS;
use crate::lexicon::Lexicon;

/// A word that neither the dictionary nor the list has.
pub fn misspelled(file: &Path, word: &str, lexicon: &Lexicon) -> Problem {
    let what = match lexicon.is_foreign(word) {
        true => format!("`{word}` is not American English"),
        false => format!("neither dictionary nor list has the word `{word}`"),
    };
    let closest = lexicon.closest(word).join("` or `");
    let question = match closest.is_empty() {
        true => String::new(),
        false => format!("did you mean `{closest}`? "),
    };
    let help = format!(
        "{question}write it otherwise, or, if it is right, add it to {WORDS}; a name \
         from a program is a `code span`",
    );
    Problem::in_file(file, what, help)
}

/// The list has a word a second time.
pub fn twice(word: &str) -> Problem {
    Problem::in_file(
        WORDS,
        format!("`{word}` is listed twice"),
        "remove one of the lines",
    )
}

/// The list is not sorted.
pub fn out_of_order(word: &str, before: &str) -> Problem {
    Problem::in_file(
        WORDS,
        format!("`{word}` comes after `{before}`"),
        "put it where the alphabet has it; capitals stand with the small letters",
    )
}

/// The list has a word that is right without it.
pub fn needless(word: &str) -> Problem {
    Problem::in_file(
        WORDS,
        format!("the dictionary knows `{word}` already"),
        "remove the line",
    )
}

/// The list has a word that stands nowhere.
pub fn unused(word: &str) -> Problem {
    Problem::in_file(
        WORDS,
        format!("no text has the word `{word}`"),
        "remove the line; a word with capitals is right only as it is listed",
    )
}
