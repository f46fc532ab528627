//! The commands that the text shows a reader are run, and print what the text says that
//! they print. That a listing's own command prints what is shown is for the tests of the
//! listings to say.

mod common;

use std::path::Path;

use book::compare::{Compared, compare};
use book::listing::Order;
use book::preprocess::Manuscript;
use book::prose::Prose;
use book::seconds::Seconds;
use book::text::Chapter;
use common::{root, tool};
use snapbox::cmd::Command;

/// A command of the text with what the text says that it prints.
struct Shown {
    place: String,
    command: String,
    output: String,
}

/// The commands in the `console` blocks of a text.
fn shown(text: &Chapter) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let blocks = Prose::of(text).blocks.into_iter();
    for block in blocks.filter(|b| b.tag.as_deref() == Some("console")) {
        for (line, number) in block.text.lines().zip(block.line + 1..) {
            match (line.strip_prefix("$ "), all.last_mut()) {
                (Some(command), _) => all.push(Shown {
                    place: format!("{}:{number}", text.file.display()),
                    command: command
                        .split('#')
                        .next()
                        .unwrap_or("")
                        .trim()
                        .into(),
                    output: String::new(),
                }),
                (None, Some(shown)) => {
                    shown.output.push_str(line);
                    shown.output.push('\n');
                }
                (None, None) => panic!("output without a command: {line}"),
            }
        }
    }
    all
}

/// The files for people beside the book, which show commands as well.
fn beside(file: &str) -> Chapter {
    Chapter {
        file: file.into(),
        markdown: std::fs::read_to_string(root().join(file)).expect(file),
    }
}

fn agrees(golden: &str, shown: &str) -> bool {
    let compared = compare(golden, shown, Order::Exact, Seconds(0.25));
    compared.iter().all(Compared::agrees)
}

/// Runs a command of the tool, as far as it can be run again and again.
fn run(shown: &Shown, arguments: &[&str], root: &Path) {
    let assert = Command::new(tool())
        .args(arguments)
        .current_dir(root)
        .assert();
    let assert = assert.success();
    if !shown.output.is_empty() {
        assert.stdout_eq(shown.output.as_str());
    }
}

#[test]
fn the_commands_that_the_text_shows_are_run() {
    let manuscript = Manuscript::read(root()).expect("a book");
    let files = ["README.md", "CONTRIBUTING.md"].map(beside);
    let texts = manuscript.chapters.iter().chain(&files);
    let mut ran = 0;
    for shown in texts.flat_map(shown) {
        let (place, command) = (&shown.place, &shown.command);
        let words: Vec<&str> = command.split_whitespace().collect();
        match words[..] {
            ["cargo", "run", "-p", name] => {
                let listing = manuscript.listings.get(name);
                let listing = listing.unwrap_or_else(|| {
                    panic!("{place}: there is no listing {name}")
                });
                let golden = manuscript.golden(listing).expect("a golden");
                assert!(
                    shown.output.is_empty()
                        || agrees(&golden.output, &shown.output),
                    "{place}: `{command}` prints something else"
                );
            }
            ["cargo", "run", "--", ref arguments @ ..]
                if !arguments.iter().any(|word| word.ends_with("NAME")) =>
            {
                run(&shown, arguments, root());
                ran += 1;
            }
            // These serve for ever, ask for a name, or check everything; `.ci/run` and
            // the tests of the tool run them.
            ["cargo", "run"]
            | ["cargo", "run", "--", "bless" | "check" | "new", ..]
            | ["cargo", "test" | "fmt" | "clippy", ..] => {}
            // What a person does with their own copy.
            ["git", ..] => {}
            _ => panic!("{place}: no check ever runs `{command}`"),
        }
    }
    assert!(ran > 0, "no command of the tool is shown");
}

/// Each command of the README's table is one that the tool has.
#[test]
fn the_commands_of_the_readme_are_known_to_the_tool() {
    let readme = beside("README.md").markdown;
    let rows = readme.lines().filter_map(|line| {
        let command = line.strip_prefix("| `cargo run -- ")?;
        command.split_once('`').map(|(command, _)| command)
    });
    let mut rows = rows.peekable();
    assert!(rows.peek().is_some(), "the README has no table of commands");
    for command in rows {
        let name = command.split(' ').next().unwrap_or_default();
        let options: Vec<&str> =
            command.split(' ').filter(|w| w.starts_with("--")).collect();
        let help = Command::new(tool()).args([name, "--help"]).output();
        let help = help.expect("the tool starts");
        assert!(help.status.success(), "there is no command {name}");
        let help = String::from_utf8_lossy(&help.stdout);
        for option in options {
            assert!(help.contains(option), "{name} has no option {option}");
        }
    }
}
