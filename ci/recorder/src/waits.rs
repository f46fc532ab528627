//! Where a lane begins to wait, found in a backtrace.

use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::{self, Display};

mod stack;

use crate::{LaneId, lines, place};

/// The places at which a lane has begun to wait in its turn.
#[derive(Default)]
pub struct Waits(Vec<Path>);

impl Waits {
    /// The lane waits where it is now, and no longer where it was before in this turn.
    pub fn begin(&mut self, _lane: LaneId) {
        let here = Path::here();
        self.0.retain(|wait| !wait.is_left(&here));
        self.0.push(here);
    }
}

impl Display for Waits {
    /// The lines of the listing, separated by commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<u32> =
            self.0.iter().filter_map(Path::line).collect();
        lines.sort_unstable();
        lines.dedup();
        let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
        f.write_str(&lines.join(","))
    }
}

/// Reads the debug information, which takes a while the first time.
pub fn get_ready() {
    Path::here();
}

/// Where the listing is: the calls in its file, the outermost first. For an async
/// function in the middle of a poll, the place is that of its `.await`.
#[derive(Debug, Clone, PartialEq)]
struct Path(Vec<Call>);

#[derive(Debug, Clone, PartialEq)]
struct Call {
    function: String,
    line: u32,
    column: u32,
}

impl Call {
    /// The call of an async function that said at which line it awaits.
    fn awaiting(line: u32) -> Call {
        Call {
            function: "{}".to_owned(),
            line,
            column: 0,
        }
    }
}

impl Path {
    /// Where the listing is now. To find it takes a while; a task that is polled again
    /// and again comes to the same few places by the same calls.
    fn here() -> Path {
        let awaiting = place::awaiting();
        if !awaiting.is_empty() {
            return Path(awaiting.into_iter().map(Call::awaiting).collect());
        }
        thread_local! {
            static KNOWN: RefCell<HashMap<Vec<usize>, Path>> = RefCell::default();
        }
        let Some(stack) = stack::addresses() else {
            return Path::found();
        };
        if let Some(path) =
            KNOWN.with_borrow(|known| known.get(&stack).cloned())
        {
            return path;
        }
        let path = Path::found();
        KNOWN.with_borrow_mut(|known| known.insert(stack, path.clone()));
        path
    }

    /// Where the listing is now, from the debug information.
    fn found() -> Path {
        let backtrace = Backtrace::force_capture().to_string();
        let mut calls = Vec::new();
        let mut function = "";
        // "   5: sum::{{closure}}" is followed by "             at /…/main.rs:10:57".
        for line in backtrace.lines().map(str::trim) {
            match line.strip_prefix("at ").and_then(place) {
                Some((file, line, column)) if lines::is_listing(file) => {
                    calls.push(Call {
                        function: function.to_owned(),
                        line,
                        column,
                    });
                }
                Some(_) => {}
                None => function = line.split_once(": ").unwrap_or_default().1,
            }
        }
        calls.reverse();
        Path(calls)
    }

    /// The line of the innermost call, if there is one.
    fn line(&self) -> Option<u32> {
        self.0.last().map(|call| call.line)
    }

    /// Whether whoever is at `now` can no longer be here: the same async function has
    /// moved on to another place. Another function that polls several futures may
    /// still wait for all of them.
    fn is_left(&self, now: &Path) -> bool {
        let mut calls = self.0.iter().zip(&now.0);
        calls
            .find(|(old, new)| old != new)
            .is_some_and(|(old, new)| {
                // They are called "sum::{{closure}}" or "sum::{closure#0}".
                old.function == new.function && old.function.ends_with('}')
            })
    }
}

fn place(place: &str) -> Option<(&str, u32, u32)> {
    let (place, column) = place.rsplit_once(':')?;
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?, column.parse().ok()?))
}
