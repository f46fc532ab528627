//! Exercise: in a quiz show you have two seconds for all questions together, and a point for
//! each that you answer before the gong. But here the two seconds begin anew with each. Let
//! `play` end with the gong, and return the points that you have by then. If all questions are
//! answered, don't wait for the gong. Keep its signature; `think` is right as it is.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

const LIMIT: Duration = Duration::from_secs(2);

async fn think(millis: u64) {
    sleep(Duration::from_millis(millis)).await;
    println!("answered");
}

/// `questions` says how long you think about each.
async fn play(questions: &[u64]) -> u32 {
    let mut points = 0;
    for &millis in questions {
        if timeout(LIMIT, think(millis)).await.is_err() {
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
