//! Running an experiment: what `theme/program.js` writes, for all settings at once.

use std::fmt;
use std::time::{Duration, Instant};

use futures::stream::{self, StreamExt};
use recorder::{Blocked, Kind, Lane, Line, at};

use crate::setup::{How, Setup};

/// What the tasks are called.
const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

/// Their variables.
const VARIABLES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

fn println(line: Line, text: fmt::Arguments<'_>) {
    recorder::print(line, text, "\n");
}

/// The main function.
pub async fn run(setup: &'static Setup, start: Instant) {
    let lines = &setup.lines;
    let all = at(lines.all, all(setup, start));
    let result = match setup.timeout {
        None => Ok(all.await),
        Some(limit) => {
            // The time-out is awaited at the same line as what it is around.
            at(lines.all, tokio::time::timeout(limit, all)).await
        }
    };
    match result {
        Ok(Ok(())) => {}
        Ok(Err(error)) => println(lines.error, format_args!("Error: {error}")),
        Err(_) => println(lines.late, format_args!("Timed out")),
    }
    let elapsed = start.elapsed().as_secs_f64();
    println(lines.time, format_args!("Time: {elapsed:.1} sec"));
}

/// All tasks, as the settings say.
async fn all(setup: &'static Setup, start: Instant) -> Result<(), String> {
    match setup.how {
        How::InTurn => {
            for (index, task) in setup.tasks.iter().enumerate() {
                at(task.line, work(setup, index, start)).await?;
            }
            Ok(())
        }
        How::Join => {
            let branches = (0..setup.tasks.len())
                .map(|index| branch(setup, index, start, setup.await_line(0)));
            join(setup, branches).await
        }
        How::Spawn => {
            let mut handles = Vec::new();
            for (index, task) in setup.tasks.iter().enumerate() {
                let work = work(setup, index, start);
                let task = Lane::new(work, Kind::Task, "", task.line);
                handles.push(tokio::spawn(task));
            }
            for (index, handle) in handles.iter_mut().enumerate() {
                let result = at(setup.await_line(index), handle).await;
                result.expect("no task panics")?;
            }
            Ok(())
        }
        How::Limit(limit) => {
            let branches = stream::iter(0..setup.tasks.len()).map(|index| {
                branch(setup, index, start, setup.tasks[index].line)
            });
            let mut running = branches.buffer_unordered(limit);
            let line = setup.await_line(0);
            while let Some(result) = at(line, running.next()).await {
                result?;
            }
            Ok(())
        }
    }
}

/// A task within that of the main function, with a lane of its own.
fn branch(
    setup: &'static Setup,
    index: usize,
    start: Instant,
    line: Line,
) -> Lane<impl Future<Output = Result<(), String>>> {
    let work = work(setup, index, start);
    Lane::new(work, Kind::Branch, VARIABLES[index], line)
}

/// `tokio::join!` of up to six branches, or `tokio::try_join!` if one of them fails.
async fn join<F: Future<Output = Result<(), String>>>(
    setup: &'static Setup,
    mut branches: impl Iterator<Item = F>,
) -> Result<(), String> {
    let line = setup.await_line(0);
    let mut next = || branches.next().expect("a branch for each task");
    macro_rules! join {
        ($($branch:ident)+) => {{
            $(let $branch = next();)+
            if setup.fails.is_some() {
                let all = async { tokio::try_join!($($branch),+).map(drop) };
                at(line, all).await
            } else {
                let all = async { drop(tokio::join!($($branch),+)) };
                at(line, all).await;
                Ok(())
            }
        }};
    }
    match setup.tasks.len() {
        1 => join!(a),
        2 => join!(a b),
        3 => join!(a b c),
        4 => join!(a b c d),
        5 => join!(a b c d e),
        _ => join!(a b c d e f),
    }
}

/// What a task does.
async fn work(
    setup: &'static Setup,
    index: usize,
    start: Instant,
) -> Result<(), String> {
    let (task, lines) = (&setup.tasks[index], &setup.lines);
    let name = NAMES[index];
    for step in 1..=task.waits {
        let now = start.elapsed().as_secs_f64();
        println(
            lines.step,
            format_args!("{name}: step {step} at {now:.1} s"),
        );
        if setup.work > Duration::ZERO {
            let end = Instant::now() + setup.work;
            while Instant::now() < end {
                std::hint::spin_loop();
            }
        }
        if setup.blocks {
            let _blocked = Blocked::new(lines.wait);
            std::thread::sleep(task.wait);
        } else {
            at(lines.wait, tokio::time::sleep(task.wait)).await;
        }
        if setup.fails == Some(index) {
            return Err(format!("{name} failed"));
        }
    }
    let now = start.elapsed().as_secs_f64();
    println(lines.done, format_args!("{name}: done at {now:.1} s"));
    Ok(())
}
