//! Two mirrors are asked for the same page. Watch what becomes of the slower one.

use std::time::{Duration, Instant};

use tokio::time::sleep;

async fn fetch(mirror: &str, millis: u64) -> String {
    println!("{mirror} is asked");
    sleep(Duration::from_millis(millis)).await;
    println!("{mirror} has answered");
    format!("the page from {mirror}")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let page = tokio::select! {
        biased;
        page = fetch("Oslo", 1000) => page,
        page = fetch("Lima", 500) => page,
    };
    println!("{page}");
    println!("Time: {:.1}", start.elapsed().as_secs_f64());
    sleep(Duration::from_secs(1)).await;
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
