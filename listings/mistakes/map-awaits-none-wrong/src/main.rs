//! Three cities are saved, or so it says. Watch which lines are missing.

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
    let _saved: Vec<_> = saves.collect();
    println!("{} cities are saved.", cities.len());
}
