//! Where a lane begins to wait, for a program in a page: it can't look at its own stack,
//! but its host can, and follows the same rule.

use std::fmt::{self, Display};

use crate::{LaneId, event};

/// Stands for the places at which a lane has begun to wait in its turn.
#[derive(Default)]
pub struct Waits;

impl Waits {
    /// Tells the host that the lane waits where it is now.
    pub fn begin(&mut self, lane: LaneId) {
        event(format_args!("keep\t{lane}"));
    }
}

impl Display for Waits {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

/// There is nothing to read.
pub fn get_ready() {}
