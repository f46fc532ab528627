//! What a listing does since it was changed: it is compiled and run as soon as it is saved,
//! and the page shows the new run beside the golden, until somebody blesses it.
//!
//! Nobody has to ask: a listing whose golden is of another program than the one that stands
//! there now is run. What came of it is kept in memory only; `/live` tells it to the pages
//! that are open, as an event of a stream each time that there is something new:
//!
//! ```text
//! data: [{"listing":"sum-async","html":"<p class=\"live-state\">…"}]
//! ```

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::Result;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use serde::Serialize;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::compile;
use crate::diagnostics::Messages;
use crate::figure::html;
use crate::files;
use crate::golden::Golden;
use crate::listing::{Listing, ListingName, Listings};
use crate::message;
use crate::process::{Limits, Line, Run, Stop};
use crate::record;
use crate::report::{self, Outcome};
use crate::scratch::{Compiled, Program, Remark, Scratch};
use crate::seconds::Seconds;
use crate::svg;
use crate::timeline::Timeline;
use crate::verdict::{Fault, Ran, Tried};

/// How long compiling a listing may take: the first time, its crates are compiled, too.
const LONGEST_COMPILING: Seconds = Seconds(300.0);

/// How often the pages are told what a program prints.
const OFTEN: Duration = Duration::from_millis(100);

/// Of what a program prints, a page shows the first so many bytes, and draws no timeline of
/// one that prints more.
const MOST_SHOWN: usize = 64 << 10;

/// What the listings do that are not blessed yet.
pub struct Live {
    root: PathBuf,
    toolchain: OnceLock<String>,
    changed: Mutex<Changed>,
    /// What the pages are told.
    told: watch::Sender<String>,
}

/// The listings that have changed.
#[derive(Default)]
struct Changed {
    runs: BTreeMap<ListingName, Current>,
    /// Those who compile and run; some of them may have ended.
    workers: Vec<JoinHandle<()>>,
    /// Whether there will be no more.
    closed: bool,
}

/// The run of a listing as it is now.
struct Current {
    /// Its source and its manifest: what is run again if it is another.
    of: (String, String),
    stop: Arc<Stop>,
    /// What the pages show of it.
    html: String,
}

/// What a page is told of a listing.
#[derive(Serialize)]
struct Panel<'a> {
    listing: &'a str,
    html: &'a str,
}

impl Live {
    /// For the book at `root`; nothing has been looked at yet.
    pub fn new(root: PathBuf) -> Live {
        Live {
            root,
            toolchain: OnceLock::new(),
            changed: Mutex::default(),
            told: watch::Sender::new("[]".to_owned()),
        }
    }

    fn changed(&self) -> MutexGuard<'_, Changed> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the listings that are not what their goldens were recorded from, if they don't
    /// run already, and forgets those that are blessed.
    pub fn look(self: &Arc<Self>) {
        // What is wrong with a listing itself is said when the pages are built.
        let (listings, _) = Listings::find(&self.root);
        let is_new = |listing: &&Listing| {
            let golden = Golden::read(&self.root, listing);
            golden.map_or(true, |golden| golden.is_stale(listing))
        };
        let new: Vec<&Listing> = listings.iter().filter(is_new).collect();
        let mut changed = self.changed();
        if changed.closed {
            return;
        }
        changed.workers.retain(|worker| !worker.is_finished());
        changed.runs.retain(|name, run| {
            let is_new = new.iter().any(|listing| listing.name == *name);
            if !is_new {
                run.stop.stop();
            }
            is_new
        });
        for listing in new {
            let manifest = self.root.join(&listing.folder).join("Cargo.toml");
            let manifest = files::read(&manifest).unwrap_or_default();
            let of = (listing.source_hash.clone(), manifest);
            match changed.runs.get(&listing.name) {
                Some(run) if run.of == of => continue,
                Some(run) => run.stop.stop(),
                None => {}
            }
            let stop = Arc::new(Stop::of_strangers());
            let work = Work {
                live: self.clone(),
                listing: listing.clone(),
                stop: stop.clone(),
            };
            let html = state(message::LIVE_COMPILES);
            let run = Current { of, stop, html };
            changed.runs.insert(listing.name.clone(), run);
            changed.workers.push(thread::spawn(move || work.do_it()));
        }
        self.tell(&changed);
    }

    /// Ends all programs, and waits until they have.
    pub fn close(&self) {
        let mut changed = self.changed();
        changed.closed = true;
        for run in changed.runs.values() {
            run.stop.stop();
        }
        let workers = std::mem::take(&mut changed.workers);
        drop(changed);
        for worker in workers {
            // One that has panicked has said so.
            let _ = worker.join();
        }
    }

    fn tell(&self, changed: &Changed) {
        let panels: Vec<Panel> = changed
            .runs
            .iter()
            .map(|(name, run)| Panel {
                listing: &name.0,
                html: &run.html,
            })
            .collect();
        let text = serde_json::to_string(&panels).expect("panels are JSON");
        self.told.send_if_modified(|old| {
            let is_new = *old != text;
            *old = text;
            is_new
        });
    }

    fn toolchain(&self) -> Result<&str> {
        if self.toolchain.get().is_none() {
            // It doesn't matter which of two that ask at the same time is heard.
            let _ = self.toolchain.set(compile::toolchain()?);
        }
        Ok(self.toolchain.get().map_or("", String::as_str))
    }
}

/// Tells a page what there is now, and then all that is new.
pub async fn listen(State(live): State<Arc<Live>>) -> impl IntoResponse {
    let news = WatchStream::new(live.told.subscribe());
    Sse::new(
        news.map(|panels| Ok::<_, Infallible>(Event::default().data(panels))),
    )
}

/// A listing that is to be compiled and run.
struct Work {
    live: Arc<Live>,
    listing: Listing,
    stop: Arc<Stop>,
}

impl Work {
    fn do_it(self) {
        let root = self.live.root.clone();
        let source = self.listing.source.clone();
        let scratch = Scratch::new(&root, &self.listing, source);
        match self.try_it(&scratch) {
            // It has changed meanwhile, or was blessed, or the server ends.
            _ if self.stop.is_stopped() => {}
            Ok(Some(tried)) => self.judge(&tried),
            Ok(None) => {
                self.fail(&message::compiling_takes_long(LONGEST_COMPILING))
            }
            Err(error) => self.fail(&format!("{error:#}")),
        }
    }

    /// Nothing if compiling took too long.
    fn try_it(&self, scratch: &Scratch<'_>) -> Result<Option<Tried>> {
        let limits = Limits::of_listing(LONGEST_COMPILING);
        let toolchain = self.live.toolchain()?.to_owned();
        let compiled = scratch.compile(&limits, &self.stop, |_| {})?;
        let messages = |remarks: &[Remark]| Messages {
            text: remarks
                .iter()
                .map(|r| format!("{}\n", r.rendered))
                .collect(),
            toolchain: toolchain.clone(),
        };
        Ok(match compiled {
            Compiled::TimedOut | Compiled::Stopped => None,
            Compiled::Failed(remarks) => {
                let errors: Vec<Remark> =
                    remarks.into_iter().filter(Remark::is_error).collect();
                Some(Tried::NotCompiled(messages(&errors)))
            }
            Compiled::Program(program, remarks) => {
                let (run, timeline) =
                    self.run(scratch, &program, &toolchain)?;
                Some(Tried::Ran(Box::new(Ran {
                    run,
                    timeline: Ok(timeline),
                    warnings: messages(&remarks),
                    clippy: None,
                    lints: None,
                    tests: None,
                    solution: None,
                })))
            }
        })
    }

    /// Runs it, and tells the pages what it prints. What it printed, and how that unfolded.
    fn run(
        &self,
        scratch: &Scratch<'_>,
        program: &Program,
        toolchain: &str,
    ) -> Result<(Run, Timeline)> {
        let limits = Limits::of_listing(self.listing.metadata.timeout);
        let mut printed = String::new();
        let mut told: Option<Instant> = None;
        self.show(state(message::LIVE_RUNS));
        let mut run = scratch.run(program, &limits, &self.stop, |line| {
            printed += &shown(line);
            let is_time = told.is_none_or(|told| told.elapsed() > OFTEN);
            if is_time && !printed.is_empty() && printed.len() <= MOST_SHOWN {
                told = Some(Instant::now());
                self.show(state(message::LIVE_RUNS) + &output(&printed));
            }
        })?;
        run.seconds.0 -= record::getting_ready(&run).0;
        let timeline = match program.is_recorded() {
            true => record::recorded(&run, &self.listing, toolchain),
            false => record::unrecorded(&run, &self.listing, toolchain),
        };
        // Without the lines of the recorder.
        let text = timeline.printed();
        let lines = text.split_inclusive('\n').map(|line| Line {
            at: Seconds(0.0),
            bytes: line.into(),
        });
        let lines = lines.collect();
        Ok((Run { lines, ..run }, timeline))
    }

    /// Says in the terminal and in the pages what the run has in common with the golden.
    fn judge(&self, tried: &Tried) {
        let listing = &self.listing;
        let golden = Golden::read(&self.live.root, listing).ok();
        let faults = match &golden {
            Some(golden) => tried.faults(listing, golden),
            None => tried.faults_of_itself(listing),
        };
        let is_late = !faults.is_empty()
            && faults.iter().all(|fault| fault.is_of_time_only(listing));
        let outcome = match faults.is_empty() {
            true => Outcome::Agrees,
            false if is_late => Outcome::Late,
            false => Outcome::Differs,
        };
        let advice = match (outcome, &golden) {
            _ if faults.iter().any(Fault::forbids_blessing) => {
                message::live_refused()
            }
            (_, None) => message::live_without_golden(&listing.name),
            (Outcome::Agrees, _) => message::live_agrees(&listing.name),
            (Outcome::Late, _) => message::live_late(&listing.name),
            _ => message::live_differs(&listing.name),
        };
        let said: Vec<String> =
            faults.iter().map(|f| report::fault(listing, f)).collect();
        let line = report::line(outcome, listing, tried.seconds());
        anstream::println!("{line}  {advice}");
        for said in &said {
            anstream::println!("\n{said}\n");
        }
        let said = said.join("\n\n");
        let said = anstream::adapter::strip_str(&said).to_string();
        self.show(state(&advice) + &drawn(listing, tried) + &differs(&said));
    }

    fn fail(&self, why: &str) {
        let name = &self.listing.name;
        anstream::eprintln!("{}", message::live_failed(name, why));
        let words = message::live_failed(name, "");
        self.show(state(words.trim_end()) + &differs(why));
    }

    /// Shows this in the pages, unless there is something newer.
    fn show(&self, html: String) {
        let mut changed = self.live.changed();
        let Some(run) = changed.runs.get_mut(&self.listing.name) else {
            return;
        };
        if Arc::ptr_eq(&run.stop, &self.stop) {
            run.html = html;
            self.live.tell(&changed);
        }
    }
}

/// A line of the program without what the recorder has to say.
fn shown(line: &Line) -> String {
    let text = String::from_utf8_lossy(&line.bytes);
    match text.split_once(record::MARK) {
        Some((before, _)) => before.to_owned(),
        None => text.into_owned(),
    }
}

fn state(words: &str) -> String {
    let mark = message::NOT_BLESSED;
    format!(
        "<p class=\"live-state\" role=\"status\"><strong>{mark}</strong> {}</p>\n",
        marked_up(words)
    )
}

/// Words of a message for a page: what stands between backticks is code there and here.
fn marked_up(words: &str) -> String {
    let pieces = words.split('`').zip([false, true].into_iter().cycle());
    pieces
        .map(|(piece, is_code)| match is_code {
            true => format!("<code>{}</code>", html(piece)),
            false => html(piece),
        })
        .collect()
}

/// What was printed, as far as anybody reads it.
fn output(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    match text.len() > MOST_SHOWN {
        true => {
            let first: String = text.chars().take(MOST_SHOWN).collect();
            block("live-output", &format!("{first}\n…\n"))
        }
        false => block("live-output", text),
    }
}

fn differs(said: &str) -> String {
    match said.is_empty() {
        true => String::new(),
        false => block("live-differs", said),
    }
}

fn block(class: &str, text: &str) -> String {
    format!(
        "<pre class=\"{class}\"><code class=\"language-text\">{}</code></pre>\n",
        html(text)
    )
}

/// The new output and timeline, if it ran.
fn drawn(listing: &Listing, tried: &Tried) -> String {
    let Tried::Ran(ran) = tried else {
        return String::new();
    };
    let text = ran.run.text().unwrap_or_default();
    let drawing = match &ran.timeline {
        Ok(timeline) if text.len() <= MOST_SHOWN => {
            let name = listing.name.0.as_str();
            svg::draw(&[(name, timeline)], &format!("live-{name}"))
        }
        _ => String::new(),
    };
    format!(
        "<div class=\"live-timeline\">\n{drawing}</div>\n{}",
        output(&text)
    )
}
