//! A task panics. Watch what main does.

use std::time::Duration;
use tokio::time::sleep;

async fn divide(a: u32, b: u32) -> u32 {
    sleep(Duration::from_secs(1)).await;
    a / b
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let handle = tokio::spawn(divide(1, 0));
    match handle.await {
        Ok(quotient) => println!("it returned {quotient}"),
        Err(error) => println!("it panicked: {}", error.is_panic()),
    }
    println!("main goes on");
}
