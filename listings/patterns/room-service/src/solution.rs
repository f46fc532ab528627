//! `instrument` makes a span of each call. It is left whenever the call waits, and
//! entered again with the next poll; its fields are the arguments that aren't skipped.

use std::time::Duration;

use tokio::time::sleep;
use tracing::{info, instrument};

async fn pay(card: &str) -> bool {
    info!("paying");
    sleep(Duration::from_secs(1)).await;
    card.len() == 4
}

#[instrument(skip(card))]
async fn order(room: u32, card: &str) {
    info!("climbing");
    let floor = u64::from(room / 10);
    sleep(Duration::from_secs(floor)).await;
    if pay(card).await {
        info!("served");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let log = tracing_subscriber::fmt().with_target(false);
    log.without_time().with_ansi(false).init();
    tokio::join!(biased; order(12, "4417"), order(34, "8025"));
}

#[cfg(test)]
mod judge;
