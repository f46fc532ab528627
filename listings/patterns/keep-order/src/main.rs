//! Three fetches at once. Watch when each result is handed out.

use std::time::{Duration, Instant};

use futures::stream::{self, StreamExt};
use tokio::time::sleep;

async fn fetch(seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    println!("fetch {seconds} has finished");
    seconds
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let fetches = stream::iter([3, 1, 2]).map(fetch);
    let mut results = fetches.buffered(3);
    while let Some(seconds) = results.next().await {
        let time = start.elapsed().as_secs_f64();
        println!("{time:.1} fetch {seconds} is there");
    }
}
