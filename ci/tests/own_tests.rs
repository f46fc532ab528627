//! Listings with tests of their own: what the tests print is part of the golden.

mod common;

use common::Fixture;

const SOURCE: &str = "fn add(a: u32, b: u32) -> u32 {\n    a + b\n}\n\n\
                      fn main() {\n    println!(\"{}\", add(1, 2));\n}\n\n\
                      #[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    \
                      fn it_adds() {\n        assert_eq!(add(2, 3), 5);\n    }\n}\n";

const GOLDEN: &str = "listings/part/adder/tests.txt";

#[test]
fn what_tests_print_becomes_golden_and_page_and_a_test_that_fails_is_told() {
    let book = Fixture::new();
    book.listing("adder", SOURCE, "tests = true");
    book.write("src/start.md", "# Start\n\n{{#listing adder}}\n");
    let said = book.run(&["bless"]);
    assert!(said.success, "{}", said.text);
    let golden = book.read(GOLDEN);
    assert!(golden.contains("test tests::it_adds ... ok\n"), "{golden}");
    let said = book.run(&["build"]);
    assert!(said.success, "{}", said.text);
    let page = book.read("book/start.html");
    assert!(page.contains("cargo test -p adder"), "{page}");
    assert!(page.contains("test tests::it_adds ... ok"), "{page}");
    assert!(book.run(&["check"]).success);

    book.write(GOLDEN, &golden.replace("it_adds", "it_subtracts"));
    let said = book.run(&["check"]);
    assert!(!said.success);
    said.has(&[
        "the tests of `adder` print something else",
        &format!("--> {GOLDEN}:3\n"),
        "+ test tests::it_adds ... ok",
    ]);

    let source = "listings/part/adder/src/main.rs";
    for (from, to, says) in [
        ("a + b", "a + b + 1", "test tests::it_adds ... FAILED"),
        ("5);", "\"five\");", "error[E0308]"),
    ] {
        book.write(source, &SOURCE.replace(from, to));
        let said = book.run(&["bless", "adder"]);
        assert!(!said.success, "{}", said.text);
        said.has(&["the tests of `adder` fail", says, "`cargo test -p adder`"]);
        assert!(book.read(GOLDEN).contains("it_subtracts"));
    }
}
