//! `run`: a listing in the terminal, with the second of each line, and its timeline.

use std::path::Path;

use anyhow::{Context, Result};

use crate::commands::{chosen, clean_up_on_ctrl_c};
use crate::listing::Listings;
use crate::process::{End, Line};
use crate::record::MARK;
use crate::report;
use crate::runner::Programs;
use crate::seconds::Seconds;
use crate::terminal;
use crate::verdict::{Fault, expected_end};

/// How wide a drawing is where nobody says how wide the terminal is, in characters.
const WIDTH: usize = 80;

/// Runs a listing, prints its lines as they come, and draws its timeline. Whether it
/// ended as it should.
///
/// # Errors
/// If there is no such listing, or it can't be compiled or started.
pub fn run(root: &Path, name: &str) -> Result<bool> {
    clean_up_on_ctrl_c()?;
    let (listings, problems) = Listings::find(root);
    let names = [name.to_owned()];
    let found = chosen(&listings, &names)?;
    let mut problems = problems;
    problems.retain(|problem| {
        found.iter().any(|l| problem.file.starts_with(&l.folder))
    });
    problems.or_ok(())?;
    let listing = *found.first().context("a name names a listing")?;
    let programs = Programs::compile(root, &found)?;
    let mut lines = Lines::default();
    let watched = programs.watch(root, listing, |line| lines.arrived(line))?;
    let (end, timeline) = match watched {
        Ok(watched) => watched,
        Err(messages) => {
            let fault = Fault::DoesNotCompile(messages);
            anstream::println!("{}", report::fault(listing, &fault));
            return Ok(false);
        }
    };
    lines.rest();
    anstream::println!("\n{}", terminal::draw(&timeline, width()));
    let ended = match end {
        End::Exited(status) => format!("exit status {status}"),
        End::Killed(signal) => format!("ended by signal {signal}"),
        End::TimedOut => "stopped: its time was up".to_owned(),
        End::TooMuchOutput => "stopped: it printed without end".to_owned(),
        End::TooMuchMemory => "stopped: it used up the memory".to_owned(),
    };
    anstream::println!("{:.1} s, {ended}", timeline.seconds.0);
    Ok(end == expected_end(listing))
}

/// The printed lines as they arrive.
#[derive(Default)]
struct Lines {
    /// When the recorder had got ready, in seconds.
    start: Option<Seconds>,
    /// What has no line ending yet.
    unfinished: String,
}

impl Lines {
    fn arrived(&mut self, line: &Line) {
        let text = String::from_utf8_lossy(&line.bytes);
        match text.split_once(MARK) {
            Some((before, _)) => {
                self.start.get_or_insert(line.at);
                self.unfinished.push_str(before);
            }
            None => {
                let at = line.at.0 - self.start.map_or(0.0, |start| start.0);
                let text = std::mem::take(&mut self.unfinished) + &text;
                print(Seconds(at.max(0.0)), &text);
            }
        }
    }

    fn rest(&self) {
        if !self.unfinished.is_empty() {
            anstream::println!("      │ {}", self.unfinished);
        }
    }
}

fn print(at: Seconds, text: &str) {
    let line = format!("{:>5.1} │ {}", at.0, text.trim_end_matches('\n'));
    anstream::println!("{}", line.trim_end());
}

/// The width of the terminal, in characters.
fn width() -> usize {
    #[cfg(unix)]
    if let Ok(size) = rustix::termios::tcgetwinsize(std::io::stdout())
        && size.ws_col > 0
    {
        return usize::from(size.ws_col).min(120);
    }
    WIDTH
}
