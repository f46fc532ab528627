//! A proofreader: this program again, started with the number of a page.

use std::process::{self, Command};
use std::time::Duration;
use std::{env, thread};

/// What starts one. Not started yet.
pub fn command(page: u32) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    if cfg!(test) {
        // This program is one that runs tests, and one of those is the reader.
        command.args(["--exact", "--nocapture", "judge::is_a_reader"]);
    }
    command.arg(page.to_string());
    command
}

/// What it does.
pub fn read(page: &str) -> ! {
    thread::sleep(Duration::from_millis(600));
    if page == "2" {
        eprintln!("it says `recieve`");
        process::exit(1);
    }
    process::exit(0);
}
