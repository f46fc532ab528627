//! Which words are right.

use std::sync::Arc;

use book::message;
use harper_core::Dialect;
use harper_core::spell::{self, Dictionary, FstDictionary};

/// The words of the book that no dictionary has: one a line, in the order of the
/// alphabet. `#` begins a comment.
pub struct List(Vec<(usize, String)>);

impl List {
    pub fn read(text: &str) -> List {
        let lines = (1..).zip(text.lines().map(str::trim));
        let words = lines
            .filter(|(_, word)| !word.is_empty() && !word.starts_with('#'));
        List(words.map(|(line, word)| (line, word.to_owned())).collect())
    }

    /// The words, each with its line counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.0.iter().map(|(line, word)| (*line, word.as_str()))
    }

    /// What words are sorted by: capitals stand with the small letters.
    pub fn order(word: &str) -> (String, &str) {
        (word.to_lowercase(), word)
    }

    fn get(&self, word: &str) -> Option<&str> {
        let mut words = self.0.iter().map(|(_, word)| word.as_str());
        words.find(|listed| *listed == word)
    }
}

/// A dictionary of English, and a list of more words.
pub struct Lexicon {
    english: Arc<FstDictionary>,
    pub list: List,
}

impl Lexicon {
    pub fn new(list: List) -> Lexicon {
        let english = FstDictionary::curated();
        Lexicon { english, list }
    }

    /// Whether a word is spelled right.
    pub fn is_right(&self, word: &str) -> bool {
        self.is_american(word) || self.listed(word).is_some()
    }

    /// Whether the dictionary has it as American English. Single letters are names.
    pub fn is_american(&self, word: &str) -> bool {
        forms(word).iter().any(|form| {
            form.chars().count() == 1
                || self.has(form) && self.has_american(form)
        })
    }

    /// Whether the dictionary has it, but not as American English.
    pub fn is_foreign(&self, word: &str) -> bool {
        !self.is_american(word) && forms(word).iter().any(|form| self.has(form))
    }

    /// The word of the list that makes this one right.
    pub fn listed(&self, word: &str) -> Option<&str> {
        forms(word).iter().find_map(|form| self.list.get(form))
    }

    /// The right words that look most like a wrong one: of the dictionary and of the
    /// list.
    pub fn closest(&self, wrong: &str) -> Vec<String> {
        let small = wrong.to_lowercase();
        let english =
            spell::suggest_correct_spelling_str(&small, 100, 2, &self.english);
        let english = english.iter().map(String::as_str);
        let english = english.filter(|word| self.is_american(word));
        let listed = self.list.lines().map(|(_, word)| word);
        [
            message::closest(&small, english),
            message::closest(wrong, listed),
        ]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect()
    }

    fn has(&self, form: &str) -> bool {
        self.english.contains_exact_word_str(form)
    }

    fn has_american(&self, form: &str) -> bool {
        let metadata = self.english.get_word_metadata_str(form);
        metadata.is_some_and(|metadata| {
            metadata.dialects.is_dialect_enabled(Dialect::American)
        })
    }
}

/// What to look up for a word: it may own something, begin a sentence, or be written in
/// capitals.
fn forms(word: &str) -> Vec<String> {
    let word = word.replace('’', "'");
    let owner = word.strip_suffix("'s").map(str::to_owned);
    let mut forms = vec![word];
    forms.extend(owner);
    let capitals = forms.iter().filter(|form| has_plain_capitals(form));
    let small: Vec<String> = capitals.map(|form| form.to_lowercase()).collect();
    forms.extend(small);
    forms
}

/// Whether only the first letter is a capital, or all of them.
fn has_plain_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = letters.next();
    first.is_some_and(char::is_uppercase)
        && (letters.clone().all(char::is_lowercase)
            || letters.all(char::is_uppercase))
}
