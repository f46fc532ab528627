//! Where words begin and end.

/// The words of a text, each with its place in bytes. What is joined by a hyphen are
/// several words; an apostrophe within a word belongs to it, and so does `_`: who writes
/// a name of a program as prose should hear of it. Numbers and addresses are no words.
pub fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    runs(text, |c| !c.is_whitespace())
        .filter(|(_, run)| !is_address(run))
        .flat_map(|(start, run)| {
            words(run).map(move |(at, word)| (start + at, word))
        })
}

/// The words of a text without spaces: of `x86` and `10th`, that is `x`.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let belongs = |c: char| c.is_alphabetic() || c == '_' || is_apostrophe(c);
    runs(text, belongs)
        .filter(|(at, run)| {
            let is_ending = matches!(*run, "st" | "nd" | "rd" | "th");
            !(is_ending && text[..*at].ends_with(|c: char| c.is_ascii_digit()))
        })
        .map(|(at, run)| {
            let word = run.trim_start_matches(is_apostrophe);
            let at = at + run.len() - word.len();
            (at, word.trim_end_matches(is_apostrophe))
        })
        .filter(|(_, word)| !word.is_empty())
}

/// The longest pieces of a text in which every character belongs.
fn runs(
    text: &str,
    belongs: impl Fn(char) -> bool + Copy,
) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    text.split_inclusive(move |c| !belongs(c))
        .map(move |run| {
            let start = end;
            end += run.len();
            (start, run.trim_end_matches(|c| !belongs(c)))
        })
        .filter(|(_, run)| !run.is_empty())
}

/// Whether a text is like `https://rustup.rs`, `docs.rs` or `3.14`: after its dot it goes
/// on, and not with a new sentence.
fn is_address(text: &str) -> bool {
    let goes_on = |c: char| c.is_lowercase() || c.is_ascii_digit();
    text.contains("://")
        || text.match_indices('.').any(|(at, _)| {
            text[..at].ends_with(char::is_alphanumeric)
                && text[at + 1..].starts_with(goes_on)
        })
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}
