//! The same without tasks. Watch the second wait for the first.

use std::time::Duration;
use tokio::time::sleep;

async fn hello(number: u32) {
    println!("hello {number} started");
    sleep(Duration::from_secs(4)).await;
    println!("hello {number} done");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    hello(1).await;
    hello(2).await;
}
