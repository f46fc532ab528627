//! Judges `is_right`, by machines that are right and others that aren't. The clock is
//! paused: when everybody waits, it jumps ahead.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::is_right;
use super::machine::Machine;

/// What `is_right` says of a machine that gives the coin back after so long.
async fn verdict(millis: u64) -> bool {
    let machine = Machine::with_patience(millis);
    let start = Instant::now();
    let day = Duration::from_secs(24 * 3600);
    let right = timeout(day, is_right(&machine)).await;
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "`is_right` has waited in real time: something in it doesn't go by Tokio's clock"
    );
    right.expect("after a day by the paused clock, `is_right` has not returned")
}

#[tokio::test(start_paused = true)]
async fn ten_seconds_are_right() {
    assert!(
        verdict(10_000).await,
        "this machine gives the coin back after exactly ten seconds, and is called wrong: \
         by which clock? That of `std` doesn't know of the pause"
    );
}

#[tokio::test(start_paused = true)]
async fn a_moment_less_is_wrong() {
    assert!(
        !verdict(9_999).await,
        "this machine gives the coin back after 9999 ms, and is called right: a test that \
         doesn't make the machine wait for its patience can't see it"
    );
}

#[tokio::test(start_paused = true)]
async fn a_moment_more_is_wrong() {
    assert!(
        !verdict(10_001).await,
        "this machine gives the coin back after 10001 ms, and is called right: a paused \
         clock is exact, so a test can be exact as well"
    );
}

#[tokio::test(start_paused = true)]
async fn an_hour_is_wrong() {
    assert!(
        !verdict(3_600_000).await,
        "this machine keeps the coin for an hour, and is called right"
    );
}
