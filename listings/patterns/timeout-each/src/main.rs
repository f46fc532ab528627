//! Three steps, each of which may take a second. Watch how long they take together.

use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::{Instant, sleep, timeout};

async fn step(name: &str, millis: u64) {
    sleep(Duration::from_millis(millis)).await;
    println!("{name}: done");
}

async fn order() -> Result<(), Elapsed> {
    let limit = Duration::from_secs(1);
    timeout(limit, step("connect", 500)).await?;
    timeout(limit, step("log in", 600)).await?;
    timeout(limit, step("order", 900)).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    match order().await {
        Ok(()) => println!("ordered"),
        Err(error) => println!("{error}"),
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
