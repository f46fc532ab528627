//! The same log with a span that stays entered. Watch it say who did what.

use std::time::Duration;

use tokio::time::sleep;
use tracing::{info, info_span};

async fn pause() {
    info!("waiting");
    sleep(Duration::from_secs(1)).await;
}

async fn sum(name: &str, numbers: &[u32]) {
    let span = info_span!("sum", name);
    let _entered = span.enter();
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
