//! A thermometer as a stream. Watch when it measures: only if somebody asks.

use std::future::ready;
use std::pin::pin;
use std::time::{Duration, Instant};

use futures::stream::{self, StreamExt};
use tokio::time::sleep;

async fn measure(celsius: i32) -> i32 {
    sleep(Duration::from_millis(500)).await;
    println!("measured {celsius}");
    celsius
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let warm = stream::iter([18, 21, 19, 23])
        .then(measure)
        .filter(|celsius| ready(*celsius > 20))
        .map(|celsius| format!("It is warm: {celsius} °C"));
    let mut warm = pin!(warm);

    sleep(Duration::from_secs(1)).await;
    println!("Nobody has asked yet");
    while let Some(text) = warm.next().await {
        println!("{text}");
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
