//! `practice`: the exercises, one after the other, judged each time that they are saved.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::Result;

use crate::commands::clean_up_on_ctrl_c;
use crate::message::practice as message;
use crate::practice::{
    Assignment, Course, Judging, Note, Progress, Said, Workshop,
};
use crate::process::Stop;
use crate::seconds::Seconds;

mod screen;
mod session;

use session::Session;

/// Which exercise, and what is to be done with it.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// The exercise; the next one that is not done if there is no name
    name: Option<String>,
    /// Show all exercises, and which of them are done
    #[arg(long, conflicts_with_all = ["name", "reset"])]
    list: bool,
    /// Bring the start of the exercise back; what you made of it is kept beside it
    #[arg(long, requires = "name")]
    reset: bool,
    /// After how many seconds a program that hangs is stopped
    #[arg(long, hide = true)]
    patience: Option<f64>,
}

/// Lets somebody practice the exercises of the book at `root`, until they leave. Where
/// there is no terminal, it judges one exercise once. Whether that is solved.
///
/// # Errors
/// If there is no such exercise, or something can't be read, written or started.
pub fn practice(root: &Path, options: &Options) -> Result<bool> {
    let course = Course::read(root)?;
    let workshop = Workshop::of(root);
    let (progress, note) = workshop.progress()?;
    let index = match &options.name {
        Some(name) => course.index(name)?,
        None => course.next(&progress),
    };
    let assignment = &course.assignments[index];
    if options.list {
        say_notes(note.as_slice(), assignment);
        say(&message::list(&course, &progress, index));
        return Ok(true);
    }
    if options.reset {
        let mut notes: Vec<Note> = note.into_iter().collect();
        notes.extend(workshop.reset(&course, assignment)?);
        say_notes(&notes, assignment);
        say(&message::reset(assignment));
        return Ok(true);
    }
    let patience = options.patience.map(Seconds);
    if is_terminal() {
        let session = Session::new(root, course, workshop, patience)?;
        session.run(index, note).map(|()| true)
    } else {
        let patience = patience.unwrap_or_else(|| assignment.patience());
        once(root, &course, assignment, note, patience)
    }
}

/// Whether somebody sits there who can press keys and see what they do.
fn is_terminal() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
        && !is_dumb
}

/// Judges an exercise once. Whether it is solved.
fn once(
    root: &Path,
    course: &Course,
    assignment: &Assignment,
    note: Option<Note>,
    patience: Seconds,
) -> Result<bool> {
    clean_up_on_ctrl_c()?;
    let workshop = &Workshop::of(root);
    let index = assignment.number - 1;
    let mut notes: Vec<Note> = note.into_iter().collect();
    notes.extend(workshop.open(course, assignment)?);
    let progress = begin(workshop, assignment)?;
    let was_done = course.is_done(index, &progress);
    say(&message::head(course, assignment, was_done));
    say_notes(&notes, assignment);
    let mut passes = false;
    let mut now = None;
    let judging = Judging::new(root, assignment, patience);
    judging.judge(&Stop::default(), |said| match said {
        Said::Doing(_) => {}
        Said::Verdict(verdict) => {
            passes = verdict.passes();
            say(&message::verdict(&verdict, patience));
        }
        Said::Runs => say(&message::runs()),
        Said::Printed(line) => say(&line),
        Said::Ran(ran) => {
            let listing = &assignment.listing;
            say(&message::ran(listing, &ran, patience));
            now = Some(ran.seconds);
        }
    })?;
    if !passes {
        say(&message::try_again(assignment));
        return Ok(false);
    }
    let progress = solved(workshop, assignment)?;
    say(&message::done(assignment));
    let times = now.and_then(|now| message::times(assignment.before, now));
    if let Some(times) = times {
        say(&times);
    }
    let next = course.open_after(index, &progress);
    let next = next.map(|index| &course.assignments[index]);
    let command = "cargo run -- practice";
    say(&message::where_to(assignment, next, command));
    Ok(true)
}

/// Remembers which exercise is worked on.
fn begin(workshop: &Workshop, assignment: &Assignment) -> Result<Progress> {
    let name = &assignment.name().0;
    workshop.remember(|progress| progress.at = Some(name.clone()))?;
    Ok(workshop.progress()?.0)
}

/// Remembers that an exercise is solved.
fn solved(workshop: &Workshop, assignment: &Assignment) -> Result<Progress> {
    let name = &assignment.name().0;
    workshop.remember(|progress| progress.state_mut(name).done = true)?;
    Ok(workshop.progress()?.0)
}

fn say_notes(notes: &[Note], assignment: &Assignment) {
    for note in notes {
        say(&(message::note(note, assignment) + "\n"));
    }
}

fn say(text: &str) {
    anstream::println!("{text}");
}
