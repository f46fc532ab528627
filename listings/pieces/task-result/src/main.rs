//! A task's handle gives what the task returns. Watch main wait for it.

use std::time::Duration;
use tokio::time::sleep;

async fn multiply(a: u32, b: u32) -> u32 {
    sleep(Duration::from_secs(1)).await;
    a * b
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let handle = tokio::spawn(multiply(6, 7));
    println!("the task is on its way");
    let product = handle.await.unwrap();
    println!("it returned {product}");
}
