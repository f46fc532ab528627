//! A timeout around a computation that yields. Watch when it ends.

use std::time::{Duration, Instant};

use tokio::task::yield_now;
use tokio::time::timeout;

/// It stands for a computation: it looks at the clock until the time is up.
fn try_move(end: Instant) {
    while Instant::now() < end {
        std::hint::spin_loop();
    }
}

async fn best_move(start: Instant) -> &'static str {
    for number in 1..=100 {
        try_move(start + Duration::from_millis(20) * number);
        yield_now().await;
    }
    "Queen takes pawn"
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let time = Duration::from_millis(500);
    match timeout(time, best_move(start)).await {
        Ok(found) => println!("{found}!"),
        Err(_) => println!("The time is up."),
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
