//! A spell check of all that readers read: the chapters, the comments in the listings,
//! the README. A word is right if the dictionary of Harper has it as American English,
//! or if `words.txt` beside this crate's manifest lists it.
//!
//! It is a crate of its own, and nothing but tests, since the dictionary takes long to
//! compile: `cargo run` does without.
#![cfg(test)]

mod lexicon;
mod message;
mod plants;
mod prose;
mod texts;
mod words;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use book::files;
use book::problem::Problems;

use lexicon::{Lexicon, List};
use texts::Text;

/// The words of the book that no dictionary has, relative to its root.
const WORDS: &str = "ci/spelling/words.txt";

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let list = files::read(&root().join(WORDS)).expect("there is a word list");
    Lexicon::new(List::read(&list))
});

fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .expect("the book's root is two levels up")
}

/// The misspelled words of a text in Markdown, each with its line.
fn misspelled(markdown: &str) -> Vec<(usize, String)> {
    let words = prose::words(markdown).into_iter();
    words
        .filter(|word| !LEXICON.is_right(&word.text))
        .map(|word| (line(markdown, word.offset), word.text))
        .collect()
}

/// The line of an offset, counted from 1.
fn line(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

#[test]
fn every_word_of_the_book_is_right() {
    let mut problems = Problems::new();
    for Text { file, markdown } in texts::all(root()) {
        for (line, word) in misspelled(&markdown) {
            let problem = message::misspelled(&file, &word, &LEXICON);
            problems.push(problem.at(line));
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn the_list_has_the_words_that_it_needs_and_no_others() {
    let texts = texts::all(root());
    let words = texts.iter().flat_map(|text| prose::words(&text.markdown));
    let used: BTreeSet<String> = words
        .filter_map(|word| LEXICON.listed(&word.text).map(str::to_owned))
        .collect();
    let problems = faults_of_list(&LEXICON.list, &used);
    assert!(problems.is_empty(), "{problems}");
}

/// What is wrong with a list of which the texts use these words.
fn faults_of_list(list: &List, used: &BTreeSet<String>) -> Problems {
    let mut problems = Problems::new();
    let mut before: Option<&str> = None;
    for (line, word) in list.lines() {
        let fault = match before {
            Some(before) if before == word => Some(message::twice(word)),
            Some(before) if List::order(before) > List::order(word) => {
                Some(message::out_of_order(word, before))
            }
            _ if LEXICON.is_american(word) => Some(message::needless(word)),
            _ if !used.contains(word) => Some(message::unused(word)),
            _ => None,
        };
        if let Some(fault) = fault {
            problems.push(fault.at(line));
        }
        before = Some(word);
    }
    problems
}

#[test]
fn a_wrong_list_is_told_what_is_wrong_with_it() {
    let list = "# A comment.\nTokio\nbasync\nbasync\n\nwaiter\nzyzzy\n";
    let used = ["Tokio", "basync"].map(str::to_owned).into();
    let said = faults_of_list(&List::read(list), &used).to_string();
    for fault in [
        "`basync` comes after `Tokio`\n  --> ci/spelling/words.txt:3\n",
        "`basync` is listed twice\n  --> ci/spelling/words.txt:4\n",
        "the dictionary knows `waiter` already\n  --> ci/spelling/words.txt:6\n",
        "no text has the word `zyzzy`\n  --> ci/spelling/words.txt:7\n",
        "4 errors",
    ] {
        assert!(said.contains(fault), "{fault}\nis not in\n{said}");
    }
}

#[test]
fn a_wrong_word_is_told_what_to_be() {
    for (word, what, help) in [
        (
            "Recieve",
            "has the word `Recieve`",
            "did you mean `receive`?",
        ),
        ("Tokoi", "has the word `Tokoi`", "or `Tokio`?"),
        (
            "colour",
            "`colour` is not American",
            "did you mean `color`?",
        ),
        ("xyzzyx", "has the word `xyzzyx`", "write it otherwise"),
    ] {
        let problem = message::misspelled(Path::new("a.md"), word, &LEXICON);
        assert!(problem.what.contains(what), "{problem}");
        assert!(problem.help.contains(help), "{problem}");
    }
}

#[test]
fn words_are_looked_up_in_the_forms_that_they_take() {
    let right = "wait Wait WAIT it's It’s task's tasks can't I'm a A Monday Monday's \
                 Tokio Tokio's waker Waker WAKER waker's canceled color Rust";
    for word in right.split_whitespace() {
        assert!(LEXICON.is_right(word), "{word} is right");
    }
    let wrong = "wiat wAit its' isnt ca'nt monday tokio's TOKIO wakker JoinSet block_on \
                 cancelled colour Behaviour";
    for word in wrong.split_whitespace() {
        assert!(!LEXICON.is_right(word), "{word} is wrong");
    }
}

#[test]
fn prose_is_all_but_code_and_addresses_and_directives() {
    for (markdown, wrong) in [
        (
            "# Wrod\n\nAn *wrod* and **a wrod**.\n",
            "1 Wrod, 3 wrod, 3 wrod",
        ),
        ("un*knwon* wo**rd**\n", "1 unknwon"),
        (
            "| wrod | a |\n| --- | --- |\n| a | wrod |\n",
            "1 wrod, 3 wrod",
        ),
        ("[Tokio](a.md)'s and [wro](a.md)d\n", "1 wrod"),
        ("- a\n\n  > a\n  > wrod\n", "4 wrod"),
        (
            "[wrod](knwon.md \"knwon\") ![wrod](knwon.png)\n",
            "1 wrod, 1 wrod",
        ),
        (
            "`knwon` and `knwon`'s `Knwon`s\n\n```text\nknwon\n```\n",
            "",
        ),
        (
            "{{#race knwon wrod}}\n\nIn {{#seconds knwon}}, wrod\n",
            "3 wrod",
        ),
        (
            "<p class=\"knwon\">\n<!-- knwon -->\nwrod <code>knwon</code>\n</p>\n",
            "3 wrod",
        ),
        (
            "<svg>\n<text x=\"1\">wrod</text><title>wrod</title></svg>\n",
            "2 wrod, 2 wrod",
        ),
        ("a <b>wrod</b>, <code>knwon</code>\n", "1 wrod"),
        ("<code>knwon *knwon*\n\nwrod\n", "3 wrod"),
        (
            "https://knwon.org <https://knwon.org> knwon.rs/knwon, 1.5knwon\n",
            "",
        ),
        ("the 1st, 22nd, 3rd and 10th of x86: E0752\n", ""),
        (
            "half-wrod, wrod/a wrod's wrod-\nwrod\n",
            "1 wrod, 1 wrod, 1 wrod's, 1 wrod, 2 wrod",
        ),
        (
            "block_on, JoinSet, the colour\n",
            "1 block_on, 1 JoinSet, 1 colour",
        ),
    ] {
        let found = misspelled(markdown).into_iter();
        let found: Vec<String> =
            found.map(|(line, word)| format!("{line} {word}")).collect();
        assert_eq!(found.join(", "), wrong, "{markdown}");
    }
}

/// One misspelling at a time is planted all over each chapter: it is found where it is.
#[test]
fn what_is_planted_into_a_chapter_is_found() {
    let (mut planted, mut missed) = (0, Vec::new());
    for Text { file, markdown } in texts::chapters(root()) {
        for (word, wrong) in plants::of(&markdown, &LEXICON) {
            let mut spoiled = markdown.clone();
            let end = word.offset + word.text.len();
            spoiled.replace_range(word.offset..end, &wrong);
            let line = line(&markdown, word.offset);
            planted += 1;
            if !misspelled(&spoiled).contains(&(line, wrong.clone())) {
                missed.push(format!("{}:{line}: {wrong}", file.display()));
            }
        }
    }
    println!("caught {} of {planted}", planted - missed.len());
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}
