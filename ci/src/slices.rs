//! A lane as it is drawn: the stretches of time in which it is polled, blocked or
//! waits, and the moments in which something happens to it. `theme/draw.js` reads a run
//! in the same way.

use crate::seconds::Seconds;
use crate::timeline::{Event, LaneKind, Timeline, What, at_lines};

/// A poll that takes longer than this, in seconds, is drawn as blocked. The advice for
/// real programs is far stricter: 10 to 100 microseconds between two awaits,
/// <https://ryhl.io/blog/async-what-is-blocking/>.
pub const BLOCKED: Seconds = Seconds(0.05);

/// What a lane does for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// It is polled, for a moment.
    Polled,
    /// It keeps its thread, and nobody else can use it.
    Blocked,
    /// A thread runs, and does not stop.
    Runs,
    /// It is pending.
    Waits,
    /// It could get on, and is not polled yet.
    Ready,
}

/// A stretch of time in which a lane does one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// What.
    pub doing: Doing,
    /// Since when, in seconds since the start of the run.
    pub from: Seconds,
    /// Until when.
    pub to: Seconds,
    /// Where in the program, if that is known.
    pub lines: Vec<u32>,
}

/// Something that happens to a lane in a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What.
    pub what: Moment,
    /// When, in seconds since the start of the run.
    pub at: Seconds,
    /// Where in the program, if that is known.
    pub lines: Vec<u32>,
}

/// What can happen in a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The lane came to be.
    Spawn,
    /// It was woken.
    Wake,
    /// It printed.
    Print,
    /// It came to its end.
    Done,
    /// A panic ended it.
    Panic,
    /// It was dropped before its end.
    Drop,
}

/// What a lane does, from its beginning to its end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slices {
    /// The stretches of time, in order.
    pub slices: Vec<Slice>,
    /// The moments, in order.
    pub marks: Vec<Mark>,
    /// How often it was polled.
    pub polls: usize,
}

impl Slices {
    /// What the lane with this index does in a run.
    pub fn of(timeline: &Timeline, lane: usize) -> Slices {
        let mut reading = Reading::default();
        for event in timeline.events.iter().filter(|event| event.lane == lane) {
            reading.event(event);
        }
        reading.end(timeline.seconds);
        reading.read
    }

    /// For how long the lane did something, in seconds, for each place in the program
    /// in the order of its first time.
    pub fn times(&self, doing: Doing) -> Vec<(Seconds, Vec<u32>)> {
        let mut times: Vec<(Seconds, Vec<u32>)> = Vec::new();
        for slice in self.slices.iter().filter(|slice| slice.doing == doing) {
            let seconds = slice.to.0 - slice.from.0;
            match times.iter_mut().find(|(_, lines)| *lines == slice.lines) {
                Some((sum, _)) => sum.0 += seconds,
                None => times.push((Seconds(seconds), slice.lines.clone())),
            }
        }
        times.retain(|(sum, _)| sum.0 >= BLOCKED.0);
        times
    }

    /// What the lane does, in a sentence without its name: "polled 3 times, waited 2
    /// seconds at line 10".
    pub fn in_words(&self, kind: LaneKind) -> String {
        let mut words = Vec::new();
        match self.polls {
            0 if kind == LaneKind::Task || kind == LaneKind::Branch => {
                words.push("never polled".to_owned());
            }
            0 => {}
            1 => words.push("polled once".to_owned()),
            times => words.push(format!("polled {times} times")),
        }
        for (doing, verb) in [
            (Doing::Runs, "ran for"),
            (Doing::Waits, "waited"),
            (Doing::Blocked, "blocked its thread for"),
            (Doing::Ready, "ready but not polled for"),
        ] {
            for (seconds, lines) in self.times(doing) {
                let (time, at) = (seconds.in_words(), at_lines(&lines));
                words.push(format!("{verb} {time}{at}"));
            }
        }
        match self.marks.last() {
            Some(Mark {
                what: Moment::Panic,
                ..
            }) => words.push("panicked".into()),
            Some(Mark {
                what: Moment::Drop,
                at,
                ..
            }) => {
                words.push(format!("dropped after {}", at.in_words()));
            }
            Some(Mark {
                what: Moment::Done,
                at,
                ..
            }) => {
                words.push(format!("done after {}", at.in_words()));
            }
            _ => words.push("never done".into()),
        }
        words.join(", ")
    }
}

/// What a lane was doing when it was last heard of.
enum State {
    /// It isn't there yet, or no more.
    Gone,
    /// It is pending, or ready and not polled.
    Off(Slice),
    /// It has its thread.
    On {
        from: Seconds,
        is_poll: bool,
        /// Where and since when the thread is stopped.
        stopped: Option<(Seconds, Option<u32>)>,
        /// The stops so far.
        stops: Vec<Slice>,
    },
}

struct Reading {
    read: Slices,
    state: State,
}

impl Default for Reading {
    fn default() -> Self {
        Reading {
            read: Slices::default(),
            state: State::Gone,
        }
    }
}

impl Reading {
    fn event(&mut self, event: &Event) {
        let at = event.at;
        let mark = match &event.what {
            What::Spawn => Some(Moment::Spawn),
            What::Wake { .. } => Some(Moment::Wake),
            What::Print { .. } => Some(Moment::Print),
            What::Done => Some(Moment::Done),
            What::Panic => Some(Moment::Panic),
            What::Drop => Some(Moment::Drop),
            _ => None,
        };
        if let Some(what) = mark {
            self.mark(what, at, &event.what);
        }
        match &event.what {
            What::Spawn => self.off(Doing::Ready, at, Vec::new()),
            What::Poll | What::Run => {
                self.close(at);
                let is_poll = matches!(event.what, What::Poll);
                self.read.polls += usize::from(is_poll);
                let (stopped, stops) = (None, Vec::new());
                self.state = State::On {
                    from: at,
                    is_poll,
                    stopped,
                    stops,
                };
            }
            What::Wait { lines } => {
                self.close(at);
                self.off(Doing::Waits, at, lines.clone());
            }
            What::Wake { .. } => {
                // Woken in its own turn it is polled again; it has not waited yet.
                if let State::Off(Slice {
                    doing: Doing::Waits,
                    ..
                }) = self.state
                {
                    self.close(at);
                    self.off(Doing::Ready, at, Vec::new());
                }
            }
            What::Block { line } => {
                if let State::On { stopped, .. } = &mut self.state {
                    *stopped = Some((at, *line));
                }
            }
            What::Unblock => self.unblock(at),
            What::Done | What::Panic | What::Drop => {
                self.close(at);
                self.state = State::Gone;
            }
            What::Print { .. } => {}
        }
    }

    /// Lines that are printed in one moment are one mark.
    fn mark(&mut self, moment: Moment, at: Seconds, what: &What) {
        let line = match what {
            What::Print { line, .. } => *line,
            _ => None,
        };
        let same = |mark: &&mut Mark| {
            moment == Moment::Print && mark.what == moment && mark.at == at
        };
        match self.read.marks.last_mut().filter(same) {
            Some(mark) => {
                let new = line.filter(|line| !mark.lines.contains(line));
                mark.lines.extend(new);
            }
            None => {
                let lines = line.into_iter().collect();
                self.read.marks.push(Mark {
                    what: moment,
                    at,
                    lines,
                });
            }
        }
    }

    fn off(&mut self, doing: Doing, from: Seconds, lines: Vec<u32>) {
        self.state = State::Off(Slice {
            doing,
            from,
            to: from,
            lines,
        });
    }

    fn unblock(&mut self, at: Seconds) {
        if let State::On { stopped, stops, .. } = &mut self.state
            && let Some((from, line)) = stopped.take()
        {
            let lines = line.into_iter().collect();
            stops.push(Slice {
                doing: Doing::Blocked,
                from,
                to: at,
                lines,
            });
        }
    }

    /// What it was doing is over now.
    fn close(&mut self, at: Seconds) {
        self.unblock(at);
        match std::mem::replace(&mut self.state, State::Gone) {
            State::Gone => {}
            State::Off(slice) => {
                if at > slice.from {
                    self.read.slices.push(Slice { to: at, ..slice });
                }
            }
            State::On {
                from,
                is_poll,
                stops,
                ..
            } => {
                let slices = turn(from, at, is_poll, stops);
                self.read.slices.extend(slices);
            }
        }
    }

    /// The run is over.
    fn end(&mut self, at: Seconds) {
        self.close(at);
    }
}

/// The slices of a turn: a short poll is one; a long one is cut where its thread was
/// stopped.
fn turn(
    from: Seconds,
    to: Seconds,
    is_poll: bool,
    stops: Vec<Slice>,
) -> Vec<Slice> {
    let long = |from: Seconds, to: Seconds| to.0 - from.0 > BLOCKED.0 + 1e-9;
    let doing = match (is_poll, long(from, to)) {
        (true, false) => Doing::Polled,
        (true, true) => Doing::Blocked,
        (false, _) => Doing::Runs,
    };
    if doing == Doing::Polled {
        return vec![Slice {
            doing,
            from,
            to,
            lines: Vec::new(),
        }];
    }
    let mut slices = Vec::new();
    let mut since = from;
    for stop in stops.into_iter().filter(|stop| long(stop.from, stop.to)) {
        if long(since, stop.from) {
            let lines = Vec::new();
            slices.push(Slice {
                doing,
                from: since,
                to: stop.from,
                lines,
            });
        }
        since = stop.to;
        slices.push(stop);
    }
    if long(since, to) || slices.is_empty() {
        slices.push(Slice {
            doing,
            from: since,
            to,
            lines: Vec::new(),
        });
    }
    slices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Lane, VERSION};

    fn slices(events: &[(f64, What)]) -> Slices {
        let event = |(at, what): &(f64, What)| Event {
            at: Seconds(*at),
            lane: 0,
            what: what.clone(),
        };
        let timeline = Timeline {
            version: VERSION,
            source: String::new(),
            toolchain: "rustc".into(),
            seconds: Seconds(4.0),
            exit: Some(0),
            lanes: vec![Lane {
                name: "a".into(),
                kind: LaneKind::Task,
                parent: None,
                line: None,
            }],
            events: events.iter().map(event).collect(),
        };
        Slices::of(&timeline, 0)
    }

    fn shown(slices: &Slices) -> Vec<(Doing, f64, f64)> {
        slices
            .slices
            .iter()
            .map(|s| (s.doing, s.from.0, s.to.0))
            .collect()
    }

    #[test]
    fn short_polls_are_told_from_long_ones_and_waiting_from_being_ready() {
        let slices = slices(&[
            (0.0, What::Spawn),
            (0.5, What::Poll),
            (0.5, What::Wait { lines: vec![10] }),
            (1.5, What::Wake { by: None }),
            (2.0, What::Poll),
            (3.0, What::Done),
        ]);
        assert_eq!(
            shown(&slices),
            [
                (Doing::Ready, 0.0, 0.5),
                (Doing::Polled, 0.5, 0.5),
                (Doing::Waits, 0.5, 1.5),
                (Doing::Ready, 1.5, 2.0),
                (Doing::Blocked, 2.0, 3.0),
            ]
        );
        assert_eq!(
            slices.in_words(LaneKind::Task),
            "polled 2 times, waited 1 second at line 10, blocked its thread for 1 \
             second, ready but not polled for 1 second, done after 3 seconds"
        );
    }

    #[test]
    fn a_long_turn_is_cut_where_its_thread_was_stopped() {
        let slices = slices(&[
            (0.0, What::Run),
            (1.0, What::Block { line: Some(7) }),
            (2.0, What::Unblock),
            (2.0, What::Block { line: Some(7) }),
            (3.0, What::Unblock),
            (4.0, What::Done),
        ]);
        assert_eq!(
            shown(&slices),
            [
                (Doing::Runs, 0.0, 1.0),
                (Doing::Blocked, 1.0, 2.0),
                (Doing::Blocked, 2.0, 3.0),
                (Doing::Runs, 3.0, 4.0),
            ]
        );
        assert_eq!(slices.times(Doing::Blocked), [(Seconds(2.0), vec![7])]);
    }

    #[test]
    fn a_lane_that_never_ends_waits_until_the_run_is_over() {
        let slices =
            slices(&[(0.0, What::Poll), (0.0, What::Wait { lines: vec![] })]);
        assert_eq!(shown(&slices)[1], (Doing::Waits, 0.0, 4.0));
        assert!(slices.in_words(LaneKind::Task).ends_with("never done"));
    }
}
