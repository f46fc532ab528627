//! Exercise: the workshop closes, and half a vase is thrown away. Let each potter
//! finish the vase that is on the wheel, and begin no other. Whoever waits for clay
//! goes home at once. `close` should return when all have gone home, and no later.
//! The signatures stay as they are.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

async fn clay() {
    sleep(Duration::from_millis(500)).await;
}

async fn potter(name: &str, shaping: Duration, stop: CancellationToken) -> u32 {
    let vase = async || {
        clay().await;
        sleep(shaping).await;
    };
    let mut vases = 0;
    while stop.run_until_cancelled(vase()).await.is_some() {
        vases += 1;
    }
    println!("{name} goes home, vases: {vases}");
    vases
}

async fn close(potters: TaskTracker, stop: CancellationToken) {
    stop.cancel();
    potters.close();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (potters, stop) = (TaskTracker::new(), CancellationToken::new());
    for (name, millis) in [("Ann", 700), ("Bob", 2000)] {
        let shaping = Duration::from_millis(millis);
        potters.spawn(potter(name, shaping, stop.clone()));
    }
    sleep(Duration::from_secs(2)).await;
    close(potters, stop).await;
    println!("the light goes out");
}

#[cfg(test)]
mod judge;
