//! The moment of the gong is computed once, so each question gets what those before it have left
//! over, and the points are those that were made by then.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

const LIMIT: Duration = Duration::from_secs(2);

async fn think(millis: u64) {
    sleep(Duration::from_millis(millis)).await;
    println!("answered");
}

/// `questions` says how long you think about each.
async fn play(questions: &[u64]) -> u32 {
    let gong = Instant::now() + LIMIT;
    let mut points = 0;
    for &millis in questions {
        if timeout_at(gong, think(millis)).await.is_err() {
            break;
        }
        points += 1;
    }
    points
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    println!("points: {}", play(&[500, 1000, 1500]).await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
