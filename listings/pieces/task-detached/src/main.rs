//! Nobody keeps the handle, and nobody waits. Watch how far the task gets.

use std::time::Duration;
use tokio::time::sleep;

async fn work() {
    for step in 1..=3 {
        println!("step {step}");
        sleep(Duration::from_secs(1)).await;
    }
    println!("all done");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    drop(tokio::spawn(work()));
    sleep(Duration::from_millis(1500)).await;
    println!("main ends");
}
