//! The same listings checked in different ways.
//!
//! `mdbook test` and skeptic see a scratch book with the chapters of this one, in which
//! the programs stand as plain blocks. It is a package as well, so that cargo compiles for
//! it what the programs depend on, each once, and skeptic's tests.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};
use mdbook_driver::MDBook;
use regex::Regex;
use toml::{Table, Value};

use super::{processors, timed, tool, typical};
use crate::compile;
use crate::files;
use crate::listing::Listing;
use crate::measured::{Conditions, Way, Ways};
use crate::preprocess::Manuscript;
use crate::process::{self, End};
use crate::recording;
use crate::seconds::Seconds;
use crate::text::SOURCE;

/// The text of the scratch book, a folder in it: a package has `src` for something else.
const TEXT: &str = "text";

/// How long cargo may take to start a listing, in seconds.
const CARGO: f64 = 10.0;

/// Lets skeptic write its tests.
const BUILD: &str = "fn main() {
    skeptic::generate_doc_tests(&skeptic::markdown_files_of_directory(\"text\"));
}
";

/// The tests that it has written.
const TESTS: &str = "#![cfg(test)]
include!(concat!(env!(\"OUT_DIR\"), \"/skeptic-tests.rs\"));
";

/// What rustdoc and skeptic look at.
const NO_PANIC: &str = "that it compiles and doesn't panic";

/// Measures all ways with the book at `root`. What is needed for it is written to the
/// folder `scratch`.
///
/// # Errors
/// If the book can't be checked in one of the ways.
pub fn measure(root: &Path, scratch: &Path) -> Result<Ways> {
    let (manuscript, _) = Manuscript::collect(root);
    let listings: Vec<&Listing> = manuscript.listings.iter().collect();
    anstream::eprintln!("this book's check");
    // The first time, it may have to compile.
    tool(root, None, &["check"])?;
    let mut ways = vec![
        check(root, &["check"])?,
        check(root, &["check", "--changed"])?,
    ];
    anstream::eprintln!("cargo run, listing by listing");
    ways.push(one_by_one(root, &listings)?);
    anstream::eprintln!("mdbook test");
    let plain = Plain::write(root, &scratch.join("ways"), &manuscript)?;
    ways.push(plain.mdbook_test()?);
    anstream::eprintln!("skeptic");
    ways.push(plain.skeptic()?);
    Ok(Ways {
        conditions: Conditions::now(&manuscript, compile::toolchain()?),
        processors: processors(),
        ways,
    })
}

/// The check of this book.
fn check(root: &Path, arguments: &[&str]) -> Result<Way> {
    let command = format!("cargo run -- {}", arguments.join(" "));
    let (mut agree, mut differ) = (0, 0);
    let seconds = typical(|| {
        let ended = tool(root, None, arguments)?;
        let said: Vec<&str> = ended
            .said
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        let count = |word| said.iter().filter(|said| **said == word).count();
        (agree, differ) = (count("agrees"), count("differs"));
        ensure!(
            ended.success || differ > 0,
            "the book can't be checked; `{command}` says why"
        );
        Ok(ended.cost.seconds)
    })?;
    Ok(Way {
        name: format!("`{command}`"),
        seconds,
        programs: agree + differ,
        passed: agree,
        left_out: 0,
        compares: "output, times, order, polls, messages".to_owned(),
    })
}

/// Each listing by itself, one after the other, as a reader runs it.
fn one_by_one(root: &Path, listings: &[&Listing]) -> Result<Way> {
    for listing in listings {
        // Alone, a crate may be compiled with other features than among the others.
        compile::compile(root, None, [*listing])?;
    }
    let mut passed = 0;
    let seconds = typical(|| {
        passed = 0;
        timed(|| {
            for listing in listings {
                passed += usize::from(passes(root, listing)?);
            }
            Ok(())
        })
    })?;
    Ok(Way {
        name: "`cargo run -p NAME` for each".to_owned(),
        seconds,
        programs: listings.len(),
        passed,
        left_out: 0,
        compares: "exit status".to_owned(),
    })
}

/// Whether cargo compiles a listing and runs it to the right end.
fn passes(root: &Path, listing: &Listing) -> Result<bool> {
    let metadata = &listing.metadata;
    let mut cargo = compile::cargo();
    cargo
        .current_dir(root)
        .args(["run", "--quiet", "--package", &listing.name.0, "--"])
        .args(&metadata.args);
    let timeout = match metadata.ends {
        true => Seconds(metadata.timeout.0 + CARGO),
        false => metadata.timeout,
    };
    let run = process::run(cargo, &metadata.stdin, timeout)?;
    Ok(match run.end {
        End::Exited(status) if listing.must_not_compile() => status != 0,
        End::Exited(status) => metadata.ends && status == metadata.exit,
        End::TimedOut => !metadata.ends,
        End::Killed(_) | End::TooMuchOutput | End::TooMuchMemory => false,
    })
}

/// The scratch book, which is a package too.
struct Plain {
    folder: PathBuf,
    /// The files of its chapters.
    chapters: Vec<PathBuf>,
    /// How many programs stand in it.
    programs: usize,
    /// How many can't.
    left_out: usize,
}

impl Plain {
    /// Writes it anew, and compiles what its programs depend on.
    fn write(
        root: &Path,
        folder: &Path,
        manuscript: &Manuscript,
    ) -> Result<Plain> {
        // Crates of another time would stand beside those of now.
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        let workspace: Table =
            toml::from_str(&files::read(&root.join("Cargo.toml"))?)?;
        let all: Vec<&Listing> = manuscript.listings.iter().collect();
        let (good, left_out): (Vec<&Listing>, Vec<&Listing>) =
            all.iter().partition(|listing| {
                listing.metadata.ends && !listing.must_not_compile()
            });
        let manifest = manifest(root, &workspace, &good)?;
        let mut plain = Plain {
            folder: folder.to_owned(),
            chapters: Vec::new(),
            programs: good.len(),
            left_out: left_out.len(),
        };
        plain.add("Cargo.toml", &manifest)?;
        plain.add("Cargo.lock", &files::read(&root.join("Cargo.lock"))?)?;
        plain.add("build.rs", BUILD)?;
        plain.add("src/lib.rs", TESTS)?;
        plain.add(
            "book.toml",
            "[book]\nsrc = \"text\"\n\
             [build]\nuse-default-preprocessors = false\n\
             [rust]\nedition = \"2024\"\n",
        )?;
        let summary = Path::new(SOURCE).join("SUMMARY.md");
        let summary = files::read(&root.join(summary))?;
        plain.add(format!("{TEXT}/SUMMARY.md"), &summary)?;
        for chapter in &manuscript.chapters {
            let mut text = without_snippets(&chapter.markdown);
            for listing in &good {
                let home = manuscript.places(listing).first();
                if home.is_some_and(|home| home.file == chapter.file) {
                    text += &block(root, &workspace, listing)?;
                }
            }
            let file = chapter.file.strip_prefix(SOURCE)?;
            let file = Path::new(TEXT).join(file);
            plain.add(&file, &text)?;
            plain.chapters.push(file);
        }
        let compiled = plain.cargo_test(&["--no-run"])?;
        ensure!(
            compiled.status.success(),
            "the scratch book can't be compiled:\n{}",
            String::from_utf8_lossy(&compiled.stderr)
        );
        Ok(plain)
    }

    fn add(&self, file: impl AsRef<Path>, text: &str) -> Result<()> {
        let path = self.folder.join(file);
        let folder = path.parent().context("a file is in a folder")?;
        std::fs::create_dir_all(folder)?;
        files::write(&path, text)
    }

    /// Where everything is that the programs depend on.
    fn libraries(&self) -> PathBuf {
        self.folder.join("target/debug/deps")
    }

    fn mdbook_test(&self) -> Result<Way> {
        // It doesn't tell how many pass, so it is asked for what it asks rustdoc.
        let mut passed = 0;
        for chapter in &self.chapters {
            let mut rustdoc = Command::new("rustdoc");
            rustdoc
                .current_dir(&self.folder)
                .args(["--test", "--edition", "2024", "-L"])
                .arg(self.libraries())
                .arg(chapter);
            passed += passed_of(&process::output(rustdoc)?)?;
        }
        let libraries = self.libraries();
        let libraries = libraries.to_str().context("the folder is text")?;
        let seconds = typical(|| {
            let mut book = MDBook::load(&self.folder)?;
            timed(|| match book.test(vec![libraries]) {
                Err(_) if passed < self.programs => Ok(()),
                result => result,
            })
        })?;
        Ok(
            self.way(
                "`mdbook test`, which compiles each time",
                seconds,
                passed,
            ),
        )
    }

    fn skeptic(&self) -> Result<Way> {
        // The first time, it compiles.
        let mut passed = passed_of(&self.cargo_test(&[])?)?;
        let seconds = typical(|| {
            timed(|| {
                passed = passed_of(&self.cargo_test(&[])?)?;
                Ok(())
            })
        })?;
        Ok(self.way("skeptic", seconds, passed))
    }

    fn cargo_test(&self, arguments: &[&str]) -> Result<Output> {
        let mut cargo = compile::cargo();
        cargo
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .args(["test", "--quiet"])
            .args(arguments);
        process::output(cargo)
    }

    fn way(&self, name: &str, seconds: Seconds, passed: usize) -> Way {
        Way {
            name: name.to_owned(),
            seconds,
            programs: self.programs,
            passed,
            left_out: self.left_out,
            compares: NO_PANIC.to_owned(),
        }
    }
}

fn manifest(
    root: &Path,
    workspace: &Table,
    listings: &[&Listing],
) -> Result<String> {
    let of_workspace =
        Table::from_iter([("workspace".to_owned(), true.into())]);
    let skeptic = recording::dependency(
        workspace,
        "skeptic",
        &Value::Table(of_workspace),
    );
    let mut tests = recording::dependencies(root, workspace, listings)?;
    tests.insert("skeptic".to_owned(), skeptic.clone());
    let build = Table::from_iter([("skeptic".to_owned(), skeptic)]);
    // The latest edition that skeptic knows.
    let package =
        "[workspace]\n[package]\nname = \"plain\"\nedition = \"2021\"\n";
    let mut manifest: Table = toml::from_str(package)?;
    manifest.insert("dev-dependencies".to_owned(), tests.into());
    manifest.insert("build-dependencies".to_owned(), build.into());
    Ok(toml::to_string(&manifest)?)
}

/// A program as a block of its own, below a heading with its name.
fn block(root: &Path, workspace: &Table, listing: &Listing) -> Result<String> {
    let mut text = format!("\n\n## {0}\n\n```rust\n", listing.name);
    text += &listing.shown_source();
    // rustdoc is told where crates are, and not which there are.
    for name in recording::dependencies(root, workspace, &[listing])?.keys() {
        let _ = writeln!(text, "# extern crate {};", name.replace('-', "_"));
    }
    Ok(text + "```\n")
}

/// A chapter whose own snippets are not run: it is programs that are compared.
fn without_snippets(markdown: &str) -> String {
    markdown.replace("```rust", "```text")
}

/// How many tests passed, by the last words of each run of Rust's test harness.
fn passed_of(output: &Output) -> Result<usize> {
    let said = String::from_utf8_lossy(&output.stdout);
    let result = Regex::new(r"(?m)^test result: .* (\d+) passed;")?;
    let counts = result.captures_iter(&said).map(|found| found[1].parse());
    let counts: Vec<usize> = counts.collect::<Result<_, _>>()?;
    ensure!(
        !counts.is_empty(),
        "no test was run:\n{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(counts.into_iter().sum())
}
