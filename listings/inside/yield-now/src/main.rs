//! A task computes and yields now and then. Watch the ticker be on time.

use std::time::{Duration, Instant};

async fn tick(start: Instant) {
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        println!("Tick: {:.1}", start.elapsed().as_secs_f64());
    }
}

fn compute_until(end: Instant) {
    while Instant::now() < end {
        std::hint::spin_loop();
    }
}

async fn compute(start: Instant) {
    for part in 1..=13 {
        compute_until(start + Duration::from_millis(60) * part);
        tokio::task::yield_now().await;
    }
    println!("Computed: {:.1}", start.elapsed().as_secs_f64());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let ticker = tokio::spawn(tick(start));
    let computer = tokio::spawn(compute(start));
    ticker.await.unwrap();
    computer.await.unwrap();
}
