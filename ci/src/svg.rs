//! The drawing of runs: lanes under one axis, as an SVG that needs no script.
//!
//! Across it is measured in percent, so that it is as wide as its page and its letters
//! keep their size; down it is measured in pixels. Shapes tell what is what, and colors
//! only repeat it. `theme/player.js` plays over the same elements, and `theme/draw.js`
//! draws the same in the page.

use std::fmt::Write;

use crate::figure::html;
use crate::seconds::Seconds;
use crate::slices::{Doing, Mark, Moment, Slices};
use crate::timeline::{LaneKind, Timeline};

/// Where the axis begins and how long it is, in percent of the width.
const AXIS: (f64, f64) = (2.5, 94.0);

/// Heights in pixels: of the name of a run, of a lane, and of the axis.
const RUN: u32 = 26;
const LANE: u32 = 46;
const FOOT: u32 = 24;

/// From the top of a lane to the middle of its line, in pixels.
const MIDDLE: u32 = 28;

/// Half the height of a bar, in pixels.
const HALF: u32 = 8;

/// A bar narrower than this, in percent, has no room for a word.
const ROOM: f64 = 14.0;

/// Draws runs under one axis. `id` is unique in its page. A run in company has its name
/// above its lanes.
pub fn draw(runs: &[(&str, &Timeline)], id: &str) -> String {
    let length = runs
        .iter()
        .map(|(_, run)| run.seconds.0)
        .fold(0.0, f64::max);
    let axis = Axis {
        length: Seconds(length.max(0.05)),
    };
    let mut lanes = String::new();
    let mut y = 4;
    for (number, (name, run)) in runs.iter().enumerate() {
        let _ = writeln!(lanes, "<g class=\"run\" data-run=\"{number}\">");
        if runs.len() > 1 {
            let seconds = run.seconds.in_words();
            let _ = writeln!(
                lanes,
                "<text class=\"run-name\" x=\"{}%\" y=\"{}\">{}: {seconds}</text>",
                AXIS.0,
                y + 18,
                html(name),
            );
            y += RUN;
        }
        for index in 0..run.lanes.len() {
            lanes += &lane(run, index, y, &axis);
            y += LANE;
        }
        lanes += "</g>\n";
    }
    let height = y + FOOT;
    format!(
        "<svg class=\"timeline\" role=\"img\" aria-labelledby=\"{id}-title\" \
         aria-describedby=\"{id}-desc\" \
         width=\"100%\" height=\"{height}\" data-seconds=\"{length}\">\n\
         <title id=\"{id}-title\">{}</title>\n\
         <desc id=\"{id}-desc\">{}</desc>\n\
         {}{lanes}\
         <line class=\"playhead\" x1=\"{x}%\" x2=\"{x}%\" y1=\"0\" y2=\"{y}\"/>\n\
         </svg>\n",
        html(&title(runs)),
        html(&in_words(runs).join(" ")),
        axis.draw(y),
        x = AXIS.0,
    )
}

fn title(runs: &[(&str, &Timeline)]) -> String {
    let names: Vec<&str> = runs.iter().map(|(name, _)| *name).collect();
    let what = if runs.len() > 1 {
        "Timelines"
    } else {
        "Timeline"
    };
    format!("{what} of {}", names.join(", "))
}

/// What the drawing shows, in sentences: one for each lane.
pub fn in_words(runs: &[(&str, &Timeline)]) -> Vec<String> {
    let mut sentences = Vec::new();
    for (run_name, run) in runs {
        if runs.len() > 1 {
            sentences
                .push(format!("{run_name} takes {}.", run.seconds.in_words()));
        }
        for (index, lane) in run.lanes.iter().enumerate() {
            let words = Slices::of(run, index).in_words(lane.kind);
            sentences.push(format!("{}: {words}.", lane.name));
        }
    }
    sentences
}

/// The axis of time.
struct Axis {
    length: Seconds,
}

impl Axis {
    /// Where a moment is, in percent of the width.
    fn x(&self, at: Seconds) -> f64 {
        let x = AXIS.0 + AXIS.1 * at.0 / self.length.0;
        (x * 100.0).round() / 100.0
    }

    /// Seconds between two numbers of the axis: at most nine steps, and whole seconds
    /// for a run of two seconds or more.
    fn step(&self) -> f64 {
        let steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0];
        let least = if self.length.0 < 2.0 { 0.0 } else { 1.0 };
        steps
            .into_iter()
            .filter(|step| *step >= least)
            .find(|step| self.length.0 / step <= 9.0 + 1e-9)
            .unwrap_or(60.0)
    }

    fn draw(&self, y: u32) -> String {
        let mut axis =
            String::from("<g class=\"axis\" aria-hidden=\"true\">\n");
        let step = self.step();
        let last = (self.length.0 / step + 1e-9).floor() as u32;
        for number in 0..=last {
            let at = Seconds(f64::from(number) * step);
            let x = self.x(at);
            let unit = if number == last { " s" } else { "" };
            // A number at the right edge would stand out over it.
            let edge = if x > AXIS.1 { " class=\"edge\"" } else { "" };
            let _ = writeln!(
                axis,
                "<line x1=\"{x}%\" x2=\"{x}%\" y1=\"0\" y2=\"{y}\"/>\
                 <text{edge} x=\"{x}%\" y=\"{}\">{at}{unit}</text>",
                y + 17,
            );
        }
        axis += "</g>\n";
        axis
    }
}

/// A lane with its top at `y`.
fn lane(run: &Timeline, index: usize, y: u32, axis: &Axis) -> String {
    let lane = &run.lanes[index];
    let slices = Slices::of(run, index);
    let kind = match lane.kind {
        LaneKind::Main => "main",
        LaneKind::Task => "task",
        LaneKind::Branch => "branch",
        LaneKind::Thread => "thread",
    };
    let spawned = lane
        .line
        .map(|line| format!(" · line {line}"))
        .unwrap_or_default();
    let mut svg = format!(
        "<g class=\"lane {kind}\" data-lane=\"{index}\">\n\
         <text class=\"lane-name\" x=\"{}%\" y=\"{}\">{}\
         <tspan class=\"lane-line\">{spawned}</tspan></text>\n",
        AXIS.0,
        y + 13,
        html(&lane.name),
    );
    let middle = y + MIDDLE;
    for slice in &slices.slices {
        let (from, to) = (axis.x(slice.from), axis.x(slice.to));
        let lines: Vec<String> =
            slice.lines.iter().map(u32::to_string).collect();
        let data = format!("data-lines=\"{}\"", lines.join(" "));
        let shape = match slice.doing {
            Doing::Polled => {
                let (top, bottom) = (middle - HALF, middle + HALF);
                format!(
                    "<line class=\"polled\" x1=\"{from}%\" x2=\"{from}%\" \
                     y1=\"{top}\" y2=\"{bottom}\"/>"
                )
            }
            Doing::Waits | Doing::Ready => {
                let class = if slice.doing == Doing::Waits {
                    "waits"
                } else {
                    "ready"
                };
                format!(
                    "<line class=\"{class}\" {data} x1=\"{from}%\" x2=\"{to}%\" \
                     y1=\"{middle}\" y2=\"{middle}\"/>"
                )
            }
            Doing::Blocked => bar("blocked", &data, from, to, middle),
            Doing::Runs => bar("runs", &data, from, to, middle),
        };
        let _ = writeln!(svg, "{shape}");
    }
    for mark in &slices.marks {
        let lines = match mark.what {
            Moment::Spawn => lane.line.into_iter().collect(),
            _ => mark.lines.clone(),
        };
        let shape = shape_of(mark, &lines, axis.x(mark.at), middle);
        let _ = writeln!(svg, "{shape}");
    }
    svg += "</g>\n";
    svg
}

/// A bar with its word in it, or beside it if there is no room.
fn bar(word: &str, data: &str, from: f64, to: f64, middle: u32) -> String {
    let width = ((to - from) * 100.0).round() / 100.0;
    let (top, height) = (middle - HALF, 2 * HALF);
    let mut bar = format!(
        "<rect class=\"{word}\" {data} x=\"{from}%\" width=\"{width}%\" y=\"{top}\" \
         height=\"{height}\" rx=\"2\"/>"
    );
    if width >= ROOM {
        let (center, base) = (from + width / 2.0, middle + 4);
        let _ = write!(
            bar,
            "<text class=\"word\" x=\"{center:.2}%\" y=\"{base}\">{word}</text>"
        );
    }
    bar
}

/// The shape of a moment. A nested `svg` carries it to its place, since a path knows no
/// percent.
fn shape_of(mark: &Mark, lines: &[u32], x: f64, middle: u32) -> String {
    let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
    let (class, y, path) = match mark.what {
        Moment::Spawn => {
            ("spawn", middle, "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0")
        }
        Moment::Wake => ("wake", middle + HALF, "M0,1L4,7H-4Z"),
        Moment::Print => ("print", middle - HALF, "M-2,-3h4v2h-4z"),
        Moment::Done => ("done", middle, "M0,-5L5,0L0,5L-5,0Z"),
        Moment::Panic => ("panic", middle, "M-5,-5L5,5M5,-5L-5,5"),
        Moment::Drop => ("drop", middle, "M-4,-4L4,4M4,-4L-4,4"),
    };
    format!(
        "<svg class=\"mark\" x=\"{x}%\" y=\"{y}\" width=\"1\" height=\"1\">\
         <path class=\"{class}\" data-lines=\"{}\" d=\"{path}\"/></svg>",
        lines.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The pages' script draws the same ones: `ci/browser/draw.test.js`.
    #[test]
    fn the_cases_are_drawn_as_they_were() {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drawings");
        let mut cases = 0;
        for (name, bytes) in crate::files::below(&folder) {
            let Some(case) = name.strip_suffix(".json") else {
                continue;
            };
            let runs: Vec<(String, Timeline)> =
                serde_json::from_slice(&bytes).expect("named timelines");
            let runs: Vec<(&str, &Timeline)> = runs
                .iter()
                .map(|(name, run)| (name.as_str(), run))
                .collect();
            let drawn = draw(&runs, "drawing");
            let golden = folder.join(format!("{case}.svg"));
            // Meant so, it is the new golden.
            if std::env::var_os("BLESS_DRAWINGS").is_some() {
                std::fs::write(&golden, &drawn).expect("a golden is written");
            }
            let golden = std::fs::read_to_string(&golden).unwrap_or_default();
            assert!(
                drawn == golden,
                "{case}.svg is drawn otherwise; with BLESS_DRAWINGS=1 this test \
                 writes it anew:\n{drawn}"
            );
            cases += 1;
        }
        assert!(cases >= 10, "only {cases} cases");
    }

    #[test]
    fn the_axis_has_at_most_nine_steps_and_ends_with_its_unit() {
        for (length, step) in
            [(3.0, 1.0), (9.0, 1.0), (0.3, 0.05), (1.0, 0.2), (12.0, 2.0)]
        {
            let axis = Axis {
                length: Seconds(length),
            };
            assert_eq!(axis.step(), step, "{length}");
            assert_eq!(axis.draw(0).matches(" s</text>").count(), 1);
        }
        let axis = Axis {
            length: Seconds(4.0),
        };
        assert_eq!((axis.x(Seconds(0.0)), axis.x(Seconds(4.0))), (2.5, 96.5));
    }
}
