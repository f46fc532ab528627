//! A person at the keyboard, who presses Ctrl-C after a second, and soon once more.

use std::time::Duration;

use tokio::time::sleep;

/// Ctrl-C makes the system send an interrupt to the program. It can send one to itself.
#[cfg(unix)]
fn press() {
    use rustix::process::{Signal, getpid, kill_process};

    kill_process(getpid(), Signal::INT).expect("it may do so");
}

/// Here it doesn't, and the person at the keyboard is you.
#[cfg(not(unix))]
fn press() {}

/// What the person does while the program runs.
pub fn presses_ctrl_c() {
    tokio::spawn(async {
        sleep(Duration::from_secs(1)).await;
        press();
        sleep(Duration::from_secs(1)).await;
        press();
    });
}
