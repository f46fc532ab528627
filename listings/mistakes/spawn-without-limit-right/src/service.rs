//! A service that has two hands. It stands for one on another computer.

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use tokio::time::sleep;

static FREE_HANDS: AtomicU32 = AtomicU32::new(2);

/// One of its hands, which is free again when this is dropped.
struct Hand;

impl Hand {
    fn take() -> Option<Self> {
        let one_less = |free: u32| free.checked_sub(1);
        FREE_HANDS.fetch_update(SeqCst, SeqCst, one_less).ok()?;
        Some(Self)
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        FREE_HANDS.fetch_add(1, SeqCst);
    }
}

/// Makes a page, if a hand is free. A later page is a longer one.
pub async fn page(number: u32) -> Result<String, String> {
    let Some(_hand) = Hand::take() else {
        return Err(format!("page {number}: too busy"));
    };
    sleep(number * Duration::from_millis(250)).await;
    Ok(format!("page {number}: here it is"))
}
