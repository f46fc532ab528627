//! A run in characters, for a terminal: its lines as they come, and its drawing.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use crate::process::{End, Line};
use crate::record::MARK;
use crate::seconds::Seconds;
use crate::slices::{Doing, Moment, Slices};
use crate::timeline::Timeline;

const POLLED: (char, Style) = ('┃', AnsiColor::Blue.on_default());
const RUNS: (char, Style) = ('▒', AnsiColor::Blue.on_default());
const BLOCKED: (char, Style) = ('█', AnsiColor::Red.on_default());
const WAITS: (char, Style) = ('─', Style::new());
const READY: (char, Style) = ('·', Style::new());
const SPAWN: (char, Style) = ('○', AnsiColor::Blue.on_default());
const DONE: (char, Style) = ('◆', AnsiColor::Blue.on_default());
const STOPPED: (char, Style) = ('×', AnsiColor::Red.on_default());
const NOTHING: (char, Style) = (' ', Style::new());

/// How wide a drawing is where nobody says how wide the terminal is, in characters.
const WIDTH: usize = 80;

/// The widest drawing, in characters.
const WIDEST: usize = 120;

/// The width of the terminal, in characters, as far as it is used.
pub fn width() -> usize {
    #[cfg(unix)]
    if let Ok(size) = rustix::termios::tcgetwinsize(std::io::stdout())
        && size.ws_col > 0
    {
        return usize::from(size.ws_col).min(WIDEST);
    }
    WIDTH
}

/// The lines of a run as they arrive, each with its second.
#[derive(Debug, Default)]
pub struct Lines {
    /// When the recorder had got ready, in seconds.
    start: Option<Seconds>,
    /// What has no line ending yet.
    unfinished: String,
}

impl Lines {
    /// What is to be shown now that this line has arrived.
    pub fn arrived(&mut self, line: &Line) -> Option<String> {
        let text = String::from_utf8_lossy(&line.bytes);
        if let Some((before, _)) = text.split_once(MARK) {
            self.start.get_or_insert(line.at);
            self.unfinished.push_str(before);
            return None;
        }
        let at = line.at.0 - self.start.map_or(0.0, |start| start.0);
        let text = std::mem::take(&mut self.unfinished) + &text;
        let text = text.trim_end_matches('\n');
        let line = format!("{:>5.1} │ {text}", at.max(0.0));
        Some(line.trim_end().to_owned())
    }

    /// What is to be shown when there will be no other.
    pub fn rest(&self) -> Option<String> {
        let rest = &self.unfinished;
        (!rest.is_empty()).then(|| format!("      │ {rest}"))
    }
}

/// How long a run took, and how it ended.
pub fn ended(seconds: Seconds, end: End) -> String {
    let ended = match end {
        End::Exited(status) => format!("exit status {status}"),
        End::Killed(signal) => format!("ended by signal {signal}"),
        End::TimedOut => "stopped: its time was up".to_owned(),
        End::TooMuchOutput => "stopped: it printed without end".to_owned(),
        End::TooMuchMemory => "stopped: it used up the memory".to_owned(),
    };
    format!("{:.1} s, {ended}", seconds.0)
}

/// A text with no line longer than `width` characters, as far as its words allow, and each
/// line moved to the right by `indent`.
///
/// ```
/// use book::terminal::wrapped;
///
/// assert_eq!(wrapped("tea and toast\n  now", 10, 2), "  tea and\n  toast\n    now");
/// ```
pub fn wrapped(text: &str, width: usize, indent: usize) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let own = line.len() - line.trim_start().len();
        let indent = " ".repeat(indent + own);
        if indent.len() + line.trim().chars().count() <= width {
            lines.push(indent + line.trim());
            continue;
        }
        let mut wrapped = String::new();
        for word in line.split_whitespace() {
            let length = wrapped.chars().count() + 1 + word.chars().count();
            if !wrapped.is_empty() && length > width {
                lines.push(std::mem::take(&mut wrapped));
            }
            wrapped += if wrapped.is_empty() { &indent } else { " " };
            wrapped += word;
        }
        lines.push(wrapped);
    }
    lines.join("\n")
}

/// Draws a run with lines of at most `width` characters: a line for each lane, the
/// axis, and what the characters mean.
pub fn draw(timeline: &Timeline, width: usize) -> String {
    let names = timeline.lanes.iter().map(|lane| lane.name.chars().count());
    let names = names.max().unwrap_or(0);
    // The axis ends with its unit.
    let columns = width.saturating_sub(names + 4).max(10);
    let scale = Scale {
        length: timeline.seconds,
        columns,
    };
    let mut drawing = String::new();
    for (index, lane) in timeline.lanes.iter().enumerate() {
        let row = row(&Slices::of(timeline, index), &scale);
        let _ = writeln!(drawing, "{:<names$}  {row}", lane.name);
    }
    let _ = writeln!(drawing, "{:<names$}  {}", "", scale.axis());
    let legend = legend(&drawing);
    drawing + &legend
}

/// Columns for seconds.
struct Scale {
    length: Seconds,
    columns: usize,
}

impl Scale {
    fn column(&self, at: Seconds) -> usize {
        let part = at.0 / self.length.0.max(0.01);
        ((part * (self.columns - 1) as f64).round() as usize)
            .min(self.columns - 1)
    }

    /// The whole seconds; tenths where there is no whole one.
    fn axis(&self) -> String {
        let step = if self.length.0 < 1.0 { 0.1 } else { 1.0 };
        let mut axis = String::new();
        for number in 0.. {
            let at = Seconds(f64::from(number) * step);
            if at.0 > self.length.0 + 1e-9 {
                break;
            }
            let column = self.column(at);
            // A number that would run into the one before it is left out.
            if number == 0 || column > axis.chars().count() {
                let space = column - axis.chars().count();
                let _ = write!(axis, "{:space$}{at}", "");
            }
        }
        axis + " s"
    }
}

fn row(slices: &Slices, scale: &Scale) -> String {
    let mut row = vec![NOTHING; scale.columns];
    for slice in &slices.slices {
        let (from, to) = (scale.column(slice.from), scale.column(slice.to));
        let (drawn, to) = match slice.doing {
            Doing::Polled => (POLLED, from),
            Doing::Runs => (RUNS, to),
            Doing::Blocked => (BLOCKED, to),
            Doing::Waits => (WAITS, to),
            Doing::Ready => (READY, to),
        };
        for cell in &mut row[from..=to] {
            // A tick is not wiped out by the line that begins at it.
            let line = matches!(slice.doing, Doing::Waits | Doing::Ready);
            if !line || *cell == NOTHING {
                *cell = drawn;
            }
        }
    }
    for mark in &slices.marks {
        let drawn = match mark.what {
            Moment::Spawn => SPAWN,
            Moment::Done => DONE,
            Moment::Panic | Moment::Drop => STOPPED,
            Moment::Wake | Moment::Print => continue,
        };
        row[scale.column(mark.at)] = drawn;
    }
    let mut text = String::new();
    for (character, style) in row {
        let _ = write!(text, "{style}{character}{style:#}");
    }
    text.trim_end().to_owned()
}

/// What the characters mean. Those that are rare are explained where they are drawn.
fn legend(drawing: &str) -> String {
    let kinds = [
        (SPAWN, "spawned", true),
        (POLLED, "polled", true),
        (RUNS, "runs", false),
        (BLOCKED, "blocked", true),
        (WAITS, "waits", true),
        (READY, "ready", true),
        (DONE, "done", true),
        (STOPPED, "dropped or panicked", false),
    ];
    let mut legend = String::from("\n");
    for ((character, style), word, always) in kinds {
        if !always && !drawing.contains(character) {
            continue;
        }
        let _ = write!(legend, "{style}{character}{style:#} {word}  ");
    }
    legend.trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blocked_sums_are_drawn_as_they_were_recorded() {
        let file = "../listings/three-ways/sum-blocking/timeline.json";
        let text = std::fs::read_to_string(file).expect("a golden");
        let timeline = Timeline::parse(&text).expect("a timeline");
        let drawn = draw(&timeline, 41);
        let plain = anstream::adapter::strip_str(&drawn).to_string();
        assert_eq!(
            plain,
            "main    ┃────────────·················◆\n\
             task a  ○███████████◆\n\
             task b  ○···········██████████████████◆\n\
             \x20       0     1     2     3     4     5 s\n\
             \n\
             ○ spawned  ┃ polled  █ blocked  ─ waits  · ready  ◆ done\n"
        );
    }

    #[test]
    fn what_is_rare_is_explained_where_it_is_drawn() {
        let file = "../listings/mistakes/dropped-handle-right/timeline.json";
        let text = std::fs::read_to_string(file).expect("a golden");
        let timeline = Timeline::parse(&text).expect("a timeline");
        let drawn = draw(&timeline, 41);
        let plain = anstream::adapter::strip_str(&drawn).to_string();
        let legend = plain.lines().last().expect("it has lines");
        assert!(legend.ends_with("◆ done  × dropped or panicked"), "{plain}");
        assert!(!legend.contains("runs"), "{plain}");
    }
}
