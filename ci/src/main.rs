//! Reads the arguments, calls the command, prints what went wrong.

use std::process::ExitCode;

use anyhow::Result;
use book::commands::{
    self, bench, bless, build, check, flake, list, new, practice, preprocess,
    run as run_listing, self_test, serve,
};
use clap::{Parser, Subcommand};

/// Builds, serves and checks the book.
#[derive(Parser)]
#[command(name = "book", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Build the book, serve it, and reload the page when something changes (the
    /// default)
    Serve(serve::Options),
    /// Write the finished pages to book/
    Build(build::Options),
    /// Run the listings and hold each against its golden
    Check(check::Options),
    /// Run the listings and make what they print the golden
    Bless {
        /// The listings to bless; all of them if there is no name
        names: Vec<String>,
    },
    /// Make a working start: a new listing or a new chapter
    New {
        #[command(subcommand)]
        what: new::What,
    },
    /// Run a listing, show when it prints what, and draw its timeline
    Run {
        /// The listing
        name: String,
    },
    /// Do the exercises, one after the other: each is judged when you save it
    Practice(practice::Options),
    /// Plant faults into a copy of the book, and see that the check catches each
    SelfTest(self_test::Options),
    /// Check the listings again and again, to see whether the check ever cries wolf
    Flake(flake::Options),
    /// Measure what the check costs, on a quiet machine, and write it to ci/measured/
    Bench {
        /// What to measure; all of it by default
        what: Option<bench::What>,
    },
    /// Show the listings: name, part, seconds, where in the text
    List,
    /// Replace the directives of a book on standard input, for mdBook
    #[command(hide = true)]
    Preprocess {
        #[command(subcommand)]
        question: Option<Question>,
    },
}

#[derive(Subcommand)]
enum Question {
    /// Whether a renderer is supported
    Supports {
        /// Its name, such as html
        renderer: String,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            anstream::eprintln!("{}", book::message::failed(&error));
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well.
fn run(arguments: Arguments) -> Result<bool> {
    let command = arguments
        .command
        .unwrap_or(Command::Serve(serve::Options::default()));
    match command {
        Command::Serve(options) => {
            serve::serve(&commands::root()?, &options).map(|()| true)
        }
        Command::Build(options) => {
            build::build(&commands::root()?, &options).map(|()| true)
        }
        Command::Check(options) => check::check(&commands::root()?, &options),
        Command::Bless { names } => bless::bless(&commands::root()?, &names),
        Command::New { what } => {
            new::new(&commands::root()?, &what).map(|()| true)
        }
        Command::Run { name } => run_listing::run(&commands::root()?, &name),
        Command::Practice(options) => {
            practice::practice(&commands::root()?, &options)
        }
        Command::SelfTest(options) => {
            self_test::self_test(&commands::root()?, &options)
        }
        Command::Flake(options) => flake::flake(&commands::root()?, &options),
        Command::Bench { what } => {
            bench::bench(&commands::root()?, what).map(|()| true)
        }
        Command::List => list::list(&commands::root()?).map(|()| true),
        // Every renderer can use Markdown without directives.
        Command::Preprocess {
            question: Some(Question::Supports { .. }),
        } => Ok(true),
        Command::Preprocess { question: None } => {
            preprocess::preprocess().map(|()| true)
        }
    }
}
