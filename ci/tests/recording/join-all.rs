//! As many at the same time as there are.

use std::time::Duration;

use futures::future;

async fn after(millis: u64) -> u64 {
    tokio::time::sleep(Duration::from_millis(millis)).await;
    millis
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let all = future::join_all([20, 70, 120].map(after)).await;
    println!("{all:?}");
}
