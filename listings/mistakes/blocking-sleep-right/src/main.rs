//! Two teas brew, each in a task. Watch when the second one is ready.

use std::time::{Duration, Instant};

async fn brew(tea: &str, time: Duration, start: Instant) {
    tokio::time::sleep(time).await;
    let now = start.elapsed().as_secs_f64();
    println!("{tea} tea is ready at {now:.1}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let green = brew("green", Duration::from_secs(1), start);
    let black = brew("black", Duration::from_secs(2), start);
    let green = tokio::spawn(green);
    let black = tokio::spawn(black);
    green.await.unwrap();
    black.await.unwrap();
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
