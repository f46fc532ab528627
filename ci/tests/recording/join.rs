//! Two functions at the same time, in one task.

use std::time::Duration;

async fn short() {
    tokio::time::sleep(Duration::from_millis(80)).await;
    println!("short");
}

async fn long() -> u32 {
    tokio::time::sleep(Duration::from_millis(40)).await;
    tokio::time::sleep(Duration::from_millis(80)).await;
    println!("long");
    7
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let ((), number) = tokio::join!(short(), long());
    println!("both: {number}");
    tokio::time::sleep(Duration::from_millis(20)).await;
}
