//! A measurement a second, or so it was meant. Watch the tenths.

use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn measure() {
    sleep(Duration::from_millis(400)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let second = Duration::from_secs(1);
    for number in 1..=4 {
        let now = start.elapsed().as_secs_f64();
        println!("measurement {number} at {now:.1}");
        measure().await;
        sleep(second).await;
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
