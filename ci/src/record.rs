//! From what a recorded run wrote to its timeline.
//!
//! A recorded listing prints what it always prints, and in between there is a marked
//! line for each event; `ci/recorder/src/lib.rs` says what they mean.

use std::collections::BTreeMap;

use crate::listing::Listing;
use crate::process::{End, Run};
use crate::seconds::Seconds;
use crate::timeline::{Event, Lane, LaneKind, Timeline, VERSION, What};

/// The first character of a marked line, as in `ci/recorder`.
pub const MARK: char = '\u{1e}';

/// A program that does something for longer than this, in seconds, before the recorder
/// hears of it has its clock set forward.
const LATE: f64 = 0.25;

/// The longest name of a branch, in characters.
const LONGEST_NAME: usize = 24;

/// The timeline of a run that was not recorded: what was printed, and when.
pub fn unrecorded(run: &Run, listing: &Listing, toolchain: &str) -> Timeline {
    let mut record = Record::new();
    for line in &run.lines {
        let text = String::from_utf8_lossy(&line.bytes).into_owned();
        record.now = line.at.0;
        record.printed(&text);
    }
    record.into_timeline(run, listing, toolchain)
}

/// The timeline of a recorded run.
pub fn recorded(run: &Run, listing: &Listing, toolchain: &str) -> Timeline {
    let mut record = Record::new();
    // Between two events the clock of this program has to do.
    let mut behind = 0.0;
    for line in &run.lines {
        let text = String::from_utf8_lossy(&line.bytes);
        match text.split_once(MARK) {
            None => {
                record.now = record.now.max(line.at.0 - behind);
                record.printed(&text);
            }
            Some((before, event)) => {
                record.unfinished.push_str(before);
                record.event(event.trim_end(), line.at.0);
                behind = line.at.0 - record.now;
            }
        }
    }
    record.name_lanes(listing);
    record.into_timeline(run, listing, toolchain)
}

/// How long the recorder took to get ready, before the program could begin.
pub fn getting_ready(run: &Run) -> Seconds {
    let first = run.lines.iter().find_map(|line| {
        let text = String::from_utf8_lossy(&line.bytes);
        let (_, event) = text.split_once(MARK)?;
        let micros = event.trim_end().split_once("\tstart\t")?.1;
        micros.parse::<f64>().ok()
    });
    Seconds(first.unwrap_or(0.0) / 1e6)
}

/// A lane as far as it is known, with the name that the recorder gave it.
struct Known {
    lane: Lane,
    /// The lines at which it waited last.
    waits: Vec<u32>,
}

struct Record {
    lanes: Vec<Known>,
    /// The index of a lane by the recorder's number.
    index: BTreeMap<u64, usize>,
    events: Vec<Event>,
    /// The time of the last event, in seconds.
    now: f64,
    /// How far the recorder's clock is behind the program's, in seconds.
    late: f64,
    /// What was printed without a line ending so far.
    unfinished: String,
    /// The lane and line of what is printed next, and how many lines that is.
    printing: (usize, Option<u32>, u64),
    /// The lanes whose turn it is, the innermost last.
    turns: Vec<usize>,
}

impl Record {
    fn new() -> Record {
        let main = Lane {
            name: "main".to_owned(),
            kind: LaneKind::Main,
            parent: None,
            line: None,
        };
        Record {
            lanes: vec![Known {
                lane: main,
                waits: Vec::new(),
            }],
            index: BTreeMap::from([(0, 0)]),
            events: Vec::new(),
            now: 0.0,
            late: 0.0,
            unfinished: String::new(),
            printing: (0, None, 0),
            turns: Vec::new(),
        }
    }

    /// Text of the listing itself arrived.
    fn printed(&mut self, text: &str) {
        self.unfinished.push_str(text);
        if self.unfinished.ends_with('\n') {
            self.print_unfinished();
        }
    }

    fn print_unfinished(&mut self) {
        let text = std::mem::take(&mut self.unfinished);
        let (lane, line) = match &mut self.printing {
            // Printed in a way that the recorder doesn't see.
            (_, _, 0) => (self.turns.last().copied().unwrap_or(0), None),
            (lane, line, left) => {
                *left -= 1;
                (*lane, *line)
            }
        };
        let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
        self.push(lane, What::Print { text, line });
    }

    fn push(&mut self, lane: usize, what: What) {
        let at = Seconds(self.now + self.late).snapped();
        self.events.push(Event { at, lane, what });
    }

    /// A marked line arrived. One that makes no sense is left out: it can only come
    /// from the listing itself.
    fn event(&mut self, line: &str, arrived: f64) {
        let mut fields = line.split('\t');
        let Some(micros) = fields.next().and_then(|at| at.parse::<f64>().ok())
        else {
            return;
        };
        self.now = micros / 1e6;
        let word = fields.next().unwrap_or_default();
        let fields: Vec<&str> = fields.collect();
        if word == "start" {
            let getting_ready =
                number(fields.first()).unwrap_or(0) as f64 / 1e6;
            let late = arrived - getting_ready;
            self.late = if late > LATE { late } else { 0.0 };
            return;
        }
        if word == "spawn" {
            self.spawn(&fields);
            return;
        }
        let lane = self.lane(fields.first());
        let line = number(fields.get(1))
            .map(|line| line as u32)
            .filter(|l| *l > 0);
        if word == "print" {
            let turn = self.turns.last().copied().unwrap_or(0);
            let count = number(fields.get(2)).unwrap_or(1);
            self.printing = (lane.unwrap_or(turn), line, count);
            return;
        }
        // What a thread without a lane does is nobody else's doing.
        let Some(lane) = lane else { return };
        let what = match word {
            "poll" => What::Poll,
            "run" => What::Run,
            "wait" => What::Wait {
                lines: self.waits(lane, fields.get(1)),
            },
            "wake" => What::Wake {
                by: self.lane(fields.get(1)),
            },
            "block" => What::Block { line },
            "unblock" => What::Unblock,
            "done" => What::Done,
            "panic" => What::Panic,
            "drop" => What::Drop,
            _ => return,
        };
        match what {
            What::Poll | What::Run => self.turns.push(lane),
            What::Wait { .. } | What::Done | What::Panic => {
                if let Some(turn) =
                    self.turns.iter().rposition(|turn| *turn == lane)
                {
                    self.turns.remove(turn);
                }
            }
            _ => {}
        }
        self.push(lane, what);
    }

    fn spawn(&mut self, fields: &[&str]) {
        let (Some(id), Some(kind)) = (number(fields.first()), fields.get(2))
        else {
            return;
        };
        let lane = Lane {
            name: fields.get(4).copied().unwrap_or_default().to_owned(),
            kind: match *kind {
                "task" => LaneKind::Task,
                "branch" => LaneKind::Branch,
                _ => LaneKind::Thread,
            },
            parent: self.lane(fields.get(1)),
            line: number(fields.get(3))
                .map(|line| line as u32)
                .filter(|l| *l > 0),
        };
        let index = self.lanes.len();
        self.index.insert(id, index);
        self.lanes.push(Known {
            lane,
            waits: Vec::new(),
        });
        self.push(index, What::Spawn);
    }

    fn lane(&self, field: Option<&&str>) -> Option<usize> {
        self.index.get(&number(field)?).copied()
    }

    /// The lines at which a lane waits now: those at which it left its waker in this
    /// poll, or else where it was, since nothing moved it on.
    fn waits(&mut self, lane: usize, field: Option<&&str>) -> Vec<u32> {
        let lines = field.map_or("", |field| *field).split(',');
        let lines: Vec<u32> =
            lines.filter_map(|line| line.parse().ok()).collect();
        let waits = &mut self.lanes[lane].waits;
        if !lines.is_empty() {
            *waits = lines;
        }
        waits.clone()
    }

    /// Gives each lane the name that the reader knows it by: that of the variable in
    /// the line that spawned it, or the expression of a branch; if several have the
    /// same, with a number.
    fn name_lanes(&mut self, listing: &Listing) {
        let source: Vec<&str> = listing.source.lines().collect();
        for Known { lane, .. } in self.lanes.iter_mut().skip(1) {
            let line = lane.line.and_then(|line| source.get(line as usize - 1));
            let kind = match lane.kind {
                LaneKind::Main => "main",
                LaneKind::Task => "task",
                LaneKind::Branch => "branch",
                LaneKind::Thread => "thread",
            };
            lane.name = match (lane.kind, line.and_then(|line| variable(line)))
            {
                (LaneKind::Branch, _) if lane.name.parse::<u32>().is_err() => {
                    shortened(&lane.name)
                }
                (LaneKind::Task | LaneKind::Thread, Some(name)) => {
                    format!("{kind} {name}")
                }
                _ => kind.to_owned(),
            };
        }
        let names: Vec<String> = self
            .lanes
            .iter()
            .map(|known| known.lane.name.clone())
            .collect();
        for (index, name) in names.iter().enumerate() {
            if names.iter().filter(|other| *other == name).count() > 1 {
                let number = names[..=index]
                    .iter()
                    .filter(|other| *other == name)
                    .count();
                self.lanes[index].lane.name = format!("{name} {number}");
            }
        }
    }

    fn into_timeline(
        mut self,
        run: &Run,
        listing: &Listing,
        toolchain: &str,
    ) -> Timeline {
        if !self.unfinished.is_empty() {
            self.print_unfinished();
        }
        self.add_main(run);
        let lanes = self.lanes.into_iter().map(|known| known.lane).collect();
        Timeline {
            version: VERSION,
            toolchain: toolchain.to_owned(),
            source: listing.source_hash.clone(),
            seconds: run.seconds.snapped(),
            exit: match run.end {
                End::Exited(status) => Some(status),
                _ => None,
            },
            lanes,
            events: self.events,
        }
    }

    /// The main function of a program that polls no future runs from the start of the
    /// program to its end.
    fn add_main(&mut self, run: &Run) {
        let is_polled =
            |event: &Event| event.lane == 0 && matches!(event.what, What::Poll);
        if self.events.iter().any(is_polled) {
            return;
        }
        let start = Event {
            at: Seconds(0.0),
            lane: 0,
            what: What::Run,
        };
        self.events.insert(0, start);
        let ended = match run.end {
            End::Exited(101) => What::Panic,
            End::Exited(_) => What::Done,
            // It was stopped in the middle.
            _ => return,
        };
        let last = self.events.last().map_or(0.0, |event| event.at.0);
        let at = Seconds(run.seconds.snapped().0.max(last));
        self.events.push(Event {
            at,
            lane: 0,
            what: ended,
        });
    }
}

fn number(field: Option<&&str>) -> Option<u64> {
    field?.parse().ok()
}

/// The variable of a line such as `let a = tokio::spawn(…`.
fn variable(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("let ")?;
    let rest = rest.strip_prefix("mut ").unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    (end > 0).then(|| &rest[..end])
}

fn shortened(name: &str) -> String {
    let one_line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.chars().count() {
        0..=LONGEST_NAME => one_line,
        _ => one_line
            .chars()
            .take(LONGEST_NAME - 1)
            .chain(['…'])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::{ListingName, Metadata};
    use crate::process::Line;

    fn listing(source: &str) -> Listing {
        Listing {
            name: ListingName("a".into()),
            part: "part".into(),
            folder: "listings/part/a".into(),
            source: source.into(),
            python: None,
            exercise: None,
            scenery: Default::default(),
            source_hash: String::new(),
            metadata: Metadata::default(),
        }
    }

    fn run(lines: &[(f64, &str)]) -> Run {
        let line = |(at, text): &(f64, &str)| Line {
            at: Seconds(*at),
            bytes: text.replace('!', "\u{1e}").into_bytes(),
        };
        Run {
            lines: lines.iter().map(line).collect(),
            end: End::Exited(0),
            seconds: Seconds(1.01),
        }
    }

    fn told(lines: &[(f64, &str)], source: &str) -> String {
        let timeline = recorded(&run(lines), &listing(source), "rustc");
        timeline
            .told()
            .into_iter()
            .map(|(_, words)| words)
            .collect()
    }

    #[test]
    fn events_and_lines_keep_their_order() {
        let told = told(
            &[
                (0.03, "!0\tstart\t20000\n"),
                (0.03, "!10\tpoll\t0\n"),
                (0.03, "!20\tspawn\t1\t0\ttask\t1\t\n"),
                (0.03, "!30\twait\t0\t2\n"),
                (0.03, "!40\tpoll\t1\n"),
                (0.03, "!50\tprint\t1\t7\t1\n"),
                (0.04, "hello\n"),
                (0.04, "from elsewhere\n"),
                (0.04, "half !60\twait\t1\t8,9\n"),
                (1.03, "!1000000\twake\t1\t-\n"),
                (1.03, "!1000010\tpoll\t1\n"),
                (1.03, "done\n"),
                (1.03, "!1000020\tdone\t1\n"),
            ],
            "let a = spawn();\n",
        );
        assert_eq!(
            told,
            "lane main: a main\n\
             0.00 s  main  is polled\n\
             0.00 s  main  waits at line 2\n\
             lane task a: a task of main from line 1\n\
             0.00 s  task a  is spawned\n\
             0.00 s  task a  is polled\n\
             0.00 s  task a  prints at line 7: hello\n\
             0.00 s  task a  prints: from elsewhere\n\
             0.00 s  task a  waits at lines 8 and 9\n\
             1.00 s  task a  is woken\n\
             1.00 s  task a  is polled\n\
             1.00 s  task a  prints: half done\n\
             1.00 s  task a  is done\n"
        );
    }

    #[test]
    fn a_program_without_futures_runs_from_start_to_end() {
        let told = told(
            &[
                (0.0, "!0\tstart\t0\n"),
                (0.0, "!1\tblock\t0\t5\n"),
                (1.0, "!1000000\tunblock\t0\n"),
            ],
            "",
        );
        assert_eq!(
            told,
            "lane main: a main\n\
             0.00 s  main  runs\n\
             0.00 s  main  blocks its thread at line 5\n\
             1.00 s  main  goes on\n\
             1.00 s  main  is done\n"
        );
    }

    #[test]
    fn a_program_that_computes_first_has_its_clock_set_forward() {
        let late =
            [(1.01, "!0\tstart\t10000\n"), (2.01, "!1000000\tpoll\t0\n")];
        assert!(told(&late, "").contains("2.00 s  main  is polled\n"));
        let in_time =
            [(0.21, "!0\tstart\t10000\n"), (1.2, "!1000000\tpoll\t0\n")];
        assert!(told(&in_time, "").contains("1.00 s  main  is polled\n"));
    }

    #[test]
    fn the_recorder_says_how_long_it_took_to_get_ready() {
        let ready = run(&[(0.5, "!0\tstart\t400000\n"), (0.5, "hello\n")]);
        assert_eq!(getting_ready(&ready), Seconds(0.4));
        assert_eq!(getting_ready(&run(&[(0.5, "hello\n")])), Seconds(0.0));
    }

    #[test]
    fn a_poll_that_moved_nothing_waits_where_it_waited() {
        let run = run(&[
            (0.0, "!0\tpoll\t0\n"),
            (0.0, "!1\twait\t0\t4\n"),
            (0.0, "!2\tpoll\t0\n"),
            (0.0, "!3\twait\t0\t\n"),
        ]);
        let timeline = recorded(&run, &listing(""), "rustc");
        let at_4 = What::Wait { lines: vec![4] };
        let waits = timeline.events.iter().filter(|event| event.what == at_4);
        assert_eq!(waits.count(), 2);
    }

    #[test]
    fn lanes_of_one_name_are_numbered_and_long_names_cut() {
        let told = told(
            &[
                (0.0, "!0\tspawn\t1\t0\ttask\t1\t\n"),
                (0.0, "!0\tspawn\t2\t0\ttask\t1\t\n"),
                (
                    0.0,
                    "!0\tspawn\t3\t0\tbranch\t2\ta_function_with_a_long_name()\n",
                ),
                (0.0, "!0\tspawn\t4\t0\tbranch\t2\t7\n"),
            ],
            "set.spawn(x);\n",
        );
        for name in ["task 1", "task 2", "a_function_with_a_long_…", "branch"]
        {
            assert!(told.contains(&format!("lane {name}: ")), "{told}");
        }
    }
}
