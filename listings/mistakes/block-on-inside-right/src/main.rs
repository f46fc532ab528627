//! A function awaits a future, and is async itself. Watch the answer come.

use std::time::Duration;

use tokio::time::sleep;

async fn fetch(city: &str) -> String {
    sleep(Duration::from_secs(1)).await;
    format!("sunny in {city}")
}

async fn weather(city: &str) -> String {
    fetch(city).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("How is the weather?");
    println!("It is {}.", weather("Lima").await);
}
