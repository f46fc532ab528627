//! Four clients, and a service that serves one at a time. Watch them meet again.

use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until};

static PLACE: Semaphore = Semaphore::const_new(1);

/// The service is busy for a while, and refuses everybody else.
async fn ask() -> &'static str {
    let Ok(_place) = PLACE.try_acquire() else {
        return "refused";
    };
    sleep(Duration::from_millis(100)).await;
    "served"
}

async fn client(name: char, start: Instant) {
    let mut next = start;
    let mut wait = Duration::from_secs(1);
    for attempt in 1..=3 {
        let answer = ask().await;
        println!("{name} is {answer}: {:.1}", start.elapsed().as_secs_f64());
        if answer == "served" || attempt == 3 {
            return;
        }
        next += wait;
        sleep_until(next).await;
        wait *= 2;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    join_all(['A', 'B', 'C', 'D'].map(|name| client(name, start))).await;
}
