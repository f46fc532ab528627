//! What an experiment is: its settings, and the lines of the program that is shown.

use std::time::Duration;

use recorder::Line;

/// An experiment.
#[derive(Debug)]
pub struct Setup {
    /// The tasks, in their order.
    pub tasks: Vec<Task>,
    /// How they run.
    pub how: How,
    /// Whether they block their thread while they wait.
    pub blocks: bool,
    /// How long each computes before it waits.
    pub work: Duration,
    /// The task that fails after its first wait.
    pub fails: Option<usize>,
    /// How long all of it may take.
    pub timeout: Option<Duration>,
    /// Where in the program that is shown.
    pub lines: Lines,
}

/// What a task does.
#[derive(Debug)]
pub struct Task {
    /// How many times it waits.
    pub waits: u32,
    /// How long each time.
    pub wait: Duration,
    /// Where it is made, spawned, or awaited in turn.
    pub line: Line,
}

/// How the tasks run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Each is awaited before the next begins.
    InTurn,
    /// All are branches of a `join!`.
    Join,
    /// Each is a task of the runtime.
    Spawn,
    /// So many at once.
    Limit(usize),
}

/// The lines of the program that is shown; 0 for what it hasn't.
#[derive(Debug)]
pub struct Lines {
    /// A step is printed.
    pub step: Line,
    /// A task waits.
    pub wait: Line,
    /// It is printed that a task is done.
    pub done: Line,
    /// All tasks are awaited, together or one by one.
    pub awaits: Vec<Line>,
    /// All of it is awaited, with a time-out or an error.
    pub all: Line,
    /// An error is printed.
    pub error: Line,
    /// It is printed that the time is out.
    pub late: Line,
    /// The elapsed time is printed.
    pub time: Line,
}

impl Setup {
    /// Reads what the page gives to the program.
    pub fn read(settings: &str, lines: &str) -> Setup {
        let numbered = |name| numbers(value(lines, name));
        let line = |name| Line(numbered(name).first().copied().unwrap_or(0));
        let tasks = value(settings, "tasks").split(',').zip(numbered("task"));
        let how = match value(settings, "how") {
            "turn" => How::InTurn,
            "join" => How::Join,
            "spawn" => How::Spawn,
            _ => How::Limit(number(value(settings, "limit")) as usize),
        };
        let fails = value(settings, "fails").bytes().next();
        let timeout = value(settings, "timeout");
        Setup {
            tasks: tasks.map(|(task, line)| Task::read(task, line)).collect(),
            how,
            blocks: value(settings, "wait") == "block",
            work: Duration::from_millis(number(value(settings, "work"))),
            // "none" is no letter of a task.
            fails: fails
                .filter(u8::is_ascii_uppercase)
                .map(|name| usize::from(name - b'A')),
            timeout: (timeout != "none").then(|| seconds(timeout)),
            lines: Lines {
                step: line("step"),
                wait: line("wait"),
                done: line("done"),
                awaits: numbered("await").into_iter().map(Line).collect(),
                all: line("all"),
                error: line("error"),
                late: line("late"),
                time: line("time"),
            },
        }
    }

    /// Whether the program that is shown is an async one.
    pub fn is_async(&self) -> bool {
        self.how != How::InTurn || !self.blocks || self.timeout.is_some()
    }

    /// The line at which the task of this index, or all of them, is awaited.
    pub fn await_line(&self, index: usize) -> Line {
        let lines = &self.lines.awaits;
        *lines.get(index).or(lines.last()).unwrap_or(&Line(0))
    }
}

impl Task {
    /// Reads "2x1".
    fn read(task: &str, line: u32) -> Task {
        let (waits, wait) = task.split_once('x').expect("it says how often");
        Task {
            waits: number(waits) as u32,
            wait: seconds(wait),
            line: Line(line),
        }
    }
}

/// The value of a name in "name=value&name=value".
fn value<'a>(text: &'a str, name: &str) -> &'a str {
    let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|pair| pair.0 == name)
        .map(|pair| pair.1)
        .unwrap_or_default()
}

fn numbers(text: &str) -> Vec<u32> {
    text.split(',')
        .filter_map(|line| line.parse().ok())
        .collect()
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}

/// Reads "2.5", in whole numbers: it needs none of the rest.
fn seconds(text: &str) -> Duration {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let part = number(&format!("{part:0<3}"));
    Duration::from_millis(number(whole) * 1000 + part)
}
