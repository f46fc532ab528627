//! Mistakes made on purpose, and who would have told you of them: what compiler and clippy
//! say of the wrong listing, and clippy not of the right one, becomes a golden and the page.

mod common;

use common::Fixture;

const RIGHT: &str = "fn add(a: u32, b: u32) -> u32 {\n    a.wrapping_add(b)\n}\n\n\
                     fn main() {\n    println!(\"{}\", add(1, 2));\n}\n";

/// The same with a needless reference, of which only the group `pedantic` speaks.
const WRONG: &str = "fn add(a: &u32, b: u32) -> u32 {\n    a.wrapping_add(b)\n}\n\n\
                     fn main() {\n    println!(\"{}\", add(&1, 2));\n}\n";

const PAGE: &str = "# The needless reference\n\n## What you see\n\n\
                    {{#predict by-reference-wrong last}}\nWhat is printed?\n\n- 3\n\
                    - 4 | One more.\n{{#end}}\n\n\
                    ## The wrong run\n\n{{#listing by-reference-wrong}}\n\n## Why\n\n\
                    ## The right run\n\n{{#listing by-reference-right}}\n\n\
                    ## Who would have told you\n\n{{#who by-reference}}\n\n## Change it\n\n\
                    Back to [the start](../start.md).\n";

fn book() -> Fixture {
    let book = Fixture::new();
    book.listing("by-reference-right", RIGHT, "");
    book.listing("by-reference-wrong", WRONG, "mistake = \"it is slow\"");
    book.write(
        "src/start.md",
        "# Start\n\n{{#mistakes symptom}}\n\n{{#mistakes teller}}\n",
    );
    book.write("src/mistakes/by-reference.md", PAGE);
    book.write(
        "src/SUMMARY.md",
        "# Summary\n\n- [Start](start.md)\n- [Reference](mistakes/by-reference.md)\n",
    );
    book
}

const GOLDEN: &str = "listings/part/by-reference-wrong/lints.txt";

#[test]
fn what_clippy_says_when_it_is_asked_for_more_becomes_golden_and_page() {
    let book = book();
    let said = book.run(&["bless"]);
    assert!(said.success, "{}", said.text);
    let lints = book.read(GOLDEN);
    assert_eq!(
        lints,
        "clippy::trivially_copy_pass_by_ref (pedantic) at line 1\n"
    );

    let said = book.run(&["build"]);
    assert!(said.success, "{}", said.text);
    let page = book.read("book/mistakes/by-reference.html");
    assert!(page.contains("trivially_copy_pass_by_ref"), "{page}");
    assert!(page.contains("ends as if all were well"), "{page}");
    let start = book.read("book/start.html");
    for words in [
        "It is slow",
        "<a href=\"mistakes/by-reference.html\">The needless reference</a>",
        "Clippy, asked for more",
    ] {
        assert!(start.contains(words), "{words}: {start}");
    }

    book.write(GOLDEN, "clippy::another (pedantic) at line 1\n");
    let said = book.run(&["check"]);
    assert!(!said.success, "{}", said.text);
    said.has(&[
        "clippy says something else about `by-reference-wrong`",
        &format!("--> {GOLDEN}:1\n"),
        "+ clippy::trivially_copy_pass_by_ref (pedantic) at line 1",
    ]);
}

#[test]
fn who_warns_without_being_announced_is_told_and_nothing_is_blessed() {
    let book = book();
    for (line, says, key) in [
        ("let unused = 3;", "the compiler warns of", "warns"),
        ("let _ = [1].len() == 0;", "clippy warns of", "clippy"),
    ] {
        let source = WRONG.replace("main() {", &format!("main() {{ {line}"));
        book.write("listings/part/by-reference-wrong/src/main.rs", &source);
        let said = book.run(&["bless", "by-reference-wrong"]);
        assert!(!said.success, "{}", said.text);
        said.has(&[says, &format!("say `{key} = true` in")]);
        assert!(!book.path().join(GOLDEN).exists());
    }
}

#[test]
fn a_mistake_needs_its_right_listing_its_page_and_its_place_in_the_plan() {
    let book = book();
    let said = book.run(&["bless"]);
    assert!(said.success, "{}", said.text);
    let page = "src/mistakes/by-reference.md";
    for (file, from, to, says) in [
        (
            page,
            "{{#who by-reference}}",
            "",
            "no chapter says who would have told you",
        ),
        (
            page,
            "## Why",
            "## Because",
            "the heading “Why” should stand here",
        ),
        (
            page,
            "#who by-reference",
            "#who by-value",
            "no listing named `by-value-wrong`",
        ),
        (
            "src/start.md",
            "{{#mistakes teller}}",
            "{{#mistakes size}}",
            "mistakes can't be sorted by `size`",
        ),
        (
            "listings/part/by-reference-wrong/Cargo.toml",
            "mistake = ",
            "# mistake = ",
            "doesn't say that it makes a mistake",
        ),
        (
            "listings/part/by-reference-wrong/Cargo.toml",
            "it is slow",
            "it is late",
            "it is late",
        ),
    ] {
        let old = book.read(file);
        assert!(old.contains(from), "{from}: {old}");
        book.write(file, &old.replace(from, to));
        let said = book.run(&["build"]);
        assert!(!said.success, "{says}: {}", said.text);
        said.has(&[says]);
        book.write(file, &old);
    }
    std::fs::remove_dir_all(
        book.path().join("listings/part/by-reference-right"),
    )
    .expect("the listing can be removed");
    let said = book.run(&["build"]);
    said.has(&["make listings/part/by-reference-right"]);
}
