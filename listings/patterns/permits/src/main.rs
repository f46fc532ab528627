//! Five jobs, at most two at once. Watch when each of them begins.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
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
    let places = Arc::new(Semaphore::new(2));
    let mut jobs = JoinSet::new();
    for number in 1..=5 {
        let place = places.clone().acquire_owned().await.unwrap();
        jobs.spawn(async move {
            job(number, start).await;
            drop(place);
        });
    }
    jobs.join_all().await;
}
