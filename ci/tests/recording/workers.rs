//! Two tasks on a runtime with several threads.

use std::time::Duration;

async fn work(name: &str, millis: u64) {
    println!("{name} begins");
    tokio::time::sleep(Duration::from_millis(millis)).await;
    println!("{name} ends");
}

#[tokio::main]
async fn main() {
    let a = tokio::spawn(work("a", 100));
    let b = tokio::spawn(work("b", 200));
    a.await.unwrap();
    b.await.unwrap();
    println!("both");
}
