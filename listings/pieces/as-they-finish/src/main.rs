//! Results are taken as they come. Watch the fastest come first.

use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn fetch(seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    seconds
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut set = JoinSet::new();
    for seconds in [3, 1, 2] {
        set.spawn(fetch(seconds));
    }
    while let Some(result) = set.join_next().await {
        println!("fetch {} is there", result.unwrap());
    }
}
