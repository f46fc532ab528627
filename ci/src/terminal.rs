//! The drawing of a run in characters, for a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

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
    drawing += &legend();
    drawing
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

fn legend() -> String {
    let kinds = [
        (SPAWN, "spawned"),
        (POLLED, "polled"),
        (BLOCKED, "blocked"),
        (WAITS, "waits"),
        (READY, "ready"),
        (DONE, "done"),
    ];
    let mut legend = String::from("\n");
    for ((character, style), word) in kinds {
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
}
