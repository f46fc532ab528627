//! Four waits, at most two of them at once. Watch when the third starts.

use futures::stream::{self, StreamExt};
use std::time::Duration;
use tokio::time::sleep;

async fn fetch(number: u32) -> u32 {
    println!("fetch {number} started");
    let slow = if number == 2 { 500 } else { 0 };
    sleep(Duration::from_millis(1000 + slow)).await;
    number
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let fetches = stream::iter(1..=4).map(fetch);
    let mut results = fetches.buffer_unordered(2);
    while let Some(number) = results.next().await {
        println!("fetch {number} is there");
    }
}
