//! Two sums write a log. Watch each line say whose it is.

use std::time::Duration;

use tokio::time::sleep;
use tracing::{info, instrument};

async fn pause() {
    info!("waiting");
    sleep(Duration::from_secs(1)).await;
}

#[instrument(skip(numbers))]
async fn sum(name: &str, numbers: &[u32]) {
    let mut total = 0;
    for number in numbers {
        pause().await;
        total += number;
    }
    info!(total, "done");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let log = tracing_subscriber::fmt().with_target(false);
    log.without_time().with_ansi(false).init();
    let a = sum("A", &[1, 2]);
    let b = sum("B", &[1, 2, 3]);
    tokio::join!(biased; a, b);
    info!("all done");
}
