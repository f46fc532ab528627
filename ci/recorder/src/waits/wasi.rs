//! Where a lane begins to wait, for a program in a page: it can't look at its own stack,
//! but its host can, and follows the same rule.

use std::fmt::{self, Display};

use crate::{LaneId, event, place};

/// Stands for the places at which a lane has begun to wait in its turn.
#[derive(Default)]
pub struct Waits;

impl Waits {
    /// Tells the host that the lane waits where it is now, and at which lines if the
    /// program knows them.
    pub fn begin(&mut self, lane: LaneId) {
        let lines = place::awaiting();
        if lines.is_empty() {
            return event(format_args!("keep\t{lane}"));
        }
        let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
        event(format_args!("keep\t{lane}\t{}", lines.join(",")));
    }
}

impl Display for Waits {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

/// There is nothing to read.
pub fn get_ready() {}
