//! Exercise: two rooms are served at once, and no line of the log says which. Let each
//! line be written in a span named `order` with the field `room`, so that it begins
//! with ` INFO order{room=12}:`. The number of the card must not be in the log. What
//! the lines say, and the signatures, stay as they are.

use std::time::Duration;

use tokio::time::sleep;
use tracing::info;

async fn pay(card: &str) -> bool {
    info!("paying");
    sleep(Duration::from_secs(1)).await;
    card.len() == 4
}

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
