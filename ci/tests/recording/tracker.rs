//! A tracker spawns a task, and a thread that blocks.

use std::thread;
use std::time::Duration;

use tokio_util::task::TaskTracker;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let tracker = TaskTracker::new();
    tracker.spawn(tokio::time::sleep(Duration::from_millis(50)));
    tracker.spawn_blocking(|| thread::sleep(Duration::from_millis(120)));
    tracker.close();
    tracker.wait().await;
    println!("{} left", tracker.len());
}
