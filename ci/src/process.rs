//! Running a program: its lines with the second at which each appeared, how it ended,
//! and the certainty that nothing of it is left.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, PipeReader, Write};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::seconds::Seconds;

/// A program that prints more than this, in bytes, is stopped: no listing needs it,
/// and an endless one would fill the memory.
const MOST_OUTPUT: usize = 1 << 20;

/// How long the last lines of a program may take to arrive once it has ended.
const LAST_LINES: Duration = Duration::from_secs(1);

/// One execution of a program.
#[derive(Debug, Clone)]
pub struct Run {
    /// What it printed to standard output and standard error, in the order in which
    /// a terminal would have shown it.
    pub lines: Vec<Line>,
    /// How it ended.
    pub end: End,
    /// The elapsed time.
    pub seconds: Seconds,
}

impl Run {
    /// All of what it printed.
    ///
    /// # Errors
    /// The first line, counted from 1, that is not UTF-8.
    pub fn text(&self) -> Result<String, usize> {
        let lines = self.lines.iter().enumerate();
        lines
            .map(|(index, line)| {
                std::str::from_utf8(&line.bytes).map_err(|_| index + 1)
            })
            .collect()
    }
}

/// A printed line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// When it appeared, since the start of the run.
    pub at: Seconds,
    /// Its bytes, with the line ending if it has one.
    pub bytes: Vec<u8>,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit status.
    Exited(i32),
    /// By this signal.
    Killed(i32),
    /// It had to be stopped when its time was up.
    TimedOut,
    /// It had to be stopped because it printed without end.
    TooMuchOutput,
}

enum Happened {
    Printed(Vec<u8>),
    OutputEnded,
    Ended(std::io::Result<ExitStatus>),
}

/// Runs `command` in a process group of its own, feeds it `stdin`, and stops it with
/// all its children after `timeout`. Children that outlive it are ended, too.
///
/// # Errors
/// If the program can't be started.
pub fn run(command: Command, stdin: &str, timeout: Seconds) -> Result<Run> {
    run_and_tell(command, stdin, timeout, |_| {})
}

/// The same; `printed` hears of each line when it arrives.
///
/// # Errors
/// If the program can't be started.
pub fn run_and_tell(
    mut command: Command,
    stdin: &str,
    timeout: Seconds,
    mut printed: impl FnMut(&Line),
) -> Result<Run> {
    let (reader, writer) = std::io::pipe().context("cannot make a pipe")?;
    command
        .stdin(if stdin.is_empty() {
            Stdio::null()
        } else {
            Stdio::piped()
        })
        .stdout(writer.try_clone().context("cannot share a pipe")?)
        .stderr(writer)
        // What the reader's terminal may have set must not change what is printed.
        .env_remove("RUST_BACKTRACE")
        .env_remove("RUST_LOG");
    in_own_group(&mut command);
    let program = command.get_program().to_string_lossy().into_owned();

    let start = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;
    // The command holds the writing ends; the pipe ends only when nobody does.
    drop(command);
    let group = Group::of(&child);
    feed(&mut child, stdin);
    let (sender, receiver) = mpsc::channel();
    let lines = sender.clone();
    thread::spawn(move || read_lines(reader, &lines));
    thread::spawn(move || sender.send(Happened::Ended(child.wait())));

    let deadline = start + Duration::from_secs_f64(timeout.0);
    let mut run = watch(&receiver, start, deadline, &group, &mut printed);
    group.end();
    last_lines(&receiver, &mut run, start, &mut printed);
    Ok(run)
}

/// Runs `command` to its end in a process group of its own, with nothing to read, and
/// collects what it prints. [`end_all`] ends it, with all its children.
///
/// # Errors
/// If the program can't be started.
pub fn output(mut command: Command) -> Result<Output> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    in_own_group(&mut command);
    let child = command.spawn()?;
    let _group = Group::of(&child);
    Ok(child.wait_with_output()?)
}

fn read_lines(reader: PipeReader, sender: &Sender<Happened>) {
    let mut reader = BufReader::new(reader);
    loop {
        let mut bytes = Vec::new();
        match reader.read_until(b'\n', &mut bytes) {
            Ok(1..) if sender.send(Happened::Printed(bytes)).is_ok() => {}
            _ => break,
        }
    }
    // Nobody listens once the run has been given up.
    let _ = sender.send(Happened::OutputEnded);
}

/// Writes on a thread of its own: the program may print before it reads.
fn feed(child: &mut Child, stdin: &str) {
    if let Some(mut pipe) = child.stdin.take() {
        let text = stdin.to_owned();
        thread::spawn(move || {
            // A program may end without having read all of it.
            let _ = pipe.write_all(text.as_bytes());
        });
    }
}

/// Collects lines until the program ends or has to be stopped.
fn watch(
    receiver: &Receiver<Happened>,
    start: Instant,
    deadline: Instant,
    group: &Group,
    told: &mut impl FnMut(&Line),
) -> Run {
    let mut run = Run {
        lines: Vec::new(),
        end: End::TimedOut,
        seconds: Seconds(0.0),
    };
    let mut printed = 0;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match receiver.recv_timeout(left) {
            Ok(Happened::Printed(bytes)) => {
                printed += bytes.len();
                let line = Line {
                    at: start.elapsed().into(),
                    bytes,
                };
                told(&line);
                run.lines.push(line);
                if printed > MOST_OUTPUT {
                    run.end = End::TooMuchOutput;
                    group.end();
                    break;
                }
            }
            Ok(Happened::OutputEnded) => {}
            Ok(Happened::Ended(status)) => {
                run.end = status.map_or(End::Killed(0), end_of);
                break;
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                group.end();
                break;
            }
        }
    }
    run.seconds = start.elapsed().into();
    run
}

/// What was still in the pipe when the program ended.
fn last_lines(
    receiver: &Receiver<Happened>,
    run: &mut Run,
    start: Instant,
    told: &mut impl FnMut(&Line),
) {
    if run.end == End::TooMuchOutput {
        return;
    }
    while let Ok(happened) = receiver.recv_timeout(LAST_LINES) {
        match happened {
            Happened::Printed(bytes) => {
                let line = Line {
                    at: start.elapsed().into(),
                    bytes,
                };
                told(&line);
                run.lines.push(line);
            }
            Happened::OutputEnded => break,
            Happened::Ended(_) => {}
        }
    }
}

fn end_of(status: ExitStatus) -> End {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status)
    {
        return End::Killed(signal);
    }
    End::Exited(status.code().unwrap_or(-1))
}

/// The groups that are running now, for [`end_all`].
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends every program that is still running, for whoever ends this one early.
pub fn end_all() {
    for &leader in running().iter() {
        end_group(leader);
    }
}

/// A started program with all its children. Ended when dropped.
struct Group {
    leader: u32,
}

impl Group {
    fn of(child: &Child) -> Group {
        let leader = child.id();
        running().insert(leader);
        Group { leader }
    }

    fn end(&self) {
        end_group(self.leader);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
        running().remove(&self.leader);
    }
}

#[cfg(unix)]
fn in_own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn in_own_group(_: &mut Command) {}

#[cfg(unix)]
fn end_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(pid) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // It may have ended by itself already.
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_group(leader: u32) {
    // It may have ended by itself already.
    let _ = Command::new("taskkill")
        .args(["/T", "/F", "/PID", &leader.to_string()])
        .output();
}
