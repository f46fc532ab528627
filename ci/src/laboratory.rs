//! Experiments of the laboratory, as links have them: settings behind the `#` of an
//! address, such as `tasks=2x1,3x1&how=spawn`.
//!
//! The page reads them with `theme/program.js`, by the same rules; `FRAGMENTS` holds both
//! against the same list. A reader may type what is wrong; a chapter may not.

use std::ops::RangeInclusive;

use crate::message;

/// The chapter with the laboratory.
pub const CHAPTER: &str = "src/laboratory.md";

/// The names of the tasks.
const NAMES: &str = "ABCDEF";

/// What can be set.
const SETTINGS: [&str; 8] = [
    "tasks", "how", "limit", "wait", "work", "fails", "timeout", "as",
];

/// Whether the fragment of a link is an experiment rather than a place in the page.
pub fn is_setup(fragment: &str) -> bool {
    fragment.contains('=')
}

/// What is wrong with an experiment, if anything. `listings` are the names that `as` may
/// have.
pub fn fault<'a>(
    fragment: &str,
    listings: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let mut seen: Vec<&str> = Vec::new();
    let listings: Vec<&str> = listings.into_iter().collect();
    for pair in fragment.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if seen.contains(&name) {
            return Some(format!("it sets {name} twice"));
        }
        seen.push(name);
        let wanted = match name {
            "tasks" => is_tasks(value).then_some(()).ok_or(
                "for up to six tasks how often and how many seconds each waits, from \
                 1x1 to 5x5",
            ),
            "how" => one_of(value, &["turn", "join", "spawn", "limit"])
                .ok_or("turn, join, spawn or limit"),
            "limit" => is_within(value, 1..=6, 1).ok_or("from 1 to 6"),
            "wait" => one_of(value, &["sleep", "block"]).ok_or("sleep or block"),
            "work" => is_within(value, 0..=480, 40)
                .ok_or("from 0 to 480 in steps of 40"),
            "fails" => (value == "none" || index(value).is_some())
                .then_some(())
                .ok_or("none, or a task from A to F"),
            "timeout" => is_timeout(value)
                .then_some(())
                .ok_or("none, or from 0.5 to 9.5 in steps of 1"),
            "as" if !listings.contains(&value) => {
                let near = message::closest(value, listings.iter().copied());
                let near = near.map(|near| format!("; did you mean {near}?"));
                let near = near.unwrap_or_default();
                return Some(format!("no listing is called {value}{near}"));
            }
            "as" => Ok(()),
            _ => {
                let known = SETTINGS.join(", ");
                return Some(format!("{name} is no setting; those are {known}"));
            }
        };
        if let Err(wanted) = wanted {
            return Some(format!("{name} can be {wanted}"));
        }
    }
    nobody_fails(fragment)
}

/// The task that shall fail, if there is no such task.
fn nobody_fails(fragment: &str) -> Option<String> {
    let value = |wanted: &str| {
        let mut pairs = fragment.split('&').filter_map(|p| p.split_once('='));
        pairs.find(|pair| pair.0 == wanted).map(|pair| pair.1)
    };
    let tasks = value("tasks").unwrap_or("2x1,3x1").split(',').count();
    let fails = value("fails")?;
    (index(fails)? >= tasks).then(|| format!("there is no task {fails}"))
}

fn is_tasks(value: &str) -> bool {
    let is_task = |task: &str| {
        task.split_once('x').is_some_and(|(waits, seconds)| {
            let within = |text| is_within(text, 1..=5, 1).is_some();
            within(waits) && within(seconds)
        })
    };
    value.split(',').count() <= NAMES.len() && value.split(',').all(is_task)
}

fn one_of(value: &str, choices: &[&str]) -> Option<()> {
    choices.contains(&value).then_some(())
}

fn is_within(
    value: &str,
    range: RangeInclusive<u32>,
    step: usize,
) -> Option<()> {
    let mut all = range.step_by(step);
    all.any(|number| number.to_string() == value).then_some(())
}

fn is_timeout(value: &str) -> bool {
    value == "none" || (0..10).any(|whole| value == format!("{whole}.5"))
}

/// The index of a task by its name.
fn index(name: &str) -> Option<usize> {
    let is_one = name.len() == 1;
    is_one.then(|| NAMES.find(name)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fragments, each behind `ok` or `wrong`.
    const FRAGMENTS: &str = include_str!("../laboratory/fragments.txt");

    #[test]
    fn fragments_are_judged_as_the_page_judges_them() {
        let listings = ["sum-async", "sum-sync"];
        let lines = FRAGMENTS.lines().filter(|line| !line.starts_with('#'));
        let mut count = 0;
        for line in lines {
            let (verdict, fragment) = line.split_once(' ').expect("a verdict");
            let fault = fault(fragment, listings);
            assert_eq!(fault.is_none(), verdict == "ok", "{line}: {fault:?}");
            count += 1;
        }
        assert!(count > 20);
    }

    #[test]
    fn a_fault_says_what_can_be() {
        for (fragment, said) in [
            ("how=spwan", "how can be turn, join, spawn or limit"),
            (
                "as=sum-asinc",
                "no listing is called sum-asinc; did you mean sum-async?",
            ),
            (
                "hwo=spawn",
                "hwo is no setting; those are tasks, how, limit, wait, work, fails, timeout, as",
            ),
            ("tasks=1x1&fails=B", "there is no task B"),
            ("how=turn&how=spawn", "it sets how twice"),
        ] {
            assert_eq!(fault(fragment, ["sum-async"]).as_deref(), Some(said));
        }
    }
}
