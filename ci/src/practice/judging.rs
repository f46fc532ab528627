//! Judging a copy: its tests first, which take no time where the clock is paused, then the
//! program itself, recorded as a listing of the book is.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use regex::Regex;

use crate::compile::{self, Diagnostic, Watched};
use crate::files;
use crate::listing::{JUDGE, Listing};
use crate::message;
use crate::practice::verdict;
use crate::practice::{Assignment, FOLDER, Verdict};
use crate::process::{self, End, Limits, Stop};
use crate::record;
use crate::scratch::{Compiled, Scratch};
use crate::seconds::Seconds;
use crate::terminal::Lines;
use crate::timeline::Timeline;

/// How long compiling may take; the first time, there are crates to compile as well.
const COMPILING: Seconds = Seconds(900.0);

/// How much memory a program may use, in bytes.
const MOST_MEMORY: u64 = 2 << 30;

/// What is told while a copy is judged, as soon as it is known.
#[derive(Debug)]
pub enum Said {
    /// What cargo does, as far as that takes long.
    Doing(String),
    /// What the tests say.
    Verdict(Verdict),
    /// The program is about to run.
    Runs,
    /// The program printed a line, which is shown like this.
    Printed(String),
    /// The program has ended.
    Ran(Ran),
}

/// A run of the learner's program.
#[derive(Debug)]
pub struct Ran {
    /// How it unfolded.
    pub timeline: Timeline,
    /// How long it took, without what the recorder needed to get ready.
    pub seconds: Seconds,
    /// How it ended.
    pub end: End,
}

/// A copy that is to be judged.
#[derive(Debug)]
pub struct Judging {
    root: PathBuf,
    /// The exercise as the learner has made it: its folder is that of the copy.
    listing: Listing,
    patience: Seconds,
}

impl Judging {
    /// The copy of an exercise of the book at `root`. Tests and program are each stopped
    /// after `patience`.
    pub fn new(
        root: &Path,
        assignment: &Assignment,
        patience: Seconds,
    ) -> Judging {
        Judging {
            root: root.to_owned(),
            listing: Listing {
                folder: assignment.folder(),
                ..assignment.listing.clone()
            },
            patience,
        }
    }

    /// Judges it, until it is stopped; `told` hears of everything. The program only runs if
    /// there was something to be judged.
    ///
    /// # Errors
    /// If something can't be started, written or read.
    pub fn judge(&self, stop: &Stop, mut told: impl FnMut(Said)) -> Result<()> {
        let Some(verdict) = self.verdict(stop, &mut told)? else {
            return Ok(());
        };
        let is_program =
            matches!(verdict, Verdict::Tried { .. } | Verdict::NoJudge);
        told(Said::Verdict(verdict));
        match is_program {
            true => self.run(stop, told),
            false => Ok(()),
        }
    }

    /// What the tests say; none if it was stopped.
    fn verdict(
        &self,
        stop: &Stop,
        told: &mut impl FnMut(Said),
    ) -> Result<Option<Verdict>> {
        let name = &self.listing.name.0;
        let mut cargo = compile::cargo();
        cargo
            .current_dir(self.root.join(FOLDER))
            // That of the book, where most of the crates are compiled already.
            .env("CARGO_TARGET_DIR", compile::target_folder(&self.root, None))
            .args(["test", "--no-run", "--color=never"])
            .arg("--message-format=json-diagnostic-rendered-ansi")
            .args(["--package", name, "--bin", name]);
        let limits = Limits::of_listing(COMPILING);
        let doing = |doing: &str| told(Said::Doing(doing.to_owned()));
        let Watched {
            end,
            messages,
            said,
        } = compile::watched(cargo, name, &limits, stop, doing)?;
        if stop.is_stopped() {
            return Ok(None);
        }
        let about: Vec<&Diagnostic> =
            messages.iter().filter_map(|m| m.message.as_ref()).collect();
        let program = messages.iter().find_map(|m| m.executable.as_deref());
        match (end, program) {
            (End::TimedOut, _) => Ok(Some(Verdict::CompilingTimedOut)),
            (End::Exited(0), Some(program)) => {
                let warnings = self.messages(&about, "warning");
                self.tests(program, warnings, stop)
            }
            _ => {
                let messages = self.messages(&about, "error");
                if messages.is_empty() {
                    bail!("{}", message::cargo_failed(said.trim()));
                }
                let errors = about.iter().filter(|said| is(said, "error"));
                let places: Vec<_> =
                    errors.filter_map(|said| place(said)).collect();
                let in_judge = !places.is_empty()
                    && places.iter().all(|file| file.ends_with(JUDGE));
                Ok(Some(Verdict::DoesNotCompile { messages, in_judge }))
            }
        }
    }

    /// Runs the tests; none if they were stopped.
    fn tests(
        &self,
        program: &Path,
        warnings: String,
        stop: &Stop,
    ) -> Result<Option<Verdict>> {
        let mut tests = Command::new(program);
        let folder = self.root.join(&self.listing.folder);
        // One after the other, so that it is known which of them never ends.
        tests.arg("--test-threads=1").current_dir(folder);
        let run =
            process::run_limited(tests, "", &self.limits(), stop, |_| {})?;
        if stop.is_stopped() {
            return Ok(None);
        }
        let lines = run.lines.iter();
        let printed: String = lines
            .map(|line| String::from_utf8_lossy(&line.bytes))
            .collect();
        let tests = verdict::read(&printed, run.end, &self.listing.folder);
        Ok(Some(match tests {
            Some(tests) => Verdict::Tried { tests, warnings },
            None => Verdict::NoJudge,
        }))
    }

    /// Runs the program as it is.
    fn run(&self, stop: &Stop, mut told: impl FnMut(Said)) -> Result<()> {
        let text = files::read(&self.root.join(self.listing.source_file()))?;
        let scratch = Scratch::new(&self.root, &self.listing, text);
        let limits = Limits::of_listing(COMPILING);
        let compiled = scratch.compile(&limits, stop, |doing| {
            told(Said::Doing(doing.to_owned()));
        })?;
        // It compiled a moment ago; if it does no more, it is being changed now.
        let Compiled::Program(program, _) = compiled else {
            return Ok(());
        };
        told(Said::Runs);
        let mut lines = Lines::default();
        let run = scratch.run(&program, &self.limits(), stop, |line| {
            if let Some(line) = lines.arrived(line)
                && !line.contains(verdict::ABOUT_BACKTRACES)
            {
                told(Said::Printed(line));
            }
        })?;
        if stop.is_stopped() {
            return Ok(());
        }
        if let Some(rest) = lines.rest() {
            told(Said::Printed(rest));
        }
        let toolchain = compile::toolchain()?;
        let listing = scratch.listing();
        let timeline = match program.is_recorded() {
            true => record::recorded(&run, listing, &toolchain),
            false => record::unrecorded(&run, listing, &toolchain),
        };
        let last = timeline.events.last();
        let seconds = match (run.end, last) {
            (End::Exited(_), Some(last)) => last.at,
            _ => timeline.seconds.snapped(),
        };
        let end = run.end;
        told(Said::Ran(Ran {
            timeline,
            seconds,
            end,
        }));
        Ok(())
    }

    fn limits(&self) -> Limits {
        Limits {
            memory: MOST_MEMORY,
            ..Limits::of_listing(self.patience)
        }
    }

    /// The messages of this level, with the paths that the learner knows.
    fn messages(&self, about: &[&Diagnostic], level: &str) -> String {
        let of_level = about.iter().filter(|said| is(said, level));
        let texts: String = of_level
            .filter_map(|said| said.rendered.as_deref())
            .collect();
        let name = &self.listing.name.0;
        // The compiler calls it so, as it works in the folder of the copies. In color, there
        // is a style between the arrow and the path.
        let style = r"(?:\x1b\[[0-9;]*m)*";
        let place = format!("(-->|:::)({style} {style})({name}[/\\\\]src)");
        let place = Regex::new(&place).expect("a regex");
        let with_folder = format!("${{1}}${{2}}{FOLDER}/${{3}}");
        let tidy = compile::tidy(&texts);
        place.replace_all(&tidy, with_folder).into_owned()
    }
}

fn is(said: &Diagnostic, level: &str) -> bool {
    said.level.starts_with(level)
}

/// The file that a message points at.
fn place(said: &Diagnostic) -> Option<&Path> {
    let first = said.spans.iter().find(|span| span.is_primary);
    first.map(|span| span.file_name.as_path())
}
