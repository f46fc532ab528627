//! Stands in for `tokio` while a listing is recorded: the same crate, in which every
//! task and every branch of `join!` and its like has a lane.

pub use tokio::*;

#[cfg(not(target_os = "wasi"))]
pub mod process;
pub mod runtime;
pub mod task;

mod branches;

pub use task::spawn;

#[doc(hidden)]
pub use ::recorder as __recorder;
#[doc(hidden)]
pub use ::tokio as __tokio;
