//! `tokio::process`, whose programs don't write to the recording of the one that starts
//! them: it may be the same program.

use std::ffi::OsStr;
use std::ops::{Deref, DerefMut};

pub use tokio::process::*;

/// [`tokio::process::Command`]
#[derive(Debug)]
pub struct Command(tokio::process::Command);

impl Command {
    /// [`tokio::process::Command::new`]
    pub fn new(program: impl AsRef<OsStr>) -> Command {
        let mut command = tokio::process::Command::new(program);
        command.env(recorder::UNRECORDED, "1");
        Command(command)
    }
}

impl Deref for Command {
    type Target = tokio::process::Command;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Command {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
