//! Making a new listing or chapter: the check agrees with it at once; what can't be made is
//! refused with a reason and a suggestion, and leaves no trace.

mod common;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use book::files;
use common::Fixture;

/// A book of two parts, whose listings are recorded. Whoever holds it may change it, one
/// at a time.
fn book() -> (MutexGuard<'static, ()>, Fixture) {
    static ONE: Mutex<()> = Mutex::new(());
    let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let book = Fixture::kept("new", include_str!("new.rs"));
    for folder in ["listings", "src"] {
        let folder = book.path().join(folder);
        let emptied = std::fs::remove_dir_all(&folder)
            .and_then(|()| std::fs::create_dir_all(&folder));
        emptied.expect("the last test's folder goes");
    }
    let manifest = book.read("Cargo.toml");
    let manifest = manifest
        + "[workspace.package]\nedition = \"2024\"\npublish = false\n\
           [workspace.lints.rust]\nmissing_docs = \"warn\"\n";
    book.write("Cargo.toml", &manifest);
    book.write(
        "src/SUMMARY.md",
        "# Summary\n\n# One\n\n- [Start](one/start.md)\n\n# Reference\n\n\
         - [Terms](reference/terms.md)\n",
    );
    book.write(
        "src/one/start.md",
        "# Start\n\nWords.\n\n## In short\n\nNo.\n",
    );
    book.write("src/reference/terms.md", "# Terms\n");
    (alone, book)
}

/// All that `new` may write.
fn state(book: &Fixture) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["listings", "src"] {
        let below = files::below(&book.path().join(folder)).into_iter();
        files.extend(below.map(|(file, b)| (format!("{folder}/{file}"), b)));
    }
    files.insert("Cargo.lock".into(), book.read("Cargo.lock").into_bytes());
    files
}

fn made(book: &Fixture, arguments: &[&str], says: &[&str]) {
    let said = book.run(&[&["new"], arguments].concat());
    assert!(said.success, "{}", said.text);
    said.has(says);
}

#[test]
fn the_check_agrees_at_once_with_all_that_is_new() {
    let (_alone, book) = book();
    made(
        &book,
        &["listing", "one/hello"],
        &["  listings/one/hello/src/main.rs\n", "src/one/start.md:12."],
    );
    made(
        &book,
        &["chapter", "one/second", "A second one"],
        &["  src/one/second.md\n", "cargo run -- bless second"],
    );
    made(
        &book,
        &["listing", "one/again", "--chapter", "one/second.md"],
        &["  src/one/second.md\n"],
    );
    made(
        &book,
        &[
            "chapter",
            "mistakes/forgets",
            "Forgets",
            "--part",
            "Mistakes",
        ],
        &["cargo run -- bless forgets-wrong forgets-right"],
    );
    made(
        &book,
        &[
            "chapter",
            "reference/more",
            "More",
            "--listing",
            "more-of-it",
        ],
        &["  listings/reference/more-of-it/Cargo.toml\n"],
    );
    made(
        &book,
        &["chapter", "patterns/turns", "Turns", "--part", "Patterns"],
        &["  listings/patterns/turns-exercise/src/judge.rs\n"],
    );
    let said = book.run(&["check"]);
    assert!(said.success, "{}", said.text);
    said.has(&["8 listings in ", "8 agree"]);
    let said = book.run(&["build"]);
    assert!(said.success, "{}", said.text);
    assert_eq!(
        book.read("src/SUMMARY.md"),
        "# Summary\n\n# One\n\n- [Start](one/start.md)\n- [A second one](one/second.md)\n\n\
         # Mistakes\n\n- [Forgets](mistakes/forgets.md)\n\n\
         # Patterns\n\n- [Turns](patterns/turns.md)\n\n# Reference\n\n\
         - [Terms](reference/terms.md)\n- [More](reference/more.md)\n"
    );
    assert_eq!(
        book.read("listings/one/hello/output.txt"),
        "Hello from hello\n"
    );
}

#[test]
fn what_cannot_be_made_is_refused_with_a_reason_and_a_suggestion() {
    let (_alone, book) = book();
    made(&book, &["chapter", "one/hello", "Hello"], &[]);
    book.write("listings/one/empty/notes.txt", "for later\n");
    let before = state(&book);
    for (arguments, says) in [
        (
            &["listing", "greets"][..],
            "error: `greets` does not say to which part it belongs\n  help: write PART/NAME, \
             such as one/greets; the parts are one, reference\n",
        ),
        (
            &["listing", "on/greets"],
            "has no part `on`\n  help: did you mean `one`? All of the parts are one, reference\n",
        ),
        (
            &["listing", "pieces/greets"],
            "to begin a new one: cargo run -- new chapter pieces/NAME \"Title\" --part",
        ),
        (
            &["listing", "one/SayHello"],
            "it has `S`, and names are of small letters, digits and hyphens\n  help: \
             `say-hello` would do\n",
        ),
        (&["listing", "one/Hello"], "help: `hello-2` would do\n"),
        (
            &["listing", "one/async"],
            "means something else to cargo, to Rust or to a system\n  help: `a-async` would do",
        ),
        (
            &["listing", "one/hello"],
            "the name `hello` is taken by the listing in listings/one/hello\n  help: `hello-2` \
             is free; or change what is there\n",
        ),
        (
            &["listing", "reference/empty"],
            "the name `empty` is taken by the folder listings/one/empty\n",
        ),
        (
            &["listing", "one/new", "--chapter", "src/one/strat.md"],
            "there is no chapter src/one/strat.md in a part of the book\n  help: did you mean \
             `src/one/start.md`?",
        ),
        (
            &["chapter", "one/start", "Another start"],
            "the name `start` is taken by the chapter src/one/start.md\n  help: `start-2` is free",
        ),
        (
            &["chapter", "one/second", "Second", "--listing", "hello"],
            "the chapter's program can't be named `hello`: that is the listing in \
             listings/one/hello\n  help: give it another name: --listing hello-2\n",
        ),
        (
            &["chapter", "one/second", "Start"],
            "a chapter has the title \"Start\" already\n",
        ),
        (
            &["chapter", "one/second", " "],
            "\" \" can't be a title: it is empty\n  help: write it as a reader says it",
        ),
        (
            &["chapter", "one/second", "A [link]"],
            "can't be a title: signs such as [",
        ),
        (
            &["chapter", "one/second", "Second", "--part", "One"],
            "the part `one` is there already\n  help: leave --part out",
        ),
    ] {
        let said = book.run(&[&["new"], arguments].concat());
        assert!(!said.success, "{arguments:?}: {}", said.text);
        said.has(&[says]);
        assert_eq!(state(&book), before, "{arguments:?} left something");
    }
}

#[test]
fn what_fails_half_way_leaves_no_trace() {
    let (_alone, book) = book();
    made(&book, &["listing", "one/hello"], &[]);
    let before = state(&book);
    let manifest = book.read("Cargo.toml");
    book.write("Cargo.toml", &format!("{manifest}[dependencies]\n"));
    let said = book.run(&["new", "chapter", "two/new", "New", "--part", "Two"]);
    assert!(!said.success, "{}", said.text);
    said.has(&["Cargo.toml"]);
    assert_eq!(state(&book), before);
    assert!(!book.path().join("listings/two").exists());
}
