//! Compiling and running what a reader made of a listing, and telling the page about it
//! while it happens.
//!
//! A page sends a JSON object: the name of the `listing`, the `text`, a name that the
//! `page` gave itself, and whether to `run` it or to compile it only. The answer is a
//! stream of JSON objects, each on a line and with one key:
//!
//! | key | holds |
//! | --- | --- |
//! | `compiling` | what cargo does, such as `Compiling tokio v1.54.0`; empty at first |
//! | `remarks` | what the compiler says: [`Remark`] |
//! | `run` | the `timeline` so far, without an exit status, and the `output` so far |
//! | `end` | the last line: `why` it ended, `words` for it, and the whole run if there was one |
//!
//! A page has one program at a time: a new request ends the one before. So does a page
//! that is closed. Nothing that a request says is used as a path.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use axum::body::{self, Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use tokio::sync::mpsc as channel;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::guard::{Guard, Refusal};
use crate::compile;
use crate::listing::{Listing, Listings};
use crate::message;
use crate::process::{End, Limits, Line, Run, Stop};
use crate::record;
use crate::scratch::{Compiled, Program, Remark, Scratch};
use crate::seconds::Seconds;
use crate::timeline::Timeline;

/// The longest request, in bytes.
const LONGEST_REQUEST: usize = 64 << 10;

/// The longest name of a page, in characters.
const LONGEST_NAME: usize = 64;

/// How many programs are compiled or run at the same time.
const MOST_AT_ONCE: usize = 4;

/// How long a request may wait for its turn.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// How long a page may leave the answer unread.
const UNREAD: Duration = Duration::from_secs(2);

/// How long the last programs may take to end when the server ends.
const LAST_PROGRAMS: Duration = Duration::from_secs(3);

/// How often a page is told what happened.
const OFTEN: Duration = Duration::from_millis(100);

/// What a program may print, in bytes and in lines. Events are lines.
const MOST_PRINTED: (usize, usize) = (256 << 10, 5000);

/// How much memory it may use, in bytes: more than ten thousand threads do.
const MOST_MEMORY: u64 = 2 << 30;

/// What the reader's programs may use.
#[derive(Debug, Clone, Copy)]
pub struct Allowed {
    /// For running.
    pub run: Seconds,
    /// For compiling.
    pub compile: Seconds,
}

impl Default for Allowed {
    fn default() -> Allowed {
        Allowed {
            run: Seconds(30.0),
            compile: Seconds(60.0),
        }
    }
}

/// What is being compiled and run.
pub struct Editing {
    root: PathBuf,
    guard: Arc<Guard>,
    allowed: Allowed,
    toolchain: OnceLock<String>,
    turns: Arc<Semaphore>,
    pages: Mutex<Pages>,
    /// Told when one has ended.
    ended: Condvar,
}

/// The programs of the pages, by the names of the pages.
#[derive(Default)]
struct Pages {
    running: BTreeMap<String, Arc<Stop>>,
    /// How many there are; one that was replaced may not have ended yet.
    count: usize,
    /// Whether there will be no more.
    closed: bool,
}

/// A request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    listing: String,
    text: String,
    page: String,
    run: bool,
}

/// A line of the answer.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Said {
    Compiling(String),
    Remarks(Vec<Remark>),
    Run(Shown),
    End(Ended),
}

/// A run as far as it went.
#[derive(Serialize)]
struct Shown {
    timeline: serde_json::Value,
    output: String,
}

/// How it ended.
#[derive(Serialize)]
struct Ended {
    why: Why,
    words: String,
    #[serde(flatten)]
    run: Option<Shown>,
}

/// Why it ended.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Why {
    /// It was compiled only, as asked.
    Compiled,
    /// It does not compile.
    NotCompiled,
    /// The program ended by itself.
    Exited,
    /// A signal ended it.
    Killed,
    /// Its time was up.
    TimedOut,
    /// It printed too much.
    TooMuchOutput,
    /// It used too much memory.
    TooMuchMemory,
    /// Something else went wrong.
    Failed,
}

impl Editing {
    /// For the book at `root`.
    pub fn new(root: PathBuf, guard: Arc<Guard>, allowed: Allowed) -> Editing {
        Editing {
            toolchain: OnceLock::new(),
            root,
            guard,
            allowed,
            turns: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            pages: Mutex::default(),
            ended: Condvar::new(),
        }
    }

    /// The compiler, which nobody needs before there is a program.
    fn toolchain(&self) -> Result<&str> {
        if self.toolchain.get().is_none() {
            // It doesn't matter which of two that ask at the same time is heard.
            let _ = self.toolchain.set(compile::toolchain()?);
        }
        Ok(self.toolchain.get().map_or("", String::as_str))
    }

    /// The guard of this server's pages.
    pub fn guard(&self) -> &Arc<Guard> {
        &self.guard
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends all programs, waits until they have, and lets no other be started.
    pub fn close(&self) {
        let mut pages = self.pages();
        pages.closed = true;
        self.turns.close();
        for stop in pages.running.values() {
            stop.stop();
        }
        let still_some = |pages: &mut Pages| pages.count > 0;
        let _ = self
            .ended
            .wait_timeout_while(pages, LAST_PROGRAMS, still_some);
    }

    /// Makes room for the program of a page: the one before is stopped.
    fn enter(self: &Arc<Self>, page: String) -> Result<Turn, Refusal> {
        let mut pages = self.pages();
        if pages.closed {
            return Err(closing());
        }
        let stop = Arc::new(Stop::of_strangers());
        pages.count += 1;
        if let Some(old) = pages.running.insert(page.clone(), stop.clone()) {
            old.stop();
        }
        Ok(Turn {
            editing: self.clone(),
            page,
            stop,
            permit: None,
        })
    }
}

fn closing() -> Refusal {
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, message::server_ends())
}

/// The turn of a page. It is over when this is dropped.
struct Turn {
    editing: Arc<Editing>,
    page: String,
    stop: Arc<Stop>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Before somebody is told that it is over.
        self.permit = None;
        let mut pages = self.editing.pages();
        pages.count -= 1;
        let own = pages.running.get(&self.page);
        if own.is_some_and(|stop| Arc::ptr_eq(stop, &self.stop)) {
            pages.running.remove(&self.page);
        }
        drop(pages);
        self.editing.ended.notify_all();
    }
}

/// Stops a program when its page no longer listens.
struct Listening(Arc<Stop>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Answers a request.
pub async fn answer(
    State(editing): State<Arc<Editing>>,
    request: Request,
) -> Response {
    match begin(&editing, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn begin(
    editing: &Arc<Editing>,
    request: Request,
) -> Result<Response, Refusal> {
    editing.guard.admit(&request)?;
    let asked = read(request).await?;
    let (listings, _) = Listings::find(&editing.root);
    let listing = listings.get(&asked.listing).ok_or_else(|| {
        Refusal::new(StatusCode::NOT_FOUND, message::nothing_to_edit())
    })?;
    let mut turn = editing.enter(asked.page)?;
    let listening = Listening(turn.stop.clone());
    let permit = editing.turns.clone().acquire_owned();
    turn.permit = match tokio::time::timeout(LONGEST_WAIT, permit).await {
        Ok(Ok(permit)) => Some(permit),
        Ok(Err(_)) => return Err(closing()),
        Err(_) => {
            return Err(Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                message::too_many_programs(MOST_AT_ONCE),
            ));
        }
    };
    let (sender, receiver) = channel::channel(1);
    let teller = Teller {
        page: sender,
        runtime: Handle::current(),
        stop: turn.stop.clone(),
    };
    let work = Work {
        listing: listing.clone(),
        text: asked.text,
        run: asked.run,
        teller,
        turn,
    };
    thread::spawn(move || work.do_it());
    let headers = [
        (CONTENT_TYPE, "application/x-ndjson"),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((
        headers,
        Body::new(Answer {
            receiver,
            listening,
        }),
    )
        .into_response())
}

/// Reads a request.
async fn read(request: Request) -> Result<Asked, Refusal> {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            message::not_json(),
        ));
    }
    let body = body::to_bytes(request.into_body(), LONGEST_REQUEST).await;
    let body = body.map_err(|_| {
        Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            message::text_too_long(LONGEST_REQUEST >> 10),
        )
    })?;
    let bad = || Refusal::new(StatusCode::BAD_REQUEST, message::not_json());
    let asked: Asked = serde_json::from_slice(&body).map_err(|_| bad())?;
    let length = asked.page.chars().count();
    if length == 0 || length > LONGEST_NAME {
        return Err(bad());
    }
    Ok(asked)
}

/// The answer as it comes to be.
struct Answer {
    receiver: channel::Receiver<Bytes>,
    /// Dropped with the answer, when all of it was sent or the page is gone.
    #[allow(dead_code, reason = "it is there to be dropped")]
    listening: Listening,
}

impl body::HttpBody for Answer {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>>
    {
        let bytes = self.receiver.poll_recv(context);
        bytes.map(|bytes| bytes.map(|bytes| Ok(http_body::Frame::data(bytes))))
    }
}

/// Tells a page what happens.
#[derive(Clone)]
struct Teller {
    page: channel::Sender<Bytes>,
    runtime: Handle,
    stop: Arc<Stop>,
}

impl Teller {
    /// Whoever doesn't listen has closed the page, or sleeps: the program is stopped.
    fn tell(&self, said: &Said) {
        let mut line = serde_json::to_vec(said).expect("it is JSON");
        line.push(b'\n');
        let sending = self.page.send_timeout(line.into(), UNREAD);
        if self.runtime.block_on(sending).is_err() {
            self.stop.stop();
        }
    }
}

/// What is to be done for a request.
struct Work {
    listing: Listing,
    text: String,
    run: bool,
    teller: Teller,
    turn: Turn,
}

impl Work {
    fn do_it(self) {
        let editing = self.turn.editing.clone();
        let scratch = Scratch::new(&editing.root, &self.listing, self.text);
        let teller = &self.teller;
        let ended = match compile(&editing, &scratch, teller) {
            Ok(Ok(program)) if self.run => {
                run(&editing, &scratch, &program, teller).unwrap_or_else(failed)
            }
            Ok(Ok(_)) => Ended {
                why: Why::Compiled,
                words: String::new(),
                run: None,
            },
            Ok(Err(ended)) => ended,
            Err(error) => failed(error),
        };
        // Of one that was stopped nobody wants to hear anymore.
        if !teller.stop.is_stopped() {
            teller.tell(&Said::End(ended));
        }
    }
}

fn failed(error: anyhow::Error) -> Ended {
    Ended {
        why: Why::Failed,
        words: format!("{error:#}"),
        run: None,
    }
}

/// The program, or why there is none.
fn compile(
    editing: &Editing,
    scratch: &Scratch<'_>,
    teller: &Teller,
) -> Result<Result<Program, Ended>> {
    teller.tell(&Said::Compiling(String::new()));
    let limits = Limits::of_listing(editing.allowed.compile);
    let compiled = scratch.compile(&limits, &teller.stop, |doing| {
        teller.tell(&Said::Compiling(doing.to_owned()));
    })?;
    let ended = |why, words: String| {
        let run = None;
        Ok(Err(Ended { why, words, run }))
    };
    match compiled {
        Compiled::Program(program, remarks) => {
            teller.tell(&Said::Remarks(remarks));
            Ok(Ok(program))
        }
        Compiled::Failed(remarks) => {
            let errors = remarks.iter().filter(|remark| remark.is_error());
            let words = message::does_not_compile(errors.count());
            teller.tell(&Said::Remarks(remarks));
            ended(Why::NotCompiled, words)
        }
        Compiled::TimedOut => ended(
            Why::Failed,
            message::compiling_takes_long(editing.allowed.compile),
        ),
        Compiled::Stopped => ended(Why::Killed, String::new()),
    }
}

/// Runs the program, and tells the page at most every [`OFTEN`] how far it has come.
fn run(
    editing: &Editing,
    scratch: &Scratch<'_>,
    program: &Program,
    teller: &Teller,
) -> Result<Ended> {
    let (bytes, lines) = MOST_PRINTED;
    let limits = Limits {
        timeout: editing.allowed.run,
        bytes,
        lines,
        memory: MOST_MEMORY,
    };
    let toolchain = editing.toolchain()?;
    let show = |run: &Run| {
        let listing = scratch.listing();
        match program.is_recorded() {
            true => record::recorded(run, listing, toolchain),
            false => record::unrecorded(run, listing, toolchain),
        }
    };
    let run = thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        scope.spawn(|| tell_how_it_goes(receiver, teller, show));
        // Nobody hears of more lines than these once the page is gone.
        scratch.run(program, &limits, &teller.stop, move |line| {
            let _ = sender.send(line.clone());
        })
    })?;
    let mut run = run;
    run.seconds.0 -= record::getting_ready(&run).0;
    let timeline = show(&run);
    let seconds = run.seconds;
    let (why, words) = match run.end {
        End::Exited(status) => {
            (Why::Exited, message::run_ended(seconds, status))
        }
        End::Killed(signal) => {
            (Why::Killed, message::run_killed(seconds, signal))
        }
        End::TimedOut => {
            (Why::TimedOut, message::run_timed_out(limits.timeout))
        }
        End::TooMuchOutput => (
            Why::TooMuchOutput,
            message::run_printed_too_much(bytes >> 10, lines),
        ),
        End::TooMuchMemory => (
            Why::TooMuchMemory,
            message::run_used_too_much_memory(MOST_MEMORY >> 30),
        ),
    };
    let output = timeline.printed();
    let timeline = serde_json::to_value(timeline)?;
    let run = Some(Shown { timeline, output });
    Ok(Ended { why, words, run })
}

/// Tells the page of the lines so far until there are no more.
fn tell_how_it_goes(
    receiver: mpsc::Receiver<Line>,
    teller: &Teller,
    show: impl Fn(&Run) -> Timeline,
) {
    let start = Instant::now();
    let mut run = Run {
        lines: Vec::new(),
        end: End::TimedOut,
        seconds: Seconds(0.0),
    };
    let mut new = false;
    // When the page may be told of something again.
    let mut next = start;
    loop {
        let left = match new {
            true => next.saturating_duration_since(Instant::now()),
            false => UNREAD,
        };
        match receiver.recv_timeout(left) {
            Ok(line) => {
                run.lines.push(line);
                new = true;
                if Instant::now() < next {
                    continue;
                }
            }
            Err(RecvTimeoutError::Timeout) if new => {}
            Err(RecvTimeoutError::Timeout) => continue,
            // The end is told with all the rest.
            Err(RecvTimeoutError::Disconnected) => return,
        }
        let told = Instant::now();
        let ready = record::getting_ready(&run);
        run.seconds = Seconds(start.elapsed().as_secs_f64() - ready.0);
        let timeline = show(&run);
        let output = timeline.printed();
        let mut timeline =
            serde_json::to_value(timeline).expect("a timeline is JSON");
        // One that has an exit status is over, and be it none.
        if let Some(timeline) = timeline.as_object_mut() {
            timeline.remove("exit");
        }
        teller.tell(&Said::Run(Shown { timeline, output }));
        new = false;
        // A long story takes its time to tell and to draw.
        next = told + OFTEN.max(told.elapsed() * 5);
    }
}
