//! Two districts count votes for one total. Watch how far South gets.

use std::sync::Mutex;
use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn count(district: &str) -> u32 {
    println!("{district} counts");
    sleep(Duration::from_secs(1)).await;
    21
}

async fn add(district: &str, total: &Mutex<u32>) {
    let counted = count(district).await;
    *total.lock().unwrap() += counted;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let total = Mutex::new(0);
    let north = add("North", &total);
    let south = add("South", &total);
    tokio::join!(biased; north, south);
    println!("{} votes", total.lock().unwrap());
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
