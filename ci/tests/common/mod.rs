//! Small books to try the tool on.
#![allow(dead_code, reason = "each test program uses a part of this")]

pub mod server;
#[cfg(unix)]
pub mod terminal;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use book::compile;
use book::diagnostics::Messages;
use book::golden::Golden;
use book::listing::Listings;
use book::process::{End, Line, Run};
use book::record;
use book::seconds::Seconds;
use tempfile::TempDir;
use toml::Table;

/// The folder of this very book.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("ci is in the book's root")
}

/// The folder into which this very book is compiled.
pub fn target() -> PathBuf {
    compile::target_folder(root(), None)
}

/// A book in a folder of its own.
pub struct Fixture {
    folder: Folder,
}

enum Folder {
    /// Gone when the test is.
    Temporary(TempDir),
    /// Below this repository's target folder: what it compiled is there next time.
    Kept(PathBuf),
}

impl Fixture {
    /// A book with one chapter, `src/start.md`, and no listing.
    pub fn new() -> Fixture {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // Quick to compile: nobody debugs these programs.
        let profile = "debug = false\nincremental = false";
        Fixture::begin(Folder::Temporary(folder), profile)
    }

    /// The same in a folder that stays, so that what was compiled once is there next
    /// time. `source` is that of the test: if it changes, all is written anew. Its
    /// listings may use tokio, tokio-util and futures.
    pub fn kept(name: &str, source: &str) -> Fixture {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let written_by = std::fs::read_to_string(folder.join("test.rs"));
        if written_by.is_ok_and(|old| old != source) {
            let listings = folder.join("listings");
            std::fs::remove_dir_all(listings).expect("the old listings go");
        }
        // The profile of recordings, so that crates are compiled once for both.
        let profile =
            "debug = \"line-tables-only\"\npackage.\"*\".debug = false";
        let book = Fixture::begin(Folder::Kept(folder), profile);
        book.write("test.rs", source);
        // Nothing is resolved anew; cargo leaves out what isn't needed.
        let lock = std::fs::read_to_string(root().join("Cargo.lock"));
        book.write("Cargo.lock", &lock.expect("this book has a lock file"));
        book
    }

    fn begin(folder: Folder, profile: &str) -> Fixture {
        let book = Fixture { folder };
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"listings/*/*\"]\n\
             [workspace.dependencies]\nfutures = \"0.3\"\n\
             tokio = {{ version = \"1.54\", features = [\"full\"] }}\n\
             tokio-util = {{ version = \"0.7\", features = [\"rt\", \"time\"] }}\n\
             [profile.dev]\n{profile}\n"
        );
        book.write("Cargo.toml", &manifest);
        book.write(
            "book.toml",
            "[book]\ntitle = \"A book\"\n[build]\ncreate-missing = false\n\
             use-default-preprocessors = false\n",
        );
        book.write("src/SUMMARY.md", "# Summary\n\n- [Start](start.md)\n");
        book.write("src/start.md", "# Start\n");
        std::fs::create_dir_all(book.path().join("listings"))
            .expect("a folder");
        book
    }

    /// Lets it use the crates of this very book, with the same features, so that they are
    /// not compiled anew in the folder [`target`].
    pub fn sharing_crates(self) -> Fixture {
        let own = std::fs::read_to_string(root().join("Cargo.toml"));
        let mut manifest: Table = own
            .expect("this book has a manifest")
            .parse()
            .expect("it is TOML");
        let workspace = manifest["workspace"]
            .as_table_mut()
            .expect("it is that of a workspace");
        workspace.remove("default-members");
        workspace["members"] = vec!["ci/features", "listings/*/*"].into();
        workspace["dependencies"]
            .as_table_mut()
            .expect("it has dependencies")
            .retain(|_, dependency| dependency.get("path").is_none());
        self.write("Cargo.toml", &manifest.to_string());
        for file in ["ci/features/Cargo.toml", "ci/features/src/lib.rs"] {
            let text = std::fs::read_to_string(root().join(file));
            self.write(file, &text.expect("this book has this crate"));
        }
        self
    }

    /// The root of the book.
    pub fn path(&self) -> &Path {
        match &self.folder {
            Folder::Temporary(folder) => folder.path(),
            Folder::Kept(folder) => folder,
        }
    }

    /// Writes a file, with the folders above it. One that is like that already is left
    /// alone, so that cargo takes it for unchanged.
    pub fn write(&self, file: &str, text: &str) {
        let path = self.path().join(file);
        if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        let folder = path.parent().expect("a file is in a folder");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(&path, text).expect("the file can be written");
    }

    /// Reads a file.
    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path().join(file))
            .expect("the file is there")
    }

    /// Adds a listing without a golden, in the part `part`. It is not recorded.
    pub fn listing(&self, name: &str, source: &str, metadata: &str) {
        // Compiling each program once more would take longer than all the rest.
        let metadata = format!(
            "[package.metadata.listing]\nrecord = false # quick to test\n{metadata}\n"
        );
        self.package(name, source, &metadata);
    }

    /// Adds a listing that is recorded.
    pub fn recorded_listing(&self, name: &str, source: &str, metadata: &str) {
        let uses = |krate: &&str| {
            source.contains(&format!("{}::", krate.replace('-', "_")))
        };
        let dependencies =
            ["tokio", "tokio-util", "futures"].into_iter().filter(uses);
        let dependencies: String = dependencies
            .map(|krate| format!("{krate}.workspace = true\n"))
            .collect();
        self.package(
            name,
            source,
            &format!(
                "[dependencies]\n{dependencies}\
                 [package.metadata.listing]\n{metadata}\n"
            ),
        );
    }

    fn package(&self, name: &str, source: &str, tables: &str) {
        let folder = format!("listings/part/{name}");
        self.write(
            &format!("{folder}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{name}\"\nedition = \"2024\"\n{tables}"
            ),
        );
        self.write(&format!("{folder}/src/main.rs"), source);
    }

    /// Gives a listing of the part `part` its golden.
    pub fn golden(&self, name: &str, output: &str, seconds: f64) {
        let line = |line: &str| Line {
            at: Seconds(0.0),
            bytes: line.as_bytes().to_owned(),
        };
        let run = Run {
            lines: output.split_inclusive('\n').map(line).collect(),
            end: End::Exited(0),
            seconds: Seconds(seconds),
        };
        let (listings, _) = Listings::find(self.path());
        let listing = listings.get(name).expect("a golden is a listing's");
        let toolchain = compile::toolchain().expect("rustc is installed");
        let golden = Golden {
            output: output.to_owned(),
            timeline: record::unrecorded(&run, listing, &toolchain),
            warnings: None,
            clippy: None,
            lints: None,
            tests: None,
            errors: None,
        };
        let folder = format!("listings/part/{name}");
        self.write(&format!("{folder}/output.txt"), &golden.output);
        self.write(
            &format!("{folder}/timeline.json"),
            &golden.timeline.to_text(),
        );
    }

    /// Gives a listing of the part `part` that must not compile its golden.
    pub fn errors(&self, name: &str, text: &str) {
        let (listings, _) = Listings::find(self.path());
        let listing = listings.get(name).expect("a golden is a listing's");
        let errors = Messages {
            text: text.to_owned(),
            toolchain: compile::toolchain().expect("rustc is installed"),
        };
        let golden = Golden::of_errors(errors, listing);
        golden
            .write(self.path(), listing)
            .expect("it can be written");
    }

    /// The tool, to be run in this book.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(tool());
        command.args(arguments).current_dir(self.path());
        // Faulty programs may have warnings, whatever is denied elsewhere.
        command.env_remove("RUSTFLAGS");
        command
    }

    /// Runs the tool in this book.
    pub fn run(&self, arguments: &[&str]) -> Said {
        self.command(arguments)
            .output()
            .expect("the tool starts")
            .into()
    }
}

/// Whether there is no such folder, or nothing in it.
pub fn is_empty(folder: &Path) -> bool {
    !folder
        .read_dir()
        .is_ok_and(|mut files| files.next().is_some())
}

/// A program that is quick to compile.
pub const GREETS: &str =
    "//! Greets.\n\nfn main() {\n    println!(\"hello\");\n}\n";

/// A book that shows one listing, `greets`.
pub fn greeting() -> Fixture {
    let book = Fixture::new();
    book.listing("greets", GREETS, "");
    book.golden("greets", "hello\n", 0.0);
    book.write("src/start.md", "# Start\n\n{{#listing greets}}\n");
    book
}

/// The tool's program.
pub fn tool() -> PathBuf {
    env!("CARGO_BIN_EXE_book").into()
}

/// What the tool said.
pub struct Said {
    /// On standard output and standard error.
    pub text: String,
    /// Whether its exit status was 0.
    pub success: bool,
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        let text = [output.stdout, output.stderr].concat();
        Said {
            text: String::from_utf8(text).expect("the tool prints text"),
            success: output.status.success(),
        }
    }
}

impl Said {
    /// Fails unless each of the texts was said.
    pub fn has(&self, texts: &[&str]) -> &Said {
        for text in texts {
            assert!(
                self.text.contains(text),
                "this was not said:\n{text}\n--- but this:\n{}",
                self.text
            );
        }
        self
    }
}
