//! What somebody does wrong who contributes for the first time, and what they are told: what
//! happened, where, and what to do. Each begins with a small book in which nothing is wrong.

mod common;

use std::path::Path;

use common::{Fixture, GREETS, Said, greeting};

const FOLDER: &str = "listings/part/greets";

/// What was done wrong, what does it to the book, the command, and what it must say.
type Wrong = (
    &'static str,
    fn(&Fixture),
    &'static [&'static str],
    &'static [&'static str],
);

/// Wrong things that are found without running a program.
const IN_FILES: [Wrong; 29] = [
    (
        "half of a golden",
        |book| remove(book, "output.txt"),
        &["check"],
        &[
            "error: the listing `greets` has no golden\n  --> listings/part/greets/output.txt\n  \
             help: record it: cargo run -- bless greets\n\n1 error in the book",
        ],
    ),
    (
        "no golden at all",
        |book| {
            remove(book, "output.txt");
            remove(book, "timeline.json");
        },
        &["check"],
        &[
            "has no golden\n  --> listings/part/greets/output.txt",
            "1 error in the book",
        ],
    ),
    (
        "a golden edited by hand",
        |book| book.write(&file("output.txt"), "good morning\n"),
        &["check"],
        &[
            "this is not the line that listings/part/greets/timeline.json has\n  --> \
             listings/part/greets/output.txt:1\n  help: goldens are recorded, not written; \
             record both again: cargo run -- bless greets",
        ],
    ),
    (
        "a timeline edited by hand",
        |book| book.write(&file("timeline.json"), "{\"version\": 2,\n"),
        &["check"],
        &[
            "  --> listings/part/greets/timeline.json:",
            "help: record it again: cargo run -- bless greets",
        ],
    ),
    (
        "a golden with the line ends of Windows",
        |book| book.write(&file("output.txt"), "hello\r\n"),
        &["check"],
        &[
            "its lines end with CR LF, as on Windows, and those of the program don't\n  --> \
             listings/part/greets/output.txt:1\n  help: let git and your editor leave line ends \
             alone",
        ],
    ),
    (
        "two listings of one name",
        |book| {
            let manifest = book.read(&file("Cargo.toml"));
            book.write("listings/zoo/greets/Cargo.toml", &manifest);
            book.write("listings/zoo/greets/src/main.rs", GREETS);
        },
        &["bless"],
        &[
            "a second listing named `greets`, after the one in listings/part/greets\n  --> \
             listings/zoo/greets/Cargo.toml\n  help: give one of them another name",
        ],
    ),
    (
        "a folder with a capital letter",
        |book| book.listing("Greets-Two", GREETS, ""),
        &["bless"],
        &[
            "a listing can't be named `Greets-Two`: it has `G`, and names are of small letters, \
             digits and hyphens\n  --> listings/part/Greets-Two/Cargo.toml:2\n  help: rename \
             the folder and the package, such as to `greets-two`",
        ],
    ),
    (
        "a folder with a space",
        |book| book.listing("two greets", GREETS, ""),
        &["check"],
        &[
            "it has a space",
            "such as to `two-greets`\n\n1 error in the book",
        ],
    ),
    (
        "a package named unlike its folder",
        |book| {
            let manifest = book.read(&file("Cargo.toml"));
            let manifest = manifest.replace("\"greets\"", "\"greet\"");
            book.write(&file("Cargo.toml"), &manifest);
        },
        &["check"],
        &[
            "the listing is named `greet` but its folder `greets`\n  --> \
             listings/part/greets/Cargo.toml:2\n  help: write name = \"greets\", or rename \
             the folder to greet\n\n1 error in the book",
        ],
    ),
    (
        "a folder with nothing but a program",
        |book| book.write("listings/part/more/src/main.rs", GREETS),
        &["bless"],
        &["there is no such file, and a listing needs one\n  --> \
             listings/part/more/Cargo.toml\n  help: a listing is a folder with Cargo.toml and \
             src/main.rs"],
    ),
    (
        "no program",
        |book| remove(book, "src/main.rs"),
        &["check"],
        &[
            "there is no such file, and a listing needs one\n  --> \
             listings/part/greets/src/main.rs\n",
            // That the chapter shows it is no second fault.
            "1 error in the book",
        ],
    ),
    (
        "a program in another encoding",
        |book| {
            let path = book.path().join(file("src/main.rs"));
            std::fs::write(path, b"fn main() {\n    // Gr\xfc\xdfe\n}\n")
                .expect("a file");
        },
        &["check"],
        &[
            "the file is not UTF-8 text\n  --> listings/part/greets/src/main.rs\n  help: save \
             it as UTF-8; your editor calls that its encoding\n\n1 error in the book",
        ],
    ),
    (
        "a misspelled key",
        |book| book.listing("greets", GREETS, "tolerence = 0.5 # why"),
        &["check"],
        &[
            "unknown field `tolerence`",
            "  --> listings/part/greets/Cargo.toml:6\n  help: did you mean `tolerance`? \
             CONTRIBUTING.md shows what a listing's Cargo.toml may say\n\n1 error in the book",
        ],
    ),
    (
        "a value that is none",
        |book| book.listing("greets", GREETS, "order = \"exat\" # why"),
        &["check"],
        &["unknown variant `exat`, expected `exact` or `any`\n  --> \
             listings/part/greets/Cargo.toml:6\n  help: did you mean `exact`?"],
    ),
    (
        "a tab in the metadata, and no reason",
        |book| book.listing("greets", GREETS, "exit\t=\t3"),
        &["check"],
        &[
            "`exit` is an exception without a reason\n  --> listings/part/greets/Cargo.toml:6\n  \
             help: say why in a comment on the same line or on the line above",
        ],
    ),
    (
        "a quote that is not closed",
        |book| book.write(&file("Cargo.toml"), "[package]\nname = \"greets\n"),
        &["check"],
        &[
            "  --> listings/part/greets/Cargo.toml:2\n",
            "1 error in the book",
        ],
    ),
    (
        "another edition",
        |book| {
            let manifest = book.read(&file("Cargo.toml"));
            let manifest = manifest.replace("2024", "2021");
            book.write(&file("Cargo.toml"), &manifest);
        },
        &["check"],
        &[
            "the listings are of edition 2024, and this one is not\n  --> \
             listings/part/greets/Cargo.toml:3\n  help: write edition.workspace = true",
        ],
    ),
    (
        "a crate of which the workspace does not know",
        |book| depend(book, "serd.workspace = true"),
        &["bless"],
        &["the crate `serd` is not one that the listings use\n  --> \
             listings/part/greets/Cargo.toml:8\n  help: To use a new one, name it with its \
             version below [workspace.dependencies] in the book's Cargo.toml, and here write \
             serd.workspace = true"],
    ),
    (
        "a misspelled crate",
        |book| depend(book, "tokyo.workspace = true"),
        &["bless"],
        &["help: did you mean `tokio`?"],
    ),
    (
        "a version that does not exist",
        |book| depend(book, "futures = \"99\""),
        &["bless"],
        &[
            "the version of `futures` is named in the book's Cargo.toml only\n  --> \
             listings/part/greets/Cargo.toml:8\n  help: write futures.workspace = true",
        ],
    ),
    (
        "a listing of 400 lines",
        |book| {
            let source = GREETS.replace(
                "}\n",
                &format!("{}}}\n", "    drop(1);\n".repeat(400)),
            );
            book.listing("greets", &source, "");
        },
        &["bless"],
        &[
            "the listing has 403 lines of code, and 120 are the most\n  --> \
             listings/part/greets/src/main.rs\n  help: show less at once",
        ],
    ),
    (
        "a chapter that no table of contents names",
        |book| book.write("src/lost.md", "# Lost\n"),
        &["check"],
        &[
            "SUMMARY.md does not name this chapter\n  --> src/lost.md\n  help: add a line such as \
             - [Title](lost.md) to src/SUMMARY.md, or remove the file",
        ],
    ),
    (
        "a misspelled directive",
        |book| say(book, "{{#seconsd greets}}"),
        &["check"],
        &[
            "there is no directive `{{#seconsd}}`\n  --> src/start.md:5\n  help: did you mean \
             `seconds`?",
        ],
    ),
    (
        "a directive with a space",
        |book| say(book, "{{ #seconds greets }}"),
        &["check"],
        &[
            "`{{ #seconds greets }}` is text, and looks like a directive\n  --> src/start.md:5\n  \
             help: write {{# without a space",
        ],
    ),
    (
        "a directive that is not closed",
        |book| say(book, "It takes {{#seconds greets}."),
        &["check"],
        &[
            "is not closed\n  --> src/start.md:5\n  help: close it with }} on the same line",
        ],
    ),
    (
        "a misspelled name",
        |book| say(book, "{{#seconds greest}}"),
        &["check"],
        &[
            "there is no listing named `greest`\n  --> src/start.md:5\n  help: did you mean \
             `greets`?",
        ],
    ),
    (
        "a broken link",
        |book| say(book, "[there](../there.md)"),
        &["check"],
        &[
            "the link to ../there.md leads nowhere\n  --> src/start.md:5\n  help: there is no \
             file there.md; links are written from the chapter's own folder",
        ],
    ),
    (
        "a term that is not in the glossary",
        |book| {
            say(book, "A [future](reference/glossary.md#future).");
            book.write("src/reference/glossary.md", "# Glossary\n");
            book.write(
                "src/SUMMARY.md",
                "# Summary\n\n- [Start](start.md)\n- [Glossary](reference/glossary.md)\n",
            );
        },
        &["check"],
        &[
            "the link to reference/glossary.md#future leads nowhere\n  --> src/start.md:5\n  help: \
             the glossary has no term #future; explain it there, under a heading of its own",
        ],
    ),
    (
        "a command that does not exist",
        |_| {},
        &["blss"],
        &["a similar subcommand exists: 'bless'"],
    ),
];

/// Wrong things that are found when the program is compiled or run.
const IN_RUNS: [Wrong; 6] = [
    (
        "an empty program",
        |book| book.write(&file("src/main.rs"), ""),
        &["bless"],
        &[
            "refused  greets",
            "`greets` does not compile\n  --> listings/part/greets/src/main.rs\n    \
             error[E0601]: `main` function not found",
            "help: mend the program; what the compiler says is above",
        ],
    ),
    (
        "a program that hangs",
        |book| {
            let source = "fn main() {\n    println!(\"waits\");\n    loop {\n        \
                          std::thread::park();\n    }\n}\n";
            book.listing("greets", source, "timeout = 0.5 # soon");
        },
        &["bless"],
        &[
            "`greets` had not ended after 0.5 seconds\n  --> listings/part/greets/src/main.rs\n  \
             the last that it printed:\n    waits\n  help: find out what it waits for",
        ],
    ),
    (
        "a program that prints forever",
        |book| {
            let source = "fn main() {\n    loop {\n        println!(\"again\");\n    }\n}\n";
            book.listing("greets", source, "");
        },
        &["bless"],
        &[
            "`greets` printed more than a megabyte and was stopped",
            "    again\n  help: let it end by itself, or print less",
        ],
    ),
    (
        "a program that needs the network",
        |book| {
            let source = "fn main() {\n    let name = \"no-such-host.invalid:80\";\n    \
                          std::net::TcpStream::connect(name).unwrap();\n}\n";
            book.listing("greets", source, "");
        },
        &["bless"],
        &[
            "`greets` ended with exit status 101, not 0\n",
            "  the last that it printed:\n",
            "failed to lookup address information",
            "help: if that is the point, say so with `exit = 101`",
        ],
    ),
    (
        "a golden that no run has made",
        |book| {
            for file in [file("output.txt"), file("timeline.json")] {
                let golden = book.read(&file).replace("hello", "good day");
                book.write(&file, &golden);
            }
        },
        &["check"],
        &[
            "`greets` printed something else\n  --> listings/part/greets/output.txt:1\n",
            "    1 - good day\n      + hello\n  help: if this is right, accept it: \
             cargo run -- bless greets",
        ],
    ),
    (
        "a chapter and a program with the line ends of Windows are no fault",
        |book| {
            for file in ["src/start.md", &file("src/main.rs")] {
                let text = book.read(file).replace('\n', "\r\n");
                book.write(file, &text);
            }
        },
        &["check"],
        &["1 agrees"],
    ),
];

fn file(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

fn remove(book: &Fixture, name: &str) {
    let path = book.path().join(file(name));
    std::fs::remove_file(path).expect("the file was there");
}

/// Adds a line to the chapter.
fn say(book: &Fixture, words: &str) {
    let chapter = book.read("src/start.md");
    book.write("src/start.md", &format!("{chapter}\n{words}\n"));
}

/// Adds a dependency to the listing.
fn depend(book: &Fixture, dependency: &str) {
    let manifest = book.read(&file("Cargo.toml"));
    let manifest = format!("{manifest}[dependencies]\n{dependency}\n");
    book.write(&file("Cargo.toml"), &manifest);
}

fn said(book: &Fixture, (name, change, arguments, says): &Wrong) -> Said {
    change(book);
    let said = book.run(arguments);
    println!("{name}:\n{}", said.text);
    said.has(says);
    said
}

#[test]
fn what_is_wrong_in_files_is_said_with_the_place_and_what_to_do() {
    for wrong in &IN_FILES {
        assert!(!said(&greeting(), wrong).success, "{}", wrong.0);
    }
}

#[test]
fn what_is_wrong_with_runs_is_said_with_the_place_and_what_to_do() {
    for wrong in &IN_RUNS {
        let is_fault = !wrong.0.ends_with("are no fault");
        assert_eq!(said(&greeting(), wrong).success, !is_fault, "{}", wrong.0);
    }
}

/// The listings stop their own servers; what they forget is stopped for them.
#[cfg(target_os = "linux")]
#[test]
fn what_a_program_leaves_in_the_background_is_ended() {
    let book = greeting();
    // In a group of its own, it would outlive the program.
    let source = "use std::os::unix::process::CommandExt;\n\nfn main() {\n    \
                  let mut server = std::process::Command::new(\"sleep\");\n    \
                  let server = server.arg(\"60\").process_group(0).spawn().unwrap();\n    \
                  std::fs::write(\"number\", server.id().to_string()).unwrap();\n    \
                  println!(\"hello\");\n}\n";
    book.listing("greets", source, "");
    let said = book.run(&["bless"]);
    assert!(said.success, "{}", said.text);
    let number = book.read("number");
    let status = Path::new("/proc").join(&number).join("cmdline");
    let left = std::fs::read_to_string(status).unwrap_or_default();
    assert!(!left.contains("sleep"), "{number} is still there");
}
