//! Two waits, joined. Watch both start at once.

use std::time::Duration;
use tokio::time::sleep;

async fn io(name: &str) {
    println!("{name} started");
    sleep(Duration::from_secs(1)).await;
    println!("{name} finished");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(biased; io("first"), io("second"));
}
