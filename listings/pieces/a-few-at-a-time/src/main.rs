//! Six waits, at most two of them at once. Watch when the third starts.

use futures::stream::{self, StreamExt};
use std::time::Duration;
use tokio::time::sleep;

async fn fetch(number: u32) -> u32 {
    println!("fetch {number} started");
    sleep(Duration::from_secs(1)).await;
    number
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let fetches = stream::iter(1..=6).map(fetch);
    let mut results = fetches.buffer_unordered(2);
    while let Some(number) = results.next().await {
        println!("fetch {number} is there");
    }
}
