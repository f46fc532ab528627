//! A run as a list of events: `timeline.json`, the golden that says how a listing
//! unfolds. Everything that is shown of a run is derived from this list.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::seconds::Seconds;

/// The version of the format that this tool writes and reads.
pub const VERSION: u32 = 1;

/// The line of a `timeline.json`, counted from 1, with the elapsed seconds.
pub const SECONDS_LINE: usize = 4;

/// The events of one run, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// The format's version, [`VERSION`].
    pub version: u32,
    /// The compiler that built the program, such as `rustc 1.95.0`.
    pub toolchain: String,
    /// The elapsed time of the whole run, in seconds.
    pub seconds: Seconds,
    /// The exit status.
    pub exit: i32,
    /// What runs and waits, in the order in which it came to be.
    pub lanes: Vec<Lane>,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// Something that runs and waits: the main program or a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// What the reader calls it, such as `main` or `task a`.
    pub name: String,
    /// What it is.
    pub kind: LaneKind,
}

/// What a lane is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LaneKind {
    /// The program's main function.
    Main,
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
    /// A line was printed.
    Print {
        /// The line, without its line ending.
        text: String,
    },
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
    /// If it is not JSON, of another version, or has a key that does not belong there.
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
        serde_json::from_str(text).map_err(fault)
    }

    /// The text of a `timeline.json`: a line for each lane and event, so that a
    /// difference is easy to read.
    pub fn to_text(&self) -> String {
        let mut text = format!(
            "{{\n  \"version\": {},\n  \"toolchain\": {},\n  \"seconds\": {},\n  \"exit\": {},\n",
            self.version,
            json(&self.toolchain),
            json(&self.seconds),
            self.exit
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
            let What::Print { text } = &event.what;
            lines.push_str(text);
            lines.push('\n');
        }
        lines
    }
}

#[cfg(feature = "tool")]
impl Timeline {
    /// The events of a run whose lines are text, with times on the grid.
    pub fn of_run(run: &crate::process::Run, toolchain: &str) -> Timeline {
        let print = |line: &crate::process::Line| Event {
            at: line.at.snapped(),
            lane: 0,
            what: What::Print {
                text: String::from_utf8_lossy(&line.bytes)
                    .trim_end_matches('\n')
                    .to_owned(),
            },
        };
        Timeline {
            version: VERSION,
            toolchain: toolchain.to_owned(),
            seconds: run.seconds.snapped(),
            exit: match run.end {
                crate::process::End::Exited(status) => status,
                _ => -1,
            },
            lanes: vec![Lane {
                name: "main".to_owned(),
                kind: LaneKind::Main,
            }],
            events: run.lines.iter().map(print).collect(),
        }
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("numbers and strings are JSON")
}

fn list(values: &[impl Serialize]) -> String {
    values
        .iter()
        .map(|value| format!("\n    {}", json(value)))
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Timeline {
        Timeline {
            version: VERSION,
            toolchain: "rustc 1.95.0".into(),
            seconds: Seconds(3.0),
            exit: 0,
            lanes: vec![Lane {
                name: "main".into(),
                kind: LaneKind::Main,
            }],
            events: vec![
                Event {
                    at: Seconds(0.0),
                    lane: 0,
                    what: What::Print {
                        text: "one \"quoted\"".into(),
                    },
                },
                Event {
                    at: Seconds(1.05),
                    lane: 0,
                    what: What::Print {
                        text: String::new(),
                    },
                },
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
    fn another_version_is_refused_before_anything_else_is_read() {
        let error =
            Timeline::parse(r#"{ "version": 99, "new": 1 }"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the timeline has format version 99; this tool reads 1"
        );
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let text = example().to_text().replace("\"exit\"", "\"exti\"");
        let error = Timeline::parse(&text).unwrap_err();
        assert_eq!(error.line, Some(5));
        assert!(
            error.to_string().contains("unknown field `exti`"),
            "{error}"
        );
    }
}
