//! Two districts count votes for one total. Watch how far South gets.

use std::cell::RefCell;
use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn count(district: &str) -> u32 {
    println!("{district} counts");
    sleep(Duration::from_secs(1)).await;
    21
}

async fn add(district: &str, total: &RefCell<u32>) {
    let counted = count(district).await;
    *total.borrow_mut() += counted;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let total = RefCell::new(0);
    let north = add("North", &total);
    let south = add("South", &total);
    tokio::join!(biased; north, south);
    println!("{} votes", total.borrow());
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
