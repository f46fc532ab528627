//! Three steps, and one moment at which all of them must be over. Watch the third.

use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::{Instant, sleep, timeout_at};

async fn step(name: &str, millis: u64) {
    sleep(Duration::from_millis(millis)).await;
    println!("{name}: done");
}

async fn order() -> Result<(), Elapsed> {
    let deadline = Instant::now() + Duration::from_millis(1500);
    timeout_at(deadline, step("connect", 500)).await?;
    timeout_at(deadline, step("log in", 600)).await?;
    timeout_at(deadline, step("order", 900)).await
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
