//! Two pages are saved. Watch how many of them.

use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn save(page: &str) {
    sleep(Duration::from_secs(1)).await;
    println!("{page} is saved");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    save("page 1").await;
    save("page 2");
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
