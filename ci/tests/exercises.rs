//! Exercises: the start must fail its tests, the solution must pass them, and the page shows
//! both, with hints in between.

mod common;

use common::Fixture;

const START: &str = "fn double(number: u32) -> u32 {\n    number + 1\n}\n\n\
                     fn main() {\n    println!(\"{}\", double(4));\n}\n\n\
                     #[cfg(test)]\nmod judge;\n";

const JUDGE: &str = "use super::double;\n\n#[test]\nfn it_doubles() {\n    \
                     assert_eq!(double(4), 8, \"one is added; what is twice as much?\");\n}\n";

const TABLES: &str = "[package.metadata.exercise]\nhints = [\"a\", \"b `c`\", \"d\"]\n\
                      [[example]]\nname = \"twice-solution\"\npath = \"src/solution.rs\"\n\
                      test = true\n";

fn book() -> Fixture {
    let book = Fixture::new();
    book.listing("twice", START, TABLES);
    book.write(&src("judge.rs"), JUDGE);
    book.write(
        &src("solution.rs"),
        &START.replace("number + 1", "2 * number"),
    );
    book.write("src/start.md", "# Start\n\n{{#exercise twice}}\n");
    book
}

fn src(file: &str) -> String {
    format!("listings/part/twice/src/{file}")
}

const GOLDEN: &str = "listings/part/twice/tests.txt";

#[test]
fn a_page_shows_start_hints_and_solution_and_what_the_tests_say() {
    let book = book();
    let said = book.run(&["bless"]);
    assert!(said.success, "{}", said.text);
    assert!(book.read(GOLDEN).contains("what is twice as much?"));
    let said = book.run(&["check"]);
    assert!(said.success, "{}", said.text);
    let said = book.run(&["build"]);
    assert!(said.success, "{}", said.text);
    let page = book.read("book/start.html");
    for words in [
        "cargo run -- practice twice",
        "what is twice as much?",
        "<summary>A hint</summary>",
        "b <code>c</code>",
        "<summary>A solution</summary>",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn what_is_wrong_with_an_exercise_is_told_and_nothing_is_blessed() {
    let book = book();
    let right = START.replace("number + 1", "2 * number");
    let wrong = START.replace("number + 1", "3 * number");
    for (file, text, says) in [
        (
            "main.rs",
            right.as_str(),
            "passes its tests before anything is done",
        ),
        (
            "solution.rs",
            wrong.as_str(),
            "the solution of `twice` fails its tests",
        ),
        (
            "solution.rs",
            "fn main() { nothing }",
            "the solution of `twice` fails",
        ),
        (
            "judge.rs",
            "use super::triple;",
            "the tests of `twice` fail",
        ),
    ] {
        let old = book.read(&src(file));
        book.write(&src(file), text);
        let said = book.run(&["bless"]);
        assert!(!said.success, "{file}: {}", said.text);
        said.has(&[says]);
        assert!(!book.path().join(GOLDEN).exists());
        book.write(&src(file), &old);
    }
    assert!(book.run(&["bless"]).success);
    for (directive, says) in [
        ("{{#listing twice}}", "`twice` is an exercise"),
        ("{{#exercise other}}", "`other` is no exercise"),
    ] {
        book.listing("other", "fn main() {}\n", "");
        book.write("src/start.md", &format!("# Start\n\n{directive}\n"));
        let said = book.run(&["build"]);
        assert!(!said.success);
        said.has(&[says, "src/start.md:3"]);
    }
    std::fs::remove_file(book.path().join(src("solution.rs"))).expect("a file");
    let said = book.run(&["build"]);
    said.has(&["the exercise has no listings/part/twice/src/solution.rs"]);
}
