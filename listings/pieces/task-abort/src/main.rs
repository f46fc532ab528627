//! A task is aborted at the `.await` where it stands. Watch what it doesn't do anymore.

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
    let handle = tokio::spawn(work());
    sleep(Duration::from_millis(1500)).await;
    handle.abort();
    let error = handle.await.unwrap_err();
    println!("aborted: {}", error.is_cancelled());
}
