//! A task lets another thread compute, and waits for it. Watch the signs of
//! life.

use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;
use tokio::time::sleep;

async fn live(start: Instant) {
    loop {
        sleep(Duration::from_millis(600)).await;
        println!("Alive: {:.1}", start.elapsed().as_secs_f64());
    }
}

/// It stands for a computation: it looks at the clock until the time is up.
fn shrink(end: Instant) {
    while Instant::now() < end {
        std::hint::spin_loop();
    }
}

async fn shrink_all(start: Instant) {
    for picture in 1..=3 {
        let end = start + Duration::from_millis(500) * picture;
        spawn_blocking(move || shrink(end)).await.unwrap();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let alive = tokio::spawn(live(start));
    let shrunk = tokio::spawn(shrink_all(start));
    shrunk.await.unwrap();
    alive.abort();
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
