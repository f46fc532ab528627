//! Programs that go wrong on purpose: they don't compile, are warned of by the compiler or
//! by clippy, panic, never end, or end with another exit status than 0. What goes wrong is
//! their golden, and another way of going wrong is a fault.

mod common;

use std::sync::{Mutex, MutexGuard, PoisonError};

use common::Fixture;

/// Name, source and metadata of each program.
const PROGRAMS: [(&str, &str, &str); 6] = [
    (
        "not-compiled",
        "fn main() {\n    let number: u32 = \"three\";\n    println!(\"{number}\");\n}\n",
        "compile = \"fail\" # a text is no number",
    ),
    (
        "warned-of",
        "fn main() {\n    let unused = 3;\n}\n",
        "warns = true # an unused variable is the point",
    ),
    (
        "flagged",
        "fn main() {\n    let names = [\"a\"];\n    if names.len() == 0 {\n        \
         println!(\"none\");\n    }\n}\n",
        "clippy = true # clippy knows a better way",
    ),
    (
        "panics",
        "fn main() {\n    panic!(\"on purpose\");\n}\n",
        "exit = 101 # a panic is the point",
    ),
    (
        "never-ends",
        "fn main() {\n    println!(\"waits\");\n    loop {\n        \
         std::thread::sleep(std::time::Duration::from_secs(1));\n    }\n}\n",
        "ends = false # it waits for ever\ntimeout = 0.5 # which is seen soon",
    ),
    (
        "fails",
        "fn main() {\n    println!(\"fails\");\n    std::process::exit(3);\n}\n",
        "exit = 3 # it fails on purpose",
    ),
];

/// The book of these programs, blessed. Whoever holds it may change it, one at a time.
fn book() -> (MutexGuard<'static, ()>, Fixture) {
    static ONE: Mutex<()> = Mutex::new(());
    let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let book = Fixture::kept("on-purpose", include_str!("on_purpose.rs"));
    let mut chapter = "# Start\n\n".to_owned();
    for (name, source, metadata) in PROGRAMS {
        book.listing(name, source, metadata);
        chapter += &format!("{{{{#listing {name}}}}}\n\n");
    }
    book.write("src/start.md", &chapter);
    let said = book.run(&["bless"]);
    assert!(said.success, "{}", said.text);
    (alone, book)
}

fn file(name: &str, file: &str) -> String {
    format!("listings/part/{name}/{file}")
}

#[test]
fn what_goes_wrong_becomes_the_golden_and_is_held_to_it() {
    let (_alone, book) = book();
    for (name, golden, says) in [
        (
            "not-compiled",
            "errors.txt",
            "error[E0308]: mismatched types",
        ),
        (
            "warned-of",
            "warnings.txt",
            "warning: unused variable: `unused`",
        ),
        ("flagged", "clippy.txt", "clippy::len_zero"),
        ("panics", "output.txt", "on purpose"),
        ("never-ends", "output.txt", "waits"),
        ("fails", "output.txt", "fails"),
    ] {
        let golden = book.read(&file(name, golden));
        assert!(golden.contains(says), "{name}: {golden}");
        // The golden knows from which program it is, whether that ran or not.
        let timeline = book.read(&file(name, "timeline.json"));
        assert!(timeline.contains("\"source\": \""), "{timeline}");
    }
    let said = book.run(&["check"]);
    assert!(said.success, "{}", said.text);
    said.has(&["6 agree"]);

    let changes = [
        ("not-compiled", "errors.txt", "mismatched", "unequal"),
        ("warned-of", "warnings.txt", "unused variable", "variable"),
        ("flagged", "clippy.txt", "comparison", "look"),
        ("panics", "output.txt", "on purpose", "by chance"),
        ("never-ends", "output.txt", "waits", "sleeps"),
        ("fails", "output.txt", "fails", "succeeds"),
    ];
    let mut lines = Vec::new();
    for (name, golden, from, to) in changes {
        for file in [file(name, golden), file(name, "timeline.json")] {
            book.write(&file, &book.read(&file).replace(from, to));
        }
        let text = book.read(&file(name, golden));
        let line = text.lines().position(|line| line.contains(to));
        let line = line.expect("the changed line") + 1;
        lines.push(format!("--> listings/part/{name}/{golden}:{line}\n"));
    }
    let said = book.run(&["check"]);
    assert!(!said.success, "{}", said.text);
    said.has(&["6 differ"]);
    said.has(&lines.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_program_that_does_not_go_wrong_any_more_is_caught() {
    let (_alone, book) = book();
    for (name, _, _) in PROGRAMS {
        book.write(&file(name, "src/main.rs"), "fn main() {}\n");
    }
    let said = book.run(&["check"]);
    assert!(!said.success);
    said.has(&[
        "`not-compiled` compiles, and must not",
        "the compiler says something else about `warned-of`",
        "clippy says something else about `flagged`",
        "`panics` ended with exit status 0, not 101",
        "`never-ends` ended, and it should not end by itself",
        "`fails` ended with exit status 0, not 3",
        "6 differ",
    ]);
}

#[test]
fn of_another_toolchain_only_code_and_place_of_a_message_must_agree() {
    let (_alone, book) = book();
    let timeline = |name| file(name, "timeline.json");
    let toolchain = book::compile::toolchain().expect("rustc is installed");
    let names = ["not-compiled", "warned-of", "flagged"];
    for name in names {
        let old = book.read(&timeline(name));
        book.write(&timeline(name), &old.replace(&toolchain, "rustc 1.0.0"));
    }
    let change = |name: &str, golden: &str, from: &str, to: &str| {
        let golden = file(name, golden);
        let text = book.read(&golden);
        assert!(text.contains(from), "{from} is not in {text}");
        book.write(&golden, &text.replacen(from, to, 1));
    };
    change(
        "not-compiled",
        "errors.txt",
        "mismatched types",
        "bad types",
    );
    change(
        "warned-of",
        "warnings.txt",
        "unused variable",
        "no use of it",
    );
    change("flagged", "clippy.txt", "comparison", "look");
    let said = book.run(&["check"]);
    assert!(said.success, "{}", said.text);

    change("not-compiled", "errors.txt", "E0308", "E0309");
    change("warned-of", "warnings.txt", "main.rs:2", "main.rs:1");
    change("flagged", "clippy.txt", "main.rs:3", "main.rs:2");
    let said = book.run(&["check"]);
    assert!(!said.success, "{}", said.text);
    said.has(&[
        "- error[E0309] at listings/part/not-compiled/src/main.rs:2\n",
        "+ error[E0308] at listings/part/not-compiled/src/main.rs:2\n",
        "- warning (unused_variables) at listings/part/warned-of/src/main.rs:1\n",
        "- warning (clippy::len_zero) at listings/part/flagged/src/main.rs:2\n",
        "3 differ",
    ]);
}
