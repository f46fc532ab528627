//! Misspellings to be found: they show that the spell check can fail.

use crate::lexicon::Lexicon;
use crate::prose::{self, Word};

/// Of so many words one is misspelled.
const DISTANCE: usize = 40;

/// Words from all over a text, each with a misspelling of it.
pub fn of(markdown: &str, lexicon: &Lexicon) -> Vec<(Word, String)> {
    let words = prose::words(markdown);
    let mut plants = Vec::new();
    for (turn, words) in words.chunks(DISTANCE).enumerate() {
        plants.extend(words.iter().find_map(|word| {
            Some((word.clone(), misspell(&word.text, turn, lexicon)?))
        }));
    }
    let least = (words.len() / DISTANCE).max(1);
    assert!(plants.len() >= least, "{plants:?} are less than {least}");
    plants
}

/// The word with two of its letters swapped or one of them left out, so that it is no
/// other word, if there is such a mistake. The first letter stays.
fn misspell(word: &str, turn: usize, lexicon: &Lexicon) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let are_letters = letters.iter().all(|c| c.is_alphabetic());
    let last = letters.len() - 1;
    (1..last)
        .filter(|_| are_letters)
        .flat_map(|at| {
            let mut swapped = letters.clone();
            swapped.swap(at, at + 1);
            let mut dropped = letters.clone();
            dropped.remove(at);
            match turn % 2 {
                0 => [swapped, dropped],
                _ => [dropped, swapped],
            }
        })
        .map(String::from_iter)
        .find(|mistake| !lexicon.is_right(mistake))
}
