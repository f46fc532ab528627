//! Reads the arguments, calls the command, prints what went wrong.

use std::process::ExitCode;

use anyhow::Result;
use book::commands::{
    self, bless, build, check, list, preprocess, run as run_listing, serve,
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
    Build,
    /// Run the listings and hold each against its golden
    Check(check::Options),
    /// Run the listings and make what they print the golden
    Bless {
        /// The listings to bless; all of them if there is no name
        names: Vec<String>,
    },
    /// Run a listing, show when it prints what, and draw its timeline
    Run {
        /// The listing
        name: String,
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
        Command::Build => build::build(&commands::root()?).map(|()| true),
        Command::Check(options) => check::check(&commands::root()?, &options),
        Command::Bless { names } => bless::bless(&commands::root()?, &names),
        Command::Run { name } => run_listing::run(&commands::root()?, &name),
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
