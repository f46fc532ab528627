//! Judges the three errands. The clock is paused: when everybody waits, it
//! jumps ahead.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::{ride, shop, wash};

const SOON: Duration = Duration::from_secs(1);
const LATE: Duration = Duration::from_secs(4);

#[tokio::test(start_paused = true)]
async fn you_ride_with_what_comes_first() {
    for (bus, tram, first) in
        [(SOON, LATE, "the bus"), (LATE, SOON, "the tram")]
    {
        let start = Instant::now();
        assert_eq!(
            ride(bus, tram).await,
            first,
            "{first} came after one second and the other after four, and on the left is \
             what you took"
        );
        let took = start.elapsed().as_secs();
        assert_eq!(
            took, 1,
            "{first} came after one second, but you left after {took}: you have waited \
             for more than the first"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn bread_and_milk_wait_together() {
    let start = Instant::now();
    assert_eq!(shop(LATE, SOON).await, ["bread", "milk"]);
    let took = start.elapsed().as_secs();
    assert!(
        took <= 4,
        "the bread comes after four seconds and the milk after one, and you had both after \
         {took}: one of them was asked for only when the other was there"
    );
}

#[tokio::test(start_paused = true)]
async fn the_washing_goes_on_without_you() {
    let is_clean = Arc::new(AtomicBool::new(false));
    let waiting = timeout(SOON, wash(LATE, is_clean.clone())).await;
    assert!(
        waiting.is_err() && !is_clean.load(SeqCst),
        "washing takes four seconds, and it was over within one: `wash` should wait \
         until the shirt is clean, or until it is dropped"
    );
    sleep(LATE).await;
    assert!(
        is_clean.load(SeqCst),
        "whoever waited was dropped after one second, and the shirt never became clean: \
         the work was dropped together with `wash`"
    );
}
