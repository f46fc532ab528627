//! A plain function blocks on a future, and an async one calls it. Watch it
//! panic.

use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::sleep;

async fn fetch(city: &str) -> String {
    sleep(Duration::from_secs(1)).await;
    format!("sunny in {city}")
}

fn weather(city: &str) -> String {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_all().build().unwrap();
    runtime.block_on(fetch(city))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("How is the weather?");
    println!("It is {}.", weather("Lima"));
}
