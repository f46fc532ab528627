//! What does the check cost, next to other ways, and when a book grows? Measured on a
//! quiet machine, and written to the files of [`crate::measured`].

pub mod growth;
pub mod ways;

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::measured::{Cost, Megabytes};
use crate::seconds::Seconds;

/// How often the memory of a process is read.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What takes longer than this is measured once, everything else three times.
const LONG: Seconds = Seconds(60.0);

/// How many processors there are.
pub fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// A command of this tool that ran to its end.
struct Ended {
    cost: Cost,
    /// What it printed to standard output.
    said: String,
    /// Whether its exit status was 0.
    success: bool,
}

/// Runs this tool in the book at `root`, as a program of its own. It compiles into
/// `target`, if there is one.
fn tool(
    root: &Path,
    target: Option<&Path>,
    arguments: &[&str],
) -> Result<Ended> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments).current_dir(root);
    if let Some(target) = target {
        command.env("CARGO_TARGET_DIR", target);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().context("cannot start this tool again")?;
    let mut output = child.stdout.take().context("the output is a pipe")?;
    let reader = thread::spawn(move || {
        let mut said = String::new();
        output.read_to_string(&mut said).map(|_| said)
    });
    let (success, peak) = wait(&mut child)?;
    let seconds = start.elapsed();
    let said = reader.join().expect("reading never panics")?;
    let cost = Cost {
        seconds: hundredths(seconds.into()),
        peak,
    };
    Ok(Ended {
        cost,
        said,
        success,
    })
}

/// Waits for a program. Whether its exit status is 0, and its most memory.
fn wait(child: &mut Child) -> Result<(bool, Option<Megabytes>)> {
    let mut peak = None;
    loop {
        // Of a program that has ended, nothing can be read anymore.
        peak = peak_of(child).or(peak);
        if let Some(status) = child.try_wait()? {
            return Ok((status.success(), peak));
        }
        thread::sleep(LOOK_EVERY);
    }
}

/// The most memory that a program had until now, if the system tells (Linux does).
fn peak_of(child: &Child) -> Option<Megabytes> {
    let status = format!("/proc/{}/status", child.id());
    let status = std::fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(Megabytes((kibibytes * 1024).div_ceil(1_000_000)))
}

/// How long something takes: once if it takes long, otherwise the median of three.
fn typical(mut seconds: impl FnMut() -> Result<Seconds>) -> Result<Seconds> {
    let first = seconds()?;
    if first > LONG {
        return Ok(first);
    }
    let mut all = [first, seconds()?, seconds()?];
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(all[1])
}

/// How long `work` takes.
fn timed(work: impl FnOnce() -> Result<()>) -> Result<Seconds> {
    let start = Instant::now();
    work()?;
    Ok(hundredths(start.elapsed().into()))
}

/// To the nearest hundredth: more digits would say nothing.
fn hundredths(seconds: Seconds) -> Seconds {
    Seconds((seconds.0 * 100.0).round() / 100.0)
}
