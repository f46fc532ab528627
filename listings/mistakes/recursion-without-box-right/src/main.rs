//! Each smaller factorial is in a box. Watch it go down and up again.

use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn factorial(number: u64) -> u64 {
    if number == 0 {
        return 1;
    }
    println!("Computing factorial({number})");
    sleep(Duration::from_secs(1)).await;
    number * Box::pin(factorial(number - 1)).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    println!("factorial(3) = {}", factorial(3).await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
