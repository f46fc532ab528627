//! Judges `wash_up`. The clock is paused: when everybody waits, it jumps ahead.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::wash_up;

/// Washes up so many plates. How many milliseconds have passed when each of them is
/// taken, and when all are dry?
async fn wash_and_look(plates: u32) -> (Vec<u128>, u128) {
    let start = Instant::now();
    let mut taken = Vec::new();
    let stack =
        (1..=plates).inspect(|_| taken.push(start.elapsed().as_millis()));
    let done = timeout(Duration::from_secs(600), wash_up(stack)).await;
    let done = done.expect(
        "after ten minutes, `wash_up` has not returned: if all plates are dry, somebody \
         still waits for a plate, since the rack has a sender left",
    );
    let all: Vec<u32> = (1..=plates).collect();
    assert_eq!(
        done, all,
        "on the left are the plates that are done, in order"
    );
    (taken, start.elapsed().as_millis())
}

#[tokio::test(start_paused = true)]
async fn one_washes_while_the_other_dries() {
    let (_, took) = wash_and_look(4).await;
    assert!(
        took <= 3110,
        "to wash a plate takes 300 ms, to dry one 700. If they work at the same time, \
         4 plates are dry after 3100 ms; but it took {took} ms"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_dries_two_plates_at_once() {
    let (_, took) = wash_and_look(4).await;
    assert!(
        took >= 3100,
        "4 plates were dry after {took} ms; but to dry them one by one takes 2800 ms, and \
         the first of them has to be washed before"
    );
}

#[tokio::test(start_paused = true)]
async fn two_plates_find_room_on_the_rack() {
    let (taken, _) = wash_and_look(6).await;
    let fourth = taken[3];
    assert!(
        fourth <= 910,
        "after 900 ms three plates are washed: one is being dried, and there is room for \
         two on the rack; but the 4th was taken only after {fourth} ms"
    );
}

#[tokio::test(start_paused = true)]
async fn a_third_plate_finds_no_room() {
    let (taken, _) = wash_and_look(6).await;
    let sixth = taken[5];
    assert!(
        sixth >= 1700,
        "after 1500 ms, one of five plates is dry, one is being dried, two are on the \
         rack, and one is in the hand of whoever washes, until there is room at 1700 ms; \
         but the 6th was taken after {sixth} ms"
    );
}
