//! Five jobs, at most two at once. Watch them take turns without a task.

use std::time::{Duration, Instant};

use futures::stream::{self, StreamExt};
use tokio::time::sleep;

async fn job(number: u32, start: Instant) {
    println!("job {number} begins: {:.1}", start.elapsed().as_secs_f64());
    let slow = if number == 1 { 1500 } else { 0 };
    sleep(Duration::from_millis(1000 + slow)).await;
    println!("job {number} ends: {:.1}", start.elapsed().as_secs_f64());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let jobs = stream::iter(1..=5).map(|number| job(number, start));
    let mut jobs = jobs.buffer_unordered(2);
    while let Some(()) = jobs.next().await {}
}
