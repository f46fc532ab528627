//! Two tasks count votes for one total. Watch when both are done.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn count(district: &str) -> u32 {
    println!("{district} counts");
    sleep(Duration::from_secs(1)).await;
    21
}

async fn add(district: &str, total: Arc<Mutex<u32>>) {
    let counted = count(district).await;
    *total.lock().unwrap() += counted;
}

#[tokio::main]
async fn main() {
    let start = Instant::now();
    let total = Arc::new(Mutex::new(0));
    let tasks = ["North", "South"]
        .map(|district| tokio::spawn(add(district, total.clone())));
    for task in tasks {
        task.await.unwrap();
    }
    println!("{} votes", total.lock().unwrap());
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
