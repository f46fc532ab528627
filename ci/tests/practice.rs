//! Practicing, from outside: without a terminal, and in one.

mod common;

use std::process::Command;

use common::{Fixture, Said};

/// A program that multiplies.
fn program(expression: &str) -> String {
    format!(
        "//! Exercise: multiply.\n\nfn times(number: u32) -> u32 {{\n    {expression}\n}}\n\n\
         fn main() {{\n    println!(\"{{}}\", times(4));\n}}\n\n#[cfg(test)]\nmod judge;\n"
    )
}

fn judge(factor: u32) -> String {
    format!(
        "use super::times;\n\n#[test]\nfn it_keeps_nothing() {{\n    \
         assert_eq!(times(0), 0);\n}}\n\n#[test]\nfn it_multiplies() {{\n    \
         assert_eq!(times(4), {}, \"four times what?\");\n}}\n",
        4 * factor
    )
}

/// A book with two exercises, whose order is not that of their names.
fn book() -> Fixture {
    let book = Fixture::new();
    for (name, factor) in [("twice", 2), ("thrice", 3)] {
        let tables = format!(
            "[package.metadata.exercise]\nhints = [\"look at `times`\", \"use a factor\", \
             \"the factor is {factor}\"]\n[[example]]\nname = \"{name}-solution\"\n\
             path = \"src/solution.rs\"\ntest = true\n"
        );
        book.listing(name, &program("number + number % 2"), &tables);
        let file = |file: &str| format!("listings/part/{name}/src/{file}");
        book.write(&file("judge.rs"), &judge(factor));
        let solution = program(&format!("number * {factor}"));
        book.write(&file("solution.rs"), &solution);
        book.golden(name, "4\n", 3.0);
        book.write(&format!("listings/part/{name}/tests.txt"), "failed\n");
    }
    book.write(
        "src/SUMMARY.md",
        "# Summary\n\n- [Second](z.md)\n- [Third](a.md)\n- [End](end.md)\n",
    );
    book.write("src/z.md", "# Second\n\n{{#exercise twice}}\n");
    book.write("src/a.md", "# Third\n\n{{#exercise thrice}}\n");
    book.write("src/end.md", "# End\n");
    book
}

const MAIN: &str = "practice/twice/src/main.rs";
const JUDGE: &str = "practice/twice/src/judge.rs";

fn command(book: &Fixture, arguments: &[&str]) -> Command {
    let mut command = book.command(&["practice"]);
    // What it compiles is this book's own.
    command.args(arguments).env_remove("CARGO_TARGET_DIR");
    command.env_remove("NO_COLOR");
    command
}

fn practice(book: &Fixture, arguments: &[&str]) -> Said {
    let output = command(book, arguments).output();
    output.expect("the tool starts").into()
}

#[test]
fn without_a_terminal_the_next_exercise_is_judged_once() {
    let book = book();
    let said = practice(&book, &[]);
    assert!(!said.success, "{}", said.text);
    said.has(&[
        "Exercise 1 of 2: twice\n\nMultiply.\n",
        "Chapter:    Second (src/z.md)\nYour file:  practice/twice/src/main.rs\n",
        "✓ it keeps nothing\n✗ it multiplies\n    four times what?\n    \
         it is:        4\n    it should be: 8\n",
        " │ 4\n\nmain  ",
        " s, exit status 0\n",
        "Change practice/twice/src/main.rs, and look again: cargo run -- practice twice",
    ]);
    // Neither the noise of the test runner, nor what is only for who asks.
    for noise in ["RUST_BACKTRACE", "panicked", "running", "factor", "\x1b"] {
        assert!(!said.text.contains(noise), "{noise}: {}", said.text);
    }
    let manifest = book.read("practice/twice/Cargo.toml");
    assert!(!manifest.contains("example"), "{manifest}");
    assert!(!manifest.contains("factor"), "{manifest}");
    assert!(!book.path().join("practice/twice/src/solution.rs").exists());

    book.write(MAIN, &program("2 * number"));
    let said = practice(&book, &[]);
    assert!(said.success, "{}", said.text);
    said.has(&[
        "✓ it multiplies\n",
        "Well done! `twice` does all that the judge asks for.\n",
        "It took 3 seconds at the start, and takes 0",
        "Read on:        Third (src/a.md)\n",
        "Next exercise:  thrice (cargo run -- practice)\n",
    ]);
    practice(&book, &["--list"]).has(&[
        "✓ done  twice   Second\n→ next  thrice  Third\n\n1 of 2 done\n",
    ]);
    practice(&book, &[]).has(&["Exercise 2 of 2: thrice\n"]);

    book.write("practice/thrice/src/main.rs", &program("3 * number"));
    let said = practice(&book, &["thrice"]);
    said.has(&["That was the last one: all exercises are done."]);
    let said = practice(&book, &["thirce"]);
    assert!(!said.success);
    said.has(&[
        "there is no exercise named `thirce`",
        "did you mean `thrice`",
    ]);
}

#[test]
fn nothing_that_a_learner_has_made_is_lost() {
    let book = book();
    practice(&book, &[]);
    let own = program("number + 3 // mine");
    let lenient = "#[test]\nfn it_is_fine() {}\n";
    book.write(MAIN, &own);
    book.write(JUDGE, lenient);
    let said = practice(&book, &[]);
    assert!(!said.success, "{}", said.text);
    said.has(&[
        "practice/twice/src/judge.rs is the book's",
        "practice/twice/src/judge.rs.old",
        "✗ it multiplies\n",
    ]);
    assert_eq!(book.read(JUDGE), judge(2));
    assert_eq!(book.read("practice/twice/src/judge.rs.old"), lenient);
    assert_eq!(book.read(MAIN), own);

    // The book goes on: its judge replaces the old one in silence, its start does not.
    let start = program("number + 1");
    book.write("listings/part/twice/src/main.rs", &start);
    book.write("listings/part/twice/src/judge.rs", &judge(5));
    let said = practice(&book, &[]);
    said.has(&[
        "! The book begins this exercise in another way",
        "--reset twice",
        "it should be: 20\n",
    ]);
    assert!(!said.text.contains("is the book's"), "{}", said.text);
    assert_eq!(book.read(MAIN), own);

    let said = practice(&book, &["--reset", "twice"]);
    assert!(said.success, "{}", said.text);
    said.has(&[
        "What you made of it is practice/twice/src/main.rs.old",
        "`twice` is at its start again: practice/twice/src/main.rs\n",
    ]);
    assert_eq!(book.read(MAIN), start);
    assert_eq!(book.read("practice/twice/src/main.rs.old"), own);
    assert!(!practice(&book, &[]).text.contains("in another way"));
    book.write(MAIN, "// again\n");
    practice(&book, &["twice", "--reset"]);
    let kept = book.read("practice/twice/src/main.rs.old-2");
    assert_eq!(kept, "// again\n");
    assert_eq!(book.read("practice/twice/src/main.rs.old"), own);
}

#[test]
fn a_damaged_progress_is_told_and_begun_anew() {
    let book = book();
    practice(&book, &[]);
    let own = program("2 * number");
    book.write(MAIN, &own);
    assert!(practice(&book, &[]).success);
    book.write("practice/progress.toml", "at = \"twi");
    practice(&book, &["--list"]).has(&[
        "What you have done so far could not be read",
        "practice/progress.toml.old",
        "→ next  twice ",
    ]);
    assert_eq!(book.read("practice/progress.toml.old"), "at = \"twi");
    assert_eq!(book.read(MAIN), own);
    let said = practice(&book, &[]);
    assert!(said.success, "{}", said.text);
    practice(&book, &["--list"]).has(&["✓ done  twice "]);
}

#[test]
fn what_keeps_a_program_from_being_judged_is_said() {
    let book = book();
    practice(&book, &[]);
    let endless =
        program("loop { std::thread::park(); if number > 9 { break 0; } }");
    for (text, says) in [
        (
            program("missing * number"),
            &[
                "error[E0425]: cannot find value `missing`",
                "--> practice/twice/src/main.rs:4:5\n",
                "✗ It does not compile yet.\n",
            ][..],
        ),
        (
            program("number").replace("times", "twice"),
            &[
                "--> practice/twice/src/judge.rs:1:5\n",
                "✗ The judge can't try it: keep the names and the types",
            ],
        ),
        (
            "fn main() {}\n".to_owned(),
            &[
                "✗ The judge is not part of the program",
                "    #[cfg(test)]\n",
            ],
        ),
        (
            program("println!(\"now\"); panic!(\"of {number}\")"),
            &[
                "✗ it multiplies\n    │ now\n    It panicked at \
                 practice/twice/src/main.rs:4: of 4\n",
                "practice/twice/src/main.rs:4:22:\n",
                "exit status 101\n",
            ],
        ),
        (
            program("std::process::exit(number as i32)"),
            &["The program ended in the middle of it, with exit status 0."],
        ),
        (
            endless,
            &[
                "✗ it keeps nothing\n    It was stopped after 1 second: something in it \
                 never comes to an end.\n",
                "Your program was stopped after 1 second.",
            ],
        ),
    ] {
        book.write(MAIN, &text);
        let said = practice(&book, &["--patience", "1"]);
        assert!(!said.success, "{text}\n{}", said.text);
        said.has(says);
        assert_eq!(book.read(MAIN), text);
    }
}

#[test]
fn in_the_folder_of_a_copy_cargo_works_as_everywhere() {
    let book = book();
    practice(&book, &[]);
    practice(&book, &["thrice"]);
    // Where the book compiles to, most crates are compiled already.
    assert!(!book.path().join("target/practice").exists());
    let mut cargo = Command::new(book::compile::cargo().get_program());
    cargo
        .args(["test", "--offline"])
        .current_dir(book.path().join("practice/twice"))
        .env_remove("CARGO_TARGET_DIR");
    let said: Said = cargo.output().expect("cargo starts").into();
    said.has(&["test judge::it_keeps_nothing ... ok", "four times what?"]);
    assert!(book.path().join("target/practice/debug").is_dir());
}

#[test]
fn a_copy_of_what_the_book_has_no_more_is_in_nobodys_way() {
    let book = book();
    practice(&book, &["thrice"]);
    let manifest = book.read("practice/thrice/Cargo.toml");
    let asks = format!("{manifest}\n[dependencies]\ngone.workspace = true\n");
    book.write("practice/thrice/Cargo.toml", &asks);
    let said = practice(&book, &["twice"]);
    said.has(&[
        "practice/thrice/Cargo.toml is the book's",
        "✗ it multiplies",
    ]);
    book.write("practice/thrice/Cargo.toml", &asks);
    book.write("src/a.md", "# Third\n");
    let said = practice(&book, &["twice"]);
    said.has(&["Exercise 1 of 1: twice", "✗ it multiplies"]);
    assert_eq!(book.read("practice/thrice/Cargo.toml"), asks);
}

#[cfg(unix)]
mod in_a_terminal {
    use super::*;
    use common::server::interrupt;
    use common::terminal::Terminal;

    fn start(book: &Fixture) -> Terminal {
        Terminal::start(command(book, &["--patience", "60"]))
    }

    /// Saves a file as many editors do: a new one takes the place of the old one.
    fn save(book: &Fixture, text: &str) {
        let new = book.path().join("practice/twice/src/.main.rs.new");
        std::fs::write(&new, text).expect("a file");
        std::fs::rename(&new, book.path().join(MAIN)).expect("it is replaced");
    }

    #[test]
    fn a_learner_gets_from_the_start_to_the_end() {
        let book = book();
        let mut terminal = start(&book);
        terminal
            .wait_for("Exercise 1 of 2: twice")
            .wait_for("✗ it multiplies")
            .wait_for("exit status 0")
            .wait_for("Change your file and save it")
            .wait_for("h hint  n skip  r run again");
        assert!(!terminal.is_usual());
        assert!(terminal.raw().contains("\x1b[31m✗"), "there is no color");

        terminal
            .press("h")
            .wait_for("Hint 1 of 3\n    look at `times`");
        terminal
            .press("h")
            .wait_for("Hint 2 of 3\n    use a factor");
        assert!(!terminal.has_shown("the factor is 2"));
        terminal.press("s").wait_for("once yours passes");

        // A wrong change is judged at once, and the hints stay.
        save(&book, &program("number + 3"));
        terminal
            .wait_for("Exercise 1 of 2: twice")
            .wait_for("Hint 2 of 3")
            .wait_for("it is:        3")
            .wait_for("it is:        7");
        terminal.press("h").wait_for("the factor is 2");
        terminal.press("h").wait_for("There are no more hints.");
        terminal.press("r").wait_for("it is:        7");
        terminal
            .press("l")
            .wait_for("→ next  twice ")
            .wait_for("0 of 2");

        let right = program("number * 2 // mine");
        book.write(MAIN, &right);
        terminal
            .wait_for("✓ it multiplies")
            .wait_for("Well done!")
            .wait_for("It took 3 seconds at the start, and takes 0")
            .wait_for("Read on:        Third")
            .wait_for("Next exercise:  thrice (n)");
        terminal.press("s").wait_for("number * 2\n");
        terminal.press("n").wait_for("Exercise 2 of 2: thrice");
        terminal.wait_for("✗ it multiplies");
        terminal.press("q").wait_for("goes on with `thrice`.");
        assert!(terminal.wait_for_end().success());
        assert!(terminal.is_usual());
        assert_eq!(book.read(MAIN), right);

        // Taken up again, it goes on there.
        let mut terminal = start(&book);
        terminal.wait_for("Exercise 2 of 2: thrice");
        terminal.press("l").wait_for("✓ done  twice ");
        terminal.press("\x03").wait_for("Until next time");
        assert!(terminal.wait_for_end().success());
        assert!(terminal.is_usual());
    }

    #[test]
    fn the_start_comes_back_only_for_who_confirms_it() {
        let book = book();
        practice(&book, &[]);
        let own = program("number + 3");
        book.write(MAIN, &own);
        let mut terminal = start(&book);
        terminal
            .wait_for("it is:        7")
            .wait_for("exit status 0");
        terminal
            .press("x")
            .wait_for("Bring the start of `twice` back?");
        terminal.press("h").wait_for("Your file stays as it is.");
        assert_eq!(book.read(MAIN), own);
        terminal
            .press("x")
            .wait_for("Bring the start of `twice` back?");
        terminal
            .press("y")
            .wait_for("practice/twice/src/main.rs.old now.")
            .wait_for("it is:        4");
        assert_eq!(book.read(MAIN), program("number + number % 2"));
        assert_eq!(book.read("practice/twice/src/main.rs.old"), own);

        // Some editors take the file away for a moment. That is no wish for the start.
        std::fs::remove_file(book.path().join(MAIN)).expect("it is there");
        terminal
            .press("r")
            .wait_for("practice/twice/src/main.rs is gone;");
        assert!(!book.path().join(MAIN).exists());
        book.write(MAIN, &own);
        terminal.wait_for("it is:        7");
        terminal.press("\x04");
        assert!(terminal.wait_for_end().success());
    }

    #[test]
    fn saving_stops_a_program_that_still_runs() {
        let book = book();
        practice(&book, &[]);
        let waits = "{ std::thread::sleep(std::time::Duration::from_secs(9999)); number }";
        book.write(MAIN, &program(waits).replace("times(4)", "times(9)"));
        let mut terminal =
            Terminal::start(command(&book, &["--patience", "9999"]));
        terminal.wait_for("Compiling …");
        save(&book, &program("number + 3"));
        terminal.wait_for("it is:        7");
        // And leaving does, too.
        save(&book, &program(waits));
        terminal.wait_for("Exercise 1 of 2: twice").press("q");
        assert!(terminal.wait_for_end().success());
    }

    #[test]
    fn a_signal_and_a_terminal_that_goes_away_end_it_as_well() {
        let book = book();
        let mut terminal = start(&book);
        terminal.wait_for("✗ it multiplies");
        interrupt(terminal.child.id());
        terminal.wait_for("Until next time");
        assert!(terminal.wait_for_end().success());
        assert!(terminal.is_usual());

        let mut terminal = start(&book);
        terminal.wait_for("✗ it multiplies");
        terminal.hang_up();
        let status = terminal.wait_for_end();
        assert_ne!(status.code(), Some(101), "it panicked");
    }

    #[test]
    fn who_wants_no_color_gets_none() {
        let book = book();
        let mut command = command(&book, &[]);
        command.env("NO_COLOR", "1");
        let mut terminal = Terminal::start(command);
        terminal.wait_for("✗ it multiplies");
        terminal.press("q").wait_for("Until next time");
        terminal.wait_for_end();
        let raw = terminal.raw();
        assert!(!raw.contains("\x1b[3"), "{raw}");
        assert!(!raw.contains("\x1b[1m"), "{raw}");
    }
}
