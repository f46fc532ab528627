//! A cache is asked, then a service. Watch which answer never comes.

use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

type Cache = Mutex<HashMap<&'static str, i32>>;

async fn fetch(city: &str) -> i32 {
    println!("{city}?");
    sleep(Duration::from_millis(500)).await;
    12
}

async fn celsius(cache: &Cache, city: &'static str) -> i32 {
    match cache.lock().await.get(city).copied() {
        Some(celsius) => celsius,
        None => {
            let celsius = fetch(city).await;
            cache.lock().await.insert(city, celsius);
            celsius
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let cache = Cache::default();
    for city in ["Lima", "Lima"] {
        println!("{city}: {} °C", celsius(&cache, city).await);
    }
}
