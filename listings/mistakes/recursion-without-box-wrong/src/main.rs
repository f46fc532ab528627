//! A factorial that asks for a smaller one. Watch the compiler refuse.

use std::time::{Duration, Instant};
use tokio::time::sleep;

async fn factorial(number: u64) -> u64 {
    if number == 0 {
        return 1;
    }
    println!("Computing factorial({number})");
    sleep(Duration::from_secs(1)).await;
    number * factorial(number - 1).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    println!("factorial(3) = {}", factorial(3).await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
