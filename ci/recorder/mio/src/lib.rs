//! Stands in for `mio` while a listing is recorded: the same crate, in which it is
//! written down how long the thread sleeps until a socket is ready.

use std::io;
use std::panic::Location;
use std::time::Duration;

pub use mio::*;

/// [`mio::Poll`]
#[derive(Debug)]
pub struct Poll(mio::Poll);

impl Poll {
    /// [`mio::Poll::new`]
    ///
    /// # Errors
    /// Those of the real one.
    pub fn new() -> io::Result<Poll> {
        mio::Poll::new().map(Poll)
    }

    /// [`mio::Poll::registry`]
    pub fn registry(&self) -> &Registry {
        self.0.registry()
    }

    /// [`mio::Poll::poll`]
    ///
    /// # Errors
    /// Those of the real one.
    #[track_caller]
    pub fn poll(
        &mut self,
        events: &mut Events,
        timeout: Option<Duration>,
    ) -> io::Result<()> {
        recorder::block(Location::caller(), || self.0.poll(events, timeout))
    }
}
