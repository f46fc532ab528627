//! Two questions, each of which may take a second. Watch what becomes of the second.

use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout};

async fn ask(city: &str, millis: u64) -> String {
    println!("{city}?");
    sleep(Duration::from_millis(millis)).await;
    println!("{city} has answered");
    format!("it is sunny in {city}")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    for (city, millis) in [("Lima", 500), ("Lisbon", 3000)] {
        match timeout(Duration::from_secs(1), ask(city, millis)).await {
            Ok(answer) => println!("{answer}"),
            Err(_elapsed) => println!("{city} takes too long"),
        }
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
    }
}
