//! Judges `first_storks`. The clock is paused: when everybody waits, it jumps ahead.

use std::cell::Cell;
use std::time::Duration;

use futures::stream::{self, StreamExt};
use tokio::time::{sleep, timeout};

use super::first_storks;

/// Lets these birds fly by, one a second. Which storks are seen, and how many birds has
/// anybody looked at?
async fn watch(
    birds: &[&'static str],
    storks: usize,
) -> (Vec<&'static str>, u32) {
    let looked_at = Cell::new(0);
    let spot = async |bird: &&'static str| {
        sleep(Duration::from_secs(1)).await;
        looked_at.set(looked_at.get() + 1);
        *bird
    };
    let birds = stream::iter(birds).then(spot);
    let seen =
        timeout(Duration::from_secs(60), first_storks(birds, storks)).await;
    let seen = seen.expect("after a minute, `first_storks` has not returned");
    (seen, looked_at.get())
}

#[tokio::test(start_paused = true)]
async fn it_looks_at_no_more_birds_than_it_needs() {
    let birds = ["white stork", "crow", "black stork", "swan", "old stork"];
    let (seen, looked_at) = watch(&birds, 2).await;
    assert_eq!(
        seen,
        ["white stork", "black stork"],
        "on the left is who was seen"
    );
    assert_eq!(
        looked_at, 3,
        "the third bird was the second stork, and on the left is how many birds were \
         waited for: a stream makes a value whenever somebody asks for one"
    );
}

#[tokio::test(start_paused = true)]
async fn an_endless_evening_has_first_storks() {
    let endless = stream::repeat("stork").then(async |stork| {
        sleep(Duration::from_secs(1)).await;
        stork
    });
    let seen = timeout(Duration::from_secs(60), first_storks(endless, 2)).await;
    assert!(
        seen.is_ok(),
        "a stork flies by each second, without end, and after a minute two of them \
         have not been found: what waits for the end of a stream may wait forever"
    );
}

#[tokio::test(start_paused = true)]
async fn fewer_may_come() {
    let (seen, _) = watch(&["duck", "stork", "crow"], 2).await;
    assert_eq!(seen, ["stork"], "on the left is who was seen");
}
