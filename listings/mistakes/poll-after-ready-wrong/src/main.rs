//! Two answers, each taken when it is there. Watch the second one.

use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;

async fn fetch(city: &str, seconds: u64) -> String {
    sleep(Duration::from_secs(seconds)).await;
    format!("{city} answers")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut lima = pin!(fetch("Lima", 1));
    let mut oslo = pin!(fetch("Oslo", 2));
    for _ in 1..=2 {
        tokio::select! {
            biased;
            answer = &mut lima => println!("{answer}"),
            answer = &mut oslo => println!("{answer}"),
        }
    }
    println!("That is all.");
}
