//! Two tasks on one thread. Watch which ticks are late, and who has the thread.

use std::thread;
use std::time::{Duration, Instant};

use tokio::time::{interval, sleep};

async fn tick(start: Instant) {
    let mut ticks = interval(Duration::from_secs(1));
    for _ in 0..4 {
        ticks.tick().await;
        println!("Tick: {:.1}", start.elapsed().as_secs_f64());
    }
}

async fn compute() {
    for _ in 0..2 {
        sleep(Duration::from_millis(700)).await;
        thread::sleep(Duration::from_millis(900));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let ticks = tokio::spawn(tick(start));
    let computing = tokio::spawn(compute());
    ticks.await.unwrap();
    computing.await.unwrap();
}
