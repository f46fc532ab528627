//! Judges `lighthouse-call`. The clock is paused: when everybody waits, it jumps ahead.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::{Busy, Lighthouse, call_again};

/// What a lighthouse hears that is busy for so many seconds.
struct Heard {
    result: Result<String, Busy>,
    /// The seconds at which it was called.
    calls: Vec<f64>,
    /// The seconds after which the caller knew the result.
    end: f64,
}

async fn hear(busy: u64) -> Heard {
    let start = Instant::now();
    let lighthouse = Lighthouse::busy_for(Duration::from_secs(busy));
    let called = call_again(&lighthouse);
    let result = timeout(Duration::from_secs(3600), called).await;
    let tenths = |time: Duration| (time.as_secs_f64() * 10.0).round() / 10.0;
    Heard {
        result: result.expect("after an hour it is still not done"),
        calls: lighthouse.calls().into_iter().map(tenths).collect(),
        end: tenths(start.elapsed()),
    }
}

#[tokio::test(start_paused = true)]
async fn a_free_channel_needs_one_call() {
    let heard = hear(0).await;
    assert_eq!(heard.result.as_deref(), Ok("the sea is calm"));
    assert_eq!(heard.calls, [0.0], "one call would have been enough");
    assert!(heard.end < 0.1, "there was nothing to wait for");
}

#[tokio::test(start_paused = true)]
async fn each_wait_is_twice_as_long() {
    let heard = hear(3).await;
    assert_eq!(
        heard.calls,
        [0.0, 0.5, 1.5, 3.5],
        "these are the seconds at which it was called, and should have been. The waits between \
         them should be 0.5, 1.0 and 2.0 seconds"
    );
    assert_eq!(heard.result.as_deref(), Ok("the sea is calm"));
}

#[tokio::test(start_paused = true)]
async fn no_wait_is_too_long() {
    let heard = hear(60).await;
    assert_eq!(
        heard.calls,
        [0.0, 0.5, 1.5, 3.5, 5.5],
        "these are the seconds at which it was called, and should have been: five times, and no \
         wait longer than 2.0 seconds"
    );
    assert_eq!(heard.result, Err(Busy));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_after_the_last_call() {
    let heard = hear(60).await;
    let last = heard.calls.last().unwrap();
    assert!(
        heard.end - last < 0.1,
        "after the last call there will be no other, but it has waited for {:.1} seconds more",
        heard.end - last
    );
}
