//! Which names are good for a listing or a chapter, and which are free.

/// Programs, files or folders of these names mean something else to cargo, to Rust or to
/// an operating system.
const RESERVED: [&str; 60] = [
    "abstract",
    "alloc",
    "as",
    "async",
    "aux",
    "await",
    "become",
    "box",
    "break",
    "build",
    "con",
    "const",
    "continue",
    "core",
    "crate",
    "deps",
    "do",
    "dyn",
    "else",
    "enum",
    "examples",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "incremental",
    "index",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "nul",
    "override",
    "priv",
    "prn",
    "proc-macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "unsafe",
    "use",
    "while",
];

/// The longest name, in characters: it stands in commands and captions.
const LONGEST: usize = 32;

/// Why nothing may have this name, if so, as the end of a sentence.
pub fn fault(name: &str) -> Option<String> {
    let is_good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let words = || name.split('-');
    if name.is_empty() {
        return Some("there is none".to_owned());
    }
    if let Some(c) = name.chars().find(|c| !is_good(*c) && *c != '-') {
        let what = match c {
            ' ' => "a space".to_owned(),
            '/' => "more than one slash".to_owned(),
            c if c.is_control() => "a control character".to_owned(),
            c => format!("`{c}`"),
        };
        return Some(format!(
            "it has {what}, and names are of small letters, digits and hyphens"
        ));
    }
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some("it does not begin with a letter".to_owned());
    }
    if words().any(str::is_empty) {
        return Some("a hyphen stands between two words only".to_owned());
    }
    if name.len() > LONGEST {
        return Some(format!("it has more than {LONGEST} characters"));
    }
    RESERVED.contains(&name).then(|| {
        "it means something else to cargo, to Rust or to a system".to_owned()
    })
}

/// A good name that is like this one, and free; nothing if there is nothing like it.
pub fn like(name: &str, is_free: impl Fn(&str) -> bool) -> Option<String> {
    let tidy = tidied(name);
    let tidy = match RESERVED.contains(&tidy.as_str()) {
        true => format!("a-{tidy}"),
        false => tidy,
    };
    let others = (2..100).map(|number| format!("{tidy}-{number}"));
    std::iter::once(tidy.clone())
        .chain(others)
        .find(|name| fault(name).is_none() && is_free(name))
}

/// Its words in small letters, with hyphens between them.
fn tidied(name: &str) -> String {
    let mut tidy = String::new();
    let mut was_small = false;
    for c in name.chars() {
        let goes_on = c.is_ascii_alphanumeric();
        let begins_word = !goes_on || (was_small && c.is_ascii_uppercase());
        if begins_word && !tidy.is_empty() && !tidy.ends_with('-') {
            tidy.push('-');
        }
        let begins = !tidy.is_empty() || c.is_ascii_alphabetic();
        if goes_on && begins && tidy.len() < LONGEST {
            tidy.push(c.to_ascii_lowercase());
        }
        was_small = c.is_ascii_lowercase();
    }
    tidy.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_name_is_refused_with_the_reason_and_a_good_one_like_it() {
        let long = "a".repeat(40);
        for (name, reason, suggestion) in [
            ("", "there is none", None),
            ("Sum", "it has `S`", Some("sum")),
            ("SumAsync", "it has `S`", Some("sum-async")),
            ("sum_async", "it has `_`", Some("sum-async")),
            ("sum async", "it has a space", Some("sum-async")),
            ("a/b", "more than one slash", Some("a-b")),
            ("../up", "it has `.`", Some("up")),
            ("3-sums", "does not begin with a letter", Some("sums")),
            ("-sum", "does not begin with a letter", Some("sum")),
            ("sum-", "between two words", Some("sum")),
            ("a--b", "between two words", Some("a-b")),
            ("async", "means something else", Some("a-async")),
            ("数", "it has `数`", None),
            (&long, "more than 32", Some(&long[..32])),
        ] {
            let fault = fault(name).unwrap_or_default();
            assert!(fault.contains(reason), "{name}: {fault}");
            let like = like(name, |_| true);
            assert_eq!(like.as_deref(), suggestion, "{name}");
        }
        assert_eq!(fault("sum-async-2"), None);
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn a_suggestion_is_free() {
        let like = like("sum", |name| !["sum", "sum-2"].contains(&name));
        assert_eq!(like.as_deref(), Some("sum-3"));
    }
}
