//! Books of growing size, generated with the same code: as many chapters as listings, each
//! of which prints a line and then waits for as long as it is told.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::{Ended, processors, tool};
use crate::compile;
use crate::files;
use crate::measured::{Conditions, Growth, Size};
use crate::preprocess::Manuscript;
use crate::seconds::Seconds;

/// How many chapters, and as many listings, the books have.
const SIZES: [usize; 3] = [10, 100, 1_000];

/// The program of each listing. That it is always the same spares goldens of its own.
const PROGRAM: &str = "\
//! Says something, and waits. Watch how long.

use std::time::Duration;

fn main() {
    println!(\"hello\");
    let seconds = std::env::args().nth(1).unwrap();
    std::thread::sleep(Duration::from_secs(seconds.parse().unwrap()));
}
";

/// The files of a golden.
const GOLDEN: [&str; 2] = ["output.txt", "timeline.json"];

/// Some text for each chapter, about as much as stands around a program of this book.
const TEXT: &str = "\
A program that waits does not compute. It tells the system when it wants to go on, and
until then somebody else may have the processor. That is why many programs that wait can
run beside each other, and take little longer than one of them alone.

Here is a program that says a word and then waits for a while. How long it waits is told
to it from outside. Nothing else happens in it, and so its run is a straight line with a
word at its beginning.
";

/// Measures all sizes. The conditions are those of the book at `root`; the others are
/// written to the folder `scratch`.
///
/// # Errors
/// If one of the books can't be built or does not agree with its goldens.
pub fn measure(root: &Path, scratch: &Path) -> Result<Growth> {
    let (manuscript, _) = Manuscript::collect(root);
    let mut sizes = Vec::new();
    for chapters in SIZES {
        let folder = scratch.join(format!("growth-{chapters}"));
        let book = Generated::write(folder, chapters)?;
        sizes.push(book.measure()?);
        // A thousand programs, compiled twice, take gigabytes.
        std::fs::remove_dir_all(&book.folder)?;
    }
    Ok(Growth {
        conditions: Conditions::now(&manuscript, compile::toolchain()?),
        processors: processors(),
        sizes,
    })
}

/// A generated book.
struct Generated {
    folder: PathBuf,
    chapters: usize,
}

impl Generated {
    /// Writes it, without goldens.
    fn write(folder: PathBuf, chapters: usize) -> Result<Generated> {
        // Nothing may be compiled yet.
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let book = Generated { folder, chapters };
        book.add(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"listings/*/*\"]\n\
             [profile.dev]\ndebug = \"line-tables-only\"\nincremental = false\n",
        )?;
        book.add(
            "book.toml",
            "[book]\ntitle = \"A generated book\"\n\
             [build]\ncreate-missing = false\n\
             use-default-preprocessors = false\n",
        )?;
        let mut summary = "# Summary\n\n".to_owned();
        for number in 1..=chapters {
            summary += &format!("- [Chapter {number}]({number}.md)\n");
            book.add(&format!("src/{number}.md"), &book.chapter(number))?;
            let main = format!("{}/src/main.rs", listing(number));
            book.add(&main, PROGRAM)?;
        }
        book.add("src/SUMMARY.md", &summary)?;
        Ok(book)
    }

    /// A chapter, with a link to the one that follows.
    fn chapter(&self, number: usize) -> String {
        let next = number % self.chapters + 1;
        format!(
            "# Chapter {number}\n\n{TEXT}\n{{{{#listing listing-{number}}}}}\n\n\
             Go on with [another one]({next}.md#chapter-{next}).\n"
        )
    }

    fn add(&self, file: &str, text: &str) -> Result<()> {
        let path = self.folder.join(file);
        let folder = path.parent().context("a file is in a folder")?;
        std::fs::create_dir_all(folder)?;
        std::fs::write(&path, text)
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// Lets each listing wait for so many seconds. The first is run to get the golden for
    /// all.
    fn let_wait(&self, seconds: usize) -> Result<()> {
        for number in 1..=self.chapters {
            self.add(
                &format!("{}/Cargo.toml", listing(number)),
                &format!(
                    "[package]\nname = \"listing-{number}\"\nedition = \"2024\"\n\
                     [package.metadata.listing]\n\
                     args = [\"{seconds}\"] # how long it waits, in seconds\n"
                ),
            )?;
        }
        self.tool(&["bless", "listing-1"])?;
        for file in GOLDEN {
            let golden = self.folder.join(listing(1)).join(file);
            let golden = files::read(&golden)?;
            for number in 2..=self.chapters {
                self.add(&format!("{}/{file}", listing(number)), &golden)?;
            }
        }
        Ok(())
    }

    /// Runs a command of the tool, which has to go well.
    fn tool(&self, arguments: &[&str]) -> Result<Ended> {
        let (chapters, command) = (self.chapters, arguments.join(" "));
        anstream::eprintln!("{chapters} chapters: {command}");
        let target = self.folder.join("target");
        let ended = tool(&self.folder, Some(&target), arguments)?;
        ensure!(
            ended.success,
            "`{command}` fails for {chapters} chapters:\n{}",
            ended.said
        );
        Ok(ended)
    }

    fn measure(&self) -> Result<Size> {
        self.let_wait(0)?;
        let build = self.tool(&["build"])?.cost;
        let changed = self.chapter(1).replace("Here is", "There is");
        self.add("src/1.md", &changed)?;
        let rebuild = self.tool(&["build"])?.cost;
        let compiling = self.tool(&["check"])?.cost.seconds;
        let check = self.tool(&["check"])?.cost;
        let compile = Seconds(compiling.0 - check.seconds.0);
        self.let_wait(1)?;
        let check_waiting = self.tool(&["check"])?.cost;
        Ok(Size {
            chapters: self.chapters,
            build,
            rebuild,
            compile: super::hundredths(compile),
            check,
            check_waiting,
        })
    }
}

/// The folder of a listing, relative to the book's root.
fn listing(number: usize) -> String {
    format!("listings/part/listing-{number}")
}
