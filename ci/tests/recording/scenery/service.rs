//! A service that answers after a while.

use std::thread;
use std::time::Duration;

use tokio::sync::oneshot::{Receiver, channel};

/// Starts it, and returns what it will answer.
pub fn start() -> Receiver<&'static str> {
    let (sender, receiver) = channel();
    let (asked, question) = channel();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(50));
        asked.send("answer").unwrap();
    });
    tokio::spawn(async move {
        let (answer, ()) = tokio::join!(question, tokio::task::yield_now());
        sender.send(answer.unwrap()).unwrap();
    });
    receiver
}
