//! Three cities are saved. Watch the last line wait for them.

use futures::future::join_all;
use std::time::Duration;
use tokio::time::sleep;

async fn save(city: &str) {
    sleep(Duration::from_secs(1)).await;
    println!("{city} is saved");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let cities = ["Lima", "Paris", "Lisbon"];
    let saves = cities.iter().map(async |city| save(city).await);
    join_all(saves).await;
    println!("{} cities are saved.", cities.len());
}
