//! A measurement a second, by a clock that ticks. Watch the tenths.

use std::time::{Duration, Instant};
use tokio::time::{interval, sleep};

async fn measure() {
    sleep(Duration::from_millis(400)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let mut second = interval(Duration::from_secs(1));
    for number in 1..=4 {
        second.tick().await;
        let now = start.elapsed().as_secs_f64();
        println!("measurement {number} at {now:.1}");
        measure().await;
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
