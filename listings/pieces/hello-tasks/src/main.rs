//! Two tasks, of which the second starts later. Watch who is done first.

use std::time::Duration;
use tokio::time::sleep;

async fn hello(number: u32) {
    println!("hello {number} started");
    sleep(Duration::from_secs(4)).await;
    println!("hello {number} done");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let first = tokio::spawn(hello(1));
    sleep(Duration::from_secs(3)).await;
    let second = tokio::spawn(hello(2));
    first.await.unwrap();
    second.await.unwrap();
}
