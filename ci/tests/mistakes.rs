//! One thing is wrong in a copy of a listing or in its golden, and the check must say
//! so: with the file, the line and the reason.

mod common;

use std::sync::LazyLock;

use common::{Fixture, Said};

/// The listing that is copied: `sum-sync` with short waits, so that all the copies
/// together are checked in a moment.
fn program() -> String {
    let source =
        common::root().join("listings/three-ways/sum-sync/src/main.rs");
    let source =
        std::fs::read_to_string(source).expect("sum-sync is a listing");
    source.replace("from_secs(1)", "from_millis(20)")
}

/// What the copy prints.
const OUTPUT: &str = "\
Task A: Computing 0+1
Time: 0.0
Task A: Computing 1+2
Time: 0.0
Task A: Sum = 3

Task B: Computing 0+1
Time: 0.0
Task B: Computing 1+2
Time: 0.1
Task B: Computing 3+3
Time: 0.1
Task B: Sum = 6

Time: 0.1 sec
";

const SECONDS: f64 = 0.1;

/// The copies are checked once, all together.
static CHECKED: LazyLock<Said> = LazyLock::new(|| {
    let book = Fixture::kept("mistakes", include_str!("mistakes.rs"));
    let copy = |name: &str,
                source: &str,
                metadata: &str,
                output: &str,
                seconds: f64| {
        book.listing(name, source, metadata);
        book.golden(name, output, seconds);
    };
    let changed_golden = |name: &str, output: &str| {
        copy(name, &program(), "", output, SECONDS);
    };
    let changed_program = |name: &str, from: &str, to: &str, metadata: &str| {
        let source = program();
        assert!(source.contains(from), "{name} changes nothing: {from}");
        copy(
            name,
            &source.replacen(from, to, 1),
            metadata,
            OUTPUT,
            SECONDS,
        );
    };
    changed_golden("right", OUTPUT);
    changed_golden("wrong-word", &OUTPUT.replacen("Sum = 3", "Total = 3", 1));
    changed_golden("wrong-number", &OUTPUT.replacen("1+2", "1+3", 1));
    changed_golden(
        "missing-line",
        &OUTPUT.replacen("Task A: Computing 0+1\n", "", 1),
    );
    changed_golden(
        "extra-line",
        &OUTPUT.replacen(
            "Task A: Sum",
            "Task A: Computing 3+3\nTask A: Sum",
            1,
        ),
    );
    changed_golden(
        "swapped-lines",
        &OUTPUT.replacen(
            "Task A: Computing 0+1\nTime: 0.0\n",
            "Time: 0.0\nTask A: Computing 0+1\n",
            1,
        ),
    );
    changed_golden("wrong-time", &OUTPUT.replacen("Time: 0.0", "Time: 1.0", 1));
    copy("wrong-elapsed", &program(), "", OUTPUT, SECONDS + 1.0);

    let end = "    println!(\"Time: {:.1} sec\"";
    let before_end = |line: &str| format!("    {line}\n{end}");
    let at_end = |name: &str, line: &str, metadata: &str| {
        changed_program(name, end, &before_end(line), metadata);
    };
    at_end("exits-non-zero", "std::process::exit(3);", "");
    at_end("panics", "panic!(\"no such sum\");", "");
    at_end(
        "never-ends",
        "loop { std::thread::sleep(Duration::from_secs(1)); }",
        "timeout = 0.5 # one second is enough to see it",
    );
    at_end(
        "ends-after-all",
        "",
        "ends = false # it should wait for ever",
    );
    at_end(
        "warns",
        "let unused = 1;",
        "warns = true # the warning is the point",
    );
    book.write(
        "listings/part/warns/warnings.txt",
        "warning: something else\n",
    );
    at_end("compiles", "", "compile = \"fail\" # it should not compile");
    book.errors("compiles", "error: what it was\n");
    at_end(
        "other-error",
        "let total: u32 = \"three\";",
        "compile = \"fail\" # a number is no text",
    );
    book.errors("other-error", "error: something else\n");
    at_end("prints-forever", "loop { println!(\"again\"); }", "");
    at_end("does-not-compile", "let total: u32 = \"three\";", "");
    at_end("prints-to-stderr", "eprintln!(\"careful\");", "");
    at_end(
        "not-text",
        "std::io::Write::write_all(&mut std::io::stdout(), b\"\\xff\\n\").unwrap();",
        "",
    );
    let names: Vec<String> =
        std::fs::read_dir(book.path().join("listings/part"))
            .expect("the listings were written")
            .map(|entry| {
                entry.expect("an entry").file_name().display().to_string()
            })
            .collect();
    let figures = names
        .iter()
        .map(|name| format!("{{{{#listing {name}}}}}\n\n"));
    book.write(
        "src/start.md",
        &format!("# Start\n\n{}", figures.collect::<String>()),
    );
    book.run(&["check"])
});

/// The line of a copy and the faults that were found in it must be these.
fn caught(name: &str, texts: &[&str]) {
    assert!(
        !CHECKED.success,
        "the exit status is 0 in spite of the differences"
    );
    let line = format!("differs  {name} ");
    let differs = CHECKED
        .text
        .lines()
        .any(|l| format!("{} ", l.trim()).starts_with(&line));
    assert!(differs, "{name} is said to agree:\n{}", CHECKED.text);
    CHECKED.has(texts);
}

fn output_file(name: &str, line: usize) -> String {
    format!(
        "`{name}` printed something else\n  --> listings/part/{name}/output.txt:{line}\n"
    )
}

#[test]
fn an_unchanged_copy_agrees_and_all_others_differ() {
    CHECKED.has(&["agrees  right ", " 1 agrees, 18 differ"]);
}

#[test]
fn a_wrong_word_is_caught() {
    caught(
        "wrong-word",
        &[
            &output_file("wrong-word", 5),
            "    5 - Task A: Total = 3\n      + Task A: Sum = 3\n",
            "accept it: cargo run -- bless wrong-word",
        ],
    );
}

#[test]
fn a_wrong_number_is_caught() {
    caught("wrong-number", &[&output_file("wrong-number", 3)]);
}

#[test]
fn a_missing_line_is_caught() {
    caught(
        "missing-line",
        &[
            &output_file("missing-line", 1),
            "      + Task A: Computing 0+1\n    1   Time: 0.0\n",
        ],
    );
}

#[test]
fn an_extra_line_is_caught() {
    caught(
        "extra-line",
        &[
            &output_file("extra-line", 5),
            "    5 - Task A: Computing 3+3\n",
        ],
    );
}

#[test]
fn two_swapped_lines_are_caught() {
    caught(
        "swapped-lines",
        &[
            &output_file("swapped-lines", 1),
            "      + Task A: Computing 0+1\n    1   Time: 0.0\n    2 - Task A: Computing 0+1\n",
        ],
    );
}

#[test]
fn a_time_off_by_one_second_is_caught() {
    caught(
        "wrong-time",
        &[
            &output_file("wrong-time", 2),
            "    2 - Time: 1.0\n      + Time: 0.0\n",
        ],
    );
}

#[test]
fn an_elapsed_time_off_by_one_second_is_caught() {
    let name = "wrong-elapsed";
    let file = format!(
        "  --> listings/part/{name}/timeline.json:5
"
    );
    caught(name, &[&format!("`{name}` took "), &file]);
    CHECKED.has(&[" s, not 1.1 s\n", "it may differ by 0.25 s"]);
}

#[test]
fn a_program_that_exits_non_zero_is_caught() {
    caught(
        "exits-non-zero",
        &[
            "`exits-non-zero` ended with exit status 3, not 0",
            "say so with `exit = 3` in [package.metadata.listing]",
            &output_file("exits-non-zero", 15),
        ],
    );
}

#[test]
fn a_program_that_panics_is_caught() {
    caught(
        "panics",
        &[
            "`panics` ended with exit status 101, not 0",
            "+ no such sum",
        ],
    );
}

#[test]
fn a_program_that_never_ends_is_stopped_and_caught() {
    caught(
        "never-ends",
        &[
            "`never-ends` had not ended after 0.5 seconds",
            "say so with `timeout` in [package.metadata.listing]",
        ],
    );
}

#[test]
fn a_program_that_ends_although_it_should_not_is_caught() {
    caught(
        "ends-after-all",
        &["`ends-after-all` ended, and it should not end by itself"],
    );
}

#[test]
fn a_warning_that_is_not_the_golden_one_is_caught() {
    caught(
        "warns",
        &[
            "the compiler says something else about `warns`\n  \
             --> listings/part/warns/warnings.txt:1\n",
            "    1 - warning: something else\n",
            "      + warning: unused variable: `unused`\n",
        ],
    );
}

#[test]
fn a_program_that_compiles_although_it_must_not_is_caught() {
    caught("compiles", &["`compiles` compiles, and must not"]);
}

#[test]
fn an_error_of_the_compiler_that_is_not_the_golden_one_is_caught() {
    caught(
        "other-error",
        &[
            "the compiler says something else about `other-error`\n  \
             --> listings/part/other-error/errors.txt:1\n",
            "      + error[E0308]: mismatched types\n",
        ],
    );
}

#[test]
fn a_program_that_prints_forever_is_stopped_and_caught() {
    caught(
        "prints-forever",
        &[
            "`prints-forever` printed more than a megabyte",
            "      … and ",
        ],
    );
}

#[test]
fn a_program_that_does_not_compile_is_caught_and_the_others_run() {
    caught(
        "does-not-compile",
        &[
            "`does-not-compile` does not compile\n  --> listings/part/does-not-compile/src/main.rs\n",
            "error[E0308]: mismatched types",
            "listings/part/does-not-compile/src/main.rs:",
        ],
    );
}

#[test]
fn a_line_on_standard_error_is_caught() {
    caught(
        "prints-to-stderr",
        &[&output_file("prints-to-stderr", 15), "      + careful\n"],
    );
}

#[test]
fn output_that_is_not_utf_8_is_caught() {
    caught(
        "not-text",
        &["line 15 of what `not-text` printed is not UTF-8"],
    );
}
