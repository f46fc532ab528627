//! Three counts, joined. Watch the numbers.

use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn count() {
    for number in 1..=3 {
        println!("{number}");
        sleep(Duration::from_secs(1)).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    tokio::join!(count(), count(), count());
    let elapsed = start.elapsed().as_secs_f64();
    println!("Total time elapsed: {elapsed:.1} seconds");
}
