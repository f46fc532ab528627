//! A person who practices: what they press and save, and what is shown of it.
//!
//! Three threads tell the session what happens: one reads the keys, one watches the files,
//! and one judges. The last is stopped when something is saved meanwhile.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, bail};
use notify::RecursiveMode;

use super::screen::{self, Key, Screen};
use super::{begin, solved};
use crate::message::practice as message;
use crate::practice::{
    Assignment, Course, Judging, Note, Progress, Ran, Said, Verdict, Workshop,
};
use crate::process::Stop;
use crate::scratch;
use crate::seconds::Seconds;
use crate::watching;

/// What the session hears of.
enum Happened {
    /// A key was pressed.
    Pressed(Key),
    /// Files were saved.
    Saved,
    /// The judge with this number says something.
    Said(usize, Said),
    /// The judge with this number has ended.
    Ended(usize, Result<()>),
    /// A judge has panicked.
    Died,
}

/// The judge that is at work, or has been.
struct Judge {
    stop: Arc<Stop>,
    thread: JoinHandle<()>,
}

impl Judge {
    /// Stops it, and waits until nothing is left of it.
    fn end(self) {
        self.stop.stop();
        // That it has panicked is told otherwise.
        let _ = self.thread.join();
    }
}

/// What the next key answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// Nothing in particular.
    Nothing,
    /// Whether the start is to be brought back.
    Reset,
}

/// Somebody practices.
pub struct Session {
    root: PathBuf,
    course: Course,
    workshop: Workshop,
    /// How long tests and program may take, if that was asked for.
    patience: Option<Seconds>,
    sender: Sender<Happened>,
    receiver: Receiver<Happened>,
    screen: Screen,
    /// The index of the exercise that is shown.
    at: usize,
    progress: Progress,
    /// What the copy was when it was judged last.
    judged: Option<String>,
    judge: Option<Judge>,
    /// The number of the judge; one that was stopped may have something left to say.
    number: usize,
    /// What is being done now.
    doing: String,
    /// Whether the tests have passed.
    passes: bool,
    asking: Asking,
}

impl Session {
    /// Takes the terminal for a session with these exercises.
    ///
    /// # Errors
    /// If the terminal can't be had, or ctrl-c not be heard.
    pub fn new(
        root: &Path,
        course: Course,
        workshop: Workshop,
        patience: Option<Seconds>,
    ) -> Result<Session> {
        scratch::remove_left_programs(root);
        let (sender, receiver) = mpsc::channel();
        let interrupted = sender.clone();
        // As a key, ctrl-c is no signal; somebody else may send one.
        ctrlc::set_handler(move || {
            let _ = interrupted.send(Happened::Pressed(Key::Leave));
        })?;
        let (progress, _) = workshop.progress()?;
        Ok(Session {
            root: root.to_owned(),
            course,
            workshop,
            patience,
            sender,
            receiver,
            screen: Screen::take().context("cannot use the terminal")?,
            at: 0,
            progress,
            judged: None,
            judge: None,
            number: 0,
            doing: String::new(),
            passes: false,
            asking: Asking::Nothing,
        })
    }

    /// Goes on until the person leaves, beginning with the exercise of this index.
    ///
    /// # Errors
    /// If something can't be read, written or started, or the terminal is gone.
    pub fn run(mut self, index: usize, note: Option<Note>) -> Result<()> {
        let result = self.go_on(index, note);
        if let Some(judge) = self.judge.take() {
            judge.end();
        }
        let goodbye = message::goodbye(self.assignment());
        // From here on it is the usual terminal again.
        drop(self.screen);
        result?;
        // The terminal may be gone: that is one way to leave.
        let _ = writeln!(anstream::stdout(), "{goodbye}");
        Ok(())
    }

    fn go_on(&mut self, index: usize, note: Option<Note>) -> Result<()> {
        self.open(index, note.into_iter().collect())?;
        let saved = self.sender.clone();
        let folders = [(self.workshop.folder(), RecursiveMode::Recursive)];
        let is_code = |path: &Path| {
            path.extension().is_some_and(|e| e == "rs" || e == "toml")
        };
        let _watcher =
            watching::watch(&self.root, &folders, is_code, move |_| {
                let _ = saved.send(Happened::Saved);
            })?;
        // What was saved before it was watched.
        self.saved()?;
        let pressed = self.sender.clone();
        thread::spawn(move || {
            screen::read_keys(|key| {
                let _ = pressed.send(Happened::Pressed(key));
            });
        });
        loop {
            match self.receiver.recv()? {
                Happened::Pressed(key) => {
                    if self.pressed(key)? {
                        return Ok(());
                    }
                }
                Happened::Saved => self.saved()?,
                Happened::Said(number, said) if number == self.number => {
                    self.said(said)?;
                }
                Happened::Ended(number, result) if number == self.number => {
                    self.ended(result)?;
                }
                Happened::Said(..) | Happened::Ended(..) => {}
                Happened::Died => bail!("the judge has panicked"),
            }
        }
    }

    fn assignment(&self) -> &Assignment {
        &self.course.assignments[self.at]
    }

    fn is_done(&self) -> bool {
        self.course.is_done(self.at, &self.progress)
    }

    /// How long tests and program may take.
    fn patience(&self) -> Seconds {
        let usual = || self.assignment().patience();
        self.patience.unwrap_or_else(usual)
    }

    /// Goes to an exercise.
    fn open(&mut self, index: usize, mut notes: Vec<Note>) -> Result<()> {
        self.at = index;
        notes.extend(self.workshop.open(&self.course, self.assignment())?);
        self.progress = begin(&self.workshop, self.assignment())?;
        self.look(notes)
    }

    /// Judges the copy as it is now, on a new page.
    fn look(&mut self, mut notes: Vec<Note>) -> Result<()> {
        if let Some(judge) = self.judge.take() {
            judge.end();
        }
        self.number += 1;
        self.asking = Asking::Nothing;
        self.passes = false;
        notes.extend(self.workshop.refresh(self.assignment())?);
        self.judged = self.workshop.version(self.assignment());
        self.doing = "Compiling".to_owned();
        self.show_keys()?;
        self.screen.clear()?;
        let head =
            message::head(&self.course, self.assignment(), self.is_done());
        self.screen.say(&head)?;
        for note in &notes {
            let note = message::note(note, self.assignment());
            self.screen.say(&(note + "\n"))?;
        }
        if !self.is_done() {
            let state = self.progress.state(&self.assignment().name().0);
            for number in 1..=state.hints {
                self.say_hint(number)?;
            }
        }
        if self.judged.is_none() {
            self.doing.clear();
            self.show_keys()?;
            let gone = message::no_file(self.assignment());
            self.screen.say(&gone)?;
            return Ok(());
        }
        self.judge = Some(self.start_judge());
        Ok(())
    }

    fn start_judge(&self) -> Judge {
        let judging =
            Judging::new(&self.root, self.assignment(), self.patience());
        let stop = Arc::new(Stop::default());
        let (number, sender) = (self.number, self.sender.clone());
        let alarm = Alarm(sender.clone());
        let thread = thread::spawn({
            let stop = stop.clone();
            move || {
                let _alarm = alarm;
                let result = judging.judge(&stop, |said| {
                    let _ = sender.send(Happened::Said(number, said));
                });
                let _ = sender.send(Happened::Ended(number, result));
            }
        });
        Judge { stop, thread }
    }

    /// Something was saved. Often it is not what is judged, or the same as before.
    fn saved(&mut self) -> Result<()> {
        let version = self.workshop.version(self.assignment());
        match version.is_some() && version != self.judged {
            true => self.look(Vec::new()),
            false => Ok(()),
        }
    }

    fn said(&mut self, said: Said) -> Result<()> {
        match said {
            Said::Doing(doing) => {
                self.doing = doing;
                self.show_keys()?;
            }
            Said::Verdict(verdict) => self.judged_so(&verdict)?,
            Said::Runs => {
                self.doing = "Running".to_owned();
                self.show_keys()?;
                self.screen.say(&message::runs())?;
            }
            Said::Printed(line) => self.screen.say(&line)?,
            Said::Ran(ran) => self.ran(&ran)?,
        }
        Ok(())
    }

    fn judged_so(&mut self, verdict: &Verdict) -> Result<()> {
        let said = message::verdict(verdict, self.patience());
        self.passes = verdict.passes();
        self.screen.say(&said)?;
        if self.passes {
            self.progress = solved(&self.workshop, self.assignment())?;
            let done = message::done(self.assignment());
            self.screen.say(&format!("\n{done}"))?;
        }
        self.show_keys()
    }

    fn ran(&mut self, ran: &Ran) -> Result<()> {
        let assignment = self.assignment();
        let said = message::ran(&assignment.listing, ran, self.patience());
        let times = message::times(assignment.before, ran.seconds);
        self.screen.say(&said)?;
        match times {
            Some(times) if self.passes => {
                self.screen.say(&times).map_err(Into::into)
            }
            _ => Ok(()),
        }
    }

    /// The judge has nothing more to say.
    fn ended(&mut self, result: Result<()>) -> Result<()> {
        self.doing.clear();
        self.show_keys()?;
        if let Err(error) = result {
            self.screen.say(&crate::message::failed(&error))?;
        }
        if self.passes {
            let next = self.course.open_after(self.at, &self.progress);
            let next = next.map(|index| &self.course.assignments[index]);
            let words = message::where_to(self.assignment(), next, "n");
            self.screen.say(&words)?;
        } else {
            self.screen.say(message::change_it())?;
        }
        Ok(())
    }

    fn show_keys(&mut self) -> Result<()> {
        let keys = match self.asking {
            Asking::Nothing => message::keys(self.is_done(), &self.doing),
            Asking::Reset => message::ask_to_reset(self.assignment().name()),
        };
        self.screen.show_keys(keys)?;
        Ok(())
    }

    /// Does what a key asks for. Whether that is to leave.
    fn pressed(&mut self, key: Key) -> Result<bool> {
        let Key::Letter(letter) = key else {
            return Ok(true);
        };
        if self.asking == Asking::Reset {
            self.answered(letter)?;
            return Ok(false);
        }
        match letter {
            'q' => return Ok(true),
            'h' => self.hint()?,
            'n' => self.next()?,
            'r' => self.look(Vec::new())?,
            's' => {
                let words = match self.is_done() {
                    true => message::solution(self.assignment()),
                    false => message::no_solution_yet().to_owned(),
                };
                self.screen.say(&words)?;
            }
            'l' => {
                let course = &self.course;
                let list = message::list(course, &self.progress, self.at);
                self.screen.say(&format!("\n{list}"))?;
            }
            'x' => {
                self.asking = Asking::Reset;
                self.show_keys()?;
            }
            _ => {}
        }
        Ok(false)
    }

    /// Whether the start is to be brought back: any other key than `y` says no.
    fn answered(&mut self, letter: char) -> Result<()> {
        self.asking = Asking::Nothing;
        if letter != 'y' {
            self.show_keys()?;
            self.screen.say(message::not_reset())?;
            return Ok(());
        }
        let notes = self.workshop.reset(&self.course, self.assignment())?;
        self.progress = self.workshop.progress()?.0;
        self.look(notes)
    }

    /// Shows the next hint; all of them are seen again on the next page.
    fn hint(&mut self) -> Result<()> {
        let name = self.assignment().name().0.clone();
        let number = self.progress.state(&name).hints + 1;
        if number > self.assignment().exercise.hints.len() {
            let words = message::no_more_hints(self.assignment());
            self.screen.say(&words)?;
            return Ok(());
        }
        let seen = |progress: &mut Progress| {
            progress.state_mut(&name).hints = number;
        };
        self.workshop.remember(seen)?;
        seen(&mut self.progress);
        self.say_hint(number)
    }

    fn say_hint(&mut self, number: usize) -> Result<()> {
        if let Some(hint) = self.assignment().exercise.hints.get(number - 1) {
            let hint = message::hint(number, hint);
            self.screen.say(&format!("{hint}\n"))?;
        }
        Ok(())
    }

    /// Goes to the next exercise that is not done.
    fn next(&mut self) -> Result<()> {
        match self.course.open_after(self.at, &self.progress) {
            Some(index) => self.open(index, Vec::new()),
            None => {
                let words = message::no_other(self.is_done());
                self.screen.say(words)?;
                Ok(())
            }
        }
    }
}

/// Tells when the thread that has it panics.
struct Alarm(Sender<Happened>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Happened::Died);
        }
    }
}
