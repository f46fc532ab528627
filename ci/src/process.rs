//! Running a program: its lines with the second at which each appeared, how it ended,
//! and the certainty that nothing of it is left.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, PipeReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::seconds::Seconds;

/// A program that prints more than this, in bytes, is stopped: no listing needs it,
/// and an endless one would fill the memory.
const MOST_OUTPUT: usize = 1 << 20;

/// How long the last lines of a program may take to arrive once it has ended.
const LAST_LINES: Duration = Duration::from_secs(1);

/// How often it is asked how much memory a program uses.
const ASK_FOR_MEMORY: Duration = Duration::from_millis(200);

/// How many lines may wait to be looked at; a program that is faster has to wait.
const WAITING_LINES: usize = 256;

/// What a program may use before it is stopped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// How long it may run.
    pub timeout: Seconds,
    /// How many bytes it may print.
    pub bytes: usize,
    /// How many lines it may print.
    pub lines: usize,
    /// How many bytes of memory it may use, with its children; where the system tells.
    pub memory: u64,
}

impl Limits {
    /// Those of a listing that may run for so long.
    pub fn of_listing(timeout: Seconds) -> Limits {
        Limits {
            timeout,
            bytes: MOST_OUTPUT,
            lines: usize::MAX,
            memory: u64::MAX,
        }
    }
}

/// Lets another thread stop a program with all its children, even before it was started.
#[derive(Debug, Default)]
pub struct Stop {
    state: Mutex<Stopping>,
    /// What is put on the program, if children that leave its group are to be ended, too.
    mark: Option<Mark>,
}

#[derive(Debug, Default)]
struct Stopping {
    stopped: bool,
    /// The leader of the group that is running now.
    leader: Option<u32>,
}

impl Stop {
    /// One for programs that nobody has looked at: also their children that leave the group
    /// are ended, where the system tells who they are.
    pub fn of_strangers() -> Stop {
        Stop {
            state: Mutex::default(),
            mark: Some(Mark::new()),
        }
    }

    fn state(&self) -> MutexGuard<'_, Stopping> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops what is running, and lets nothing be started anymore.
    pub fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        if let Some(leader) = state.leader {
            end_group(leader);
        }
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.state().stopped
    }

    /// Starts a program, or nothing if it was stopped already.
    fn start(&self, command: &mut Command) -> std::io::Result<Option<Child>> {
        // Held meanwhile: whoever stops it finds either nothing started or the group.
        let mut state = self.state();
        if state.stopped {
            return Ok(None);
        }
        if let Some(mark) = &self.mark {
            mark.put_on(command);
        }
        let child = command.spawn()?;
        state.leader = Some(child.id());
        Ok(Some(child))
    }

    /// The group has ended, and from now on its number may become another's.
    fn ended(&self) {
        self.state().leader = None;
        if let Some(mark) = &self.mark {
            mark.end_all();
        }
    }
}

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
    /// It had to be stopped because it used up the memory.
    TooMuchMemory,
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
    command: Command,
    stdin: &str,
    timeout: Seconds,
    printed: impl FnMut(&Line),
) -> Result<Run> {
    let limits = Limits::of_listing(timeout);
    // A server that it starts in the background must not serve on.
    let stop = Stop::of_strangers();
    run_limited(command, stdin, &limits, &stop, printed)
}

/// The same with other limits, and `stop` to end it from elsewhere: then it was killed.
///
/// # Errors
/// If the program can't be started.
pub fn run_limited(
    mut command: Command,
    stdin: &str,
    limits: &Limits,
    stop: &Stop,
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
    let started = stop
        .start(&mut command)
        .with_context(|| format!("cannot start {program}"))?;
    let Some(mut child) = started else {
        return Ok(Run {
            lines: Vec::new(),
            end: End::Killed(KILLED),
            seconds: Seconds(0.0),
        });
    };
    // The command holds the writing ends; the pipe ends only when nobody does.
    drop(command);
    let group = Group::of(&child);
    feed(&mut child, stdin);
    let (sender, receiver) = mpsc::sync_channel(WAITING_LINES);
    let (lines, longest) = (sender.clone(), limits.bytes);
    thread::spawn(move || read_lines(reader, longest, &lines));
    thread::spawn(move || sender.send(Happened::Ended(child.wait())));

    let mut watch = Watch {
        receiver,
        start,
        limits,
        group: &group,
        told: &mut printed,
        bytes: 0,
        run: Run {
            lines: Vec::new(),
            end: End::TimedOut,
            seconds: Seconds(0.0),
        },
    };
    watch.until_it_ends();
    group.end();
    stop.ended();
    watch.last_lines();
    Ok(watch.run)
}

/// The signal that ends a program which may have no say in it.
const KILLED: i32 = 9;

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

/// Sends line after line; one longer than `longest` comes in pieces, so that a line
/// without end can't fill the memory.
fn read_lines(
    reader: PipeReader,
    longest: usize,
    sender: &SyncSender<Happened>,
) {
    let mut reader = BufReader::new(reader);
    loop {
        let mut bytes = Vec::new();
        let mut line = reader.by_ref().take(longest as u64 + 1);
        match line.read_until(b'\n', &mut bytes) {
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

/// Looks at what a program does.
struct Watch<'a, Told> {
    receiver: Receiver<Happened>,
    start: Instant,
    limits: &'a Limits,
    group: &'a Group,
    told: &'a mut Told,
    /// How much was printed so far.
    bytes: usize,
    run: Run,
}

impl<Told: FnMut(&Line)> Watch<'_, Told> {
    /// Collects lines until the program ends or has to be stopped.
    fn until_it_ends(&mut self) {
        let timeout = Duration::from_secs_f64(self.limits.timeout.0);
        let deadline = self.start + timeout;
        let mut ask = match self.limits.memory {
            u64::MAX => deadline,
            _ => self.start + ASK_FOR_MEMORY,
        };
        loop {
            let until = deadline.min(ask);
            let left = until.saturating_duration_since(Instant::now());
            match self.receiver.recv_timeout(left) {
                Ok(Happened::Printed(bytes)) => {
                    self.printed(bytes);
                    if self.run.end == End::TooMuchOutput {
                        self.group.end();
                        break;
                    }
                }
                Ok(Happened::OutputEnded) => {}
                Ok(Happened::Ended(status)) => {
                    self.run.end = status.map_or(End::Killed(0), end_of);
                    break;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    self.group.end();
                    break;
                }
            }
            let now = Instant::now();
            // Whoever prints all the time must not get more of it.
            if now >= deadline {
                self.group.end();
                break;
            }
            if now >= ask {
                ask = now + ASK_FOR_MEMORY;
                if self.group.memory() > self.limits.memory {
                    self.run.end = End::TooMuchMemory;
                    self.group.end();
                    break;
                }
            }
        }
        self.run.seconds = self.start.elapsed().into();
    }

    fn printed(&mut self, bytes: Vec<u8>) {
        self.bytes += bytes.len();
        let line = Line {
            at: self.start.elapsed().into(),
            bytes,
        };
        (self.told)(&line);
        self.run.lines.push(line);
        if self.bytes > self.limits.bytes
            || self.run.lines.len() > self.limits.lines
        {
            self.run.end = End::TooMuchOutput;
        }
    }

    /// What was still in the pipe when the program ended. A child that left the group may
    /// hold the pipe open.
    fn last_lines(&mut self) {
        let deadline = Instant::now() + LAST_LINES;
        while self.run.end != End::TooMuchOutput {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.receiver.recv_timeout(left) {
                Ok(Happened::Printed(bytes)) => self.printed(bytes),
                Ok(Happened::Ended(_)) => {}
                Ok(Happened::OutputEnded) | Err(_) => break,
            }
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

    /// How many bytes of memory it uses now.
    #[cfg(target_os = "linux")]
    fn memory(&self) -> u64 {
        let page = rustix::param::page_size() as u64;
        let pages = processes().filter_map(|process| {
            let stat = std::fs::read_to_string(process.join("stat")).ok()?;
            // Its name comes before, and may have anything in it.
            let (_, rest) = stat.rsplit_once(") ")?;
            let mut rest = rest.split(' ');
            let group: u32 = rest.nth(2)?.parse().ok()?;
            let pages: u64 = rest.nth(18)?.parse().ok()?;
            (group == self.leader).then_some(pages)
        });
        pages.sum::<u64>() * page
    }

    #[cfg(not(target_os = "linux"))]
    fn memory(&self) -> u64 {
        0
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
        running().remove(&self.leader);
    }
}

/// A mark that a program hands on to its children, and they to theirs, so that those are
/// found that have left its group.
#[derive(Debug)]
struct Mark(String);

/// The variable with the mark.
const MARK: &str = "BOOK_RUN";

/// How often those with a mark are looked for: each time, the last ones may have had new
/// children.
const LOOKS: usize = 50;

impl Mark {
    /// One that nobody has.
    fn new() -> Mark {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let since = since.unwrap_or_default().as_nanos();
        Mark(format!("{}-{number}-{since}", std::process::id()))
    }

    /// Gives it to a program that is not started yet.
    fn put_on(&self, command: &mut Command) {
        command.env(MARK, &self.0);
    }

    /// Ends whoever has it, where the system tells who that is.
    fn end_all(&self) {
        let text = format!("{MARK}={}", self.0);
        for _ in 0..LOOKS {
            let having = having(text.as_bytes());
            if having.is_empty() {
                return;
            }
            having.into_iter().for_each(end_process);
        }
    }
}

/// The processes with this in their environment.
#[cfg(target_os = "linux")]
fn having(text: &[u8]) -> Vec<i32> {
    let have = processes().filter(|process| {
        // Those of other users can't be read, and are none of ours.
        std::fs::read(process.join("environ")).is_ok_and(|environment| {
            environment.split(|byte| *byte == 0).any(|own| own == text)
        })
    });
    have.filter_map(|process| process.file_name()?.to_str()?.parse().ok())
        .collect()
}

/// The folders of all processes.
#[cfg(target_os = "linux")]
fn processes() -> impl Iterator<Item = std::path::PathBuf> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let is_number = |entry: &std::fs::DirEntry| {
        entry.file_name().as_encoded_bytes()[0].is_ascii_digit()
    };
    all.filter(is_number).map(|entry| entry.path())
}

#[cfg(not(target_os = "linux"))]
fn having(_: &[u8]) -> Vec<i32> {
    Vec::new()
}

/// Whether there is a process of this number.
#[cfg(unix)]
pub fn lives(number: i32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};
    Pid::from_raw(number)
        .is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

/// Whether there may be a process of this number.
#[cfg(not(unix))]
pub fn lives(_: i32) -> bool {
    true
}

#[cfg(unix)]
fn end_process(number: i32) {
    use rustix::process::{Pid, Signal, kill_process};
    if let Some(pid) = Pid::from_raw(number) {
        // It may have ended by itself already.
        let _ = kill_process(pid, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_process(_: i32) {}

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
