//! What this program does when it is started with the name of a job.

use std::process;
use std::thread;
use std::time::Duration;

/// Does the job, or fails.
pub fn run(job: &str) {
    let millis = match job {
        "resize" => 500,
        "upload" => 1500,
        _ => 1000,
    };
    thread::sleep(Duration::from_millis(millis));
    if job == "convert" {
        eprintln!("no such format");
        process::exit(3);
    }
    println!("{job} is done");
}
