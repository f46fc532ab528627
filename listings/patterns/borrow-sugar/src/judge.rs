//! Judges `borrow-sugar`. The clock is paused: when everybody waits, it jumps ahead.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::{borrow, neighbors};

/// The door with sugar, and after how many seconds it was known.
async fn ask(doors: &[u32]) -> (Option<u32>, f64) {
    let start = Instant::now();
    let found = timeout(Duration::from_secs(60), borrow(doors)).await;
    let found = found.expect("after a minute you still have no answer");
    (found, start.elapsed().as_secs_f64())
}

#[tokio::test(start_paused = true)]
async fn the_first_with_sugar_will_do() {
    let (found, took) = ask(&[3, 1, 4, 2]).await;
    assert_eq!(
        found,
        Some(2),
        "door 1 answers first, but has no sugar; door 2 is the next one, and has some"
    );
    assert!(
        took < 1.1,
        "door 2 finds sugar after 1.0 seconds, and you had it after {took:.1}: for whom else \
         have you waited?"
    );
}

#[tokio::test(start_paused = true)]
async fn all_are_asked_if_nobody_has_any() {
    let (found, took) = ask(&[5, 1, 3]).await;
    assert_eq!(found, None, "no door with an odd number has sugar");
    assert!(
        (2.4..2.6).contains(&took),
        "that nobody has any is known when door 5 has answered, after 2.5 seconds, and you knew \
         it after {took:.1}"
    );
}

#[tokio::test(start_paused = true)]
async fn then_nobody_goes_on_looking() {
    ask(&[2, 6, 8]).await;
    sleep(Duration::from_secs(10)).await;
    let looked = neighbors::LOOKED.take();
    assert_eq!(
        looked,
        [2],
        "these doors have looked through the whole shelf, and only door 2 needed to: when it \
         had sugar, somebody went on looking"
    );
}
