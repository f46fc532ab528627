//! A lighthouse, whose radio channel is busy for a while.

use std::cell::RefCell;
use std::time::Duration;

use tokio::time::Instant;

/// Somebody else is talking.
#[derive(Debug, PartialEq)]
pub struct Busy;

pub struct Lighthouse {
    start: Instant,
    busy: Duration,
    calls: RefCell<Vec<Duration>>,
}

impl Lighthouse {
    /// One whose channel is busy for so long, from now on.
    pub fn busy_for(busy: Duration) -> Lighthouse {
        Lighthouse {
            start: Instant::now(),
            busy,
            calls: RefCell::default(),
        }
    }

    /// Calls it.
    pub fn call(&self) -> Result<String, Busy> {
        let at = self.start.elapsed();
        self.calls.borrow_mut().push(at);
        println!("call: {:.1}", at.as_secs_f64());
        if at < self.busy {
            return Err(Busy);
        }
        Ok("the sea is calm".to_owned())
    }

    /// When it was called.
    #[cfg(test)]
    pub fn calls(&self) -> Vec<Duration> {
        self.calls.borrow().clone()
    }
}
