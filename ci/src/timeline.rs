//! A run as a list of events: `timeline.json`, the golden that says how a listing
//! unfolds. Everything that is shown of a run is derived from this list.
//!
//! The file is a JSON object with a line for each lane and each event:
//!
//! | key | holds |
//! | --- | --- |
//! | `version` | the version of this format, [`VERSION`] |
//! | `toolchain` | the compiler that built the program, such as `rustc 1.95.0` |
//! | `source` | the hash of the program's sources: [`crate::listing::Listing::source_hash`] |
//! | `seconds` | the elapsed time of the run |
//! | `exit` | its exit status |
//! | `lanes` | what runs and waits: [`Lane`] |
//! | `events` | what happened, in order: [`Event`] |
//!
//! Times are seconds since the start of the run, on the grid of
//! [`crate::seconds::GRID`]. Lines are those of `src/main.rs`, counted from 1; a line
//! is left out where the place is in another file.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::seconds::Seconds;

/// The version of the format that this tool writes and reads.
pub const VERSION: u32 = 2;

/// The line of a `timeline.json`, counted from 1, with the elapsed seconds.
pub const SECONDS_LINE: usize = 5;

/// The line of a `timeline.json`, counted from 1, with the hash of the sources.
pub const SOURCE_LINE: usize = 4;

/// The events of one run, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// The format's version, [`VERSION`].
    pub version: u32,
    /// The compiler that built the program, such as `rustc 1.95.0`.
    pub toolchain: String,
    /// The hash of the sources from which the program was built:
    /// [`crate::listing::Listing::source_hash`].
    pub source: String,
    /// The elapsed time of the whole run, in seconds.
    pub seconds: Seconds,
    /// The exit status; none if the program had to be stopped.
    pub exit: Option<i32>,
    /// What runs and waits, in the order in which it came to be. The first is the main
    /// function.
    pub lanes: Vec<Lane>,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// Something that runs and waits: the main function, a task, a branch of a task, or a
/// thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// What the reader calls it, such as `main` or `task a`.
    pub name: String,
    /// What it is.
    pub kind: LaneKind,
    /// The lane that it belongs to, as an index: for a branch, the task it is part of;
    /// for the others, whoever spawned it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<usize>,
    /// The line at which it was spawned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// What a lane is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LaneKind {
    /// The program's main function.
    Main,
    /// A task that was handed to a runtime.
    Task,
    /// A branch of `join!`, `select!` and the like within a task.
    Branch,
    /// A thread of the operating system.
    Thread,
}

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When, in seconds since the start, on the grid of [`crate::seconds::GRID`].
    pub at: Seconds,
    /// To which lane: an index into [`Timeline::lanes`].
    pub lane: usize,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum What {
    /// The lane came to be.
    Spawn,
    /// A poll of its future begins.
    Poll,
    /// Its thread begins to run; for the main function of a program that polls no
    /// future, this is the start of the program.
    Run,
    /// The poll is over and the future is pending.
    Wait {
        /// The lines at which it waits; empty if they are in no file of the listing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<u32>,
    },
    /// It can get on, and the runtime is told so.
    Wake {
        /// The lane that woke it; none if it was the runtime, for a timer or a socket.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<usize>,
    },
    /// Its thread is stopped, in the middle of the poll or run.
    Block {
        /// At this line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
    },
    /// Its thread goes on.
    Unblock,
    /// A line was printed.
    Print {
        /// The line, without its line ending.
        text: String,
        /// The line of the program that printed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
    },
    /// The future is ready, or the thread has ended.
    Done,
    /// A panic ended it.
    Panic,
    /// The future was dropped before it was ready: it was cancelled.
    Drop,
}

/// Why a text is no timeline.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct NoTimeline {
    /// The line of the file, counted from 1, where that is known.
    pub line: Option<usize>,
    what: String,
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

impl Timeline {
    /// Reads the text of a `timeline.json`.
    ///
    /// # Errors
    /// If it is not JSON, of another version, has a key that does not belong there, or
    /// names a lane that it doesn't have.
    pub fn parse(text: &str) -> Result<Timeline, NoTimeline> {
        let fault = |error: serde_json::Error| NoTimeline {
            line: Some(error.line()),
            what: format!("not a timeline: {error}"),
        };
        let Versioned { version } =
            serde_json::from_str(text).map_err(fault)?;
        if version != VERSION {
            let what = format!(
                "the timeline has format version {version}; this tool reads {VERSION}"
            );
            return Err(NoTimeline { line: None, what });
        }
        let timeline: Timeline = serde_json::from_str(text).map_err(fault)?;
        match timeline.unknown_lane() {
            None => Ok(timeline),
            Some(lane) => {
                let what = format!("not a timeline: there is no lane {lane}");
                Err(NoTimeline { line: None, what })
            }
        }
    }

    fn unknown_lane(&self) -> Option<usize> {
        let parents = self.lanes.iter().filter_map(|lane| lane.parent);
        let woken_by =
            self.events.iter().filter_map(|event| match event.what {
                What::Wake { by } => by,
                _ => None,
            });
        let lanes = self.events.iter().map(|event| event.lane);
        parents
            .chain(woken_by)
            .chain(lanes)
            .find(|lane| *lane >= self.lanes.len())
    }

    /// That of a program which never ran, since it does not compile.
    pub fn none(source: &str, toolchain: &str) -> Timeline {
        Timeline {
            version: VERSION,
            toolchain: toolchain.to_owned(),
            source: source.to_owned(),
            seconds: Seconds(0.0),
            exit: None,
            lanes: Vec::new(),
            events: Vec::new(),
        }
    }

    /// The text of a `timeline.json`: a line for each lane and event, so that a
    /// difference is easy to read.
    pub fn to_text(&self) -> String {
        let mut text = format!(
            "{{\n  \"version\": {},\n  \"toolchain\": {},\n  \"source\": {},\n  \
             \"seconds\": {},\n  \"exit\": {},\n",
            self.version,
            json(&self.toolchain),
            json(&self.source),
            json(&self.seconds),
            json(&self.exit)
        );
        let _ = write!(text, "  \"lanes\": [{}\n  ],\n", list(&self.lanes));
        let _ =
            write!(text, "  \"events\": [{}\n  ]\n}}\n", list(&self.events));
        text
    }

    /// The printed lines, each with a line ending.
    pub fn printed(&self) -> String {
        let mut lines = String::new();
        for event in &self.events {
            if let What::Print { text, .. } = &event.what {
                lines.push_str(text);
                lines.push('\n');
            }
        }
        lines
    }

    /// The run in words: what each lane is and what it does, lane after lane. Each line
    /// has the line of the file, counted from 1, that it is about.
    ///
    /// In what order the events of two lanes come that happen at the same moment is for
    /// the runtime to choose; what each lane does, and when, is the listing's own doing.
    pub fn told(&self) -> Vec<(usize, String)> {
        // Five keys and two opening lines before the lanes, two lines after them.
        let first_lane = SECONDS_LINE + 3;
        let first_event = first_lane + self.lanes.len() + 2;
        let mut told = Vec::new();
        for (index, lane) in self.lanes.iter().enumerate() {
            let kind = json(&lane.kind).replace('"', "");
            let of = match lane.parent {
                Some(parent) => format!(" of {}", self.lanes[parent].name),
                None => String::new(),
            };
            let line = lane.line.map(|line| format!(" from line {line}"));
            let line = line.unwrap_or_default();
            let words = format!("lane {}: a {kind}{of}{line}\n", lane.name);
            told.push((first_lane + index, words));
            for (number, event) in self.without_idle_polls(index) {
                let (at, name) = (event.at.0, &lane.name);
                let what = self.what_in_words(&event.what);
                let words = format!("{at:.2} s  {name}  {what}\n");
                told.push((first_event + number, words));
            }
        }
        told
    }

    /// The events of a lane, with their numbers, but for polls in which it did nothing
    /// and waits where it waited before, and the wakes for them: how many there are depends
    /// on which of two timers of one moment is a hair ahead. A wake from another thread in
    /// the middle of a turn counts after the turn, since no turn ends at a certain moment.
    fn without_idle_polls(&self, lane: usize) -> Vec<(usize, Event)> {
        let all = self.events.iter().enumerate();
        let own = all.filter(|(_, event)| event.lane == lane).collect();
        let own = with_wakes_after_turns(own);
        let mut kept: Vec<(usize, Event)> = Vec::new();
        let mut waits: Option<&Vec<u32>> = None;
        let mut idle = false;
        let is_wake = |event: &Event| matches!(event.what, What::Wake { .. });
        let mut rest = own.into_iter().peekable();
        while let Some((number, event)) = rest.next() {
            let next = rest.peek().map(|(_, event)| &event.what);
            if let (What::Poll, Some(What::Wait { lines })) =
                (&event.what, next)
                && waits == Some(lines)
            {
                rest.next();
                idle = true;
                continue;
            }
            if let What::Wait { lines } = &event.what {
                waits = Some(lines);
            }
            match kept.last_mut() {
                Some((_, woken)) if is_wake(woken) && is_wake(event) => {
                    // The poll before was for nothing, and this one is for something.
                    if idle {
                        woken.at = event.at;
                    }
                }
                _ => kept.push((number, event.clone())),
            }
            idle = false;
        }
        kept
    }

    fn what_in_words(&self, what: &What) -> String {
        let at = |line: &Option<u32>| match line {
            Some(line) => format!(" at line {line}"),
            None => String::new(),
        };
        match what {
            What::Spawn => "is spawned".into(),
            What::Poll => "is polled".into(),
            What::Run => "runs".into(),
            What::Wait { lines } => format!("waits{}", at_lines(lines)),
            What::Wake { by: Some(lane) } => {
                format!("is woken by {}", self.lanes[*lane].name)
            }
            What::Wake { by: None } => "is woken".into(),
            What::Block { line } => format!("blocks its thread{}", at(line)),
            What::Unblock => "goes on".into(),
            What::Print { text, line } => format!("prints{}: {text}", at(line)),
            What::Done => "is done".into(),
            What::Panic => "panics".into(),
            What::Drop => "is dropped".into(),
        }
    }
}

/// The events of a lane, in which those wakes that came out of nowhere in the middle of a
/// turn stand after it; without them, if it was the last turn.
fn with_wakes_after_turns(own: Vec<(usize, &Event)>) -> Vec<(usize, &Event)> {
    let mut ordered = Vec::new();
    let mut late = Vec::new();
    let mut in_turn = false;
    for (number, event) in own {
        match &event.what {
            What::Wake { by: None } if in_turn => {
                late.push((number, event));
                continue;
            }
            What::Poll => in_turn = true,
            What::Wait { .. } | What::Done | What::Panic | What::Drop => {
                in_turn = false;
            }
            _ => {}
        }
        ordered.push((number, event));
        match &event.what {
            What::Wait { .. } => ordered.append(&mut late),
            What::Done | What::Panic | What::Drop => late.clear(),
            _ => {}
        }
    }
    ordered
}

/// " at line 3", " at lines 3 and 4", or nothing.
pub fn at_lines(lines: &[u32]) -> String {
    match lines {
        [] => String::new(),
        [line] => format!(" at line {line}"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(u32::to_string).collect();
            format!(" at lines {} and {last}", first.join(", "))
        }
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("numbers and strings are JSON")
}

fn list(values: &[impl Serialize]) -> String {
    let lines = values.iter().map(|value| format!("\n    {}", json(value)));
    lines.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Timeline {
        let lane = |name: &str, kind, parent, line| Lane {
            name: name.into(),
            kind,
            parent,
            line,
        };
        let event = |at, lane, what| Event {
            at: Seconds(at),
            lane,
            what,
        };
        let print = |text: &str| What::Print {
            text: text.into(),
            line: Some(8),
        };
        Timeline {
            version: VERSION,
            toolchain: "rustc 1.95.0".into(),
            source: "0123456789abcdef".into(),
            seconds: Seconds(3.0),
            exit: Some(0),
            lanes: vec![
                lane("main", LaneKind::Main, None, None),
                lane("task a", LaneKind::Task, Some(0), Some(19)),
            ],
            events: vec![
                event(0.0, 0, What::Poll),
                event(0.0, 1, What::Spawn),
                event(
                    0.0,
                    0,
                    What::Wait {
                        lines: vec![21, 22],
                    },
                ),
                event(0.0, 1, print("one \"quoted\"")),
                event(1.05, 1, What::Wake { by: None }),
                event(1.05, 1, print("")),
                event(3.0, 0, What::Wake { by: Some(1) }),
            ],
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = example().to_text();
        assert_eq!(Timeline::parse(&text).unwrap(), example());
        assert_eq!(example().printed(), "one \"quoted\"\n\n");
        let line = text.lines().nth(SECONDS_LINE - 1).unwrap();
        assert_eq!(line, "  \"seconds\": 3.0,");
    }

    #[test]
    fn it_does_not_count_when_in_a_turn_another_thread_wakes() {
        let event = |what| Event {
            at: Seconds(0.0),
            lane: 0,
            what,
        };
        let told = |middle: Vec<What>| -> Vec<String> {
            let mut events = vec![What::Poll, What::Wait { lines: vec![3] }];
            events.extend(middle);
            events.extend([What::Poll, What::Done]);
            let timeline = Timeline {
                events: events.into_iter().map(event).collect(),
                ..example()
            };
            timeline
                .told()
                .into_iter()
                .map(|(_, words)| words)
                .collect()
        };
        let wake = || What::Wake { by: None };
        let wait = || What::Wait { lines: vec![3] };
        let once = told(vec![wake()]);
        assert_eq!(told(vec![wake(), What::Poll, wake(), wait()]), once);
        assert_eq!(told(vec![wake(), What::Poll, wait(), wake()]), once);
        assert_ne!(told(vec![]), once);
    }

    #[test]
    fn each_line_in_words_knows_its_line_in_the_file() {
        let (told, text) = (example().told(), example().to_text());
        for (words, in_file) in [
            ("lane main: a main\n", "\"name\":\"main\""),
            (
                "lane task a: a task of main from line 19\n",
                "\"name\":\"task a\"",
            ),
            (
                "0.00 s  main  waits at lines 21 and 22\n",
                "\"lines\":[21,22]",
            ),
            ("3.00 s  main  is woken by task a\n", "\"by\":1"),
        ] {
            let line = told.iter().find(|(_, told)| told == words);
            let (line, _) =
                line.unwrap_or_else(|| panic!("{words} not in {told:?}"));
            let in_text = text.lines().nth(line - 1).unwrap();
            assert!(in_text.contains(in_file), "{in_text}");
        }
    }

    #[test]
    fn polls_that_change_nothing_are_not_told() {
        let mut run = example();
        let told = |run: &Timeline| -> Vec<String> {
            run.told().into_iter().map(|(_, words)| words).collect()
        };
        let before = told(&run);
        let at = |what| Event {
            at: Seconds(1.0),
            lane: 0,
            what,
        };
        let idle = [
            at(What::Wake { by: Some(1) }),
            at(What::Poll),
            at(What::Wait {
                lines: vec![21, 22],
            }),
        ];
        run.events.splice(6..6, idle);
        assert_eq!(told(&run), before);
        // It is woken for something later than for nothing.
        let wakes = |run: &Timeline| -> Vec<String> {
            let told = told(run).into_iter();
            told.filter(|words| words.contains("is woken")).collect()
        };
        let woken = wakes(&run);
        run.events[6].at = Seconds(0.5);
        assert_eq!(wakes(&run), woken);
        run.events[6].at = Seconds(1.0);
        run.events[8] = at(What::Wait { lines: vec![23] });
        assert!(
            told(&run)
                .iter()
                .any(|words| words.contains("waits at line 23"))
        );
    }

    #[test]
    fn another_version_is_refused_before_anything_else_is_read() {
        let error =
            Timeline::parse(r#"{ "version": 99, "new": 1 }"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the timeline has format version 99; this tool reads 2"
        );
    }

    #[test]
    fn what_does_not_belong_there_is_named() {
        let text = example().to_text().replace("\"exit\"", "\"exti\"");
        let error = Timeline::parse(&text).unwrap_err();
        assert_eq!(error.line, Some(6));
        assert!(
            error.to_string().contains("unknown field `exti`"),
            "{error}"
        );
        let text = example().to_text().replace("\"by\":1", "\"by\":7");
        let error = Timeline::parse(&text).unwrap_err();
        assert_eq!(error.to_string(), "not a timeline: there is no lane 7");
    }
}
