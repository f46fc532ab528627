//! Writes down what the futures and threads of a listing do while it runs.
//!
//! A listing is recorded as it is. It is compiled once more, with dependencies of the
//! names `std`, `tokio`, `tokio-util`, `futures` and `mio` that re-export the real crates,
//! put a [`Lane`] around what they spawn, poll or join, and tell when they stop a thread.
//! They call this crate, which writes a marked line for each event to standard output, in
//! between what the listing prints.
//!
//! A marked line is [`MARK`], the microseconds since the recording began, a word, and
//! what belongs to the word, separated by tabs:
//!
//! | word | then | meaning |
//! | --- | --- | --- |
//! | `start` | microseconds | the first event; so long the recorder took to get ready |
//! | `spawn` | lane, parent, kind, line, name | a lane came to be |
//! | `poll` | lane | a poll of its future begins |
//! | `run` | lane | its thread begins |
//! | `keep` | lane, lines | in a page only: it begins to wait where it is now, or at the last of these lines, each of which awaits the next |
//! | `wait` | lane, lines | the poll is over, pending; at these lines it waits |
//! | `done` | lane | the future is ready, or the thread has ended |
//! | `panic` | lane | a panic left the poll or the thread |
//! | `drop` | lane | the future was dropped before it was ready |
//! | `wake` | lane, by | it was woken, by a lane or by `-`: the runtime |
//! | `block` | lane, line | its thread is stopped at this line |
//! | `unblock` | lane | its thread goes on |
//! | `print` | lane, line, count | so many lines follow, printed at this line |
//!
//! A lane is a number, 0 for the main function, or `-` if it isn't known. Lines are
//! those of the listing's own file; 0 stands for another file. What the other files of a
//! listing spawn has no lane: it is the scenery in which the listing plays.

mod lane;
mod lines;
mod place;
#[cfg_attr(target_os = "wasi", path = "waits/wasi.rs")]
mod waits;
mod waker;

pub use lane::{Kind, Lane, Thread};
pub use place::{At, Line, Place, at};

use waits::Waits;

use std::cell::RefCell;
use std::fmt::{self, Display};
use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::ThreadId;

/// The first character of a marked line: the one that ASCII has for separating records.
pub const MARK: char = '\u{1e}';

/// The variable with the path of the listing's own file, as it ends.
pub const SOURCE: &str = "BOOK_RECORDED_SOURCE";

/// The variable that a recorded program sets for one that it starts, which may be itself:
/// it must not write to the same recording.
pub const UNRECORDED: &str = "BOOK_UNRECORDED";

/// The variable with the number of the process that records a program, if it says so. What
/// a program starts by way of the standard library has another parent.
pub const RECORDED_BY: &str = "BOOK_RECORDED_BY";

fn is_recorded() -> bool {
    std::env::var_os(UNRECORDED).is_none() && is_started_by_who_records()
}

#[cfg(unix)]
fn is_started_by_who_records() -> bool {
    let who = std::env::var(RECORDED_BY).ok();
    let who = who.and_then(|number| number.parse().ok());
    who.is_none_or(|number: u32| number == std::os::unix::process::parent_id())
}

/// Nobody tells.
#[cfg(not(unix))]
fn is_started_by_who_records() -> bool {
    true
}

/// The number of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneId(u64);

impl LaneId {
    /// The lane of the main function.
    pub const MAIN: LaneId = LaneId(0);

    fn next() -> LaneId {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        LaneId(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Display for LaneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A lane that has the thread, and the places at which it has begun to wait.
struct Turn {
    lane: LaneId,
    waits: Waits,
}

thread_local! {
    /// Whose turn it is on this thread: the innermost lane is last.
    static TURNS: RefCell<Vec<Turn>> = const { RefCell::new(Vec::new()) };
}

/// What is written to, and since when.
struct Recorder {
    out: Mutex<Option<File>>,
    start: Stopwatch,
    main: ThreadId,
}

/// The time since it was started. In a page the host puts the time to each event: a look
/// at the clock would count as the listing's own.
struct Stopwatch {
    #[cfg(not(target_os = "wasi"))]
    start: std::time::Instant,
}

impl Stopwatch {
    fn start() -> Stopwatch {
        Stopwatch {
            #[cfg(not(target_os = "wasi"))]
            start: std::time::Instant::now(),
        }
    }

    fn micros(&self) -> u64 {
        #[cfg(not(target_os = "wasi"))]
        {
            let micros = self.start.elapsed().as_micros();
            u64::try_from(micros).unwrap_or(u64::MAX)
        }
        #[cfg(target_os = "wasi")]
        {
            0
        }
    }
}

fn recorder() -> &'static Recorder {
    started(0)
}

fn started(getting_ready: u64) -> &'static Recorder {
    static RECORDER: OnceLock<Recorder> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let recorder = Recorder {
            out: Mutex::new(is_recorded().then(standard_output).flatten()),
            start: Stopwatch::start(),
            main: std::thread::current().id(),
        };
        recorder.write(format_args!("start\t{getting_ready}"));
        recorder
    })
}

impl Recorder {
    fn write(&self, event: fmt::Arguments<'_>) {
        self.write_and(event, || {});
    }

    /// Nothing else is written until `then` is over.
    fn write_and<T>(
        &self,
        event: fmt::Arguments<'_>,
        then: impl FnOnce() -> T,
    ) -> T {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let at = self.start.micros();
        let line = format!("{MARK}{at}\t{event}\n");
        if let Some(out) = out.as_mut() {
            // In one piece. If nobody reads it, nobody misses it.
            let _ = out.write_all(line.as_bytes());
        }
        then()
    }
}

/// Standard output itself, past the buffer and the lock of `std::io::Stdout`: the
/// listing may hold that lock.
fn standard_output() -> Option<File> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        std::io::stdout()
            .as_fd()
            .try_clone_to_owned()
            .ok()
            .map(File::from)
    }
    #[cfg(windows)]
    {
        use std::os::windows::io::AsHandle;
        std::io::stdout()
            .as_handle()
            .try_clone_to_owned()
            .ok()
            .map(File::from)
    }
    #[cfg(target_os = "wasi")]
    {
        use std::os::fd::FromRawFd;
        // SAFETY: the host of a page has a third stream for events, and nobody else
        // owns it.
        Some(unsafe { File::from_raw_fd(EVENTS) })
    }
    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    {
        None
    }
}

/// The stream for events in a page, where `theme/host.js` is the host.
#[cfg(target_os = "wasi")]
const EVENTS: std::os::fd::RawFd = 3;

fn event(event: fmt::Arguments<'_>) {
    recorder().write(event);
}

/// Makes the recorder ready for futures, before the first of them is polled: the first
/// backtrace reads the debug information, which takes a while.
pub fn start() {
    let ready = Stopwatch::start();
    if is_recorded() {
        waits::get_ready();
    }
    started(ready.micros());
}

/// Whose turn it is on this thread.
fn current() -> Option<LaneId> {
    TURNS
        .with_borrow(|turns| turns.last().map(|turn| turn.lane))
        .or_else(main)
}

/// The lane of this thread itself.
fn own() -> Option<LaneId> {
    TURNS
        .with_borrow(|turns| turns.first().map(|turn| turn.lane))
        .or_else(main)
}

/// The main function's lane, on its thread.
fn main() -> Option<LaneId> {
    let is_main = std::thread::current().id() == recorder().main;
    is_main.then_some(LaneId::MAIN)
}

/// A lane as the events have it.
struct Maybe(Option<LaneId>);

impl Display for Maybe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(lane) => lane.fmt(f),
            None => f.write_str("-"),
        }
    }
}

/// Prints to standard output.
///
/// # Panics
/// If that fails, like [`std::print`].
pub fn print(at: impl Place, text: fmt::Arguments<'_>, end: &str) {
    let text = format!("{text}{end}");
    // This lock comes first: whoever holds it may have something to tell as well.
    let out = io::stdout().lock();
    if printed(at, &text, out).is_err() {
        panic!("failed printing to stdout");
    }
}

/// Prints to standard error.
///
/// # Panics
/// If that fails, like [`std::eprint`].
pub fn eprint(at: impl Place, text: fmt::Arguments<'_>, end: &str) {
    let text = format!("{text}{end}");
    let out = io::stderr().lock();
    if printed(at, &text, out).is_err() {
        panic!("failed printing to stderr");
    }
}

/// Nothing comes between the event and the text, so that everyone knows whose it is.
fn printed(at: impl Place, text: &str, mut out: impl Write) -> io::Result<()> {
    let (lane, line) = (Maybe(current()), at.line());
    let count = text.lines().count();
    recorder().write_and(format_args!("print\t{lane}\t{line}\t{count}"), || {
        out.write_all(text.as_bytes())
    })
}

/// Does something that stops the thread until it is over.
pub fn block<T>(at: impl Place, stop: impl FnOnce() -> T) -> T {
    let _blocked = Blocked::new(at);
    stop()
}

/// A thread that is stopped until this is dropped.
#[derive(Debug)]
pub struct Blocked {
    lane: Option<LaneId>,
}

impl Blocked {
    /// It is stopped from now on, at this place.
    pub fn new(at: impl Place) -> Blocked {
        let lane = current();
        event(format_args!("block\t{}\t{}", Maybe(lane), at.line()));
        Blocked { lane }
    }
}

impl Drop for Blocked {
    fn drop(&mut self) {
        event(format_args!("unblock\t{}", Maybe(self.lane)));
    }
}
