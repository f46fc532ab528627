//! Two questions that don't need each other. Watch when answers come.

use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn price(start: Instant) -> u32 {
    sleep(Duration::from_secs(1)).await;
    println!("the price came at {:.1}", start.elapsed().as_secs_f64());
    30
}

async fn stock(start: Instant) -> u32 {
    sleep(Duration::from_secs(2)).await;
    println!("the stock came at {:.1}", start.elapsed().as_secs_f64());
    4
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let price = price(start).await;
    let stock = stock(start).await;
    println!("{stock} left, {price} each");
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
